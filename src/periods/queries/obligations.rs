//! SQL about obligations with the state of their reports: by period for those who collect, by unit for those
//! who owe, and one by one for a decision.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::{Duty, Obligation, Period, Regime, ReportHead, Standing};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{FormId, ObligationId, PeriodId, ReportId, UnitId};
use crate::db::schema::{
    draft_figures, form_indicators, indicators, obligation_decisions, obligations, periods, regimes, reports,
    revision_figures, revisions,
};

/// How many figures each report holds and each form asks.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    asked: HashMap<FormId, i64>,
    drafts: HashMap<ReportId, i64>,
    revisions: HashMap<(ReportId, i32), i64>,
}

impl Filled {
    /// (figures there, figures the form asks): of the draft while it is open and has any, else of the last revision.
    pub fn of(&self, duty: &Duty) -> (i64, i64) {
        let asked = self.asked.get(&duty.obligation.form_id).copied().unwrap_or_default();
        let report = &duty.report;
        let draft = self.drafts.get(&report.id).copied();
        // What was taken back was not sent.
        let sent = report
            .first_sent_at
            .and_then(|_| self.revisions.get(&(report.id, report.last_revision)).copied());
        let there = match duty.state() {
            crate::reports::ReportState::Sent | crate::reports::ReportState::Received => sent.or(draft),
            _ => draft.or(sent),
        };
        (there.unwrap_or_default(), asked)
    }
}

/// The obligations of some periods that a collector or leader may see, their own parts only. Two queries.
///
/// # Errors
/// The query's own.
pub fn duties_of_periods(conn: &mut Conn, scope: &Scope, ids: &[PeriodId]) -> QueryResult<Vec<Duty>> {
    let rows: Vec<(Obligation, ReportHead)> = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::period_id.eq_any(ids))
        .filter(obligations::part.eq("own"))
        .filter(
            obligations::collector_id
                .eq_any(&scope.collector_units)
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .order(obligations::id)
        .select((Obligation::as_select(), ReportHead::as_select()))
        .load(conn)?;
    let nil = nil_moments(conn, rows.iter().map(|(obligation, _)| obligation))?;
    Ok(rows
        .into_iter()
        .map(|(obligation, report)| Duty { nil_at: nil.get(&obligation.id).copied(), obligation, report })
        .collect())
}

/// When those among some obligations that stand declared "không phát sinh" were declared so, the latest time. One query.
///
/// # Errors
/// The query's own.
pub fn nil_moments<'a>(
    conn: &mut Conn,
    among: impl Iterator<Item = &'a Obligation>,
) -> QueryResult<HashMap<ObligationId, NaiveDateTime>> {
    let nil = among.filter(|obligation| obligation.standing == Standing::Nil.code());
    let ids: Vec<ObligationId> = nil.map(|obligation| obligation.id).collect();
    Ok(obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq_any(&ids))
        .filter(obligation_decisions::kind.eq("nil"))
        .order(obligation_decisions::id)
        .select((obligation_decisions::obligation_id, obligation_decisions::decided_at))
        .load::<(ObligationId, NaiveDateTime)>(conn)?
        .into_iter()
        .collect())
}

/// What some units still owe: not sent, or being corrected. One query.
///
/// # Errors
/// The query's own.
pub fn open_duties_of_units(conn: &mut Conn, units: &[UnitId]) -> QueryResult<Vec<(Duty, Period, Regime)>> {
    let rows: Vec<(Obligation, ReportHead, Period, Regime)> = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligations::standing.eq("owed"))
        .filter(reports::state.eq_any(["not_begun", "draft", "with_leader", "amend"]))
        .order(obligations::id)
        .select((Obligation::as_select(), ReportHead::as_select(), Period::as_select(), Regime::as_select()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(obligation, report, period, regime)| {
            let (period, regime) = period.under(regime);
            (Duty { obligation, report, nil_at: None }, period, regime)
        })
        .collect())
}

/// One obligation, for the unit that owes it, whoever collects it, or a leader of the province. Two queries.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn duty(conn: &mut Conn, scope: &Scope, id: ObligationId) -> QueryResult<(Duty, Period, Regime)> {
    let (obligation, report, period, regime): (Obligation, ReportHead, Period, Regime) = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::id.eq(id))
        .filter(
            obligations::unit_id
                .eq_any(&scope.own_units)
                .or(obligations::collector_id.eq_any(&scope.collector_units))
                // Who collects for a body writes its consolidated report.
                .or(obligations::part
                    .eq("consolidated")
                    .and(obligations::unit_id.eq_any(&scope.collector_units)))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .select((Obligation::as_select(), ReportHead::as_select(), Period::as_select(), Regime::as_select()))
        .first(conn)?;
    let nil_at: Option<NaiveDateTime> = obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq(id))
        .filter(obligation_decisions::kind.eq("nil"))
        .order(obligation_decisions::id.desc())
        .select(obligation_decisions::decided_at)
        .first(conn)
        .optional()?;
    let (period, regime) = period.under(regime);
    Ok((Duty { obligation, report, nil_at }, period, regime))
}

/// When the last revision of each report of some periods was sent. One query.
///
/// # Errors
/// The query's own.
pub fn last_sent(conn: &mut Conn, ids: &[PeriodId]) -> QueryResult<HashMap<ReportId, NaiveDateTime>> {
    Ok(revisions::table
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq_any(ids))
        .filter(revisions::number.eq(reports::last_revision))
        .filter(reports::first_sent_at.is_not_null())
        .select((reports::id, revisions::sent_at))
        .load::<(ReportId, NaiveDateTime)>(conn)?
        .into_iter()
        .collect())
}

/// How far some reports' figures are filled; ratios are computed and not asked. Three queries.
///
/// # Errors
/// The query's own.
pub fn filled(conn: &mut Conn, duties: &[&Duty]) -> QueryResult<Filled> {
    let mut form_ids: Vec<FormId> = duties.iter().map(|d| d.obligation.form_id).collect();
    form_ids.sort_unstable();
    form_ids.dedup();
    let report_ids: Vec<ReportId> = duties.iter().map(|d| d.report.id).collect();
    let asked = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(&form_ids))
        .filter(indicators::value_type.ne("ratio"))
        .group_by(form_indicators::form_id)
        .select((form_indicators::form_id, count_star()))
        .load::<(FormId, i64)>(conn)?;
    let drafts = draft_figures::table
        .filter(draft_figures::report_id.eq_any(&report_ids))
        .filter(draft_figures::state.ne("unreadable"))
        .group_by(draft_figures::report_id)
        .select((draft_figures::report_id, count_star()))
        .load::<(ReportId, i64)>(conn)?;
    let revisions = revision_figures::table
        .inner_join(revisions::table)
        .filter(revisions::report_id.eq_any(&report_ids))
        .group_by((revisions::report_id, revisions::number))
        .select((revisions::report_id, revisions::number, count_star()))
        .load::<(ReportId, i32, i64)>(conn)?;
    Ok(Filled {
        asked: asked.into_iter().collect(),
        drafts: drafts.into_iter().collect(),
        revisions: revisions.into_iter().map(|(report, number, n)| ((report, number), n)).collect(),
    })
}
