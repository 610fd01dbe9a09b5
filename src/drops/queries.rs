//! SQL of drops: who dropped what, each file with its bytes in blocks and how far it has come. The reports they may be of have
//! a file of their own.

mod targets;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{FileState, Receipt};
use crate::attachments::BLOCK;
use crate::db::Conn;
use crate::db::ids::{DropFileId, DropId, MembershipId, PeriodId, ReportId, UnitId};
use crate::db::schema::{drop_blocks, drop_files, drops};
use crate::on_each;
use crate::unit_workbook::Reading;

pub use targets::{Target, collectors, open_targets, report_of, targets_of};
pub(super) use targets::{period_of, targets};

/// A drop as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = drops)]
pub struct DropRow {
    pub id: DropId,
    pub period_id: PeriodId,
    pub unit_id: UnitId,
    pub adder_name: String,
    pub adder_title: String,
    pub received_number: String,
    pub received_on: NaiveDate,
    /// Names of hidden files that were passed over.
    pub skipped: String,
    /// UTC.
    pub created_at: NaiveDateTime,
}

impl DropRow {
    pub fn receipt(&self) -> Receipt {
        Receipt { number: self.received_number.clone(), on: self.received_on }
    }
}

/// A file as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = drop_files)]
pub struct FileRow {
    pub id: DropFileId,
    pub drop_id: DropId,
    pub file_name: String,
    /// In bytes; 0 where none were kept.
    pub size: i64,
    pub sha256: String,
    pub state: String,
    pub version: i32,
    /// Times it was begun with and not ended.
    pub tries: i32,
    /// A person said whose it is.
    pub assigned: bool,
    pub report_id: Option<ReportId>,
    pub blockers: i32,
    pub warnings: i32,
    /// Stands for the warnings as they were counted.
    pub warnings_seen: String,
    pub message: String,
    pub received_number: Option<String>,
    pub received_on: Option<NaiveDate>,
    pub applied_at: Option<NaiveDateTime>,
    /// Why it is opened and confirmed by itself, a reason a line; "" where one press may take it with others.
    pub alone: String,
}

impl FileRow {
    /// Why it is opened and confirmed by itself.
    pub fn reasons(&self) -> impl Iterator<Item = &str> {
        self.alone.lines()
    }

    pub fn state(&self) -> FileState {
        FileState::from_code(&self.state)
    }

    /// Whether it could not be taken and may be read again; a waiting one too, whose job may have been given up.
    pub fn can_be_retried(&self) -> bool {
        let failed = matches!(self.state(), FileState::Faulty | FileState::Refused | FileState::Waiting);
        self.size > 0 && failed
    }

    /// Whether a person may say whose it is: where that could not be told, or a person has said it.
    pub fn can_be_assigned(&self) -> bool {
        let open = !matches!(self.state(), FileState::Applying | FileState::Applied | FileState::LeftOut);
        open && (self.assigned || self.state() == FileState::ToAssign)
    }

    /// Its own receipt, where it has one.
    pub fn own_receipt(&self) -> Option<Receipt> {
        Some(Receipt { number: self.received_number.clone()?, on: self.received_on? })
    }

    /// Its receipt, or the drop's.
    pub fn receipt(&self, drop: &DropRow) -> Receipt {
        self.own_receipt().unwrap_or_else(|| drop.receipt())
    }
}

#[derive(Insertable)]
#[diesel(table_name = drops)]
pub(super) struct NewDrop<'a> {
    pub period_id: PeriodId,
    pub unit_id: UnitId,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub received_number: &'a str,
    pub received_on: NaiveDate,
    pub skipped: &'a str,
    pub created_at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = drop_files)]
pub(super) struct NewFile<'a> {
    pub drop_id: DropId,
    pub file_name: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub state: &'a str,
    pub version: i32,
    pub tries: i32,
    pub assigned: bool,
    pub blockers: i32,
    pub warnings: i32,
    pub warnings_seen: &'a str,
    pub message: &'a str,
}

/// What becomes of a file; a `None` leaves the column as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = drop_files)]
pub(super) struct Outcome {
    pub state: Option<&'static str>,
    pub tries: Option<i32>,
    pub assigned: Option<bool>,
    pub report_id: Option<Option<ReportId>>,
    pub reading_json: Option<Option<String>>,
    pub blockers: Option<i32>,
    pub warnings: Option<i32>,
    pub warnings_seen: Option<String>,
    pub message: Option<String>,
    pub received_number: Option<Option<String>>,
    pub received_on: Option<Option<NaiveDate>>,
    pub applied_at: Option<Option<NaiveDateTime>>,
    pub alone: Option<String>,
}

impl Outcome {
    /// Another state, with what is to be said of it.
    pub(super) fn to(state: FileState, message: impl Into<String>) -> Outcome {
        Outcome { state: Some(state.code()), message: Some(message.into()), ..Outcome::default() }
    }
}

/// Makes the row of a drop. One query.
///
/// # Errors
/// The query's own.
pub(super) fn insert_drop(conn: &mut Conn, new: &NewDrop<'_>) -> QueryResult<DropId> {
    on_each!(conn, |c| diesel::insert_into(drops::table).values(new).returning(drops::id).get_result(c))
}

/// Keeps a file with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(super) fn insert_file(conn: &mut Conn, new: &NewFile<'_>, bytes: &[u8]) -> QueryResult<()> {
    let id: DropFileId = on_each!(conn, |c| diesel::insert_into(drop_files::table)
        .values(new)
        .returning(drop_files::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (drop_blocks::file_id.eq(id), drop_blocks::number.eq(number), drop_blocks::bytes.eq(block));
        diesel::insert_into(drop_blocks::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// A drop of one of some bodies. One query.
///
/// # Errors
/// `NotFound` for another's.
pub fn drop_of(conn: &mut Conn, bodies: &[UnitId], id: DropId) -> QueryResult<DropRow> {
    drops::table.find(id).filter(drops::unit_id.eq_any(bodies)).select(DropRow::as_select()).first(conn)
}

/// The drops of some bodies for a period with the states of their files, the newest first. Two queries.
///
/// # Errors
/// The queries' own.
pub fn drops_of_period(
    conn: &mut Conn,
    bodies: &[UnitId],
    period: PeriodId,
) -> QueryResult<Vec<(DropRow, Vec<FileState>)>> {
    let rows: Vec<DropRow> = drops::table
        .filter(drops::period_id.eq(period))
        .filter(drops::unit_id.eq_any(bodies))
        .order(drops::id.desc())
        .select(DropRow::as_select())
        .load(conn)?;
    let ids: Vec<DropId> = rows.iter().map(|row| row.id).collect();
    let states: Vec<(DropId, String)> = drop_files::table
        .filter(drop_files::drop_id.eq_any(&ids))
        .select((drop_files::drop_id, drop_files::state))
        .load(conn)?;
    let mut by_drop: HashMap<DropId, Vec<FileState>> = HashMap::new();
    for (drop, state) in states {
        by_drop.entry(drop).or_default().push(FileState::from_code(&state));
    }
    Ok(rows.into_iter().map(|row| (row.clone(), by_drop.remove(&row.id).unwrap_or_default())).collect())
}

/// The files of a drop, in the order they came. One query.
///
/// # Errors
/// The query's own.
pub fn files(conn: &mut Conn, drop: DropId) -> QueryResult<Vec<FileRow>> {
    let of = drop_files::table.filter(drop_files::drop_id.eq(drop));
    of.order(drop_files::id).select(FileRow::as_select()).load(conn)
}

/// One file of a drop. One query.
///
/// # Errors
/// `NotFound` for another drop's.
pub fn file(conn: &mut Conn, drop: DropId, id: DropFileId) -> QueryResult<FileRow> {
    drop_files::table.find(id).filter(drop_files::drop_id.eq(drop)).select(FileRow::as_select()).first(conn)
}

/// The bytes of a file. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: DropFileId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = drop_blocks::table
        .filter(drop_blocks::file_id.eq(id))
        .order(drop_blocks::number)
        .select(drop_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// What was read from a file; none while it was not. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be understood.
pub fn reading(conn: &mut Conn, id: DropFileId) -> QueryResult<Option<Reading>> {
    let json: Option<String> = drop_files::table.find(id).select(drop_files::reading_json).first(conn)?;
    let read = |json: String| {
        serde_json::from_str(&json).map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))
    };
    json.map(read).transpose()
}

/// The next files of a drop in a state, `most` of them, those begun with least often first; how many are in it, and how many there
/// are. Three queries.
///
/// # Errors
/// The queries' own.
pub(super) fn next_in(
    conn: &mut Conn,
    drop: DropId,
    state: FileState,
    most: usize,
) -> QueryResult<(Vec<FileRow>, i64, i64)> {
    let of = drop_files::table.filter(drop_files::drop_id.eq(drop));
    let all: i64 = of.count().get_result(conn)?;
    let left: i64 = of.filter(drop_files::state.eq(state.code())).count().get_result(conn)?;
    let next = of
        .filter(drop_files::state.eq(state.code()))
        .order((drop_files::tries, drop_files::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(FileRow::as_select())
        .load(conn)?;
    Ok((next, left, all))
}

/// Changes a file that stands as it was seen; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(super) fn settle(conn: &mut Conn, seen: &FileRow, outcome: &Outcome) -> QueryResult<bool> {
    let as_seen = drop_files::table
        .find(seen.id)
        .filter(drop_files::version.eq(seen.version))
        .filter(drop_files::state.eq(&seen.state));
    let changed = diesel::update(as_seen).set((outcome, drop_files::version.eq(seen.version + 1)));
    Ok(changed.execute(conn)? == 1)
}
