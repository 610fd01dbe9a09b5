//! SQL of the bodies a table may name, the forms they can be asked on, and what a table leaves behind with them: aliases, and
//! obligations of a period made for it that stand or not.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, forms as form_table, obligation_decisions, obligations, periods as period_table, routes,
};
use crate::periods::{Audience, FormFor, Period};

/// A period, and a body that collects in it.
pub type Collects = (PeriodId, UnitId);

/// The periods of a regime in which some bodies collect, with those that do, in order; with `all` every period, and nobody named.
/// Two queries.
///
/// # Errors
/// The queries' own.
pub fn periods(
    conn: &mut Conn,
    regime: RegimeId,
    collectors: &[UnitId],
    all: bool,
) -> QueryResult<(Vec<Period>, Vec<Collects>)> {
    let mut found: Vec<Period> = period_table::table
        .filter(period_table::regime_id.eq(regime))
        .order(period_table::id)
        .select(Period::as_select())
        .load(conn)?;
    let mut own: Vec<Collects> = Vec::new();
    if !all {
        own = obligations::table
            .inner_join(period_table::table)
            .filter(period_table::regime_id.eq(regime))
            .filter(obligations::collector_id.eq_any(collectors))
            .filter(obligations::part.eq("own"))
            .select((obligations::period_id, obligations::collector_id))
            .distinct()
            .order((obligations::period_id, obligations::collector_id))
            .load(conn)?;
        found.retain(|period| own.iter().any(|(id, _)| *id == period.id));
    }
    Ok((found, own))
}

/// A form version with the days it holds.
#[derive(Debug, Clone)]
pub struct DatedForm {
    pub form: FormFor,
    pub name: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// Every form version of a regime. Two queries.
///
/// # Errors
/// The queries' own.
pub fn forms(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<DatedForm>> {
    type Row = (crate::db::ids::FormId, String, i32, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = form_table::table
        .filter(form_table::regime_id.eq(regime))
        .order(form_table::id)
        .select((
            form_table::id,
            form_table::code,
            form_table::version,
            form_table::name,
            form_table::valid_from,
            form_table::valid_to,
        ))
        .load(conn)?;
    let ids: Vec<_> = rows.iter().map(|row| row.0).collect();
    let audiences: Vec<(crate::db::ids::FormId, Option<String>, Option<UnitId>)> = form_audiences::table
        .filter(form_audiences::form_id.eq_any(&ids))
        .order(form_audiences::id)
        .select((form_audiences::form_id, form_audiences::kind_code, form_audiences::unit_id))
        .load(conn)?;
    let of = |id| {
        let own = audiences.iter().filter(move |row| row.0 == id);
        own.filter_map(|(_, kind, unit)| match (kind, unit) {
            (_, Some(unit)) => Some(Audience::Unit(*unit)),
            (Some(kind), None) => Some(Audience::Kind(kind.clone())),
            (None, None) => None,
        })
        .collect()
    };
    Ok(rows
        .into_iter()
        .map(|(id, code, version, name, from, to)| DatedForm {
            form: FormFor { audiences: of(id), id, code, version },
            name,
            from,
            to,
        })
        .collect())
}

/// How units are bound to a regime ("assign", "request"), by their newest route. One query.
///
/// # Errors
/// The query's own.
pub fn modes(conn: &mut Conn, regime: RegimeId) -> QueryResult<Vec<(UnitId, String)>> {
    routes::table
        .filter(routes::regime_id.eq(regime))
        .filter(routes::part.eq("own"))
        .order(routes::id)
        .select((routes::unit_id, routes::mode))
        .load(conn)
}

/// Puts obligations from one standing into another, each with the decision that says why. Two queries.
fn turn(
    conn: &mut Conn,
    ids: &[ObligationId],
    (from, to, kind, reason): (&str, &str, &str, &str),
    (actor, membership, moment): (&Actor, &Membership, Moment),
) -> QueryResult<()> {
    let title = format!("{}, {}", membership.title, membership.unit_name);
    for id in ids {
        let changed = diesel::update(obligations::table.find(id).filter(obligations::standing.eq(from)))
            .set((obligations::standing.eq(to), obligations::version.eq(obligations::version + 1)))
            .execute(conn)?;
        if changed == 0 {
            continue;
        }
        diesel::insert_into(obligation_decisions::table)
            .values((
                obligation_decisions::obligation_id.eq(id),
                obligation_decisions::kind.eq(kind),
                obligation_decisions::reason.eq(reason),
                obligation_decisions::membership_id.eq(membership.id),
                obligation_decisions::actor_name.eq(&actor.full_name),
                obligation_decisions::actor_title.eq(&title),
                obligation_decisions::decided_at.eq(moment.at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes obligations of a period that was made for a table out of the denominator, once the table is taken back.
///
/// # Errors
/// The queries' own.
pub fn exempt(
    conn: &mut Conn,
    ids: &[ObligationId],
    reason: &str,
    by: (&Actor, &Membership, Moment),
) -> QueryResult<()> {
    turn(conn, ids, ("owed", "exempt", "exempt", reason), by)
}

/// Puts them back into it, once another table names their units.
///
/// # Errors
/// The queries' own.
pub fn owe_again(
    conn: &mut Conn,
    ids: &[ObligationId],
    reason: &str,
    by: (&Actor, &Membership, Moment),
) -> QueryResult<()> {
    turn(conn, ids, ("exempt", "owed", "exempt_withdrawn", reason), by)
}
