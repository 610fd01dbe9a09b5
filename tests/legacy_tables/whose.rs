//! For whom a table is brought, how the bodies it names are bound, and what is read of it before anything is written.

use tonghop::access::{Action, Membership};
use tonghop::calendar::Clock;
use tonghop::db::ids::{LegacyTableId, PeriodId, RegimeId, UnitId};
use tonghop::db::schema::routes;
use tonghop::error::Error;
use tonghop::legacy_tables::apply::ReadTable;
use tonghop::legacy_tables::open::{open, past, sheets};
use tonghop::legacy_tables::queries::bytes;
use tonghop::units::queries::naming::add_aliases;

use super::*;
use crate::support::app::demo_day;

fn id_of(app: &TestApp, code: &str) -> UnitId {
    unit(app, code).parse().expect("an id")
}

#[test]
fn a_table_is_brought_for_the_body_that_collects_its_period() {
    let app = TestApp::demo();
    let period = PeriodId(crate::drops::period(&app, "2024-H1"));
    let (idle, collecting) = (id_of(&app, "bg.lucngan"), id_of(&app, "bg.lucnam"));
    let sent = app.db.write(|conn| {
        let of = obligations::table
            .filter(obligations::period_id.eq(period))
            .filter(obligations::part.eq("own"))
            .filter(obligations::unit_id.eq(idle));
        Ok::<_, Error>(diesel::update(of).set(obligations::collector_id.eq(collecting)).execute(conn)?)
    });
    assert_eq!(sent.expect("an update"), 1);
    let mut actor = crate::drops::actor(&app.db, COMPILER);
    let compiler = actor.memberships.iter().find(|m| m.role.may(Action::TypeOnBehalf)).expect("one").clone();
    let of = |unit: UnitId| Membership { unit_id: unit, reach: vec![unit], ..compiler.clone() };
    // The body of the first membership collects nothing of that period.
    actor.memberships = vec![of(idle), of(collecting)];
    let (regime, moment) = (RegimeId(regime(&app, "bac-giang")), Clock::fixed(demo_day()).moment());
    let found = app.db.read(|conn| past(conn, &actor, regime, moment)).expect("its past");
    let choice = found.choices.iter().find(|choice| choice.id == Some(period)).expect("the period");
    assert_eq!(found.collector(choice), collecting);
}

#[test]
fn who_is_asked_and_never_told_is_asked_by_a_table_too() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let (front, district) = (id_of(&app, "bg.mttq"), id_of(&app, "bg.lucnam"));
    // Neither of them has a route any more: what their kinds say holds.
    let gone = app.db.write(|conn| {
        let of = routes::table.filter(routes::unit_id.eq_any([front, district]));
        Ok::<_, Error>(diesel::delete(of).execute(conn)?)
    });
    assert!(gone.expect("a deletion") > 0);
    let columns = bring(&app, &client, "2023-H1", ("một.xlsx", &made("")));
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    answer_names(&app, &client, &table);
    confirm(&client, &table).redirected();
    let mode = |unit: UnitId| -> String {
        app.db
            .read(|conn| {
                obligations::table
                    .inner_join(periods::table)
                    .filter(periods::code.eq("2023-H1"))
                    .filter(obligations::unit_id.eq(unit))
                    .select(obligations::mode)
                    .first(conn)
                    .map_err(DbError::Query)
            })
            .expect("its obligation")
    };
    assert_eq!((mode(front), mode(district)), ("request".to_owned(), "assign".to_owned()));
}

#[test]
fn a_table_that_would_be_read_otherwise_by_now_is_not_applied() {
    let app = TestApp::demo();
    let id = LegacyTableId(left_open(&app, COMPILER, ("bac-giang", "2023-H1")));
    let (actor, moment) = (crate::drops::actor(&app.db, COMPILER), Clock::fixed(demo_day()).moment());
    let opened = || app.db.read(|conn| open(conn, &actor, id, moment)).expect("the table");
    let file = app.db.read(|conn| bytes(conn, id).map_err(DbError::Query)).expect("its bytes");
    let read = ReadTable::of(opened(), sheets(&file).expect("its sheets")).expect("a reading");
    assert!(read.plan(&opened()).is_ok());
    let known = [(id_of(&app, "bg.lucnam"), "Huyện ở giữa núi".to_owned())];
    app.db.write(|conn| Ok::<_, Error>(add_aliases(conn, &known)?)).expect("another name");
    assert!(matches!(read.plan(&opened()), Err(Error::Conflict(_))));
}
