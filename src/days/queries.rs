//! All SQL of the days kept and of the notices.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{KeptDay, Notice, YearOfDays};
use crate::calendar::DayKind;
use crate::db::Conn;
use crate::db::ids::MembershipId;
use crate::db::schema::{calendar_days, calendar_notices, memberships, people};

/// First and last day of a year.
fn span(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

/// A year as it stands. Two queries.
///
/// # Errors
/// The queries' own.
pub fn year(conn: &mut Conn, year: i32) -> QueryResult<YearOfDays> {
    let Some((first, last)) = span(year) else { return Err(diesel::result::Error::NotFound) };
    let rows: Vec<(NaiveDate, String, String, String, bool)> = calendar_days::table
        .filter(calendar_days::day.between(first, last))
        .order(calendar_days::day)
        .select((
            calendar_days::day,
            calendar_days::kind,
            calendar_days::name,
            calendar_days::source,
            calendar_days::confirmed,
        ))
        .load(conn)?;
    let notice: Option<(String, NaiveDateTime, String)> = calendar_notices::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(calendar_notices::year.eq(i64::from(year)))
        .select((calendar_notices::document, calendar_notices::noted_at, people::full_name))
        .first(conn)
        .optional()?;
    Ok(YearOfDays {
        year,
        days: rows
            .into_iter()
            .filter_map(|(day, kind, name, source, confirmed)| {
                Some(KeptDay { day, kind: DayKind::from_code(&kind)?, name, source, confirmed })
            })
            .collect(),
        notice: notice.map(|(document, noted_at, by)| Notice { document, noted_at, by }),
    })
}

/// The years whose notice is entered. One query.
///
/// # Errors
/// The query's own.
pub fn noticed(conn: &mut Conn) -> QueryResult<Vec<i64>> {
    calendar_notices::table.order(calendar_notices::year).select(calendar_notices::year).load(conn)
}

/// Puts a day on record, or over what stands there. Two statements.
///
/// # Errors
/// The queries' own.
pub(super) fn put(conn: &mut Conn, day: &KeptDay) -> QueryResult<()> {
    let values = (
        calendar_days::kind.eq(day.kind.code()),
        calendar_days::name.eq(&day.name),
        calendar_days::source.eq(&day.source),
        calendar_days::confirmed.eq(day.confirmed),
    );
    let changed = diesel::update(calendar_days::table.find(day.day)).set(values).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(calendar_days::table)
            .values((
                calendar_days::day.eq(day.day),
                calendar_days::kind.eq(day.kind.code()),
                calendar_days::name.eq(&day.name),
                calendar_days::source.eq(&day.source),
                calendar_days::confirmed.eq(day.confirmed),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a day off the record; false when it was not there.
///
/// # Errors
/// The query's own.
pub(super) fn remove(conn: &mut Conn, day: NaiveDate) -> QueryResult<bool> {
    Ok(diesel::delete(calendar_days::table.find(day)).execute(conn)? == 1)
}

/// Enters the notice of a year in the place of an earlier one, and confirms what is on record for it.
///
/// # Errors
/// The queries' own.
pub(super) fn note(
    conn: &mut Conn,
    year: i32,
    document: &str,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::delete(calendar_notices::table.find(i64::from(year))).execute(conn)?;
    diesel::insert_into(calendar_notices::table)
        .values((
            calendar_notices::year.eq(i64::from(year)),
            calendar_notices::document.eq(document),
            calendar_notices::noted_by.eq(by),
            calendar_notices::noted_at.eq(at),
        ))
        .execute(conn)?;
    if let Some((first, last)) = span(year) {
        diesel::update(calendar_days::table.filter(calendar_days::day.between(first, last)))
            .set(calendar_days::confirmed.eq(true))
            .execute(conn)?;
    }
    Ok(())
}
