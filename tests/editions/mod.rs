//! Editions of the demo, end to end: what the pages and the workbooks say against sums made from the files by other
//! means, who may do what, and that nothing frozen ever changes.

mod access;
mod at_once;
mod between;
mod catalogue;
mod comparison;
mod discard;
mod dispatched;
mod entries_as_sent;
mod figures;
mod frozen;
mod independent;
mod late;
mod narrative;
mod numbered;
mod oracle;
mod owners;
mod page;
mod paper;
mod sent;
mod single_units;
mod so_far;
mod totals;
mod two_bodies;
mod unchanged;
mod year_so_far;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{editions, obligations, periods, regimes, reports, units};

use crate::support::app::TestApp;
use crate::support::client::Client;

pub use sent::{now_of, typed};

/// The id of a period by the codes of its regime and its own.
fn period_id(app: &TestApp, regime: &str, code: &str) -> i64 {
    app.db
        .read(|conn| {
            periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq(regime))
                .filter(periods::code.eq(code))
                .select(periods::id)
                .first::<i64>(conn)
                .map_err(DbError::from)
        })
        .unwrap()
}

/// Report and version of a unit in a period.
fn report(app: &TestApp, period: i64, unit: &str) -> (i64, i32) {
    app.db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table)
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(obligations::period_id.eq(period))
                .filter(units::code.eq(unit))
                .select((reports::id, reports::version))
                .first::<(i64, i32)>(conn)
                .map_err(DbError::from)
        })
        .unwrap()
}

/// The version a form of approval would carry.
fn version(app: &TestApp, edition: &str) -> String {
    let id: i64 = edition.rsplit('/').next().unwrap().parse().unwrap();
    let query = |conn: &mut tonghop::db::Conn| {
        editions::table.find(id).select(editions::version).first::<i32>(conn).map_err(DbError::from)
    };
    app.db.read(query).unwrap().to_string()
}

/// Where an edition stands.
fn status(app: &TestApp, edition: &str) -> String {
    let id: i64 = edition.rsplit('/').next().unwrap().parse().unwrap();
    let query = |conn: &mut tonghop::db::Conn| {
        editions::table.find(id).select(editions::status).first(conn).map_err(DbError::from)
    };
    app.db.read(query).unwrap()
}

/// Makes an edition and returns its address.
fn make(client: &Client, period: i64) -> String {
    client.post(&format!("/periods/{period}/editions"), &[("confirmed", "1")]).redirected()
}

/// Approves an edition, whatever is left open in it.
fn approve(app: &TestApp, leader: &Client, edition: &str) {
    let version = version(app, edition);
    leader.post(&format!("{edition}/approval"), &[("version", &version), ("agreed", "1")]).redirected();
}

/// The bytes of a workbook.
fn workbook(client: &Client, edition: &str, copy: &str) -> Vec<u8> {
    let answer = client.get(&format!("{edition}/workbook/{copy}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.content_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    answer.bytes
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// The rows of *Tổng hợp*: code, this period, n/N.
fn summary(bytes: Vec<u8>) -> Vec<(String, Data, String)> {
    let range = open(bytes).worksheet_range("Tổng hợp").unwrap();
    let cell = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    let words = |data: Data| if let Data::String(text) = data { text } else { String::new() };
    (0..=range.end().unwrap().0)
        .filter(|row| words(cell(*row, 9)).contains('/'))
        .map(|row| (words(cell(row, 1)), cell(row, 5), words(cell(row, 9))))
        .collect()
}
