//! The steps: what they refuse, what they keep between visits, and that nothing is written before the last.

use diesel::prelude::*;
use tonghop::db::schema::{people, setup_answers, unit_kinds, units};
use tonghop::error::Error;

use super::{ADMINISTRATOR, opened};
use crate::support::app::TestApp;
use crate::support::client::Client;

/// People, units, kinds, kept answers.
fn rows(app: &TestApp) -> [i64; 4] {
    app.db
        .read(|conn| {
            Ok::<_, Error>([
                people::table.count().get_result(conn)?,
                units::table.count().get_result(conn)?,
                unit_kinds::table.count().get_result(conn)?,
                setup_answers::table.count().get_result(conn)?,
            ])
        })
        .expect("counts")
}

/// The administrator's form with one field changed.
fn with<'a>(name: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    ADMINISTRATOR.iter().map(|(field, kept)| (*field, if *field == name { value } else { *kept })).collect()
}

fn take(client: &Client, text: &str) -> crate::support::client::Answer {
    client.post("/setup/units", &[("text", text), ("do", "take")])
}

#[test]
fn what_is_to_mend_is_said_at_its_field_and_nothing_is_kept() {
    let app = TestApp::empty();
    let client = opened(&app);
    let wrong = [
        ("full_name", "", "Nhập họ và tên."),
        ("username", "Quản trị", "chữ thường không dấu"),
        ("new", "ngan", "ít nhất 10 ký tự"),
        ("new", "quantri.bacninh-1", "không được chứa tên đăng nhập"),
        ("again", "mot-mat-khau-khac", "chưa giống nhau"),
    ];
    for (field, value, words) in wrong {
        let answer = client.post("/setup/administrator", &with(field, value));
        assert_eq!(answer.status, 422, "{field}");
        let html = answer.text();
        assert!(html.contains(words), "{field}: {html}");
        assert!(!html.contains("mot-mat-khau"), "a password is never shown again");
    }
    assert_eq!(client.post("/setup/province", &[("code", "99"), ("kind", "auto")]).status, 422);
    assert_eq!(rows(&app), [0, 0, 0, 0]);
    let forged = client.post_raw("/setup/administrator", &ADMINISTRATOR);
    assert_eq!(forged.status, 403, "without the token");
    assert_eq!(client.get("/setup/review").redirected(), "/setup/administrator");
}

#[test]
fn steps_are_kept_between_visits_and_a_blank_password_keeps_the_old_one() {
    let app = TestApp::empty_on(chrono::NaiveDate::from_ymd_opt(2026, 9, 19).expect("a day"));
    let client = opened(&app);
    assert_eq!(client.post("/setup/administrator", &ADMINISTRATOR).redirected(), "/setup/province");
    let mut again = with("new", "");
    again.retain(|(field, _)| *field != "again");
    assert_eq!(client.post("/setup/administrator", &again).redirected(), "/setup/province");
    let province = client.post("/setup/province", &[("code", "24"), ("kind", "auto"), ("agency", "")]);
    assert_eq!(province.redirected(), "/setup/units");
    // The day before Bắc Ninh became a city.
    assert!(client.get("/setup/province").ok().contains("value=\"Công an tỉnh Bắc Ninh\""));
    assert!(take(&client, "Hội quán | không có").text().contains("Không rõ loại"));
    assert!(client.get("/setup/units").ok().contains("Hội quán | không có"), "what was typed is kept");
    assert_eq!(client.get("/setup").redirected(), "/setup/units");
    assert_eq!(take(&client, "Sở Nội vụ\nSở Y tế").redirected(), "/setup/review");
    let review = client.get("/setup/review").ok();
    assert!(review.contains("Tỉnh Bắc Ninh") && review.contains("2 đơn vị"), "{review}");
    assert_eq!(rows(&app), [0, 0, 0, 3], "answers alone are written");
    // Another province asks for its units again.
    let moved = client.post("/setup/province", &[("code", "80"), ("kind", "auto"), ("agency", "")]);
    assert_eq!(moved.redirected(), "/setup/units");
    assert_eq!(client.get("/setup/review").redirected(), "/setup/units");
}

#[test]
fn a_file_becomes_lines_that_can_be_mended() {
    let app = TestApp::empty();
    let client = opened(&app);
    client.post("/setup/province", &[("code", "24"), ("kind", "auto"), ("agency", "")]).redirected();
    let csv = "Tên đơn vị;Loại;Tên viết tắt\r\nSở Nội vụ;sở, ngành;Sở NV\r\nTrường Chính trị;;\r\n";
    let fields = [("csrf", client.csrf.as_str()), ("text", "Sở Y tế\tsở, ngành\tSYT"), ("do", "take")];
    let answer = client.post_file("/setup/units", &fields, ("file", "don-vi.csv", csv.as_bytes()));
    assert_eq!(answer.status, 422);
    let html = answer.text();
    assert!(html.contains("Sở Y tế|sở, ngành|SYT"), "a pasted tab keeps its columns apart: {html}");
    assert!(html.contains("Sở Nội vụ | sở, ngành | Sở NV"), "{html}");
    assert!(html.contains("Trường Chính trị") && html.contains("ghi loại ở cột thứ hai"), "{html}");
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0, 0];
    let answer = client.post_file("/setup/units", &fields, ("file", "don-vi.xls", &old));
    assert!(answer.text().contains("lưu lại thành .xlsx"));
    let forged = client.post_file("/setup/units", &[("text", "Sở Y tế")], ("file", "x.csv", b"x"));
    assert_eq!(forged.status, 403);
}
