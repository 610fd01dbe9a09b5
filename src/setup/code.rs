//! The setup code: 128 random bits shown once on the console, spent by the browser that types it within the tries.
//! All of it lives in the database, so that any number of server processes agree; only hashes are kept.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::queries;
use crate::audit::{self, By, Step};
use crate::db::Conn;
use crate::db::schema::setup_codes;
use crate::error::Error;
use crate::people::session::new_token;

/// Wrong codes after which a new one must be printed.
pub const TRIES: i32 = 10;
/// How long a printed code can be typed.
pub const CODE_LIFE: TimeDelta = TimeDelta::hours(24);
/// How long the browser that typed it may take to finish.
pub const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);

/// What came of typing a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// Right: the token for the browser.
    Opened(String),
    /// Wrong; this many tries are left.
    Wrong(i32),
    /// No code can be typed now: used up, expired or never made.
    NoCode,
}

/// The browser that typed the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupSession {
    pub id: i64,
    pub csrf: String,
}

fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// The code as typed, without what people put between its groups.
fn bare(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Makes a new code, in eight groups of four hexadecimal digits; an earlier one that nobody typed is void.
///
/// # Errors
/// [`Error::Refused`] when the installation is set up; no randomness; the query's own.
pub fn issue(conn: &mut Conn, now: NaiveDateTime) -> Result<String, Error> {
    if !queries::is_needed(conn)? {
        return Err(Error::Refused("Hệ thống đã được thiết lập.".into()));
    }
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no randomness: {e}")))?;
    let groups: Vec<String> =
        bytes.chunks(2).map(|two| two.iter().map(|b| format!("{b:02x}")).collect()).collect();
    let code = groups.join("-");
    diesel::delete(setup_codes::table.filter(setup_codes::token_hash.is_null())).execute(conn)?;
    diesel::insert_into(setup_codes::table)
        .values((
            setup_codes::code_hash.eq(digest(&bare(&code))),
            setup_codes::made_at.eq(now),
            setup_codes::expires_at.eq(now + CODE_LIFE),
            setup_codes::tries_left.eq(TRIES),
        ))
        .execute(conn)?;
    let step = Step {
        action: "setup.code",
        subject_kind: "installation",
        subject_id: None,
        subject_label: "Mã thiết lập",
        unit_id: None,
        before: None,
        after: None,
    };
    audit::record(conn, &By::command_line(), &step, now)?;
    Ok(code)
}

/// Takes one try. A right code is spent at once and ends whatever browser had typed an earlier one.
///
/// # Errors
/// No randomness; the query's own.
pub fn enter(conn: &mut Conn, typed: &str, now: NaiveDateTime) -> Result<Entered, Error> {
    let open = setup_codes::table
        .filter(setup_codes::token_hash.is_null())
        .filter(setup_codes::tries_left.gt(0))
        .filter(setup_codes::expires_at.gt(now));
    // The try is taken before the comparison, by a guarded update: two at once are two.
    let taken =
        diesel::update(open).set(setup_codes::tries_left.eq(setup_codes::tries_left - 1)).execute(conn)?;
    if taken == 0 {
        return Ok(Entered::NoCode);
    }
    let (id, hash, left): (i64, Vec<u8>, i32) = setup_codes::table
        .filter(setup_codes::token_hash.is_null())
        .order(setup_codes::id.desc())
        .select((setup_codes::id, setup_codes::code_hash, setup_codes::tries_left))
        .first(conn)?;
    if !bool::from(digest(&bare(typed)).ct_eq(&hash)) {
        log::warn!("a wrong setup code was typed; {left} tries are left");
        return Ok(Entered::Wrong(left));
    }
    let token = new_token()?;
    diesel::delete(setup_codes::table.filter(setup_codes::id.ne(id))).execute(conn)?;
    diesel::update(setup_codes::table.find(id))
        .set((
            setup_codes::token_hash.eq(digest(&token)),
            setup_codes::csrf_token.eq(new_token()?),
            setup_codes::expires_at.eq(now + SESSION_LIFE),
            setup_codes::tries_left.eq(0),
        ))
        .execute(conn)?;
    Ok(Entered::Opened(token))
}

/// The browser behind a token, while it may go on.
///
/// # Errors
/// The query's own.
pub fn session(conn: &mut Conn, token: &str, now: NaiveDateTime) -> QueryResult<Option<SetupSession>> {
    let found: Option<(i64, String)> = setup_codes::table
        .filter(setup_codes::token_hash.eq(digest(token)))
        .filter(setup_codes::expires_at.gt(now))
        .select((setup_codes::id, setup_codes::csrf_token))
        .first(conn)
        .optional()?;
    Ok(found.map(|(id, csrf)| SetupSession { id, csrf }))
}
