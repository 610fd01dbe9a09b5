//! An extension as a conversation: asked by the unit, granted to another day or refused by the collector.

use super::{decision_kinds, obligation, standing};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};
use tonghop::db::ids::ObligationId;

fn post(app: &TestApp, client: &Client, id: ObligationId, path: &str, until: &str, reason: &str) -> Answer {
    let version = standing(app, id).1.to_string();
    let fields = [("version", version.as_str()), ("until", until), ("reason", reason)];
    client.post(&format!("/obligations/{id}/{path}"), &fields)
}

#[test]
fn a_unit_asks_and_the_collector_grants_another_day() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");

    assert!(officer.get("/my").ok().contains(&format!("/obligations/{id}/extension-request")));
    for (until, reason, says) in
        [("", "x", "ngày"), ("17/6/2025", "x", "phải sau thời hạn hiện nay"), ("20/6/2025", "", "Nhập lý do")]
    {
        let answer = post(&app, &officer, id, "extension-request", until, reason);
        assert_eq!(answer.status, 422, "{until} {reason}");
        assert!(answer.text().contains(says), "{until} {reason}");
    }
    let asked = post(&app, &officer, id, "extension-request", "25/6/2025", "Cán bộ đầu mối ốm.");
    assert_eq!(asked.redirected(), "/my");
    let mine = officer.get("/my").ok();
    assert!(mine.contains("Đã đề nghị gia hạn đến 25/6, chờ trả lời"));
    assert!(!mine.contains(&format!("/obligations/{id}/extension-request")), "once at a time");
    assert_eq!(post(&app, &officer, id, "extension-request", "26/6/2025", "Nữa.").status, 422);

    let list = compiler.get("/periods").ok();
    assert!(list.contains("1 đơn vị đề nghị gia hạn") && list.contains(&format!("/obligations/{id}")));
    let period = super::period(&app, "bac-giang", "2025-H1");
    let board = compiler.get(&format!("/periods/{period}")).ok();
    assert!(board.contains("Đề nghị gia hạn (1)") && board.contains("đề nghị gia hạn đến 25/6"));
    let form = compiler.get(&format!("/obligations/{id}/extension")).ok();
    assert!(form.contains("Cán bộ đầu mối ốm.") && form.contains("value=\"25/6/2025\""), "proposed as asked");
    assert_eq!(post(&app, &officer, id, "extension", "25/6/2025", "x").status, 403);
    post(&app, &compiler, id, "extension", "20/6/2025", "Chỉ đến 20/6.").redirected();

    assert!(!compiler.get("/periods").ok().contains("đề nghị gia hạn"));
    let seen = officer.get(&format!("/obligations/{id}")).ok();
    assert!(
        seen.contains("Gia hạn đến 20/6")
            && seen.contains("Chỉ đến 20/6.")
            && seen.contains("Cán bộ đầu mối ốm.")
    );
    assert_eq!(decision_kinds(&app, id), ["extension_asked", "extension_granted"]);
}

#[test]
fn a_refusal_has_a_reason_and_leaves_the_date() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    assert_eq!(post(&app, &compiler, id, "extension-refusal", "", "x").status, 422, "nothing was asked");
    post(&app, &officer, id, "extension-request", "25/6/2025", "Chưa có số liệu.").redirected();
    assert_eq!(post(&app, &compiler, id, "extension-refusal", "", "").status, 422);
    post(&app, &compiler, id, "extension-refusal", "", "Bộ yêu cầu gửi ngày 18/6.").redirected();
    let mine = officer.get("/my").ok();
    assert!(mine.contains("Không được gia hạn: Bộ yêu cầu gửi ngày 18/6."));
    assert!(mine.contains(&format!("/obligations/{id}/extension-request")), "may be asked again");
    assert_eq!(decision_kinds(&app, id), ["extension_asked", "extension_refused"]);
    let shown = officer.get(&format!("/obligations/{id}")).ok();
    assert!(shown.contains("chậm nhất ngày 17/6/2025") && !shown.contains("Gia hạn đến "));
}

/// What is being typed goes on while the unit asks: a request touches neither report nor draft.
#[test]
fn asking_disturbs_nobody_who_is_sending() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let officer = app.client("canbo.khcn.bacgiang");
    let report = |app: &TestApp| {
        app.db
            .read(|conn| {
                use diesel::prelude::*;
                use tonghop::db::schema::reports;
                reports::table
                    .filter(reports::obligation_id.eq(id))
                    .select(reports::version)
                    .first::<i32>(conn)
                    .map_err(tonghop::db::DbError::Query)
            })
            .expect("a version")
    };
    let before = report(&app);
    post(&app, &officer, id, "extension-request", "25/6/2025", "Chưa có số liệu.").redirected();
    assert_eq!(report(&app), before);
}
