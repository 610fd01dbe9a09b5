//! SQL of what was said, as pages list it: a person's own digests, and what a collecting body's units were told.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{DigestId, NoticeId, PeriodId, PersonId, ReportId, UnitId};
use crate::db::schema::{digests, mail_messages, notices, people, periods, regimes, reports};

/// A digest as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DigestRow {
    pub id: DigestId,
    pub uid: String,
    pub day: NaiveDate,
    pub subject: String,
    pub read_at: Option<NaiveDateTime>,
}

/// How many digests somebody has not read. One query.
///
/// # Errors
/// The query's own.
pub fn unread(conn: &mut Conn, person: PersonId) -> QueryResult<i64> {
    digests::table
        .filter(digests::person_id.eq(person))
        .filter(digests::read_at.is_null())
        .count()
        .get_result(conn)
}

/// A person's digests, the newest first: `most` of them before the one named. One query.
///
/// # Errors
/// The query's own.
pub fn of_person(
    conn: &mut Conn,
    person: PersonId,
    before: Option<DigestId>,
    most: i64,
) -> QueryResult<Vec<DigestRow>> {
    digests::table
        .filter(digests::person_id.eq(person))
        .filter(digests::id.lt(before.unwrap_or(DigestId(i64::MAX))))
        .order(digests::id.desc())
        .limit(most)
        .select((digests::id, digests::uid, digests::day, digests::subject, digests::read_at))
        .load(conn)
}

/// The lines of some digests, in the order they were written, with the reports they are about. One query.
///
/// # Errors
/// The query's own.
pub fn lines_of(conn: &mut Conn, uids: &[&str]) -> QueryResult<HashMap<String, Vec<(ReportId, String)>>> {
    let rows: Vec<(String, ReportId, String)> = notices::table
        .filter(notices::digest_uid.eq_any(uids))
        .filter(notices::channel.eq("app"))
        .order(notices::id)
        .select((notices::digest_uid, notices::report_id, notices::words))
        .load(conn)?;
    let mut lines: HashMap<String, Vec<(ReportId, String)>> = HashMap::new();
    for (uid, report, words) in rows {
        lines.entry(uid).or_default().push((report, words));
    }
    Ok(lines)
}

/// Which of some reports there still are, and whether each has been sent by now: a period opened by mistake was withdrawn with
/// its own. One query.
///
/// # Errors
/// The query's own.
pub fn reports_that_stand(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, bool>> {
    let found: Vec<(ReportId, String)> =
        reports::table.filter(reports::id.eq_any(ids)).select((reports::id, reports::state)).load(conn)?;
    let sent = |state: String| ["sent", "received"].contains(&state.as_str());
    Ok(found.into_iter().map(|(id, state)| (id, sent(state))).collect())
}

/// Marks a person's digests up to one of them as read; how many were not. One query.
///
/// # Errors
/// The query's own.
pub fn mark_read(
    conn: &mut Conn,
    person: PersonId,
    (only, up_to): (Option<DigestId>, DigestId),
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let from = only.unwrap_or(DigestId(0));
    let unread = digests::table
        .filter(digests::person_id.eq(person))
        .filter(digests::id.ge(from))
        .filter(digests::id.le(up_to))
        .filter(digests::read_at.is_null());
    diesel::update(unread).set(digests::read_at.eq(Some(now))).execute(conn)
}

/// What was said, of those a page lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    pub collectors: Vec<UnitId>,
    pub period: Option<PeriodId>,
    /// Only those written before this one.
    pub before: Option<NoticeId>,
}

/// One notice as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRow {
    pub id: NoticeId,
    pub at: NaiveDateTime,
    pub day: NaiveDate,
    pub person: String,
    pub report: ReportId,
    pub words: String,
    pub channel: String,
    /// Who collects the obligation.
    pub collector: UnitId,
    /// State of the letter it went with, its address and when it was settled; none for the page.
    pub letter: Option<(String, String, Option<NaiveDateTime>)>,
}

/// What was said about the obligations some bodies collect, and about those of lower collectors in the regimes they
/// collect as a whole, the newest first. Two queries.
///
/// # Errors
/// The queries' own.
pub fn sent(conn: &mut Conn, asked: &Sent, most: i64) -> QueryResult<Vec<SentRow>> {
    type Row = (NoticeId, String, NaiveDateTime, NaiveDate, String, ReportId, String, String, UnitId);
    let only: Vec<PeriodId> = asked.period.into_iter().collect();
    let narrowed = notices::table
        .inner_join(people::table)
        .filter(
            notices::collector_id.eq_any(&asked.collectors).or(notices::period_id.eq_any(
                periods::table
                    .inner_join(regimes::table)
                    .filter(regimes::collector_id.eq_any(&asked.collectors))
                    .select(periods::id),
            )),
        )
        .filter(notices::id.lt(asked.before.unwrap_or(NoticeId(i64::MAX))));
    let columns = (
        notices::id,
        notices::digest_uid,
        notices::created_at,
        notices::day,
        people::full_name,
        notices::report_id,
        notices::words,
        notices::channel,
        notices::collector_id,
    );
    let rows: Vec<Row> = if only.is_empty() {
        narrowed.order(notices::id.desc()).limit(most).select(columns).load(conn)?
    } else {
        narrowed
            .filter(notices::period_id.eq_any(&only))
            .order(notices::id.desc())
            .limit(most)
            .select(columns)
            .load(conn)?
    };
    let uids: Vec<&str> = rows.iter().filter(|row| row.7 == "mail").map(|row| row.1.as_str()).collect();
    type Letter = (String, String, String, Option<NaiveDateTime>);
    let letters: Vec<Letter> = mail_messages::table
        .filter(mail_messages::uid.eq_any(uids))
        .select((mail_messages::uid, mail_messages::state, mail_messages::address, mail_messages::settled_at))
        .load(conn)?;
    let letters: HashMap<String, (String, String, Option<NaiveDateTime>)> =
        letters.into_iter().map(|(uid, state, address, at)| (uid, (state, address, at))).collect();
    Ok(rows
        .into_iter()
        .map(|(id, uid, at, day, person, report, words, channel, collector)| {
            let letter = (channel == "mail").then(|| letters.get(&uid).cloned()).flatten();
            SentRow { id, at, day, person, report, words, channel, collector, letter }
        })
        .collect())
}
