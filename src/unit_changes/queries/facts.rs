//! The facts of an event, in a fixed number of queries whatever the size of the province.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::super::facts::{DutyRow, Facts, HolderRow, Life, Line, MemberRow, RouteRow, VersionRow};
use super::super::{Body, Event};
use crate::db::Conn;
use crate::db::ids::{FormId, FunctionId, IndicatorId, PeriodId, RegimeId, UnitId};
use crate::db::schema::{
    assignments, behalf_typings, drafts, editions, form_audiences, form_indicators, forms, function_holders,
    functions, indicators, level_leads, memberships, obligations, people, period_levels, periods, regimes,
    report_transitions, reports, routes, tasks, unit_kinds, unit_versions, units,
};
use crate::periods::{Audience, FormFor};
use crate::vietnamese::person_sort_key;

/// Loads them. Twenty queries.
///
/// # Errors
/// The queries' own.
pub fn load(conn: &mut Conn, event: &Event) -> QueryResult<Facts> {
    let (froms, day) = (event.froms(), event.effective_on);
    let mut named: Vec<UnitId> = froms.clone();
    named.extend(event.known_takers());
    named.extend(event.new_units.iter().filter_map(|new| new.named.parent));
    named.extend(event.renamed.iter().filter_map(|named| named.parent));
    named.sort_unstable();
    named.dedup();
    let holders = holders(conn, &froms, &named)?;
    let held: Vec<FunctionId> = holders.iter().map(|row| row.function_id).collect();
    let routes = routes_of(conn, &named)?;
    let mut concerned: Vec<RegimeId> = routes.iter().map(|route| route.regime_id).collect();
    concerned.sort_unstable();
    concerned.dedup();
    let duties = duties(conn, &froms, &named)?;
    let mut touched: Vec<PeriodId> = duties.iter().map(|duty| duty.period_id).collect();
    touched.sort_unstable();
    touched.dedup();
    let asked_of = asked_of(conn, &touched)?;
    let mut concerning: Vec<FormId> = duties.iter().map(|duty| duty.form_id).collect();
    concerning.extend(asked_of.iter().map(|(.., form)| *form));
    concerning.sort_unstable();
    concerning.dedup();
    Ok(Facts {
        units: units::table
            .filter(units::id.eq_any(&named))
            .select((units::id, units::code, units::existed_from, units::existed_to))
            .load::<Life>(conn)?
            .into_iter()
            .map(|life| (life.id, life))
            .collect(),
        versions: versions(conn, &froms, &named)?,
        functions: functions::table
            .select((functions::id, functions::name))
            .load::<(FunctionId, String)>(conn)?
            .into_iter()
            .collect(),
        members: members(conn, &named)?,
        regimes: regimes::table
            .filter(regimes::collector_id.eq_any(&froms))
            .filter(regimes::valid_to.is_null().or(regimes::valid_to.ge(day)))
            .order(regimes::id)
            .select((regimes::id, regimes::collector_id))
            .load(conn)?,
        level_leads: level_leads::table
            .filter(level_leads::collector_id.eq_any(&named))
            .order(level_leads::regime_id)
            .select((level_leads::regime_id, level_leads::collector_id, level_leads::working_days))
            .load(conn)?,
        period_levels: period_levels::table
            .filter(period_levels::collector_id.eq_any(&named))
            .filter(period_levels::period_id.eq_any(&touched))
            .order(period_levels::period_id)
            .select((
                period_levels::period_id,
                period_levels::collector_id,
                period_levels::due_rule,
                period_levels::stated_on,
                period_levels::stated_time,
            ))
            .load(conn)?,
        forms: forms_of(conn, &concerned, day)?,
        asked: asked(conn, &concerning)?,
        asked_of,
        editions: editions_of(conn, &touched)?,
        owing: obligations::table
            .filter(obligations::period_id.eq_any(&touched))
            .filter(obligations::part.eq("own"))
            .filter(obligations::standing.eq_any(["owed", "nil"]))
            .group_by(obligations::period_id)
            .select((obligations::period_id, count_star()))
            .load::<(PeriodId, i64)>(conn)?
            .into_iter()
            .collect(),
        tasks_named: tasks_named(conn, &froms, day)?,
        tasks_of_function: tasks_of(conn, &held, day)?,
        kinds: unit_kinds::table
            .select((unit_kinds::code, unit_kinds::name))
            .load::<(String, String)>(conn)?
            .into_iter()
            .collect(),
        holders,
        routes,
        duties,
    })
}

fn versions(conn: &mut Conn, froms: &[UnitId], named: &[UnitId]) -> QueryResult<Vec<VersionRow>> {
    let of: Vec<Option<UnitId>> = froms.iter().copied().map(Some).collect();
    let below: Vec<UnitId> = unit_versions::table
        .filter(unit_versions::parent_id.eq_any(of))
        .select(unit_versions::unit_id)
        .distinct()
        .load(conn)?;
    unit_versions::table
        .filter(unit_versions::unit_id.eq_any(named).or(unit_versions::unit_id.eq_any(below)))
        .order(unit_versions::id)
        .select((
            unit_versions::id,
            unit_versions::unit_id,
            unit_versions::name,
            unit_versions::short_name,
            unit_versions::kind_code,
            unit_versions::parent_id,
            unit_versions::protocol_order,
            unit_versions::official_code,
            unit_versions::valid_from,
            unit_versions::valid_to,
        ))
        .load(conn)
}

fn holders(conn: &mut Conn, froms: &[UnitId], named: &[UnitId]) -> QueryResult<Vec<HolderRow>> {
    let held: Vec<FunctionId> = function_holders::table
        .filter(function_holders::unit_id.eq_any(froms))
        .select(function_holders::function_id)
        .distinct()
        .load(conn)?;
    function_holders::table
        .filter(function_holders::unit_id.eq_any(named))
        .filter(function_holders::function_id.eq_any(held))
        .order(function_holders::id)
        .select((
            function_holders::id,
            function_holders::function_id,
            function_holders::province_id,
            function_holders::unit_id,
            function_holders::valid_from,
            function_holders::valid_to,
        ))
        .load(conn)
}

fn routes_of(conn: &mut Conn, named: &[UnitId]) -> QueryResult<Vec<RouteRow>> {
    routes::table
        .filter(routes::unit_id.eq_any(named).or(routes::collector_id.eq_any(named)))
        .order(routes::id)
        .select((
            routes::id,
            routes::regime_id,
            routes::unit_id,
            routes::collector_id,
            routes::part,
            routes::mode,
            routes::valid_from,
            routes::valid_to,
        ))
        .load(conn)
}

fn members(conn: &mut Conn, named: &[UnitId]) -> QueryResult<Vec<MemberRow>> {
    let mut rows: Vec<MemberRow> = memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(named))
        .select((
            memberships::id,
            memberships::person_id,
            people::full_name,
            memberships::unit_id,
            memberships::role,
            memberships::title,
            memberships::valid_from,
            memberships::valid_to,
        ))
        .load(conn)?;
    // The two databases order text by rules of their own.
    rows.sort_by_cached_key(|member| (person_sort_key(&member.full_name), member.id));
    Ok(rows)
}

fn duties(conn: &mut Conn, froms: &[UnitId], named: &[UnitId]) -> QueryResult<Vec<DutyRow>> {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .inner_join(reports::table.left_join(drafts::table))
        .filter(obligations::unit_id.eq_any(named).or(obligations::collector_id.eq_any(froms)))
        .order(obligations::id)
        .select((
            obligations::id,
            obligations::period_id,
            obligations::unit_id,
            obligations::part,
            obligations::collector_id,
            obligations::form_id,
            obligations::standing,
            obligations::version,
            regimes::id,
            regimes::name,
            periods::label,
            periods::reference_on,
            reports::id,
            reports::state,
            reports::first_sent_at,
            reports::version,
            drafts::report_id.nullable(),
            report_transitions::table
                .filter(report_transitions::report_id.eq(reports::id))
                .select(max(report_transitions::id))
                .single_value(),
            behalf_typings::table
                .filter(behalf_typings::report_id.eq(reports::id))
                .select(behalf_typings::begun_by)
                .single_value(),
        ))
        .load(conn)
}

fn forms_of(
    conn: &mut Conn,
    concerned: &[RegimeId],
    day: NaiveDate,
) -> QueryResult<HashMap<RegimeId, Vec<FormFor>>> {
    type Row = (FormId, RegimeId, String, i32);
    let rows: Vec<Row> = forms::table
        .filter(forms::regime_id.eq_any(concerned))
        .filter(forms::valid_from.is_null().or(forms::valid_from.le(day)))
        .filter(forms::valid_to.is_null().or(forms::valid_to.ge(day)))
        .order(forms::id)
        .select((forms::id, forms::regime_id, forms::code, forms::version))
        .load(conn)?;
    let ids: Vec<FormId> = rows.iter().map(|row| row.0).collect();
    let mut audiences: HashMap<FormId, Vec<Audience>> = HashMap::new();
    for (form, kind, unit) in form_audiences::table
        .filter(form_audiences::form_id.eq_any(ids))
        .select((form_audiences::form_id, form_audiences::kind_code, form_audiences::unit_id))
        .load::<(FormId, Option<String>, Option<UnitId>)>(conn)?
    {
        let list = audiences.entry(form).or_default();
        list.extend(kind.map(Audience::Kind));
        list.extend(unit.map(Audience::Unit));
    }
    let mut forms: HashMap<RegimeId, Vec<FormFor>> = HashMap::new();
    for (id, regime, code, version) in rows {
        let audiences = audiences.remove(&id).unwrap_or_default();
        forms.entry(regime).or_default().push(FormFor { id, code, version, audiences });
    }
    Ok(forms)
}

/// What the forms ask, by their lines. One query.
fn asked(conn: &mut Conn, forms: &[FormId]) -> QueryResult<HashMap<FormId, Vec<Line>>> {
    let rows: Vec<(FormId, IndicatorId, String, String, bool)> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(forms))
        .order((form_indicators::form_id, form_indicators::position))
        .select((
            form_indicators::form_id,
            indicators::id,
            indicators::code,
            indicators::name,
            form_indicators::counts,
        ))
        .load(conn)?;
    let mut asked: HashMap<FormId, Vec<Line>> = HashMap::new();
    for (form, indicator, code, name, counts) in rows {
        asked.entry(form).or_default().push(Line { indicator, name: format!("{code} {name}"), counts });
    }
    Ok(asked)
}

/// Who is asked what in some periods: everybody whose obligation has not ended. One query.
fn asked_of(conn: &mut Conn, touched: &[PeriodId]) -> QueryResult<Vec<(PeriodId, UnitId, FormId)>> {
    obligations::table
        .filter(obligations::period_id.eq_any(touched))
        .filter(obligations::standing.ne("ended"))
        .order(obligations::id)
        .select((obligations::period_id, obligations::unit_id, obligations::form_id))
        .load(conn)
}

fn editions_of(conn: &mut Conn, touched: &[PeriodId]) -> QueryResult<HashMap<(PeriodId, UnitId), bool>> {
    let rows: Vec<(PeriodId, UnitId, String)> = editions::table
        .filter(editions::period_id.eq_any(touched))
        .filter(editions::status.ne("discarded"))
        .select((editions::period_id, editions::collector_id, editions::status))
        .load(conn)?;
    let mut found = HashMap::new();
    for (period, collector, status) in rows {
        *found.entry((period, collector)).or_default() |= status != "draft";
    }
    Ok(found)
}

/// Tasks in force that name a body, without a function that would carry them elsewhere.
fn tasks_named(conn: &mut Conn, froms: &[UnitId], day: NaiveDate) -> QueryResult<HashMap<UnitId, i64>> {
    let of: Vec<Option<UnitId>> = froms.iter().copied().map(Some).collect();
    let rows: Vec<(Option<UnitId>, i64)> = assignments::table
        .inner_join(tasks::table)
        .filter(assignments::unit_id.eq_any(of))
        .filter(assignments::function_id.is_null())
        .filter(assignments::valid_to.is_null().or(assignments::valid_to.ge(day)))
        .filter(tasks::withdrawn_on.is_null())
        .group_by(assignments::unit_id)
        .select((assignments::unit_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(unit, n)| Some((unit?, n))).collect())
}

fn tasks_of(conn: &mut Conn, held: &[FunctionId], day: NaiveDate) -> QueryResult<HashMap<FunctionId, i64>> {
    let of: Vec<Option<FunctionId>> = held.iter().copied().map(Some).collect();
    let rows: Vec<(Option<FunctionId>, i64)> = assignments::table
        .inner_join(tasks::table)
        .filter(assignments::function_id.eq_any(of))
        .filter(assignments::valid_to.is_null().or(assignments::valid_to.ge(day)))
        .filter(tasks::withdrawn_on.is_null())
        .group_by(assignments::function_id)
        .select((assignments::function_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(function, n)| Some((function?, n))).collect())
}

impl Event {
    /// The bodies on record named anywhere in the event.
    pub fn known(&self) -> Vec<UnitId> {
        let mut all = self.froms();
        all.extend(self.lines.iter().filter_map(|line| line.to.and_then(Body::known)));
        all.extend(self.new_units.iter().filter_map(|new| new.named.parent));
        all.extend(self.renamed.iter().filter_map(|named| named.parent));
        all.sort_unstable();
        all.dedup();
        all
    }
}
