//! The posted page into content: rows, links, days; what is not posted stays; what cannot be read is named.

use std::collections::HashMap;

use tonghop::db::ids::{FormId, IndicatorId, TaskId};
use tonghop::indicators::ValueType;
use tonghop::reports::form::{Fields, parse, problems};
use tonghop::reports::{
    AskedSection, AskedTask, Column, ColumnKind, Content, ListTable, Outline, Reading, TaskStatus,
};
use tonghop::vietnamese::Qualifier;

use super::cells::asked;

pub fn outline() -> Outline {
    let section = |code: &str, required| AskedSection {
        code: code.into(),
        label: code.into(),
        title: format!("Phần {code}"),
        hint: String::new(),
        required,
    };
    let column =
        |code: &str, kind| Column { code: code.into(), title: code.into(), kind, ..Column::default() };
    Outline {
        form_id: FormId(1),
        form_code: "department".into(),
        form_version: 1,
        sections: vec![section("I", true), section("II.1", false)],
        indicators: vec![
            asked(1, "B04", ValueType::Int, 0, 0),
            asked(2, "A11", ValueType::Money, 0, 6),
            asked(3, "D03", ValueType::Int, 0, 0),
        ],
        lists: vec![ListTable {
            code: "documents".into(),
            title: "Văn bản đã ban hành".into(),
            columns: vec![
                column("number", ColumnKind::Text),
                column("date", ColumnKind::Date),
                column("copies", ColumnKind::Number),
            ],
        }],
        tasks: vec![AskedTask {
            id: TaskId(9),
            plan: "KH 13".into(),
            clause: "III.2".into(),
            text: "Đăng tin".into(),
            part: "chủ trì",
        }],
        remarks: vec![],
    }
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<HashMap<_, _>>())
}

#[test]
fn a_whole_page_is_read() {
    let typed = fields(&[
        ("section.I", "Đã ban hành kế hoạch.\nTổ chức hội nghị."),
        ("figure.B04", "hơn 1.200"),
        ("level.B04", "exact"),
        ("note.B04", "gồm tin chia sẻ"),
        ("figure.A11", "112,5"),
        ("task.9.status", "going_on"),
        ("task.9.body", "Đăng 12 tin"),
        ("list.documents.0.number", "21/KH-UBND"),
        ("list.documents.0.date", "12/3/2025"),
        ("list.documents.1.number", ""),
        ("list.documents.4.number", "22/CV"),
        ("list.documents.5.number", "xóa đi"),
        ("list.documents.5.remove", "1"),
        ("evidence.0.title", "Bài viết"),
        ("evidence.0.url", "https://bao.vn/1"),
        ("evidence.2.url", "bao vn/2"),
        ("actual_to", "05/6/2025"),
        ("doc_number", " 45 "),
        ("doc_date", "10-6-2025"),
    ]);
    let content = parse(&typed, &outline(), Content::default());
    assert_eq!(content.section("I"), "Đã ban hành kế hoạch.\nTổ chức hội nghị.");
    let entry = &content.entries[&IndicatorId(1)];
    assert_eq!((&entry.reading, entry.qualifier), (&Reading::Value(1200), Qualifier::Over));
    assert_eq!(entry.note, "gồm tin chia sẻ");
    assert_eq!(content.value(IndicatorId(2)), Some(112_500_000));
    assert_eq!(content.tasks[&TaskId(9)].status, TaskStatus::GoingOn);
    let rows = &content.lists["documents"];
    assert_eq!(rows.len(), 2, "blank and removed rows are gone: {rows:?}");
    assert_eq!((rows[0]["number"].as_str(), rows[1]["number"].as_str()), ("21/KH-UBND", "22/CV"));
    assert_eq!(content.evidence.len(), 2);
    assert_eq!(content.paper.number, "45");
    assert_eq!(content.paper.date.date.map(|d| d.to_string()).as_deref(), Some("2025-06-10"));
    let wrong: Vec<String> = problems(&content, &outline()).0.into_iter().map(|p| p.field).collect();
    assert_eq!(wrong, ["evidence.1.url"]);
}

#[test]
fn what_is_not_posted_stays_and_a_blank_is_a_blank() {
    let before = parse(
        &fields(&[("section.I", "cũ"), ("section.II.1", "cũ"), ("figure.B04", "5"), ("figure.D03", "7")]),
        &outline(),
        Content::default(),
    );
    let after = parse(&fields(&[("section.I", ""), ("figure.B04", "")]), &outline(), before);
    assert_eq!((after.section("I"), after.section("II.1")), ("", "cũ"));
    assert_eq!((after.value(IndicatorId(1)), after.value(IndicatorId(3))), (None, Some(7)));
}

#[test]
fn every_unreadable_place_is_named_and_kept_as_typed() {
    let typed = fields(&[
        ("figure.B04", "nhiều"),
        ("list.documents.0.date", "hôm qua"),
        ("list.documents.0.copies", "vài bản"),
        ("evidence.0.url", "javascript:alert(1)"),
        ("evidence.0.date", "31/2/2025"),
        ("actual_to", "tháng sáu"),
        ("doc_date", "32/1/2025"),
    ]);
    let content = parse(&typed, &outline(), Content::default());
    let wrong: Vec<String> = problems(&content, &outline()).0.into_iter().map(|p| p.field).collect();
    assert_eq!(
        wrong,
        [
            "figure.B04",
            "list.documents.0.date",
            "list.documents.0.copies",
            "evidence.0.url",
            "evidence.0.date",
            "actual_to",
            "doc_date"
        ]
    );
    assert_eq!(content.entries[&IndicatorId(1)].typed, "nhiều");
    assert_eq!(content.actual_to.typed, "tháng sáu");
    assert_eq!(content.evidence[0].published.typed, "31/2/2025");
}

#[test]
fn a_sent_row_holds_iso_days_and_bare_digits() {
    let outline = outline();
    let row = [("number", "21/KH"), ("date", "05/6/2025"), ("copies", "1.200")]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into_iter()
        .collect();
    let settled = outline.lists[0].settled(&row);
    assert_eq!(
        (settled["number"].as_str(), settled["date"].as_str(), settled["copies"].as_str()),
        ("21/KH", "2025-06-05", "1200")
    );
}

#[test]
fn a_day_that_cannot_be_is_named_by_its_field() {
    let typed = fields(&[("actual_to", "31/2/2025"), ("doc_date", "31/4/2025")]);
    let found = problems(&parse(&typed, &outline(), Content::default()), &outline());
    for (field, words) in [("actual_to", "Số liệu thực tế đến ngày: "), ("doc_date", "Ngày ký: ")]
    {
        assert!(found.at(field).is_some_and(|message| message.starts_with(words)), "{found:?}");
    }
}

#[test]
fn rows_beyond_what_can_be_sent_are_kept_and_named() {
    let mut pairs: HashMap<String, String> = HashMap::new();
    for number in 0..503 {
        pairs.insert(format!("list.documents.{number}.number"), format!("{number}/CV"));
        pairs.insert(format!("evidence.{number}.url"), format!("https://bao.vn/{number}"));
    }
    let outline = outline();
    let content = parse(&Fields(pairs.clone()), &outline, Content::default());
    let rows = &content.lists["documents"];
    assert_eq!((rows.len(), content.evidence.len()), (503, 503));
    assert_eq!(rows[502]["number"], "502/CV");
    let told: Vec<(String, String)> =
        problems(&content, &outline).0.into_iter().map(|problem| (problem.field, problem.message)).collect();
    let fields: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["list.documents.500.number", "evidence.500.title"]);
    assert!(told[0].1.contains("Văn bản đã ban hành có 503 dòng"), "{}", told[0].1);
    // As many as can be sent are not refused.
    pairs.retain(|name, _| name.split('.').filter_map(|part| part.parse::<usize>().ok()).all(|n| n < 500));
    let content = parse(&Fields(pairs), &outline, Content::default());
    assert_eq!(content.lists["documents"].len(), 500);
    assert!(problems(&content, &outline).is_empty());
}
