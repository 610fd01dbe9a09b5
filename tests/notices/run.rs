//! The daily run: folded after a stop, none twice, nothing for who has answered; new people and moved days tell no old news.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use tonghop::calendar::Clock;
use tonghop::db::Db;
use tonghop::db::ids::{ObligationId, PersonId};
use tonghop::db::schema::{
    calendar_days, digests, jobs, memberships, notice_runs, notices, obligations, people, periods, regimes,
    reports, units,
};
use tonghop::jobs::{Runner, Work};
use tonghop::mail::Settings;
use tonghop::notices::queries::Among;
use tonghop::notices::run::{DAY, DailyRun, outlook};

use super::{day, morning, read, run_day, told, write};
use crate::support::database::TestDatabase;

const OFFICER: &str = "canbo.khcn.bacgiang";

/// What Sở KH&CN of the demo owes for a period of its regime.
pub fn owed(db: &Db, code: &str, unit: &str) -> ObligationId {
    read(db, |conn| {
        obligations::table
            .inner_join(periods::table.inner_join(regimes::table))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(regimes::code.eq("bac-giang"))
            .filter(periods::code.eq(code))
            .filter(units::code.eq(unit))
            .filter(obligations::part.eq("own"))
            .select(obligations::id)
            .first(conn)
    })
}

fn said(db: &Db, of: ObligationId) -> Vec<(NaiveDate, i32)> {
    told(db, OFFICER).into_iter().filter(|row| row.1 == of).map(|row| (row.0, row.2)).collect()
}

#[test]
fn after_a_stop_the_latest_is_said_once_and_nothing_old() {
    let database = TestDatabase::demo();
    let db = database.open();
    let half = owed(&db, "2025-H1", "bg.khcn");
    // The half-year is due on Tuesday 17/6/2025; the server stands still from the 5th to the 16th.
    for on in ["2025-06-02", "2025-06-05", "2025-06-16", "2025-06-17", "2025-06-18"] {
        run_day(&db, &Settings::default(), day(on));
    }
    let expected = [("2025-06-02", -15), ("2025-06-16", -1), ("2025-06-17", 0), ("2025-06-18", 1)]
        .map(|(on, step)| (day(on), step));
    assert_eq!(said(&db, half), expected);
    let after: Option<NaiveDate> = read(&db, |conn| {
        notice_runs::table.find(day("2025-06-16")).select(notice_runs::after_day).first(conn)
    });
    assert_eq!(after, Some(day("2025-06-05")));
}

#[test]
fn what_warns_is_not_said_when_the_time_is_over() {
    let database = TestDatabase::demo();
    let db = database.open();
    let half = owed(&db, "2025-H1", "bg.khcn");
    write(&db, |conn| {
        let regime = periods::table.inner_join(obligations::table).filter(obligations::id.eq(half));
        let regime: tonghop::db::ids::RegimeId = regime.select(periods::regime_id).first(conn)?;
        tonghop::notices::queries::keep_steps(
            conn,
            regime,
            &tonghop::notices::Steps::new([-1, 7]).expect("steps"),
            0,
        )
    });
    run_day(&db, &Settings::default(), day("2025-06-13"));
    // Monday's notice was missed, on Wednesday the report is overdue and its own notice still to come.
    run_day(&db, &Settings::default(), day("2025-06-18"));
    run_day(&db, &Settings::default(), day("2025-06-24"));
    assert_eq!(said(&db, half), [(day("2025-06-24"), 7)]);
}

#[test]
fn on_a_day_off_nothing_is_said_and_nothing_is_lost() {
    let database = TestDatabase::demo();
    let db = database.open();
    let half = owed(&db, "2025-H1", "bg.khcn");
    write(&db, |conn| {
        diesel::insert_into(calendar_days::table)
            .values((
                calendar_days::day.eq(day("2025-06-17")),
                calendar_days::kind.eq("swapped_off"),
                calendar_days::name.eq("Nghỉ hoán đổi"),
                calendar_days::source.eq("thử"),
                calendar_days::confirmed.eq(true),
            ))
            .execute(conn)
    });
    for on in ["2025-06-13", "2025-06-16", "2025-06-17", "2025-06-18"] {
        run_day(&db, &Settings::default(), day(on));
    }
    // -1 and 0 both move to Monday the 16th and are one.
    // -3 lies on Saturday the 14th and comes on Friday.
    let expected = [("2025-06-13", -3), ("2025-06-16", 0), ("2025-06-18", 1)];
    assert_eq!(said(&db, half), expected.map(|(on, step)| (day(on), step)));
}

#[test]
fn who_has_answered_is_not_told_and_who_comes_later_hears_no_old_news() {
    let database = TestDatabase::demo();
    let db = database.open();
    let half = owed(&db, "2025-H1", "bg.khcn");
    run_day(&db, &Settings::default(), day("2025-06-10"));
    assert_eq!(said(&db, half), [(day("2025-06-10"), -7)]);
    // A colleague joins on the 12th.
    let colleague: PersonId = write(&db, |conn| {
        let unit: tonghop::db::ids::UnitId =
            units::table.filter(units::code.eq("bg.khcn")).select(units::id).first(conn)?;
        let person: PersonId = people::table
            .filter(people::username.eq("canbo.tttt.bacgiang"))
            .select(people::id)
            .first(conn)?;
        diesel::insert_into(memberships::table)
            .values((
                memberships::person_id.eq(person),
                memberships::unit_id.eq(unit),
                memberships::role.eq("officer"),
                memberships::title.eq("Chuyên viên"),
                memberships::valid_from.eq(day("2025-06-12")),
            ))
            .execute(conn)?;
        Ok(person)
    });
    run_day(&db, &Settings::default(), day("2025-06-12"));
    let of_colleague = |db: &Db| -> Vec<i32> {
        read(db, |conn| {
            notices::table
                .filter(notices::person_id.eq(colleague))
                .filter(notices::obligation_id.eq(half))
                .select(notices::step)
                .load(conn)
        })
    };
    assert_eq!(of_colleague(&db), Vec::<i32>::new());
    // An extension granted on the 13th moves everything; what lies behind is not said again.
    write(&db, |conn| {
        diesel::update(obligations::table.find(half))
            .set(obligations::extended_to.eq(Some(day("2025-06-20"))))
            .execute(conn)
    });
    run_day(&db, &Settings::default(), day("2025-06-13"));
    run_day(&db, &Settings::default(), day("2025-06-16"));
    assert_eq!(said(&db, half), [(day("2025-06-10"), -7), (day("2025-06-13"), -7)]);
    run_day(&db, &Settings::default(), day("2025-06-17"));
    assert_eq!(of_colleague(&db), [-7, -3]);
    // The report is sent on the 18th: no word more.
    write(&db, |conn| {
        diesel::update(reports::table.filter(reports::obligation_id.eq(half)))
            .set((reports::state.eq("sent"), reports::first_sent_at.eq(Some(morning(day("2025-06-18")).at))))
            .execute(conn)
    });
    for on in ["2025-06-19", "2025-06-20", "2025-06-23", "2025-06-27"] {
        run_day(&db, &Settings::default(), day(on));
    }
    assert_eq!(said(&db, half).last(), Some(&(day("2025-06-17"), -3)));
}

#[test]
fn the_clock_asks_once_a_day_however_many_servers_look() {
    let database = TestDatabase::demo();
    let first = database.open();
    let works = |_: usize| -> Vec<Box<dyn Work>> { vec![Box::new(DailyRun::new(Settings::default()))] };
    let clock = Clock::fixed(day("2025-06-10"));
    std::thread::scope(|scope| {
        for n in 0..4 {
            let db = database.open();
            scope.spawn(move || {
                let runner = Runner::new(db, clock, works(n));
                for _ in 0..5 {
                    runner.ask();
                    while runner.turn().unwrap_or(true) {}
                }
            });
        }
    });
    let asked: i64 = read(&first, |conn| jobs::table.filter(jobs::kind.eq(DAY)).count().get_result(conn));
    assert_eq!(asked, 1);
    let each: Vec<(PersonId, NaiveDate)> =
        read(&first, |conn| digests::table.select((digests::person_id, digests::day)).load(conn));
    let mut once = each.clone();
    once.sort();
    once.dedup();
    assert_eq!((once.len(), each.len() > 10), (each.len(), true));
    let plan = first
        .read(|conn| outlook(conn, &Among::All, day("2025-06-10"), &Settings::default()))
        .expect("a plan");
    assert_eq!(plan.plan.people.len(), each.len());
    assert!(plan.run.is_some_and(|run| run.finished_at.is_some()));
}

/// Letters wait an hour at most for a server that is back; outside the hours of notices nobody is told anything.
#[test]
fn outside_the_hours_nothing_begins() {
    let database = TestDatabase::demo();
    let db = database.open();
    let settings = Settings { hours: tonghop::mail::Hours { from: 7, to: 18 }, ..Settings::default() };
    let work = DailyRun::new(settings);
    let on = day("2025-06-10");
    for (hour, begun) in [(6, 0), (18, 0), (7, 1)] {
        let at = on.and_hms_opt(hour, 30, 0).expect("an hour");
        work.ask(&db, tonghop::calendar::Moment::local(at)).expect("it asks");
        let runs: i64 = read(&db, |conn| notice_runs::table.count().get_result(conn));
        assert_eq!(runs, begun, "{hour}");
    }
    work.ask(
        &db,
        tonghop::calendar::Moment::local((on + TimeDelta::days(4)).and_hms_opt(9, 0, 0).expect("an hour")),
    )
    .expect("it asks");
    let runs: i64 = read(&db, |conn| notice_runs::table.count().get_result(conn));
    assert_eq!(runs, 1, "the 14th is a Saturday");
}
