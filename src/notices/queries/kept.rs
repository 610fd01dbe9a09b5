//! SQL of what is said: digests with their notices and letters, written in one transaction, none twice.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Aim, Level, Line};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PersonId};
use crate::db::schema::{digests, notices, people};
use crate::mail::outbox::{self, NewLetter};
use crate::on_each;

/// Rows of one insert: sixteen variables each, well under SQLite's limit.
const CHUNK: usize = 500;

/// What tells one notice from another, whatever the channel.
pub type Key = (PersonId, ObligationId, Aim, NaiveDate, i32, Level);

/// What one person is told at once.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    pub uid: String,
    pub person: PersonId,
    pub subject: String,
    pub lines: Vec<&'a Line>,
    /// The same by mail, where the person has an address and letters are sent.
    pub letter: Option<NewLetter>,
}

/// Which of some people have had their digest of a day. One query.
///
/// # Errors
/// The query's own.
pub fn told_today(
    conn: &mut Conn,
    among: &[PersonId],
    (day, batch): (NaiveDate, &str),
) -> QueryResult<HashSet<PersonId>> {
    Ok(digests::table
        .filter(digests::person_id.eq_any(among))
        .filter(digests::day.eq(day))
        .filter(digests::batch.eq(batch))
        .select(digests::person_id)
        .load::<PersonId>(conn)?
        .into_iter()
        .collect())
}

/// What some people were told about last days from `since` on. One query.
///
/// # Errors
/// The query's own.
pub fn said_before(conn: &mut Conn, among: &[PersonId], since: NaiveDate) -> QueryResult<HashSet<Key>> {
    type Row = (PersonId, ObligationId, String, NaiveDate, i32, String);
    let rows: Vec<Row> = notices::table
        .filter(notices::person_id.eq_any(among))
        .filter(notices::due_on.ge(since))
        .filter(notices::channel.eq("app"))
        .select((
            notices::person_id,
            notices::obligation_id,
            notices::aim,
            notices::due_on,
            notices::step,
            notices::level,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(person, obligation, aim, due_on, step, level)| {
            (person, obligation, Aim::from_code(&aim), due_on, step, Level::from_code(&level))
        })
        .collect())
}

/// Names and mail addresses of some people. One query.
///
/// # Errors
/// The query's own.
pub fn contacts(conn: &mut Conn, among: &[PersonId]) -> QueryResult<HashMap<PersonId, (String, String)>> {
    let rows: Vec<(PersonId, String, String)> = people::table
        .filter(people::id.eq_any(among))
        .select((people::id, people::full_name, people::email))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, email)| (id, (name, email))).collect())
}

/// Writes digests, their notices for each channel, and the letters; how many notices. The unique keys refuse the whole when
/// another server has written one of them meanwhile.
///
/// # Errors
/// The queries' own, a violation of a unique key among them.
pub fn write(
    conn: &mut Conn,
    all: &[Given<'_>],
    (day, batch): (NaiveDate, &str),
    moment: Moment,
) -> QueryResult<usize> {
    for some in all.chunks(CHUNK) {
        let rows: Vec<_> = some
            .iter()
            .map(|given| {
                (
                    digests::uid.eq(given.uid.as_str()),
                    digests::person_id.eq(given.person),
                    digests::day.eq(day),
                    digests::batch.eq(batch),
                    digests::subject.eq(given.subject.as_str()),
                    digests::created_at.eq(moment.at),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(digests::table).values(&rows).execute(c))?;
    }
    let mut each: Vec<(&Given<'_>, &Line, &str)> = Vec::new();
    for given in all {
        let channels = if given.letter.is_some() { &["app", "mail"][..] } else { &["app"][..] };
        for line in &given.lines {
            each.extend(channels.iter().map(|channel| (given, *line, *channel)));
        }
    }
    for some in each.chunks(CHUNK) {
        let rows: Vec<_> = some
            .iter()
            .map(|(given, line, channel)| {
                (
                    notices::digest_uid.eq(given.uid.as_str()),
                    notices::person_id.eq(given.person),
                    notices::obligation_id.eq(line.obligation),
                    notices::report_id.eq(line.report),
                    notices::period_id.eq(line.period),
                    notices::unit_id.eq(line.unit),
                    notices::collector_id.eq(line.collector),
                    notices::aim.eq(line.aim.code()),
                    notices::due_on.eq(line.due_on),
                    notices::step.eq(line.step),
                    notices::level.eq(line.level.code()),
                    notices::channel.eq(*channel),
                    notices::day.eq(day),
                    notices::words.eq(line.words.as_str()),
                    notices::created_at.eq(moment.at),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(notices::table).values(&rows).execute(c))?;
    }
    let letters: Vec<&NewLetter> = all.iter().filter_map(|given| given.letter.as_ref()).collect();
    outbox::put(conn, &letters, moment.recorded)?;
    Ok(each.len())
}
