//! "Nhập từ bảng cũ" stands wherever those figures show, and comparisons use them.

use super::*;

fn report_of(app: &TestApp, unit: &str, period: &str) -> i64 {
    app.db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq(period))
                .filter(units::code.eq(unit))
                .select(reports::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the report")
}

fn period_of(app: &TestApp, code: &str) -> i64 {
    crate::drops::period(app, code)
}

/// A demo with the table of tests in it; the address of the table.
fn with_table(app: &TestApp) -> String {
    let client = app.client(COMPILER);
    let columns = bring(app, &client, "2023-H1", ("Bảng 6T 2023.xlsx", &made("")));
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    answer_names(app, &client, &table);
    confirm(&client, &table).redirected();
    table
}

#[test]
fn the_mark_stands_wherever_the_figures_show() {
    let app = TestApp::demo();
    let table = with_table(&app);
    let client = app.client(COMPILER);
    let own = report_of(&app, "bg.lucnam", "2023-H1");
    let page = client.get(&format!("/reports/{own}")).ok();
    assert!(page.contains("<b>Nhập từ bảng cũ</b>") && page.contains(&format!("href=\"{table}\"")), "{page}");
    assert!(page.contains("nhập từ bảng cũ “Bảng 6T 2023.xlsx”, trang “6T 2023”, ô D14"), "{page}");
    assert!(!page.contains("chỗ nên xem lại"), "{page}");
    // The period, the unit's history, the comparison of the year after.
    let page = client.get(&format!("/periods/{}", period_of(&app, "2023-H1"))).ok();
    assert!(page.contains("nhập từ bảng cũ"), "{page}");
    let page = client.get(&format!("/periods/{}/comparison", period_of(&app, "2024-H1"))).ok();
    assert!(page.contains("12 đơn vị nhập từ bảng cũ"), "{page}");
    assert!(page.contains("12.640"), "all of D02 but the line that was left out: {page}");
    // An edition of that period, and one of the year after, say so.
    let edition =
        client.post(&format!("/periods/{}/editions", period_of(&app, "2023-H1")), &[("confirmed", "1")]);
    let page = client.get(&edition.redirected()).ok();
    assert!(page.contains("nhập từ bảng cũ “Bảng 6T 2023.xlsx”"), "{page}");
    let refused = client.get(&format!("{table}/withdrawal"));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("bản tổng hợp lần 1 (dự thảo)"), "{}", refused.text());
    let page = client.get(&format!("/periods/{}/consolidation", period_of(&app, "2024-H1"))).ok();
    assert!(page.contains("Số liệu cùng kỳ (6 tháng đầu năm 2023) của 12 đơn vị nhập từ bảng cũ."), "{page}");
}

#[test]
fn a_unit_sees_the_mark_and_not_the_file() {
    let app = TestApp::demo();
    let table = with_table(&app);
    let officer = app.client("canbo.khcn.bacgiang");
    // Its predecessor's report of then.
    let page = officer.get(&format!("/reports/{}", report_of(&app, "bg.tttt", "2023-H1"))).ok();
    assert!(page.contains("<b>Nhập từ bảng cũ</b>") && !page.contains(&table), "{page}");
    for path in ["", "/file", "/columns", "/names", "/withdrawal"] {
        assert_eq!(officer.get(&format!("{table}{path}")).status, 404, "{path}");
    }
    // Nobody asks it for a signed paper of then, and its own list of sendings does not begin with it.
    let home = officer.get("/my").ok();
    assert!(!home.contains("6 tháng đầu năm 2023"), "{home}");
}

#[test]
fn the_draft_of_the_year_after_shows_it_beside_the_input() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day"));
    let client = app.client(COMPILER);
    // A year of before the first: the report of 2025 has nothing else to stand beside.
    let columns = bring(&app, &client, "2024-Y", ("2024.xlsx", &made("next")));
    let table = accept_columns(&client, &columns, &[]);
    let page = client.get(&table).ok();
    // The demo's units reported for 2024 themselves: theirs is never overwritten.
    assert!(page.contains("đơn vị đã gửi báo cáo, đã tiếp nhận: không nhập"), "{page}");
    let before = received(&app, "bac-giang", "2024-Y");
    let answer = confirm(&client, &table);
    assert!(answer.status == 422 || answer.status == 303);
    let after = received(&app, "bac-giang", "2024-Y");
    assert!(before.is_subset(&after), "what units sent stays");
}
