//! SQL of where editions went: records of sending, those struck out among them, and to whom a regime's go.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{EditionFile, EditionRow};
use crate::db::Conn;
use crate::db::ids::{DispatchId, EditionId, MembershipId, RegimeId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    consolidated_revisions, edition_dispatch_papers, edition_dispatch_strikes, edition_dispatches,
    edition_returns, editions, obligations, periods, regime_recipients, regimes, reports,
};
use crate::on_each;
use crate::periods::{Period, Regime};
use crate::units;

/// One record of a sending.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Dispatch {
    pub id: DispatchId,
    pub edition_id: EditionId,
    pub recipient: String,
    /// The consolidated report that went with it.
    pub revision_id: Option<RevisionId>,
    /// Code of the way.
    pub way: String,
    /// UTC.
    pub sent_at: NaiveDateTime,
    pub doc_number: String,
    pub doc_date: Option<NaiveDate>,
    pub recorder_name: String,
    pub recorder_title: String,
    /// Why and by whom it was struck out; None while it stands.
    pub strike: Option<Strike>,
    /// Who signed the report that went, where it was written with number and day.
    pub signatory: Option<Signed>,
}

/// The end of the report as it went.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Signed {
    pub capacity: String,
    pub title: String,
    pub name: String,
}

/// Why a record counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Strike {
    pub reason: String,
    pub striker_name: String,
    /// UTC.
    pub struck_at: NaiveDateTime,
}

impl Dispatch {
    pub fn is_struck(&self) -> bool {
        self.strike.is_some()
    }
}

/// A record as it is kept.
#[derive(Debug, Insertable)]
#[diesel(table_name = edition_dispatches, treat_none_as_default_value = false)]
pub(in super::super) struct NewDispatch<'a> {
    pub(in super::super) edition_id: EditionId,
    pub(in super::super) recipient: &'a str,
    pub(in super::super) revision_id: Option<RevisionId>,
    pub(in super::super) way: &'a str,
    pub(in super::super) sent_at: NaiveDateTime,
    pub(in super::super) doc_number: &'a str,
    pub(in super::super) doc_date: Option<NaiveDate>,
    pub(in super::super) membership_id: MembershipId,
    pub(in super::super) recorder_name: &'a str,
    pub(in super::super) recorder_title: &'a str,
    pub(in super::super) recorded_at: NaiveDateTime,
}

/// A record struck out.
#[derive(Debug, Insertable)]
#[diesel(table_name = edition_dispatch_strikes)]
pub(in super::super) struct NewStrike<'a> {
    pub(in super::super) dispatch_id: DispatchId,
    pub(in super::super) reason: &'a str,
    pub(in super::super) membership_id: MembershipId,
    pub(in super::super) striker_name: &'a str,
    pub(in super::super) striker_title: &'a str,
    pub(in super::super) struck_at: NaiveDateTime,
}

/// Where some editions went, in the order of the records. One query.
///
/// # Errors
/// The query's own.
pub fn dispatches(conn: &mut Conn, ids: &[EditionId]) -> QueryResult<Vec<Dispatch>> {
    edition_dispatches::table
        .left_join(edition_dispatch_strikes::table)
        .left_join(edition_dispatch_papers::table)
        .filter(edition_dispatches::edition_id.eq_any(ids))
        .order(edition_dispatches::id)
        .select((
            edition_dispatches::id,
            edition_dispatches::edition_id,
            edition_dispatches::recipient,
            edition_dispatches::revision_id,
            edition_dispatches::way,
            edition_dispatches::sent_at,
            edition_dispatches::doc_number,
            edition_dispatches::doc_date,
            edition_dispatches::recorder_name,
            edition_dispatches::recorder_title,
            (
                edition_dispatch_strikes::reason,
                edition_dispatch_strikes::striker_name,
                edition_dispatch_strikes::struck_at,
            )
                .nullable(),
            (
                edition_dispatch_papers::signatory_capacity,
                edition_dispatch_papers::signatory_title,
                edition_dispatch_papers::signatory_name,
            )
                .nullable(),
        ))
        .load(conn)
}

/// Keeps a record.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_dispatch(conn: &mut Conn, new: &NewDispatch<'_>) -> QueryResult<DispatchId> {
    on_each!(conn, |c| diesel::insert_into(edition_dispatches::table)
        .values(new)
        .returning(edition_dispatches::id)
        .get_result(c))
}

/// Keeps the report as it went with a record, and who signed it.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_dispatch_paper(
    conn: &mut Conn,
    id: DispatchId,
    signed: &Signed,
    file: &EditionFile,
) -> QueryResult<()> {
    diesel::insert_into(edition_dispatch_papers::table)
        .values((
            edition_dispatch_papers::dispatch_id.eq(id),
            edition_dispatch_papers::signatory_capacity.eq(&signed.capacity),
            edition_dispatch_papers::signatory_title.eq(&signed.title),
            edition_dispatch_papers::signatory_name.eq(&signed.name),
            edition_dispatch_papers::file_name.eq(&file.file_name),
            edition_dispatch_papers::bytes.eq(&file.bytes),
            edition_dispatch_papers::sha256.eq(&file.sha256),
        ))
        .execute(conn)
        .map(|_| ())
}

/// The report as it first went, of the records that stand: with number, day and signatory; of one record where `id` names
/// it. None where nothing went with a number. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn sent_paper(
    conn: &mut Conn,
    edition: EditionId,
    id: Option<DispatchId>,
) -> QueryResult<Option<EditionFile>> {
    let of = edition_dispatches::table
        .inner_join(edition_dispatch_papers::table)
        .left_join(edition_dispatch_strikes::table)
        .filter(edition_dispatches::edition_id.eq(edition))
        .order(edition_dispatches::id)
        .select((
            edition_dispatch_papers::file_name,
            edition_dispatch_papers::bytes,
            edition_dispatch_papers::sha256,
        ));
    match id {
        Some(id) => of.filter(edition_dispatches::id.eq(id)).first(conn).optional(),
        None => of.filter(edition_dispatch_strikes::dispatch_id.is_null()).first(conn).optional(),
    }
}

/// Strikes a record out; false when it is already.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_strike(conn: &mut Conn, new: &NewStrike<'_>) -> QueryResult<bool> {
    let inserted = on_each!(conn, |c| diesel::insert_into(edition_dispatch_strikes::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}

/// Marks an edition approved and not sent, when its last record was struck out and no report went with it. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn mark_not_sent(conn: &mut Conn, id: EditionId) -> QueryResult<()> {
    let filed: i64 = consolidated_revisions::table
        .filter(consolidated_revisions::edition_id.eq(id))
        .count()
        .get_result(conn)?;
    if filed == 0 {
        diesel::update(editions::table.find(id))
            .filter(editions::status.eq("sent"))
            .set((editions::status.eq("approved"), editions::version.eq(editions::version + 1)))
            .execute(conn)?;
    }
    Ok(())
}

/// An edition that was found within scope by other means. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn any_edition(
    conn: &mut Conn,
    id: EditionId,
) -> QueryResult<(EditionRow, Period, Regime)> {
    editions::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(editions::id.eq(id))
        .select((EditionRow::as_select(), Period::as_select(), Regime::as_select()))
        .first(conn)
}

/// The body in this installation that an edition's consolidated report is owed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Above {
    /// Its name on the period's reference day.
    pub name: String,
    /// The consolidated report.
    pub report: ReportId,
}

/// Where the collector of an edition owes its consolidated report; none where nobody above collects here. Two queries.
///
/// # Errors
/// The queries' own.
pub fn upper(conn: &mut Conn, row: &EditionRow, period: &Period) -> QueryResult<Option<Above>> {
    let found: Option<(UnitId, ReportId)> = obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(row.period_id))
        .filter(obligations::unit_id.eq(row.collector_id))
        .filter(obligations::part.eq("consolidated"))
        .filter(obligations::standing.eq("owed"))
        .select((obligations::collector_id, reports::id))
        .first(conn)
        .optional()?;
    let Some((unit, report)) = found else { return Ok(None) };
    let mut names = units::queries::names_on(conn, &[unit], period.reference_on)?;
    Ok(names.remove(&unit).map(|name| Above { name, report }))
}

/// To whom the collector of a regime sends its editions, in order. One query.
///
/// # Errors
/// The query's own.
pub fn recipients(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<String>> {
    regime_recipients::table
        .filter(regime_recipients::regime_id.eq(regime))
        .order(regime_recipients::position)
        .select(regime_recipients::name)
        .load(conn)
}

/// Holds the list of a regime until the transaction ends: whoever else would change it waits, and then reads what stands.
/// One statement.
///
/// # Errors
/// The query's own.
pub(in super::super) fn hold_recipients(conn: &mut Conn, regime: RegimeId) -> QueryResult<()> {
    let row = diesel::update(regimes::table.find(regime));
    row.set(regimes::name.eq(regimes::name)).execute(conn).map(|_| ())
}

/// Puts a list in the place of the one there is. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn put_recipients(
    conn: &mut Conn,
    regime: RegimeId,
    names: &[String],
) -> QueryResult<()> {
    diesel::delete(regime_recipients::table.filter(regime_recipients::regime_id.eq(regime))).execute(conn)?;
    let rows: Vec<_> = names
        .iter()
        .zip(1_i32..)
        .map(|(name, position)| {
            (
                regime_recipients::regime_id.eq(regime),
                regime_recipients::position.eq(position),
                regime_recipients::name.eq(name),
            )
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(regime_recipients::table).values(&rows).execute(c))?;
    Ok(())
}

/// Who gave a draft back, and when (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Return {
    pub leader_name: String,
    pub leader_title: String,
    pub returned_at: NaiveDateTime,
}

/// Who gave a draft back; none where its maker gave it up. One query.
///
/// # Errors
/// The query's own.
pub fn returned(conn: &mut Conn, id: EditionId) -> QueryResult<Option<Return>> {
    edition_returns::table
        .find(id)
        .select((edition_returns::leader_name, edition_returns::leader_title, edition_returns::returned_at))
        .first(conn)
        .optional()
}

/// Keeps who gave a draft back.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_return(
    conn: &mut Conn,
    id: EditionId,
    membership: MembershipId,
    by: &Return,
) -> QueryResult<()> {
    diesel::insert_into(edition_returns::table)
        .values((
            edition_returns::edition_id.eq(id),
            edition_returns::membership_id.eq(membership),
            edition_returns::leader_name.eq(&by.leader_name),
            edition_returns::leader_title.eq(&by.leader_title),
            edition_returns::returned_at.eq(by.returned_at),
        ))
        .execute(conn)
        .map(|_| ())
}
