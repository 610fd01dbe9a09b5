//! What somebody answers the wizard: where the headings and the units stand, what each column is, whose an unknown name is, whether
//! earlier figures give way. Kept with the table at once, so that the page can be left; nothing of it is a figure yet.

use std::collections::BTreeMap;

use serde_json::json;

use super::open::{Opened, of_unit};
use super::queries::{self, Change, TableRow};
use super::table::Table;
use super::upload::{known, record, to_json};
use super::{Bound, Settings, TableState, proposal};
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{LegacyTableId, UnitId};
use crate::error::{Error, Problems};
use crate::unit_workbook::Grid;

/// Where the table stands on its sheet, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    pub sheet: String,
    pub turned: bool,
    /// Line of the headings and column of the units, as the sheet calls them: "5", "B".
    pub head: String,
    pub units: String,
}

/// The sheet of a table.
///
/// # Errors
/// [`Error::Invalid`] at the field for one that is not in the workbook.
pub fn grid<'a>(grids: &'a [Grid], sheet: &str) -> Result<&'a Grid, Error> {
    // A form cleans what it carries, the name of a sheet too.
    let is = |grid: &&Grid| grid.sheet == sheet || crate::vietnamese::clean(&grid.sheet) == sheet;
    grids.iter().find(is).ok_or_else(|| {
        let mut problems = Problems::default();
        problems.add("sheet", format!("Không có trang tính “{sheet}” trong tệp. Chọn lại."));
        Error::Invalid(problems)
    })
}

/// "12" or "C" as a number from 0.
pub fn position(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    if let Ok(number) = typed.parse::<u32>() {
        return number.checked_sub(1).filter(|at| *at < 20_000);
    }
    let mut at = 0_u32;
    for letter in typed.chars() {
        let letter = letter.to_ascii_uppercase();
        let digit = u32::from(letter).checked_sub(u32::from('A')).filter(|digit| *digit < 26)?;
        at = at.checked_mul(26)?.checked_add(digit + 1)?;
    }
    at.checked_sub(1).filter(|at| *at < 20_000)
}

/// Settings with another layout; columns are proposed anew.
///
/// # Errors
/// [`Error::Invalid`] at the fields that name no place.
pub fn laid_out(opened: &Opened, grids: &[Grid], layout: &Layout) -> Result<Settings, Error> {
    let found = grid(grids, &layout.sheet)?;
    let table = Table::new(found, layout.turned);
    let base = Settings { sheet: found.sheet.to_string(), turned: layout.turned, ..opened.settings.clone() };
    let moved = (&base.sheet, base.turned) != (&opened.settings.sheet, opened.settings.turned);
    if moved {
        // Another sheet, or the other way round: begin from what is recognised there.
        let cleared = Settings { columns: BTreeMap::new(), settled: false, ..base };
        return Ok(proposal::within(table, cleared, &known(opened), &opened.names).1);
    }
    let (lines, columns) = table.size();
    let mut problems = Problems::default();
    let head = position(&layout.head).filter(|at| *at < lines);
    let units = position(&layout.units).filter(|at| *at < columns);
    if head.is_none() {
        problems.add("head", "Nhập dòng tiêu đề như trong tệp, ví dụ 5 (bảng xoay: tên cột, ví dụ B).");
    }
    if units.is_none() {
        problems.add("units", "Nhập cột có tên đơn vị như trong tệp, ví dụ B (bảng xoay: số dòng, ví dụ 5).");
    }
    problems.or(())?;
    let (head, units) = (head.unwrap_or_default(), units.unwrap_or_default());
    if (head, units) == (opened.settings.head, opened.settings.units) {
        return Ok(opened.settings.clone());
    }
    let proposed = proposal::of_line(table, head, (units, columns), &known(opened));
    let columns = proposed.into_iter().map(|(at, code)| (at, Bound { code, scaled: false })).collect();
    Ok(Settings { head, units, columns, settled: false, ..base })
}

/// Settings with columns as somebody chose them: one indicator at most one column.
///
/// # Errors
/// [`Error::Invalid`] at the columns that say the same, and where none is chosen.
pub fn bound(opened: &Opened, columns: BTreeMap<u32, Bound>) -> Result<Settings, Error> {
    let mut problems = Problems::default();
    let mut first: BTreeMap<&str, u32> = BTreeMap::new();
    let word = opened.settings.column_word();
    for (at, bound) in &columns {
        if !opened.asked.iter().any(|asked| asked.code == bound.code) {
            problems.add(format!("column.{at}"), format!("Không có chỉ tiêu {} trong biểu mẫu.", bound.code));
        } else if first.insert(&bound.code, *at).is_some() {
            problems.add(
                format!("column.{at}"),
                format!("Chỉ tiêu {} đã chọn cho một {word} khác. Để lại một {word}.", bound.code),
            );
        }
    }
    if columns.is_empty() {
        problems.add("columns", format!("Chọn ít nhất một {word} là chỉ tiêu."));
    }
    problems.or(())?;
    Ok(Settings { columns, settled: true, ..opened.settings.clone() })
}

/// Settings with answers about names; a name answered "ask again" is not answered.
///
/// # Errors
/// [`Error::Refused`] for a unit that did not exist then.
pub fn answered(
    opened: &Opened,
    answers: &BTreeMap<String, Option<Option<UnitId>>>,
) -> Result<Settings, Error> {
    let mut settings = opened.settings.clone();
    for (key, answer) in answers {
        match answer {
            None => drop(settings.answers.remove(key)),
            Some(Some(unit)) if opened.unit(*unit).is_none() => {
                return Err(Error::Refused(
                    "Đơn vị đã chọn không tồn tại vào thời gian của kỳ này.".to_owned(),
                ));
            }
            Some(answer) => drop(settings.answers.insert(key.clone(), *answer)),
        }
    }
    Ok(settings)
}

/// Keeps what was answered at version `seen`.
///
/// # Errors
/// [`Error::Conflict`] when somebody answered meanwhile, or it was applied.
pub fn keep(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (LegacyTableId, i32),
    settings: &Settings,
) -> Result<(), Error> {
    let row = seen_row(conn, actor, id, seen)?;
    let json = to_json(settings)?;
    let change = Change { settings_json: Some(&json), ..Change::default() };
    if queries::change(conn, &row, &change)? { Ok(()) } else { Err(meanwhile()) }
}

/// An open table as it was seen.
pub(super) fn seen_row(
    conn: &mut Conn,
    actor: &Actor,
    id: LegacyTableId,
    seen: i32,
) -> Result<TableRow, Error> {
    let row = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
    if row.version != seen || row.state() != TableState::Open {
        return Err(meanwhile());
    }
    Ok(row)
}

pub(super) fn meanwhile() -> Error {
    Error::Conflict("Bảng này vừa được người khác xử lý. Mở lại bảng để xem rồi thực hiện tiếp.".to_owned())
}

/// Drops a table that was not applied; the regime it was of is given back.
///
/// # Errors
/// [`Error::Conflict`] when it was applied meanwhile.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    (id, seen): (LegacyTableId, i32),
    moment: Moment,
) -> Result<TableRow, Error> {
    let row = seen_row(conn, actor, id, seen)?;
    let membership = of_unit(actor, row.unit_id)?;
    if !queries::forget(conn, &row)? {
        return Err(meanwhile());
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    record(conn, (actor, membership), &row, ("legacy_table.remove", after), moment)?;
    Ok(row)
}
