//! What was decided about what a unit owes stands on its page of notices, with the reason and who decided.

use tonghop::db::ids::ObligationId;

use crate::periods::{obligation, period, standing};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

fn decide(app: &TestApp, client: &Client, id: ObligationId, path: &str, fields: &[(&str, &str)]) {
    let version = standing(app, id).1.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    client.post(&format!("/obligations/{id}/{path}"), &all).redirected();
}

#[test]
fn a_unit_is_told_what_was_decided_about_its_report() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let (asking, other) = (app.client("canbo.khcn.bacgiang"), app.client("canbo.vhttdl.bacgiang"));
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    assert!(!asking.get("/notices").ok().contains("id=\"decided\""));
    decide(
        &app,
        &asking,
        id,
        "extension-request",
        &[("until", "20/6/2025"), ("reason", "Chờ số liệu huyện")],
    );
    assert!(!asking.get("/notices").ok().contains("id=\"decided\""), "its own request is no news to it");
    decide(&app, &compiler, id, "extension-refusal", &[("reason", "Kỳ này không gia hạn thêm")]);
    let page = asking.get("/notices").ok();
    assert!(page.contains("Không gia hạn</b>. Lý do: Kỳ này không gia hạn thêm"), "{page}");
    decide(
        &app,
        &compiler,
        id,
        "extension",
        &[("until", "19/6/2025"), ("reason", "Đồng ý theo báo cáo miệng")],
    );
    decide(&app, &compiler, id, "unlock", &[("until", "27/6/2025"), ("reason", "Bổ sung số liệu")]);
    decide(&app, &compiler, id, "exemption", &[("reason", "Gửi chung trong báo cáo khác")]);
    let page = asking.get("/notices").ok();
    for words in [
        "Gia hạn đến 19/6</b>. Lý do: Đồng ý theo báo cáo miệng",
        "Mở khóa số liệu đến 27/6</b>. Lý do: Bổ sung số liệu",
        "Miễn báo cáo</b>. Lý do: Gửi chung trong báo cáo khác",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains(&format!("/obligations/{id}")) && page.contains("10/6/2025"), "{page}");
    // The newest first; what is another unit's is nobody else's.
    let at = |words: &str| page.find(words).expect("a decision");
    assert!(at("Miễn báo cáo</b>") < at("Không gia hạn</b>"));
    assert!(!other.get("/notices").ok().contains("Gửi chung trong báo cáo khác"));
}

#[test]
fn units_that_have_not_sent_are_told_of_a_new_last_day_with_its_hour_and_document() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let path = format!("/periods/{}/dates", period(&app, "bac-giang", "2025-H1"));
    let page = compiler.get(&path).ok();
    let version = hidden(&page, "version").expect("a version");
    let fields = [
        ("version", version.as_str()),
        ("due_rule", "by"),
        ("stated_on", "20/6/2025"),
        ("stated_time", "16:00"),
        ("due_basis", "Công văn số 2300/CAT-PC10 ngày 10/6/2025"),
        ("lock_on", "30/6/2025"),
    ];
    compiler.post(&path, &fields).redirected();
    let told = |user: &str| app.client(user).get("/notices").ok();
    let owes = told("canbo.khcn.bacgiang");
    for words in ["Ấn định thời hạn gửi: ", "16 giờ 00", "Căn cứ: Công văn số 2300/CAT-PC10 ngày 10/6/2025"]
    {
        assert!(owes.contains(words), "{words}: {owes}");
    }
    assert!(!told("canbo.noivu.bacgiang").contains("id=\"decided\""), "its report is there");
}

fn set_dates(client: &Client, path: &str, fields: &[(&str, &str)]) {
    let version = hidden(&client.get(path).ok(), "version").expect("a version");
    let mut all = vec![("version", version.as_str()), ("due_rule", "by")];
    all.extend_from_slice(fields);
    client.post(path, &all).redirected();
}

/// What the page of notices says was decided, one by one, without addresses.
fn decisions(app: &TestApp, user: &str) -> Vec<String> {
    let page = app.client(user).get("/notices").ok();
    let list = page.split("id=\"decided\"").nth(1).and_then(|rest| rest.split("</ul>").next());
    let of = |item: &str| item.split_once('>').map_or(item, |(_, words)| words).to_owned();
    list.map_or(vec![], |list| list.split("<a href=").skip(1).map(of).collect())
}

#[test]
fn a_last_day_that_is_set_anew_is_told_once() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let path = format!("/periods/{}/dates", period(&app, "bac-giang", "2025-H1"));
    // The same day at another hour, then another day.
    let last = [
        ("20/6/2025", "16:00", "Công văn số 2300/CAT-PC10", "16 giờ 00"),
        ("20/6/2025", "10:00", "Công văn số 2301/CAT-PC10", "10 giờ 00"),
        ("23/6/2025", "", "Công văn số 2302/CAT-PC10", "23/6"),
    ];
    for (day, hour, basis, words) in last {
        let fields =
            [("stated_on", day), ("stated_time", hour), ("due_basis", basis), ("lock_on", "30/6/2025")];
        set_dates(&compiler, &path, &fields);
        let told = decisions(&app, "canbo.khcn.bacgiang");
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains(words) && told[0].contains(basis), "{words}: {told:#?}");
    }
}

#[test]
fn two_reports_of_one_body_are_told_apart() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let path = format!("/periods/{}/dates", period(&app, "bac-giang", "2025-Y"));
    let fields = [
        ("stated_on", "17/12/2025"),
        ("due_basis", "Công văn số 3001/CAT-PC10 ngày 09/6/2025"),
        ("lock_on", "24/12/2025"),
    ];
    set_dates(&compiler, &path, &fields);
    // It writes its own report, and one on what it collects.
    let mut told = decisions(&app, "canbo.mttq.bacgiang");
    told.retain(|one| one.contains("(Ủy ban Mặt trận"));
    told.sort();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("Năm 2025, báo cáo tổng hợp</a>"), "{told:#?}");
    assert!(told[1].starts_with("Năm 2025</a>"), "{told:#?}");
    assert_eq!(decisions(&app, "canbo.khcn.bacgiang").len(), 1);
}
