//! The period a report names: in its subject, else in the sentence that ends it. "6 tháng đầu năm 2024", "quý II/2025",
//! "9 tháng", "năm 2025".

use super::prose::NamedPeriod;
use crate::calendar::Cycle;
use crate::plan_reader::Reading;
use crate::plan_reader::words::Words;

pub(super) fn of(reading: &Reading, lines: &[&str]) -> Option<NamedPeriod> {
    if let Some(subject) = &reading.heading.subject
        && let Some(found) = named(&subject.value, &subject.lines)
    {
        return Some(found);
    }
    of_closing(lines)
}

/// The period that the sentence which ends the report names, whatever its subject says.
pub(super) fn of_closing(lines: &[&str]) -> Option<NamedPeriod> {
    let closing = closing(lines)?;
    named(lines[closing], &[closing + 1])
}

fn closing(lines: &[&str]) -> Option<usize> {
    (0..lines.len()).rev().find(|at| {
        let text = crate::plan_reader::words::plain(lines[*at].trim_start());
        text.starts_with("tren day la")
    })
}

/// The period some words name; part of a year is surer than a year.
pub(super) fn named(text: &str, lines: &[usize]) -> Option<NamedPeriod> {
    let words = Words::of(text);
    let found = (0..words.len()).find_map(|at| part_of_year(&words, at).map(|(cycle, end)| (at, cycle, end)));
    let (at, cycle, end) = match found {
        Some(found) => found,
        None => (0..words.len()).rev().find_map(|at| {
            let end = words.any(at, &["năm", "nam"])?;
            year_at(&words, end).map(|(_, end)| (at, Cycle::Year, end))
        })?,
    };
    // The year right after it, else one named anywhere: "6 tháng đầu năm" of a plan of 2024.
    let (year, end) = match cycle {
        Cycle::Year => (year_at(&words, end - 1).map(|(year, _)| year), end),
        _ => year_after(&words, end).map_or((None, end), |(year, end)| (Some(year), end)),
    };
    Some(NamedPeriod {
        cycle: cycle.code(),
        year,
        words: words.between(at, end).to_owned(),
        lines: lines.to_vec(),
    })
}

/// Whether what stands at a place is told between brackets that close before another: "(tăng 210 bài so với năm 2024), tiếp cận 25 nghìn".
pub(super) fn is_bracketed(words: &Words<'_>, at: usize, before: usize) -> bool {
    let mark = (at..before).find(|next| words.is_mark(*next, &['(', ')']));
    mark.is_some_and(|next| words.is_mark(next, &[')']))
}

/// Whether the words right before a figure name another year or part of one than the report's: "Năm 2024 là 29 người",
/// "quý I/2025 đăng 12 bài" in a report of half a year.
pub(super) fn is_other(words: &Words<'_>, begins: usize, own: &NamedPeriod) -> bool {
    /// Words between the period and the figure at most.
    const NEAR: usize = 5;
    let first = begins.saturating_sub(NEAR + 3);
    let clause = (first..begins).rev().find(|at| words.is_mark(*at, &[';', '.'])).map_or(first, |at| at + 1);
    let named = (clause..begins).rev().filter(|at| !is_bracketed(words, *at, begins)).find_map(|at| {
        let (cycle, end) = match part_of_year(words, at) {
            Some(found) => found,
            None => {
                let end = words.any(at, &["năm", "nam"])?;
                let (_, end) = year_at(words, end)?;
                (Cycle::Year, end)
            }
        };
        // A day has a month and a year as well.
        let day = at > 0 && words.any(at - 1, &["ngay", "tháng"]).is_some()
            || at > 1 && words.any(at - 2, &["tháng", "ngay"]).is_some();
        let year = match cycle {
            Cycle::Year => year_at(words, end - 1).map(|(year, _)| year),
            _ => year_after(words, end).map(|(year, _)| year),
        };
        (!day && end <= begins && begins - end <= NEAR).then_some((cycle, year))
    });
    let Some((cycle, year)) = named else { return false };
    let other_year = matches!((year, own.year), (Some(said), Some(own)) if said != own);
    let other_part = cycle != Cycle::Year && cycle.code() != own.cycle && own.cycle != Cycle::Year.code();
    // A month or a quarter of the half year that is reported is no figure of all of it.
    other_year || other_part
}

fn part_of_year(words: &Words<'_>, at: usize) -> Option<(Cycle, usize)> {
    if let (Some(count), Some(end)) = (months(words, at), words.phrase(at + 1, "thang")) {
        let first = words.phrase(end, "dau").is_some();
        let last = words.phrase(end, "cuoi").is_some();
        let end = if first || last { end + 1 } else { end };
        return match (count, last) {
            (6, false) => Some((Cycle::FirstHalf, end)),
            (6, true) => Some((Cycle::SecondHalf, end)),
            (9, false) => Some((Cycle::NineMonths, end)),
            _ => None,
        };
    }
    if words.any(at, &["quý", "quy"]).is_some() {
        let word = words.list.get(at + 1)?;
        let number = word.plain.split('/').next().unwrap_or_default();
        let number = match number {
            "i" | "1" | "01" => 1,
            "ii" | "2" | "02" => 2,
            "iii" | "3" | "03" => 3,
            "iv" | "4" | "04" => 4,
            _ => return None,
        };
        return Some((Cycle::Quarter(number), at + 2));
    }
    if words.any(at, &["tháng", "thang"]).is_some() && at > 0 && words.number(at - 1).is_none() {
        let word = words.list.get(at + 1)?;
        let number: u8 = word.plain.split('/').next()?.parse().ok()?;
        let day = words.any(at - 1, &["ngay"]).is_some() || at > 1 && words.any(at - 2, &["ngay"]).is_some();
        return (!day && (1..=12).contains(&number)).then_some((Cycle::Month(number), at + 2));
    }
    None
}

fn months(words: &Words<'_>, at: usize) -> Option<u32> {
    words
        .number(at)
        .or_else(|| words.phrase(at, "sáu").map(|_| 6))
        .or_else(|| words.phrase(at, "chín").map(|_| 9))
}

fn year_at(words: &Words<'_>, at: usize) -> Option<(i32, usize)> {
    let year = words.number(at).filter(|year| (1990..2200).contains(year))?;
    Some((i32::try_from(year).ok()?, at + 1))
}

/// "năm 2025", "/2025" inside the last word of the period, or "- 2025".
fn year_after(words: &Words<'_>, end: usize) -> Option<(i32, usize)> {
    if let Some((_, year)) = words.list.get(end.checked_sub(1)?)?.plain.split_once('/')
        && let Ok(year) = year.parse::<i32>()
        && (1990..2200).contains(&year)
    {
        return Some((year, end));
    }
    let next = words.any(end, &["năm", "nam"]).unwrap_or(end);
    let next = if words.is_mark(next, &['/', '-']) { next + 1 } else { next };
    year_at(words, next)
}
