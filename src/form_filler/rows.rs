//! How the rows of one sheet move when marked rows are repeated: those below go down, an area over a marked row grows.

use super::address::{Area, Cell, LAST_ROW};

/// Marked rows of a sheet and how many copies each gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Row, and copies beyond the row itself; in the order of rows.
    more: Vec<(u32, u32)>,
}

impl Rows {
    /// From marked rows and how often each stands in the filled form. A row for nobody stays once, empty.
    pub fn new(repeated: impl IntoIterator<Item = (u32, usize)>) -> Rows {
        let mut more: Vec<(u32, u32)> = repeated
            .into_iter()
            .map(|(row, times)| {
                (row, u32::try_from(times.saturating_sub(1)).unwrap_or(LAST_ROW).min(LAST_ROW))
            })
            .collect();
        more.sort_unstable();
        Rows { more }
    }

    /// Whether every row stays where it is.
    pub fn still(&self) -> bool {
        self.more.iter().all(|(_, more)| *more == 0)
    }

    /// Where a row stands; of a repeated row its first copy. The last row of a sheet is never left.
    pub fn place(&self, row: u32) -> u32 {
        let before: u32 = self.more.iter().filter(|(marked, _)| *marked < row).map(|(_, more)| more).sum();
        row.saturating_add(before).min(LAST_ROW)
    }

    /// Where a row ends: of a repeated row its last copy.
    pub fn end(&self, row: u32) -> u32 {
        self.place(row).saturating_add(self.copies(row)).min(LAST_ROW)
    }

    /// Copies beyond the row itself.
    pub fn copies(&self, row: u32) -> u32 {
        self.more.iter().find(|(marked, _)| *marked == row).map_or(0, |(_, more)| *more)
    }

    /// Where a cell stands.
    pub fn cell(&self, cell: Cell) -> Cell {
        Cell { row: self.place(cell.row), ..cell }
    }

    /// An area, grown over the copies of a row it ends in or covers.
    pub fn area(&self, area: Area) -> Area {
        Area { first: self.cell(area.first), last: Cell { row: self.end(area.last.row), ..area.last } }
    }
}
