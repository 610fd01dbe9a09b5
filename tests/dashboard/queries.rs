//! A page asks a fixed number of questions: as many in a province of forty units and six years as in one of six units
//! and two years. Counted on the connections themselves.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{periods, reports, units};
use tonghop::load::{Size, load};

use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::support::counting;

/// Every page of a leader, a compiler and an officer that shows a whole province or many years, with its queries.
fn counted(size: Size) -> Vec<(String, usize)> {
    let app = TestApp::empty_on(chrono::NaiveDate::from_ymd_opt(2025, 12, 20).expect("a day"));
    load(&app.db, size).expect("the province loads");
    let newest = |cycle: &str| {
        let period = periods::table.filter(periods::cycle.eq(cycle)).order(periods::year.desc());
        app.db
            .read(|conn| Ok::<_, DbError>(period.select(periods::id).first::<i64>(conn)?))
            .expect("a period")
    };
    let (year, half) = (newest("Y"), newest("H1"));
    let unit: i64 = app
        .db
        .read(|conn| {
            let agency = units::table.inner_join(
                tonghop::db::schema::obligations::table
                    .inner_join(reports::table)
                    .on(tonghop::db::schema::obligations::unit_id.eq(units::id)),
            );
            let received = agency.filter(reports::state.eq("received")).order(units::id.desc());
            Ok::<_, DbError>(received.select(units::id).first(conn)?)
        })
        .expect("a unit that reports");
    let uid: String = app
        .db
        .read(|conn| {
            let of = tonghop::db::schema::obligations::table
                .inner_join(reports::table)
                .inner_join(units::table.on(units::id.eq(tonghop::db::schema::obligations::unit_id)))
                .filter(tonghop::db::schema::obligations::period_id.eq(half))
                .filter(reports::state.eq("received"));
            Ok::<_, DbError>(of.order(units::id.desc()).select(units::uid).first(conn)?)
        })
        .expect("a unit in the edition");
    let (compiler, leader) = (app.client("tonghop"), app.client("lanhdao.tinh"));
    let edition = compiler.post(&format!("/periods/{half}/editions"), &[("confirmed", "1")]).redirected();
    let officer = app.client("canbo.ca");
    let pages: Vec<(&Client, String)> = vec![
        (&leader, "/overview".into()),
        (&leader, "/overview/units".into()),
        (&leader, format!("/periods/{year}")),
        (&leader, format!("/units/{unit}/history")),
        (&leader, format!("/units/{unit}/history?lens=today")),
        (&leader, format!("/periods/{half}/indicators")),
        (&compiler, "/periods".into()),
        (&compiler, "/overview".into()),
        (&compiler, format!("/periods/{year}")),
        (&compiler, format!("/periods/{half}")),
        (&compiler, format!("/periods/{year}/calls")),
        (&compiler, format!("/periods/{year}/reminder-letter")),
        (&compiler, "/regimes/1/matrix".into()),
        (&compiler, "/notices/plan".into()),
        (&compiler, "/notices/sent".into()),
        (&officer, "/notices".into()),
        (&compiler, format!("/periods/{year}/indicators")),
        (&compiler, format!("/periods/{half}/indicators")),
        (&officer, "/my".into()),
        (&officer, "/tasks".into()),
        (&compiler, "/plans/1/board".into()),
        (&compiler, "/plans/1/units".into()),
        (&compiler, "/clauses/1/trace".into()),
        (&officer, "/reports".into()),
        (&officer, "/evidence".into()),
        (&compiler, format!("/periods/{half}/evidence")),
        (&compiler, format!("/periods/{half}/consolidation")),
        (&compiler, format!("/periods/{half}/consolidation?lens=today")),
        (&compiler, format!("/periods/{half}/narrative")),
        (&compiler, format!("/periods/{half}/comparison")),
        (&compiler, format!("/periods/{half}/comparison?lens=reported&indicator=S001")),
        (&leader, format!("/periods/{half}/comparison")),
        (&compiler, format!("/periods/{half}/indicators/S001")),
        (&compiler, "/editions".into()),
        (&compiler, edition.clone()),
        (&compiler, format!("{edition}/comparison")),
        (&compiler, format!("{edition}/figures/S001")),
        (&compiler, format!("{edition}/figures/S001?unit={uid}")),
    ];
    let count = |client: &Client, path: &str| {
        // The first time a server meets a session it may ask more.
        client.get(path).ok();
        counting::queries(|| client.get(path).ok()).0
    };
    let name = |path: &str| path.replace(&format!("/{year}"), "/Y").replace(&format!("/{half}"), "/H1");
    pages
        .iter()
        .map(|(client, path)| {
            (name(path).replace(&format!("/{unit}/"), "/u/").replace(&uid, "u"), count(client, path))
        })
        .collect()
}

#[test]
fn no_page_asks_more_of_a_large_province() {
    counting::begin();
    let small = counted(Size { units: 6, years: 2, indicators: 12, seed: 3 });
    let large = counted(Size { units: 40, years: 6, indicators: 12, seed: 3 });
    let words: Vec<String> = small
        .iter()
        .zip(&large)
        .filter(|(one, other)| one.1 != other.1)
        .map(|((path, few), (_, many))| format!("{path}: {few} queries, and {many} in the large province"))
        .collect();
    assert!(words.is_empty(), "{}", words.join("\n"));
    assert!(small.iter().all(|(path, n)| (1..110).contains(n) || panic!("{path}: {n}")), "{small:?}");
}
