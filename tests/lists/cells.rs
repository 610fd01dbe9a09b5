//! One cell by its column: what is read, how it is stored and shown, what is refused and how to mend it.

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use tonghop::lists::{Cell, Column, ColumnKind, LONGEST};

use super::{channels, column, row};

fn of(kind: ColumnKind) -> Column {
    let choices = ["Cổng, trang TTĐT", "Facebook", "Zalo", "Khác"].map(str::to_owned).to_vec();
    Column { choices, ..column("c", "Cột", kind) }
}

#[test]
fn cells_are_read_stored_and_shown_by_their_type() {
    let table = [
        (ColumnKind::Text, "  21/KH-UBND ", "21/KH-UBND", "21/KH-UBND"),
        (ColumnKind::Date, "5.6.2025", "2025-06-05", "05/6/2025"),
        (ColumnKind::Date, "17/06/2025", "2025-06-17", "17/6/2025"),
        (ColumnKind::Date, "2025-06-17", "2025-06-17", "17/6/2025"),
        (ColumnKind::Date, "ngày 08 tháng 02 năm 2025", "2025-02-08", "08/02/2025"),
        (ColumnKind::Date, "Bắc Giang, ngày 8 tháng 2 năm 2025", "2025-02-08", "08/02/2025"),
        (ColumnKind::Number, "1.234", "1234", "1.234"),
        (ColumnKind::Number, "12 nghìn", "12000", "12.000"),
        (ColumnKind::Number, "không", "0", "0"),
        (ColumnKind::Link, "https://bao.vn/Bai", "https://bao.vn/Bai", "https://bao.vn/Bai"),
        (ColumnKind::Link, "bao.vn/tin/1.html", "https://bao.vn/tin/1.html", "https://bao.vn/tin/1.html"),
        (ColumnKind::Link, "WWW.bao.vn", "https://WWW.bao.vn", "https://WWW.bao.vn"),
        (ColumnKind::Choice, "facebook", "Facebook", "Facebook"),
        (ColumnKind::Choice, "CONG trang ttdt", "Cổng, trang TTĐT", "Cổng, trang TTĐT"),
        (ColumnKind::Choice, "khac", "Khác", "Khác"),
    ];
    for (kind, typed, stored, shown) in table {
        let column = of(kind);
        assert_eq!(column.problem(typed), None, "{typed}");
        assert_eq!(
            (column.settled(typed).as_str(), column.shown(typed).as_str()),
            (stored, shown),
            "{typed}"
        );
        assert_eq!(column.shown(stored), shown, "what is stored is shown alike: {typed}");
    }
}

#[test]
fn numbers_keep_the_decimals_of_their_column_and_no_more() {
    let money = Column { decimals: 2, ..of(ColumnKind::Number) };
    for (typed, stored, shown) in [
        ("112,5", "112,5", "112,5"),
        ("1.112,50", "1112,5", "1.112,5"),
        ("2 triệu", "2000000", "2.000.000"),
        ("0,05", "0,05", "0,05"),
    ] {
        assert_eq!((money.settled(typed).as_str(), money.shown(typed).as_str()), (stored, shown), "{typed}");
    }
    assert!(money.problem("1,234567").is_some());
    assert!(of(ColumnKind::Number).problem("3,5").is_some());
}

#[test]
fn what_cannot_be_read_says_how_to_mend_it_and_stays_as_typed() {
    let table = [
        (ColumnKind::Date, "hôm qua", "17/6/2025"),
        (ColumnKind::Date, "31/2/2025", "không có ngày 31"),
        (ColumnKind::Number, "gần 1.200", "Nhập 1.200."),
        (ColumnKind::Number, "vài trăm", "vài"),
        (ColumnKind::Link, "facebook", "https://"),
        (ColumnKind::Link, "baobacgiang.vn", "https://"),
        (ColumnKind::Link, "canbo@khcn.vn/a", "https://"),
        (ColumnKind::Link, "javascript:alert(1)", "https://"),
        (ColumnKind::Link, "https://khong co", "https://"),
        (ColumnKind::Choice, "Instagram", "Cổng, trang TTĐT; Facebook; Zalo; Khác"),
    ];
    for (kind, typed, words) in table {
        let column = of(kind);
        let message = column.problem(typed).unwrap_or_default();
        assert!(message.contains(words), "{typed}: {message}");
        assert_eq!((column.settled(typed).as_str(), column.shown(typed).as_str()), (typed, typed));
    }
    let long = "ạ".repeat(LONGEST + 1);
    assert!(of(ColumnKind::Text).problem(&long).is_some_and(|words| words.contains("2000")));
    assert_eq!(of(ColumnKind::Text).problem(&long[..long.len() - "ạ".len()]), None);
}

#[test]
fn a_row_that_holds_something_must_hold_what_is_required() {
    let list = channels();
    let faults = |cells: &[(&str, &str)]| -> Vec<String> {
        list.problems(&row(cells)).map(|(column, words)| format!("{column}: {words}")).collect()
    };
    assert!(faults(&[]).is_empty());
    assert_eq!(faults(&[("platform", "zalo")]), ["name: Chưa nhập “Tên kênh”."]);
    assert!(faults(&[("name", "Trang tỉnh"), ("followers", "-")]).is_empty());
    assert_eq!(faults(&[("name", "Trang"), ("since", "31/4/2025"), ("followers", "ít")]).len(), 2);
}

proptest! {
    #[test]
    fn what_is_read_reads_back_as_stored_and_as_shown(
        text in "[0-9.,/ \\-]{1,12}|[a-zđạ ]{1,12}|https?://[a-z]{1,5}\\.vn(/[a-zA-Z]{0,4})?|[0-9]{1,3} (nghìn|triệu)|\\PC{0,20}",
        decimals in 0u32..4,
        kind in prop::sample::select(vec![
            ColumnKind::Text, ColumnKind::Date, ColumnKind::Number, ColumnKind::Link, ColumnKind::Choice,
        ]),
    ) {
        let column = Column { decimals, ..of(kind) };
        match column.read(&text) {
            Ok(Some(cell)) => {
                prop_assert_eq!(column.read(&cell.stored()), Ok(Some(cell.clone())));
                prop_assert_eq!(column.read(&cell.shown()), Ok(Some(cell.clone())));
                prop_assert_eq!(column.settled(&column.settled(&text)), cell.stored());
            }
            Ok(None) => prop_assert_eq!(column.settled(&text), ""),
            Err(words) => {
                prop_assert!(words.ends_with('.'), "{}", words);
                prop_assert_eq!(column.settled(&text), text);
            }
        }
    }

    /// Against a writer of dates of our own.
    #[test]
    fn every_day_is_read_however_it_is_written(offset in 0u64..90_000, form in 0usize..6) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(offset);
        let (d, m, y) = (day.day(), day.month(), day.year());
        let typed = [
            format!("{d}/{m}/{y}"), format!("{d:02}/{m:02}/{y}"), format!("{d}-{m}-{y}"),
            format!("{d}.{m}.{y}"), format!("{y}-{m:02}-{d:02}"), format!("Ngày {d} tháng {m} năm {y}"),
        ][form].clone();
        prop_assert_eq!(of(ColumnKind::Date).read(&typed), Ok(Some(Cell::Date(day))));
    }

    /// Against dots put in by counting from the right.
    #[test]
    fn every_number_is_read_with_dots_and_without(value in 0i64..1_000_000_000_000) {
        let mut dotted = String::new();
        for (place, digit) in value.to_string().chars().rev().enumerate() {
            if place > 0 && place % 3 == 0 {
                dotted.insert(0, '.');
            }
            dotted.insert(0, digit);
        }
        let cell = Ok(Some(Cell::Number { value, decimals: 0 }));
        prop_assert_eq!(of(ColumnKind::Number).read(&dotted), cell.clone());
        prop_assert_eq!(of(ColumnKind::Number).read(&value.to_string()), cell);
    }
}
