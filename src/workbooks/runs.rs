//! The rows a total of a sheet *Theo đơn vị* is over: those of its units but the ones whose figure is for reference, which is a
//! number like the others and is never added. Stands between the cells of units and the formulas under them.

use std::collections::{BTreeSet, HashMap};

use super::schema::letters;

/// Stretches of rows that a formula names: more would be longer than a formula may be.
const MOST: usize = 24;

/// Rows of units on a sheet, as numbered in the spreadsheet.
pub(super) struct Rows {
    /// The heading of the first kind, which has no figures: no stretch is without a row.
    pub(super) first: u32,
    pub(super) last: u32,
    /// The first row of a lower collector's total, where there is one: it adds up where units are counted.
    pub(super) lower: Option<u32>,
    /// By column: rows of figures for reference.
    pub(super) reference: HashMap<u16, BTreeSet<u32>>,
}

impl Rows {
    /// The rows whose figures count in every one of some columns; none where they are in too many stretches for a formula.
    pub(super) fn counting(&self, columns: &[u16]) -> Option<Runs> {
        let apart = columns.iter().filter_map(|column| self.reference.get(column)).flatten();
        let apart: BTreeSet<u32> = apart.copied().collect();
        let mut runs = Vec::new();
        let mut from = self.first;
        for row in apart {
            if row > from {
                runs.push((from, row - 1));
            }
            from = row + 1;
        }
        if from <= self.last {
            runs.push((from, self.last));
        }
        (runs.len() <= MOST).then_some(Runs(runs))
    }
}

/// Stretches of rows, each with its first and its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Runs(Vec<(u32, u32)>);

impl Runs {
    /// The stretches in a column, one by one: "D7:D9", "D11:D20".
    pub(super) fn each(&self, column: u16) -> Vec<String> {
        let letters = letters(column);
        self.0.iter().map(|(first, last)| format!("{letters}{first}:{letters}{last}")).collect()
    }

    /// The same as arguments of a function: "D7:D9,D11:D20".
    pub(super) fn of(&self, column: u16) -> String {
        self.each(column).join(",")
    }

    /// Those before a row, and those from it on.
    pub(super) fn split(&self, at: u32) -> (Runs, Runs) {
        let before = self.0.iter().filter(|(first, _)| *first < at);
        let from = self.0.iter().filter(|(_, last)| *last >= at);
        let before = before.map(|(first, last)| (*first, (*last).min(at - 1))).collect();
        let from = from.map(|(first, last)| ((*first).max(at), *last)).collect();
        (Runs(before), Runs(from))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
