//! The pages to read: the same counts as the demo's files, and only for those whose business they are.

use chrono::NaiveDate;

use super::{obligation, period, regime};
use crate::support::app::TestApp;

/// The text of the table row that names a unit.
fn row(html: &str, unit: &str) -> String {
    html.split("<tr")
        .find(|row| row.contains(&format!(">{unit}</a>")))
        .expect("a row for the unit")
        .to_owned()
}

#[test]
fn the_period_page_counts_what_the_files_say() {
    let app = TestApp::demo();
    let html = app
        .client("tonghop.catinh.bacgiang")
        .get(&format!("/periods/{}", period(&app, "bac-giang", "2025-H1")))
        .ok();
    // Counted by hand in fixtures/demo/reports/steps/bac-giang_2025-H1.csv and routes.csv.
    assert!(html.contains("13 / 21 đơn vị đã gửi"), "{html}");
    assert!(html.contains("7 đã tiếp nhận · 1 không phát sinh · 5 chờ tiếp nhận · 8 chưa gửi"), "{html}");
    assert!(html.contains("được đề nghị: 3/5 đã gửi · 1 được miễn (ngoài mẫu số)"), "{html}");
    for (unit, words) in [
        ("Sở Nội vụ", "Đã gửi"),
        ("UBND thị xã Chũ", "Chờ lãnh đạo"),
        ("Sở Y tế", "Không phát sinh"),
        ("UBND huyện Lục Ngạn", "gia hạn đến 20/6"),
        ("UBND thành phố Bắc Giang", "gửi đúng hạn"),
    ] {
        assert!(row(&html, unit).contains(words), "{unit}: {}", row(&html, unit));
    }
}

#[test]
fn a_requested_body_is_never_called_overdue() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let html = app
        .client("tonghop.catinh.bacgiang")
        .get(&format!("/periods/{}", period(&app, "bac-giang", "2025-H1")))
        .ok();
    let requested = row(&html, "Hội Nông dân tỉnh");
    assert!(requested.contains("chưa gửi") && !requested.contains("quá hạn"), "{requested}");
    assert!(row(&html, "UBND huyện Hiệp Hòa").contains("quá hạn 3 ngày"));
    // Extended to 20/6, which is today.
    assert!(row(&html, "UBND huyện Lục Ngạn").contains("đến hạn hôm nay"));
}

#[test]
fn the_table_is_narrowed_without_a_script() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let path = format!("/periods/{}", period(&app, "bac-giang", "2025-H1"));
    let html = client.get(&format!("{path}?q=luc%20ngan")).ok();
    assert!(html.contains(">UBND huyện Lục Ngạn</a>") && !html.contains(">UBND huyện Lục Nam</a>"));
    let html = client.get(&format!("{path}?status=with_leader")).ok();
    assert!(html.contains(">UBND thị xã Chũ</a>") && !html.contains(">UBND huyện Lục Ngạn</a>"));
    // The counts stay those of the whole period.
    assert!(html.contains("13 / 21 đơn vị đã gửi"));
    assert!(client.get(&format!("{path}?q=khong-co-don-vi-nao")).ok().contains("Không có đơn vị nào khớp"));
}

#[test]
fn a_period_exists_for_its_collector_and_its_leaders_only() {
    let app = TestApp::demo();
    let id = period(&app, "bac-giang", "2025-H1");
    for (user, status) in [
        ("tonghop.catinh.bacgiang", 200),
        ("lanhdao.catinh.bacgiang", 200),
        ("lanhdao.ubnd.bacgiang", 200),
        ("canbo.khcn.bacgiang", 404),
        ("lanhdao.khcn.bacgiang", 404),
        ("tonghop.catinh.longan", 404),
        ("lanhdao.ubnd.longan", 404),
        ("c11.bocongan", 404),
        ("quantri.bacgiang", 404),
    ] {
        assert_eq!(app.client(user).get(&format!("/periods/{id}")).status, status, "{user}");
    }
    assert_eq!(
        app.anonymous().get(&format!("/periods/{id}")).location,
        format!("/sign-in?next=/periods/{id}")
    );
}

#[test]
fn the_list_shows_what_runs_and_what_waits() {
    let app = TestApp::demo();
    let html = app.client("tonghop.catinh.bacgiang").get("/periods").ok();
    assert!(html.contains("3 kỳ đang mở · 8 báo cáo chờ kiểm tra, tiếp nhận"), "{html}");
    assert!(html.contains("thời hạn gần nhất 12/6/2025"), "{html}");
    let other = period(&app, "long-an", "2025-Y");
    assert!(!html.contains(&format!("/periods/{other}\"")), "another province is not listed");
    assert_eq!(app.client("canbo.khcn.bacgiang").get("/periods").status, 403);
}

/// By hand, from fixtures/demo/units/changes.toml: Sở TT&TT passed to Sở KH&CN and Sở LĐ-TB&XH to Sở Nội vụ (01/3/2025), Yên
/// Dũng to the city; of Lục Ngạn the town of Chũ was made, and it lives on.
#[test]
fn the_matrix_of_todays_bodies_has_the_periods_of_those_they_took_over() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let (then, now) =
        (format!("/regimes/{id}/matrix?lens=reported"), format!("/regimes/{id}/matrix?lens=today"));
    let (then, now) = (compiler.get(&then).ok(), compiler.get(&now).ok());
    let row = |html: &str, name: &str| {
        let head = format!("<th scope=\"row\">{name}");
        html.split("<tr>").find(|row| row.contains(&head)).map(str::to_owned)
    };
    let things = |row: &str| row.matches("<a href=").count();
    for (gone, heir) in [
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"),
        ("UBND huyện Yên Dũng", "UBND thành phố Bắc Giang"),
    ] {
        let before = row(&then, gone).expect("its row");
        assert_eq!(things(&before), 2, "two periods of 2024");
        assert!(row(&now, gone).is_none(), "{gone} has no row of its own");
        let (own, with) = (row(&then, heir).expect("its row"), row(&now, heir).expect("its row"));
        assert_eq!(things(&with), things(&own) + things(&before), "{heir}: {with}");
        assert!(with.contains(&format!("gồm cả {gone}")), "{with}");
    }
    let divided = row(&now, "UBND huyện Lục Ngạn").expect("its row");
    assert!(divided.contains("một nhóm với") && divided.contains("Chũ"), "{divided}");
    let all = |html: &str| html.split("<tbody>").nth(1).expect("a table").matches("<a href=").count();
    assert_eq!(all(&then), all(&now), "nothing lost, nothing twice");
    assert_eq!(compiler.get(&format!("/regimes/{id}/matrix?lens=x")).status, 404);
}

#[test]
fn the_matrix_leaves_a_cell_empty_where_a_unit_owed_nothing() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let html = app.client("tonghop.catinh.bacgiang").get(&format!("/regimes/{id}/matrix")).ok();
    // The department of information ended in February 2025: two cells of 2024, none of 2025.
    let ended = html
        .split("<tr>")
        .find(|row| row.contains("Sở Thông tin và Truyền thông") && row.contains("<th scope=\"row\">"))
        .expect("its row");
    assert_eq!(ended.matches("<td class=").count(), 2, "{ended}");
    assert_eq!(ended.matches("<td></td>").count(), 3, "{ended}");
    assert!(ended.contains("đã kết thúc hoạt động"));
    for (user, status) in
        [("lanhdao.ubnd.bacgiang", 200), ("canbo.khcn.bacgiang", 404), ("tonghop.catinh.longan", 404)]
    {
        assert_eq!(app.client(user).get(&format!("/regimes/{id}/matrix")).status, status, "{user}");
    }
}

#[test]
fn regimes_and_forms_are_read_in_their_province() {
    let app = TestApp::demo();
    let id = regime(&app, "long-an");
    let compiler = app.client("tonghop.catinh.longan");
    let html = compiler.get(&format!("/regimes/{id}")).ok();
    assert!(html.contains("trước ngày 15/11 hằng năm"), "{html}");
    assert!(html.contains("Theo Công an (15/11 – 14/11)"), "{html}");
    assert!(compiler.get("/regimes").ok().contains(&format!("/regimes/{id}\"")));
    let form =
        html.split("\"/forms/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form").to_owned();
    assert!(compiler.get(&format!("/forms/{form}")).ok().contains("chỉ tiêu"));
    let foreign = app.client("tonghop.catinh.bacgiang");
    assert_eq!(foreign.get(&format!("/regimes/{id}")).status, 404);
    assert_eq!(foreign.get(&format!("/forms/{form}")).status, 404);
    assert_eq!(
        app.client("canbo.khcn.bacgiang").get(&format!("/regimes/{}", regime(&app, "bac-giang"))).status,
        200
    );
    assert_eq!(app.client("c11.bocongan").get("/regimes").status, 403);
}

#[test]
fn an_obligation_offers_only_what_its_reader_may_do_now() {
    let app = TestApp::demo();
    let path = format!("/obligations/{}", obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa"));
    let offers = |user: &str| {
        let html = app.client(user).get(&path).ok();
        ["nil", "extension", "exemption", "unlock"]
            .into_iter()
            .filter(|act| html.contains(&format!("{path}/{act}\"")))
            .collect::<Vec<_>>()
    };
    assert_eq!(offers("canbo.hiephoa.bacgiang"), ["nil"]);
    assert_eq!(offers("tonghop.catinh.bacgiang"), ["extension", "exemption"]);
    assert_eq!(offers("lanhdao.ubnd.bacgiang"), Vec::<&str>::new());
}

/// A period keeps the rule it was opened under, in the matrix as on its own page.
#[test]
fn the_matrix_goes_by_each_periods_own_rule() {
    use diesel::prelude::*;
    use tonghop::db::schema::{obligations, periods, regimes};
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 15).expect("a Sunday"));
    let id = period(&app, "bac-giang", "2025-H1");
    let saturday = chrono::NaiveDate::from_ymd_opt(2025, 6, 14);
    let regime: i64 = app
        .db
        .write(|conn| {
            let regime: i64 = periods::table.find(id).select(periods::regime_id).first(conn)?;
            diesel::update(periods::table.find(id)).set(periods::rolling.eq(Some(false))).execute(conn)?;
            diesel::update(regimes::table.find(regime)).set(regimes::rolling.eq(true)).execute(conn)?;
            diesel::update(obligations::table.filter(obligations::period_id.eq(id)))
                .set((obligations::due_rule.eq("by"), obligations::stated_on.eq(saturday)))
                .execute(conn)?;
            Ok::<_, tonghop::db::DbError>(regime)
        })
        .expect("a regime amended since");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let matrix = compiler.get(&format!("/regimes/{regime}/matrix")).ok();
    let duty = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let cell = matrix
        .split(&format!("href=\"/obligations/{duty}\""))
        .nth(1)
        .and_then(|rest| rest.split("</a>").next());
    assert!(
        cell.is_some_and(|cell| cell.ends_with(", quá hạn")),
        "due on a Saturday that does not roll: {cell:?}"
    );
}
