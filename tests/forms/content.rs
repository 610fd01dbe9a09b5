//! What a draft of a form holds, without a database: the codes of new rows and what is to mend.

use tonghop::db::ids::IndicatorId;
use tonghop::forms::{Asked, Content, Section};
use tonghop::lists::{Column, ColumnKind, ListTable};

#[test]
fn new_rows_get_codes_that_nobody_has_and_a_table_of_the_same_title_stacks() {
    let section = |code: &str, label: &str| Section {
        code: code.into(),
        label: label.into(),
        title: "t".into(),
        ..Section::default()
    };
    let list = |code: &str, title: &str, columns: &[&str]| ListTable {
        code: code.into(),
        title: title.into(),
        columns: columns.iter().map(|title| Column { title: (*title).into(), ..Column::default() }).collect(),
    };
    let content = Content {
        sections: vec![
            section("II.1", "II.1"),
            section("", "II.1"),
            section("M", ""),
            section("", ""),
            section("", "Đề mục"),
            section("II.1", "IX"),
        ],
        lists: vec![
            list("", "Văn bản đã ban hành", &["Số, ký hiệu", "số ký hiệu", "", "Ngày"]),
            list("", "Mô hình mới", &[]),
            list("", "Mô hình mới", &[]),
            list("", "văn bản ĐÃ ban hành", &[]),
        ],
        ..Content::default()
    };
    let known = [("documents".to_owned(), "Văn bản đã ban hành".to_owned())];
    let content = content.coded(&known);
    let codes: Vec<&str> = content.sections.iter().map(|section| section.code.as_str()).collect();
    assert_eq!(codes, ["II.1", "II.1-2", "M", "M-2", "mc", "IX"]);
    let codes: Vec<&str> = content.lists.iter().map(|list| list.code.as_str()).collect();
    assert_eq!(codes, ["documents", "mo-hinh-moi", "mo-hinh-moi-2", "van-ban-da-ban-hanh"]);
    let columns: Vec<&str> = content.lists[0].columns.iter().map(|column| column.code.as_str()).collect();
    assert_eq!(columns, ["so-ki-hieu", "so-ki-hieu-2", "cot", "ngay"]);
    // What has its codes keeps them, whatever is known.
    assert_eq!(content.clone().coded(&[]), content);
}

#[test]
fn what_is_to_mend_is_said_at_its_field() {
    let column = |title: &str, kind: ColumnKind| Column { title: title.into(), kind, ..Column::default() };
    let table =
        |title: &str, columns: Vec<Column>| ListTable { code: "x".into(), title: title.into(), columns };
    let mut content = Content {
        name: "Trường học".into(),
        sections: vec![
            Section { label: "I".into(), title: "Một".into(), ..Section::default() },
            Section { label: "I".into(), ..Section::default() },
        ],
        lists: vec![
            table("Mô hình", vec![column("Tên", ColumnKind::Text), column("tên", ColumnKind::Choice)]),
            table("mô hình", vec![]),
        ],
        ..Content::default()
    };
    let problems = content.problems();
    for (field, words) in [
        ("s1_title", "Nhập tên đề mục I."),
        ("s1_label", "Có hai đề mục cùng số I."),
        ("l0c1_title", "Có hai cột cùng tên “tên”."),
        ("l0c1_choices", "Ghi ít nhất hai lựa chọn, cách nhau bằng dấu chấm phẩy."),
        ("l1_title", "Có hai bảng kê cùng tên “mô hình”."),
    ] {
        assert_eq!(problems.at(field), Some(words), "{field}");
    }
    assert!(content.faults().is_empty(), "a draft may wait");
    content.sections[0].hint = "x".repeat(2_001);
    content.lists[0].columns[0].decimals = 7;
    let faults = content.faults();
    assert!(faults.at("s0_hint").is_some_and(|words| words.contains("nhiều nhất 2.000 ký tự")));
    assert!(faults.at("l0c0_decimals").is_some());
    content.figures = vec![Asked { indicator: IndicatorId(1), counts: true, required: false }];
    let (content, replaced, left_out) = content.brought_up(&[]);
    assert_eq!((content.figures.len(), replaced.len(), left_out.len()), (1, 0, 0));
}
