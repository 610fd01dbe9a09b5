//! Servers are killed without warning and started again at random while a day's run goes on: two at once on PostgreSQL, one
//! beside the command on SQLite, where a second server is refused. Everybody is told everything once.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use tonghop::db::Db;
use tonghop::db::ids::{ObligationId, PersonId, UnitId};
use tonghop::db::schema::{digests, jobs, mail_messages, memberships, notice_runs, notices, people};
use tonghop::mail::Settings;
use tonghop::notices::queries::Among;
use tonghop::notices::run::outlook;

use super::{day, read, write};
use crate::durability::server::Process;
use crate::support::database::TestDatabase;

/// Officers added to the demo's units, so that a run takes long enough to be killed in; on a machine that is too fast for them the
/// whole is played again with three times as many.
const CROWDS: [usize; 4] = [3_000, 9_000, 27_000, 81_000];
const ROUNDS: usize = 8;
/// Letters are written and nobody takes them.
const LETTERS: [&str; 10] = [
    "--smtp-host",
    "localhost",
    "--smtp-port",
    "1",
    "--smtp-encryption",
    "none",
    "--smtp-from",
    "tonghop@tinh.gov.vn",
    "--base-url",
    "http://tonghop.vn",
];

fn crowd(db: &Db, units: &[UnitId], size: usize) {
    write(db, |conn| {
        for n in 0..size {
            let person: PersonId = tonghop::on_each!(conn, |c| diesel::insert_into(people::table)
                .values((
                    people::uid.eq(uuid::Uuid::now_v7().to_string()),
                    people::username.eq(format!("dong.{n}")),
                    people::full_name.eq(format!("Đông Thứ {n}")),
                    people::name_key.eq(format!("{n:05}")),
                    people::email.eq(format!("dong.{n}@tinh.gov.vn")),
                    people::password_hash.eq(""),
                    people::must_change_password.eq(false),
                    people::created_at.eq(Utc::now().naive_utc()),
                ))
                .returning(people::id)
                .get_result(c))?;
            diesel::insert_into(memberships::table)
                .values((
                    memberships::person_id.eq(person),
                    memberships::unit_id.eq(units[n % units.len()]),
                    memberships::role.eq("officer"),
                    memberships::title.eq("Chuyên viên"),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// Up to some milliseconds, another one each time; the moment of a kill is not meant to be repeated.
fn any_moment(most: u64) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Duration::from_millis(u64::from(now.subsec_nanos()) / 1000 % most)
}

/// A minute passes: the leases of whoever was killed run out.
fn a_minute_passes(db: &Db) {
    let past: NaiveDateTime = Utc::now().naive_utc() - chrono::TimeDelta::seconds(5);
    write(db, |conn| {
        diesel::update(jobs::table.filter(jobs::state.eq("running")))
            .set(jobs::lease_until.eq(Some(past)))
            .execute(conn)
    });
}

fn finished(db: &Db, on: NaiveDate) -> bool {
    read(db, |conn| {
        notice_runs::table
            .find(on)
            .select(notice_runs::finished_at)
            .first::<Option<NaiveDateTime>>(conn)
            .optional()
    })
    .flatten()
    .is_some()
}

/// What else may run beside the first server: a second one, or the command.
enum Rival {
    Server(Process),
    Command(Child),
}

impl Rival {
    fn start(database: &TestDatabase, on: &str) -> Rival {
        if database.backend() == "postgres" {
            return Rival::Server(Process::start_with(&database.url(), &LETTERS));
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TONGHOP_")) {
            command.env_remove(name);
        }
        let child = command
            .args(["remind", "--database-url", &database.url(), "--today", on])
            .args(LETTERS)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        Rival::Command(child)
    }

    fn kill(self) {
        match self {
            Rival::Server(process) => process.kill(),
            Rival::Command(mut child) => {
                drop(child.kill());
                drop(child.wait());
            }
        }
    }
}

#[test]
fn servers_killed_at_random_tell_everybody_everything_once() {
    let killed: Vec<usize> = CROWDS
        .into_iter()
        .scan(false, |enough, size| {
            let kills = (!*enough).then(|| played_with(size))?;
            *enough = kills >= 2;
            Some(kills)
        })
        .collect();
    assert!(killed.last() >= Some(&2), "the kills came too early or too late: {killed:?}");
}

/// One day's run with `size` more people, killed at random until it is finished: everything is said once. How often it was killed in
/// the middle.
fn played_with(size: usize) -> usize {
    let database = TestDatabase::demo();
    let db = database.open();
    // The day on which `tonghop demo` stands.
    let on = day("2025-06-10");
    let planned =
        || db.read(|conn| outlook(conn, &Among::All, on, &Settings::default())).expect("a plan").plan;
    let units: BTreeSet<UnitId> = planned().lines.iter().map(|line| line.unit).collect();
    crowd(&db, &units.into_iter().collect::<Vec<_>>(), size);
    let plan = planned();
    let expected: BTreeSet<(PersonId, ObligationId, i32)> = plan
        .people
        .iter()
        .flat_map(|(person, lines)| {
            let lines = lines.iter().map(|at| &plan.lines[*at]);
            lines.map(|line| (*person, line.obligation, line.step))
        })
        .collect();
    assert!(plan.people.len() > 1_000, "too few to be killed among: {}", plan.people.len());
    let count = || -> i64 { read(&db, |conn| digests::table.count().get_result(conn)) };
    let mut killed_in_the_middle = 0;
    for _ in 0..ROUNDS {
        let before = count();
        let first = Process::start_with(&database.url(), &LETTERS);
        let rival = Rival::start(&database, "10/6/2025");
        // As soon as somebody is told something any moment is as good as another.
        let started = Instant::now();
        while count() == before && !finished(&db, on) {
            assert!(started.elapsed() < Duration::from_secs(120), "nobody is told anything");
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(any_moment(40));
        first.kill();
        std::thread::sleep(any_moment(20));
        rival.kill();
        killed_in_the_middle += usize::from(count() > before && !finished(&db, on));
        a_minute_passes(&db);
    }
    let (first, second) =
        (Process::start_with(&database.url(), &LETTERS), Rival::start(&database, "10/6/2025"));
    let started = Instant::now();
    while !finished(&db, on) {
        assert!(started.elapsed() < Duration::from_secs(120), "the run is never finished");
        a_minute_passes(&db);
        std::thread::sleep(Duration::from_millis(200));
    }
    first.kill();
    second.kill();

    type Row = (PersonId, ObligationId, i32, String, NaiveDate);
    let said: Vec<Row> = read(&db, |conn| {
        use notices as n;
        n::table.select((n::person_id, n::obligation_id, n::step, n::channel, n::day)).load(conn)
    });
    for channel in ["app", "mail"] {
        let of: Vec<&Row> = said.iter().filter(|row| row.3 == channel).collect();
        let once: BTreeSet<(PersonId, ObligationId, i32)> =
            of.iter().map(|row| (row.0, row.1, row.2)).collect();
        assert_eq!(once.len(), of.len(), "{channel}: something was said twice");
        let wanted: BTreeSet<_> = match channel {
            "app" => expected.clone(),
            // Only the crowd has addresses, and some of the demo's people may.
            _ => expected.intersection(&once).copied().collect(),
        };
        assert_eq!(once, wanted, "{channel}");
    }
    let each: Vec<(PersonId, String)> =
        read(&db, |conn| digests::table.select((digests::person_id, digests::uid)).load(conn));
    let people: BTreeSet<PersonId> = each.iter().map(|row| row.0).collect();
    assert_eq!(people.len(), each.len(), "somebody has two digests");
    let uids: BTreeSet<&str> = each.iter().map(|row| row.1.as_str()).collect();
    let letters: Vec<(String, String)> =
        read(&db, |conn| mail_messages::table.select((mail_messages::uid, mail_messages::state)).load(conn));
    let of_letters: BTreeSet<&str> = letters.iter().map(|row| row.0.as_str()).collect();
    assert!(of_letters.len() == letters.len() && of_letters.is_subset(&uids) && letters.len() > 1_000);
    assert!(letters.iter().all(|row| row.1 == "waiting"), "nobody took one");
    println!(
        "{}: {} people told {} things once, killed {killed_in_the_middle} times of {ROUNDS} in the middle",
        database.backend(),
        each.len(),
        expected.len()
    );
    killed_in_the_middle
}
