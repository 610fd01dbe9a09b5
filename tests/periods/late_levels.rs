//! Who collects anew when a running period is opened late: days by hand, and against a walk from body to body.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::calendar::{DueRule, Holidays};
use tonghop::db::ids::UnitId;
use tonghop::db::schema::{obligation_decisions, obligations, period_levels, routes};
use tonghop::error::Error;
use tonghop::periods::late_levels::Ladder;
use tonghop::periods::levels::Upward;

use crate::support::app::TestApp;

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, m, d).expect("a day")
}

fn up(unit: i64, collector: i64) -> Upward {
    Upward { unit_id: UnitId(unit), collector_id: UnitId(collector), mode: "assign".into() }
}

fn ladder(known: &[(i64, NaiveDate)], upward: &[Upward], leads: &[(i64, i32)]) -> Ladder {
    Ladder {
        top: UnitId(1),
        due: DueRule::By(day(6, 17)),
        known: known.iter().map(|(id, day)| (UnitId(*id), DueRule::By(*day))).collect(),
        upward: upward.to_vec(),
        leads: leads.iter().map(|(id, n)| (UnitId(*id), *n)).collect(),
    }
}

#[test]
fn a_collector_that_comes_in_late_has_its_working_days() {
    // 17/6/2025 is a Tuesday; the 14th and 15th, the 21st and 22nd are week-ends.
    let holidays = Holidays::default();
    let added =
        |ladder: &Ladder, collector: i64, last: Option<NaiveDate>| -> Vec<(i64, i64, NaiveDate, NaiveDate)> {
            let levels = ladder.added(UnitId(collector), last, &holidays);
            let day = |due: DueRule| due.last_day().expect("a day");
            levels.iter().map(|l| (l.collector.0, l.upper.0, day(l.due), day(l.above))).collect()
        };
    let one = ladder(&[], &[up(2, 1), up(3, 2)], &[]);
    assert_eq!(added(&one, 2, None), [(2, 1, day(6, 16), day(6, 17))], "as if opened with the period");
    assert_eq!(
        added(&one, 2, Some(day(6, 13))),
        [(2, 1, day(6, 13), day(6, 17))],
        "an earlier day moves nothing"
    );
    assert_eq!(
        added(&one, 2, Some(day(6, 20))),
        [(2, 1, day(6, 20), day(6, 23))],
        "the Monday after that Friday"
    );
    assert_eq!(
        added(&one, 3, Some(day(6, 20))),
        [(2, 1, day(6, 23), day(6, 24)), (3, 2, day(6, 20), day(6, 23))],
        "each hands the later day on"
    );
    assert!(added(&one, 1, Some(day(6, 20))).is_empty(), "the top collects already");
    let known = ladder(&[(2, day(6, 12))], &[up(2, 1), up(3, 2)], &[(3, 2)]);
    assert!(added(&known, 2, None).is_empty());
    assert_eq!(
        added(&known, 3, None),
        [(3, 2, day(6, 10), day(6, 12))],
        "before the day its upper body was told"
    );
    assert!(added(&known, 9, None).is_empty(), "whose way leads nowhere");
    assert!(!known.arrives(UnitId(9)) && known.arrives(UnitId(3)) && known.arrives(UnitId(1)));
    let undated = Ladder { due: DueRule::Undated, ..ladder(&[], &[up(2, 1)], &[]) };
    let levels = undated.added(UnitId(2), None, &holidays);
    assert_eq!((levels[0].due, levels[0].above), (DueRule::Undated, DueRule::Undated));
}

proptest! {
    #[test]
    fn the_way_is_the_naive_walk(
        upper in prop::collection::vec(0i64..9, 8),
        known in prop::collection::btree_set(2i64..9, 0..4),
        start in 1i64..9,
        last in prop::option::of(0u64..40),
        leads in prop::collection::vec(0i32..4, 8),
    ) {
        let holidays = Holidays::default();
        let upward: Vec<Upward> = (2..).zip(&upper).filter(|(_, to)| **to > 0).map(|(unit, to)| up(unit, *to)).collect();
        let leads: Vec<(i64, i32)> = (1..).zip(leads).collect();
        let known: Vec<(i64, NaiveDate)> = known.into_iter().map(|id| (id, day(6, 10))).collect();
        let ladder = ladder(&known, &upward, &leads);
        // From body to body until the top, or a circle, or nowhere.
        let (mut at, mut path) = (start, Vec::new());
        let arrives = loop {
            if at == 1 { break true; }
            if path.contains(&at) { break false; }
            path.push(at);
            match upward.iter().find(|u| u.unit_id.0 == at) {
                Some(u) => at = u.collector_id.0,
                None => break false,
            }
        };
        let is_known = |id: i64| known.iter().any(|(other, _)| *other == id);
        prop_assert_eq!(ladder.arrives(UnitId(start)), arrives || is_known(start));
        let last = last.map(|n| day(6, 1) + Days::new(n));
        let added = ladder.added(UnitId(start), last, &holidays);
        let wanted: Vec<i64> = match arrives && !is_known(start) {
            true => path.iter().rev().copied().filter(|id| !is_known(*id)).collect(),
            false => vec![],
        };
        let found: Vec<i64> = added.iter().map(|level| level.collector.0).collect();
        prop_assert_eq!(found, wanted);
        let leads: HashMap<i64, i32> = leads.into_iter().collect();
        for level in &added {
            let (due, above) = (level.due.last_day().expect("a day"), level.above.last_day().expect("a day"));
            prop_assert!(due <= above, "{:?}", level);
            let worked = due.iter_days().take_while(|d| *d <= above).filter(|d| holidays.is_working_day(*d)).count();
            prop_assert!(worked >= leads[&level.collector.0].unsigned_abs() as usize, "{:?}", level);
            if level.collector.0 == start {
                prop_assert!(last.is_none_or(|last| last == due));
            }
        }
        for pair in added.windows(2) {
            if pair[1].upper == pair[0].collector {
                prop_assert!(pair[1].above.last_day() <= pair[0].due.last_day(), "{:?}", pair);
            }
        }
    }
}

#[test]
fn opening_for_a_unit_makes_its_collector_collect() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = crate::periods::period(&app, "bac-giang", "2025-DX1");
    let unit = |code: &str| -> UnitId {
        use tonghop::db::schema::units;
        let of = units::table.filter(units::code.eq(code));
        app.db.read(|conn| Ok::<_, Error>(of.select(units::id).first(conn)?)).expect("a unit")
    };
    let (body, collector) = (unit("bg.nongdan"), unit("bg.mttq"));
    // From today on the association sends through the front.
    app.db
        .write(|conn| {
            use tonghop::db::schema::obligations as o;
            let regime = crate::periods::regime(&app, "bac-giang");
            diesel::delete(
                routes::table.filter(routes::regime_id.eq(regime)).filter(routes::unit_id.eq(body)),
            )
            .execute(conn)?;
            diesel::delete(
                routes::table
                    .filter(routes::regime_id.eq(regime))
                    .filter(routes::unit_id.eq(collector))
                    .filter(routes::part.eq("consolidated")),
            )
            .execute(conn)?;
            let top: UnitId = o::table.filter(o::period_id.eq(period)).select(o::collector_id).first(conn)?;
            for (from, to, part) in [(body, collector, "own"), (collector, top, "consolidated")] {
                diesel::insert_into(routes::table)
                    .values((
                        routes::regime_id.eq(regime),
                        routes::unit_id.eq(from),
                        routes::collector_id.eq(to),
                        routes::mode.eq("request"),
                        routes::part.eq(part),
                    ))
                    .execute(conn)?;
            }
            Ok::<_, Error>(())
        })
        .expect("the routes");
    let made = || -> Vec<(String, UnitId, Option<NaiveDate>)> {
        let of = obligations::table
            .filter(obligations::period_id.eq(period))
            .filter(obligations::unit_id.eq(body).or(obligations::part.eq("consolidated")))
            .order(obligations::id)
            .select((obligations::part, obligations::collector_id, obligations::stated_on));
        app.db.read(|conn| Ok::<_, Error>(of.load(conn)?)).expect("obligations")
    };
    assert!(made().is_empty());
    let at = format!("/periods/{period}/late-opening");
    assert!(compiler.get(&at).ok().contains(&format!("<option value=\"{body}\"")));
    let id = body.to_string();
    compiler.post(&at, &[("unit", &id), ("due_on", "13/6/2025"), ("reason", "Mới có tuyến")]).redirected();
    let made = made();
    assert_eq!(made.len(), 2, "{made:?}");
    assert_eq!((made[0].0.as_str(), made[0].1, made[0].2), ("own", collector, Some(day(6, 13))));
    assert_eq!(made[1].0, "consolidated");
    assert_eq!(made[1].2, Some(day(6, 16)), "a working day after the unit's Friday");
    let (levels, decisions): (i64, i64) = app
        .db
        .read(|conn| {
            let levels = period_levels::table.filter(period_levels::period_id.eq(period));
            let late = obligation_decisions::table.filter(obligation_decisions::kind.eq("late_opening"));
            Ok::<_, Error>((levels.count().get_result(conn)?, late.count().get_result(conn)?))
        })
        .expect("counts");
    assert_eq!((levels, decisions), (1, 2));
    // The front collects in the period now, and sees what is owed to it.
    let page = app.client("canbo.mttq.bacgiang").get(&format!("/periods/{period}")).ok();
    assert!(page.contains("Nông dân"), "{page}");
}
