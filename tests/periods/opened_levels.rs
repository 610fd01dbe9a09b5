//! Levels of a period as it is opened: both duties of a collecting body, each level with its day and hour, and who keeps the routes.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::db::schema::{obligations, periods, routes, units};
use tonghop::error::Error;

use super::levels::day;
use super::regime;
use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::support::races::posted;

fn unit_id(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            Ok::<_, Error>(units::table.filter(units::code.eq(code)).select(units::id).first::<i64>(conn)?)
        })
        .expect("a unit")
}

fn open(app: &TestApp, compiler: &Client, level: &str, confirmed: bool) -> crate::support::client::Answer {
    open_at(app, compiler, (level, ""), confirmed)
}

/// Opens with a day and an hour typed for the level.
fn open_at(
    app: &TestApp,
    compiler: &Client,
    (level, time): (&str, &str),
    confirmed: bool,
) -> crate::support::client::Answer {
    let id = regime(app, "bac-giang");
    let mttq = unit_id(app, "bg.mttq");
    let (field, time_field) = (format!("level.{mttq}"), format!("level_time.{mttq}"));
    let mut fields = vec![
        ("cycle", "H2"),
        ("year", "2025"),
        ("code", "2025-H2"),
        ("label", "6 tháng cuối năm 2025"),
        ("window_from", "15/6/2025"),
        ("window_to", "14/12/2025"),
        ("due_rule", "by"),
        ("stated_on", "17/12/2025"),
        (field.as_str(), level),
        (time_field.as_str(), time),
    ];
    if confirmed {
        fields.push(("confirmed", "1"));
    }
    compiler.post(&format!("/regimes/{id}/periods"), &fields)
}

/// (part, collector, last day as stated) of what a unit owes for the period opened here.
fn owed(app: &TestApp, unit: &str) -> Vec<(String, String, Option<NaiveDate>)> {
    app.db
        .read(|conn| {
            let collectors = diesel::alias!(units as collectors);
            Ok::<_, Error>(
                obligations::table
                    .inner_join(periods::table)
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .inner_join(collectors.on(collectors.field(units::id).eq(obligations::collector_id)))
                    .filter(periods::code.eq("2025-H2"))
                    .filter(units::code.eq(unit))
                    .order(obligations::id)
                    .select((obligations::part, collectors.field(units::code), obligations::stated_on))
                    .load(conn)?,
            )
        })
        .expect("obligations")
}

#[test]
fn the_hour_of_a_level_holds_for_its_units_and_stays_when_the_day_moves() {
    let app = TestApp::demo_on(day(11, 20));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let field = format!("level_time.{}", unit_id(&app, "bg.mttq"));
    let wrong = open_at(&app, &compiler, ("", "mười giờ"), false);
    assert_eq!(wrong.status, 422);
    let page = wrong.text();
    assert!(page.contains(&format!("href=\"#f-{field}\"")) && page.contains("value=\"mười giờ\""), "{page}");
    let asked = open_at(&app, &compiler, ("", "16h"), false).ok();
    assert!(asked.contains("trước 16 giờ 00 ngày 16/12/2025"), "{asked}");
    assert!(asked.contains(&format!("name=\"{field}\" value=\"16h\"")), "carried to the confirmation");
    open_at(&app, &compiler, ("", "16h"), true).redirected();

    let hours = |unit: &str| -> Vec<(Option<NaiveDate>, Option<String>)> {
        let of = obligations::table
            .inner_join(periods::table)
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(periods::code.eq("2025-H2"))
            .filter(units::code.eq(unit))
            .order(obligations::id)
            .select((obligations::stated_on, obligations::stated_time));
        app.db.read(|conn| Ok::<_, Error>(of.load(conn)?)).expect("obligations")
    };
    let dec = |d| NaiveDate::from_ymd_opt(2025, 12, d);
    assert_eq!(hours("bg.phunu"), [(dec(16), Some("16:00".to_owned()))]);
    assert_eq!(hours("bg.khcn"), [(dec(17), None)], "the level above has no hour");
    let officer = app.client("canbo.phunu.bacgiang");
    assert!(officer.get("/my").ok().contains("trước 16 giờ 00 ngày 16/12/2025"));
    let period = super::period(&app, "bac-giang", "2025-H2");
    let board = app.client("canbo.mttq.bacgiang").get(&format!("/periods/{period}")).ok();
    assert!(board.contains("trước 16 giờ 00 ngày 16/12/2025"), "{board}");

    // A new day at the top: the level goes with it, at its hour.
    let version: i32 = app
        .db
        .read(|conn| Ok::<_, Error>(periods::table.find(period).select(periods::version).first(conn)?))
        .expect("a version");
    let fields = [
        ("version", version.to_string()),
        ("due_rule", "by".to_owned()),
        ("stated_on", "19/12/2025".to_owned()),
        ("due_basis", "Công văn số 9".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    compiler.post(&format!("/periods/{period}/dates"), &fields).redirected();
    assert_eq!(hours("bg.phunu"), [(dec(18), Some("16:00".to_owned()))]);
}

#[test]
fn opening_makes_both_obligations_each_level_with_its_day() {
    let app = TestApp::demo_on(day(11, 20));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = regime(&app, "bac-giang");
    let form = compiler.get(&format!("/regimes/{id}/periods/new?cycle=H2&year=2025")).ok();
    assert!(!form.contains("Các đơn vị gửi level_time"), "a level is called by its name");
    assert!(form.contains("Các đơn vị gửi Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh: chậm nhất ngày"));
    let late = open(&app, &compiler, "18/12/2025", false);
    assert_eq!(late.status, 422);
    assert!(late.text().contains("sau thời hạn"));
    let same = open(&app, &compiler, "17/12/2025", false).ok();
    assert!(same.contains("không còn ngày nào để tổng hợp") && same.contains("Vẫn mở kỳ"));
    let asked = open(&app, &compiler, "", false).ok();
    assert!(
        asked.contains("chậm nhất ngày 16/12/2025") && !asked.contains("Vẫn mở kỳ"),
        "named before it opens"
    );
    open(&app, &compiler, "", true).redirected();
    // 17/12/2025 is a Wednesday: one working day before is the 16th.
    let (ca, mttq) = ("bg.ca".to_owned(), "bg.mttq".to_owned());
    let own = || "own".to_owned();
    let dec = |d| NaiveDate::from_ymd_opt(2025, 12, d);
    assert_eq!(owed(&app, "bg.phunu"), [(own(), mttq, dec(16))]);
    assert_eq!(
        owed(&app, "bg.mttq"),
        [(own(), ca.clone(), dec(17)), ("consolidated".into(), ca.clone(), dec(17))]
    );
    assert_eq!(owed(&app, "bg.khcn"), [(own(), ca, dec(17))]);
    let lower = app.client("canbo.mttq.bacgiang");
    let period = super::period(&app, "bac-giang", "2025-H2");
    let board = lower.get(&format!("/periods/{period}")).ok();
    assert!(
        board.contains("chậm nhất ngày 16/12/2025") && board.contains("0 / 3 đơn vị đã gửi"),
        "its own level"
    );
    assert!(!board.contains("Sở Khoa học"), "and only its own units");
    assert!(lower.get("/my").ok().contains("Báo cáo tổng hợp 6 tháng cuối năm 2025"));
}

#[test]
fn an_administrator_keeps_the_routes() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    let id = regime(&app, "bac-giang");
    let at = format!("/regimes/{id}/routes");
    let page = admin.get(&at).ok();
    assert!(page.contains("Đơn vị tổng hợp cấp dưới"));
    let (ccb, mttq, ca) = (unit_id(&app, "bg.ccb"), unit_id(&app, "bg.mttq"), unit_id(&app, "bg.ca"));
    let begin = |unit: i64, part: &str, to: i64, from: &str| {
        let (unit, to) = (unit.to_string(), to.to_string());
        admin.post(
            &at,
            &[
                ("unit", unit.as_str()),
                ("part", part),
                ("collector", to.as_str()),
                ("mode", "request"),
                ("from", from),
            ],
        )
    };
    assert_eq!(begin(ccb, "own", mttq, "").status, 422);
    assert_eq!(begin(ccb, "own", mttq, "01/7/2025").redirected(), at);
    let rows = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                routes::table
                    .filter(routes::regime_id.eq(id))
                    .filter(routes::unit_id.eq(ccb))
                    .order(routes::id)
                    .select((routes::collector_id, routes::valid_from, routes::valid_to))
                    .load::<(i64, Option<NaiveDate>, Option<NaiveDate>)>(conn)?,
            )
        })
        .expect("routes");
    assert_eq!(
        rows,
        [(ca, None, Some(day(6, 30))), (mttq, Some(day(7, 1)), None)],
        "the old one ends the day before"
    );
    let again = begin(ccb, "own", ca, "01/6/2025");
    assert_eq!(again.status, 422);
    assert!(again.text().contains("đã có tuyến từ 01/7/2025"));
    assert_eq!(begin(mttq, "consolidated", mttq, "01/8/2025").status, 422, "to itself");
    assert_eq!(begin(ca, "consolidated", mttq, "01/8/2025").status, 422, "round in a circle");

    // Without a way upwards no period is opened.
    let route = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                routes::table
                    .filter(routes::regime_id.eq(id))
                    .filter(routes::unit_id.eq(mttq))
                    .filter(routes::part.eq("consolidated"))
                    .select(routes::id)
                    .first::<i64>(conn)?,
            )
        })
        .expect("a route");
    assert_eq!(
        admin.post(&format!("{at}/{route}/end"), &[("last", "01/6/2025")]).status,
        422,
        "before it begins"
    );
    admin.post(&format!("{at}/{route}/end"), &[("last", "01/8/2025")]).redirected();
    let refused = open(&app, &app.client("tonghop.catinh.bacgiang"), "", true);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Chưa có tuyến gửi báo cáo tổng hợp lên cấp trên"));
    let lead = format!("/regimes/{id}/levels/{mttq}");
    assert_eq!(admin.post(&lead, &[("lead", "99")]).status, 422);
    assert_eq!(admin.post(&lead, &[("lead", "3")]).redirected(), at);
    assert_eq!(admin.post(&format!("/regimes/{id}/levels/{ca}"), &[("lead", "3")]).status, 404);
}

#[test]
fn how_early_a_level_asks_is_set_by_two_at_once() {
    let app = TestApp::demo();
    let id = regime(&app, "bac-giang");
    let admin = app.client("quantri.bacgiang");
    let set = || admin.post(&format!("/regimes/{id}/levels/{}", unit_id(&app, "bg.mttq")), &[("lead", "3")]);
    let both = posted(&app, &format!("SELECT id FROM regimes WHERE id = {id}"), [&set, &set]);
    assert_eq!(both.map(|answer| answer.status), [303, 303]);
}

/// A day set later at the top moves the level below with it.
#[test]
fn a_new_day_moves_the_lower_level_too() {
    let app = TestApp::demo_on(day(11, 20));
    let compiler = app.client("tonghop.catinh.bacgiang");
    open(&app, &compiler, "", true).redirected();
    let period = super::period(&app, "bac-giang", "2025-H2");
    let version = app
        .db
        .read(|conn| Ok::<_, Error>(periods::table.find(period).select(periods::version).first::<i32>(conn)?))
        .expect("a version")
        .to_string();
    let fields = [
        ("version", version.as_str()),
        ("due_rule", "by"),
        ("stated_on", "22/12/2025"),
        ("due_basis", "Công văn lùi thời hạn"),
        ("confirmed", "1"),
    ];
    compiler.post(&format!("/periods/{period}/dates"), &fields).redirected();
    // 22/12/2025 is a Monday: the working day before is Friday the 19th.
    let dec = |d| NaiveDate::from_ymd_opt(2025, 12, d);
    assert_eq!(owed(&app, "bg.phunu")[0].2, dec(19));
    assert_eq!(owed(&app, "bg.khcn")[0].2, dec(22));
    assert_eq!(owed(&app, "bg.mttq").iter().map(|row| row.2).collect::<Vec<_>>(), [dec(22), dec(22)]);
    let board = app.client("canbo.mttq.bacgiang").get(&format!("/periods/{period}")).ok();
    assert!(board.contains("chậm nhất ngày 19/12/2025"));
}

/// Its duty upwards may end, its part does not become the whole.
#[test]
fn a_lower_collector_stays_one_when_its_duty_ends() {
    let app = TestApp::demo();
    let lower = app
        .db
        .write(|conn| {
            let (period, unit): (tonghop::db::ids::PeriodId, UnitId) = obligations::table
                .filter(obligations::part.eq("consolidated"))
                .order(obligations::id)
                .select((obligations::period_id, obligations::unit_id))
                .first(conn)?;
            diesel::update(
                obligations::table
                    .filter(obligations::period_id.eq(period))
                    .filter(obligations::unit_id.eq(unit))
                    .filter(obligations::part.eq("consolidated")),
            )
            .set(obligations::standing.eq("ended"))
            .execute(conn)?;
            let lower = tonghop::consolidation::queries::lower_collectors(conn, &[period])?;
            Ok::<_, Error>(lower.contains(&(period, unit)))
        })
        .expect("the demo has one");
    assert!(lower);
}
