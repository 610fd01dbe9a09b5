//! SQL of what those who collect decided lately about what a unit owes.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::calendar::{DueRule, parse_hour};
use crate::db::Conn;
use crate::db::ids::{ObligationId, UnitId};
use crate::db::schema::{obligation_decisions, obligations, periods};
use crate::periods::decide::{due_words, words};

/// A last day that was set or moved.
const DUE_SET: &str = "due_set";

/// Decisions a unit hears of; its own it knows.
const KINDS: [&str; 8] = [
    DUE_SET,
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
    /// "own" or "consolidated".
    part: String,
    pub kind: String,
    pub until: Option<NaiveDate>,
    pub reason: String,
    pub by: String,
    pub title: String,
    pub at: NaiveDateTime,
    /// What the duty goes by now: rule, day, hour.
    due_rule: String,
    stated_on: Option<NaiveDate>,
    stated_time: Option<String>,
}

impl Decided {
    /// "6 tháng đầu năm 2025": what it is about; a body that collects owes two reports for a period.
    pub fn about(&self) -> String {
        match self.part.as_str() {
            "consolidated" => format!("{}, báo cáo tổng hợp", self.period),
            _ => self.period.clone(),
        }
    }

    /// "Gia hạn đến 20/6".
    pub fn words(&self) -> String {
        if self.kind != DUE_SET {
            return words(&self.kind, self.until);
        }
        let rule = DueRule::from_parts(&self.due_rule, self.stated_on).unwrap_or(DueRule::Undated);
        due_words(rule.at(self.stated_time.as_deref().and_then(parse_hour)), self.until)
    }

    /// "Lý do: …"; of a day that was set, the document that sets it. Blank when nobody said.
    pub fn why(&self) -> String {
        match (self.reason.as_str(), self.kind.as_str()) {
            ("", _) => String::new(),
            (basis, DUE_SET) => format!("Căn cứ: {basis}"),
            (reason, _) => format!("Lý do: {reason}"),
        }
    }
}

/// What was decided since about what some units owe, the newest first. Of the last days that were set for a duty one after the other
/// only the one that holds is told. One query.
///
/// # Errors
/// The query's own.
pub fn decided(
    conn: &mut Conn,
    units: &[UnitId],
    since: NaiveDateTime,
    most: i64,
) -> QueryResult<Vec<Decided>> {
    let mut found: Vec<Decided> = obligation_decisions::table
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
            obligations::part,
            obligation_decisions::kind,
            obligation_decisions::until_on,
            obligation_decisions::reason,
            obligation_decisions::actor_name,
            obligation_decisions::actor_title,
            obligation_decisions::decided_at,
            obligations::due_rule,
            obligations::stated_on,
            obligations::stated_time,
        ))
        .load(conn)?;
    let mut set: HashSet<ObligationId> = HashSet::new();
    found.retain(|one| one.kind != DUE_SET || set.insert(one.obligation));
    Ok(found)
}
