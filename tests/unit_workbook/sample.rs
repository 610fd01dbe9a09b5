//! A small report with one of everything, and ways to change its workbook from outside.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use chrono::NaiveDate;
use tonghop::db::ids::{FormId, IndicatorId, TaskId};
use tonghop::indicators::{PeriodRule, UnitRule, ValueType};
use tonghop::lists::{Column, ColumnKind, ListTable};
use tonghop::reports::{
    AskedIndicator, AskedSection, AskedTask, Content, Evidence, Outline, Past, Row, TaskResult, TaskStatus,
    TypedDay, TypedReach, read,
};
use tonghop::unit_workbook::{Around, Identity, Sheets, write};
use tonghop::vietnamese::{Level, Qualifier};

pub fn asked(
    id: i64,
    code: &str,
    value_type: ValueType,
    scale: u32,
    exponent: u32,
    measure: &str,
) -> AskedIndicator {
    AskedIndicator {
        id: IndicatorId(id),
        code: code.into(),
        group_name: code[..1].into(),
        name: format!("Chỉ tiêu {code}"),
        measure_unit: measure.into(),
        value_type,
        scale,
        exponent,
        unit_rule: UnitRule::Sum,
        period_rule: PeriodRule::Flow,
        parts: None,
        guidance: "Đếm cả tin đăng lại.".into(),
        counts: true,
        required: false,
    }
}

/// The column of the table of values that a word names.
pub fn column(name: &str) -> AskedIndicator {
    match name {
        "whole" => asked(1, "B04", ValueType::Int, 0, 0, "tin, bài"),
        "decimal" => asked(2, "K01", ValueType::Decimal, 1, 0, "giờ"),
        "money" => asked(3, "A11", ValueType::Money, 0, 6, "triệu đồng"),
        "percent" => asked(4, "K02", ValueType::Decimal, 1, 0, "%"),
        "yes-no" => asked(5, "A02", ValueType::Bool, 0, 0, "có/không"),
        other => panic!("no column {other}"),
    }
}

pub fn outline() -> Outline {
    let text =
        |code: &str, title: &str| Column { code: code.into(), title: title.into(), ..Column::default() };
    let of = |kind, column: Column| Column { kind, ..column };
    let section = |code: &str, title: &str| AskedSection {
        code: code.into(),
        label: code.into(),
        title: title.into(),
        hint: String::new(),
        required: false,
    };
    let task = |id, clause: &str| AskedTask {
        id: TaskId(id),
        plan: "Kế hoạch 563".into(),
        clause: clause.into(),
        text: "Tuyên truyền trên cổng thông tin điện tử".into(),
        part: "chủ trì",
    };
    Outline {
        form_id: FormId(1),
        form_code: "digital".into(),
        form_version: 2,
        sections: vec![section("I", "Công tác chỉ đạo"), section("II.1", "Kết quả")],
        indicators: ["whole", "decimal", "money", "percent", "yes-no"].map(column).into(),
        lists: vec![ListTable {
            code: "documents".into(),
            title: "Văn bản đã ban hành".into(),
            columns: vec![
                text("number", "Số, ký hiệu"),
                of(ColumnKind::Date, text("date", "Ngày")),
                text("subject", "Trích yếu"),
                Column { decimals: 0, ..of(ColumnKind::Number, text("copies", "Số bản")) },
                Column {
                    choices: vec!["Cổng, trang TTĐT".into(), "Zalo".into()],
                    ..of(ColumnKind::Choice, text("where", "Nơi đăng"))
                },
            ],
        }],
        tasks: vec![task(7, "III.1"), task(8, "III.2")],
        remarks: vec![],
    }
}

pub fn content() -> Content {
    let outline = outline();
    let mut content = Content::default();
    let level = |estimate, qualifier| Level { estimate, qualifier };
    for (at, typed, said, note) in [
        (0, "1.245", level(true, Qualifier::Nearly), "=1+1"),
        (1, "12,5", Level::default(), ""),
        (2, "112,5", Level::default(), ""),
        (4, "có", Level::default(), "KH số 13"),
    ] {
        let asked = &outline.indicators[at];
        content.entries.insert(asked.id, read(typed, said, note, asked));
    }
    content.sections.insert("I".into(), "Đoạn một.\n\n- Gạch đầu dòng\n=2+2 không phải công thức".into());
    let row = |cells: &[(&str, &str)]| -> Row {
        cells.iter().map(|(code, cell)| ((*code).to_owned(), (*cell).to_owned())).collect()
    };
    let rows = vec![
        row(&[
            ("number", "05/KH-SKHCN"),
            ("date", "5/6/2025"),
            ("subject", "Kế hoạch"),
            ("copies", "1.200"),
            ("where", "Zalo"),
        ]),
        row(&[("number", "007"), ("subject", "Công văn")]),
    ];
    content.lists.insert("documents".into(), rows);
    let result =
        TaskResult { status: TaskStatus::GoingOn, body: "Đã đăng 3 tin.\nSẽ đăng thêm.".into() };
    content.tasks.insert(TaskId(7), result);
    content.evidence.push(Evidence {
        title: "Tin".into(),
        url: "https://bao.vn/tin".into(),
        platform: "Cổng TTĐT".into(),
        published: TypedDay::read("5/6/2025"),
        reach: TypedReach::read("1840"),
    });
    content.actual_to = TypedDay::read("31/5/2025");
    content
}

pub fn identity() -> Identity {
    Identity {
        unit: "bg.khcn".into(),
        unit_name: "Sở Khoa học và Công nghệ".into(),
        regime: "bac-giang".into(),
        period: "2025-H1".into(),
        period_label: "6 tháng đầu năm 2025".into(),
        form: "digital".into(),
        form_version: 2,
        sending: 0,
        draft: 3,
        behalf: false,
    }
}

pub fn book(content: &Content, marks: &BTreeMap<String, Vec<String>>) -> Vec<u8> {
    let around = Around {
        unit: "Sở Khoa học và Công nghệ".into(),
        collector: "Công an tỉnh Bắc Giang".into(),
        title: "Báo cáo 6 tháng đầu năm 2025".into(),
        period: "Kỳ báo cáo: 6 tháng đầu năm 2025".into(),
        day: NaiveDate::from_ymd_opt(2025, 6, 14).unwrap(),
    };
    let (identity, outline, past, refused) = (identity(), outline(), Past::default(), BTreeMap::new());
    let sheets = Sheets {
        identity: &identity,
        around: &around,
        outline: &outline,
        content,
        past: &past,
        marks,
        refused: &refused,
    };
    write(&sheets).expect("a workbook")
}

/// The workbook of a small report, filled.
pub fn filled() -> Vec<u8> {
    book(&content(), &BTreeMap::new())
}

/// A workbook with one of its parts changed, or another put in.
pub fn with_part(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut met = false;
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let name = file.name().unwrap().to_string();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            met = true;
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        made.start_file(name, options).unwrap();
        made.write_all(&content).unwrap();
    }
    if !met {
        made.start_file(part, options).unwrap();
        made.write_all(change(String::new()).as_bytes()).unwrap();
    }
    made.finish().unwrap().into_inner()
}
