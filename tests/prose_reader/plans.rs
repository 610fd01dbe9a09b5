//! A plan by the sections of its form, as a row of the form's list, and the clauses of other plans it cites.

use chrono::NaiveDate;
use tonghop::plan_reader::{self, Sure};
use tonghop::prose_reader::{
    Form, FormColumn, FormList, FormSection, Head, cited, issued, path_of, pieces_of,
};

use crate::unit_plans::{DISTRICT, PLAN};

fn plan_form() -> Form {
    let section = |(label, title): (&str, &str)| FormSection {
        code: format!("KH.{label}"),
        label: label.to_owned(),
        title: title.to_owned(),
        hint: String::new(),
    };
    let sections = [("I", "Mục đích, yêu cầu"), ("II", "Nội dung thực hiện"), ("III", "Tổ chức thực hiện")];
    Form { sections: sections.map(section).to_vec(), ..Form::default() }
}

/// The section, how sure, and the beginning of the text of every piece that says something.
fn pieces(text: &str) -> Vec<(String, Sure, String)> {
    let pieces = pieces_of(&plan_reader::read(text), text, &plan_form());
    let said = pieces.into_iter().filter(|piece| !piece.body.trim().is_empty());
    said.map(|piece| {
        let begins: String = piece.body.chars().take(18).collect();
        (piece.section.unwrap_or_default(), piece.sure, begins)
    })
    .collect()
}

#[test]
fn a_plan_stands_in_the_sections_of_its_form() {
    let row = |section: &str, sure, begins: &str| (section.to_owned(), sure, begins.to_owned());
    let expected = [
        row("KH.I", Sure::Certain, "1. Người mãn hạn t"),
        row("KH.II", Sure::Certain, "1. Phòng Hành chín"),
        row("KH.III", Sure::Certain, "1. Thực hiện mục I"),
    ];
    assert_eq!(pieces(PLAN), expected);
    // "Nhiệm vụ" means nothing to this form: its number does, and a person looks.
    let found = pieces(DISTRICT);
    let of = |code: &str| {
        found.iter().find(|(section, ..)| section == code).map(|(_, sure, text)| (*sure, text.as_str()))
    };
    assert_eq!(of("KH.II"), Some((Sure::Guess, "1. Rà soát, lập da")), "{found:?}");
    assert!(of("KH.I").is_some() && of("KH.III").is_some(), "{found:?}");
}

fn head() -> Head {
    Head {
        kind: "Kế hoạch".to_owned(),
        number: "412".to_owned(),
        symbol: "KH-STP".to_owned(),
        date: NaiveDate::from_ymd_opt(2025, 2, 13),
        subject: "Tuyên truyền về tái hòa nhập cộng đồng".to_owned(),
        ..Head::default()
    }
}

/// The cells of the row, in the order of the columns; a title with "*" must be filled.
fn row(titles: &[&str], head: &Head) -> Option<Vec<String>> {
    let columns = titles.iter().enumerate().map(|(at, title)| FormColumn {
        code: format!("c{at}"),
        title: title.trim_end_matches('*').to_owned(),
        required: title.ends_with('*'),
    });
    let list = FormList { code: "list".to_owned(), columns: columns.collect() };
    let other = ["Tên mô hình*", "Địa bàn*", "Bắt đầu từ", "Số thành viên", "Kết quả"];
    let other = other.iter().map(|title| FormColumn {
        code: (*title).to_owned(),
        title: title.trim_end_matches('*').to_owned(),
        required: title.ends_with('*'),
    });
    let models = FormList { code: "models".to_owned(), columns: other.collect() };
    let form = Form { lists: vec![models, list], ..Form::default() };
    let table = issued(head, &form)?;
    assert_eq!((table.list.as_str(), table.rows.len()), ("list", 1));
    let cell = |at: usize| table.rows[0].get(&format!("c{at}")).cloned().unwrap_or_default();
    Some((0..titles.len()).map(cell).collect())
}

#[test]
fn a_plan_is_a_row_of_the_list_of_documents_issued() {
    let whole = "Kế hoạch tuyên truyền về tái hòa nhập cộng đồng";
    let cells = |titles: &[&str]| row(titles, &head());
    let expect = |cells: &[&str]| Some(cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    assert_eq!(cells(&["Số, ký hiệu*", "Ngày*", "Trích yếu*"]), expect(&["412/KH-STP", "13/02/2025", whole]));
    assert_eq!(
        cells(&["Loại văn bản", "Số, ký hiệu", "Ngày", "Trích yếu"]),
        expect(&["Kế hoạch", "412/KH-STP", "13/02/2025", "Tuyên truyền về tái hòa nhập cộng đồng"])
    );
    assert_eq!(cells(&["Trích yếu", "Ngày", "Số, ký hiệu"]), expect(&[whole, "13/02/2025", "412/KH-STP"]));
    // What the head does not say is not made up, and nothing half is proposed.
    assert_eq!(cells(&["Số, ký hiệu*", "Ngày*", "Trích yếu*", "Người ký*"]), None);
    assert_eq!(row(&["Số, ký hiệu*", "Ngày*", "Trích yếu*"], &Head { date: None, ..head() }), None);
    assert_eq!(row(&["Số, ký hiệu", "Ngày", "Trích yếu"], &Head { number: String::new(), ..head() }), None);
    assert_eq!(cells(&["Hội nghị*", "Số người dự*"]), None);
}

/// Clauses with whether the plan is another's, and whether it is "13/KH-UBND" and "KH 13/2025".
#[test]
fn a_clause_is_cited_with_its_plan() {
    let found = |text: &str| -> Vec<(String, bool, Option<bool>, Option<bool>)> {
        let all = cited(text).into_iter();
        all.map(|c| (c.path.clone(), c.of_another, c.agrees("13/KH-UBND"), c.agrees("KH 13/2025"))).collect()
    };
    let one = |path: &str, another, symbol, name| vec![(path.to_owned(), another, symbol, name)];
    let (yes, no) = (Some(true), Some(false));
    for (text, expected) in [
        ("Theo mục III.2 Kế hoạch số 13/KH-UBND.", one("iii.2", true, yes, yes)),
        ("Theo mục III.2, Kế hoạch số 013/KH-UBND của UBND tỉnh", one("iii.2", true, yes, yes)),
        ("Theo mục III.2 Kế hoạch số 13/KH-STP.", one("iii.2", true, no, yes)),
        ("Theo mục III.2 KH 13", one("iii.2", false, yes, yes)),
        ("Theo mục IV.1 Kế hoạch của Ủy ban nhân dân tỉnh", one("iv.1", true, None, None)),
        ("Theo mục IV.1 Kế hoạch năm 2025 của tỉnh", one("iv.1", true, None, None)),
        ("Theo mục IV.1 Kế hoạch này", one("iv.1", false, None, None)),
        ("Theo điểm a khoản 2 mục III Kế hoạch số 21/KH-UBND", one("iii.2.a", true, no, no)),
        ("(mục III.2), Kế hoạch số 13/KH-UBND", one("iii.2", false, None, None)),
        ("Theo khoản 2 Luật Thi hành án hình sự", vec![]),
        ("Mục tiêu của Kế hoạch số 13/KH-UBND", vec![]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
    let clause = &cited("mục III Kế hoạch số 13/KH-UBND")[0];
    let covered = ["III", "III.2", "III.2.a", "IV", "IIII"].map(|path| clause.covers(&path_of(path)));
    assert_eq!(covered, [true, true, true, false, false]);
}
