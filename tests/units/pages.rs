//! The register and a unit's page over HTTP on the demo; counts come from the fixture file, read here on its own.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::units;

use crate::support::app::TestApp;
use crate::support::client::Client;

/// Links to units on a page, in order.
fn linked(html: &str) -> Vec<String> {
    let rows = html.split("class=\"wide\"><a href=\"/units/").skip(1);
    rows.filter_map(|rest| Some(rest.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

/// The number after the page's second fact: units existing on the day.
fn count(html: &str) -> usize {
    let facts = html.split_once("<dl class=\"facts\">").expect("facts").1;
    let number = facts.split("<dd>").nth(2).and_then(|rest| rest.split_once('<')).expect("a second fact").0;
    number.parse().expect("a number")
}

/// Units of Bắc Giang that existed on a day, by the fixture file; the province itself is not one of them.
fn in_the_file(day: NaiveDate) -> usize {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/units/bac-giang.csv");
    let mut reader = csv::Reader::from_path(path).expect("the file");
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|found| found == name).expect("a column");
    let (kind, from, to) = (at("kind"), at("valid_from"), at("valid_to"));
    let date = |text: &str| (!text.is_empty()).then(|| text.parse::<NaiveDate>().expect("a day"));
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.filter(|row| &row[kind] != "province")
        .filter(|row| date(&row[from]).is_none_or(|d| d <= day) && date(&row[to]).is_none_or(|d| day <= d))
        .count()
}

fn id_of(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            Ok::<_, DbError>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?)
        })
        .expect("a unit")
}

fn compiler(app: &TestApp) -> Client {
    app.client("tonghop.catinh.bacgiang")
}

#[test]
fn the_register_counts_the_units_of_each_day() {
    let app = TestApp::demo();
    let client = compiler(&app);
    for on in ["2024-01-31", "2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01", "2025-06-10"] {
        let html = client.get(&format!("/units?on={on}")).ok();
        assert_eq!(count(&html), in_the_file(on.parse().expect("a day")), "{on}");
    }
    let today = client.get("/units").ok();
    assert_eq!(count(&today), in_the_file("2025-06-10".parse().expect("a day")));
    assert!(!today.contains("Long An"), "another province shows");
}

#[test]
fn headings_stand_in_protocol_order_and_the_ended_come_last() {
    let app = TestApp::demo();
    let html = compiler(&app).get("/units").ok();
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("Cơ quan cấp tỉnh ·") < at("Mặt trận, đoàn thể ·"));
    assert!(at("Mặt trận, đoàn thể ·") < at("Huyện, thị xã, thành phố ·"));
    assert!(at("Huyện, thị xã, thành phố ·") < at("Đã kết thúc hoạt động ·"));
    assert!(at("Đã kết thúc hoạt động ·") < at(">Sở Thông tin và Truyền thông<"));
    assert!(html.contains("trước đây: UBND huyện Việt Yên"));
    let before = compiler(&app).get("/units?on=2025-02-28").ok();
    assert!(before.find(">Sở Thông tin và Truyền thông<") < before.find("Huyện, thị xã, thành phố ·"));
}

#[test]
fn search_ignores_accents_and_finds_former_names() {
    let app = TestApp::demo();
    let client = compiler(&app);
    let of = |q: &str| linked(&client.get(&format!("/units?q={q}")).ok());
    assert_eq!(of("huyen+viet+yen")[0], "UBND thị xã Việt Yên");
    assert_eq!(of("so+thong+tin+truyen"), ["Sở Thông tin và Truyền thông"]);
    assert_eq!(of("L%E1%BB%A5c+Nam")[0], "UBND huyện Lục Nam");
    let none = client.get("/units?q=ha+noi").ok();
    assert!(none.contains("Không có đơn vị nào mang tên “ha noi”"), "{none}");
}

#[test]
fn a_day_that_cannot_be_read_is_said_and_what_was_searched_stays() {
    let app = TestApp::demo();
    let client = compiler(&app);
    let answer = client.get("/units?on=31-2-2025x&q=noi+vu");
    assert_eq!(answer.status, 422);
    let html = answer.text();
    assert!(html.contains("aria-invalid") && html.contains("value=\"noi vu\""));
    assert_eq!(client.get("/units?on=28/02/2025").status, 200);
}

#[test]
fn a_units_page_tells_what_it_took_over_and_what_became_of_it() {
    let app = TestApp::demo();
    let client = compiler(&app);
    let (tttt, khcn) = (id_of(&app, "bg.tttt"), id_of(&app, "bg.khcn"));
    let successor = client.get(&format!("/units/{khcn}")).ok();
    assert!(successor.contains("Hợp nhất, sáp nhập: tiếp nhận toàn bộ từ"));
    assert!(successor.contains(&format!("<a href=\"/units/{tttt}\">Sở Thông tin và Truyền thông</a>")));
    assert!(successor.contains("Nghị định số 45/2025/NĐ-CP") && successor.contains("01/3/2025"));
    let gone = client.get(&format!("/units/{tttt}")).ok();
    assert!(gone.contains("Đơn vị đã kết thúc hoạt động."));
    assert!(gone.contains("chuyển toàn bộ sang") && gone.contains("chuyển chức năng “"));
    let town = client.get(&format!("/units/{}", id_of(&app, "bg.vietyen"))).ok();
    assert!(town.contains("UBND huyện Việt Yên") && town.contains("đến hết 31/01/2024"));
    assert!(town.contains("Đổi tên, chuyển đổi; đơn vị tiếp tục hoạt động"));
    let town_centre = "Trung tâm Văn hóa - Thông tin và Thể thao thị xã Việt Yên";
    assert!(town.contains("Đơn vị trực thuộc") && town.contains(town_centre));
}

#[test]
fn what_is_foreign_does_not_exist() {
    let app = TestApp::demo();
    let client = compiler(&app);
    for code in ["la.ca", "la.khcn", "vt", "bo", "bo.c11"] {
        assert_eq!(client.get(&format!("/units/{}", id_of(&app, code))).status, 404, "{code}");
    }
    assert_eq!(client.get("/units/999999").status, 404);
    assert_eq!(client.get("/units/abc").status, 404);
    assert_eq!(client.get(&format!("/units/{}", id_of(&app, "bg"))).status, 200);
    assert_eq!(app.client("canbo.khcn.bacgiang").get("/units").status, 200);
    assert_eq!(app.client("c11.bocongan").get("/units").status, 403);
    assert_eq!(app.anonymous().get("/units").redirected(), "/sign-in?next=/units");
}

/// Đ stands between D and E, which neither database knows: one orders by bytes, the other by its locale.
#[test]
fn names_stand_in_the_vietnamese_order_on_both_databases() {
    use tonghop::db::schema::{function_holders, functions};
    let app = TestApp::empty();
    let names: Vec<String> = app
        .db
        .write(|conn| {
            diesel::insert_into(units::table)
                .values((units::id.eq(1), units::uid.eq("u"), units::code.eq("u")))
                .execute(conn)?;
            for (id, name) in
                (1i64..).zip(["Y tế", "Đất đai", "An ninh mạng", "Du lịch", "Ẩm thực", "Em nhỏ"])
            {
                diesel::insert_into(functions::table)
                    .values((
                        functions::id.eq(id),
                        functions::code.eq(format!("f{id}")),
                        functions::name.eq(name),
                    ))
                    .execute(conn)?;
                diesel::insert_into(function_holders::table)
                    .values((
                        function_holders::function_id.eq(id),
                        function_holders::province_id.eq(1),
                        function_holders::unit_id.eq(1),
                    ))
                    .execute(conn)?;
            }
            let held = tonghop::units::queries::register::functions_of(conn, tonghop::db::ids::UnitId(1))?;
            Ok::<_, DbError>(held.into_iter().map(|function| function.name).collect())
        })
        .expect("the functions");
    assert_eq!(names, ["An ninh mạng", "Ẩm thực", "Du lịch", "Đất đai", "Em nhỏ", "Y tế"]);
}
