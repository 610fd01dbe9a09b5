//! The autumn of 2026 of an invented province of 99 communes, played day by day against a table made by hand: a last day on a
//! Saturday, one on a Sunday, one on a public holiday, a swapped Saturday, and units that send, are extended, exempt or amend.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::audit::By;
use tonghop::calendar::{Cycle, DueRule, Window};
use tonghop::db::Db;
use tonghop::db::ids::{RegimeId, ReportId};
use tonghop::db::schema::{calendar_days, digests, notices, obligations, periods, regimes, reports, units};
use tonghop::load::{Size, load};
use tonghop::mail::Settings;
use tonghop::periods::NewPeriod;
use tonghop::periods::open::open_period;

use super::{day, morning, read, run_day, write};
use crate::support::database::TestDatabase;

/// Units of the province; so many that 99 of them are communes.
const UNITS: u32 = 113;

fn open(db: &Db, code: &str, due: DueRule, (cycle, from, to): (Cycle, &str, &str)) {
    let regime: RegimeId = read(db, |conn| regimes::table.select(regimes::id).first(conn));
    let new = NewPeriod {
        code: code.into(),
        label: format!("Kỳ {code}"),
        cycle,
        year: 2026,
        window: Window::new(day(from), day(to)),
        due,
        due_basis: String::new(),
        lock_on: None,
        reference_on: day("2026-10-01"),
        form_code: None,
        units: None,
    };
    let moment = morning(day("2026-10-01"));
    db.write(|conn| open_period(conn, regime, &new, &By::command_line(), moment)).expect("the period opens");
}

fn report(db: &Db, unit: &str) -> ReportId {
    read(db, |conn| {
        reports::table
            .inner_join(obligations::table.inner_join(periods::table))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(units::code.eq(unit))
            .filter(periods::code.eq("2026-Y"))
            .select(reports::id)
            .first(conn)
    })
}

/// What the units do, each after the notices of its day.
fn happens(db: &Db, on: NaiveDate) {
    let sent = |unit: &str| {
        let id = report(db, unit);
        write(db, |conn| {
            diesel::update(reports::table.find(id))
                .set((
                    reports::state.eq("sent"),
                    reports::first_sent_at.eq(Some(morning(on).at)),
                    reports::first_due_on.eq(Some(day("2026-11-14"))),
                ))
                .execute(conn)
        });
    };
    let stands = |unit: &str, standing: &str, until: Option<NaiveDate>| {
        let id = report(db, unit);
        write(db, |conn| {
            let of = reports::table.find(id).select(reports::obligation_id);
            let of: tonghop::db::ids::ObligationId = of.first(conn)?;
            diesel::update(obligations::table.find(of))
                .set((obligations::standing.eq(standing), obligations::extended_to.eq(until)))
                .execute(conn)
        });
    };
    match on.to_string().as_str() {
        "2026-11-02" => stands("xa0004", "exempt", None),
        "2026-11-10" => stands("xa0003", "nil", None),
        // In the morning of the 12th nothing falls for them: they send before the word of the 13th.
        "2026-11-12" => ["xa0001", "xa0005"].into_iter().for_each(sent),
        "2026-11-13" => {
            stands("xa0002", "owed", Some(day("2026-11-20")));
            let id = report(db, "xa0005");
            write(db, |conn| {
                diesel::update(reports::table.find(id))
                    .set((reports::state.eq("amend"), reports::amend_due_on.eq(Some(day("2026-11-19")))))
                    .execute(conn)
            });
        }
        _ => {}
    }
}

#[test]
fn every_notice_of_the_autumn_is_in_the_table_made_by_hand() {
    let database = TestDatabase::empty();
    let db = database.open();
    load(&db, Size { units: UNITS, years: 1, indicators: 1, seed: 7 }).expect("the province loads");
    write(&db, |conn| {
        for (on, kind) in
            [("2026-11-24", "holiday"), ("2026-11-23", "swapped_off"), ("2026-11-21", "swapped_work")]
        {
            diesel::insert_into(calendar_days::table)
                .values((
                    calendar_days::day.eq(day(on)),
                    calendar_days::kind.eq(kind),
                    calendar_days::name.eq("ngày của năm 2026"),
                    calendar_days::source.eq("thử"),
                    calendar_days::confirmed.eq(true),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
    open(&db, "2026-Y", DueRule::Before(day("2026-11-15")), (Cycle::Year, "2025-12-15", "2026-11-10"));
    open(&db, "2026-DX1", DueRule::By(day("2026-11-15")), (Cycle::AdHoc, "2026-01-01", "2026-03-31"));
    open(&db, "2026-DX2", DueRule::Before(day("2026-11-25")), (Cycle::AdHoc, "2026-04-01", "2026-10-31"));
    for on in day("2026-10-20").iter_days().take(60) {
        run_day(&db, &Settings::default(), on);
        happens(&db, on);
    }

    // Every unit's notices, by period and aim.
    type Row = (String, String, String, NaiveDate, i32);
    let said: BTreeSet<Row> = read(&db, |conn| {
        use notices as n;
        n::table
            .inner_join(periods::table.on(periods::id.eq(n::period_id)))
            .inner_join(units::table.on(units::id.eq(n::unit_id)))
            .select((periods::code, units::code, n::aim, n::day, n::step))
            .load::<Row>(conn)
    })
    .into_iter()
    .collect();
    let table = include_str!("year_2026.csv");
    type Said<'a> = Vec<(&'a str, NaiveDate, i32)>;
    let mut by_unit: BTreeMap<(&str, &str), Said<'_>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let one = (cells[2], day(cells[3]), cells[4].parse().expect("a step"));
        by_unit.entry((cells[0], cells[1])).or_default().push(one);
    }
    let all: Vec<String> = read(&db, |conn| {
        units::table
            .inner_join(obligations::table.on(obligations::unit_id.eq(units::id)))
            .select(units::code)
            .distinct()
            .load(conn)
    });
    let communes = all.iter().filter(|code| code.starts_with("xa")).count();
    assert_eq!((all.len(), communes == 99), (UNITS as usize, true), "{communes} communes");
    let mut expected: BTreeSet<Row> = BTreeSet::new();
    for period in ["2026-Y", "2026-DX1", "2026-DX2"] {
        for unit in &all {
            let own = by_unit.get(&(period, unit.as_str())).unwrap_or_else(|| &by_unit[&(period, "*")]);
            expected.extend(
                own.iter()
                    .map(|(aim, on, step)| (period.into(), unit.clone(), (*aim).to_owned(), *on, *step)),
            );
        }
    }
    let (missing, strange): (Vec<_>, Vec<_>) =
        (expected.difference(&said).collect(), said.difference(&expected).collect());
    assert!(missing.is_empty() && strange.is_empty(), "missing {missing:#?}, strange {strange:#?}");
    // However many reports a unit owes, its officer gets one digest a day.
    let days: BTreeSet<NaiveDate> = expected.iter().map(|row| row.3).collect();
    let most: i64 =
        read(&db, |conn| digests::table.filter(digests::day.eq(day("2026-11-13"))).count().get_result(conn));
    assert_eq!((days.len() > 12, usize::try_from(most).ok()), (true, Some(UNITS as usize)));
}
