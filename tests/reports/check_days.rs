//! Days that do not fit the period: figures of before the window closed, and rows of lists after it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tonghop::calendar::{Cycle, Window};
use tonghop::reports::check::{Dates, check};
use tonghop::reports::finding::Findings;
use tonghop::reports::form::parse;
use tonghop::reports::{ColumnKind, Content, Outline, Past};

use super::forms::{self, fields};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn outline() -> Outline {
    Outline { tasks: vec![], ..forms::outline() }
}

fn on(today: &str, window: bool) -> Dates {
    let window = Window::new(day("2024-12-15"), day("2025-06-14")).filter(|_| window);
    Dates { cycle: Some(Cycle::FirstHalf), window, today: day(today) }
}

fn checked(typed: &[(&str, &str)], outline: &Outline, dates: Dates) -> Findings {
    let content = parse(&fields(typed), outline, Content::default());
    check(&content, outline, &Past::default(), dates, &BTreeSet::new())
}

/// The day of the figures, today, and whether they are asked about.
#[test]
fn figures_of_before_the_window_closed_are_asked_about_once_it_has() {
    for (actual, today, asked) in [
        ("04/6/2025", "2025-06-15", true),
        ("13/6/2025", "2025-06-20", true),
        ("14/6/2025", "2025-06-20", false),
        ("16/6/2025", "2025-06-20", false),
        ("04/6/2025", "2025-06-14", false),
        ("04/6/2025", "2025-06-05", false),
    ] {
        let typed = [("section.I", "x"), ("figure.B04", "5"), ("actual_to", actual)];
        let found = checked(&typed, &outline(), on(today, true));
        assert_eq!(found.warnings.len(), usize::from(asked), "{actual} on {today}: {found:?}");
    }
    let typed = [("section.I", "x"), ("figure.B04", "5"), ("actual_to", "04/6/2025")];
    let found = checked(&typed, &outline(), on("2025-06-20", true));
    assert_eq!(
        found.warnings[0].message,
        "Thời gian chốt số liệu đã hết ngày 14/6/2025 nhưng số liệu thực tế mới đến ngày 04/6/2025. Cập nhật số thực tế hoặc \
         ghi lý do."
    );
    assert_eq!((found.warnings[0].field.as_str(), found.open_warnings().count()), ("actual_to", 1));
    // Without a figure there is nothing to bring up to date.
    assert_eq!(checked(&typed[..1], &outline(), on("2025-06-20", true)).warnings, vec![]);
}

#[test]
fn notes_beside_all_estimates_say_why() {
    let with = |more: &[(&str, &str)]| {
        let typed =
            [("section.I", "x"), ("figure.B04", "5"), ("level.B04", "estimate"), ("actual_to", "04/6/2025")];
        let typed: Vec<(&str, &str)> = typed.iter().chain(more).copied().collect();
        checked(&typed, &outline(), on("2025-06-20", true)).open_warnings().count()
    };
    assert_eq!(with(&[]), 1);
    assert_eq!(with(&[("note.B04", "huyện chưa báo")]), 0);
    let half = [("note.B04", "huyện chưa báo"), ("figure.D03", "9"), ("level.D03", "estimate")];
    assert_eq!(with(&half), 1, "one of two estimates");
}

#[test]
fn a_consolidated_report_has_no_such_day_and_a_sent_one_keeps_it() {
    let typed = [("section.I", "x"), ("figure.B04", "5"), ("actual_to", "04/6/2025")];
    let mut sent = checked(&typed, &outline(), on("2025-06-20", true));
    sent.forget_open_window();
    assert_eq!(sent.warnings.len(), 1);
    sent.forget_actual_day();
    assert_eq!(sent.warnings, vec![]);
}

/// The day of a row, whether there is a window, and what is said (on 20/6/2025).
#[test]
fn a_row_after_the_period_is_named_by_row_and_column() {
    for (typed, window, says) in [
        ("31/8/2025", true, Some("sau ngày cuối kỳ báo cáo (14/6/2025)")),
        ("15/6/2025", true, Some("sau ngày cuối kỳ báo cáo (14/6/2025)")),
        ("14/6/2025", true, None),
        ("15/6/2025", false, None),
        ("21/6/2025", false, Some("sau hôm nay (20/6/2025)")),
        ("không rõ", true, None),
    ] {
        let rows = [
            ("section.I", "x"),
            ("list.documents.0.date", "01/3/2025"),
            ("list.documents.1.number", "21/KH"),
            ("list.documents.1.date", typed),
        ];
        let found = checked(&rows, &outline(), on("2025-06-20", window));
        let said: Vec<&str> = found.warnings.iter().map(|w| w.message.as_str()).collect();
        let expected =
            says.map(|says| format!("Danh sách văn bản đã ban hành, dòng 2, cột date: {typed} {says}."));
        assert_eq!(said, expected.as_deref().into_iter().collect::<Vec<_>>(), "{typed}");
        assert!(found.warnings.iter().all(|w| w.field == "list.documents.1.date"), "{found:?}");
    }
}

#[test]
fn a_column_of_days_to_come_takes_them() {
    for (title, asked) in
        [("Ngày ban hành", true), ("Thời hạn", false), ("Dự kiến hoàn thành", false), ("Bắt đầu từ", true)]
    {
        let mut outline = outline();
        let column = outline.lists[0].columns.iter_mut().find(|column| column.kind == ColumnKind::Date);
        column.expect("a column of days").title = title.to_owned();
        let typed = [("section.I", "x"), ("list.documents.0.date", "31/8/2025")];
        let found = checked(&typed, &outline, on("2025-06-20", true));
        assert_eq!(found.warnings.len(), usize::from(asked), "{title}");
    }
}
