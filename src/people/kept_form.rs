//! A form that was posted when its session had ended: kept for the account whose session it was and given back after
//! that account has signed in again, so that nothing typed is lost. Stands between an expired session and the next.
//! Nothing is kept for a session that was ended by signing out, and nothing that carries a password.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use subtle::ConstantTimeEq;

use super::session;
use crate::db::Conn;
use crate::db::ids::PersonId;
use crate::db::schema::kept_forms;
use crate::error::Error;

/// How long a form is kept.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(2);
/// Forms kept for one person at most; the oldest goes first.
const MOST: i64 = 10;
/// Fields that carry a password. A form with one of them is not kept.
const SECRETS: [&str; 4] = ["password", "current", "new", "again"];

/// Names and values as posted.
pub type Pairs = Vec<(String, String)>;

/// A form given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForm {
    pub path: String,
    pub pairs: Pairs,
    /// UTC.
    pub at: NaiveDateTime,
}

/// Keeps a form posted to `path` under an ended session; false when it is nobody's, forged, or carries a password.
///
/// # Errors
/// The queries' own, or JSON that cannot be written.
pub fn keep(
    conn: &mut Conn,
    token: &str,
    path: &str,
    pairs: &Pairs,
    now: NaiveDateTime,
) -> Result<bool, Error> {
    let Some((person_id, csrf)) = session::owner(conn, token)? else { return Ok(false) };
    let given = pairs.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value.as_str());
    if !bool::from(given.as_bytes().ct_eq(csrf.as_bytes()))
        || pairs.iter().any(|(name, _)| SECRETS.contains(&name.as_str()))
    {
        return Ok(false);
    }
    let fields: Vec<&(String, String)> = pairs.iter().filter(|(name, _)| name != "csrf").collect();
    let json = serde_json::to_string(&fields).map_err(|e| Error::Internal(e.to_string()))?;
    diesel::delete(kept_forms::table.filter(kept_forms::kept_at.lt(now - KEPT_FOR))).execute(conn)?;
    forget(conn, person_id, &[path])?;
    let older: Vec<i64> = kept_forms::table
        .filter(kept_forms::person_id.eq(person_id))
        .order(kept_forms::id.desc())
        .select(kept_forms::id)
        .offset(MOST - 1)
        .limit(i64::from(u16::MAX))
        .load(conn)?;
    diesel::delete(kept_forms::table.filter(kept_forms::id.eq_any(older))).execute(conn)?;
    diesel::insert_into(kept_forms::table)
        .values((
            kept_forms::person_id.eq(person_id),
            kept_forms::path.eq(path),
            kept_forms::fields_json.eq(json),
            kept_forms::kept_at.eq(now),
        ))
        .execute(conn)?;
    Ok(true)
}

/// The newest form kept for a person, of those posted to one of `paths`; of all where none is named. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be read.
pub fn newest(
    conn: &mut Conn,
    person: PersonId,
    paths: &[&str],
    now: NaiveDateTime,
) -> Result<Option<KeptForm>, Error> {
    let rows: Vec<(String, String, NaiveDateTime)> = kept_forms::table
        .filter(kept_forms::person_id.eq(person))
        .filter(kept_forms::kept_at.ge(now - KEPT_FOR))
        .order(kept_forms::id.desc())
        .select((kept_forms::path, kept_forms::fields_json, kept_forms::kept_at))
        .load(conn)?;
    let found = rows.into_iter().find(|(path, ..)| paths.is_empty() || paths.contains(&path.as_str()));
    let Some((path, json, at)) = found else { return Ok(None) };
    let pairs = serde_json::from_str(&json).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Some(KeptForm { path, pairs, at }))
}

/// Forgets what a person posted to some paths: it has been saved, or given up.
///
/// # Errors
/// The query's own.
pub fn forget(conn: &mut Conn, person: PersonId, paths: &[&str]) -> QueryResult<()> {
    let of_person = kept_forms::table.filter(kept_forms::person_id.eq(person));
    diesel::delete(of_person.filter(kept_forms::path.eq_any(paths))).execute(conn).map(|_| ())
}
