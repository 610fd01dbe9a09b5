//! Tables of tasks, mostly in an annex: a row of column names, then a row for each task with the body in charge and
//! those that help. Rows come as lines with bars between the cells.

use super::giving::units_of;
use super::words::{Words, plain, shortened};

/// What the column of the body in charge is called.
const LEADS: &[&str] =
    &["chu tri", "don vi thuc hien", "co quan thuc hien", "don vi phu trach", "trach nhiem thuc hien"];
/// What the column of the work is called.
const TASKS: &[&str] = &["nhiem vu", "noi dung", "cong viec", "hoat dong"];

/// A row as work.
pub(super) struct TaskRow {
    pub task: String,
    pub units: Vec<String>,
    pub with: Vec<String>,
    pub lines: Vec<usize>,
}

/// Which column holds what.
struct Columns {
    task: usize,
    lead: usize,
    with: Option<usize>,
}

/// Whether a line is a row of a table: two bars at least.
pub(super) fn is_row(text: &str) -> bool {
    text.matches('|').count() >= 2
}

/// The tasks of the tables among these paragraphs.
pub(super) fn rows(paragraphs: &[(&str, Vec<usize>)]) -> Vec<TaskRow> {
    let mut found = Vec::new();
    let mut columns: Option<Columns> = None;
    for (text, lines) in paragraphs {
        if !is_row(text) {
            columns = None;
            continue;
        }
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        if let Some(named) = named(&cells) {
            columns = Some(named);
            continue;
        }
        let Some(columns) = &columns else { continue };
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let (task, lead) = (cell(columns.task), cell(columns.lead));
        if task.is_empty() || lead.is_empty() {
            continue;
        }
        let (units, mut with) = units_of(lead);
        if let Some(column) = columns.with.map(cell).filter(|cell| !cell.is_empty()) {
            with.extend(units_of(column).0);
        }
        found.push(TaskRow { task: task.to_owned(), units, with, lines: lines.clone() });
    }
    found
}

/// Whether cells name the columns of a table of tasks.
pub(super) fn names_columns(cells: &[&str]) -> bool {
    named(cells).is_some()
}

/// Whether a paragraph is such a table that lost its columns, as out of a printed page: number, work and body in charge are named
/// one after another at its beginning, and what follows cannot be told apart.
pub(super) fn is_flattened(text: &str) -> bool {
    let words = Words::of(shortened(text, 400));
    let begins = words.any(0, &["tt", "stt", "so tt"]).is_some();
    let near = |names: &[&str]| words.find_any(0, names).is_some_and(|(at, _)| at < 24);
    begins && !is_row(text) && near(LEADS) && near(TASKS)
}

/// The columns of a row of names; none for any other row.
fn named(cells: &[&str]) -> Option<Columns> {
    let place = |names: &[&str]| {
        cells.iter().position(|cell| {
            let cell = plain(cell);
            cell.len() < 60 && names.iter().any(|name| cell.contains(name))
        })
    };
    let lead = place(LEADS)?;
    let task = place(TASKS)?;
    Some(Columns { task, lead, with: place(&["phoi hop"]).filter(|with| *with != lead) })
}
