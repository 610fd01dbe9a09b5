//! One cell: what is typed, what is stored, what is shown; figures of a unit and its predecessors.

use proptest::prelude::*;
use tonghop::db::ids::IndicatorId;
use tonghop::indicators::{PeriodRule, UnitRule, ValueType};
use tonghop::reports::{AskedIndicator, BodyFigure, Reading, fold_predecessors, percent_of, read, shown};
use tonghop::vietnamese::{Level, Qualifier};

pub fn asked(id: i64, code: &str, value_type: ValueType, scale: u32, exponent: u32) -> AskedIndicator {
    AskedIndicator {
        id: IndicatorId(id),
        code: code.into(),
        group_name: "Nhóm".into(),
        name: format!("Chỉ tiêu {code}"),
        measure_unit: "tin, bài".into(),
        value_type,
        scale,
        exponent,
        unit_rule: UnitRule::Sum,
        period_rule: PeriodRule::Flow,
        parts: None,
        guidance: String::new(),
        counts: true,
        required: false,
    }
}

fn reading(typed: &str, asked: &AskedIndicator) -> (Reading, Qualifier) {
    let entry = read(typed, Level::default(), "", asked);
    (entry.reading, entry.qualifier)
}

#[test]
fn money_is_typed_in_trieu_and_stored_in_dong() {
    let money = asked(1, "A11", ValueType::Money, 0, 6);
    for (typed, dong, back) in [
        ("112", 112_000_000, "112"),
        ("112,5", 112_500_000, "112,5"),
        ("1.245", 1_245_000_000, "1.245"),
        ("2 tỷ 350 triệu", 2_350_000_000, "2.350"),
        ("350 triệu", 350_000_000, "350"),
        ("500.000 đồng", 500_000, "0,5"),
        ("0", 0, "0"),
        ("không", 0, "0"),
        ("0,000001", 1, "0,000001"),
    ] {
        assert_eq!(reading(typed, &money), (Reading::Value(dong), Qualifier::Exact), "{typed}");
        assert_eq!(shown(dong, &money), back);
    }
}

#[test]
fn blank_is_not_zero_and_nothing_typed_is_lost() {
    let count = asked(1, "B04", ValueType::Int, 0, 0);
    assert_eq!(reading("", &count).0, Reading::Blank);
    assert_eq!(reading("-", &count).0, Reading::Blank);
    assert_eq!(reading("0", &count).0, Reading::Value(0));
    assert_eq!(reading("không phát sinh", &count).0, Reading::Value(0));
    assert_eq!(reading("Không áp dụng", &count).0, Reading::NotApplicable);
    let entry = read("khoảng chục bài", Level::default(), "hỏi lại", &count);
    assert!(matches!(entry.reading, Reading::Unreadable(_)));
    assert_eq!((entry.typed.as_str(), entry.note.as_str()), ("khoảng chục bài", "hỏi lại"));
}

#[test]
fn the_word_in_the_cell_wins_over_the_list_beside_it() {
    let count = asked(1, "B04", ValueType::Int, 0, 0);
    let said = |typed: &str, chosen: &str| {
        read(typed, Level::from_code(chosen).expect("a level"), "", &count).level().label()
    };
    for (typed, chosen, level) in [
        ("gần 100", "exact", "gần"),
        ("gần 100", "over", "gần"),
        ("100", "estimate", "ước"),
        ("ước gần 100", "exact", "ước gần"),
        ("gần 100", "estimate", "ước gần"),
        ("ước 100", "over", "ước hơn"),
        ("100", "estimate_over", "ước hơn"),
        ("100", "exact", "chính xác"),
    ] {
        assert_eq!(said(typed, chosen), level, "{typed}, {chosen}");
    }
    assert!(read("1,245", Level::default(), "", &count).ambiguous);
}

#[test]
fn yes_and_no() {
    let question = asked(1, "A02", ValueType::Bool, 0, 0);
    for (typed, reading_of) in [
        ("có", Reading::Value(1)),
        ("1", Reading::Value(1)),
        ("Không", Reading::Value(0)),
        ("0", Reading::Value(0)),
        ("", Reading::Blank),
    ] {
        assert_eq!(reading(typed, &question).0, reading_of, "{typed}");
    }
    assert!(matches!(reading("12", &question).0, Reading::Unreadable(_)));
}

#[test]
fn a_ratio_is_of_two_parts_that_are_there() {
    assert_eq!(percent_of((Some(6), Some(7)), (0, 0)).as_deref(), Some("85,71%"));
    assert_eq!(percent_of((Some(6), Some(0)), (0, 0)), None);
    assert_eq!(percent_of((None, Some(7)), (0, 0)), None);
}

#[test]
fn a_merged_body_answers_for_all_it_was_made_of_or_for_nothing() {
    let counted = |value| BodyFigure { counts: true, value };
    let fold = |rule, values: &[Option<i64>]| {
        fold_predecessors(rule, &values.iter().copied().map(counted).collect::<Vec<_>>())
    };
    assert_eq!(fold(UnitRule::Sum, &[Some(5), Some(7)]), Some(12));
    assert_eq!(fold(UnitRule::Sum, &[Some(5), None]), None, "half a predecessor is no base");
    assert_eq!(fold(UnitRule::Sum, &[None]), None);
    assert_eq!(fold(UnitRule::Sum, &[Some(i64::MAX), Some(1)]), None);
    assert_eq!(fold(UnitRule::CountTrue, &[Some(0), Some(1)]), Some(1));
    assert_eq!(fold(UnitRule::Owner, &[Some(3), Some(4)]), None);
    assert_eq!(fold(UnitRule::Owner, &[Some(3)]), Some(3));
    assert_eq!(fold(UnitRule::Sum, &[]), None);
    let reference = BodyFigure { counts: false, value: Some(9) };
    assert_eq!(fold_predecessors(UnitRule::Sum, &[reference]), Some(9), "its own, whether it counts or not");
    assert_eq!(fold_predecessors(UnitRule::Sum, &[counted(Some(5)), reference]), Some(5));
}

proptest! {
    /// What is shown in a cell is read back as the same figure, for every kind of indicator.
    #[test]
    fn what_is_shown_is_read_back(value in 0i64..=9_000_000_000_000_000, scale in 0u32..=3, exponent in 0u32..=6) {
        let asked = asked(1, "X", ValueType::Decimal, scale, exponent);
        let entry = read(&shown(value, &asked), Level::default(), "", &asked);
        prop_assert_eq!(entry.reading, Reading::Value(value));
    }
}
