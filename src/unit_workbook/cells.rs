//! The cells of a workbook from outside, sheet by sheet, within bounds. Stands between the file and the finding of tables:
//! after it a cell is a kind of value and the font it was typed for, and nothing of the file is needed any more.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, XlsxFormulaMetadata};
use chrono::NaiveDate;
use smol_str::SmolStr;

use super::refusal::Refusal;
use super::values::Raw;
use crate::attachments::FileKind;
use crate::attachments::kind::recognise;
use crate::sheets::{self, Book, Bounds};
use crate::vietnamese::Legacy;

/// Bytes of a workbook as it comes; that of a unit has some tens of thousands.
pub const LARGEST: usize = 10 * 1024 * 1024;
pub(super) const MOST_SHEETS: usize = 60;
/// Rows and columns with something in them, and such cells of all sheets, at most.
pub(super) const MOST_ROWS: u32 = 20_000;
pub(super) const MOST_COLUMNS: u32 = 200;
pub(super) const MOST_CELLS: u32 = 200_000;
/// Merged cells of one sheet at most.
const MOST_MERGED: usize = 5_000;
/// Cells and rows that only have a format are passed over, but not for ever.
const MOST_PASSED: u32 = 1_000_000;
const MOST_ROWS_PASSED: u64 = 200_000;
/// Bytes of text, counted each time a cell has it: a text stored once can be meant by every cell.
const MOST_TEXT: usize = 8 * 1024 * 1024;
const BOUNDS: Bounds = Bounds {
    file: LARGEST,
    parts: 300,
    unpacked: 48 * 1024 * 1024,
    rows: MOST_ROWS_PASSED,
    cells: MOST_PASSED as u64,
};

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub raw: Raw,
    /// The old font its text was typed for.
    pub legacy: Option<Legacy>,
    /// What stands there is the result of a formula.
    pub computed: bool,
}

/// The cells of a row by their columns, from left to right.
pub type Row = Vec<(u16, Cell)>;

/// The cells of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub sheet: SmolStr,
    /// By row, from 0, in order.
    pub rows: Vec<(u32, Row)>,
    /// Cells merged into one: all but the first are blank.
    pub merged: Vec<Dimensions>,
}

impl Grid {
    /// What stands at a place; a cell merged with others of its row holds what the first of them does.
    pub fn cell(&self, row: u32, column: u16) -> Option<&Cell> {
        let at = self.rows.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let cells = &self.rows[at].1;
        let found = |column: u16| cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell);
        found(column).or_else(|| {
            let merged = self.merged_at(row, column)?;
            found(u16::try_from(merged.start.1).ok()?).filter(|_| merged.start.0 == row)
        })
    }

    /// Whether a place is part of a cell that was merged with rows above it.
    pub fn hangs_below(&self, row: u32, column: u16) -> bool {
        self.merged_at(row, column).is_some_and(|merged| merged.start.0 < row)
    }

    /// The merged cell that a place is part of.
    pub fn merged_at(&self, row: u32, column: u16) -> Option<&Dimensions> {
        self.merged.iter().find(|merged| merged.contains(row, u32::from(column)))
    }
}

/// What a style says of the cells that have it.
#[derive(Clone, Copy, Default)]
struct Look {
    percent: bool,
    font: Option<Legacy>,
}

/// How much of the bounds is used up.
#[derive(Default)]
struct Used {
    cells: u32,
    passed: u32,
    text: usize,
}

/// Reads every sheet of a workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn grids(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    match recognise(&mut Cursor::new(bytes))? {
        FileKind::Xlsx => {}
        FileKind::Xls => return Err(Refusal::OldExcel),
        _ => return Err(Refusal::NotWorkbook),
    }
    let (mut book, marks) = sheets::open_marked(bytes, BOUNDS)?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(Refusal::TooManySheets);
    }
    let (mut grids, mut used, mut looks) = (Vec::new(), Used::default(), Vec::new());
    for name in names {
        let Some(mut grid) = grid(&mut book, &name, &mut used, &mut looks)? else { continue };
        if marks.formulas {
            formulas(&mut book, &mut grid)?;
        }
        if marks.merged {
            grid.merged = book.merge_cells_by_sheet_name(&name).map_err(|error| broken(&error))?;
            if grid.merged.len() > MOST_MERGED {
                return Err(Refusal::TooManyCells);
            }
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// The values of one sheet; none of a sheet that is no table of cells, such as a chart.
fn grid(
    book: &mut Book<'_>,
    name: &str,
    used: &mut Used,
    looks: &mut Vec<Look>,
) -> Result<Option<Grid>, Refusal> {
    let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(None) };
    if looks.is_empty() {
        looks.extend(reader.styles().iter().map(look));
    }
    let mut grid = Grid { sheet: name.into(), ..Grid::default() };
    let mut sorted = true;
    while let Some((found, style)) = reader.next_cell_with_style_id().map_err(|error| broken(&error))? {
        used.passed += 1;
        if used.passed > MOST_PASSED {
            return Err(Refusal::TooManyCells);
        }
        let look = looks.get(style).copied().unwrap_or_default();
        let Some(raw) = raw(found.get_value(), look, used)? else { continue };
        let (row, column) = found.get_position();
        used.cells += 1;
        if row >= MOST_ROWS {
            return Err(Refusal::TooManyRows(name.to_owned()));
        }
        if column >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns(name.to_owned()));
        }
        if used.cells > MOST_CELLS {
            return Err(Refusal::TooManyCells);
        }
        let legacy = match &raw {
            Raw::Text(text) => Legacy::of_text(text, look.font),
            _ => None,
        };
        let cell = (u16::try_from(column).unwrap_or(u16::MAX), Cell { raw, legacy, computed: false });
        match grid.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push(cell),
            Some((last, _)) if *last > row => {
                sorted = false;
                grid.rows.push((row, vec![cell]));
            }
            _ => grid.rows.push((row, vec![cell])),
        }
    }
    if !sorted {
        in_order(&mut grid.rows);
    }
    Ok(Some(grid))
}

/// Rows as they should have stood in the file.
fn in_order(rows: &mut Vec<(u32, Row)>) {
    rows.sort_by_key(|(row, _)| *row);
    rows.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.append(&mut later.1);
        }
        same
    });
}

fn raw(value: &DataRef<'_>, look: Look, used: &mut Used) -> Result<Option<Raw>, Refusal> {
    let mut text = |text: &str| {
        used.text += text.len();
        if used.text > MOST_TEXT { Err(Refusal::TooManyCells) } else { Ok(Raw::Text(text.to_owned())) }
    };
    Ok(match value {
        DataRef::Empty => None,
        DataRef::Int(number) => number.to_string().parse().ok().map(Raw::Number),
        DataRef::Float(number) if look.percent => Some(Raw::Percent(*number)),
        DataRef::Float(number) => Some(Raw::Number(*number)),
        DataRef::String(words) if words.trim().is_empty() => None,
        DataRef::SharedString(words) if words.trim().is_empty() => None,
        DataRef::String(words) => Some(text(words)?),
        DataRef::SharedString(words) => Some(text(words)?),
        DataRef::Bool(yes) => Some(Raw::Bool(*yes)),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let read = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            let day = read.filter(|_| moment.as_f64() >= 1.0);
            Some(day.map_or_else(|| Raw::Time(hour(moment.as_f64())), Raw::Day))
        }
        DataRef::DateTime(span) => Some(Raw::Time(hour(span.as_f64()))),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => {
            let day = words.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
            Some(day.map_or_else(|| Raw::Time((*words).to_owned()), Raw::Day))
        }
        DataRef::Error(error) => Some(Raw::Fault(error.to_string())),
    })
}

/// A part of a day as hours and minutes.
fn hour(days: f64) -> String {
    const MINUTES: f64 = 24.0 * 60.0;
    // Rounded and bounded: a whole number that fits.
    let minutes = (days * MINUTES).round().clamp(0.0, 1e9) as i64;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn look(style: &calamine::Style) -> Look {
    let font = style.font.as_ref().and_then(|font| font.name.as_deref()).and_then(Legacy::of_font);
    let percent = style.number_format.as_ref().is_some_and(|format| {
        // Quoted signs are words, not a format.
        format.format_code.split('"').step_by(2).any(|part| part.contains('%'))
    });
    Look { percent, font }
}

/// Marks the cells that hold the result of a formula, and the formulas that hold none: the program that wrote those does not
/// compute.
fn formulas(book: &mut Book<'_>, grid: &mut Grid) -> Result<(), Refusal> {
    let mut reader = book.worksheet_cells_reader(&grid.sheet).map_err(|error| broken(&error))?;
    let mut found: HashMap<u32, Row> = HashMap::new();
    let mut computed = Vec::new();
    let mut passed = 0;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|error| broken(&error))? {
        passed += 1;
        if passed > MOST_PASSED {
            return Err(Refusal::TooManyCells);
        }
        let (row, column) = record.pos;
        let Some(formula) = record.formula else { continue };
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            continue;
        }
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if record.value == DataRef::Empty {
            let cell = Cell { raw: Raw::Uncomputed(words_of(&formula)), legacy: None, computed: false };
            found.entry(row).or_default().push((column, cell));
        } else {
            computed.push((row, column));
        }
    }
    // A result of no characters is no cell.
    for (row, column) in computed {
        let Ok(at) = grid.rows.binary_search_by_key(&row, |(row, _)| *row) else { continue };
        if let Some((_, cell)) = grid.rows[at].1.iter_mut().find(|(at, _)| *at == column) {
            cell.computed = true;
        }
    }
    grid.rows.extend(found);
    in_order(&mut grid.rows);
    Ok(())
}

/// A formula as its cell shows it, a long one cut; of one that is shared by cells only the first has words.
fn words_of(formula: &XlsxFormulaMetadata) -> String {
    const MOST: usize = 200;
    let words = match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            formula.as_str()
        }
        _ => "",
    };
    format!("={}", words.chars().take(MOST).collect::<String>())
}

fn broken(error: &calamine::XlsxError) -> Refusal {
    log::info!("a unit's workbook cannot be read: {error}");
    Refusal::Broken
}
