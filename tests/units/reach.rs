//! Reach against a naive transitive closure, and the cases people argue about, by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::db::schema::{people, unit_change_lines, unit_changes, units};
use tonghop::db::{Conn, DbError};
use tonghop::people::queries::actor;
use tonghop::units::reach::{Facts, Reach, Relation, compute, rebuild};

use crate::support::app::TestApp;

fn facts(units: i64, ended: &[i64], parents: &[(i64, i64)], successions: &[(i64, i64)]) -> Facts {
    let pair = |&(a, b): &(i64, i64)| (UnitId(a), UnitId(b));
    Facts {
        units: (0..units).map(UnitId).collect(),
        ended: ended.iter().copied().map(UnitId).collect(),
        parents: parents.iter().map(pair).collect(),
        successions: successions.iter().map(pair).collect(),
    }
}

/// What one unit reaches, as plain numbers.
fn of(facts: &Facts, unit: i64) -> Vec<(i64, Relation)> {
    let rows = compute(facts);
    rows.iter().filter(|row| row.unit.0 == unit).map(|row| (row.reaches.0, row.relation)).collect()
}

#[test]
fn a_province_reaches_what_stands_below_at_any_depth() {
    let facts = facts(4, &[], &[(0, 1), (1, 2)], &[]);
    assert_eq!(of(&facts, 0), [(0, Relation::Itself), (1, Relation::Descendant), (2, Relation::Descendant)]);
    assert_eq!(of(&facts, 2), [(2, Relation::Itself)]);
}

#[test]
fn a_successor_reaches_the_whole_chain_before_it() {
    let facts = facts(3, &[0, 1], &[], &[(0, 1), (1, 2)]);
    assert_eq!(
        of(&facts, 2),
        [(0, Relation::Predecessor), (1, Relation::Predecessor), (2, Relation::Itself)]
    );
    assert_eq!(of(&facts, 0), [(0, Relation::Itself)]);
}

#[test]
fn a_body_that_lives_on_beside_its_offshoot_is_not_a_predecessor() {
    let facts = facts(2, &[], &[], &[(0, 1)]);
    assert_eq!(of(&facts, 1), [(1, Relation::Itself)]);
}

/// A department (1) merged into another (2); its press unit (3) ended with it, its school (4) went to a third (5).
#[test]
fn of_what_stood_below_a_predecessor_only_the_ended_comes_along() {
    let facts = facts(6, &[1, 3], &[(1, 3), (1, 4), (5, 4)], &[(1, 2)]);
    assert_eq!(of(&facts, 2), [(1, Relation::Predecessor), (2, Relation::Itself), (3, Relation::Descendant)]);
    assert_eq!(of(&facts, 5), [(4, Relation::Descendant), (5, Relation::Itself)]);
}

/// A division (1) taken back into its department (0): the department acts for it.
#[test]
fn taken_over_wins_over_below() {
    let facts = facts(2, &[1], &[(0, 1)], &[(1, 0)]);
    assert_eq!(of(&facts, 0), [(0, Relation::Itself), (1, Relation::Predecessor)]);
}

/// A new commune (2) in a province (0) took over an old one (3) whose district (4) hung elsewhere.
#[test]
fn who_is_above_sees_what_went_before_those_below_and_does_not_act_for_it() {
    let facts = facts(5, &[3], &[(0, 2), (4, 3)], &[(3, 2)]);
    assert_eq!(of(&facts, 0), [(0, Relation::Itself), (2, Relation::Descendant), (3, Relation::Descendant)]);
}

/// Repeats every rule until nothing new is found.
fn naive(facts: &Facts) -> Vec<Reach> {
    let successions: Vec<_> =
        facts.successions.iter().copied().filter(|(from, _)| facts.ended.contains(from)).collect();
    let before: Vec<_> = successions.iter().map(|(from, to)| (*to, *from)).collect();
    let mut history = before.clone();
    history.extend(facts.parents.iter().filter(|(_, child)| facts.ended.contains(child)));
    let mut all = BTreeMap::new();
    for &unit in &facts.units {
        let taken_over = closure(BTreeSet::from([unit]), &before);
        let below = closure(BTreeSet::from([unit]), &facts.parents);
        for reaches in closure(&taken_over | &below, &history) {
            let relation = if reaches == unit {
                Relation::Itself
            } else if taken_over.contains(&reaches) {
                Relation::Predecessor
            } else {
                Relation::Descendant
            };
            all.insert((unit, reaches), relation);
        }
    }
    all.into_iter().map(|((unit, reaches), relation)| Reach { unit, reaches, relation }).collect()
}

fn closure(mut seen: BTreeSet<UnitId>, edges: &[(UnitId, UnitId)]) -> BTreeSet<UnitId> {
    loop {
        let more: BTreeSet<UnitId> =
            edges.iter().filter(|(from, _)| seen.contains(from)).map(|(_, to)| *to).collect();
        if more.is_subset(&seen) {
            return seen;
        }
        seen.extend(more);
    }
}

proptest! {
    #[test]
    fn reach_is_the_naive_closure(
        units in 1_i64..14,
        ended in prop::collection::vec(0_i64..14, 0..10),
        parents in prop::collection::vec((0_i64..14, 0_i64..14), 0..20),
        successions in prop::collection::vec((0_i64..14, 0_i64..14), 0..14),
    ) {
        let inside = |pairs: Vec<(i64, i64)>| -> Vec<(i64, i64)> {
            pairs.into_iter().filter(|(a, b)| *a < units && *b < units).collect()
        };
        let ended: Vec<i64> = ended.into_iter().filter(|unit| *unit < units).collect();
        let facts = facts(units, &ended, &inside(parents), &inside(successions));
        prop_assert_eq!(compute(&facts), naive(&facts));
    }
}

/// Whom a person of the demo acts for on a day, by the codes of the units.
fn acts_for(app: &TestApp, username: &str, day: &str) -> Vec<String> {
    let day = day.parse().expect("a day");
    app.db
        .read(|conn| {
            let person =
                people::table.filter(people::username.eq(username)).select(people::id).first(conn)?;
            let actor = actor(conn, person, day)?;
            let mut codes: Vec<String> = units::table
                .filter(units::id.eq_any(&actor.scope().own_units))
                .select(units::code)
                .load(conn)?;
            codes.sort();
            Ok::<_, DbError>(codes)
        })
        .expect("an actor")
}

/// Sở KH&CN, which took over Sở TT&TT on 01/3/2025, is to go into Sở GD&ĐT on 01/7/2025; recorded on 10/6.
#[test]
fn a_merger_recorded_in_advance_opens_nothing_before_its_day() {
    let app = TestApp::demo();
    let last: NaiveDate = "2025-06-30".parse().expect("a day");
    app.db
        .write(|conn| {
            let id = |conn: &mut Conn, code: &str| -> QueryResult<UnitId> {
                units::table.filter(units::code.eq(code)).select(units::id).first(conn)
            };
            let (from, to) = (id(conn, "bg.khcn")?, id(conn, "bg.gddt")?);
            diesel::update(units::table.find(from)).set(units::existed_to.eq(last)).execute(conn)?;
            diesel::insert_into(unit_changes::table)
                .values((
                    unit_changes::uid.eq("thu"),
                    unit_changes::kind.eq("merge"),
                    unit_changes::effective_on.eq(last.succ_opt().expect("a day")),
                    unit_changes::decision.eq("Nghị quyết thử"),
                    unit_changes::recorded_at.eq(last.and_hms_opt(0, 0, 0).expect("midnight")),
                ))
                .execute(conn)?;
            let change: i64 = unit_changes::table
                .filter(unit_changes::uid.eq("thu"))
                .select(unit_changes::id)
                .first(conn)?;
            diesel::insert_into(unit_change_lines::table)
                .values((
                    unit_change_lines::change_id.eq(change),
                    unit_change_lines::from_unit_id.eq(Some(from)),
                    unit_change_lines::to_unit_id.eq(Some(to)),
                ))
                .execute(conn)?;
            Ok::<_, DbError>(rebuild(conn)?)
        })
        .expect("the merger is recorded");
    for day in ["2025-06-10", "2025-06-30"] {
        assert_eq!(acts_for(&app, "canbo.gddt.bacgiang", day), ["bg.gddt"], "{day}");
        assert_eq!(acts_for(&app, "canbo.khcn.bacgiang", day), ["bg.khcn", "bg.tttt"], "{day}");
    }
    assert_eq!(acts_for(&app, "canbo.gddt.bacgiang", "2025-07-01"), ["bg.gddt", "bg.khcn", "bg.tttt"]);
}
