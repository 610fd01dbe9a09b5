//! What was answered is kept: the program as a process of its own, killed in the middle of work, and watched
//! by the system's own record of its calls.

mod burst;
mod kill;
pub mod server;
mod sync;

use diesel::prelude::*;
use tonghop::db::schema::{memberships, obligations, people, periods, reports, units};
use tonghop::db::{Db, DbError};

/// A report that somebody is still writing, and who.
struct OpenReport {
    id: i64,
    officer: String,
    leader: Option<String>,
}

/// The reports of the demo's running half-year that are typed in, with their unit's officer and leader.
fn open_reports(db: &Db) -> Vec<OpenReport> {
    let rows: Vec<(i64, String, String)> = db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table.inner_join(periods::table))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .inner_join(memberships::table.on(memberships::unit_id.eq(units::id)))
                .inner_join(people::table.on(people::id.eq(memberships::person_id)))
                .filter(periods::code.eq("2025-H1"))
                .filter(units::code.like("bg.%"))
                .filter(obligations::standing.eq("owed"))
                .filter(reports::state.eq_any(["not_begun", "draft"]))
                .filter(memberships::role.eq_any(["officer", "unit_leader"]))
                .filter(memberships::valid_to.is_null())
                .order((reports::id, memberships::role, people::id))
                .select((reports::id, people::username, memberships::role))
                .load::<(tonghop::db::ids::ReportId, String, String)>(conn)
                .map(|rows| rows.into_iter().map(|(id, name, role)| (id.0, name, role)).collect())
                .map_err(DbError::Query)
        })
        .expect("the demo has reports being written");
    let mut found: Vec<OpenReport> = Vec::new();
    for (id, username, role) in rows {
        if found.last().is_none_or(|last| last.id != id) {
            found.push(OpenReport { id, officer: String::new(), leader: None });
        }
        let report = found.last_mut().expect("just pushed");
        match role.as_str() {
            "officer" if report.officer.is_empty() => report.officer = username,
            "unit_leader" => report.leader = Some(username),
            _ => {}
        }
    }
    found.retain(|report| !report.officer.is_empty());
    assert!(found.len() >= 4, "the demo has too few open reports for a burst");
    found
}
