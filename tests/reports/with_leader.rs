//! A paper has come while the report stands with the unit's leader: nobody types in now, and both pages say why and what to do.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::reports;

use super::{filled, pairs, report_of, state_of, ticked};
use crate::support::app::TestApp;

#[test]
fn whoever_holds_the_paper_is_told_why_not_now_before_anything_is_typed() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let obligation: i64 = app
        .db
        .read(|conn| {
            reports::table.find(id).select(reports::obligation_id).first(conn).map_err(DbError::Query)
        })
        .expect("its obligation");
    let officer = app.client("canbo.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = format!("/obligations/{obligation}");
    assert!(compiler.get(&page).ok().contains(&at("/on-behalf")), "while the unit writes it can begin");

    let draft = officer.get(&at("/draft")).ok();
    officer.post(&at("/draft"), &pairs(&filled(&draft, &[]))).redirected();
    let check = officer.get(&at("/check")).ok();
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(state_of(&app, id), "with_leader");

    let shown = compiler.get(&page).ok();
    assert!(shown.contains("Nhập thay từ văn bản giấy") && shown.contains("Chưa nhập thay được"), "{shown}");
    assert!(!shown.contains(&at("/on-behalf")));
    assert!(!officer.get(&page).ok().contains("Chưa nhập thay được"), "only to who would type");
    let form = compiler.get(&at("/on-behalf")).ok();
    assert!(form.contains("Chưa nhập thay được") && form.contains("cán bộ đơn vị lấy lại báo cáo"));
    assert!(!form.contains("name=\"arrived_on\""), "nothing is typed for nothing");
}
