//! Nil, exemption, extension, unlocking: who may, when, what it leaves behind, and who was faster.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::ObligationId;
use tonghop::db::schema::audit_log;
use tonghop::error::Error;

use super::{decision_kinds, obligation, standing};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

/// What an officer says who declares nil before the window is over.
const AGREED: [(&str, &str); 2] = [("aware", "1"), ("consent", "Công văn số 15/CV")];

/// Posts a decision with the version the page would have carried.
fn decide(app: &TestApp, client: &Client, id: ObligationId, path: &str, fields: &[(&str, &str)]) -> Answer {
    let version = standing(app, id).1.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    client.post(&format!("/obligations/{id}/{path}"), &all)
}

fn audited(app: &TestApp, id: ObligationId) -> Vec<String> {
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                audit_log::table
                    .filter(audit_log::subject_kind.eq("obligation"))
                    .filter(audit_log::subject_id.eq(id.0))
                    .order(audit_log::id)
                    .select(audit_log::action)
                    .load(conn)?,
            )
        })
        .expect("audit rows")
}

#[test]
fn a_unit_declares_nil_and_takes_it_back() {
    let app = TestApp::demo();
    let officer = app.client("canbo.hiephoa.bacgiang");
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    assert!(officer.get(&format!("/obligations/{id}/nil")).ok().contains("Khai không phát sinh kỳ này?"));
    assert_eq!(decide(&app, &officer, id, "nil", &AGREED).redirected(), "/my");
    assert_eq!(standing(&app, id).0, "nil");
    assert!(officer.get("/my").ok().contains(&format!("/obligations/{id}/nil")), "the way back is shown");
    assert_eq!(decide(&app, &officer, id, "nil/withdrawal", &[]).redirected(), "/my");
    assert_eq!(standing(&app, id).0, "owed");
    assert_eq!(decision_kinds(&app, id), ["nil", "nil_withdrawn"]);
    assert_eq!(audited(&app, id), ["obligation.nil", "obligation.nil_withdrawn"]);
}

#[test]
fn nil_over_a_draft_is_confirmed_and_says_who_agreed() {
    let app = TestApp::demo();
    // The demo's draft of Lục Nam holds 7 of 13 figures; the regime has the leader's step.
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.lucnam");
    let officer = app.client("canbo.lucnam.bacgiang");
    let form = officer.get(&format!("/obligations/{id}/nil")).ok();
    assert!(form.contains("7 dòng số liệu") && form.contains("name=\"drop\""), "{form}");
    for (fields, wrong) in [
        (&[][..], &["f-drop", "f-consent", "f-aware"][..]),
        (&[("drop", "1"), ("aware", "1")][..], &["f-consent"][..]),
        (&[("consent", "Công văn số 15/CV"), ("aware", "1")][..], &["f-drop"][..]),
    ] {
        let refused = decide(&app, &officer, id, "nil", fields);
        assert_eq!(refused.status, 422, "{fields:?}");
        let text = refused.text();
        for field in ["f-drop", "f-consent", "f-aware"] {
            let named = text.contains(&format!("href=\"#{field}\""));
            assert_eq!(named, wrong.contains(&field), "{fields:?} {field}: {text}");
        }
    }
    assert!(decision_kinds(&app, id).is_empty());
    let agreed = [("drop", "1"), ("aware", "1"), ("consent", "Công văn số 15/CV")];
    assert_eq!(decide(&app, &officer, id, "nil", &agreed).redirected(), "/my");
    assert_eq!(standing(&app, id).0, "nil");
    assert!(officer.get(&format!("/obligations/{id}")).ok().contains("Công văn số 15/CV"), "it is kept");
    let report = report_on(&officer.get(&format!("/obligations/{id}")).ok());
    let page = officer.get(&report).ok();
    assert!(page.contains("Đơn vị đã khai không phát sinh kỳ này"), "{page}");
    assert!(
        !page.contains("còn 7 ngày") && !page.contains("Bản đang soạn") && !page.contains("id=\"figures\"")
    );
    assert_eq!(decide(&app, &officer, id, "nil/withdrawal", &[]).redirected(), "/my");
    assert!(officer.get(&report).ok().contains("Bản đang soạn"), "the draft is still there");
}

#[test]
fn nil_over_a_file_alone_is_confirmed_too() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let report = report_on(&officer.get(&format!("/obligations/{id}")).ok());
    let fields = [("csrf", officer.csrf.as_str()), ("purpose", "evidence")];
    let file = ("file", "anh.png", &crate::attachments::samples::png()[..]);
    officer.post_file(&format!("{report}/attachments"), &fields, file).redirected();
    let refused = decide(&app, &officer, id, "nil", &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("1 tệp đính kèm"), "{}", refused.text());
    assert_eq!(standing(&app, id).0, "owed");
}

/// The address of the report on the page of its obligation.
fn report_on(html: &str) -> String {
    let at = html.find("href=\"/reports/").expect("a report") + 6;
    html[at..].split('"').next().expect("an address").to_owned()
}

/// Sở Tư pháp's half of 2025 was received with figures: its year cannot have been nothing.
#[test]
fn nil_of_a_year_against_its_own_half_is_refused() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-Y", "bg.tuphap");
    let says =
        "Đơn vị đã báo số liệu trong kỳ 6 tháng đầu năm 2025, nên không thể báo không phát sinh cho năm 2025";
    for user in ["canbo.tuphap.bacgiang", "lanhdao.tuphap.bacgiang"] {
        let client = app.client(user);
        let form = client.get(&format!("/obligations/{id}/nil"));
        assert!(form.status == 422 && form.text().contains(says), "{}", form.text());
        let refused = decide(&app, &client, id, "nil", &[("aware", "1"), ("consent", "Công văn số 15/CV")]);
        assert!(refused.status == 422 && refused.text().contains(says), "{}", refused.text());
        let page = client.get(&format!("/obligations/{id}")).ok();
        assert!(!page.contains(&format!("href=\"/obligations/{id}/nil\"")), "it is not offered: {page}");
    }
    assert_eq!(standing(&app, id).0, "owed");
    // What was sent and is not received yet was reported too: the half of Sở VH,TT&DL waits.
    let waits = obligation(&app, "bac-giang", "2025-Y", "bg.vhttdl");
    let form = app.client("canbo.vhttdl.bacgiang").get(&format!("/obligations/{waits}/nil"));
    assert!(form.status == 422 && form.text().contains(says), "{}", form.text());
    // The half itself is no part of a half.
    let half = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    assert_eq!(app.client("canbo.hiephoa.bacgiang").get(&format!("/obligations/{half}/nil")).status, 200);
}

/// Sở Y tế's half of 2025 was nothing; its year has six months to go.
#[test]
fn nil_of_a_year_before_it_is_over_is_read_and_agreed() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-Y", "bg.yte");
    let officer = app.client("canbo.yte.bacgiang");
    let form = officer.get(&format!("/obligations/{id}/nil")).ok();
    assert!(form.contains("Thời gian chốt số liệu đến hết ngày 14/12/2025"), "{form}");
    let refused = decide(&app, &officer, id, "nil", &[]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("href=\"#f-aware\"") && text.contains("href=\"#f-consent\""), "{text}");
    assert_eq!(standing(&app, id).0, "owed");
    decide(&app, &officer, id, "nil", &[("aware", "1"), ("consent", "Công văn số 15/CV")]).redirected();
    assert_eq!(standing(&app, id).0, "nil");
}

#[test]
fn where_nothing_is_typed_or_the_leader_declares_nothing_more_is_asked() {
    // The window is over.
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 16).expect("a day"));
    // Sở Y tế reported no figure before; what it declared in the demo it takes back first.
    let untouched = obligation(&app, "bac-giang", "2025-H1", "bg.yte");
    let officer = app.client("canbo.yte.bacgiang");
    decide(&app, &officer, untouched, "nil/withdrawal", &[]).redirected();
    let form = officer.get(&format!("/obligations/{untouched}/nil")).ok();
    assert!(!form.contains("name=\"drop\"") && form.contains("(nếu có)"), "{form}");
    decide(&app, &officer, untouched, "nil", &[]).redirected();
    let typed = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let leader = app.client("lanhdao.khcn.bacgiang");
    assert!(!leader.get(&format!("/obligations/{typed}/nil")).ok().contains("name=\"consent\""));
    assert_eq!(decide(&app, &leader, typed, "nil", &[]).status, 422);
    decide(&app, &leader, typed, "nil", &[("drop", "1")]).redirected();
}

#[test]
fn nil_is_refused_once_a_report_was_sent_and_while_it_is_with_the_leader() {
    let app = TestApp::demo();
    for (unit, user) in [("bg.noivu", "canbo.noivu.bacgiang"), ("bg.gddt", "canbo.gddt.bacgiang")] {
        let id = obligation(&app, "bac-giang", "2025-H1", unit);
        let officer = app.client(user);
        assert_eq!(officer.get(&format!("/obligations/{id}/nil")).status, 422, "{unit}");
        assert_eq!(decide(&app, &officer, id, "nil", &[]).status, 422, "{unit}");
        assert_eq!(standing(&app, id).0, "owed");
        assert!(decision_kinds(&app, id).is_empty());
    }
}

#[test]
fn nil_is_for_the_unit_and_the_rest_for_the_collector() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let reason = [("reason", "Lý do"), ("until", "20/6/2025")];
    let compiler = app.client("tonghop.catinh.bacgiang");
    assert_eq!(decide(&app, &compiler, id, "nil", &[]).status, 403);
    let officer = app.client("canbo.hiephoa.bacgiang");
    for path in ["exemption", "extension", "unlock"] {
        assert_eq!(decide(&app, &officer, id, path, &reason).status, 403, "{path}");
    }
    for stranger in ["canbo.khcn.bacgiang", "tonghop.catinh.longan", "lanhdao.ubnd.longan", "c11.bocongan"] {
        let client = app.client(stranger);
        assert_eq!(client.get(&format!("/obligations/{id}")).status, 404, "{stranger}");
        for path in ["nil", "exemption", "extension", "unlock", "nil/withdrawal", "exemption/withdrawal"] {
            assert_eq!(decide(&app, &client, id, path, &reason).status, 404, "{stranger} {path}");
        }
    }
    assert_eq!(app.client("lanhdao.ubnd.bacgiang").get(&format!("/obligations/{id}")).status, 200);
    assert_eq!(standing(&app, id), ("owed".to_owned(), 1));
}

#[test]
fn an_exemption_needs_a_reason_and_takes_the_unit_out_of_the_denominator() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let page = format!("/periods/{}", super::period(&app, "bac-giang", "2025-H1"));
    assert!(compiler.get(&page).ok().contains("13 / 21 đơn vị đã gửi"));
    let refused = decide(&app, &compiler, id, "exemption", &[("reason", "  ")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("href=\"#f-reason\""));
    decide(&app, &compiler, id, "exemption", &[("reason", "Không có người thuộc diện quản lý.")])
        .redirected();
    assert_eq!(standing(&app, id).0, "exempt");
    let mine = app.client("canbo.hiephoa.bacgiang").get("/my").ok();
    assert!(mine.contains("Được miễn báo cáo"), "it does not vanish without a word: {mine}");
    let html = compiler.get(&page).ok();
    assert!(html.contains("13 / 20 đơn vị đã gửi"), "{html}");
    assert!(html.contains("2 được miễn (ngoài mẫu số)"), "{html}");
    let shown = compiler.get(&format!("/obligations/{id}")).ok();
    assert!(shown.contains("Không có người thuộc diện quản lý."), "the reason is kept");
    assert_eq!(decide(&app, &compiler, id, "exemption/withdrawal", &[("reason", "")]).status, 422);
    decide(&app, &compiler, id, "exemption/withdrawal", &[("reason", "Đã có phát sinh.")]).redirected();
    assert_eq!(standing(&app, id).0, "owed");
    assert_eq!(decision_kinds(&app, id), ["exempt", "exempt_withdrawn"]);
    assert_eq!(audited(&app, id).len(), 2);
}

#[test]
fn an_extension_moves_the_day_and_ends_the_overdue() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bariavungtau");
    let id = obligation(&app, "ba-ria-vung-tau", "2025-H1", "vt.gddt");
    let overview = compiler.get("/overview").ok();
    assert!(overview.contains("4 đơn vị quá hạn, lâu nhất 4 ngày"), "{overview}");
    // The stated day is 06/6; the day asked for is past, too early, unreadable, or without a reason.
    for (until, reason, field) in [
        ("09/6/2025", "Lý do", "f-until"),
        ("06/6/2025", "Lý do", "f-until"),
        ("30/2/2025", "Lý do", "f-until"),
        ("", "Lý do", "f-until"),
        ("20/6/2025", "", "f-reason"),
    ] {
        let answer = decide(&app, &compiler, id, "extension", &[("until", until), ("reason", reason)]);
        assert_eq!(answer.status, 422, "{until} {reason}");
        assert!(answer.text().contains(&format!("href=\"#{field}\"")), "{until} {reason}: {}", answer.text());
    }
    decide(&app, &compiler, id, "extension", &[("until", "20/6/2025"), ("reason", "Mới sắp xếp bộ máy.")])
        .redirected();
    let page = format!("/periods/{}", super::period(&app, "ba-ria-vung-tau", "2025-H1"));
    assert!(compiler.get(&page).ok().contains("gia hạn đến 20/6"));
    assert!(compiler.get("/overview").ok().contains("3 đơn vị quá hạn"));
    // A second extension goes further than the first, never back towards the stated day.
    for until in ["20/6/2025", "12/6/2025"] {
        let answer = decide(&app, &compiler, id, "extension", &[("until", until), ("reason", "Lý do")]);
        assert_eq!(answer.status, 422, "{until}");
        assert!(answer.text().contains("hạn đã gia hạn (20/6/2025)"), "{}", answer.text());
    }
    decide(&app, &compiler, id, "extension", &[("until", "25/6/2025"), ("reason", "Thêm ngày.")])
        .redirected();
    assert_eq!(decision_kinds(&app, id), ["extension_granted", "extension_granted"]);
}

#[test]
fn a_day_that_cannot_be_read_is_said_once_and_a_year_is_a_year() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    for typed in ["", "không rõ"] {
        let answer = decide(&app, &compiler, id, "extension", &[("until", typed), ("reason", "Lý do")]);
        assert_eq!(answer.status, 422);
        assert!(!answer.text().contains("262142") && !answer.text().contains("xa quá một năm"), "{typed}");
    }
    // The demo's day is 10/6/2025.
    let answer = decide(&app, &compiler, id, "extension", &[("until", "11/6/2026"), ("reason", "Lý do")]);
    assert!(answer.text().contains("Nhập ngày đến 10/6/2026."), "{}", answer.text());
}

#[test]
fn an_undated_duty_and_a_sent_report_have_nothing_to_extend() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    for (code, unit) in [("2025-Y", "bg.hiephoa"), ("2025-H1", "bg.noivu")] {
        let id = obligation(&app, "bac-giang", code, unit);
        let fields = [("until", "20/6/2025"), ("reason", "Lý do")];
        assert_eq!(decide(&app, &compiler, id, "extension", &fields).status, 422, "{code} {unit}");
    }
}

#[test]
fn after_the_lock_nothing_is_declared_until_it_is_unlocked() {
    let day = NaiveDate::from_ymd_opt(2025, 6, 25).expect("a day");
    let app = TestApp::demo_on(day);
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    assert_eq!(decide(&app, &officer, id, "nil", &[]).status, 422);
    let compiler = app.client("tonghop.catinh.bacgiang");
    for until in ["24/6/2025", "20/6/2025"] {
        let fields = [("until", until), ("reason", "Bổ sung số liệu.")];
        assert_eq!(decide(&app, &compiler, id, "unlock", &fields).status, 422, "{until}");
    }
    let fields = [("until", "27/6/2025"), ("reason", "Bổ sung số liệu.")];
    decide(&app, &compiler, id, "unlock", &fields).redirected();
    let words = "mở khóa số liệu cho đơn vị đến hết";
    assert!(officer.get("/my").ok().contains(words), "the unit is told where it looks first");
    let fields = [("aware", "1"), ("consent", "Công văn số 15/CV ngày 24/6/2025")];
    decide(&app, &officer, id, "nil", &fields).redirected();
    assert_eq!(decision_kinds(&app, id), ["unlock", "nil"]);
    assert_eq!(audited(&app, id), ["obligation.unlock", "obligation.nil"]);
}

#[test]
fn the_second_of_two_people_is_told_and_nothing_is_overwritten() {
    let app = TestApp::demo();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let seen = standing(&app, id).1.to_string();
    let fields = [("version", seen.as_str()), ("reason", "Lý do"), ("until", "20/6/2025")];
    compiler.post(&format!("/obligations/{id}/extension"), &fields).redirected();
    let other = app.client("tonghop2.catinh.bacgiang");
    assert_eq!(other.post(&format!("/obligations/{id}/exemption"), &fields).status, 409);
    assert_eq!(standing(&app, id).0, "owed");
    assert_eq!(decision_kinds(&app, id), ["extension_granted"]);
}
