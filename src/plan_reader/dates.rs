//! Days as documents write them: "ngày 05 tháng 01 năm 2025", "ngày   tháng 3 năm 2025", "15/11/2025", "15/11".
//! Nothing is completed: what is blank stays blank.

use chrono::NaiveDate;

use super::reading::PartDate;
use super::words::{Words, digits};

/// The day written in words or figures that begins at a word, with the word after it.
pub(super) fn date_at(words: &Words<'_>, at: usize) -> Option<(PartDate, usize)> {
    let at = words.phrase(at, "ngay").unwrap_or(at);
    in_figures(words, at).or_else(|| in_words(words, at))
}

/// "ngày … tháng 3 năm 2025" somewhere in a line: where it begins, the day, where it ends.
pub(super) fn long_date(words: &Words<'_>) -> Option<(usize, PartDate, usize)> {
    (0..words.len()).find_map(|at| {
        let next = words.phrase(at, "ngay")?;
        in_words(words, next).map(|(date, end)| (at, date, end))
    })
}

/// Day, blank or not, month, blank or not, and a year of four figures.
fn in_words(words: &Words<'_>, at: usize) -> Option<(PartDate, usize)> {
    let (day, at) = blank_or_number(words, at);
    let at = words.phrase(at, "thang")?;
    let (month, at) = blank_or_number(words, at);
    let at = words.phrase(at, "nam")?;
    let year = words.number(at).filter(|year| (1900..2200).contains(year))?;
    let month = month.filter(|month| (1..=12).contains(month));
    let day = day.filter(|day| (1..=31).contains(day));
    Some((PartDate { year: i32::try_from(year).ok()?, month, day }, at + 1))
}

fn blank_or_number(words: &Words<'_>, at: usize) -> (Option<u32>, usize) {
    let mut here = at;
    while words.is_mark(here, &['.', '_', '-', '/', ',']) {
        here += 1;
    }
    match words.number(here) {
        Some(number) => (Some(number), here + 1),
        None => (None, here),
    }
}

/// "17/4/2020", "17-4-2020", "17.4.2020".
fn in_figures(words: &Words<'_>, at: usize) -> Option<(PartDate, usize)> {
    let word = words.list.get(at)?;
    let [day, month, year] = figures(&word.lower)[..] else { return None };
    let year = if year < 100 && year > 10 { year + 2000 } else { year };
    let sound = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sound
        .then_some((PartDate { year: i32::try_from(year).ok()?, month: Some(month), day: Some(day) }, at + 1))
}

/// "15/11": day and month without a year.
pub(super) fn day_month_at(words: &Words<'_>, at: usize) -> Option<(u32, u32, usize)> {
    let word = words.list.get(at)?;
    let [day, month] = figures(&word.lower)[..] else { return None };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((day, month, at + 1))
}

/// The numbers of "15/11/2025"; empty when it is something else. Slips of one figure are read.
fn figures(text: &str) -> Vec<u32> {
    let Some(separator) = text.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return Vec::new() };
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let parts: Option<Vec<u32>> = text
        .split(separator)
        .map(|part| if part.len() > 4 { None } else { digits(part)?.parse().ok() })
        .collect();
    parts.unwrap_or_default()
}

/// A whole day as a date of the calendar.
pub(super) fn whole(date: PartDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)
}
