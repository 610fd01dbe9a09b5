//! Many units' workbooks at once: the archive they come in, what each comes to, what is entered, and by whom.

mod alone;
mod archive;
mod command;
mod confirmed;
mod faults;
mod forty;
mod pages;
mod restart;
mod whose;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::process::Command;

use diesel::prelude::*;
use tonghop::access::Actor;
use tonghop::calendar::Clock;
use tonghop::db::ids::{DropId, PersonId, ReportId};
use tonghop::db::schema::{memberships, obligations, people, periods, regimes, reports, units};
use tonghop::db::{Db, DbError};
use tonghop::drops::queries::{self, FileRow};
use tonghop::drops::{FileState, works};
use tonghop::error::Error;
use tonghop::jobs::Runner;
use tonghop::reports::workbook::download;

use crate::support::app::{TempDir, TestApp, demo_day};
use crate::support::client::{Answer, Client};

pub const COMPILER: &str = "tonghop.catinh.bacgiang";

/// Presses the button of a drop's page that enters what can be, having ticked that the warnings were read.
pub fn press(client: &Client, drop: impl std::fmt::Display) -> Answer {
    let page = client.get(&format!("/drops/{drop}")).ok();
    let shown = crate::reports::values_of(&page, "shown").into_iter().next().unwrap_or_default();
    client.post(&format!("/drops/{drop}/application"), &[("warnings", "1"), ("shown", &shown)])
}

/// Opens each file that wants to be looked at by itself, and confirms it there.
pub fn confirm_each(app: &TestApp, client: &Client, drop: DropId) {
    for file in alone(app, drop) {
        confirm(client, drop, &file);
        run(app);
    }
}

/// The files that want to be looked at by themselves.
pub fn alone(app: &TestApp, drop: DropId) -> Vec<FileRow> {
    let ready = files(app, drop).into_iter().filter(|file| file.state() == FileState::Ready);
    ready.filter(|file| !file.alone.is_empty()).collect()
}

/// Opens one of them and confirms it there; it waits to be entered.
pub fn confirm(client: &Client, drop: DropId, file: &FileRow) {
    let page = client.get(&format!("/drops/{drop}/files/{}", file.id)).ok();
    assert!(page.contains("Tệp này phải xem và xác nhận riêng"), "{page}");
    let shown = crate::reports::values_of(&page, "shown").remove(0);
    let looked = crate::reports::values_of(&page, "looked").remove(0);
    let fields = [("warnings", "1"), ("shown", &*shown), ("looked", &*looked)];
    client.post(&format!("/drops/{drop}/application"), &fields).redirected();
}

/// A unit's own workbook, as its officer downloads it.
pub struct Book {
    pub unit: String,
    pub report: ReportId,
    pub bytes: Vec<u8>,
}

/// The period of the demo's regime with this code.
pub fn period(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq(code))
                .select(periods::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the period")
}

pub fn actor(db: &Db, username: &str) -> Actor {
    db.read(|conn| {
        let id: PersonId =
            people::table.filter(people::username.eq(username)).select(people::id).first(conn)?;
        Ok::<_, Error>(tonghop::people::queries::actor(conn, id, demo_day())?)
    })
    .expect("the person")
}

/// The workbooks of units that have still to send for some periods of a regime, as their officers download them.
pub fn books(app: &TestApp, regime: &str, codes: &[&str]) -> Vec<Book> {
    let rows: Vec<(ReportId, String, PersonId)> = app
        .db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .inner_join(memberships::table.on(memberships::unit_id.eq(obligations::unit_id)))
                .filter(regimes::code.eq(regime))
                .filter(periods::code.eq_any(codes))
                .filter(obligations::part.eq("own"))
                .filter(obligations::standing.eq("owed"))
                .filter(obligations::unit_id.ne(obligations::collector_id))
                // Those who send to a body in between are its business.
                .filter(obligations::collector_id.eq(regimes::collector_id))
                .filter(reports::state.eq_any(["not_begun", "draft"]))
                .filter(memberships::role.eq("officer"))
                .filter(memberships::valid_to.is_null())
                .order((reports::id, memberships::id))
                .select((reports::id, units::code, memberships::person_id))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("reports");
    let mut seen = std::collections::HashSet::new();
    rows.into_iter()
        .filter(|(report, ..)| seen.insert(*report))
        .filter_map(|(report, unit, person)| {
            let made = app.db.read(|conn| {
                let officer = tonghop::people::queries::actor(conn, person, demo_day())?;
                download(conn, &officer, report)
            });
            made.ok().map(|file| Book { unit, report, bytes: file.bytes })
        })
        .collect()
}

/// Fills the figures of all with openpyxl; what was typed, by code, in the order of the books.
pub fn fill(books: &mut [Book]) -> Vec<BTreeMap<String, i64>> {
    let folder = TempDir::new();
    let path = |at: usize| folder.0.join(format!("{at:03}.xlsx"));
    for (at, book) in books.iter().enumerate() {
        std::fs::write(path(at), &book.bytes).unwrap();
    }
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drops/fill.py");
    let output = Command::new("python3")
        .arg(program)
        .arg(&folder.0)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3 with openpyxl: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut typed = vec![BTreeMap::new(); books.len()];
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        typed[cells[0].parse::<usize>().unwrap()].insert(cells[1].to_owned(), cells[2].parse().unwrap());
    }
    for (at, book) in books.iter_mut().enumerate() {
        book.bytes = std::fs::read(path(at)).unwrap();
    }
    typed
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        made.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        made.write_all(bytes).unwrap();
    }
    made.finish().unwrap().into_inner()
}

/// The fields of the form, with the session's token.
pub fn post(app: &TestApp, who: &Client, code: &str, file: (&str, &[u8]), key: &str) -> Answer {
    let fields = [
        ("csrf", who.csrf.as_str()),
        ("form_key", key),
        ("received_number", "215"),
        ("received_on", "09/6/2025"),
    ];
    let path = format!("/periods/{}/drops", period(app, code));
    who.post_file(&path, &fields, ("files", file.0, file.1))
}

/// Drops an archive of books and reads it.
pub fn dropped(app: &TestApp, code: &str, files: &[(&str, &[u8])]) -> DropId {
    let key = uuid::Uuid::now_v7().to_string();
    let to = post(app, &app.client(COMPILER), code, ("bao-cao.zip", &zipped(files)), &key).redirected();
    run(app);
    DropId(to.rsplit('/').next().unwrap().parse().unwrap())
}

/// Works on jobs until there are none.
pub fn run(app: &TestApp) {
    let runner = Runner::new(app.db.clone(), Clock::fixed(demo_day()), works());
    while runner.turn().expect("a turn") {}
}

pub fn files(app: &TestApp, drop: DropId) -> Vec<FileRow> {
    app.db.read(|conn| Ok::<_, Error>(queries::files(conn, drop)?)).unwrap()
}

/// The states of a drop's files with their messages.
pub fn states(app: &TestApp, drop: DropId) -> Vec<(FileState, String)> {
    files(app, drop).into_iter().map(|file| (file.state(), file.message)).collect()
}
