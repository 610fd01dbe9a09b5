//! SQL of what those who collect decided lately about what a unit owes.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{ObligationId, UnitId};
use crate::db::schema::{obligation_decisions, obligations, periods};
use crate::periods::decide::words;

/// Decisions a unit hears of. Those of the unit itself, and last days set for everybody, are told elsewhere.
const KINDS: [&str; 7] = [
    "extension_granted",
    "extension_refused",
    "exempt",
    "exempt_withdrawn",
    "unlock",
    "late_opening",
    "nil_withdrawn",
];

/// One decision about a unit's duty, as it stands on record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Decided {
    pub obligation: ObligationId,
    pub unit: UnitId,
    pub period: String,
    pub kind: String,
    pub until: Option<NaiveDate>,
    pub reason: String,
    pub by: String,
    pub title: String,
    pub at: NaiveDateTime,
}

impl Decided {
    /// "Gia hạn đến 20/6".
    pub fn words(&self) -> String {
        words(&self.kind, self.until)
    }
}

/// What was decided since about what some units owe, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn decided(
    conn: &mut Conn,
    units: &[UnitId],
    since: NaiveDateTime,
    most: i64,
) -> QueryResult<Vec<Decided>> {
    obligation_decisions::table
        .inner_join(obligations::table.inner_join(periods::table))
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligation_decisions::kind.eq_any(KINDS))
        // A unit's own withdrawal names no day.
        .filter(
            obligation_decisions::kind.ne("nil_withdrawn").or(obligation_decisions::until_on.is_not_null()),
        )
        .filter(obligation_decisions::decided_at.ge(since))
        .order(obligation_decisions::id.desc())
        .limit(most)
        .select((
            obligations::id,
            obligations::unit_id,
            periods::label,
            obligation_decisions::kind,
            obligation_decisions::until_on,
            obligation_decisions::reason,
            obligation_decisions::actor_name,
            obligation_decisions::actor_title,
            obligation_decisions::decided_at,
        ))
        .load(conn)
}
