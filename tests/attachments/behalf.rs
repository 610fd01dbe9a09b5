//! Files while a report is typed in from paper: the unit's own are out of sight and come back; the scan goes along.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::reports;

use super::samples::{jpg, pdf, xlsx};
use super::{attach, attached, files_on, report_of, send, stored};
use crate::support::app::TestApp;
use crate::support::client::Client;

fn begin(app: &TestApp, compiler: &Client, report: ReportId) {
    let version: i32 = app
        .db
        .read(|conn| reports::table.find(report).select(reports::version).first(conn).map_err(DbError::Query))
        .expect("a version");
    let fields = [
        ("version", version.to_string()),
        ("number", "215".to_owned()),
        ("arrived_on", "09/6/2025".to_owned()),
        ("put_aside", "1".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    compiler.post(&format!("/reports/{report}/on-behalf"), &fields).redirected();
}

#[test]
fn the_units_files_are_put_aside_and_come_back() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let own = attached(&officer, report, "Của đơn vị.pdf", &pdf("riêng", 900));
    begin(&app, &compiler, report);
    let list = format!("/reports/{report}/attachments");
    assert_eq!(compiler.get(&own).status, 404, "the unit's own stays its own");
    assert_eq!(files_on(&compiler, &list), Vec::<String>::new());
    assert_eq!(officer.get(&own).status, 200);
    assert_eq!(attach(&officer, report, "evidence", "b.pdf", &pdf("b", 99)).status, 422);
    assert_eq!(attach(&compiler, report, "incoming", "a.xlsx", &xlsx()).status, 422);
    attach(&compiler, report, "incoming", "Bản chụp.jpg", &jpg()).redirected();
    let scan = files_on(&compiler, &list).remove(0);
    assert_eq!(officer.get(&scan).status, 404);
    let with_scan = stored(&app).len();
    let page = compiler.get(&format!("/reports/{report}/on-behalf")).ok();
    let version = super::hidden(&page, "version").expect("a version");
    compiler.post(&format!("/reports/{report}/on-behalf/end"), &[("version", version.as_str())]).redirected();
    assert_eq!(files_on(&officer, &list), std::slice::from_ref(&own));
    assert_eq!(compiler.get(&own).status, 404);
    assert_eq!(stored(&app).len(), with_scan - 1, "what the typist had added is gone");
}

#[test]
fn the_scan_goes_with_the_report_and_its_absence_is_said() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let with = report_of(&app, "bg.hiephoa", "2025-H1");
    let without = report_of(&app, "bg.khcn", "2025-H1");
    begin(&app, &compiler, with);
    begin(&app, &compiler, without);
    let bytes = pdf("bản chụp", 300_000);
    attach(&compiler, with, "incoming", "Bản chụp.pdf", &bytes).redirected();
    let warns = |report: ReportId| {
        compiler.get(&format!("/reports/{report}/check")).ok().contains("Chưa đính kèm bản chụp")
    };
    send(&app, &compiler, with);
    assert!(warns(without));
    send(&app, &compiler, without);
    let officer = app.client("canbo.hiephoa.bacgiang");
    let scan = files_on(&officer, &format!("/reports/{with}?revision=1")).remove(0);
    assert!(officer.get(&scan).bytes == bytes, "the unit sees what stands for it");
    assert!(!compiler.get(&format!("/reports/{with}")).ok().contains("không kèm bản chụp"));
    assert!(compiler.get(&format!("/reports/{without}")).ok().contains("không kèm bản chụp"));
}

/// What the unit had attached before a collector typed its report in is nobody's part of a report: it is the unit's to keep
/// or to remove, and counts for it until then.
#[test]
fn files_put_aside_for_good_can_be_removed_by_their_unit() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let own = attached(&officer, report, "Của đơn vị.pdf", &pdf("riêng", 900));
    let removal = format!("{own}/removal");
    begin(&app, &compiler, report);
    assert_eq!(officer.post(&removal, &[]).status, 422, "not while somebody types for it");
    send(&app, &compiler, report);
    let kept = format!("/reports/{report}/kept-draft");
    let page = officer.get(&kept).ok();
    assert!(page.contains("Tệp của bản này (1 tệp)") && page.contains(&removal), "{page}");
    assert_eq!(compiler.post(&removal, &[]).status, 404);
    assert_eq!(app.client("canbo.yte.bacgiang").post(&removal, &[]).status, 404);
    let before = stored(&app).len();
    officer.post(&removal, &[]).redirected();
    assert_eq!(stored(&app).len(), before - 1, "its bytes are gone");
    assert_eq!(officer.get(&own).status, 404);
    assert!(!officer.get(&kept).ok().contains("Tệp của bản này"));
}
