//! Rows as CSV that a spreadsheet opens as they are: UTF-8 with a mark at its beginning, one quoting for all, figures as
//! figures, everything else as text, and no cell that computes.

use chrono::NaiveDate;
use csv::{Terminator, WriterBuilder};

use super::read::{Cell, Table, number};

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// As Excel set to Vietnamese expects, decimals with a comma.
    Semicolon,
    /// As programs set to English expect, decimals with a point.
    Comma,
}

impl Separator {
    /// The separator of a code in an address.
    pub fn from_code(code: &str) -> Option<Separator> {
        match code {
            "semicolon" => Some(Separator::Semicolon),
            "comma" => Some(Separator::Comma),
            _ => None,
        }
    }
}

/// So that a spreadsheet knows the file for UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";
/// Characters of a text taken for a number or a day at most.
const LONGEST: usize = 40;
/// Digits of a whole number that every spreadsheet keeps.
const EXACT: usize = 15;

/// A table as a file.
///
/// # Errors
/// The writer's own; none that memory can give.
pub fn written(table: &Table, separator: Separator) -> csv::Result<Vec<u8>> {
    let delimiter = if separator == Separator::Semicolon { b';' } else { b',' };
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(MARK.to_vec());
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| field(cell, separator)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn field(cell: &Cell, separator: Separator) -> String {
    match cell {
        Cell::Number(digits) if separator == Separator::Semicolon => digits.replace('.', ","),
        Cell::Number(digits) => digits.clone(),
        Cell::Text(text) if would_be_read(text) => as_meant(text, separator),
        Cell::Text(text) if would_compute(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
    }
}

/// What a spreadsheet would take for something else, written so that it cannot: a rate as the rate it is, a day as every
/// program reads it whatever its language, an hour, a month and a share ("16/17") in words. What is left, codes such as "08"
/// and "1.10", would lose a zero or a point: it is a formula that is the text itself, and holds nothing that could compute or
/// leave its quotes.
fn as_meant(text: &str, separator: Separator) -> String {
    if text.ends_with('%')
        && let Some(rate) = number(text)
    {
        return match separator {
            Separator::Semicolon => rate.replace('.', ","),
            Separator::Comma => rate,
        };
    }
    if digits(text).is_some() && text.len() <= EXACT && !padded(text) {
        return text.to_owned();
    }
    if let Some(moment) = moment(text) {
        return moment;
    }
    if text.split_once('/').is_some_and(|(month, year)| {
        matches!(digits(month), Some(1..=12)) && month.len() <= 2 && year.len() == 4 && digits(year).is_some()
    }) {
        return format!("tháng {text}");
    }
    let mut words = text.split(' ').map(|word| word.trim_matches(['(', ')']));
    if text.contains('/') && words.all(|word| !word.contains('/') || is_share(word)) {
        return text.replace('/', " trên ");
    }
    format!("=\"{text}\"")
}

/// A day, an hour or both: where the year is known as every program reads them, else in words.
fn moment(text: &str) -> Option<String> {
    let Some((day, hour)) = text.split_once(' ') else {
        return match whole_day(text) {
            Some(day) => Some(day.format("%Y-%m-%d").to_string()),
            None if is_day_of_year(text) && !is_share(text) => Some(format!("ngày {text}")),
            None => hours(text),
        };
    };
    let words = hours(hour)?;
    match whole_day(day) {
        Some(day) => Some(format!("{} {hour}", day.format("%Y-%m-%d"))),
        None => is_day_of_year(day).then(|| format!("{words} ngày {day}")),
    }
}

/// A number of digits alone.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Whether a zero stands before other digits.
fn padded(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0')
}

/// "17/6/2025".
fn whole_day(text: &str) -> Option<NaiveDate> {
    let year = text.rsplit('/').next().filter(|year| year.len() == 4)?;
    digits(year)?;
    NaiveDate::parse_from_str(text, "%d/%m/%Y").ok()
}

/// Whether a text can be a day without its year: "06/6".
fn is_day_of_year(text: &str) -> bool {
    let short = |part: &str| part.len() <= 2;
    text.split_once('/').is_some_and(|(day, month)| {
        let both = (digits(day), digits(month));
        short(day) && short(month) && matches!(both, (Some(1..=31), Some(1..=12)))
    })
}

/// A share of some: no more than all, and no zero before it, by which days are told ("06/6", "16/6").
fn is_share(text: &str) -> bool {
    text.split_once('/').is_some_and(|(part, all)| {
        let both = (digits(part), digits(all));
        matches!(both, (Some(part), Some(all)) if part <= all) && !padded(part) && !padded(all)
    })
}

/// An hour of the day, in words: "16 giờ 20".
fn hours(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once(':')?;
    let fits = hour.len() <= 2 && minute.len() == 2 && digits(hour)? < 24 && digits(minute)? < 60;
    fits.then(|| format!("{hour} giờ {minute}"))
}

/// Whether a spreadsheet would make a number or a day of a text: "08", "3/2025", "10/6/2025", "1.245".
fn would_be_read(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '.' | ','));
    let fits = |c: char| c.is_ascii_digit() || " .,/:%()-+eE".contains(c);
    begins && text.len() <= LONGEST && text.chars().all(fits) && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a spreadsheet would compute a text, in the letters of a wide keyboard too.
fn would_compute(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}
