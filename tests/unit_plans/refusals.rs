//! What cannot be read or may not be seen: each told in words, and nothing kept.

use tonghop::brought::{Kind, queries};
use tonghop::db::schema::brought_documents;
use tonghop::unit_plans::UnitPlan;
use tonghop::unit_plans::kept::Kept;

use super::*;
use crate::plan_adoption::refusals::{locked, scan};

/// Documents that are kept, but for the one that the demo begins with.
fn kept(scene: &Scene<'_>) -> i64 {
    scene.read(|conn| brought_documents::table.count().get_result::<i64>(conn)) - 1
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_nothing() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let report = crate::prose_reader::REPORT.as_bytes().to_vec();
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("quet.pdf", scan(), "ảnh quét, không có lớp chữ"),
        ("anh.png", b"\x89PNG\r\n\x1a\n".to_vec(), "ảnh quét"),
        ("khoa.docx", locked(), "Bỏ mật khẩu rồi chọn lại tệp"),
        ("trong.txt", b"  \n \n".to_vec(), "Tệp không có chữ nào"),
        ("la.bin", vec![0xFF, 0x00, 0x12, 0x80], "Không đọc được chữ trong tệp"),
        ("bao-cao.txt", report, "Đây là báo cáo, không phải kế hoạch"),
        ("thu.txt", "Xin chào các anh chị.\nHẹn gặp lại.\n".as_bytes().to_vec(), "Không nhận ra mục nào"),
        ("dai.txt", "- a\n".repeat(20_001).into_bytes(), "nhiều nhất 20.000 dòng"),
    ];
    for (name, bytes, words) in cases {
        let answer = send(&scene.officer, scene.id, name, &bytes);
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        assert!(answer.text().contains(words), "{name}: {}", answer.text());
        assert!(answer.text().contains("href=\"#f-file\""), "{name}: the summary leads to the field");
    }
    let nothing = scene.officer.post(&scene.at("/text"), &[("text", " \n ")]);
    assert!(nothing.status == 422 && nothing.text().contains("Dán nội dung kế hoạch vào ô này"));
    assert_eq!(kept(&scene), 0);
}

#[test]
fn anothers_plan_does_not_exist() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    for stranger in [
        COMPILER,
        "canbo.taichinh.bariavungtau",
        "canbo.khcn.bacgiang",
        "lanhdao.ubnd.bariavungtau",
        "quantri.bariavungtau",
    ] {
        let client = scene.app.client(stranger);
        for path in ["", "/file"] {
            assert_eq!(client.get(&format!("{review}{path}")).status, 404, "{stranger} {path}");
        }
        assert_eq!(client.get(&scene.at("")).status, 404, "{stranger}");
        assert_eq!(client.post(&review, &[("version", "1"), ("do", "apply")]).status, 404, "{stranger}");
        assert_eq!(client.post(&format!("{review}/removal"), &[]).status, 404, "{stranger}");
        assert_eq!(client.post(&scene.at("/text"), &[("text", PLAN)]).status, 404, "{stranger}");
    }
    assert_eq!(kept(&scene), 1);
    // Under another report's address it is not either.
    let other = report_of(scene.app, "vt.taichinh", "2025-PLAN");
    let number: i64 = review.rsplit('/').next().and_then(|n| n.parse().ok()).expect("a number");
    let found = scene.app.db.read(|conn| {
        let id = tonghop::db::ids::BroughtId(number);
        queries::find::<Kept>(conn, (other, id), UnitPlan::ABOUT, false).map_err(DbError::Query)
    });
    assert!(found.is_err(), "a document of another report");
}

#[test]
fn a_report_with_figures_and_one_that_was_sent_take_none() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let officer = scene.app.client("canbo.taichinh.bariavungtau");
    let sent = report_of(scene.app, "vt.taichinh", "2025-PLAN");
    let refused = officer.post(&format!("/reports/{sent}/unit-plan/text"), &[("text", PLAN)]);
    assert!(refused.status == 422 && refused.text().contains("đã gửi, không sửa được"), "{}", refused.text());
    let figures = report_of(scene.app, "vt.taichinh", "2025-Y");
    assert_eq!(
        officer.get(&format!("/reports/{figures}/unit-plan")).redirected(),
        format!("/reports/{figures}")
    );
    let refused = officer.post(&format!("/reports/{figures}/unit-plan/text"), &[("text", PLAN)]);
    assert!(
        refused.status == 422 && refused.text().contains("chế độ yêu cầu gửi kế hoạch"),
        "{}",
        refused.text()
    );
    assert_eq!(kept(&scene), 0);
}

#[test]
fn what_was_brought_keeps_a_task_and_a_period() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    press(&scene.officer, &review, "apply", &[]).redirected();
    let task = scene.task("Tuyên truyền qua việc cấp phiếu");
    let kept = scene.read(|conn| tonghop::plans::queries::has_history(conn, tonghop::db::ids::TaskId(task)));
    assert!(kept, "a task that a unit's plan answers is not removed");
}
