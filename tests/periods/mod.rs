//! Regimes, periods and obligations: the pure counting, the verbs and their pages over the demo.

pub mod beside;
mod dates;
mod decisions;
mod extension;
mod late_levels;
mod levels;
mod nil;
mod opened_levels;
pub mod opening;
mod opening_doubts;
mod pages;
mod proposal;
mod queue;
mod refused_openings;
mod tally;
mod told;
mod tops;
mod withdraw;

use diesel::prelude::*;
use tonghop::db::ids::{ObligationId, PeriodId, RegimeId};
use tonghop::db::schema::{obligation_decisions, obligations, periods, regimes, units};
use tonghop::error::Error;

use crate::support::app::TestApp;

/// The regime of a code.
pub fn regime(app: &TestApp, code: &str) -> RegimeId {
    app.db
        .read(|conn| {
            Ok::<_, Error>(regimes::table.filter(regimes::code.eq(code)).select(regimes::id).first(conn)?)
        })
        .expect("a regime of the demo")
}

/// The period of a regime and a code.
pub fn period(app: &TestApp, regime: &str, code: &str) -> PeriodId {
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                periods::table
                    .inner_join(regimes::table)
                    .filter(regimes::code.eq(regime))
                    .filter(periods::code.eq(code))
                    .select(periods::id)
                    .first(conn)?,
            )
        })
        .expect("a period of the demo")
}

/// What one unit owes for a period.
pub fn obligation(app: &TestApp, regime: &str, code: &str, unit: &str) -> ObligationId {
    let period = period(app, regime, code);
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .filter(obligations::period_id.eq(period))
                    .filter(units::code.eq(unit))
                    .select(obligations::id)
                    .first(conn)?,
            )
        })
        .expect("an obligation of the demo")
}

/// Standing and version of an obligation as stored.
pub fn standing(app: &TestApp, id: ObligationId) -> (String, i32) {
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .find(id)
                    .select((obligations::standing, obligations::version))
                    .first(conn)?,
            )
        })
        .expect("an obligation")
}

/// The kinds of the decisions about an obligation, oldest first.
pub fn decision_kinds(app: &TestApp, id: ObligationId) -> Vec<String> {
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                obligation_decisions::table
                    .filter(obligation_decisions::obligation_id.eq(id))
                    .order(obligation_decisions::id)
                    .select(obligation_decisions::kind)
                    .load(conn)?,
            )
        })
        .expect("decisions")
}
