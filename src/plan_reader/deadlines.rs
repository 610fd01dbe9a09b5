//! By when a task is done: "hoàn thành trước ngày 30/9/2025", "xong trong quý III/2025", "kết thúc trong tháng 6/2025".
//! What is owed as a report has its due words elsewhere; this is the day of the work itself.

use chrono::{Months, NaiveDate};

use super::due::{DueAt, dues};
use super::reading::{Due, Recurs, Rule};
use super::words::{Words, number};

/// Words between "hoàn thành" and its day at most: "hoàn thành việc này trước ngày …".
const NEAR: usize = 6;

/// The last day in time; of several, the last.
pub(super) fn deadline(words: &Words<'_>) -> Option<NaiveDate> {
    const DONE: &[&str] = &["hoan thanh", "xong", "ket thuc", "hoan tat"];
    let dues = dues(words);
    let mut last = None;
    for at in (0..words.len()).filter(|at| words.any(*at, DONE).is_some()) {
        let found = (at..words.len().min(at + NEAR)).find_map(|here| {
            let due = dues.iter().find(|due| due.from == here).and_then(|due| last_day(&due.due));
            // "Hoàn thành: quý II/2026".
            let label = words.is_mark(here.saturating_sub(1), &[':']).then_some(here);
            due.or_else(|| end_of(words, words.phrase(here, "trong").or(label)?))
        });
        last = last.max(found);
    }
    last
}

fn last_day(due: &Due) -> Option<NaiveDate> {
    match (due.rule, due.clock) {
        (Rule::Before, None) => due.date?.pred_opt(),
        _ => due.date,
    }
}

/// "Trong tháng 6/2025", "trong quý III năm 2025" as due words: the last day of it.
pub(super) fn in_month(words: &Words<'_>, at: usize) -> Option<DueAt> {
    let named = words.any(at, &["xong trong", "ngay trong", "trong"])?;
    words.any(named, &["tháng", "quý"])?;
    if let Some((month_day, to)) = every_year(words, named) {
        let due =
            Due { rule: Rule::By, month_day: Some(month_day), recurs: Some(Recurs::Year), ..Due::UNDATED };
        return Some(DueAt { from: at, to, due });
    }
    let date = end_of(words, named)?;
    // Both ways of writing the year: "tháng 6/2025" is two words, "tháng 6 năm 2025" four.
    let glued = words.list.get(named + 1).is_some_and(|word| word.plain.contains('/'));
    let to = if glued { named + 2 } else { named + 4 };
    Some(DueAt { from: at, to, due: Due { rule: Rule::By, date: Some(date), ..Due::UNDATED } })
}

/// The last day of "tháng 11 hằng năm", "quý I hằng năm", as month and day: of February the 28th.
fn every_year(words: &Words<'_>, at: usize) -> Option<((Option<u32>, u32), usize)> {
    let months = if words.any(at, &["quý"]).is_some() { 3 } else { 1 };
    let to = words.any(at + 2, &["hang nam", "hằng năm", "mỗi năm", "của năm bao cao"])?;
    let which = which(words.list.get(at + 1)?.lower.as_str())?;
    let month = Some(which * months).filter(|month| (1..=12).contains(month))?;
    let day = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Some(((Some(month), day), to))
}

/// A number, or one of the four Roman ones of quarters.
fn which(text: &str) -> Option<u32> {
    number(text).or(match text {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        _ => None,
    })
}

/// The last day of "quý III/2025", "tháng 6 năm 2025", "năm 2025".
fn end_of(words: &Words<'_>, at: usize) -> Option<NaiveDate> {
    let (months, next) = match (words.any(at, &["quý"]), words.any(at, &["tháng"]), words.any(at, &["năm"]))
    {
        (Some(next), _, _) => (3, next),
        (_, Some(next), _) => (1, next),
        (_, _, Some(next)) => {
            let year = words.number(next).filter(|year| (1900..2200).contains(year))?;
            return NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 12, 31);
        }
        _ => return None,
    };
    let word = words.list.get(next)?;
    let (which, year) = match word.lower.split_once('/') {
        Some((which, year)) => (which, number(year)?),
        None => {
            let year = words.any(next + 1, &["năm", "/ năm"])?;
            (word.lower.as_str(), words.number(year)?)
        }
    };
    let which = self::which(which)?;
    let first =
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1).filter(|_| (1900..2200).contains(&year))?;
    let fits = (1..=12 / months).contains(&which);
    fits.then(|| first.checked_add_months(Months::new(which * months))?.pred_opt()).flatten()
}
