//! Due words of less usual turns: so many days ahead of a day, and days that come back with no word before them. Stands beside
//! the due words.

use super::due::{DueAt, LAST_MONTHS, day, recurrence};
use super::reading::{Due, Recurs, Rule};
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

/// "Cuối cùng của tháng", "cuối quý", "cuối năm" behind "ngày": the last day, kept as the 31st, which every month has at its end. The
/// last working day is said, and not to be put into days.
pub(super) fn last_day(words: &Words<'_>, at: usize) -> Option<(Due, usize)> {
    let at = words.phrase(at, "ngay").unwrap_or(at);
    if at == 0 || words.phrase(at - 1, "ngay").is_none() {
        return None;
    }
    let working = words.phrase(at, "lam viec");
    let next = words.any(working.unwrap_or(at), &["cuối cùng", "cuối"])?;
    let next = words.any(next, &["của", "trong"]).unwrap_or(next);
    let (month_day, recurs, end) = if let Some(end) = words.any(next, LAST_MONTHS) {
        ((None, 31), None, end)
    } else if let Some(end) = words.any(
        next,
        &["thang cuoi quý", "thang cuoi của quý", "hang quy", "hằng quý", "mỗi quý", "các quý", "quý"],
    ) {
        ((None, 31), Some(Recurs::Quarter), end)
    } else if let Some(end) = words.any(next, &["hang nam", "hằng năm", "mỗi năm", "năm"]) {
        ((Some(12), 31), Some(Recurs::Year), end)
    } else {
        let end = words
            .any(next, &["hang thang", "hằng tháng", "mỗi tháng", "các tháng", "tháng bao cao", "tháng"])?;
        match words.number(end).filter(|month| (1..=12).contains(month)) {
            Some(month) => ((Some(month), length(month)), None, end + 1),
            None => (
                (None, 31),
                Some(Recurs::Month),
                words.any(end, &["hằng tháng", "hang thang"]).unwrap_or(end),
            ),
        }
    };
    // "cuối tháng 6/2025", "cuối năm 2025": a day of one year.
    if words
        .list
        .get(end)
        .is_some_and(|word| word.mark.is_none() && word.plain.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let month_day = Some(month_day).filter(|_| working.is_none());
    let recurs = recurs.or(working.map(|_| Recurs::Month));
    Some((Due { month_day, recurs, ..Due::UNDATED }, end))
}

fn length(month: u32) -> u32 {
    match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// "và các năm tiếp theo" behind a whole day: it comes back every year.
pub(super) fn later_years(words: &Words<'_>, at: usize) -> Option<usize> {
    let from = if words.is_mark(at, &[',']) { at + 1 } else { at };
    let from = words.any(from, &["và vào", "và trong", "và của", "và", "cùng"]).unwrap_or(from);
    words
        .any(
            from,
            &[
                "cac nam tiep theo",
                "cac nam ke tiep",
                "cac nam tiep",
                "cac nam sau",
                "cac nam toi",
                "nhung nam tiep theo",
                "nhung nam sau",
                "nam tiep theo",
            ],
        )
        .or_else(|| words.any(at, &["hang nam", "hằng năm"]))
}

/// Takes the year out of days that come back, and a first day that the yearly one says again ("trước ngày 15/11/2025 và trước ngày
/// 15/11 các năm tiếp theo").
pub(super) fn without_year(all: &mut Vec<(usize, usize, Due)>, later: bool) {
    use chrono::Datelike;
    let day_of = |due: &Due| due.date.map(|date| (Some(date.month()), date.day()));
    for (_, _, due) in all.iter_mut().filter(|_| later) {
        if let Some(day) = day_of(due) {
            (due.date, due.month_day) = (None, Some(day));
        }
    }
    if let Some(last) = all.last().and_then(|(_, _, due)| due.month_day) {
        let count = all.len();
        let mut at = 0;
        all.retain(|(_, _, due)| {
            at += 1;
            at == count || day_of(due) != Some(last)
        });
    }
}
