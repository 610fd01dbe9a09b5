//! A province always has somebody who administers it. Pure; stands before every step that takes the role, the account or
//! the password from an administrator.

use chrono::NaiveDate;

/// First and last day of a membership, both inclusive; none is open.
pub type Span = (Option<NaiveDate>, Option<NaiveDate>);

/// Whether every day from `from` on, without end, lies in one of the spans.
pub fn covered_for_good(spans: &[Span], from: NaiveDate) -> bool {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.0);
    let mut open_from = from;
    for (begins, ends) in spans {
        if begins.is_some_and(|day| day > open_from) {
            return false;
        }
        match ends {
            None => return true,
            Some(last) if last >= open_from => match last.succ_opt() {
                Some(next) => open_from = next,
                None => return true,
            },
            Some(_) => {}
        }
    }
    false
}
