//! Server-side sessions: a random token in the browser, its SHA-256 in the database, idle and absolute expiry.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::queries::{self, SessionRow};
use crate::db::Conn;
use crate::db::ids::{PersonId, SessionId};
use crate::db::schema::{people, sessions};
use crate::error::Error;

/// `last_seen` is written at most this often, so that reading pages does not write.
pub const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

/// How long a session lives, and the code that opens a person's first one.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    pub idle: TimeDelta,
    pub absolute: TimeDelta,
    pub invitation: TimeDelta,
}

/// A fresh token: what the browser keeps, in hexadecimal.
///
/// # Errors
/// When the system gives no randomness.
pub fn new_token() -> Result<String, Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no randomness: {e}")))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Opens a session and returns its token; `device` is the few words of [`super::device::words`].
///
/// # Errors
/// The query's own, or no randomness.
pub fn open(
    conn: &mut Conn,
    person: PersonId,
    device: &str,
    lifetimes: Lifetimes,
    now: NaiveDateTime,
) -> Result<String, Error> {
    let token = new_token()?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token_hash(&token)),
            sessions::person_id.eq(person),
            sessions::csrf_token.eq(new_token()?),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(now + lifetimes.absolute),
            sessions::device.eq(device),
        ))
        .execute(conn)?;
    diesel::update(people::table.find(person)).set(people::last_sign_in_at.eq(now)).execute(conn)?;
    // An expired one stays a day: a form posted under it still belongs to its account.
    let old = now - TimeDelta::days(1);
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(old))).execute(conn)?;
    Ok(token)
}

/// The live session of a token, if it is one.
///
/// # Errors
/// The query's own.
pub fn find(
    conn: &mut Conn,
    token: &str,
    lifetimes: Lifetimes,
    now: NaiveDateTime,
) -> QueryResult<Option<SessionRow>> {
    let found = queries::session_by_token(conn, &token_hash(token))?;
    Ok(found.filter(|s| now < s.expires_at && now < s.last_seen_at + lifetimes.idle))
}

/// Whose a token is or was, with its CSRF token: also of an expired session, never of one that was ended.
///
/// # Errors
/// The query's own.
pub(super) fn owner(conn: &mut Conn, token: &str) -> QueryResult<Option<(PersonId, String)>> {
    Ok(queries::session_by_token(conn, &token_hash(token))?.map(|row| (row.person_id, row.csrf_token)))
}

/// Notes that the session was used.
///
/// # Errors
/// The query's own.
pub fn touch(conn: &mut Conn, id: SessionId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::last_seen_at.eq(now)).execute(conn).map(|_| ())
}

/// Ends one session.
///
/// # Errors
/// The query's own.
pub fn end(conn: &mut Conn, id: SessionId) -> QueryResult<()> {
    diesel::delete(sessions::table.find(id)).execute(conn).map(|_| ())
}

/// Ends the session of a token, where it is one: whoever signs in again in the same browser leaves none behind.
///
/// # Errors
/// The query's own.
pub fn end_token(conn: &mut Conn, token: &str) -> QueryResult<()> {
    let of_token = sessions::table.filter(sessions::token_hash.eq(token_hash(token)));
    diesel::delete(of_token).execute(conn).map(|_| ())
}

/// Ends every session of a person but one: after a change of password.
///
/// # Errors
/// The query's own.
pub fn end_others(conn: &mut Conn, person: PersonId, keep: Option<SessionId>) -> QueryResult<()> {
    let of_person = sessions::table.filter(sessions::person_id.eq(person));
    match keep {
        Some(id) => diesel::delete(of_person.filter(sessions::id.ne(id))).execute(conn),
        None => diesel::delete(of_person).execute(conn),
    }
    .map(|_| ())
}
