//! For whom files are dropped by somebody who works for several bodies.

use tonghop::access::{Action, Membership};
use tonghop::db::ids::{PeriodId, UnitId};
use tonghop::drops::receive::may_drop;

use super::*;

#[test]
fn who_works_for_two_collectors_drops_for_the_same_one_whatever_the_order_of_the_memberships() {
    let app = TestApp::demo();
    let period = PeriodId(period(&app, "2025-H1"));
    // One unit of the period sends to a body in between.
    app.db
        .write(|conn| {
            let between: UnitId =
                units::table.filter(units::code.eq("bg.lucnam")).select(units::id).first(conn)?;
            let sending: UnitId =
                units::table.filter(units::code.eq("bg.lucngan")).select(units::id).first(conn)?;
            let of = obligations::table
                .filter(obligations::period_id.eq(period))
                .filter(obligations::unit_id.eq(sending));
            diesel::update(of).set(obligations::collector_id.eq(between)).execute(conn)?;
            Ok::<_, Error>(())
        })
        .expect("a body in between");
    let collectors = app.db.read(|conn| Ok::<_, Error>(queries::collectors(conn, period)?)).expect("bodies");
    assert!(collectors.len() > 1 && collectors.is_sorted(), "{collectors:?}");
    let mut actor = actor(&app.db, COMPILER);
    let compiler = actor.memberships.iter().find(|m| m.role.may(Action::TypeOnBehalf)).expect("one").clone();
    let of = |unit: &UnitId| Membership { unit_id: *unit, reach: vec![*unit], ..compiler.clone() };
    for backwards in [false, true] {
        actor.memberships = collectors.iter().map(of).collect();
        if backwards {
            actor.memberships.reverse();
        }
        let unit = app.db.read(|conn| Ok::<_, Error>(may_drop(conn, &actor, period)?.1.unit_id));
        assert_eq!(unit.expect("a body"), collectors[0]);
    }
}
