//! One person who collects for two bodies of one period: both are reached, each with its own units, text and editions, and
//! whatever is pressed on the page of one is done for that one.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{PersonId, UnitId};
use tonghop::db::schema::{editions, memberships, narrative_drafts, people, units};

use super::period_id;
use crate::reports::values_of;
use crate::support::app::TestApp;

const COMPILER: &str = "tonghop.catinh.bacgiang";

fn unit(app: &TestApp, code: &str) -> UnitId {
    let of = units::table.filter(units::code.eq(code)).select(units::id);
    app.db.read(|conn| Ok::<_, DbError>(of.first(conn)?)).expect("a unit")
}

/// The compiler of Công an tỉnh also compiles for MTTQ tỉnh, which collects from three organisations.
fn scene() -> (TestApp, i64, [UnitId; 2]) {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 12, 16).expect("a day"));
    let bodies = ["bg.ca", "bg.mttq"].map(|code| unit(&app, code));
    app.db
        .write(|conn| {
            let of = people::table.filter(people::username.eq(COMPILER)).select(people::id);
            let person: PersonId = of.first(conn)?;
            diesel::insert_into(memberships::table)
                .values((
                    memberships::person_id.eq(person),
                    memberships::unit_id.eq(bodies[1]),
                    memberships::role.eq("compiler"),
                    memberships::title.eq("Cán bộ biệt phái"),
                ))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("a second membership");
    let period = period_id(&app, "bac-giang", "2025-Y");
    (app, period, bodies)
}

#[test]
fn whoever_works_for_two_is_named_for_both() {
    let (app, _, bodies) = scene();
    let day = chrono::NaiveDate::from_ymd_opt(2025, 12, 16).expect("a day");
    let names = app
        .db
        .read(|conn| Ok::<_, DbError>(tonghop::units::queries::names_on(conn, &bodies, day)?))
        .expect("names");
    let [one, other] = bodies.map(|body| names[&body].clone());
    let compiler = app.client(COMPILER);
    for path in ["/periods", "/notices/plan"] {
        let page = compiler.get(path).ok();
        let both = [format!("{one}; {other}"), format!("{other}; {one}")];
        assert!(both.iter().any(|words| page.contains(&words.to_uppercase())), "{path}");
    }
}

#[test]
fn each_body_is_previewed_and_its_edition_made() {
    let (app, period, [own, other]) = scene();
    let compiler = app.client(COMPILER);
    let at = format!("/periods/{period}/consolidation");
    let through = format!("{at}?collector={other}");
    assert!(compiler.get(&format!("/periods/{period}")).ok().contains(&format!("href=\"{through}\"")));
    let (first, second) = (compiler.get(&at).ok(), compiler.get(&through).ok());
    for page in [&first, &second] {
        for body in [own, other] {
            assert!(page.contains(&format!("href=\"{at}?collector={body}\"")), "from one to the other");
        }
    }
    assert!(first.contains("Sở Tư pháp") && !second.contains("Sở Tư pháp"), "the province's units");
    assert!(!first.contains("name=\"collector\""), "what is not asked for is the one it always was");
    assert_eq!(values_of(&second, "collector"), [other.to_string()]);
    let make = |fields: &[(&str, &str)]| -> UnitId {
        let to = compiler.post(&format!("/periods/{period}/editions"), fields).redirected();
        let id: i64 = to.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an edition");
        let of = editions::table.find(id).select(editions::collector_id);
        app.db.read(|conn| Ok::<_, DbError>(of.first(conn)?)).expect("its collector")
    };
    let asked = other.to_string();
    assert_eq!(make(&[("confirmed", "1"), ("collector", &asked)]), other);
    assert_eq!(make(&[("confirmed", "1")]), own);
    // A body one does not work for is not reached by its number.
    let foreign = unit(&app, "bg.tuphap");
    assert_ne!(compiler.get(&format!("{at}?collector={foreign}")).status, 200);
}

#[test]
fn each_body_has_its_own_text() {
    let (app, period, [own, other]) = scene();
    let compiler = app.client(COMPILER);
    let at = format!("/periods/{period}/narrative");
    let through = format!("{at}?section=1&collector={other}");
    let page = compiler.get(&through).ok();
    assert_eq!(values_of(&page, "collector"), [other.to_string()]);
    let section = values_of(&page, "section")[0].clone();
    let body = other.to_string();
    let fields = [("section", section.as_str()), ("act", "own"), ("collector", body.as_str())];
    let to = compiler.post(&at, &fields).redirected();
    assert!(to.contains(&format!("&collector={other}")), "{to}");
    let was = values_of(&compiler.get(&through).ok(), "was.1")[0].clone();
    let typed = [
        ("section", section.as_str()),
        ("collector", body.as_str()),
        ("text.1", "Lời của Mặt trận."),
        ("was.1", was.as_str()),
    ];
    assert_eq!(compiler.post(&format!("{at}/autosave"), &typed).status, 200);
    assert!(compiler.get(&through).ok().contains("Lời của Mặt trận."));
    assert!(!compiler.get(&format!("{at}?section=1")).ok().contains("Lời của Mặt trận."));
    let kept: Vec<UnitId> = app
        .db
        .read(|conn| {
            let of = narrative_drafts::table.filter(narrative_drafts::period_id.eq(period));
            Ok::<_, DbError>(of.select(narrative_drafts::collector_id).load(conn)?)
        })
        .expect("the texts");
    assert!(kept.contains(&other) && !kept.contains(&own), "{kept:?}");
}
