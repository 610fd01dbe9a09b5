//! How a paper names the plans it carries out: in full where it first does, shorter behind that. A plan whose number or day is
//! not on record yet is named by its issuer and its year: what is signed and sent has no dots in it. Only a draft leaves room
//! for what is to come, where a clerk sees it and fills it in.

use super::bases::about;
use crate::plans::Plan;
use crate::vietnamese::{long_date, short_date};

/// "Kế hoạch số 13/KH-UBND ngày 20 tháng 01 năm 2024 của UBND tỉnh Bắc Giang về …"; with `room`, as a draft has it, dots for what
/// is not on record yet.
pub(super) fn plan_words(plan: &Plan, room: bool) -> String {
    if is_open(plan) && !room {
        return format!("{} {}", unnumbered(plan), about(&plan.subject));
    }
    let number = plan.number_text();
    let words = format!("{} số {}", plan.kind_name(), if number.is_empty() { "…" } else { &number });
    let date = match (plan.issued_on(), plan.issued_month) {
        (Some(date), _) => long_date(date),
        (None, Some(month)) if month < 3 => format!("ngày … tháng {month:02} năm {}", plan.issued_year),
        (None, Some(month)) => format!("ngày … tháng {month} năm {}", plan.issued_year),
        (None, None) => format!("ngày … tháng … năm {}", plan.issued_year),
    };
    format!("{words} {date} của {} {}", plan.issuer_short(), about(&plan.subject))
}

/// A plan as it is named again behind the opening: "Kế hoạch số 13/KH-UBND ngày 20/01/2024".
pub(super) fn named_again(plan: &Plan) -> String {
    match plan.issued_on().filter(|_| !is_open(plan)) {
        Some(day) => format!("{} số {} ngày {}", plan.kind_name(), plan.number_text(), short_date(day)),
        None => unnumbered(plan),
    }
}

/// Whether its number or its day is not on record yet.
fn is_open(plan: &Plan) -> bool {
    plan.number.is_empty() || plan.issued_on().is_none()
}

/// A plan as long as its number or its day is not known: "Kế hoạch năm 2025 của UBND tỉnh Bắc Giang".
pub(in crate::reports) fn unnumbered(plan: &Plan) -> String {
    format!("{} năm {} của {}", plan.kind_name(), plan.issued_year, plan.issuer_short())
}

/// Whether a plan is for years before `year` by its own subject ("… năm 2024"): it is not what this report carries out. One for
/// several years, or for none that it names, is.
pub(in crate::reports) fn is_past(plan: &Plan, year: i32) -> bool {
    is_of_past_years(&plan.subject, year)
}

/// Whether the last year a subject names lies before `year`.
pub(super) fn is_of_past_years(subject: &str, year: i32) -> bool {
    let years = subject.match_indices("năm ").filter_map(|(at, word)| {
        let rest = &subject[at + word.len()..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 4).then(|| digits.parse::<i32>().ok()).flatten()
    });
    years.max().is_some_and(|last| last < year)
}
