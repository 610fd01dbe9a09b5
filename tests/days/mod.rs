//! The days off of a year as an administrator keeps them: the law's proposal, the notice, what follows for a date.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::calendar::Holidays;
use tonghop::db::schema::{audit_log, calendar_days};
use tonghop::error::Error;
use tonghop::periods::queries::holidays;

use crate::support::app::TestApp;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn on_record(app: &TestApp) -> Holidays {
    app.db.write(|conn| Ok::<_, Error>(holidays(conn)?)).expect("the days")
}

#[test]
fn a_year_is_proposed_by_law_mended_by_hand_and_confirmed_by_its_notice() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    // 2027 is not on record: Giỗ Tổ is Friday 16/4, Tết Saturday 06/02.
    let page = admin.get("/days/2027").ok();
    assert!(page.contains("Chưa nhập thông báo nghỉ lễ, tết năm 2027"));
    assert!(page.contains("thứ Sáu, 16/4/2027: Giỗ Tổ Hùng Vương"), "{page}");
    // What the law alone fixes is off before it is entered; the eve of Tết is decided each year.
    assert!(page.contains("thứ Sáu, 16/4/2027: Giỗ Tổ Hùng Vương (luật đã ấn định: đã tính là ngày nghỉ)"));
    assert!(!on_record(&app).is_working_day(day("2027-04-16")));
    assert!(on_record(&app).is_working_day(day("2027-02-05")));
    assert_eq!(admin.post("/days/2027/proposal", &[]).redirected(), "/days/2027");
    let page = admin.get("/days/2027").ok();
    assert!(page.contains("dự kiến") && !page.contains("chưa có trong lịch"), "{page}");
    assert!(!on_record(&app).is_working_day(day("2027-02-05")));

    // A swapped pair of the notice, by hand; then one is taken off again.
    let swapped = [
        ("day", "30/4/2027"),
        ("kind", "holiday"),
        ("name", "Ngày Chiến thắng"),
        ("source", "Thông báo 1/TB-BNV"),
    ];
    admin.post("/days/2027/days", &swapped).redirected();
    let worked = [
        ("day", "8/5/2027"),
        ("kind", "swapped_work"),
        ("name", "Làm bù cho ngày 03/5"),
        ("source", "Thông báo 1/TB-BNV"),
    ];
    admin.post("/days/2027/days", &worked).redirected();
    assert!(on_record(&app).is_working_day(day("2027-05-08")), "a Saturday worked in exchange");
    let rows: i64 = app
        .db
        .write(|conn| {
            let of = calendar_days::table.filter(calendar_days::day.eq(day("2027-04-30")));
            Ok::<_, Error>(of.count().get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(rows, 1, "a day on record is replaced, not doubled");
    admin.post("/days/2027/removal", &[("day", "2027-05-08")]).redirected();
    assert!(!on_record(&app).is_working_day(day("2027-05-08")));
    assert_eq!(admin.post("/days/2027/removal", &[("day", "2027-05-08")]).status, 404);

    admin.post("/days/2027/notice", &[("document", "Thông báo số 1/TB-BNV ngày 15/12/2026")]).redirected();
    let page = admin.get("/days/2027").ok();
    assert!(page.contains("Theo Thông báo số 1/TB-BNV ngày 15/12/2026") && !page.contains("dự kiến</span>"));

    let steps: Vec<String> = app
        .db
        .write(|conn| {
            let rows = audit_log::table.filter(audit_log::subject_kind.eq("calendar"));
            Ok::<_, Error>(rows.order(audit_log::id).select(audit_log::action).load(conn)?)
        })
        .expect("the log");
    assert_eq!(
        steps,
        ["calendar.propose", "calendar.put", "calendar.put", "calendar.remove", "calendar.note"]
    );
    assert!(admin.get("/trail").ok().contains("Thêm ngày nghỉ theo luật"));
}

#[test]
fn what_cannot_be_read_is_said_at_its_field_and_stays_typed() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let wrong = [("day", "31/4/2027"), ("kind", "feast"), ("name", "Tự đặt"), ("source", "")];
    let answer = admin.post("/days/2027/days", &wrong);
    assert_eq!(answer.status, 422);
    let page = answer.text();
    for words in
        ["Chọn loại ngày.", "Nhập văn bản quyết định ngày này.", "value=\"Tự đặt\"", "value=\"31/4/2027\""]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let other = [("day", "1/5/2026"), ("kind", "holiday"), ("name", "x"), ("source", "y")];
    assert!(admin.post("/days/2027/days", &other).text().contains("Nhập một ngày của năm 2027."));
    assert_eq!(admin.get("/days/2100").status, 404);
}

#[test]
fn a_swap_that_swaps_nothing_is_refused() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let put = |day: &str, kind: &str| {
        let fields = [("day", day), ("kind", kind), ("name", "Hoán đổi"), ("source", "Thông báo 1/TB-BNV")];
        admin.post("/days/2027/days", &fields)
    };
    // A Wednesday is worked anyhow, a Sunday is off anyhow.
    let answer = put("5/5/2027", "swapped_work");
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Thứ Tư, 05/5/2027 vốn là ngày làm việc"), "{}", answer.text());
    for kind in ["swapped_off", "compensatory"] {
        let answer = put("9/5/2027", kind);
        assert_eq!(answer.status, 422, "{kind}");
        assert!(answer.text().contains("vốn là ngày nghỉ hằng tuần"), "{}", answer.text());
    }
    put("8/5/2027", "swapped_work").redirected();
    put("3/5/2027", "swapped_off").redirected();
}

#[test]
fn a_notice_over_missing_days_is_confirmed() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let document = ("document", "Thông báo số 1/TB-BNV ngày 15/12/2026");
    let answer = admin.post("/days/2027/notice", &[document]);
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("ngày theo luật chưa có trong lịch. Thêm các ngày đó"),
        "{}",
        answer.text()
    );
    admin.post("/days/2027/notice", &[document, ("aware", "1")]).redirected();
    assert!(admin.get("/days/2027").ok().contains("Theo Thông báo số 1/TB-BNV"));
}

#[test]
fn the_start_page_asks_for_the_next_years_notice_before_the_year_ends() {
    let both = "chưa nhập thông báo năm 2025, 2026";
    for (month, day, next) in [(6, 10, false), (11, 14, false), (11, 15, true), (12, 31, true)] {
        let on = NaiveDate::from_ymd_opt(2025, month, day).expect("a day");
        let page = TestApp::demo_on(on).client("quantri.bacgiang").get("/start").ok();
        assert!(page.contains("chưa nhập thông báo năm 2025"), "on {on}: {page}");
        assert_eq!(page.contains(both), next, "on {on}: {page}");
    }
}

#[test]
fn the_start_page_leads_there_whoever_keeps_or_reads_them() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let page = admin.get("/start").ok();
    assert!(page.contains("href=\"/days\"") && page.contains("chưa nhập thông báo năm 2025"), "{page}");
    let notice = [("document", "Thông báo số 6150/TB-BLĐTBXH"), ("aware", "1")];
    admin.post("/days/2025/notice", &notice).redirected();
    assert!(!admin.get("/start").ok().contains("chưa nhập thông báo năm 2025"));
    // Periods are open: the page is no longer the way to the first one.
    assert!(page.contains("<h1>Thiết lập</h1>") && !page.contains("kỳ báo cáo đầu tiên</h1>"), "{page}");
    let compiler = app.client("tonghop.catinh.bacgiang").get("/start").ok();
    assert!(compiler.contains("Ngày nghỉ, ngày làm bù") && compiler.contains("href=\"/days\""));
    // Who collects reads the days that decide about the last ones, and changes none.
    let client = app.client("tonghop.catinh.bacgiang");
    let page = client.get("/days/2025").ok();
    assert!(page.contains("ngày trong lịch") && !page.contains("action=\"/days"), "{page}");
    assert_eq!(client.post("/days/2025/removal", &[("day", "2025-09-02")]).status, 403);
}
