//! A table comes in: its period chosen, its file kept with what is proposed about it. One transaction with its audit row; what is refused
//! leaves nothing.

use chrono::NaiveDateTime;
use serde_json::json;

use super::headings::Known;
use super::open::{FIELD, Opened, Past, of_unit};
use super::past::Choice;
use super::queries::{self, NewTable, TableRow};
use super::{Settings, TableState, proposal};
use crate::access::{Actor, Membership};
use crate::attachments::{FileKind, name};
use crate::audit::{self, By, sha256_hex};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{LegacyTableId, RegimeId};
use crate::error::{Error, Problems};
use crate::unit_workbook::Grid;
use crate::vietnamese::limits::LONG_LINE;

/// Tables kept of a regime that nobody has confirmed, at most.
pub const MOST_OPEN: usize = 20;

/// What the page of a regime posts beside the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Code of the period, such as "2023-H1".
    pub period: String,
    /// The document the table was part of; may be blank.
    pub source: String,
}

impl Input {
    /// The period, once it is one of those that can be chosen.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is to mend.
    pub fn choice(&self, past: &Past) -> Result<Choice, Error> {
        let mut problems = Problems::default();
        problems.add_fault("source", LONG_LINE.fault("Nguồn của bảng", &self.source));
        let found = past.choices.iter().find(|choice| choice.code == self.period).cloned();
        if found.is_none() {
            problems.add(
                "period",
                "Chọn kỳ mà bảng số liệu thuộc về. Chỉ chọn được kỳ đã qua thời gian chốt số liệu.",
            );
        }
        problems.or(())?;
        found.ok_or(Error::NotFound)
    }
}

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The table as it would be kept, with nothing said about it yet.
pub fn row(past: &Past, choice: &Choice, given: &Given, source: &str, at: NaiveDateTime) -> TableRow {
    let settings = Settings { source: source.to_owned(), ..Settings::default() };
    TableRow {
        id: LegacyTableId(0),
        regime_id: past.regime.id,
        unit_id: past.collector(choice),
        period_id: choice.id,
        cycle: choice.cycle.code(),
        year: choice.year,
        made_period: false,
        file_name: name::with_ending(&name::sound(&given.name), FileKind::Xlsx),
        size: i64::try_from(given.bytes.len()).unwrap_or(i64::MAX),
        sha256: sha256_hex(&given.bytes),
        state: TableState::Open.code().to_owned(),
        version: 1,
        settings_json: serde_json::to_string(&settings).unwrap_or_default(),
        adder_name: String::new(),
        adder_title: String::new(),
        uploaded_at: at,
        applied_by: String::new(),
        applied_at: None,
        taken_back_by: String::new(),
        taken_back_at: None,
        taken_back_reason: String::new(),
    }
}

/// What is proposed about a table.
pub fn propose(opened: &Opened, grids: &[Grid]) -> Settings {
    let source = opened.settings.source.clone();
    Settings { source, ..proposal::all(grids, &known(opened), &opened.names) }
}

/// The indicators by what headings call them.
pub fn known(opened: &Opened) -> Vec<Known> {
    opened.asked.iter().map(|one| Known { code: one.code.clone(), name: one.name.clone() }).collect()
}

/// Keeps a table. The same bytes for the same period, nobody having confirmed them, are the same table.
///
/// # Errors
/// [`Error::Invalid`] where there is no room.
pub fn take_in(
    conn: &mut Conn,
    actor: &Actor,
    (row, settings): (&TableRow, &Settings),
    bytes: &[u8],
    moment: Moment,
) -> Result<LegacyTableId, Error> {
    let membership = of_unit(actor, row.unit_id)?;
    let there = queries::tables_of(conn, &[row.unit_id], row.regime_id)?;
    let open: Vec<&TableRow> = there.iter().filter(|table| table.state() == TableState::Open).collect();
    let same = |table: &&&TableRow| {
        table.sha256 == row.sha256
            && (table.period_id, &table.cycle, table.year) == (row.period_id, &row.cycle, row.year)
    };
    if let Some(same) = open.iter().find(same) {
        return Ok(same.id);
    }
    if open.len() >= MOST_OPEN {
        let mut problems = Problems::default();
        problems
            .add(FIELD, format!("Đang có {MOST_OPEN} bảng chưa nhập xong. Nhập hoặc bỏ bớt rồi tải lên."));
        return Err(Error::Invalid(problems));
    }
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let id = queries::keep(
        conn,
        &NewTable {
            regime_id: row.regime_id,
            unit_id: row.unit_id,
            period_id: row.period_id,
            cycle: &row.cycle,
            year: row.year,
            file_name: &row.file_name,
            size: row.size,
            sha256: &row.sha256,
            state: TableState::Open.code(),
            version: 1,
            settings_json: &to_json(settings)?,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            uploaded_at: moment.at,
        },
        bytes,
    )?;
    let after =
        json!({ "file": row.file_name, "size": row.size, "sha256": row.sha256, "source": settings.source });
    let kept = TableRow { id, ..row.clone() };
    record(conn, (actor, membership), &kept, ("legacy_table.take_in", after), moment)?;
    Ok(id)
}

/// What was told to a wizard, as it is kept.
///
/// # Errors
/// None that settings can give.
pub(super) fn to_json(settings: &Settings) -> Result<String, Error> {
    serde_json::to_string(settings).map_err(|error| Error::Internal(error.to_string()))
}

/// One row of the log.
///
/// # Errors
/// The query's own.
pub(super) fn record(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    row: &TableRow,
    (action, after): (&str, serde_json::Value),
    moment: Moment,
) -> Result<(), Error> {
    let kind = crate::calendar::Cycle::from_code(&row.cycle);
    let period = kind.map_or_else(|| row.year.to_string(), |cycle| crate::calendar::label(cycle, row.year));
    let step = audit::Step {
        action,
        subject_kind: "legacy_table",
        subject_id: Some(row.id.0),
        subject_label: &format!("{}, {period}", row.file_name),
        unit_id: Some(row.unit_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}

/// The regime a link of the wizard leads back to.
pub fn home(regime: RegimeId) -> String {
    format!("/regimes/{regime}/legacy-tables")
}
