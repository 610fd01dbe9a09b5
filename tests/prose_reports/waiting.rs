//! A document that waits is told on the pages of those who write the report, and nobody else's.

use diesel::prelude::*;
use tonghop::db::ids::ObligationId;
use tonghop::db::schema::reports;

use super::behalf::begun;
use super::*;
use crate::support::counting;

const WAITS: &str = "văn bản chờ xem lại";

fn obligation(app: &TestApp, id: ReportId) -> String {
    let obligation: ObligationId = app
        .db
        .read(|conn| {
            reports::table.find(id).select(reports::obligation_id).first(conn).map_err(DbError::Query)
        })
        .expect("an obligation");
    format!("/obligations/{obligation}")
}

#[test]
fn the_unit_is_told_until_it_is_written() {
    let scene = Scene::open();
    let (draft, duty) = (format!("/reports/{}/draft", scene.id), obligation(&scene.app, scene.id));
    let compiler = scene.app.client("tonghop.catinh.bacgiang");
    for page in [&draft, &duty] {
        assert!(!scene.officer.get(page).ok().contains(WAITS), "{page}");
    }
    let review = scene.paste(REPORT);
    for page in [&draft, &duty] {
        let told = scene.officer.get(page).ok();
        assert!(told.contains("Có 1 văn bản chờ xem lại") && told.contains(&review), "{page}: {told}");
    }
    assert!(!compiler.get(&duty).ok().contains(WAITS), "a unit's own draft stays its own");
    press(&scene.officer, &review, "apply", &[]).redirected();
    for page in [&draft, &duty] {
        assert!(!scene.officer.get(page).ok().contains(WAITS), "{page}");
    }
}

#[test]
fn who_types_for_the_unit_is_told() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begun(&app, &compiler, id);
    let review = send(&compiler, id, "bao-cao.docx", &word()).redirected();
    let duty = obligation(&app, id);
    let told = compiler.get(&duty).ok();
    assert!(told.contains("Có 1 văn bản chờ xem lại") && told.contains(&review), "{told}");
    assert!(!app.client("canbo.hiephoa.bacgiang").get(&duty).ok().contains(WAITS));
}

#[test]
fn what_a_unit_brought_is_not_for_who_types_for_it() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let own = officer.post(&format!("/reports/{id}/prose/text"), &[("text", REPORT)]).redirected();
    let compiler = app.client("tonghop.catinh.bacgiang");
    begun(&app, &compiler, id);
    for page in [format!("/reports/{id}/draft"), format!("/reports/{id}/prose"), obligation(&app, id)] {
        assert!(!compiler.get(&page).ok().contains(&own), "{page}");
    }
    assert_eq!(compiler.get(&own).status, 404);
    assert_eq!(compiler.get(&format!("{own}/file")).status, 404);
    assert_eq!(compiler.post(&format!("{own}/removal"), &[("version", "1")]).status, 404);
    assert_eq!(compiler.post(&own, &[("version", "1"), ("do", "save")]).status, 404);
    // The same document from the collector is another upload.
    let other = compiler.post(&format!("/reports/{id}/prose/text"), &[("text", REPORT)]).redirected();
    assert_ne!(other, own);
    assert!(!compiler.get(&format!("/reports/{id}/prose")).ok().contains(&format!("{own}\"")));
}

#[test]
fn as_many_queries_however_many_wait() {
    counting::begin();
    let scene = Scene::open();
    let pages = [format!("/reports/{}/draft", scene.id), obligation(&scene.app, scene.id)];
    let counts = || pages.each_ref().map(|page| counting::queries(|| scene.officer.get(page).ok()).0);
    scene.paste(REPORT);
    counts();
    let one = counts();
    for number in 1..5 {
        scene.paste(&REPORT.replace("78/BC", &format!("{number}/BC")));
    }
    assert_eq!(counts(), one);
}
