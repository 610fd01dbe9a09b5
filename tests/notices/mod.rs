//! Notices: when each falls, in which words, whom it reaches, once; a year played day by day; letters over a real mail server.

mod decided;
mod digest;
mod invented;
mod kill;
mod locked;
mod pages;
mod release;
mod run;
mod schedule;
mod year;

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::calendar::Moment;
use tonghop::db::ids::{ObligationId, PersonId};
use tonghop::db::schema::{notices, people};
use tonghop::db::{Conn, Db};
use tonghop::error::Error;
use tonghop::mail::Settings;
use tonghop::notices::run as daily;

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Seven in the morning of a day.
pub fn morning(day: NaiveDate) -> Moment {
    Moment::local(day.and_hms_opt(7, 0, 0).expect("an hour"))
}

pub fn read<T>(db: &Db, f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    db.read(|conn| Ok::<_, Error>(f(conn)?)).expect("the database reads")
}

pub fn write<T>(db: &Db, f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    db.write(|conn| Ok::<_, Error>(f(conn)?)).expect("the database writes")
}

/// The whole run of a day.
pub fn run_day(db: &Db, settings: &Settings, day: NaiveDate) {
    daily::begin(db, morning(day)).expect("the run begins");
    while !daily::say(db, settings, morning(day)).expect("the run goes on") {}
}

/// What somebody was told on the page, as (day, obligation, step, words).
pub type Told = (NaiveDate, ObligationId, i32, String);

pub fn told(db: &Db, username: &str) -> Vec<Told> {
    read(db, |conn| {
        let id: PersonId =
            people::table.filter(people::username.eq(username)).select(people::id).first(conn)?;
        notices::table
            .filter(notices::person_id.eq(id))
            .filter(notices::channel.eq("app"))
            .order(notices::id)
            .select((notices::day, notices::obligation_id, notices::step, notices::words))
            .load(conn)
    })
}
