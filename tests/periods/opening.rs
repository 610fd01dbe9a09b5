//! Opening a period through its form: what is proposed, what is read once more, what is made.

use diesel::dsl::count_star;
use diesel::prelude::*;
use tonghop::db::schema::{audit_log, forms, obligations, periods, reports, routes, unit_versions, units};
use tonghop::error::Error;

use super::{obligation, period, regime};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

type Day = Option<chrono::NaiveDate>;
/// Unit, part, first and last day, mode.
type Route = (i64, String, Day, Day, String);

/// The half-year of 2026, due on a Wednesday well after its cut-off.
pub const HALF: [(&str, &str); 10] = [
    ("cycle", "H1"),
    ("year", "2026"),
    ("code", "2026-H1"),
    ("label", "6 tháng đầu năm 2026"),
    ("window_from", "15/12/2025"),
    ("window_to", "14/6/2026"),
    ("due_rule", "by"),
    ("stated_on", "17/6/2026"),
    ("due_basis", "Công văn số 99/CAT-PC10 ngày 12/5/2026"),
    ("lock_on", "24/6/2026"),
];

/// The half-year with some fields typed otherwise; `reference_on` is left blank.
pub fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = HALF.iter().filter(|(name, _)| !changes.iter().any(|(n, _)| n == name));
    kept.copied().chain(changes.iter().copied()).collect()
}

/// What the page before opening posts once it was read.
pub fn open(app: &TestApp, client: &Client, fields: &[(&str, &str)]) -> Answer {
    let confirmed: Vec<(&str, &str)> = fields.iter().copied().chain([("confirmed", "1")]).collect();
    ask(app, client, &confirmed)
}

fn ask(app: &TestApp, client: &Client, fields: &[(&str, &str)]) -> Answer {
    client.post(&format!("/regimes/{}/periods", regime(app, "bac-giang")), fields)
}

pub fn period_count(app: &TestApp) -> i64 {
    app.db.read(|conn| Ok::<_, Error>(periods::table.count().get_result(conn)?)).expect("a count")
}

#[test]
fn the_form_proposes_window_and_reference_day() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let path = format!("/regimes/{}/periods/new?cycle=H1&year=2026", regime(&app, "bac-giang"));
    let html = client.get(&path).ok();
    for value in ["2026-H1", "6 tháng đầu năm 2026", "15/12/2025", "14/6/2026"] {
        assert!(html.contains(&format!("value=\"{value}\"")), "{value} is not proposed: {html}");
    }
}

#[test]
fn the_form_begins_with_the_next_period_not_open_yet() {
    // Bắc Giang has opened the half-year and the year of 2025; what is left ends in 2026.
    for (day, expected) in [((2025, 6, 10), "2026-H1"), ((2026, 6, 14), "2026-H1"), ((2026, 8, 1), "2026-Y")]
    {
        let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(day.0, day.1, day.2).expect("a day"));
        let client = app.client("tonghop.catinh.bacgiang");
        let html = client.get(&format!("/regimes/{}/periods/new", regime(&app, "bac-giang"))).ok();
        assert!(html.contains(&format!("value=\"{expected}\"")), "{day:?}: {html}");
        assert!(!html.contains("Kỳ mang mã"), "{html}");
    }
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let path = format!("/regimes/{}/periods/new?cycle=H1&year=2025", regime(&app, "bac-giang"));
    let there = format!("href=\"/periods/{}\"", period(&app, "bac-giang", "2025-H1"));
    assert!(client.get(&path).ok().contains(&there), "what is open already is said and linked");
}

#[test]
fn a_period_is_made_with_one_obligation_and_one_blank_report_per_route() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let to = open(&app, &client, &HALF).redirected();
    let id = period(&app, "bac-giang", "2026-H1");
    assert_eq!(to, format!("/periods/{id}"));
    let cut_off = chrono::NaiveDate::from_ymd_opt(2026, 6, 14).expect("a day");
    app.db
        .read(|conn| {
            // Routes and units read one by one and filtered here, not by the query under test.
            let all: Vec<Route> = routes::table
                .filter(routes::regime_id.eq(regime(&app, "bac-giang")))
                .select((routes::unit_id, routes::part, routes::valid_from, routes::valid_to, routes::mode))
                .load(conn)?;
            let mut owed: Vec<(i64, String)> = Vec::new();
            for (unit, part, from, to, mode) in all {
                let ended: Day = units::table.find(unit).select(units::existed_to).first(conn)?;
                let on =
                    |from: Day, to: Day| from.is_none_or(|d| d <= cut_off) && to.is_none_or(|d| cut_off <= d);
                if part == "own" && on(from, to) && on(None, ended) {
                    owed.push((unit, mode));
                }
            }
            owed.sort();
            let mut made: Vec<(i64, String)> = obligations::table
                .filter(obligations::period_id.eq(id))
                .filter(obligations::part.eq("own"))
                .select((obligations::unit_id, obligations::mode))
                .load(conn)?;
            made.sort();
            assert!(made.len() > 20, "{}", made.len());
            assert_eq!(made, owed);
            let blank: i64 = obligations::table
                .inner_join(reports::table)
                .filter(obligations::period_id.eq(id))
                .filter(obligations::part.eq("own"))
                .filter(reports::state.eq("not_begun"))
                .filter(obligations::standing.eq("owed"))
                .filter(obligations::due_rule.eq("by"))
                .select(count_star())
                .first(conn)?;
            assert_eq!(usize::try_from(blank).expect("small"), made.len());
            let (action, actor): (String, String) = audit_log::table
                .filter(audit_log::subject_kind.eq("period"))
                .filter(audit_log::subject_id.eq(id.0))
                .select((audit_log::action, audit_log::actor_name))
                .first(conn)?;
            assert_eq!((action.as_str(), actor.is_empty()), ("period.open", false));
            Ok::<_, Error>(())
        })
        .expect("the period is whole");
    let page = client.get(&to).ok();
    assert!(page.contains("0 / 21 đơn vị đã gửi"), "{page}");
}

#[test]
fn each_unit_gets_its_own_form_or_that_of_its_kind() {
    let app = TestApp::demo();
    open(&app, &app.client("tonghop.catinh.bacgiang"), &HALF).redirected();
    // From the fixtures: the department of science has a form of its own, a district that of its kind.
    for (unit, form) in [("bg.khcn", "digital"), ("bg.hiephoa", "district"), ("bg.phunu", "mass-org")] {
        let id = obligation(&app, "bac-giang", "2026-H1", unit);
        let code: String = app
            .db
            .read(|conn| {
                Ok::<_, Error>(
                    obligations::table
                        .inner_join(forms::table)
                        .filter(obligations::id.eq(id))
                        .select(forms::code)
                        .first(conn)?,
                )
            })
            .expect("a form");
        assert_eq!(code, form, "{unit}");
    }
}

#[test]
fn units_and_dates_are_read_once_more_before_a_period_is_opened() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let before = period_count(&app);
    let asked = ask(&app, &client, &HALF);
    assert_eq!(asked.status, 200);
    let html = asked.text();
    for words in
        ["cho 27 đơn vị?", "UBND huyện Hiệp Hòa", "chậm nhất ngày 17/6/2026", "24/6/2026", "14/6/2026"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(period_count(&app), before, "nothing is opened by asking");
    // Back to the form, with everything typed.
    let back: Vec<(&str, &str)> = HALF.iter().copied().chain([("edit", "1")]).collect();
    let form = ask(&app, &client, &back);
    assert_eq!(
        (form.status, form.text().contains("value=\"Công văn số 99/CAT-PC10 ngày 12/5/2026\"")),
        (200, true)
    );
    // What the page carries is what is opened.
    let carried: Vec<(String, String)> = HALF
        .iter()
        .map(|(name, _)| ((*name).to_owned(), hidden(&html, name).unwrap_or_else(|| panic!("{name}"))))
        .collect();
    let carried: Vec<(&str, &str)> = carried.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    open(&app, &client, &carried).redirected();
    assert_eq!(period_count(&app), before + 1);
}

#[test]
fn less_than_one_working_day_after_the_cut_off_is_said_before_it_is_opened() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    // 14/6/2026 is a Sunday: the first working day after the cut-off is Monday 15/6.
    let early = with(&[("stated_on", "14/6/2026")]);
    assert!(ask(&app, &client, &early).text().contains("Vẫn mở kỳ với thời hạn này"));
    // Before 16/6 means by 15/6: nothing to say, were it not for the level below, which is due on the Friday.
    let next = with(&[("due_rule", "before"), ("stated_on", "16/6/2026")]);
    let text = ask(&app, &client, &next).text();
    assert!(
        text.contains("Thời hạn các đơn vị gửi Ủy ban Mặt trận") && !text.contains("Thời hạn gửi (ngày"),
        "{text}"
    );
    // By 16/6 both levels have their working day.
    let next = with(&[("due_rule", "by"), ("stated_on", "16/6/2026")]);
    assert!(!ask(&app, &client, &next).text().contains("Vẫn mở kỳ với thời hạn này"));
    open(&app, &client, &early).redirected();
}

#[test]
fn an_ad_hoc_period_asks_only_the_chosen_units_on_one_form() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let ids: Vec<String> = app
        .db
        .read(|conn| {
            let ids: Vec<i64> = units::table
                .filter(units::code.eq_any(["bg.khcn", "bg.mttq"]))
                .order(units::code)
                .select(units::id)
                .load(conn)?;
            Ok::<_, Error>(ids.iter().map(ToString::to_string).collect())
        })
        .expect("two units");
    let fields = with(&[
        ("cycle", "ADHOC"),
        ("code", "2026-DX7"),
        ("form_code", "models"),
        ("unit", &ids[0]),
        ("unit", &ids[1]),
    ]);
    open(&app, &client, &fields).redirected();
    let id = period(&app, "bac-giang", "2026-DX7");
    let made: Vec<(String, String, String)> = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .inner_join(forms::table)
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .filter(obligations::period_id.eq(id))
                    .order(units::code)
                    .select((units::code, forms::code, obligations::mode))
                    .load(conn)?,
            )
        })
        .expect("obligations");
    let text = |s: &str| s.to_owned();
    assert_eq!(
        made,
        [
            (text("bg.khcn"), text("models"), text("assign")),
            (text("bg.mttq"), text("models"), text("request")),
        ]
    );
}

#[test]
fn a_unit_that_has_ended_by_the_reference_day_owes_nothing() {
    let app = TestApp::demo();
    open(&app, &app.client("tonghop.catinh.bacgiang"), &HALF).redirected();
    let id = period(&app, "bac-giang", "2026-H1");
    let ended: i64 = app
        .db
        .read(|conn| {
            Ok::<_, Error>(
                obligations::table
                    .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                    .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(units::id)))
                    .filter(obligations::period_id.eq(id))
                    .filter(units::code.eq_any(["bg.tttt", "bg.ldtbxh", "bg.yendung"]))
                    .select(count_star())
                    .first(conn)?,
            )
        })
        .expect("a count");
    assert_eq!(ended, 0);
}

#[test]
fn an_hour_of_the_document_is_kept_and_shown() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let at = open(&app, &client, &with(&[("due_rule", "before"), ("stated_time", "16h")])).redirected();
    let html = client.get(&at).ok();
    assert!(html.contains("trước 16 giờ 00 ngày 17/6/2026"), "{html}");
    assert!(client.get("/periods").ok().contains("16 giờ 00 ngày 17/6/2026"));
    let hours: Vec<(Option<String>, i64)> = app
        .db
        .read(|conn| {
            let of = obligations::table.inner_join(periods::table).filter(periods::code.eq("2026-H1"));
            let counted = of.group_by(obligations::stated_time);
            let counted = counted.select((obligations::stated_time, diesel::dsl::count_star()));
            Ok::<_, Error>(counted.load(conn)?)
        })
        .expect("the obligations");
    // The three organisations below MTTQ are due the day before, until its end.
    assert!(
        matches!(&hours[..], [(None, 3), (Some(hour), n)] if hour == "16:00" && *n > 10)
            || matches!(&hours[..], [(Some(hour), n), (None, 3)] if hour == "16:00" && *n > 10),
        "{hours:?}"
    );
}

#[test]
fn the_page_before_opening_names_the_last_working_day_and_a_year_without_its_notice() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    // 19/12/2026 is a Saturday.
    let asked = with(&[("stated_on", "19/12/2026"), ("lock_on", "")]);
    let page = ask(&app, &client, &asked).ok();
    assert!(page.contains("ngày làm việc cuối cùng trước đó: thứ Sáu, 18/12/2026"), "{page}");
    let words = "Chưa nhập thông báo nghỉ lễ, tết và hoán đổi ngày làm việc năm 2026";
    assert!(page.contains(words) && page.contains("người quản trị nhập."), "{page}");
    assert!(page.contains("href=\"/days/2026\""), "who may not enter it may read it");

    let admin = app.client("quantri.bacgiang");
    admin.post("/days/2026/notice", &[("document", "Thông báo số 9441/TB-BNV"), ("aware", "1")]).redirected();
    assert!(!ask(&app, &client, &asked).ok().contains(words));
    // The notice of one year says nothing of another.
    let next = with(&[("stated_on", "15/01/2027"), ("lock_on", "")]);
    assert!(ask(&app, &client, &next).ok().contains("hoán đổi ngày làm việc năm 2027"));
}
