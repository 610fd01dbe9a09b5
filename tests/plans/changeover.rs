//! Holders that change: on every day the task is held by whoever the last edit up to that day said.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tonghop::db::DbError;
use tonghop::db::ids::{AssignmentId, TaskId, UnitId};
use tonghop::db::schema::assignments;
use tonghop::plans::{Assignment, Changeover, Mode, Part, queries};

use super::tasks::clause;
use super::{COMPILER, plan, tasks_on, unit, version};
use crate::support::app::{TestApp, demo_day};

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + Days::new(offset)
}

fn row(id: i64, unit: i64, valid_from: Option<NaiveDate>, recorded_on: Option<NaiveDate>) -> Assignment {
    Assignment {
        id: AssignmentId(id),
        task_id: TaskId(1),
        unit_id: Some(UnitId(unit)),
        function_id: None,
        group_kind: None,
        part: Part::Lead,
        mode: Mode::Assign,
        valid_from,
        valid_to: None,
        recorded_on,
    }
}

/// Applies one edit to rows in memory, as the verb does to the table.
fn edit(rows: &mut Vec<Assignment>, on: NaiveDate, wanted: &BTreeSet<i64>, next: &mut i64) {
    let named = |row: &Assignment| row.unit_id.is_some_and(|unit| wanted.contains(&unit.0));
    let had: BTreeSet<i64> =
        rows.iter().filter(|r| r.holds_on(on)).filter_map(|r| r.unit_id).map(|unit| unit.0).collect();
    let change = Changeover::on(on, rows, named);
    rows.retain(|row| !change.remove.contains(&row.id));
    for row in rows.iter_mut().filter(|row| change.close.contains(&row.id)) {
        row.valid_to = on.pred_opt();
    }
    for unit in wanted.difference(&had) {
        *next += 1;
        rows.push(row(*next, *unit, change.from, Some(on)));
    }
}

proptest! {
    #[test]
    fn every_day_keeps_its_own_holders(
        loaded in any::<bool>(),
        first in prop::collection::btree_set(0i64..4, 1..4),
        edits in prop::collection::vec((0u64..3, prop::collection::btree_set(0i64..4, 1..4)), 0..8),
    ) {
        let mut next = 100;
        let entered = (!loaded).then(|| day(10));
        let mut rows: Vec<Assignment> =
            first.iter().map(|unit| row(*unit, *unit, None, entered)).collect();
        // Who holds on each day, told edit by edit: an edit speaks for its day and all that follow; while the task
        // is entered on one day, also for the days before.
        let mut told: Vec<BTreeSet<i64>> = vec![first; 40];
        let mut today = 10;
        for (later, wanted) in edits {
            today += later;
            edit(&mut rows, day(today), &wanted, &mut next);
            let since = if !loaded && today == 10 { 0 } else { usize::try_from(today).expect("small") };
            for held in &mut told[since..] {
                held.clone_from(&wanted);
            }
        }
        for (offset, held) in (0u64..).zip(&told) {
            let on: Vec<i64> =
                rows.iter().filter(|r| r.holds_on(day(offset))).filter_map(|r| r.unit_id).map(|u| u.0).collect();
            let once: BTreeSet<i64> = on.iter().copied().collect();
            prop_assert_eq!(on.len(), once.len(), "nobody holds twice on day {}", offset);
            prop_assert_eq!(&once, held, "on day {}", offset);
        }
    }
}

#[test]
fn changing_the_holder_leaves_january_as_it_was() {
    let app = TestApp::demo();
    let (id, compiler) = (plan(&app.db), app.client(COMPILER));
    let [task] = tasks_on(&app.db, "III.4")[..] else { panic!("one task") };
    let (old, new) = (unit(&app.db, "bg.taichinh"), unit(&app.db, "bg.khcn"));
    let holders = |on: NaiveDate| -> Vec<UnitId> {
        app.db
            .read(|conn| {
                let held = queries::tasks_held(conn, &[old, new], on, Some(&[id]))?;
                Ok::<_, DbError>(held.into_iter().filter(|h| h.task_id == task).map(|h| h.unit_id).collect())
            })
            .expect("holders")
    };
    let (january, today) = (day(20), demo_day());
    assert_eq!((holders(january), holders(today)), (vec![old], vec![old]));
    let on = clause(&app, "III.4").to_string();
    let change = |to: UnitId| {
        let (seen, who) = (version(&app.db, id), format!("unit:{to}"));
        let typed = [
            ("version", seen.as_str()),
            ("clause", on.as_str()),
            ("text", "Bố trí kinh phí"),
            ("rows", "1"),
            ("who_0", who.as_str()),
            ("part_0", "lead"),
            ("mode_0", "assign"),
        ];
        compiler.post(&format!("/tasks/{task}"), &typed).redirected();
    };
    let rows = || -> i64 {
        let of = assignments::table.filter(assignments::task_id.eq(task)).count();
        app.db.read(|conn| Ok::<_, DbError>(of.get_result(conn)?)).expect("a count")
    };
    change(unit(&app.db, "bg.chu"));
    change(new);
    assert_eq!((holders(january), holders(today)), (vec![old], vec![new]));
    assert_eq!(rows(), 2, "the slip of the same day is gone");
    let html = compiler.get(&format!("/tasks/{task}/edit")).ok();
    assert!(html.contains(&format!("value=\"unit:{new}\" selected")));
    assert!(!html.contains(&format!("value=\"unit:{old}\" selected")));
}
