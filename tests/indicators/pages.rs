//! The catalogue over HTTP on the demo; what it must say is written here by hand.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::indicators;

use crate::support::app::TestApp;

fn id_of(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            let found = indicators::table.filter(indicators::code.eq(code)).select(indicators::id);
            Ok::<_, DbError>(found.first(conn)?)
        })
        .expect("an indicator")
}

/// The row of one indicator, as text between its code and the row's end.
fn row<'a>(html: &'a str, code: &str) -> &'a str {
    let from = html.find(&format!("<span class=\"muted\">{code}</span>")).expect("a row");
    html[from..].split_once("</tr>").expect("its end").0
}

#[test]
fn the_catalogue_says_each_rule_in_words() {
    let app = TestApp::demo();
    let html = app.client("tonghop.catinh.bacgiang").get("/indicators").ok();
    let expected = [
        ("A02", ["có hoặc không", "đếm số đơn vị “có”", "cộng", "lấy số cuối kỳ"]),
        ("A04", ["số nguyên", "cộng", "cộng", "cộng các kỳ"]),
        ("A10", ["tiền (triệu đồng)", "cộng", "cộng", "lũy kế trong năm"]),
        ("D05", ["tỷ lệ, hệ thống tự tính", "tính lại tỷ lệ", "tính lại tỷ lệ", "tính lại tỷ lệ"]),
    ];
    for (code, words) in expected {
        let cells: Vec<&str> = row(&html, code)
            .split("<td data-label=")
            .skip(2)
            .filter_map(|cell| Some(cell.split_once('>')?.1.split_once('<')?.0))
            .collect();
        assert_eq!(cells, words, "{code}");
    }
    assert!(row(&html, "D05").contains("D03 trên D04"));
    assert!(html.find("A. Chỉ đạo, kinh phí ·") < html.find("B. Tuyên truyền trên không gian mạng ·"));
    assert!(html.contains("số liệu hạn chế"), "group E is marked");
}

#[test]
fn the_catalogue_is_searched_by_name_and_by_code() {
    let app = TestApp::demo();
    let client = app.client("canbo.khcn.bacgiang");
    let found =
        |q: &str| client.get(&format!("/indicators?q={q}")).ok().matches("<span class=\"muted\">").count();
    assert_eq!(found("d05"), 1);
    assert_eq!(found("kinh+phi"), 2);
    assert_eq!(found("khong+co+gi+nhu+vay"), 0);
}

#[test]
fn an_indicator_says_who_is_asked_for_it() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let ratio = client.get(&format!("/indicators/{}", id_of(&app, "D05"))).ok();
    assert!(ratio.contains("<dt>Tử số</dt>") && ratio.contains("<dt>Mẫu số</dt>"));
    let owned = client.get(&format!("/indicators/{}", id_of(&app, "E01"))).ok();
    assert!(owned.contains("Nhóm số liệu hạn chế"));
    assert!(owned.contains("Công an tỉnh") && owned.contains("được tính") && owned.contains("phải nhập"));
    assert!(owned.contains("Tái hòa nhập cộng đồng tỉnh Bắc Giang"));
    assert!(!owned.contains("Long An") && !owned.contains("Bà Rịa"), "another province's regime shows");
    let shared = client.get(&format!("/indicators/{}", id_of(&app, "B14"))).ok();
    assert!(shared.contains("tham khảo, không cộng") && shared.contains("được tính"));
    assert_eq!(client.get("/indicators/999999").status, 404);
    assert_eq!(app.client("c11.bocongan").get("/indicators").status, 403);
    assert_eq!(app.anonymous().get("/indicators").redirected(), "/sign-in?next=/indicators");
}
