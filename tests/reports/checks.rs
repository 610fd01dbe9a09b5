//! Blockers and warnings before sending.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use tonghop::calendar::{Cycle, Window};
use tonghop::db::ids::{IndicatorId, PeriodId, TaskId, UnitId};
use tonghop::indicators::{PeriodRule, ValueType};
use tonghop::reports::check::{Dates, check};
use tonghop::reports::finding::Findings;
use tonghop::reports::form::parse;
use tonghop::reports::trivial::to_decide;
use tonghop::reports::{AskedIndicator, AskedTask, Content, Outline, Past, PastPeriod};

use super::cells::asked;
use super::forms::{self, fields};

/// The form without its tasks: what is left out of them is asked about in a test of its own.
fn outline() -> Outline {
    Outline { tasks: vec![], ..forms::outline() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn dates(cycle: Cycle) -> Dates {
    Dates {
        cycle: Some(cycle),
        window: Window::new(day("2024-12-15"), day("2025-06-14")),
        today: day("2025-06-20"),
    }
}

fn past(figures: &[(i64, i64)], section: &str) -> Past {
    let last = PastPeriod {
        id: PeriodId(1),
        label: "6 tháng cuối năm 2024".into(),
        units: vec![],
        figures: figures.iter().map(|(id, value)| (IndicatorId(*id), *value)).collect(),
        levels: HashMap::new(),
        sections: HashMap::from([("I".to_owned(), section.to_owned())]),
    };
    Past { last: Some(last), ..Past::default() }
}

fn checked(typed: &[(&str, &str)], past: &Past, outline: &Outline) -> Findings {
    let content = parse(&fields(typed), outline, Content::default());
    check(&content, outline, past, dates(Cycle::FirstHalf), &BTreeSet::new())
}

fn warned(findings: &Findings) -> Vec<&str> {
    findings.warnings.iter().map(|w| w.key.split(':').next().unwrap_or_default()).collect()
}

#[test]
fn an_empty_report_does_not_leave() {
    let findings = checked(&[], &Past::default(), &outline());
    assert_eq!(findings.blockers.len(), 1);
    let one = checked(&[("section.II.1", "có viết")], &Past::default(), &outline());
    assert_eq!(one.blockers[0].field, "section.I", "{one:?}");
}

#[test]
fn required_figures_and_unreadable_ones_block() {
    let mut outline = outline();
    outline.indicators[0].required = true;
    let typed = [("section.I", "đã viết"), ("figure.D03", "nhiều")];
    let fields: Vec<String> =
        checked(&typed, &Past::default(), &outline).blockers.into_iter().map(|b| b.field).collect();
    assert_eq!(fields, ["figure.B04", "figure.D03"]);
    let zero = [("section.I", "đã viết"), ("figure.B04", "0")];
    assert_eq!(checked(&zero, &Past::default(), &outline).blockers, vec![]);
}

#[test]
fn a_leap_a_fall_and_a_dropped_figure_want_an_explanation() {
    let past = past(&[(1, 310), (2, 4_000_000), (3, 500)], "");
    for (typed, kinds) in [
        ("3100", vec!["leap", "dropped"]),
        ("3099", vec!["dropped"]),
        ("31", vec!["fall", "dropped"]),
        ("32", vec!["dropped"]),
        ("0", vec!["dropped"]),
    ] {
        let findings = checked(
            &[("section.I", "đã viết"), ("figure.B04", typed), ("figure.A11", "5")],
            &past,
            &outline(),
        );
        assert_eq!(warned(&findings), kinds, "{typed}");
    }
}

/// Nothing is counted, and never estimated.
#[test]
fn an_estimate_of_zero_is_asked_about() {
    for (figure, level, asked) in
        [("0", "exact", false), ("0", "estimate", true), ("0", "nearly", true), ("1", "estimate", false)]
    {
        let typed = [("section.I", "đã viết"), ("figure.B04", figure), ("level.B04", level)];
        let findings = checked(&typed, &Past::default(), &outline());
        assert_eq!(warned(&findings).contains(&"zero"), asked, "{level} {figure}: {findings:?}");
    }
}

#[test]
fn a_note_or_a_tick_explains_and_a_new_figure_asks_again() {
    let past = past(&[(1, 310)], "");
    let noted = checked(
        &[("section.I", "x"), ("figure.B04", "3120"), ("note.B04", "thêm kênh mới")],
        &past,
        &outline(),
    );
    assert_eq!(noted.open_warnings().count(), 0);
    let key = noted.warnings[0].key.clone();
    let confirmed = BTreeSet::from([key]);
    let with = |figure: &str| {
        let content =
            parse(&fields(&[("section.I", "x"), ("figure.B04", figure)]), &outline(), Content::default());
        check(&content, &outline(), &past, dates(Cycle::FirstHalf), &confirmed).open_warnings().count()
    };
    assert_eq!((with("3120"), with("3130")), (0, 1));
}

#[test]
fn a_quarter_does_not_belong_in_a_half_year_report() {
    for (text, cycle, found) in [
        ("Trong quý II đã tổ chức", Cycle::FirstHalf, 1),
        ("Trong Quí II/2025 đã tổ chức", Cycle::FirstHalf, 1),
        ("Quý vị đại biểu", Cycle::FirstHalf, 0),
        ("9 tháng đầu năm", Cycle::FirstHalf, 1),
        ("6 tháng cuối năm tiếp tục", Cycle::FirstHalf, 0),
        ("Trong quý II đã tổ chức", Cycle::Quarter(2), 0),
        ("Trong quý I đã tổ chức", Cycle::Quarter(2), 1),
        ("Trong quý II đã tổ chức", Cycle::Year, 0),
    ] {
        let content = parse(&fields(&[("section.I", text)]), &outline(), Content::default());
        let findings = check(&content, &outline(), &Past::default(), dates(cycle), &BTreeSet::new());
        assert_eq!(findings.warnings.len(), found, "{text} {cycle:?}");
    }
}

#[test]
fn figures_and_text_copied_from_last_time_are_asked_about() {
    let long = "Trong kỳ, đơn vị đã tổ chức nhiều buổi tuyên truyền tại các xã, phường với nội dung phong phú, thiết thực.";
    let past = past(&[(1, 310), (2, 4_000_000), (3, 500)], long);
    let same = [("section.I", long), ("figure.B04", "310"), ("figure.A11", "4"), ("figure.D03", "500")];
    let repeated = checked(&same, &past, &outline());
    assert_eq!(warned(&repeated), ["unchanged", "same"]);
    // However long the text, the collector decides about it, with the same words at the receipt.
    let to_mend = repeated.to_decide().expect("put before the collector");
    assert!(to_mend.is_unchanged() && to_mend.message.starts_with("Toàn bộ số liệu giống kỳ trước."));
    let sent = parse(&fields(&same), &outline(), Content::default());
    assert_eq!(to_decide(&sent, &outline(), &past).as_deref(), Some("Toàn bộ số liệu giống kỳ trước."));
    let changed = [("section.I", "Khác."), ("figure.B04", "311"), ("figure.A11", "4"), ("figure.D03", "500")];
    assert_eq!(warned(&checked(&changed, &past, &outline())), Vec::<&str>::new());
    let sent = parse(&fields(&changed), &outline(), Content::default());
    assert_eq!(to_decide(&sent, &outline(), &past), None);
}

#[test]
fn before_the_window_closes_the_day_of_the_figures_is_asked_for() {
    let open = Dates { today: day("2025-06-10"), ..dates(Cycle::FirstHalf) };
    let with = |fields_of: &[(&str, &str)]| {
        let content = parse(&fields(fields_of), &outline(), Content::default());
        check(&content, &outline(), &Past::default(), open, &BTreeSet::new()).warnings.len()
    };
    assert_eq!(with(&[("section.I", "x"), ("figure.B04", "5")]), 1);
    assert_eq!(with(&[("section.I", "x"), ("figure.B04", "5"), ("actual_to", "05/6/2025")]), 0);
    assert_eq!(with(&[("section.I", "x"), ("figure.B04", "5"), ("actual_to", "12/6/2025")]), 1);
    assert_eq!(with(&[("section.I", "x")]), 0);
}

#[test]
fn the_section_that_looks_ahead_may_name_the_periods_to_come() {
    let mut outline = outline();
    outline.sections[0].title = "Phương hướng, nhiệm vụ kỳ tới".into();
    for (text, cycle, found) in [
        ("Quý III năm 2025: tiếp tục", Cycle::FirstHalf, 0),
        ("Quý IV và 9 tháng đầu năm 2025: tiếp tục", Cycle::FirstHalf, 0),
        ("Quý II năm 2025: tiếp tục", Cycle::FirstHalf, 1),
        ("Quý III năm 2025: tiếp tục", Cycle::Quarter(2), 0),
        ("Quý I năm 2025: tiếp tục", Cycle::Quarter(2), 1),
        ("Quý I năm 2026: tiếp tục", Cycle::Quarter(4), 0),
        ("Quý IV năm 2025: tiếp tục", Cycle::NineMonths, 0),
        ("Quý II năm 2025: tiếp tục", Cycle::NineMonths, 1),
        ("Quý I năm 2026: tiếp tục", Cycle::SecondHalf, 0),
    ] {
        let content = parse(&fields(&[("section.I", text)]), &outline, Content::default());
        let findings = check(&content, &outline, &Past::default(), dates(cycle), &BTreeSet::new());
        assert_eq!(findings.warnings.len(), found, "{text} {cycle:?}");
    }
}

/// Two counts and the ratio of them.
fn with_a_ratio(part: PeriodRule, whole: PeriodRule) -> Outline {
    let mut outline = outline();
    let mut ratio = asked(4, "D05", ValueType::Ratio, 2, 0);
    ratio.parts = Some((IndicatorId(1), IndicatorId(3)));
    outline.indicators.push(ratio);
    outline.indicators[0].period_rule = part;
    outline.indicators[2].period_rule = whole;
    outline
}

#[test]
fn a_part_is_never_larger_than_its_whole() {
    let typed =
        |part, whole| [("section.I", "x"), ("figure.B04", part), ("figure.D03", whole), ("note.B04", "vì…")];
    for (part, whole) in [
        (PeriodRule::Max, PeriodRule::Stock),
        (PeriodRule::Stock, PeriodRule::Stock),
        (PeriodRule::Flow, PeriodRule::Flow),
    ] {
        let findings = checked(&typed("501", "500"), &Past::default(), &with_a_ratio(part, whole));
        assert_eq!(findings.blockers.len(), 1, "{part:?} of {whole:?}: {findings:?}");
        assert_eq!(findings.blockers[0].field, "figure.B04");
        assert!(findings.blockers[0].message.contains("vượt 100%"), "{findings:?}");
        let equal = checked(&typed("500", "500"), &Past::default(), &with_a_ratio(part, whole));
        assert_eq!((equal.blockers.len(), equal.warnings.len()), (0, 0), "{part:?} of {whole:?}");
    }
    // What happened in the period against who is there at its end: no part of it, so it is only asked about.
    let rate = with_a_ratio(PeriodRule::Flow, PeriodRule::Stock);
    let findings = checked(&typed("501", "500"), &Past::default(), &rate);
    assert_eq!((findings.blockers.len(), warned(&findings)), (0, vec!["over"]));
}

#[test]
fn tasks_left_blank_are_named() {
    let task = |id, clause: &str, part| AskedTask {
        id: TaskId(id),
        plan: "KH 13".into(),
        clause: clause.into(),
        text: "Một việc".into(),
        part,
    };
    let tasks = vec![
        task(1, "III.2", "chủ trì"),
        task(2, "III.4", "chủ trì"),
        task(3, "III.5", "phối hợp"),
        task(4, "III.5", "phối hợp"),
    ];
    let outline = Outline { tasks, ..forms::outline() };
    for (answered, expected) in [
        (&[][..], Some(("task.1.body", "4/4 nhiệm vụ (mục III.2, III.4, III.5)"))),
        (&["task.1.body"][..], Some(("task.2.body", "1/4 nhiệm vụ (mục III.4)"))),
        (&["task.3.body"][..], Some(("task.1.body", "2/4 nhiệm vụ (mục III.2, III.4)"))),
        (&["task.1.body", "task.2.body"][..], None),
    ] {
        let typed: Vec<(&str, &str)> =
            [("section.I", "x")].into_iter().chain(answered.iter().map(|name| (*name, "Đã làm"))).collect();
        let findings = checked(&typed, &Past::default(), &outline);
        assert_eq!(findings.blockers, vec![]);
        let said = findings.warnings.first().map(|w| (w.field.as_str(), w.message.as_str()));
        match (said, expected) {
            (Some((field, message)), Some((at, words))) => {
                assert_eq!(field, at);
                assert!(message.contains(words), "{message}");
            }
            (said, expected) => assert_eq!(said, expected),
        }
    }
    assert_eq!(
        checked(&[], &Past::default(), &outline).warnings,
        vec![],
        "a blank report is stopped elsewhere"
    );
}

/// A11 is spent, A10 allotted; a remark or a tick explains it.
#[test]
fn spent_above_allotted_is_asked_about_with_both_figures() {
    let mut outline = outline();
    outline.indicators.retain(|asked| asked.code != "A11");
    for (id, code, name) in [(91, "A10", "Kinh phí được bố trí"), (92, "A11", "Kinh phí đã sử dụng")]
    {
        let line = AskedIndicator {
            name: name.into(),
            measure_unit: "triệu đồng".into(),
            ..asked(id, code, ValueType::Int, 0, 0)
        };
        outline.indicators.push(line);
    }
    let typed = |allotted, spent| [("section.I", "x"), ("figure.A10", allotted), ("figure.A11", spent)];
    let of = |findings: &Findings| -> Vec<(String, String)> {
        let larger = findings.warnings.iter().filter(|w| w.key.starts_with("larger:"));
        larger.map(|w| (w.field.clone(), w.message.clone())).collect()
    };
    let found = checked(&typed("20", "33"), &Past::default(), &outline);
    let message = "33 triệu đồng, lớn hơn 20 triệu đồng của A10 Kinh phí được bố trí. Kiểm tra hai số, hoặc ghi lý do vào ô Ghi chú.";
    assert_eq!(of(&found), [("figure.A11".to_owned(), message.to_owned())]);
    for (allotted, spent) in [("33", "33"), ("", "33"), ("20", "")] {
        assert_eq!(
            of(&checked(&typed(allotted, spent), &Past::default(), &outline)),
            [],
            "{allotted} {spent}"
        );
    }
}

/// 4.724 staff of two bodies; 2.353 are those of one of them.
#[test]
fn a_large_fall_after_a_merger_is_asked_about() {
    let merged = |units: &[i64]| {
        let mut past = past(&[(1, 4_724)], "");
        past.same = past.last.take();
        past.same.as_mut().expect("a year ago").units = units.iter().map(|id| UnitId(*id)).collect();
        past
    };
    let told = |value: &str, past: &Past| {
        let code = outline().typed().find(|asked| asked.id == IndicatorId(1)).expect("a figure").code.clone();
        let field = format!("figure.{code}");
        let findings = checked(&[("section.I", "x"), (field.as_str(), value)], past, &outline());
        findings
            .warnings
            .iter()
            .filter(|w| w.key.starts_with("merged:"))
            .map(|w| w.message.clone())
            .collect::<Vec<_>>()
    };
    let message = "2.353, trong khi cùng kỳ năm trước các đơn vị nay đã sáp nhập có tất cả 4.724. Kiểm tra đã tính đủ chưa.";
    assert_eq!(told("2.353", &merged(&[7, 8])), [message]);
    assert_eq!(told("2.353", &merged(&[7])), Vec::<String>::new(), "nobody was merged");
    assert_eq!(told("4.600", &merged(&[7, 8])), Vec::<String>::new());
}
