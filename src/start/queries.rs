//! All SQL of the start page: a fixed number of counts.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use super::Progress;
use crate::db::Conn;
use crate::db::ids::{PersonId, RegimeId, UnitId};
use crate::db::schema::{forms, memberships, periods, plans, regimes, unit_reach};
use crate::{days, indicators};

/// How far a province has come by `today`, and the latest regime that one of `collectors` may open a period of.
/// Ten queries.
///
/// # Errors
/// The query's own.
pub fn progress(
    conn: &mut Conn,
    province: UnitId,
    collectors: &[UnitId],
    today: NaiveDate,
) -> QueryResult<Progress> {
    let units = crate::units::queries::of_province(conn, province, today)?;
    let core = ["committee", "police"];
    let units = units.iter().filter(|unit| !core.contains(&unit.kind_code.as_str())).count();
    let all: Vec<(RegimeId, UnitId)> = regimes::table
        .filter(regimes::province_id.eq(province))
        .order(regimes::id.desc())
        .select((regimes::id, regimes::collector_id))
        .load(conn)?;
    let ids: Vec<RegimeId> = all.iter().map(|(id, _)| *id).collect();
    let year = days::queries::year(conn, year_of_notice(today))?;
    let noticed = days::queries::noticed(conn)?;
    Ok(Progress {
        units: i64::try_from(units).unwrap_or(i64::MAX),
        reporters: people_with(conn, province, &["officer", "unit_leader"], today)?,
        compilers: people_with(conn, province, &["compiler", "compiling_leader"], today)?,
        plans: plans::table.filter(plans::province_id.eq(province)).count().get_result(conn)?,
        regimes: i64::try_from(ids.len()).unwrap_or(i64::MAX),
        forms: forms::table
            .filter(forms::regime_id.eq_any(&ids))
            .filter(forms::valid_from.is_null().or(forms::valid_from.le(today)))
            .filter(forms::valid_to.is_null().or(forms::valid_to.ge(today)))
            .count()
            .get_result(conn)?,
        indicators: indicators::queries::catalogue_of(conn, &[province])?
            .iter()
            .filter(|indicator| indicator.is_offered_on(today))
            .count()
            .try_into()
            .unwrap_or(i64::MAX),
        periods: periods::table.filter(periods::regime_id.eq_any(&ids)).count().get_result(conn)?,
        days: i64::try_from(year.days.len()).unwrap_or(i64::MAX),
        year: year.year,
        unnoticed: (today.year()..=year.year).filter(|year| !noticed.contains(&i64::from(*year))).collect(),
        regime: all.iter().find(|(_, collector)| collectors.contains(collector)).map(|(id, _)| *id),
    })
}

/// The year whose notice of days off matters: from the middle of November on the next one's, which is out by then.
pub fn year_of_notice(today: NaiveDate) -> i32 {
    today.year() + i32::from((today.month(), today.day()) >= (11, 15))
}

/// Whether the province has a regime, ended ones too. One query.
///
/// # Errors
/// The query's own.
pub fn has_regime(conn: &mut Conn, province: UnitId) -> QueryResult<bool> {
    let found: i64 = regimes::table.filter(regimes::province_id.eq(province)).count().get_result(conn)?;
    Ok(found > 0)
}

/// How many people hold one of the roles in some unit of the province on `today`.
///
/// # Errors
/// The query's own.
pub fn people_with(conn: &mut Conn, province: UnitId, roles: &[&str], today: NaiveDate) -> QueryResult<i64> {
    memberships::table
        .inner_join(unit_reach::table.on(unit_reach::reaches_id.eq(memberships::unit_id)))
        .filter(unit_reach::unit_id.eq(province))
        .filter(memberships::role.eq_any(roles))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .select(memberships::person_id)
        .distinct()
        .load::<PersonId>(conn)
        .map(|people| i64::try_from(people.len()).unwrap_or(i64::MAX))
}
