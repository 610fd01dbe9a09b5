//! Lũy kế: what the year so far adds up to, and the marks ("ước", "gần", "hơn") of the periods it is made of, against the
//! received figures of both halves taken one by one.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::calendar::Clock;
use tonghop::consolidation::as_received;
use tonghop::consolidation::content::EditionContent;
use tonghop::db::DbError;
use tonghop::db::ids::{PeriodId, UnitId};
use tonghop::db::schema::{indicators, obligations, people, periods, reports, revision_figures};
use tonghop::indicators::{PeriodRule, UnitRule};
use tonghop::load::{Size, load};
use tonghop::vietnamese::Qualifier;

use crate::support::app::TestApp;

/// A number, whether it is an estimate, and whether it was rounded.
type Said = (i64, bool, bool);

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 12, 20).expect("a day")
}

/// A province whose reports of the year are made those of its second half.
fn two_halves(app: &TestApp) -> [PeriodId; 2] {
    load(&app.db, Size { units: 14, years: 1, indicators: 200, seed: 7 }).expect("the province loads");
    app.db
        .write(|conn| {
            let of =
                |cycle: &'static str| periods::table.filter(periods::cycle.eq(cycle)).select(periods::id);
            let (first, second): (PeriodId, PeriodId) = (of("H1").first(conn)?, of("Y").first(conn)?);
            let begins = NaiveDate::from_ymd_opt(2025, 6, 15);
            let changed = diesel::update(periods::table.find(second))
                .set((periods::cycle.eq("H2"), periods::window_from.eq(begins)))
                .execute(conn)?;
            assert_eq!(changed, 1);
            Ok::<_, DbError>([first, second])
        })
        .expect("two halves")
}

fn content(app: &TestApp, period: PeriodId) -> EditionContent {
    let content = app.db.read(|conn| {
        let of = people::table.filter(people::username.eq("tonghop")).select(people::id);
        let person = of.first(conn)?;
        let actor = tonghop::people::queries::actor(conn, person, day())?;
        let (period, regime) = tonghop::periods::queries::period(conn, &actor.scope(), period)?;
        let collector = regime.collector_id;
        as_received(conn, &period, &regime, collector, Clock::fixed(day()).moment())
    });
    content.expect("the figures")
}

/// What every unit gave of every indicator in the first half and in the second.
fn received(app: &TestApp, halves: [PeriodId; 2]) -> HashMap<String, HashMap<UnitId, [Option<Said>; 2]>> {
    type Row = (String, PeriodId, UnitId, Option<i64>, bool, String);
    let rows: Vec<Row> = app
        .db
        .read(|conn| {
            let of = revision_figures::table
                .inner_join(indicators::table.on(indicators::id.eq(revision_figures::indicator_id)))
                .inner_join(
                    reports::table
                        .on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
                )
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .filter(revision_figures::counts.eq(true));
            let columns = (
                indicators::code,
                obligations::period_id,
                obligations::unit_id,
                revision_figures::value,
                revision_figures::estimate,
                revision_figures::qualifier,
            );
            Ok::<_, DbError>(of.select(columns).load(conn)?)
        })
        .expect("the figures");
    let mut found: HashMap<String, HashMap<UnitId, [Option<Said>; 2]>> = HashMap::new();
    for (code, period, unit, value, estimate, qualifier) in rows {
        let at = halves.iter().position(|half| *half == period).expect("one of the two");
        let rounded = Qualifier::from_code(&qualifier).expect("a word") != Qualifier::Exact;
        // Zero is nobody's estimate.
        let said = value.map(|value| (value, estimate && value != 0, rounded && value != 0));
        found.entry(code).or_default().entry(unit).or_default()[at] = said;
    }
    found
}

/// One unit over the year, by the rule of the indicator.
fn over_the_year(rule: PeriodRule, [first, second]: [Option<Said>; 2]) -> Option<Said> {
    let both = match (first, second) {
        (Some(a), Some(b)) => Some((a.0 + b.0, a.1 || b.1, a.2 || b.2)),
        (one, other) => one.or(other),
    };
    match rule {
        PeriodRule::Flow => both,
        PeriodRule::Max => {
            let largest = first.iter().chain(&second).map(|said| said.0).max();
            both.zip(largest).map(|((_, estimate, rounded), largest)| (largest, estimate, rounded))
        }
        PeriodRule::Stock => second,
        PeriodRule::YearToDate => second.or(first),
        PeriodRule::Ratio => None,
    }
}

#[test]
fn the_year_so_far_keeps_the_marks_of_its_periods() {
    let app = TestApp::empty_on(day());
    let halves = two_halves(&app);
    let content = content(&app, halves[1]);
    let received = received(&app, halves);
    let rules: Vec<(String, String)> = app
        .db
        .read(|conn| {
            Ok::<_, DbError>(
                indicators::table.select((indicators::code, indicators::period_rule)).load(conn)?,
            )
        })
        .expect("the catalogue");
    let rules: HashMap<String, PeriodRule> =
        rules.into_iter().map(|(code, rule)| (code, rule.parse().expect("a rule"))).collect();
    let (mut lines, mut brought, mut left) = (0, 0, 0);
    for (_, line) in content.lines().filter(|(_, line)| line.rule != UnitRule::Ratio) {
        let rule = rules[&line.code];
        let units = received.get(&line.code).cloned().unwrap_or_default();
        let year: Vec<Said> = units.values().filter_map(|halves| over_the_year(rule, *halves)).collect();
        let value = match line.rule {
            UnitRule::Max => year.iter().map(|said| said.0).max(),
            UnitRule::CountTrue => {
                let yes = year.iter().filter(|said| said.0 != 0).count();
                i64::try_from(yes).ok().filter(|_| !year.is_empty())
            }
            _ => (!year.is_empty()).then(|| year.iter().map(|said| said.0).sum()),
        };
        let marks = (year.iter().any(|said| said.1), year.iter().any(|said| said.2));
        let so_far = line.cumulative.unwrap_or_else(|| panic!("{}: no year so far", line.code));
        assert_eq!(
            (so_far.n as usize, so_far.value, (so_far.estimated, so_far.approximate)),
            (year.len(), value, marks),
            "{} by {rule}",
            line.code
        );
        let now = (line.total.estimated, line.total.approximate);
        let first = units.values().filter_map(|halves| halves[0]);
        lines += 1;
        // Marks of the first half alone; and those of a stock's first half, which the year does not have.
        brought += usize::from(marks != now);
        left += usize::from(
            rule == PeriodRule::Stock
                && first.clone().any(|said| said.1 || said.2)
                && marks == (false, false),
        );
    }
    assert!(
        lines > 40 && brought > 0 && left > 0,
        "{lines} lines, {brought} brought marks, {left} left theirs"
    );
}
