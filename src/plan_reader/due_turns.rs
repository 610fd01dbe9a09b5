//! Due words of less usual turns: so many days ahead of a day, and days that come back with no word before them. Stands beside
//! the due words.

use super::due::{DueAt, day, recurrence};
use super::reading::{Due, Rule};
use super::words::Words;

/// "Chậm nhất 10 ngày trước ngày 30/6/2026": so many days before a day that is named; without one, or in working days, said and
/// not to be put into days.
pub(super) fn ahead_of(
    words: &Words<'_>,
    at: usize,
    (to, days, working): (usize, Option<u32>, bool),
) -> Option<DueAt> {
    let before = words.any(to, &["truoc ngay", "trước", "truoc khi"])?;
    let named = words.any(to, &["truoc ngay"]).map_or(before, |end| end - 1);
    let found = day(words, named);
    let date = found.as_ref().and_then(|(due, _)| due.date).filter(|_| !working);
    let date = date.and_then(|date| date.checked_sub_days(chrono::Days::new(u64::from(days?))));
    let rule = if date.is_some() { Rule::By } else { Rule::Before };
    let to = found.map_or(before, |(_, end)| end);
    Some(DueAt { from: at, to, due: Due { rule, date, ..Due::UNDATED } })
}

/// "(ngày 15 tháng cuối quý)", "ngày 20 hằng tháng", "15/7 và 15/12 hằng năm" with no word before: a day that comes back.
pub(super) fn cyclic(words: &Words<'_>, at: usize) -> Option<Vec<DueAt>> {
    let last = at.checked_sub(1);
    let led = last.is_some_and(|last| {
        words.any(last, &["ngay", "tu", "den", "sau", "của", "trong", "các", "hết", "qua"]).is_some()
    });
    // "Ngày 15 và ngày 30 hằng tháng": two days, which no cycle holds.
    let second = at > 1
        && words.phrase(at, "ngay").is_some()
        && (words.is_mark(at - 1, &[',']) || words.any(at - 1, &["và"]).is_some())
        && words.number(at - 2).is_some();
    if led || second {
        return None;
    }
    let here = words.phrase(at, "ngay").unwrap_or(at);
    let figures = here == at;
    let mut all = Vec::new();
    let (first, mut end) = day(words, here)?;
    let own = first.recurs;
    all.push((at, end, first));
    while let Some(next) = words.any(end, &[", và", "và", ",", "hoặc"]) {
        let next = words.phrase(next, "ngay").unwrap_or(next);
        let Some((more, after)) = day(words, next).filter(|(due, _)| due.date.is_none()) else { break };
        all.push((next, after, more));
        end = after;
    }
    let (recurs, end) = recurrence(words, end);
    let sound = all.iter().all(|(_, _, due)| due.date.is_none() && due.month_day.is_some());
    let recurs = own.filter(|_| !figures).or(recurs).filter(|_| sound)?;
    let last = all.len() - 1;
    let dues = all.into_iter().enumerate().map(|(index, (from, to, mut due))| {
        (due.rule, due.recurs) = (Rule::By, due.recurs.or(Some(recurs)));
        DueAt { from, to: if index == last { end } else { to }, due }
    });
    Some(dues.collect())
}
