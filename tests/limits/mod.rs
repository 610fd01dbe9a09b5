//! What the house refuses because there is too much of it, or because nobody meant it: texts and figures beyond their
//! limits, bodies nobody should send, forms sent twice.

mod bodies;
mod creating;
mod depth;
mod figures;
mod forms;
mod lengths;
mod messages;
mod twice;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, periods, regimes, reports};

use crate::support::app::TestApp;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const OFFICER: &str = "canbo.khcn.bacgiang";

/// A text of so many letters.
fn letters(count: usize) -> String {
    "ằ".repeat(count)
}

/// Rows of the audit log of one action.
fn steps(app: &TestApp, action: &str) -> i64 {
    app.db
        .read(|conn| {
            Ok::<_, DbError>(audit_log::table.filter(audit_log::action.eq(action)).count().get_result(conn)?)
        })
        .expect("a count")
}

/// The half-year report of a unit of the demo, and its obligation.
fn report(app: &TestApp, unit: &str) -> (i64, i64) {
    use tonghop::db::schema::{obligations, units};
    app.db
        .read(|conn| {
            Ok::<_, DbError>(
                reports::table
                    .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .filter(regimes::code.eq("bac-giang"))
                    .filter(periods::code.eq("2025-H1"))
                    .filter(units::code.eq(unit))
                    .select((reports::id, obligations::id))
                    .first(conn)?,
            )
        })
        .expect("a report")
}

/// A plan of Bắc Giang, the newest.
fn plan(app: &TestApp) -> (i64, String) {
    use tonghop::db::schema::{plans, units};
    let (id, version): (i64, i32) = app
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                plans::table
                    .inner_join(units::table.on(units::id.eq(plans::province_id)))
                    .filter(units::code.eq("bg"))
                    .filter(plans::issued_year.eq(2025))
                    .select((plans::id, plans::version))
                    .first(conn)?,
            )
        })
        .expect("a plan");
    (id, version.to_string())
}
