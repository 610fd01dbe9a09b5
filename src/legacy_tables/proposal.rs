//! What the wizard proposes before anybody has said anything: the sheet, which way the table lies, the line of its headings, the
//! column of the units and what the other columns are. Pure. The best guess is the one that recognises most.

use std::collections::BTreeMap;

use super::headings::{Known, propose};
use super::table::Table;
use super::{Bound, Settings, total_lines};
use crate::unit_workbook::Grid;
use crate::units::names::{Found, Names};

/// Lines at the top in which headings are looked for, and below them in which names are.
const TOP: u32 = 40;
const NAMES: u32 = 60;

/// The whole proposal; of a workbook in which nothing is recognised, its first sheet from the top.
pub fn all(grids: &[Grid], known: &[Known], names: &Names) -> Settings {
    let mut best: Option<(u32, Settings)> = None;
    for grid in grids {
        for turned in [false, true] {
            let settings = Settings { sheet: grid.sheet.to_string(), turned, ..Settings::default() };
            let (score, found) = within(Table::new(grid, turned), settings, known, names);
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, settings)| settings).unwrap_or_default()
}

/// The line of headings, the units and the columns of one sheet, one way.
pub fn within(table: Table<'_>, settings: Settings, known: &[Known], names: &Names) -> (u32, Settings) {
    let (lines, columns) = table.size();
    let (units, found) = units_column(table, names);
    let mut best: (u32, u32, BTreeMap<u32, String>) = (0, 0, BTreeMap::new());
    for head in 0..lines.min(TOP) {
        let proposed = of_line(table, head, (units, columns), known);
        let score = u32::try_from(proposed.len()).unwrap_or(0);
        if score > best.0 {
            best = (score, head, proposed);
        }
    }
    let (score, head, proposed) = best;
    let columns = proposed.into_iter().map(|(at, code)| (at, Bound { code, scaled: false })).collect();
    (score * 10 + found.min(NAMES), Settings { head, units, columns, ..settings })
}

/// What the columns are, by the headings of a line.
pub fn of_line(
    table: Table<'_>,
    head: u32,
    (units, columns): (u32, u32),
    known: &[Known],
) -> BTreeMap<u32, String> {
    let headings: Vec<(u32, String)> = (0..columns)
        .filter(|column| *column != units && !table.is_title(*column, units) && !table.is_over(head, *column))
        .map(|column| (column, table.full_heading(head, column, units)))
        .filter(|(_, heading)| !heading.is_empty())
        .collect();
    let mut proposed = propose(&headings, known);
    // What the headings above say may be of no use: a column is then what its own says.
    let left: Vec<(u32, String)> = headings
        .iter()
        .filter(|(column, _)| !proposed.contains_key(column))
        .map(|(column, heading)| (*column, table.heading(head, *column), heading))
        .filter(|(_, own, heading)| own != *heading)
        .map(|(column, own, _)| (column, own))
        .collect();
    let known: Vec<Known> =
        known.iter().filter(|one| !proposed.values().any(|code| *code == one.code)).cloned().collect();
    proposed.extend(propose(&left, &known));
    proposed
}

/// The column in which most units are named, and how many are.
fn units_column(table: Table<'_>, names: &Names) -> (u32, u32) {
    let (lines, columns) = table.size();
    let mut best = (0, 0);
    for column in 0..columns.min(20) {
        let named = (0..lines.min(TOP + NAMES)).filter(|at| {
            let name = table.text(*at, column);
            !name.is_empty()
                && total_lines::of_name(&name).is_none()
                && matches!(names.find(&name), Found::One(_))
        });
        let count = u32::try_from(named.count()).unwrap_or(0);
        if count > best.1 {
            best = (column, count);
        }
    }
    best
}
