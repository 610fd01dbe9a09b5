//! The body that collects for a province is merged into another: what it collected before stays the base of every
//! comparison, and its periods stay readable to whoever goes on.

use diesel::prelude::*;
use tonghop::consolidation::collected;
use tonghop::db::ids::PeriodId;
use tonghop::db::schema::{periods, regimes};
use tonghop::error::Error;
use tonghop::unit_changes::Kind;
use tonghop::unit_changes::plan::Choices;

use super::scene::{carry_out, day, event, unit, whole};
use crate::support::app::TestApp;

fn period(app: &TestApp, code: &str) -> PeriodId {
    let of = periods::table.inner_join(regimes::table).filter(regimes::code.eq("bac-giang"));
    let of = of.filter(periods::code.eq(code)).select(periods::id);
    app.db.read(|conn| Ok::<_, Error>(of.first(conn)?)).expect("a period")
}

#[test]
fn the_province_is_compared_with_what_its_collector_of_then_collected() {
    let app = TestApp::demo_on(day("2025-08-20"));
    let (year, before, half) = (period(&app, "2025-Y"), period(&app, "2024-Y"), period(&app, "2025-H1"));
    let compared = || {
        let client = app.client("tonghop.catinh.bacgiang");
        client.get(&format!("/periods/{year}/consolidation")).ok().matches("so sánh trên").count()
    };
    let first = compared();
    assert!(first > 5, "{first} lines beside last year");
    let achieved = |user: &str| app.client(user).get("/overview").ok().contains("Kết quả so với cùng kỳ");
    assert!(achieved("lanhdao.ubnd.bacgiang"));
    app.db
        .write(|conn| {
            let (police, heir) = (unit(conn, "bg.ca"), unit(conn, "bg.khcn"));
            carry_out(
                conn,
                &event(Kind::Merge, "2025-08-01", vec![whole(police, heir)]),
                &Choices::default(),
            )?;
            // Both the year before and the half-year decided in the old order were collected by the police.
            assert_eq!(collected(conn, before, heir)?, [police]);
            assert_eq!(collected(conn, half, heir)?, [police]);
            // Whoever collects a part of the province is not behind it.
            let other = unit(conn, "bg.yte");
            assert_eq!(collected(conn, before, other)?, [other]);
            Ok::<_, Error>(())
        })
        .expect("the merger");
    assert_eq!(compared(), first, "every line is still beside last year");
    let client = app.client("tonghop.catinh.bacgiang");
    assert_eq!(client.get(&format!("/periods/{half}/indicators")).status, 200);
    assert!(achieved("lanhdao.ubnd.bacgiang"));
}
