//! SQL of editions: what one is, and how it is found, only within scope.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::{Eq, Filter, exists};
use diesel::prelude::*;

use super::super::copies::EditionCopy;
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{EditionId, MembershipId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{
    consolidated_revisions, edition_files, edition_papers, edition_returns, edition_sources, editions,
    obligations, periods, regimes, reports, revisions, routes,
};
use crate::periods::{Period, Regime};

/// An edition without its content.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = editions)]
pub struct EditionRow {
    pub id: EditionId,
    pub period_id: PeriodId,
    pub collector_id: UnitId,
    pub number: i32,
    /// `draft`, `approved`, `sent` or `discarded`.
    pub status: String,
    /// SHA-256 of the frozen content.
    pub sha256: String,
    pub created_at: NaiveDateTime,
    pub created_by: MembershipId,
    /// Who made it, as they were called then.
    pub created_by_name: String,
    pub created_by_title: String,
    pub approved_at: Option<NaiveDateTime>,
    pub approved_by: Option<MembershipId>,
    /// Who approved it, as they were called then; "" of a draft.
    pub approved_by_name: String,
    pub approved_by_title: String,
    /// Why a draft was given up or given back; blank for every other.
    pub discard_reason: String,
    /// A leader gave this draft back; false of one given up and of every other.
    #[diesel(select_expression = exists(edition_returns::table.filter(edition_returns::edition_id.eq(editions::id))))]
    #[diesel(select_expression_type = exists<Filter<edition_returns::table, Eq<edition_returns::edition_id, editions::id>>>)]
    pub given_back: bool,
    pub version: i32,
}

impl EditionRow {
    /// Made and not yet approved.
    pub fn is_draft(&self) -> bool {
        self.status == "draft"
    }

    /// Approved by the collector's leader, sent or not.
    pub fn is_approved(&self) -> bool {
        matches!(self.status.as_str(), "approved" | "sent")
    }

    /// A draft given up or given back: kept with its number, and no base for anything.
    pub fn is_discarded(&self) -> bool {
        self.status == "discarded"
    }

    /// "Dự thảo", "Đã chốt", "Đã gửi", "Đã hủy", "Đã trả lại".
    pub fn status_words(&self) -> &'static str {
        match self.status.as_str() {
            "draft" => "Dự thảo",
            "approved" => "Đã chốt",
            "discarded" if self.given_back => "Đã trả lại",
            "discarded" => "Đã hủy",
            _ => "Đã gửi",
        }
    }

    /// The class of the `.tag` that shows it.
    pub fn tag(&self) -> &'static str {
        match self.status.as_str() {
            "draft" => "wait",
            "discarded" => "",
            _ => "done",
        }
    }
}

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct EditionFile {
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub sha256: String,
}

/// Whom an edition exists for: its collector, a leader who oversees the province, once it is sent the collector above,
/// and, once it is approved, the body of the Ministry that the collector's consolidated reports go to.
macro_rules! seen_by {
    ($scope:expr) => {
        editions::collector_id
            .eq_any(&$scope.collector_units)
            .or(regimes::province_id.eq_any(&$scope.overseen_provinces))
            .or(editions::status.eq("sent").and(exists(
                consolidated_revisions::table
                    .inner_join(revisions::table.inner_join(reports::table.inner_join(obligations::table)))
                    .filter(consolidated_revisions::edition_id.eq(editions::id))
                    .filter(obligations::collector_id.eq_any(&$scope.collector_units)),
            )))
            .or(editions::status.eq_any(["approved", "sent"]).and(exists(
                routes::table
                    .filter(routes::regime_id.eq(periods::regime_id))
                    .filter(routes::unit_id.eq(editions::collector_id))
                    .filter(routes::part.eq("consolidated"))
                    .filter(routes::collector_id.eq_any(&$scope.ministry_units))
                    .filter(
                        routes::valid_from
                            .is_null()
                            .or(routes::valid_from.le(periods::reference_on.nullable())),
                    )
                    .filter(
                        routes::valid_to.is_null().or(routes::valid_to.ge(periods::reference_on.nullable())),
                    ),
            )))
    };
}

/// Every edition a person may see, the latest made first. One query.
///
/// # Errors
/// The query's own.
pub fn editions(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<(EditionRow, Period, Regime)>> {
    editions::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(seen_by!(scope))
        .order((editions::created_at.desc(), editions::id.desc()))
        .select((EditionRow::as_select(), Period::as_select(), Regime::as_select()))
        .load(conn)
}

/// One edition. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn edition(conn: &mut Conn, scope: &Scope, id: EditionId) -> QueryResult<(EditionRow, Period, Regime)> {
    editions::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(editions::id.eq(id))
        .filter(seen_by!(scope))
        .select((EditionRow::as_select(), Period::as_select(), Regime::as_select()))
        .first(conn)
}

/// Those of some editions that a person may see and that were not discarded, the latest made first. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn editions_among(
    conn: &mut Conn,
    scope: &Scope,
    ids: &[EditionId],
) -> QueryResult<Vec<(EditionRow, Period)>> {
    editions::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(editions::id.eq_any(ids))
        .filter(editions::status.ne("discarded"))
        .filter(seen_by!(scope))
        .order((editions::created_at.desc(), editions::id.desc()))
        .select((EditionRow::as_select(), Period::as_select()))
        .load(conn)
}

/// A period by the codes people use on the command line. One query.
///
/// # Errors
/// `NotFound`, or the query's own.
pub fn period_by_code(conn: &mut Conn, regime: &str, period: &str) -> QueryResult<(Period, Regime)> {
    periods::table
        .inner_join(regimes::table)
        .filter(regimes::code.eq(regime))
        .filter(periods::code.eq(period))
        .select((Period::as_select(), Regime::as_select()))
        .first(conn)
        .map(|(period, regime): (Period, Regime)| period.under(regime))
}

/// The frozen text of an edition that was already found within scope. One query.
///
/// # Errors
/// The query's own.
pub fn content(conn: &mut Conn, id: EditionId) -> QueryResult<String> {
    editions::table.find(id).select(editions::content_json).first(conn)
}

/// The frozen texts of editions that were already found within scope. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn contents(
    conn: &mut Conn,
    ids: &[EditionId],
) -> QueryResult<HashMap<EditionId, String>> {
    let of = editions::table.filter(editions::id.eq_any(ids));
    let rows: Vec<(EditionId, String)> = of.select((editions::id, editions::content_json)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The editions of a collector for a period, the latest first. One query.
///
/// # Errors
/// The query's own.
pub fn editions_of(conn: &mut Conn, period: PeriodId, collector: UnitId) -> QueryResult<Vec<EditionRow>> {
    editions::table
        .filter(editions::period_id.eq(period))
        .filter(editions::collector_id.eq(collector))
        .order(editions::number.desc())
        .select(EditionRow::as_select())
        .load(conn)
}

/// The units whose received report is no longer the one an edition was made from, or was not there then; also those let in
/// later. One query.
///
/// # Errors
/// The query's own.
pub fn received_since(conn: &mut Conn, row: &EditionRow) -> QueryResult<Vec<UnitId>> {
    type Row = (UnitId, Option<RevisionId>, Option<RevisionId>);
    let of = edition_sources::obligation_id.eq(obligations::id).and(edition_sources::edition_id.eq(row.id));
    let rows: Vec<Row> = obligations::table
        .inner_join(reports::table)
        .left_join(edition_sources::table.on(of))
        .filter(
            obligations::collector_id
                .eq(row.collector_id)
                .or(edition_sources::edition_id.nullable().is_not_null()),
        )
        .filter(obligations::period_id.eq(row.period_id))
        .filter(obligations::standing.eq("owed"))
        .order(obligations::id)
        .select((
            obligations::unit_id,
            edition_sources::revision_id.nullable(),
            reports::received_revision_id,
        ))
        .load(conn)?;
    Ok(rows.into_iter().filter(|(_, used, received)| used != received).map(|(unit, ..)| unit).collect())
}

/// A kept file of an approved edition. One query.
///
/// # Errors
/// The query's own.
pub fn file(conn: &mut Conn, id: EditionId, copy: EditionCopy) -> QueryResult<Option<EditionFile>> {
    edition_files::table
        .filter(edition_files::edition_id.eq(id))
        .filter(edition_files::copy.eq(copy.code()))
        .select((edition_files::file_name, edition_files::bytes, edition_files::sha256))
        .first(conn)
        .optional()
}

/// The kept paper of an approved edition; none of one approved before papers were kept. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn kept_paper(conn: &mut Conn, id: EditionId) -> QueryResult<Option<EditionFile>> {
    edition_papers::table
        .find(id)
        .select((edition_papers::file_name, edition_papers::bytes, edition_papers::sha256))
        .first(conn)
        .optional()
}
