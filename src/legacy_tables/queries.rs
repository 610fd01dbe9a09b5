//! SQL of tables of past periods: each with its bytes in blocks and how far it has come. What units hold already, and what they can be
//! asked, have files of their own.

mod bodies;
mod held;

use chrono::NaiveDateTime;
use diesel::prelude::*;

pub use bodies::{DatedForm, exempt, forms, modes, owe_again, periods};
pub use held::{Held, approved_edition, editions_on, held, held_figures, later_steps};

use super::{Settings, TableState};
use crate::attachments::BLOCK;
use crate::db::Conn;
use crate::db::ids::{LegacyTableId, MembershipId, PeriodId, RegimeId, ReportId, RevisionId, UnitId};
use crate::db::schema::{legacy_table_blocks, legacy_table_revisions, legacy_tables, obligations, revisions};
use crate::on_each;

/// A table as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = legacy_tables)]
pub struct TableRow {
    pub id: LegacyTableId,
    pub regime_id: RegimeId,
    /// The body that collects.
    pub unit_id: UnitId,
    /// None while the period is still to be made.
    pub period_id: Option<PeriodId>,
    pub cycle: String,
    pub year: i32,
    /// The period was made for this table.
    pub made_period: bool,
    pub file_name: String,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    pub state: String,
    pub version: i32,
    pub settings_json: String,
    pub adder_name: String,
    pub adder_title: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    /// Name and title of who confirmed it; "" while nobody has.
    pub applied_by: String,
    pub applied_at: Option<NaiveDateTime>,
    pub taken_back_by: String,
    pub taken_back_at: Option<NaiveDateTime>,
    pub taken_back_reason: String,
}

impl TableRow {
    pub fn state(&self) -> TableState {
        TableState::from_code(&self.state)
    }

    /// What its wizard was told; nothing where that cannot be read.
    pub fn settings(&self) -> Settings {
        serde_json::from_str(&self.settings_json).unwrap_or_default()
    }
}

/// A table as it comes.
#[derive(Insertable)]
#[diesel(table_name = legacy_tables)]
pub(super) struct NewTable<'a> {
    pub regime_id: RegimeId,
    pub unit_id: UnitId,
    pub period_id: Option<PeriodId>,
    pub cycle: &'a str,
    pub year: i32,
    pub file_name: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub state: &'a str,
    pub version: i32,
    pub settings_json: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
}

/// Keeps a table with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(super) fn keep(conn: &mut Conn, new: &NewTable<'_>, bytes: &[u8]) -> QueryResult<LegacyTableId> {
    let id: LegacyTableId = on_each!(conn, |c| diesel::insert_into(legacy_tables::table)
        .values(new)
        .returning(legacy_tables::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            legacy_table_blocks::table_id.eq(id),
            legacy_table_blocks::number.eq(number),
            legacy_table_blocks::bytes.eq(block),
        );
        diesel::insert_into(legacy_table_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// A table of some bodies. One query.
///
/// # Errors
/// `NotFound` for another body's too.
pub fn table(conn: &mut Conn, bodies: &[UnitId], id: LegacyTableId) -> QueryResult<TableRow> {
    legacy_tables::table
        .find(id)
        .filter(legacy_tables::unit_id.eq_any(bodies))
        .select(TableRow::as_select())
        .first(conn)
}

/// The tables of a regime that some bodies keep, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn tables_of(conn: &mut Conn, bodies: &[UnitId], regime: RegimeId) -> QueryResult<Vec<TableRow>> {
    legacy_tables::table
        .filter(legacy_tables::regime_id.eq(regime))
        .filter(legacy_tables::unit_id.eq_any(bodies))
        .order(legacy_tables::id.desc())
        .select(TableRow::as_select())
        .load(conn)
}

/// The bytes of a table. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: LegacyTableId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = legacy_table_blocks::table
        .filter(legacy_table_blocks::table_id.eq(id))
        .order(legacy_table_blocks::number)
        .select(legacy_table_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// What is written of a table; a none leaves the column as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = legacy_tables)]
pub(super) struct Change<'a> {
    pub settings_json: Option<&'a str>,
    pub state: Option<&'a str>,
    pub period_id: Option<PeriodId>,
    pub made_period: Option<bool>,
    pub applied_by: Option<&'a str>,
    pub applied_at: Option<NaiveDateTime>,
    pub taken_back_by: Option<&'a str>,
    pub taken_back_at: Option<NaiveDateTime>,
    pub taken_back_reason: Option<&'a str>,
}

/// Changes a table that stands as it was seen; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(super) fn change(conn: &mut Conn, seen: &TableRow, change: &Change<'_>) -> QueryResult<bool> {
    let as_seen = legacy_tables::table
        .find(seen.id)
        .filter(legacy_tables::version.eq(seen.version))
        .filter(legacy_tables::state.eq(&seen.state));
    let changed = diesel::update(as_seen).set((change, legacy_tables::version.eq(seen.version + 1)));
    Ok(changed.execute(conn)? == 1)
}

/// Forgets a table nobody has applied, with its bytes; false when it is gone, or applied by now. Two queries.
///
/// # Errors
/// The queries' own.
pub(super) fn forget(conn: &mut Conn, seen: &TableRow) -> QueryResult<bool> {
    let open = legacy_tables::table
        .find(seen.id)
        .filter(legacy_tables::version.eq(seen.version))
        .filter(legacy_tables::state.eq(TableState::Open.code()));
    let there: i64 = open.count().get_result(conn)?;
    if there == 0 {
        return Ok(false);
    }
    let blocks = legacy_table_blocks::table.filter(legacy_table_blocks::table_id.eq(seen.id));
    diesel::delete(blocks).execute(conn)?;
    let row = legacy_tables::table
        .find(seen.id)
        .filter(legacy_tables::version.eq(seen.version))
        .filter(legacy_tables::state.eq(TableState::Open.code()));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// A revision that came of a table.
#[derive(Debug, Clone, Queryable)]
pub struct CameOf {
    pub revision: RevisionId,
    /// That of an earlier table it was added to.
    pub follows: Option<RevisionId>,
    pub report: ReportId,
    pub unit: UnitId,
}

/// The revisions of a table with the reports and units they are of. One query.
///
/// # Errors
/// The query's own.
pub fn came_of(conn: &mut Conn, id: LegacyTableId) -> QueryResult<Vec<CameOf>> {
    use crate::db::schema::reports;
    legacy_table_revisions::table
        .inner_join(revisions::table.on(revisions::id.eq(legacy_table_revisions::revision_id)))
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(legacy_table_revisions::table_id.eq(id))
        .order(legacy_table_revisions::revision_id)
        .select((
            legacy_table_revisions::revision_id,
            legacy_table_revisions::follows_id,
            reports::id,
            obligations::unit_id,
        ))
        .load(conn)
}

/// Whether a period was made for a table, whatever became of that since. One query.
///
/// # Errors
/// The query's own.
pub fn was_made(conn: &mut Conn, period: PeriodId) -> QueryResult<bool> {
    let made: i64 = legacy_tables::table
        .filter(legacy_tables::period_id.eq(period))
        .filter(legacy_tables::made_period.eq(true))
        .count()
        .get_result(conn)?;
    Ok(made > 0)
}
