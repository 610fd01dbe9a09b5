//! `/my` and `/overview` over the demo: order, words, buttons, and nothing of anybody else.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::dashboard::queries::recent_sendings;
use tonghop::db::DbError;
use tonghop::db::ids::{ObligationId, ReportId, UnitId};
use tonghop::db::schema::{obligations, periods, regimes, reports, units};

use crate::support::app::TestApp;
use crate::support::client::hidden;

#[test]
fn the_ninety_days_name_weekdays_single_bodies_and_days_off() {
    let app = TestApp::demo();
    let page = app.client("lanhdao.ubnd.bacgiang").get("/overview").ok();
    let ahead = page.split("90 ngày tới").nth(1).expect("the days to come");
    // Lục Ngạn is extended to Friday 20/6/2025; Quốc khánh is within ninety days of the demo's day.
    assert!(
        ahead.contains("<b>thứ Sáu, 20/6/2025</b>") && ahead.contains("hạn đã gia hạn của 1 đơn vị"),
        "{ahead}"
    );
    // The day before is for the year's notice to decide, which is not entered.
    assert!(
        ahead.contains(
            "<b>thứ Hai, 01/9/2025</b> <span class=\"muted\">Quốc khánh, 01/9–02/9 (dự kiến)</span>"
        ),
        "{ahead}"
    );
    assert!(ahead.contains("chốt số liệu: 6 tháng đầu năm 2025"), "the half-year ends on 14/6: {ahead}");
}

#[test]
fn an_officer_sees_what_presses_first_with_one_button_each() {
    let app = TestApp::demo();
    let html = app.client("canbo.khcn.bacgiang").get("/my").ok();
    let cards: Vec<&str> = html.split("<div class=\"duty\">").skip(1).collect();
    assert_eq!(cards.len(), 3, "{html}");
    // The correction is due on 12/6, the half-year on 17/6, the year has no date.
    assert!(cards[0].contains("Báo cáo đột xuất: mô hình điển hình") && cards[0].contains("<b>12</b>"));
    assert!(cards[0].contains("đề nghị chỉnh lý ngày 09/6/2025.") && cards[0].contains("Chỉnh lý báo cáo"));
    assert!(
        cards[1].contains("<b>17</b>") && cards[1].contains("còn 7 ngày") && cards[1].contains("Soạn tiếp")
    );
    assert!(
        cards[2].contains("quy định")
            && cards[2].contains("chưa ấn định")
            && cards[2].contains("Soạn báo cáo")
    );
    for card in cards {
        assert_eq!(card.matches("class=\"btn").count(), 1 + card.matches(">Ghi lại<").count(), "{card}");
    }
    let recent = html.split("Đã gửi gần đây").nth(1).expect("what was sent");
    assert!(!recent.contains("mô hình điển hình"), "told among the duties already: {recent}");
    assert!(html.contains("1 báo cáo cần chỉnh lý, 1 báo cáo sắp đến hạn"), "{html}");
    assert!(html.contains("xác nhận đã gửi số "), "{html}");
}

#[test]
fn a_leader_of_the_unit_is_asked_to_read_and_approve() {
    let app = TestApp::demo();
    let leader = app.client("lanhdao.gddt.bacgiang").get("/my").ok();
    assert!(leader.contains("Xem và duyệt"), "{leader}");
    let first = leader.split("<div class=\"duty\">").nth(1).expect("a card");
    assert!(first.contains("btn main") && first.contains("Xem và duyệt"), "approval comes first: {first}");
    assert!(leader.contains("1 báo cáo chờ duyệt"), "{leader}");
    let officer = app.client("canbo.gddt.bacgiang").get("/my").ok();
    assert!(!officer.contains("Xem và duyệt") && officer.contains("Chờ lãnh đạo"), "{officer}");
}

#[test]
fn on_its_last_day_after_its_hour_a_duty_is_overdue_and_not_also_near() {
    let last = NaiveDate::from_ymd_opt(2025, 6, 17).expect("a day");
    let app = TestApp::demo_on(last);
    let counts = || {
        let page = app.client("canbo.khcn.bacgiang").get("/my").ok();
        let line = page.split("<h1>Việc của tôi</h1>").nth(1).and_then(|rest| rest.split("</p>").next());
        line.expect("the counts").to_owned()
    };
    let before = counts();
    assert!(before.contains("1 báo cáo sắp đến hạn") && !before.contains("báo cáo quá hạn"), "{before}");
    let half = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    app.db
        .write(|conn| {
            let first_minute = obligations::stated_time.eq("00:00");
            diesel::update(obligations::table.find(half)).set(first_minute).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("due before the first minute of the day");
    let after = counts();
    assert!(after.contains("1 báo cáo quá hạn") && !after.contains("sắp đến hạn"), "{after}");
}

#[test]
fn what_was_sent_is_not_pushed_aside_by_what_is_told_elsewhere() {
    let app = TestApp::demo();
    let recent = |but: &[ReportId], limit: i64| -> Vec<ReportId> {
        let found = app.db.read(|conn| {
            let all: Vec<UnitId> = units::table.select(units::id).load(conn)?;
            Ok::<_, DbError>(recent_sendings(conn, &all, but, limit)?)
        });
        found.expect("the sendings").into_iter().map(|sending| sending.report_id).collect()
    };
    let all = recent(&[], 1000);
    assert!(all.len() > 4, "{all:?}");
    // The two newest are told among the duties: the list is as long as before, with the next two in their place.
    assert_eq!(recent(&all[..2], 2), all[2..4]);
}

#[test]
fn a_late_duty_says_so_and_a_requested_one_does_not() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let assigned = app.client("canbo.hiephoa.bacgiang").get("/my").ok();
    assert!(assigned.contains("quá hạn 3 ngày"), "{assigned}");
    let requested = app.client("canbo.nongdan.bacgiang").get("/my").ok();
    assert!(!requested.contains("quá hạn"), "{requested}");
}

#[test]
fn a_unit_sees_only_its_own() {
    let app = TestApp::demo();
    let html = app.client("canbo.hiephoa.bacgiang").get("/my").ok();
    for other in ["Việt Yên", "Sở Khoa học và Công nghệ", "đề nghị chỉnh lý ngày"] {
        assert!(!html.contains(other), "{other}: {html}");
    }
    for user in ["tonghop.catinh.bacgiang", "lanhdao.ubnd.bacgiang", "c11.bocongan", "quantri.bacgiang"] {
        assert_eq!(app.client(user).get("/my").status, 403, "{user}");
    }
}

#[test]
fn a_leader_sees_every_period_of_the_province_as_it_stands() {
    let app = TestApp::demo();
    let html = app.client("lanhdao.ubnd.bariavungtau").get("/overview").ok();
    // From the fixtures: two units never sent their plan, due on 14/02/2025; four are 4 days late with the half-year.
    assert!(html.contains("2 đơn vị quá hạn, lâu nhất 116 ngày"), "{html}");
    assert!(html.contains("4 đơn vị quá hạn, lâu nhất 4 ngày"), "{html}");
    assert!(html.contains("15/17 đơn vị") && html.contains("15/17 (88%)"), "{html}");
    assert!(html.contains("thứ Sáu, 14/02/2025"), "{html}");
    assert!(html.contains("khóa số liệu: 6 tháng đầu năm 2025"), "{html}");
    assert!(!html.contains("Long An") && !html.contains("Bắc Giang"), "another province is not shown");
}

#[test]
fn the_overview_is_for_those_who_oversee_or_collect() {
    let app = TestApp::demo();
    for (user, status) in [
        ("tonghop.catinh.bacgiang", 200),
        ("lanhdao.catinh.bacgiang", 200),
        ("canbo.khcn.bacgiang", 403),
        ("c11.bocongan", 403),
        ("quantri.bacgiang", 403),
    ] {
        assert_eq!(app.client(user).get("/overview").status, status, "{user}");
    }
    assert_eq!(app.anonymous().get("/overview").location, "/sign-in?next=/overview");
}

#[test]
fn years_later_the_screens_still_open() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day"));
    for (user, path) in [
        ("lanhdao.ubnd.longan", "/overview"),
        ("tonghop.catinh.longan", "/periods"),
        ("canbo.khcn.bacgiang", "/my"),
    ] {
        app.client(user).get(path).ok();
    }
}

#[test]
fn what_the_leader_hands_back_stands_with_its_reason_on_the_officers_first_page() {
    let app = TestApp::demo();
    let officer = app.client("canbo.gddt.bacgiang");
    let leader = app.client("lanhdao.gddt.bacgiang");
    let page = leader.get("/my").ok();
    let report = page
        .split("href=\"/reports/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the report that waits")
        .to_owned();
    let check = leader.get(&format!("/reports/{report}/check")).ok();
    let version = hidden(&check, "version").expect("the report's version");
    let back = [("version", version.as_str()), ("reason", "Thiếu số liệu tháng 5")];
    leader.post(&format!("/reports/{report}/leader-return"), &back).redirected();
    for page in ["/my".to_owned(), format!("/reports/{report}")] {
        let html = officer.get(&page).ok();
        let quote = html.split("class=\"quote\"").nth(1).expect("a quote");
        assert!(quote.contains("huyển lại") && quote.contains("Thiếu số liệu tháng 5"), "{page}: {html}");
    }
    assert!(!app.client("canbo.khcn.bacgiang").get("/my").ok().contains("Thiếu số liệu tháng 5"));
}

#[test]
fn the_compiling_leader_is_told_of_the_edition_that_waits() {
    let app = TestApp::demo();
    let leader = app.client("lanhdao.catinh.bacgiang");
    let period = app
        .db
        .read(|conn| {
            periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2025-H1"))
                .select(periods::id)
                .first::<i64>(conn)
                .map_err(DbError::Query)
        })
        .expect("the period");
    for page in ["/my", "/periods"] {
        assert!(!leader.get(page).ok().contains("chờ chốt"), "nothing waits yet: {page}");
    }
    let compiler = app.client("tonghop.catinh.bacgiang");
    let edition = compiler.post(&format!("/periods/{period}/editions"), &[("confirmed", "1")]).redirected();
    for page in ["/my", "/periods"] {
        let html = leader.get(page).ok();
        assert!(html.contains(&format!("href=\"{edition}/approval\"")), "{page}: {html}");
    }
    assert!(leader.get("/my").ok().contains("1 bản tổng hợp chờ chốt"));
    assert!(!compiler.get("/periods").ok().contains("chờ chốt"), "a compiler does not approve");
}

#[test]
fn a_leader_sees_the_main_results_against_last_year() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let leader = app.client("lanhdao.ubnd.bacgiang");
    let period = app
        .db
        .read(|conn| {
            periods::table
                .inner_join(regimes::table)
                .filter(regimes::code.eq("bac-giang"))
                .filter(periods::code.eq("2025-H1"))
                .select(periods::id)
                .first::<i64>(conn)
                .map_err(DbError::Query)
        })
        .expect("the period");
    let edition = compiler.post(&format!("/periods/{period}/editions"), &[("confirmed", "1")]).redirected();
    let results = |html: &str| {
        let section = html.split("Kết quả so với cùng kỳ</h2>").nth(1).unwrap_or_default();
        section.split("</section>").next().unwrap_or_default().to_owned()
    };
    let link = format!("href=\"{edition}\"");
    let running = results(&leader.get("/overview").ok());
    assert!(running.contains("chưa chốt") && !running.contains(&link), "a draft is no result: {running}");
    let approver = app.client("lanhdao.catinh.bacgiang");
    let version = hidden(&approver.get(&format!("{edition}/approval")).ok(), "version").expect("its version");
    approver.post(&format!("{edition}/approval"), &[("version", &version), ("agreed", "1")]).redirected();
    let html = leader.get("/overview").ok();
    let table =
        html.split("id=\"achieved\"").nth(1).and_then(|rest| rest.split("</table>").next()).expect("a table");
    assert!(html.contains(&format!("href=\"{edition}\"")), "{html}");
    // The page of the edition says the same of each indicator: before, now, difference.
    let page = leader.get(&edition).ok();
    let rows: Vec<&str> = table.split("<tr data-code=\"").skip(1).collect();
    assert!(rows.len() > 3, "{table}");
    assert!(!html.contains("chưa chốt"), "now it is approved");
    let cell = |row: &str, label: &str| {
        let at = row.split(&format!("data-label=\"{label}\">")).nth(1).expect("a cell");
        at.split("</td>").next().expect("its end").replace("<b>", "").replace("</b>", "")
    };
    let mut shares = 0;
    for row in rows {
        let code = row.split('"').next().expect("a code");
        let same = page.split(&format!("<tr data-code=\"{code}\">")).nth(1).expect("the row of the edition");
        for label in ["Cùng kỳ", "Kỳ này", "+/–"] {
            // Where not everybody is behind a total, the screen says below it how many are.
            let shown = cell(row, label);
            let (figure, share) = shown.split_once("<br>").unwrap_or((shown.as_str(), ""));
            assert_eq!(figure, cell(same, label), "{code} {label}");
            assert!(share.is_empty() || share.ends_with(" đơn vị</small>"), "{code} {label}: {share}");
            shares += usize::from(!share.is_empty());
        }
    }
    assert!(shares > 0, "in June not everybody has reported: {table}");
}

#[test]
fn what_is_locked_comes_after_what_can_be_sent() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 7, 15).expect("a day"));
    let html = app.client("canbo.khcn.bacgiang").get("/my").ok();
    let cards: Vec<&str> = html.split("<div class=\"duty\">").skip(1).collect();
    let at = |title: &str| cards.iter().position(|card| card.contains(title)).expect("a card");
    // The half-year was locked on 24/6; the correction and the year's report can be written.
    assert!(cards[at("Báo cáo 6 tháng đầu năm 2025")].contains("đã khóa số liệu"), "{html}");
    assert!(at("Báo cáo đột xuất") < at("Báo cáo năm 2025"));
    assert!(at("Báo cáo năm 2025") < at("Báo cáo 6 tháng đầu năm 2025"));
}

#[test]
fn a_last_day_without_an_office_open_names_the_last_one_worked() {
    let app = TestApp::demo();
    let words = "ngày làm việc cuối cùng trước đó: thứ Hai, 16/6/2025";
    let shown = || {
        ["/overview", "/periods"]
            .map(|path| app.client("tonghop.catinh.bacgiang").get(path).ok().contains(words))
    };
    assert_eq!(shown(), [false, false]);
    let day = [("day", "17/6/2025"), ("kind", "holiday"), ("name", "Nghỉ"), ("source", "Quyết định")];
    app.client("quantri.bacgiang").post("/days/2025/days", &day).redirected();
    assert_eq!(shown(), [true, true]);
}

#[test]
fn the_leader_who_compiles_finds_the_overview_in_the_navigation() {
    let app = TestApp::demo();
    let html = app.client("lanhdao.catinh.bacgiang").get("/periods").ok();
    assert!(html.contains("href=\"/overview\""), "{html}");
}

#[test]
fn the_ninety_days_name_the_weekday_and_the_days_of_some_bodies() {
    let app = TestApp::demo();
    let html = app.client("lanhdao.ubnd.bacgiang").get("/overview").ok();
    let ahead = html.split("<h2>90 ngày tới</h2>").nth(1).expect("the days to come");
    assert!(ahead.contains("<b>thứ Ba, 17/6/2025</b>"), "{ahead}");
    // The correction that is asked of Sở KH&CN is due on 12/6.
    let correction = |line: &str| line.contains("hạn chỉnh lý của ") && line.contains("12/6/2025");
    assert!(ahead.split("<li>").any(correction), "{ahead}");
}

/// A report that was sent and is being corrected stands among the duties: the list beside them does not say that nothing was sent.
#[test]
fn what_is_being_corrected_was_sent() {
    let app = TestApp::demo();
    let sent = "Báo cáo đã gửi đang được chỉnh lý";
    let officer = app.client("canbo.tuphap.bacgiang");
    assert!(!officer.get("/my").ok().contains(sent));
    app.db
        .write(|conn| {
            let unit = units::table.filter(units::code.eq("bg.tuphap")).select(units::id);
            let owed: Vec<ObligationId> = obligations::table
                .filter(obligations::unit_id.eq_any(unit))
                .select(obligations::id)
                .load(conn)?;
            diesel::update(reports::table)
                .filter(reports::obligation_id.eq_any(owed))
                .filter(reports::first_sent_at.is_not_null())
                .set(reports::state.eq("amend"))
                .execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("all that was sent is being corrected");
    let page = officer.get("/my").ok();
    assert!(page.contains(sent) && !page.contains("Đơn vị chưa gửi báo cáo nào."), "{page}");
}
