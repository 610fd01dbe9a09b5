//! The audit log: every step leaves one row, written in the same transaction as the step itself.
//! Append-only by trigger; the canonical bytes and their SHA-256 let a copy be checked against the row.

use chrono::{NaiveDateTime, SubsecRound};
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::access::{Actor, Membership};
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, UnitId};
use crate::db::schema::audit_log;

/// Who did it, as they were then.
#[derive(Debug, Clone)]
pub struct By {
    pub person_id: Option<PersonId>,
    pub membership_id: Option<MembershipId>,
    pub name: String,
    pub title: String,
}

impl By {
    /// A person acting under one of their memberships.
    pub fn member(actor: &Actor, membership: &Membership) -> Self {
        By {
            person_id: Some(actor.person_id),
            membership_id: Some(membership.id),
            name: actor.full_name.clone(),
            title: format!("{}, {}", membership.title, membership.unit_name),
        }
    }

    /// A person acting for themselves: signing in, changing the password.
    pub fn person(id: PersonId, name: &str) -> Self {
        By { person_id: Some(id), membership_id: None, name: name.to_owned(), title: String::new() }
    }

    /// The command line of the machine the program runs on.
    pub fn command_line() -> Self {
        By { person_id: None, membership_id: None, name: "dòng lệnh".into(), title: "máy chủ".into() }
    }
}

/// One step: what was done to what, with the state before and after.
#[derive(Debug)]
pub struct Step<'a> {
    /// Noun and verb, e.g. `report.send`.
    pub action: &'a str,
    /// The table's noun, e.g. `report`.
    pub subject_kind: &'a str,
    pub subject_id: Option<i64>,
    /// What a reader would call it, in Vietnamese.
    pub subject_label: &'a str,
    /// The unit the step concerns, for filtering.
    pub unit_id: Option<UnitId>,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

/// The row as hashed: field order is the order of declaration and never changes.
#[derive(Serialize)]
struct Canonical<'a> {
    at: String,
    person_id: Option<PersonId>,
    membership_id: Option<MembershipId>,
    actor_name: &'a str,
    actor_title: &'a str,
    action: &'a str,
    subject_kind: &'a str,
    subject_id: Option<i64>,
    subject_label: &'a str,
    unit_id: Option<UnitId>,
    before: &'a Option<serde_json::Value>,
    after: &'a Option<serde_json::Value>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_log)]
struct NewRow<'a> {
    at: NaiveDateTime,
    person_id: Option<PersonId>,
    membership_id: Option<MembershipId>,
    actor_name: &'a str,
    actor_title: &'a str,
    action: &'a str,
    subject_kind: &'a str,
    subject_id: Option<i64>,
    subject_label: &'a str,
    unit_id: Option<UnitId>,
    before_json: Option<String>,
    after_json: Option<String>,
    canonical: Vec<u8>,
    sha256: String,
}

/// Writes the row of one step. Call it inside the step's own transaction.
///
/// # Errors
/// The query's own.
pub fn record(conn: &mut Conn, by: &By, step: &Step<'_>, now: NaiveDateTime) -> QueryResult<()> {
    // Microseconds: what both databases keep, so that the row can be hashed again as it was read.
    let at = now.trunc_subsecs(6);
    let canonical = Canonical {
        at: at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
        person_id: by.person_id,
        membership_id: by.membership_id,
        actor_name: &by.name,
        actor_title: &by.title,
        action: step.action,
        subject_kind: step.subject_kind,
        subject_id: step.subject_id,
        subject_label: step.subject_label,
        unit_id: step.unit_id,
        before: &step.before,
        after: &step.after,
    };
    let canonical =
        serde_json::to_vec(&canonical).map_err(|e| diesel::result::Error::SerializationError(Box::new(e)))?;
    let row = NewRow {
        at,
        person_id: by.person_id,
        membership_id: by.membership_id,
        actor_name: &by.name,
        actor_title: &by.title,
        action: step.action,
        subject_kind: step.subject_kind,
        subject_id: step.subject_id,
        subject_label: step.subject_label,
        unit_id: step.unit_id,
        before_json: step.before.as_ref().map(ToString::to_string),
        after_json: step.after.as_ref().map(ToString::to_string),
        sha256: sha256_hex(&canonical),
        canonical,
    };
    diesel::insert_into(audit_log::table).values(&row).execute(conn).map(|_| ())
}

/// The last row about one subject under one label.
#[derive(Debug, Clone, Queryable)]
pub struct Latest {
    /// UTC.
    pub at: NaiveDateTime,
    pub membership_id: Option<MembershipId>,
    after_json: Option<String>,
}

impl Latest {
    /// What stood after the step under a name; none where it said nothing of it.
    pub fn after(&self, name: &str) -> Option<String> {
        let after: serde_json::Value = serde_json::from_str(self.after_json.as_deref()?).ok()?;
        after.get(name)?.as_str().map(str::to_owned)
    }
}

/// The last row of an action on a subject, told from its others by its label. One query.
///
/// # Errors
/// The query's own.
pub fn latest(
    conn: &mut Conn,
    action: &str,
    subject: (&str, i64),
    label: &str,
) -> QueryResult<Option<Latest>> {
    audit_log::table
        .filter(audit_log::subject_kind.eq(subject.0))
        .filter(audit_log::subject_id.eq(Some(subject.1)))
        .filter(audit_log::action.eq(action))
        .filter(audit_log::subject_label.eq(label))
        .order(audit_log::id.desc())
        .select((audit_log::at, audit_log::membership_id, audit_log::after_json))
        .first(conn)
        .optional()
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
