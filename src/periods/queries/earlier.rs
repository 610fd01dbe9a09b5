//! SQL of what units reported before, to be held against a declaration that there is nothing.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Duty, Earlier, Period};
use crate::calendar::{Cycle, preceding, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::{ObligationId, RegimeId, RevisionId, UnitId};
use crate::db::schema::{contacts, indicators, obligations, periods, reports, revision_figures, revisions};
use crate::indicators::PeriodRule;
use crate::vietnamese::format_shortest;

/// Unit, part, regime, cycle, year and label of what was asked.
type Asked = (UnitId, String, RegimeId, String, i32, String);
/// A revision: itself, its number, the received one and the last number of its report.
type Sent = (RevisionId, i32, Option<RevisionId>, i32);
/// Name, unit of measure, decimals, power of ten, value.
type Figure = (String, String, i32, i32, Option<i64>);

/// The cycles and years asked about.
type Wanted = Vec<(String, i32)>;

/// The figures other than nothing that the units of some obligations reported for the period before and for the same one
/// of last year; without a row where there are none. What was received counts, before that what was sent last. One query,
/// whether or not there is anything to ask: a page asks as much in every province.
///
/// # Errors
/// The query's own.
pub fn earlier(conn: &mut Conn, of: &[(&Duty, &Period)]) -> QueryResult<HashMap<ObligationId, Vec<Earlier>>> {
    let wanted: Vec<(&Duty, &Period, Wanted)> =
        of.iter().map(|(duty, period)| (*duty, *period, before(period))).collect();
    let asked: Vec<(String, i32)> = wanted.iter().flat_map(|(.., asked)| asked.clone()).collect();
    let units: Vec<UnitId> = of.iter().map(|(duty, _)| duty.obligation.unit_id).collect();
    let regimes: Vec<RegimeId> = of.iter().map(|(_, period)| period.regime_id).collect();
    let cycles: Vec<String> = asked.iter().map(|(cycle, _)| cycle.clone()).collect();
    let years: Vec<i32> = asked.iter().map(|(_, year)| *year).collect();
    let rows: Vec<(Asked, Sent, Figure)> = revision_figures::table
        .inner_join(indicators::table)
        .inner_join(
            revisions::table
                .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table))),
        )
        .filter(obligations::unit_id.eq_any(units))
        .filter(periods::regime_id.eq_any(regimes))
        .filter(periods::cycle.eq_any(cycles))
        .filter(periods::year.eq_any(years))
        // What was taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .filter(revision_figures::value.ne(0_i64))
        .filter(indicators::value_type.ne("bool"))
        .order((
            periods::reference_on.desc(),
            periods::id,
            revisions::id,
            indicators::position,
            indicators::id,
        ))
        .select((
            (
                obligations::unit_id,
                obligations::part,
                periods::regime_id,
                periods::cycle,
                periods::year,
                periods::label,
            ),
            (revisions::id, revisions::number, reports::received_revision_id, reports::last_revision),
            (
                indicators::name,
                indicators::measure_unit,
                indicators::scale,
                indicators::display_exponent,
                revision_figures::value,
            ),
        ))
        .load(conn)?;
    let mut found: HashMap<ObligationId, Vec<Earlier>> = HashMap::new();
    for (duty, period, asked) in &wanted {
        for ((unit, part, regime, cycle, year, label), sent, figure) in &rows {
            let its = *unit == duty.obligation.unit_id
                && *part == duty.obligation.part
                && *regime == period.regime_id
                && asked.iter().any(|(code, of)| code == cycle && of == year);
            if !its || !stands(sent) {
                continue;
            }
            let of = found.entry(duty.obligation.id).or_default();
            match of.iter_mut().find(|earlier| earlier.label == *label) {
                Some(earlier) => earlier.figures.push(words(figure)),
                None => of.push(Earlier { label: label.clone(), figures: vec![words(figure)] }),
            }
        }
    }
    Ok(found)
}

/// What happened in parts of the periods of some obligations by what the unit sent for them: the half of a year, the quarters of nine
/// months. What was received counts, before that what was sent last. Only figures that add up through the year; without those that are
/// nothing, and without a row where there are none. One query, whatever is asked.
///
/// # Errors
/// The query's own.
pub fn parts(conn: &mut Conn, of: &[(&Duty, &Period)]) -> QueryResult<HashMap<ObligationId, Vec<Earlier>>> {
    let once = [Cycle::OneOff, Cycle::AdHoc].map(Cycle::code);
    let units: Vec<UnitId> = of.iter().map(|(duty, _)| duty.obligation.unit_id).collect();
    let regimes: Vec<RegimeId> = of.iter().map(|(_, period)| period.regime_id).collect();
    let years: Vec<i32> = of.iter().map(|(_, period)| period.year).collect();
    let rows: Vec<(UnitId, String, Period, Sent, Figure)> = revision_figures::table
        .inner_join(indicators::table)
        .inner_join(
            revisions::table
                .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table))),
        )
        .filter(obligations::unit_id.eq_any(units))
        .filter(periods::regime_id.eq_any(regimes))
        .filter(periods::year.eq_any(years))
        .filter(periods::cycle.ne_all(once.clone()))
        // What was taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .filter(indicators::period_rule.eq(PeriodRule::Flow.as_str()))
        .filter(indicators::value_type.ne("bool"))
        .filter(revision_figures::value.gt(0_i64))
        .order((periods::reference_on, periods::id, indicators::position, indicators::id))
        .select((
            obligations::unit_id,
            obligations::part,
            Period::as_select(),
            (revisions::id, revisions::number, reports::received_revision_id, reports::last_revision),
            (
                indicators::name,
                indicators::measure_unit,
                indicators::scale,
                indicators::display_exponent,
                revision_figures::value,
            ),
        ))
        .load(conn)?;
    let mut found: HashMap<ObligationId, Vec<Earlier>> = HashMap::new();
    for (duty, period) in of {
        let Some(whole) = period.window().filter(|_| !once.contains(&period.cycle)) else { continue };
        let own = rows.iter().filter(|(unit, part, other, sent, _)| {
            (*unit, part) == (duty.obligation.unit_id, &duty.obligation.part)
                && stands(sent)
                && other.regime_id == period.regime_id
                && other.year == period.year
                && other.id != period.id
                && other.window().is_some_and(|window| whole.encloses(window))
        });
        for (_, _, other, _, figure) in own {
            let of_duty = found.entry(duty.obligation.id).or_default();
            match of_duty.iter_mut().find(|earlier| earlier.label == other.label) {
                Some(earlier) => earlier.figures.push(words(figure)),
                None => {
                    of_duty.push(Earlier { label: other.label.clone(), figures: vec![words(figure)] });
                }
            }
        }
    }
    Ok(found)
}

/// Whether a revision speaks for its report: the received one, before that the last.
fn stands((id, number, received, last): &Sent) -> bool {
    received.map_or(number == last, |received| received == *id)
}

/// Code and year of the period before and of the same one of last year.
fn before(period: &Period) -> Vec<(String, i32)> {
    let Some(cycle) = Cycle::from_code(&period.cycle) else { return vec![] };
    let mut asked: Vec<(String, i32)> =
        [preceding(cycle, period.year), same_period_last_year(cycle, period.year)]
            .into_iter()
            .flatten()
            .map(|(cycle, year)| (cycle.code(), year))
            .collect();
    asked.dedup();
    asked
}

/// "Số buổi tuyên truyền: 12 buổi".
fn words((name, measure, scale, exponent, value): &Figure) -> String {
    let small = |n: &i32| u32::try_from(*n).unwrap_or_default();
    let (scale, exponent) = (small(scale), small(exponent));
    let value = format_shortest(value.unwrap_or_default(), scale + exponent, scale);
    format!("{name}: {value} {measure}").trim_end().to_owned()
}

/// On which day each of some obligations was last spoken about with its unit, by the log. One query.
///
/// # Errors
/// The query's own.
pub fn last_contacts(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, NaiveDate>> {
    Ok(contacts::table
        .filter(contacts::obligation_id.eq_any(ids))
        .order((contacts::contacted_on, contacts::id))
        .select((contacts::obligation_id, contacts::contacted_on))
        .load::<(ObligationId, NaiveDate)>(conn)?
        .into_iter()
        .collect())
}
