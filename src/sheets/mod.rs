//! Workbooks that came from outside, opened within bounds. Stands between bytes that may claim anything and whoever reads
//! cells: sizes are summed and tried before anything is parsed, and cells are read one by one, never as a range (a cell can
//! claim to stand in the last row of the last column).

mod open;
mod parts;
mod scan;

use std::borrow::Cow;
use std::io::Cursor;

use calamine::Xlsx;

pub use open::{open, open_marked};
pub use scan::Marks;

/// A workbook whose size is known to be sane: as it came, or as it was unpacked.
pub type Book<'a> = Xlsx<Cursor<Cow<'a, [u8]>>>;

/// How much of a file is taken.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes as it comes.
    pub file: usize,
    pub parts: usize,
    /// Bytes of all parts together, unpacked.
    pub unpacked: u64,
    /// Rows of all sheets together, and cells, with something in them or without.
    pub rows: u64,
    pub cells: u64,
}

/// Why a file was not opened. Who asked says it in words: what to do instead depends on where the file is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Larger than its bound, in bytes.
    TooLarge(usize),
    /// A compound file: .xls, or locked with a password.
    Compound,
    NotZip,
    /// The archive cannot be read.
    Broken,
    /// A part cannot be unpacked.
    Torn,
    /// So many parts.
    TooManyParts(usize),
    /// Unpacks to so many bytes, by its own account.
    TooMuch(u64),
    /// More rows or cells than are looked at.
    TooManyCells,
    /// A part is more than it claims, or claims to hold more than it can.
    Lying,
    /// The archive is sound, the workbook in it is not; what the reader says, for the log.
    Unreadable(String),
}
