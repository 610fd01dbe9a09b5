//! Where a cell stands, as a workbook writes it: "B5", "A1:C9".

use std::fmt;

/// The last row and column a workbook can have.
pub const LAST_ROW: u32 = 1_048_576;
pub const LAST_COLUMN: u32 = 16_384;

/// A cell; rows and columns count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    pub row: u32,
    pub column: u32,
}

impl Cell {
    /// Reads "B5"; `None` for anything else, "$B$5" too.
    pub fn parse(text: &str) -> Option<Cell> {
        let split = text.find(|c: char| c.is_ascii_digit())?;
        Some(Cell { column: column(&text[..split])?, row: row(&text[split..])? })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row)
    }
}

/// A rectangle of cells, both corners inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area {
    pub first: Cell,
    pub last: Cell,
}

impl Area {
    /// Reads "A1:C9" or "B5".
    pub fn parse(text: &str) -> Option<Area> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Area { first: Cell::parse(first)?, last: Cell::parse(last)? })
    }

    pub fn holds(&self, cell: Cell) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

/// The column of its letters: A is 1, XFD the last.
pub(super) fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut number = 0;
    for c in letters.chars() {
        if !c.is_ascii_alphabetic() {
            return None;
        }
        number = number * 26 + (c.to_ascii_uppercase() as u32 - 'A' as u32 + 1);
    }
    (number <= LAST_COLUMN).then_some(number)
}

/// The row of its digits.
pub(super) fn row(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = if plain { digits.parse().ok()? } else { return None };
    (1..=LAST_ROW).contains(&number).then_some(number)
}

/// The letters of a column.
pub(super) fn letters(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
