//! The notices of a national installation: 4,000 units that owe five regimes, all due in a week. Prints how long the plan of the day
//! takes and how long the whole run, with every digest and notice written; asserts nothing. `cargo bench --bench notices`, or of
//! another size: `cargo bench --bench notices -- 400 5`. TONGHOP_BENCH_DATABASE_URL names an empty PostgreSQL database.

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::audit::By;
use tonghop::calendar::{Cycle, DueRule, Moment, Window};
use tonghop::db::ids::RegimeId;
use tonghop::db::schema::{
    digests, form_audiences, forms, notice_runs, notices, obligations, regimes, reports, routes,
};
use tonghop::db::{Conn, Db, Target};
use tonghop::error::Error;
use tonghop::load::{Size, load};
use tonghop::mail::Settings;
use tonghop::notices::queries::Among;
use tonghop::notices::run;
use tonghop::on_each;
use tonghop::periods::NewPeriod;
use tonghop::periods::open::open_period;

/// Plans measured; the middle one is printed.
const TIMES: usize = 7;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn morning(on: NaiveDate) -> Moment {
    Moment::local(on.and_hms_opt(7, 0, 0).expect("an hour"))
}

fn main() {
    let sizes: Vec<u32> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let units = sizes.first().copied().unwrap_or(4_000);
    let count = sizes.get(1).copied().unwrap_or(5);
    let folder = std::env::temp_dir().join(format!("tonghop-bench-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let url = std::env::var("TONGHOP_BENCH_DATABASE_URL")
        .unwrap_or_else(|_| format!("sqlite://{}", folder.join("bench.db").display()));
    let target = match Target::parse(&url).expect("an address of a database") {
        Target::Sqlite { path, .. } => Target::Sqlite { path, create: true },
        postgres @ Target::Postgres { .. } => postgres,
    };
    let db = Db::open(target, 4).expect("a database");
    db.migrate().expect("the schema");
    load(&db, Size { units, years: 1, indicators: 1, seed: 1 }).expect("a province");
    let first: RegimeId = read(&db, |conn| regimes::table.select(regimes::id).first(conn));
    for n in 0..count {
        let regime = if n == 0 { first } else { another(&db, first, n) };
        open(&db, regime);
    }
    let owed: i64 = read(&db, |conn| {
        obligations::table
            .inner_join(reports::table)
            .filter(reports::state.eq("not_begun"))
            .count()
            .get_result(conn)
    });
    let (settings, on) = (Settings::default(), day("2026-11-13"));
    let mut plans: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let started = Instant::now();
            let found = db.read(|conn| run::outlook(conn, &Among::All, on, &settings)).expect("a plan");
            assert!(found.plan.count() >= owed as usize / 2, "the plan is empty");
            started.elapsed()
        })
        .collect();
    plans.sort();
    let started = Instant::now();
    run::begin(&db, morning(on)).expect("the run begins");
    while !run::say(&db, &settings, morning(on)).expect("the run goes on") {}
    let whole = started.elapsed();
    let said: i64 = read(&db, |conn| notices::table.count().get_result(conn));
    let told: i64 = read(&db, |conn| digests::table.count().get_result(conn));
    let finished: i64 = read(&db, |conn| {
        notice_runs::table.filter(notice_runs::finished_at.is_not_null()).count().get_result(conn)
    });
    assert_eq!(finished, 1, "the run was not finished");
    println!("{}: {units} units, {count} regimes, {owed} reports not begun", db.backend());
    println!("plan of the day: {:.0} ms (middle of {TIMES})", millis(plans[TIMES / 2]));
    println!("whole run: {:.0} ms, {said} notices to {told} people", millis(whole));
    drop(std::fs::remove_dir_all(&folder));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn read<T>(db: &Db, f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    db.read(|conn| Ok::<_, Error>(f(conn)?)).expect("the database reads")
}

/// A regime with the routes of the first, and one form for everybody.
fn another(db: &Db, first: RegimeId, n: u32) -> RegimeId {
    db.write(|conn| {
        let (province, collector): (i64, i64) =
            regimes::table.find(first).select((regimes::province_id, regimes::collector_id)).first(conn)?;
        let id: RegimeId = on_each!(conn, |c| diesel::insert_into(regimes::table)
            .values((
                regimes::uid.eq(uuid::Uuid::now_v7().to_string()),
                regimes::code.eq(format!("che-do-{n}")),
                regimes::name.eq(format!("Chế độ thứ {n}")),
                regimes::province_id.eq(province),
                regimes::collector_id.eq(collector),
                regimes::addressee.eq("UBND tỉnh"),
                regimes::kind.eq("report"),
                regimes::rolling.eq(false),
                regimes::paper_rule.eq("later"),
                regimes::leader_step.eq(false),
            ))
            .returning(regimes::id)
            .get_result(c))?;
        type Route = (i64, i64, String, String);
        let all: Vec<Route> = routes::table
            .filter(routes::regime_id.eq(first))
            .select((routes::unit_id, routes::collector_id, routes::part, routes::mode))
            .load(conn)?;
        for (unit, collector, part, mode) in all {
            diesel::insert_into(routes::table)
                .values((
                    routes::regime_id.eq(id),
                    routes::unit_id.eq(unit),
                    routes::collector_id.eq(collector),
                    routes::part.eq(part),
                    routes::mode.eq(mode),
                ))
                .execute(conn)?;
        }
        let form: i64 = on_each!(conn, |c| diesel::insert_into(forms::table)
            .values((
                forms::uid.eq(uuid::Uuid::now_v7().to_string()),
                forms::regime_id.eq(id),
                forms::code.eq("chung"),
                forms::version.eq(1),
                forms::name.eq("Biểu chung"),
            ))
            .returning(forms::id)
            .get_result(c))?;
        for kind in ["police", "department", "mass_org", "commune"] {
            diesel::insert_into(form_audiences::table)
                .values((form_audiences::form_id.eq(form), form_audiences::kind_code.eq(kind)))
                .execute(conn)?;
        }
        Ok::<_, Error>(id)
    })
    .expect("another regime")
}

/// A period due on Friday 20/11/2026.
fn open(db: &Db, regime: RegimeId) {
    let new = NewPeriod {
        code: "2026-Y".into(),
        label: "Năm 2026".into(),
        cycle: Cycle::Year,
        year: 2026,
        window: Window::new(day("2025-12-15"), day("2026-11-14")),
        due: DueRule::By(day("2026-11-20")),
        due_basis: String::new(),
        lock_on: None,
        reference_on: day("2026-11-14"),
        form_code: None,
        units: None,
    };
    let moment = morning(day("2026-10-01"));
    db.write(|conn| open_period(conn, regime, &new, &By::command_line(), moment)).expect("a period");
}
