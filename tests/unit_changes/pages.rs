//! The pages of reorganisations over HTTP: what is typed is kept, the preview says what will happen, the confirmation
//! does it, and it can be taken back.

use diesel::prelude::*;
use tonghop::db::Conn;
use tonghop::db::schema::{functions, obligations, periods, regimes, units};
use tonghop::error::Error;

use super::scene::{day, difference, picture};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

fn id(app: &TestApp, code: &str) -> String {
    let found: i64 = app
        .db
        .read(|conn| Ok::<_, Error>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?))
        .expect("a unit");
    found.to_string()
}

/// A decision, with what else is typed.
fn typed<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("rows", "3"),
        ("document", "Nghị quyết"),
        ("number", "18/NQ-HĐND"),
        ("issued_on", "20/6/2025"),
        ("agency", "HĐND tỉnh Bắc Giang"),
        ("effective_on", "01/7/2025"),
    ];
    all.extend_from_slice(more);
    all
}

fn admin(app: &TestApp) -> Client {
    app.client("quantri.bacgiang")
}

#[test]
fn the_list_tells_what_is_on_record() {
    let app = TestApp::demo();
    let html = admin(&app).get("/unit-changes").ok();
    assert!(html.contains("Sở Thông tin và Truyền thông → Sở Khoa học và Công nghệ"));
    assert!(html.contains("(chức năng “Quản lý báo chí, thông tin cơ sở”)"));
    assert!(html.contains("Ghi nhận sắp xếp") && !html.contains("Long An"));
    let leader = app.client("lanhdao.ubnd.bacgiang").get("/unit-changes").ok();
    assert!(leader.contains("Nghị định số 45/2025/NĐ-CP") && !leader.contains("Ghi nhận sắp xếp"));
    let newest = html.find("01/3/2025").expect("2025");
    assert!(newest < html.find("01/02/2024").expect("2024"), "the latest day first");
}

#[test]
fn each_kind_has_its_form() {
    let app = TestApp::demo();
    let client = admin(&app);
    assert!(client.get("/unit-changes/new").ok().contains("Số liệu cũ không bị chia."));
    for (kind, words) in [
        ("rename", "Từ ngày có hiệu lực"),
        ("merge", "Đơn vị tiếp nhận"),
        ("split", "Đơn vị kế thừa 3"),
        ("abolish", "Đơn vị nhận phần còn lại"),
        ("transfer", "Chức năng được chuyển"),
    ] {
        let html = client.get(&format!("/unit-changes/new?kind={kind}")).ok();
        assert!(html.contains(words), "{kind}");
    }
    let khcn = id(&app, "bg.khcn");
    let rename = client.get(&format!("/unit-changes/new?kind=rename&unit={khcn}")).ok();
    assert!(rename.contains("value=\"Sở Khoa học và Công nghệ\""));
    assert_eq!(client.get(&format!("/unit-changes/new?unit={}", id(&app, "la.khcn"))).status, 404);
}

#[test]
fn a_form_to_mend_keeps_what_was_typed() {
    let app = TestApp::demo();
    let client = admin(&app);
    let (tttt, khcn) = (id(&app, "bg.yte"), id(&app, "bg.khcn"));
    let fields = [("kind", "merge"), ("number", "7/QĐ"), ("from_0", tttt.as_str()), ("to_0", khcn.as_str())];
    let answer = client.post("/unit-changes/preview", &fields);
    assert_eq!(answer.status, 422);
    let html = answer.text();
    for words in ["Nhập ngày ban hành.", "Nhập cơ quan ban hành.", "Nhập ngày đầu tiên theo tổ chức mới."]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(html.contains("value=\"7/QĐ\"") && html.contains(&format!("value=\"{tttt}\" selected")));
    let more = client.post("/unit-changes/preview", &typed(&[("kind", "merge"), ("more", "1")])).ok();
    assert!(more.contains("name=\"from_7\"") && more.contains("value=\"18/NQ-HĐND\""));
    // Facts that stand against it are told on the form, too.
    let gone = id(&app, "bg.khdt");
    let fields = typed(&[("kind", "merge"), ("from_0", &gone), ("to_0", &khcn)]);
    assert_eq!(client.post("/unit-changes/preview", &fields).status, 422);
    let foreign = id(&app, "la.khcn");
    let fields = typed(&[("kind", "merge"), ("from_0", &foreign), ("to_0", &khcn)]);
    let answer = client.post("/unit-changes/preview", &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Chọn lại đơn vị trong danh sách."));
}

#[test]
fn previewed_confirmed_and_taken_back() {
    let app = TestApp::demo_on(day("2025-07-01"));
    let client = admin(&app);
    let before = app.db.write(|conn| Ok::<_, Error>(picture(conn))).expect("a picture");
    let (khcn, vhttdl) = (id(&app, "bg.khcn"), id(&app, "bg.vhttdl"));
    let fields = typed(&[("kind", "merge"), ("from_0", &khcn), ("to_0", &vhttdl)]);
    let html = client.post("/unit-changes/preview", &fields).ok();
    for words in [
        "Sở Khoa học và Công nghệ kết thúc hoạt động, ngày cuối 30/6/2025; kế thừa: Sở Văn hóa, Thể thao và Du lịch.",
        "giữ tên đơn vị cũ; người của đơn vị kế thừa làm tiếp",
        "Giữ nguyên tên đơn vị cũ:",
        "Chuyên viên Văn phòng Sở",
        "nhiệm vụ giao đích danh đơn vị cũ",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let after = app.db.write(|conn| Ok::<_, Error>(picture(conn))).expect("a picture");
    assert_eq!(difference(&before, &after), Vec::<String>::new(), "a preview writes nothing");

    // A confirmation that did not see the preview of now shows it instead.
    let stale = [fields.as_slice(), &[("seen", "0")]].concat();
    let answer = client.post("/unit-changes", &stale);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Dữ liệu đã thay đổi sau khi xem trước."));

    let seen = hidden(&html, "seen").expect("what was seen");
    let key = hidden(&html, "form_key").expect("the key of the form");
    let sure = [fields.as_slice(), &[("seen", &seen), ("form_key", &key)]].concat();
    let shown = client.post("/unit-changes", &sure).redirected();
    assert_eq!(
        client.post("/unit-changes", &sure).redirected(),
        shown,
        "a double click answers like the first"
    );
    let html = client.get(&shown).ok();
    assert!(html.contains("Nghị quyết số 18/NQ-HĐND ngày 20/6/2025 của HĐND tỉnh Bắc Giang"));
    assert!(html.contains("Hoàn tác sắp xếp này"));
    let leader = app.client("lanhdao.ubnd.bacgiang").get(&shown).ok();
    assert!(!leader.contains("Hoàn tác"));

    // The officer works at the successor, under the new order.
    let mine = app.client("canbo.khcn.bacgiang").get("/my").ok();
    assert!(mine.contains("Sở Văn hóa, Thể thao và Du lịch"));
    let unit = client.get(&format!("/units/{khcn}")).ok();
    assert!(unit.contains("Đơn vị đã kết thúc hoạt động."));

    let unsaid = client.post(&format!("{shown}/reversal"), &[("reason", " ")]);
    assert_eq!(unsaid.status, 422);
    assert!(unsaid.text().contains("Nhập lý do hoàn tác"));
    client.post(&format!("{shown}/reversal"), &[("reason", "Ghi nhầm đơn vị tiếp nhận")]).redirected();
    let list = client.get("/unit-changes").ok();
    assert!(
        list.contains("Đã hoàn tác") && list.contains("Lý do: Ghi nhầm đơn vị tiếp nhận"),
        "the trace stays"
    );
    let after = app.db.write(|conn| Ok::<_, Error>(picture(conn))).expect("a picture");
    assert_eq!(difference(&before, &after), Vec::<String>::new());
    assert!(
        list.contains(&format!("<del><a href=\"{shown}\">")),
        "struck through, and still to be opened: {list}"
    );
    let gone = client.get(&shown).ok();
    for words in ["đã hoàn tác", "Ghi nhầm đơn vị tiếp nhận", "→ Sở Văn hóa, Thể thao và Du lịch"]
    {
        assert!(gone.contains(words), "{words}: {gone}");
    }
    assert!(!gone.contains("Hoàn tác sắp xếp này"), "only to be read");
    assert_eq!(app.client("quantri.longan").get(&shown).status, 404);
}

#[test]
fn it_can_be_looked_at_early_and_confirmed_from_its_day_on() {
    let app = TestApp::demo();
    let client = admin(&app);
    let (yte, gddt) = (id(&app, "bg.yte"), id(&app, "bg.gddt"));
    let fields = typed(&[("kind", "merge"), ("from_0", &yte), ("to_0", &gddt)]);
    let html = client.post("/unit-changes/preview", &fields).ok();
    assert!(html.contains("xác nhận được từ ngày 01/7/2025"));
    assert!(!html.contains("Ghi nhận sắp xếp</button>"));
    let seen = hidden(&html, "seen").expect("what was seen");
    let answer = client.post("/unit-changes", &[fields.as_slice(), &[("seen", &seen)]].concat());
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Sắp xếp có hiệu lực từ ngày 01/7/2025"));
}

#[test]
fn a_new_name_says_whose_the_open_reports_stay() {
    let app = TestApp::demo_on(day("2025-07-01"));
    let yte = id(&app, "bg.yte");
    let fields = typed(&[("kind", "rename"), ("from_0", &yte), ("name_0", "Sở Y tế và Dân số")]);
    let html = admin(&app).post("/unit-changes/preview", &fields).ok();
    assert!(html.contains("Không báo cáo nào đổi đơn vị; "), "{html}");
    assert!(html.contains(" báo cáo chưa gửi vẫn của Sở Y tế."), "{html}");
    assert!(!html.contains("Không có báo cáo nào đang chờ gửi."));
}

#[test]
fn a_rename_is_told_with_both_names() {
    let app = TestApp::demo_on(day("2025-07-01"));
    let client = admin(&app);
    let yte = id(&app, "bg.yte");
    let fields = typed(&[("kind", "rename"), ("from_0", &yte), ("name_0", "Sở Y tế và Dân số")]);
    let html = client.post("/unit-changes/preview", &fields).ok();
    let (seen, key) = (hidden(&html, "seen").expect("seen"), hidden(&html, "form_key").expect("key"));
    let sure = [fields.as_slice(), &[("seen", &seen), ("form_key", &key)]].concat();
    let shown = client.post("/unit-changes", &sure).redirected();
    for page in ["/unit-changes", shown.as_str()] {
        let html = client.get(page).ok();
        assert!(html.contains("Sở Y tế → Sở Y tế và Dân số"), "{page}");
        assert!(!html.contains("Sở Y tế và Dân số: tiếp tục hoạt động"), "{page}");
    }
    let trail = client.get("/trail").ok();
    assert!(trail.contains("từ: Sở Y tế, sang: Sở Y tế và Dân số"), "{trail}");
    client.post(&format!("{shown}/reversal"), &[("reason", "Ghi nhầm")]).redirected();
    assert!(client.get("/unit-changes").ok().contains("Sở Y tế → Sở Y tế và Dân số"), "taken back");
}

fn year_of(conn: &mut Conn, code: &str) -> i64 {
    obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(units::code.eq(code))
        .filter(regimes::code.eq("bac-giang"))
        .filter(periods::code.eq("2025-Y"))
        .select(obligations::id)
        .first(conn)
        .expect("an obligation")
}

#[test]
fn a_split_asks_who_takes_the_report_and_where_each_account_goes() {
    let app = TestApp::demo_on(day("2025-07-01"));
    let client = admin(&app);
    let (noivu, gddt) = (id(&app, "bg.noivu"), id(&app, "bg.gddt"));
    let (year, jobs) = app
        .db
        .read(|conn| {
            let jobs: i64 =
                functions::table.filter(functions::code.eq("jobs")).select(functions::id).first(conn)?;
            Ok::<_, Error>((year_of(conn, "bg.noivu"), jobs.to_string()))
        })
        .expect("the demo");
    let fields = typed(&[
        ("kind", "split"),
        ("from_0", &noivu),
        ("to_0", "new"),
        ("name_0", "Sở Tổ chức"),
        ("to_1", "new"),
        ("name_1", "Sở Việc làm"),
        ("function_0", &jobs),
        ("function_to_0", "n1"),
    ]);
    let html = client.post("/unit-changes/preview", &fields).ok();
    assert!(html.contains("Sở Tổ chức được thành lập."));
    assert!(html.contains(&format!("name=\"duty_{year}\"")));
    assert!(html.contains("chuyển sang Sở Tổ chức") && html.contains("chuyển sang Sở Việc làm"));
    let choice = format!("duty_{year}");
    // A choice that is not offered is told at its place, and nothing happens.
    let wrong = format!("pass-u{gddt}");
    let seen = hidden(&html, "seen").expect("what was seen");
    let with = |fate: &str| {
        let extra = [("seen", seen.as_str()), (choice.as_str(), fate)];
        client.post("/unit-changes", &[fields.as_slice(), &extra].concat())
    };
    let answer = with(&wrong);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("chọn lại đơn vị tiếp nhận nghĩa vụ báo cáo"));
    with("pass-n1").redirected();
    let now: String = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .filter(obligations::id.eq(year))
                    .select(units::code)
                    .first(conn)?,
            )
        })
        .expect("a unit");
    assert_eq!(now, "bg.sovieclam");
    let holder = client.get(&format!("/units?q={}", "So Viec lam".replace(' ', "+"))).ok();
    assert!(holder.contains("Sở Việc làm"));
}
