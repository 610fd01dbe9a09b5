//! Preview, frozen edition and both workbooks say what the files of the demo add up to.

use calamine::Data;
use diesel::connection::SimpleConnection;
use tonghop::db::DbError;
use tonghop::on_each;

use super::oracle::{self, Expected};
use super::page::{self, Shown};
use super::{approve, make, period_id, summary, workbook};
use crate::support::app::TestApp;

/// Regime, period, file of the units, reference day, compiler, leader.
const PERIODS: [(&str, &str, &str, &str, &str); 4] = [
    ("bac-giang", "2024-H1", "bac-giang", "2024-06-14", "bacgiang"),
    ("bac-giang", "2024-Y", "bac-giang", "2024-12-14", "bacgiang"),
    ("bac-giang", "2025-H1", "bac-giang", "2025-06-14", "bacgiang"),
    ("ba-ria-vung-tau", "2025-H1", "ba-ria-vung-tau", "2025-05-14", "bariavungtau"),
];

/// The number of a cell of the workbook, in the writing of the pages.
fn number(data: &Data, like: &str) -> String {
    match data {
        Data::Empty => "–".to_owned(),
        Data::Float(value) => {
            let places = like.split_once(',').map_or(0, |(_, part)| part.len());
            let plain = format!("{value:.places$}");
            let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
            let mut words = String::new();
            for (place, digit) in whole.chars().enumerate() {
                if place > 0 && (whole.len() - place).is_multiple_of(3) {
                    words.push('.');
                }
                words.push(digit);
            }
            if part.is_empty() { words } else { format!("{words},{part}") }
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn page_and_workbooks_say_what_the_files_add_up_to() {
    let app = TestApp::demo();
    for (regime, period, province, day, place) in PERIODS {
        let expected = oracle::totals(regime, period, province, day);
        let id = period_id(&app, regime, period);
        let compiler = app.client(&format!("tonghop.catinh.{place}"));
        let live = page::totals(&compiler.get(&format!("/periods/{id}/consolidation")).ok());
        assert!(live.len() > 15, "{regime} {period}: {} rows", live.len());
        for (code, shown) in &live {
            let Expected { words, n } = &expected[code];
            assert_eq!(&shown.now, words, "{regime} {period} {code}");
            let n = format!("{n}/");
            assert!(shown.share.starts_with(&n), "{regime} {period} {code}: {} is not {n}", shown.share);
        }
        for (code, expected) in expected.iter().filter(|(code, _)| !live.contains_key(*code)) {
            assert_eq!(expected.n, 0, "{regime} {period} {code} has figures and is not on the page");
        }
        let edition = make(&compiler, id);
        assert_eq!(page::totals(&compiler.get(&edition).ok()), live, "{regime} {period}: frozen as shown");
        approve(&app, &app.client(&format!("lanhdao.catinh.{place}")), &edition);
        for copy in ["ministry", "internal"] {
            let rows = summary(workbook(&compiler, &edition, copy));
            assert_eq!(rows.len(), live.len(), "{regime} {period} {copy}");
            for (code, value, share) in rows {
                let Shown { now, share: shown, .. } = &live[&code];
                assert_eq!(&number(&value, now), now, "{regime} {period} {copy} {code}");
                assert_eq!(&share, shown, "{regime} {period} {copy} {code}");
            }
        }
    }
}

/// By hand: 27 bodies owe the first half of 2025 and one is exempt; only the police are asked for group E; one
/// department and one bank branch own what they own.
#[test]
fn denominators_count_who_is_asked_and_owes() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let html = app.client("tonghop.catinh.bacgiang").get(&format!("/periods/{id}/consolidation")).ok();
    let live = page::totals(&html);
    for (code, share) in [("A02", "8/26"), ("E01", "1/1"), ("A10", "1/1"), ("G02", "1/1"), ("B14", "0/1")] {
        assert_eq!(live[code].share, share, "{code}");
    }
    let text = page::text(&html);
    assert!(text.contains("9 / 26 đơn vị có báo cáo trong bản tổng hợp"));
    assert!(text.contains("UBND huyện Hiệp Hòa"), "who is missing is named");
    assert!(text.contains("Hội Cựu chiến binh tỉnh"), "who is exempt is named apart");
}

/// Takes the demo's own editions away, triggers first: nothing less would let them go.
fn forget_editions(app: &TestApp) {
    const SQLITE: &str = "DROP TRIGGER edition_files_no_delete; DROP TRIGGER edition_sources_no_delete;
        DROP TRIGGER editions_no_delete; DROP TRIGGER edition_papers_no_delete;
        DROP TRIGGER edition_dispatches_no_delete; DROP TRIGGER edition_dispatch_papers_no_delete;";
    const POSTGRES: &str = "ALTER TABLE edition_files DISABLE TRIGGER USER;
        ALTER TABLE edition_sources DISABLE TRIGGER USER; ALTER TABLE editions DISABLE TRIGGER USER;
        ALTER TABLE edition_papers DISABLE TRIGGER USER; ALTER TABLE edition_dispatches DISABLE TRIGGER USER;
        ALTER TABLE edition_dispatch_papers DISABLE TRIGGER USER;";
    let open = if app.db.backend() == "sqlite" { SQLITE } else { POSTGRES };
    let gone = "DELETE FROM edition_dispatch_papers; DELETE FROM edition_dispatches; DELETE FROM edition_papers; DELETE FROM edition_files;
        DELETE FROM edition_sources; DELETE FROM editions;";
    let sql = format!("{open}{gone}");
    app.db.write(|conn| on_each!(conn, |c| c.batch_execute(&sql)).map_err(DbError::from)).unwrap();
}

/// The first half of 2024, not frozen and then frozen, is the same base for the first half of 2025.
#[test]
fn the_same_period_is_the_approved_edition_or_what_was_received() {
    let app = TestApp::demo();
    forget_editions(&app);
    let (then, now) = (period_id(&app, "bac-giang", "2024-H1"), period_id(&app, "bac-giang", "2025-H1"));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = |id: i64| page::totals(&compiler.get(&format!("/periods/{id}/consolidation")).ok());
    let live = page(now);
    let base = oracle::totals("bac-giang", "2024-H1", "bac-giang", "2024-06-14");
    for (code, shown) in &live {
        assert_eq!(shown.before, base[code].words, "{code}");
    }
    let edition = make(&compiler, then);
    approve(&app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    assert_eq!(page(now), live);
    assert!(page(then).values().all(|shown| shown.before == "–"), "there was no period in 2023");
}
