//! SQL of letters: written with what they tell, taken by one server at a time under a lease of their own, settled once.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::backoff::{MOST_ATTEMPTS, again_at};
use crate::db::Conn;
use crate::db::ids::{MailId, PersonId};
use crate::db::schema::mail_messages;
use crate::on_each;

/// How long a letter is its sender's: longer than a server can be waited for, word by word.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// Rows of one insert.
const CHUNK: usize = 500;

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    pub uid: String,
    pub person: PersonId,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub body: String,
    /// After this day it helps nobody.
    pub useless_after: Option<NaiveDate>,
}

/// A letter as kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = mail_messages)]
pub struct LetterRow {
    pub id: MailId,
    pub uid: String,
    pub person_id: PersonId,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub body: String,
    pub written_at: NaiveDateTime,
    pub useless_after: Option<NaiveDate>,
    pub state: String,
    pub attempts: i32,
    pub run_at: NaiveDateTime,
    pub error: String,
    pub settled_at: Option<NaiveDateTime>,
}

/// Writes letters.
///
/// # Errors
/// The queries' own, a violation of the unique key among them.
pub fn put(conn: &mut Conn, letters: &[&NewLetter], now: NaiveDateTime) -> QueryResult<()> {
    for some in letters.chunks(CHUNK) {
        let rows: Vec<_> = some
            .iter()
            .map(|letter| {
                (
                    mail_messages::uid.eq(letter.uid.as_str()),
                    mail_messages::person_id.eq(letter.person),
                    mail_messages::name.eq(letter.name.as_str()),
                    mail_messages::address.eq(letter.address.as_str()),
                    mail_messages::subject.eq(letter.subject.as_str()),
                    mail_messages::body.eq(letter.body.as_str()),
                    mail_messages::written_at.eq(now),
                    mail_messages::useless_after.eq(letter.useless_after),
                    mail_messages::state.eq("waiting"),
                    mail_messages::attempts.eq(0),
                    mail_messages::run_at.eq(now),
                    mail_messages::error.eq(""),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(mail_messages::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// The letter to be tried next. One query.
///
/// # Errors
/// The query's own.
pub fn next(conn: &mut Conn, now: NaiveDateTime) -> QueryResult<Option<LetterRow>> {
    mail_messages::table
        .filter(mail_messages::state.eq("waiting"))
        .filter(mail_messages::run_at.le(now))
        .filter(mail_messages::lease_until.is_null().or(mail_messages::lease_until.lt(now)))
        .order((mail_messages::run_at, mail_messages::id))
        .select(LetterRow::as_select())
        .first(conn)
        .optional()
}

/// How many wait to be tried now or later. One query.
///
/// # Errors
/// The query's own.
pub fn waiting(conn: &mut Conn) -> QueryResult<i64> {
    mail_messages::table.filter(mail_messages::state.eq("waiting")).count().get_result(conn)
}

/// Takes a letter to try it; false when another server was faster. One query.
///
/// # Errors
/// The query's own.
pub fn claim(conn: &mut Conn, seen: &LetterRow, now: NaiveDateTime) -> QueryResult<bool> {
    let as_seen = mail_messages::table
        .find(seen.id)
        .filter(mail_messages::state.eq("waiting"))
        .filter(mail_messages::attempts.eq(seen.attempts))
        .filter(mail_messages::lease_until.is_null().or(mail_messages::lease_until.lt(now)));
    let changes =
        (mail_messages::attempts.eq(seen.attempts + 1), mail_messages::lease_until.eq(Some(now + LEASE)));
    Ok(diesel::update(as_seen).set(changes).execute(conn)? == 1)
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// To be tried again, unless it was too often.
    PutOff(String),
    GivenUp(String),
}

/// Notes what became of a letter that was claimed; false when it is settled already. One query.
///
/// # Errors
/// The query's own.
pub fn settle(conn: &mut Conn, seen: &LetterRow, outcome: &Outcome, now: NaiveDateTime) -> QueryResult<bool> {
    let tries = seen.attempts + 1;
    let (state, error) = match outcome {
        Outcome::Taken => ("sent", ""),
        Outcome::PutOff(why) if tries < MOST_ATTEMPTS => ("waiting", why.as_str()),
        Outcome::PutOff(why) | Outcome::GivenUp(why) => ("failed", why.as_str()),
    };
    let changes = (
        mail_messages::state.eq(state),
        mail_messages::error.eq(error),
        mail_messages::run_at.eq(again_at(now, tries)),
        mail_messages::lease_until.eq(None::<NaiveDateTime>),
        mail_messages::settled_at.eq((state != "waiting").then_some(now)),
    );
    let waiting = mail_messages::table.find(seen.id).filter(mail_messages::state.eq("waiting"));
    Ok(diesel::update(waiting).set(changes).execute(conn)? == 1)
}

/// Letters to some people, the newest first, in one state. One query.
///
/// # Errors
/// The query's own.
pub fn of_people(
    conn: &mut Conn,
    people: &[PersonId],
    state: &str,
    most: i64,
) -> QueryResult<Vec<LetterRow>> {
    mail_messages::table
        .filter(mail_messages::person_id.eq_any(people))
        .filter(mail_messages::state.eq(state))
        .order(mail_messages::id.desc())
        .limit(most)
        .select(LetterRow::as_select())
        .load(conn)
}

/// How many letters to some people stand in each state. One query.
///
/// # Errors
/// The query's own.
pub fn counts(conn: &mut Conn, people: &[PersonId]) -> QueryResult<Vec<(String, i64)>> {
    mail_messages::table
        .filter(mail_messages::person_id.eq_any(people))
        .group_by(mail_messages::state)
        .select((mail_messages::state, diesel::dsl::count_star()))
        .load(conn)
}

/// Puts a letter that was given up back; false when it was not. One query.
///
/// # Errors
/// The query's own.
pub fn put_back(conn: &mut Conn, id: MailId, people: &[PersonId], now: NaiveDateTime) -> QueryResult<bool> {
    let failed = mail_messages::table
        .filter(mail_messages::id.eq(id))
        .filter(mail_messages::person_id.eq_any(people))
        .filter(mail_messages::state.eq("failed"));
    let changes = (
        mail_messages::state.eq("waiting"),
        mail_messages::attempts.eq(0),
        mail_messages::run_at.eq(now),
        mail_messages::settled_at.eq(None::<NaiveDateTime>),
    );
    Ok(diesel::update(failed).set(changes).execute(conn)? == 1)
}

/// The letter of an id, to one of some people. One query.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn letter(conn: &mut Conn, id: MailId, people: &[PersonId]) -> QueryResult<LetterRow> {
    mail_messages::table
        .filter(mail_messages::id.eq(id))
        .filter(mail_messages::person_id.eq_any(people))
        .select(LetterRow::as_select())
        .first(conn)
}
