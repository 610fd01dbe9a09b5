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
/// program reads it whatever its language, a month and a share ("16/17") in words. What is left, codes such as "08" and
/// "1.245", is a formula that is the text itself; it holds nothing that could compute or leave its quotes.
fn as_meant(text: &str, separator: Separator) -> String {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.ends_with('%')
        && let Some(rate) = number(text)
    {
        return match separator {
            Separator::Semicolon => rate.replace('.', ","),
            Separator::Comma => rate,
        };
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%d/%m/%Y")
        && text.rsplit('/').next().is_some_and(|year| year.len() == 4)
    {
        return day.format("%Y-%m-%d").to_string();
    }
    match text.split_once('/') {
        Some((month, year)) if digits(month) && digits(year) && year.len() == 4 && month.len() <= 2 => {
            format!("tháng {text}")
        }
        Some((part, whole)) if digits(part) && digits(whole) => format!("{part} trên {whole}"),
        _ => format!("=\"{text}\""),
    }
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
