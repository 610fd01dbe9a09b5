//! Edition 1 after everything that can happen later: a correction, a reopening, a reorganisation, another name of a unit,
//! other words of an indicator and of the regime, another edition, a step taken back. What is frozen, as the page shows
//! it, the content, both workbooks and the paper are the same bytes.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tonghop::audit::sha256_hex;
use tonghop::db::DbError;
use tonghop::db::schema::editions;
use tonghop::on_each;
use tonghop::unit_changes::Kind;
use tonghop::unit_changes::plan::Choices;

use super::{approve, make, period_id, report, workbook};
use crate::reports::{filled, pairs, report_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::unit_changes::scene::{carry_out, event, take_back, unit, whole};

/// SHA-256 of everything an edition is: the frozen part of its page for two readers, content, three files.
fn hashes(app: &TestApp, edition: &str) -> Vec<(&'static str, String)> {
    let compiler = app.client("tonghop.catinh.bacgiang");
    let ministry = app.client("c11.bocongan");
    let frozen = |client: &Client| {
        let html = client.get(edition).ok();
        let part = html.split("<div id=\"frozen\">").nth(1).expect("the frozen part");
        // What follows names the other editions of the period, and those change.
        let (most, last) = part.split_once("<h2>Định danh</h2>").expect("its last section");
        format!("{most}{}", last.split("</section>").next().expect("its end"))
    };
    let id: i64 = edition.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let query = |conn: &mut tonghop::db::Conn| {
        editions::table.find(id).select(editions::content_json).first::<String>(conn).map_err(DbError::from)
    };
    let parts: Vec<(&'static str, Vec<u8>)> = vec![
        ("page", frozen(&compiler).into_bytes()),
        ("ministry's page", frozen(&ministry).into_bytes()),
        ("content", app.db.read(query).expect("the content").into_bytes()),
        ("ministry", workbook(&compiler, edition, "ministry")),
        ("internal", workbook(&compiler, edition, "internal")),
        ("paper", compiler.get(&format!("{edition}/document")).bytes),
    ];
    parts.into_iter().map(|(name, bytes)| (name, sha256_hex(&bytes))).collect()
}

/// Other words for what is in use: the triggers that refuse it are taken away first.
fn reworded(app: &TestApp) {
    const SQLITE: &str = "DROP TRIGGER indicators_in_use;";
    const POSTGRES: &str = "ALTER TABLE indicators DISABLE TRIGGER USER;";
    let open = if app.db.backend() == "sqlite" { SQLITE } else { POSTGRES };
    let sql = format!(
        "{open} UPDATE indicators SET name = name || ' (tên mới)', measure_unit = 'đơn vị khác';
         UPDATE unit_versions SET name = name || ' (tên mới)', short_name = 'mới';
         UPDATE regimes SET name = name || ' (tên mới)', addressee = 'nơi khác';
         UPDATE regime_recipients SET name = name || ' (tên mới)';
         UPDATE people SET full_name = full_name || ' (tên mới)';"
    );
    app.db.write(|conn| on_each!(conn, |c| c.batch_execute(&sql)).map_err(DbError::from)).expect("reworded");
}

#[test]
fn nothing_that_happens_later_changes_edition_1() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.catinh.bacgiang"));
    let first = make(&compiler, id);
    approve(&app, &leader, &first);
    let before = hashes(&app, &first);
    let same = |what: &str| assert_eq!(hashes(&app, &first), before, "{what}");

    // A report that came late, and one that is opened again and corrected.
    let (late, seen) = report(&app, id, "bg.noivu");
    compiler.post(&format!("/reports/{late}/receipt"), &[("version", &seen.to_string())]).redirected();
    same("a late report");
    let own = format!("/reports/{}", report_of(&app, "bg.tuphap", "2025-H1"));
    let officer = app.client("canbo.tuphap.bacgiang");
    let version = |client: &Client, page: &str| values_of(&client.get(page).ok(), "version")[0].clone();
    let seen = version(&compiler, &format!("{own}/reopening"));
    compiler.post(&format!("{own}/reopening"), &[("version", &seen), ("reason", "Đếm lại.")]).redirected();
    same("a reopening");
    let draft = officer.get(&format!("{own}/draft")).ok();
    officer.post(&format!("{own}/draft"), &pairs(&filled(&draft, &[("figure.B04", "77")]))).redirected();
    let check = officer.get(&format!("{own}/check")).ok();
    let paper = [("doc_number", "45"), ("doc_date", "10/6/2025"), ("signatory_name", "Vũ Tuấn Quân")];
    officer.post(&format!("{own}/submission"), &pairs(&ticked(&check, &paper))).redirected();
    let seen = version(&compiler, &own);
    compiler.post(&format!("{own}/receipt"), &[("version", &seen)]).redirected();
    same("a correction");

    // Its own text goes on being written, and it is sent.
    let html = compiler.get(&format!("/periods/{id}/narrative?section=1")).ok();
    let section = values_of(&html, "section")[0].clone();
    let path = format!("/periods/{id}/narrative");
    compiler.post(&path, &[("section", &section), ("act", "own")]).redirected();
    let html = compiler.get(&format!("{path}?section=1")).ok();
    let was = values_of(&html, "was.1")[0].clone();
    let typed =
        [("section", section.as_str()), ("act", "save"), ("text.1", "Câu mới."), ("was.1", was.as_str())];
    compiler.post(&path, &typed).redirected();
    same("the text of the next edition");

    let second = make(&compiler, id);
    same("a second draft");
    approve(&app, &leader, &second);
    same("a second edition");
    let third = make(&compiler, id);
    let seen = super::version(&app, &third);
    leader.post(&format!("{third}/return"), &[("version", &seen), ("reason", "Chưa cần.")]).redirected();
    same("a draft given back");

    // A body goes into another, and the decision is taken back.
    let change = app
        .db
        .write(|conn| {
            let (from, to) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
            carry_out(conn, &event(Kind::Merge, "2025-07-01", vec![whole(from, to)]), &Choices::default())
        })
        .expect("a reorganisation");
    same("a reorganisation");
    app.db.write(|conn| take_back(conn, change, "2025-07-02")).expect("taken back");
    same("a reorganisation taken back");

    // The bodies and what is asked of them are called something else.
    reworded(&app);
    same("other names");
    assert!(
        compiler.get(&format!("/periods/{id}/consolidation")).ok().contains("(tên mới)"),
        "they did change"
    );
}
