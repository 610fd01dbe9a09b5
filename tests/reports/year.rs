//! A year beside its half: what is added, what is left alone, what is asked about; against sums made by hand.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use tonghop::calendar::{Cycle, Window};
use tonghop::db::ids::{IndicatorId, PeriodId};
use tonghop::indicators::{PeriodRule, ValueType};
use tonghop::reports::check::{Dates, check};
use tonghop::reports::year::{Added, Halves, adds_up, below_half, fill};
use tonghop::reports::{AskedIndicator, Content, Entry, Outline, Past, PastPeriod, Reading, read, shown};
use tonghop::vietnamese::{Level, Qualifier};

use super::cells::asked;
use super::{forms, names_of, report_of, values_of};
use crate::support::app::TestApp;

fn of_rule(id: i64, code: &str, rule: PeriodRule) -> AskedIndicator {
    AskedIndicator { period_rule: rule, ..asked(id, code, ValueType::Int, 0, 0) }
}

fn outline(indicators: Vec<AskedIndicator>) -> Outline {
    Outline { indicators, tasks: vec![], lists: vec![], ..forms::outline() }
}

fn half(id: i64, figures: &[(i64, i64)]) -> PastPeriod {
    PastPeriod {
        id: PeriodId(id),
        label: "6 tháng đầu năm 2025".into(),
        units: vec![],
        figures: figures.iter().map(|(id, value)| (IndicatorId(*id), *value)).collect(),
        levels: HashMap::new(),
        sections: HashMap::new(),
    }
}

fn rests(typed: &[(&str, &str)]) -> BTreeMap<String, String> {
    typed.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect()
}

fn entry(typed: &str) -> Entry {
    read(typed, Level::default(), "", &asked(0, "X", ValueType::Int, 0, 0))
}

#[test]
fn only_what_happened_in_each_part_is_added() {
    use PeriodRule::{Flow, Max, Stock, YearToDate};
    let rules = [Flow, Stock, YearToDate, Max];
    let outline =
        outline(rules.into_iter().zip(1..).map(|(rule, id)| of_rule(id, &format!("X{id}"), rule)).collect());
    let halves = Halves { first: Some(half(1, &[(1, 120), (2, 5), (3, 7), (4, 9)])), second: None };
    let typed = rests(&[("X1", "95"), ("X2", "1"), ("X3", "1"), ("X4", "1")]);
    let mut content = Content::default();
    assert_eq!(fill(&mut content, &outline, &halves, &typed, false).count, 1);
    let values: Vec<Option<i64>> = (1..=4).map(|id| content.value(IndicatorId(id))).collect();
    assert_eq!(values, [Some(215), None, None, None]);
    assert!(
        !adds_up(&asked(9, "B", ValueType::Bool, 0, 0)) && !adds_up(&asked(9, "R", ValueType::Ratio, 2, 0))
    );
}

#[test]
fn what_was_typed_for_the_year_is_left_alone_and_nothing_typed_is_lost() {
    let outline = outline(vec![of_rule(1, "X1", PeriodRule::Flow), of_rule(2, "X2", PeriodRule::Flow)]);
    let halves = Halves { first: Some(half(1, &[(1, 120), (2, 10)])), second: None };
    let mut content = Content::default();
    content.entries.insert(IndicatorId(1), entry("200"));
    content.entries.insert(IndicatorId(2), Entry { note: "từ sổ".into(), ..Entry::default() });
    let typed = rests(&[("X1", "95"), ("X2", "vài")]);
    let added = fill(&mut content, &outline, &halves, &typed, false);
    assert_eq!((added.count, added.left.0.len()), (0, 2));
    assert_eq!(content.value(IndicatorId(1)), Some(200));
    let why = added.left.at("rest.X1").expect("the year's figure stands");
    assert!(why.contains("“95”") && why.contains("đã có “200”"), "{why}");
    // What cannot be read is said at its place; the year's figure stays blank, nothing there is to be cleaned.
    let blank = &content.entries[&IndicatorId(2)];
    assert_eq!((&blank.reading, blank.note.as_str()), (&Reading::Blank, "từ sổ"));
    assert!(added.left.at("rest.X2").is_some_and(|why| why.contains("“vài”")));
    // The page adds while one types, and posts the rest beside the sum.
    content.entries.insert(IndicatorId(1), entry("215"));
    assert_eq!(fill(&mut content, &outline, &halves, &rests(&[("X1", "95")]), false), Added::default());
    // A sum that does not fit is no number either.
    let halves = Halves { first: Some(half(1, &[(2, i64::MAX)])), second: None };
    content.entries.clear();
    let added = fill(&mut content, &outline, &halves, &rests(&[("X2", "1")]), false);
    assert!(
        content.entries.is_empty() && added.left.at("rest.X2").is_some_and(|why| why.contains("quá lớn"))
    );
}

#[test]
fn the_second_half_is_added_only_by_the_button() {
    let outline = outline(vec![of_rule(1, "X1", PeriodRule::Flow)]);
    let halves = Halves { first: Some(half(1, &[(1, 120)])), second: Some(half(2, &[(1, 80)])) };
    let mut content = Content::default();
    assert_eq!(fill(&mut content, &outline, &halves, &rests(&[]), false).count, 0);
    assert_eq!(fill(&mut content, &outline, &halves, &rests(&[]), true).count, 1);
    assert_eq!(content.value(IndicatorId(1)), Some(200));
    let none = Halves { first: None, ..halves };
    assert_eq!(fill(&mut Content::default(), &outline, &none, &rests(&[("X1", "5")]), true).count, 0);
}

#[test]
fn a_sum_of_an_estimate_is_an_estimate() {
    let outline = outline(vec![of_rule(1, "X1", PeriodRule::Flow)]);
    let mut first = half(1, &[(1, 120)]);
    first.levels.insert(IndicatorId(1), Level { estimate: false, qualifier: Qualifier::Over });
    let halves = Halves { first: Some(first), second: None };
    let said = |rest: &str| {
        let mut content = Content::default();
        fill(&mut content, &outline, &halves, &rests(&[("X1", rest)]), false);
        content.entries[&IndicatorId(1)].level()
    };
    assert_eq!(said("hơn 5"), Level { estimate: false, qualifier: Qualifier::Over });
    assert_eq!(said("5"), Level { estimate: true, qualifier: Qualifier::Exact });
}

#[test]
fn a_year_below_its_half_is_asked_about_with_both_numbers() {
    let outline = outline(vec![of_rule(1, "X1", PeriodRule::Flow), of_rule(2, "X2", PeriodRule::Stock)]);
    let past = Past {
        halves: Halves { first: Some(half(1, &[(1, 1200), (2, 1200)])), second: None },
        ..Past::default()
    };
    let mut content = Content::default();
    content.sections.insert("I".into(), "Đã viết.".into());
    content.entries.insert(IndicatorId(1), entry("1.100"));
    content.entries.insert(IndicatorId(2), entry("1.100"));
    let day = |text: &str| text.parse().expect("a day");
    let dates = Dates {
        cycle: Some(Cycle::Year),
        window: Window::new(day("2024-12-15"), day("2025-12-14")),
        today: day("2025-12-20"),
    };
    let warned = |content: &Content, confirmed: &BTreeSet<String>| {
        let found = check(content, &outline, &past, dates, confirmed).warnings;
        found.into_iter().filter(|w| w.key.starts_with("half:")).collect::<Vec<_>>()
    };
    let found = warned(&content, &BTreeSet::new());
    assert_eq!(found.len(), 1, "a stock may fall: {found:?}");
    assert_eq!(found[0].message, "Cả năm là 1.100, trong khi 6 tháng đầu năm 2025 đã có 1.200.");
    assert_eq!((found[0].field.as_str(), found[0].explained), ("figure.X1", false));
    // Confirmed for these two numbers, and for no others.
    let confirmed = BTreeSet::from([found[0].key.clone()]);
    assert!(warned(&content, &confirmed)[0].explained);
    content.entries.insert(IndicatorId(1), entry("1.000"));
    assert!(!warned(&content, &confirmed)[0].explained);
    content.entries.insert(IndicatorId(1), entry("1.200"));
    assert!(warned(&content, &BTreeSet::new()).is_empty());
}

proptest! {
    /// Against addition: with any decimals, the sum of what both columns show.
    #[test]
    fn the_year_is_the_half_and_the_rest(
        first in 0i64..1_000_000_000, rest in 0i64..1_000_000_000, scale in 0u32..3, exponent in prop::sample::select(vec![0u32, 6]),
    ) {
        let value_type = if scale > 0 { ValueType::Decimal } else { ValueType::Int };
        let asked = asked(1, "X1", value_type, scale, exponent);
        let outline = outline(vec![asked.clone()]);
        let halves = Halves { first: Some(half(1, &[(1, first)])), second: None };
        let typed = shown(rest, &asked);
        prop_assume!(read(&typed, Level::default(), "", &asked).reading == Reading::Value(rest));
        let mut content = Content::default();
        fill(&mut content, &outline, &halves, &rests(&[("X1", &typed)]), false);
        prop_assert_eq!(content.value(IndicatorId(1)), Some(first + rest));
        // What was added is never below its half, and adding again changes nothing.
        let entry = &content.entries[&IndicatorId(1)];
        prop_assert_eq!(below_half(&asked, entry, &halves), None);
        let before = content.clone();
        prop_assert_eq!(fill(&mut content, &outline, &halves, &rests(&[("X1", "1")]), true).count, 0);
        prop_assert_eq!(content, before);
    }

    /// Against a comparison of the two numbers.
    #[test]
    fn a_flow_is_below_its_half_when_it_is_smaller(first in 0i64..50, year in 0i64..50) {
        let flow = of_rule(1, "X1", PeriodRule::Flow);
        let halves = Halves { first: Some(half(1, &[(1, first)])), second: None };
        let found = below_half(&flow, &entry(&year.to_string()), &halves);
        prop_assert_eq!(found.map(|(half, _)| half), (year < first).then_some(first));
    }
}

#[test]
fn the_half_stands_beside_the_year_and_the_rest_is_added() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.ca", "2025-Y");
    let officer = app.client("canbo.catinh.bacgiang");
    let path = format!("/reports/{id}/draft");
    let page = officer.get(&path).ok();
    assert!(page.contains("6 tháng đầu năm: 6 tháng đầu năm 2025."), "its half was received");
    let offered = names_of(&page, "rest.");
    assert!(offered.contains(&"rest.B05".to_owned()), "B05 happens in the period: {offered:?}");
    assert!(!offered.contains(&"rest.E12".to_owned()), "E12 stands at its end");
    let half: i64 = page
        .split("name=\"rest.B05\" value=\"\" data-half=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .and_then(|text| text.replace('.', "").parse().ok())
        .expect("the half's figure");
    let version = values_of(&page, "version")[0].clone();
    let saved = officer.post(
        &path,
        &[("version", &version), ("figure.B05", ""), ("rest.B05", "10"), ("rest.E12", "3"), ("go", "sum")],
    );
    assert_eq!(saved.redirected(), format!("{path}#figures"));
    let page = officer.get(&path).ok();
    let year: Vec<String> = values_of(&page, "figure.B05");
    assert_eq!(year[0].replace('.', ""), (half + 10).to_string());
    assert_eq!(values_of(&page, "figure.E12"), [""]);
    // A year below its half, with both numbers.
    let version = values_of(&page, "version")[0].clone();
    let less = (half - 1).to_string();
    officer.post(&path, &[("version", &version), ("figure.B05", &less)]).redirected();
    let page = officer.get(&path).ok();
    assert!(page.contains("Cả năm là ") && page.contains("trong khi 6 tháng đầu năm 2025 đã có "));

    // Sent and not yet received counts too, and says so; a report that was never sent does not.
    let id = report_of(&app, "bg.vhttdl", "2025-Y");
    let page = app.client("canbo.vhttdl.bacgiang").get(&format!("/reports/{id}/draft")).ok();
    assert!(page.contains("6 tháng đầu năm 2025 (chưa tiếp nhận)"));
    let id = report_of(&app, "bg.khcn", "2025-Y");
    let page = app.client("canbo.khcn.bacgiang").get(&format!("/reports/{id}/draft")).ok();
    assert!(!page.contains("6 tháng đầu năm") && names_of(&page, "rest.").is_empty());
    // A half-year has no half.
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let page = app.client("canbo.khcn.bacgiang").get(&format!("/reports/{id}/draft")).ok();
    assert!(names_of(&page, "rest.").is_empty());
}

#[test]
fn the_rest_beside_a_figure_that_stands_is_kept_on_the_page_and_said() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.ca", "2025-Y");
    let officer = app.client("canbo.catinh.bacgiang");
    let path = format!("/reports/{id}/draft");
    let offered = names_of(&officer.get(&path).ok(), "rest.");
    let other = offered.iter().find(|name| *name != "rest.B05").expect("another line that adds up");
    let code = other.trim_start_matches("rest.");
    let figure = format!("figure.{code}");
    let typed = [("figure.B05", "20"), ("rest.B05", "3"), (figure.as_str(), ""), (other.as_str(), "abc")];
    for go in ["sum", "check", "close"] {
        let version = values_of(&officer.get(&path).ok(), "version")[0].clone();
        let answer = officer.post(&path, &[typed.as_slice(), &[("version", &version), ("go", go)]].concat());
        assert_eq!(answer.status, 422, "{go}");
        let page = answer.text();
        assert!(
            page.contains("Có <span>2</span> chỗ cần sửa") && page.contains("href=\"#f-rest.B05\""),
            "{go}"
        );
        assert!(page.contains("“3” của B05: ô Kỳ này đã có “20”."));
        assert!(page.contains(&format!("Không đọc được phần còn lại của năm “abc” của {code}.")));
        assert_eq!(
            (values_of(&page, "rest.B05"), values_of(&page, other)),
            (vec!["3".into()], vec!["abc".into()])
        );
        assert_eq!(
            (values_of(&page, "figure.B05"), values_of(&page, &figure)),
            (vec!["20".into()], vec![String::new()])
        );
    }
    // The module that saves while one types says so at the same places.
    let version = values_of(&officer.get(&path).ok(), "version")[0].clone();
    let answer = officer
        .post_json(&format!("{path}/autosave"), &[typed.as_slice(), &[("version", &version)]].concat());
    let json: serde_json::Value = serde_json::from_str(&answer.text()).expect("json");
    assert_eq!(json["unadded"], 2);
    let at: Vec<&str> = json["standing"]["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .filter_map(|p| p["field"].as_str())
        .collect();
    assert!(at.len() == 2 && at.contains(&"rest.B05") && at.contains(&other.as_str()), "{json}");
}
