//! What the log of work adds up to: offered beside the figure, taken by its button, and asked about where a figure is below it.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::calendar::{Cycle, Window};
use tonghop::db::DbError;
use tonghop::db::ids::{IndicatorId, TaskEntryId, TaskId, UnitId};
use tonghop::db::schema::{indicators, task_entries, units};
use tonghop::indicators::{PeriodRule, ValueType};
use tonghop::plans::queries::Entry as Logged;
use tonghop::reports::check::{Dates, check};
use tonghop::reports::ledger::Ledger;
use tonghop::reports::{AskedIndicator, Content, Outline, Past, Reading};

use super::forms::{fields, outline};
use super::{filled, pairs, report_of, values_of};
use crate::support::app::TestApp;

fn logged(id: i64, indicator: Option<i64>, quantity: Option<i64>) -> Logged {
    let on = NaiveDate::from_ymd_opt(2025, 6, 5).expect("a day");
    Logged {
        id: TaskEntryId(id),
        task_id: TaskId(9),
        unit_id: UnitId(1),
        done_on: on,
        text: "Việc".into(),
        quantity,
        measure_unit: "tin, bài".into(),
        link: String::new(),
        by: "Một người".into(),
        recorded_at: on.and_hms_opt(8, 0, 0).expect("an hour"),
        indicator_id: indicator.map(IndicatorId),
        platform: String::new(),
        link_title: String::new(),
        reach: None,
        url_key: String::new(),
    }
}

fn flow(id: i64, kind: ValueType, rule: PeriodRule) -> AskedIndicator {
    let mut asked = outline().indicators.remove(0);
    (asked.id, asked.value_type, asked.period_rule) = (IndicatorId(id), kind, rule);
    (asked.scale, asked.exponent) = match kind {
        ValueType::Decimal => (2, 0),
        ValueType::Money => (0, 6),
        _ => (0, 0),
    };
    asked
}

#[test]
fn a_sum_is_read_as_if_it_were_typed() {
    let of = |kind, rule| {
        Ledger::of(&[logged(1, Some(1), Some(12)), logged(2, Some(1), Some(3))]).figure(&flow(1, kind, rule))
    };
    assert_eq!(of(ValueType::Int, PeriodRule::Flow), Some((15, 2)));
    assert_eq!(of(ValueType::Decimal, PeriodRule::Flow), Some((1500, 2)), "hundredths");
    assert_eq!(of(ValueType::Money, PeriodRule::Flow), Some((15_000_000, 2)), "triệu đồng");
    for (kind, rule) in [
        (ValueType::Bool, PeriodRule::Flow),
        (ValueType::Ratio, PeriodRule::Ratio),
        (ValueType::Int, PeriodRule::Max),
    ] {
        assert_eq!(of(kind, rule), None, "{kind:?} {rule:?} is never summed");
    }
}

#[test]
fn a_sum_larger_than_any_figure_is_not_offered() {
    let ledger = Ledger::of(&[logged(1, Some(1), Some(i64::MAX)), logged(2, Some(1), Some(1))]);
    assert_eq!(ledger.figure(&flow(1, ValueType::Int, PeriodRule::Flow)), None);
}

proptest! {
    /// Held against adding up by hand, indicator by indicator.
    #[test]
    fn sums_are_those_of_the_entries(noted in prop::collection::vec((prop::option::of(1i64..4), prop::option::of(0i64..10_000)), 0..30)) {
        let entries: Vec<Logged> =
            (1..).zip(&noted).map(|(id, (indicator, quantity))| logged(id, *indicator, *quantity)).collect();
        let ledger = Ledger::of(&entries);
        let mut by_hand: HashMap<i64, (i64, usize)> = HashMap::new();
        for (indicator, quantity) in noted {
            if let (Some(indicator), Some(quantity)) = (indicator, quantity) {
                let sum = by_hand.entry(indicator).or_default();
                *sum = (sum.0 + quantity, sum.1 + 1);
            }
        }
        for id in 1..4 {
            let found = ledger.figure(&flow(id, ValueType::Int, PeriodRule::Flow));
            prop_assert_eq!(found, by_hand.get(&id).copied());
        }
    }
}

fn warned(typed: &[(&str, &str)], outline: &Outline) -> Vec<(String, bool)> {
    let past = Past { ledger: Ledger::of(&[logged(1, Some(1), Some(12))]), ..Past::default() };
    let content = tonghop::reports::form::parse(&fields(typed), outline, Content::default());
    let window = Window::new("2024-12-15".parse().expect("a day"), "2025-06-14".parse().expect("a day"));
    let dates = Dates { cycle: Some(Cycle::FirstHalf), window, today: "2025-06-20".parse().expect("a day") };
    let found = check(&content, outline, &past, dates, &BTreeSet::new());
    let ledger = found.warnings.into_iter().filter(|w| w.key.starts_with("ledger:"));
    ledger.map(|w| (w.key, w.explained)).collect()
}

#[test]
fn a_figure_below_its_ledger_wants_a_note() {
    let outline = outline();
    for (typed, expected) in
        [("12", vec![]), ("13", vec![]), ("", vec![]), ("11", vec![("ledger:B04:11:12".to_owned(), false)])]
    {
        assert_eq!(warned(&[("section.I", "x"), ("figure.B04", typed)], &outline), expected, "{typed}");
    }
    let noted = [("section.I", "x"), ("figure.B04", "11"), ("note.B04", "một bài đăng lại")];
    assert_eq!(warned(&noted, &outline), [("ledger:B04:11:12".to_owned(), true)]);
}

#[test]
fn taking_the_sum_keeps_the_note() {
    let outline = outline();
    let before = fields(&[("figure.B04", "gần 9"), ("note.B04", "ghi chú")]);
    let mut content = tonghop::reports::form::parse(&before, &outline, Content::default());
    let ledger = Ledger::of(&[logged(1, Some(1), Some(1200))]);
    assert!(!ledger.take(&mut content, &outline, "D03"), "nothing was noted for it");
    assert!(ledger.take(&mut content, &outline, "B04"));
    let entry = &content.entries[&IndicatorId(1)];
    assert_eq!(
        (&entry.reading, entry.note.as_str(), entry.typed.as_str()),
        (&Reading::Value(1200), "ghi chú", "1.200")
    );
    assert_eq!(entry.level(), tonghop::vietnamese::Level::default(), "a count is exact");
    assert!(!entry.ambiguous);
}

#[test]
fn the_draft_offers_takes_and_asks() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, at) = (app.client("canbo.khcn.bacgiang"), format!("/reports/{id}/draft"));
    let page = officer.get(&at).ok();
    assert!(page.contains(">14 (1 lần ghi)</a>"), "B05 of the demo's entry");
    assert!(page.contains("value=\"ledger.B05\""));
    let taken = officer.post(&at, &pairs(&filled(&page, &[("go", "ledger.B05")])));
    assert_eq!(taken.redirected(), format!("{at}#f-figure.B05"));
    let page = officer.get(&at).ok();
    assert_eq!(values_of(&page, "figure.B05"), ["14"]);
    assert!(!page.contains("value=\"ledger.B05\""), "it is taken");

    officer.post(&at, &pairs(&filled(&page, &[("figure.B05", "9")]))).redirected();
    let words = "9, trong khi nhật ký có 14 (1 lần ghi).";
    assert!(officer.get(&at).ok().contains(words));
    assert!(officer.get(&format!("/reports/{id}/check")).ok().contains(words));
    // The entries behind the sum are one link away.
    let behind: i64 = app
        .db
        .read(|conn| {
            let b05 = indicators::table.filter(indicators::code.eq("B05")).select(indicators::id);
            Ok::<_, DbError>(b05.first(conn)?)
        })
        .expect("the indicator");
    let ledger = officer.get(&format!("/evidence?from=15/12/2024&to=14/6/2025&indicator={behind}")).ok();
    assert!(ledger.contains("14 tin, bài (1 lần ghi)"));
}

#[test]
fn another_units_log_is_said_to_the_report_that_claims_its_post() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.doan", "2025-H1");
    let (doan, at) = (app.client("canbo.doan.bacgiang"), format!("/reports/{id}/draft"));
    let link = "http://www.khcn.bacgiang.example/khcn/20250314/?utm_source=zalo";
    let claim = [("evidence.0.title", "Bài chép lại"), ("evidence.0.url", link)];
    doan.post(&at, &pairs(&filled(&doan.get(&at).ok(), &claim))).redirected();
    let words = "công việc đã ghi của Sở Khoa học và Công nghệ (14/3/2025)";
    assert!(doan.get(&at).ok().contains(words), "to the one who claims it");
    let ledger = doan.get("/evidence").ok();
    assert!(
        ledger.contains("Trùng") && ledger.contains("Sở Khoa học và Công nghệ: công việc ngày 14/3/2025")
    );
    assert!(!ledger.contains("loạt bài hướng dẫn thủ tục"), "what another wrote stays its own");
    let noted = app.client("canbo.khcn.bacgiang").get("/evidence?twice=1").ok();
    assert!(
        noted.contains("Trùng") && noted.contains("một đơn vị khác đang soạn"),
        "to the one who noted it, without what is still a draft"
    );
}

#[test]
fn the_posts_behind_a_figure_are_taken_with_it_as_they_are_ticked() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, at) = (app.client("canbo.khcn.bacgiang"), format!("/reports/{id}/draft"));
    let (task, b05): (i64, i64) = app
        .db
        .read(|conn| {
            let b05 = indicators::table.filter(indicators::code.eq("B05")).select(indicators::id);
            let b05: i64 = b05.first(conn)?;
            let of = task_entries::table.filter(task_entries::indicator_id.eq(b05));
            let unit = units::table.filter(units::code.eq("bg.khcn")).select(units::id);
            let of = of.filter(task_entries::unit_id.eq(unit.first::<i64>(conn)?));
            Ok::<_, DbError>((of.select(task_entries::task_id).first(conn)?, b05))
        })
        .expect("a task of the demo");
    let counted = b05.to_string();
    for (day, link) in [
        ("02/6/2025", "https://khcn.bacgiang.example/mot"),
        ("03/6/2025", "https://khcn.bacgiang.example/hai"),
        ("04/6/2025", "https://www.khcn.bacgiang.example/hai?utm_source=zalo"),
        ("05/6/2025", ""),
    ] {
        let typed = [
            ("done_on", day),
            ("text", "Đăng bài"),
            ("quantity", "1"),
            ("measure_unit", "tin, bài"),
            ("indicator", counted.as_str()),
            ("link", link),
        ];
        officer.post(&format!("/tasks/{task}/entries"), &typed).redirected();
    }
    let page = officer.get(&at).ok();
    let offered: Vec<String> =
        values_of(&page, "proof").into_iter().filter(|proof| proof.starts_with("B05 ")).collect();
    assert_eq!(offered.len(), 2, "each post once, and none that the report has: {offered:?}");
    assert!(page.contains("Lấy số này và 2 minh chứng"));
    // The second was unticked.
    let mut fields = filled(&page, &[("go", "ledger.B05"), ("figure.B05", "")]);
    fields.push(("proof".into(), offered[0].clone()));
    officer.post(&at, &pairs(&fields)).redirected();
    let page = officer.get(&at).ok();
    assert_eq!(values_of(&page, "figure.B05"), ["18"], "14 of the demo and 4 here");
    let has = |page: &str, link: &str| page.contains(&format!("value=\"{link}\""));
    assert!(
        has(&page, "https://khcn.bacgiang.example/mot") && !has(&page, "https://khcn.bacgiang.example/hai")
    );
    // The figure stands; what is left can be taken by itself, and leaves the figure alone.
    assert!(!page.contains("value=\"ledger.B05\"") && page.contains("Lấy 1 minh chứng"));
    let mut fields = filled(&page, &[("go", "proof.B05"), ("figure.B05", "25")]);
    fields.push(("proof".into(), offered[1].clone()));
    // What counts toward another figure is not taken by this one's button.
    fields.push(("proof".into(), offered[1].replace("B05", "B04")));
    assert_eq!(officer.post(&at, &pairs(&fields)).redirected(), format!("{at}#f-figure.B05"));
    let page = officer.get(&at).ok();
    assert!(has(&page, "https://khcn.bacgiang.example/hai"));
    assert_eq!(values_of(&page, "figure.B05"), ["25"]);
    assert!(!page.contains("minh chứng<span class=\"vh\"> cho B05"), "nothing is left to take");
}
