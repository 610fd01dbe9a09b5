//! Codes, names and neighbours of periods.

use proptest::prelude::*;
use tonghop::calendar::{Cycle, label, period_code, preceding, same_period_last_year};

#[test]
fn codes_and_labels_are_as_written_by_hand() {
    let table = [
        (Cycle::FirstHalf, "2025-H1", "6 tháng đầu năm 2025"),
        (Cycle::SecondHalf, "2025-H2", "6 tháng cuối năm 2025"),
        (Cycle::NineMonths, "2025-9M", "9 tháng đầu năm 2025"),
        (Cycle::Year, "2025-Y", "Năm 2025"),
        (Cycle::Quarter(1), "2025-Q1", "Quý I năm 2025"),
        (Cycle::Quarter(4), "2025-Q4", "Quý IV năm 2025"),
        (Cycle::Month(2), "2025-M02", "Tháng 02 năm 2025"),
        (Cycle::Month(3), "2025-M03", "Tháng 3 năm 2025"),
        (Cycle::Month(11), "2025-M11", "Tháng 11 năm 2025"),
        (Cycle::OneOff, "2025-ONE", "Một lần, năm 2025"),
        (Cycle::AdHoc, "2025-ADHOC", "Đột xuất, năm 2025"),
    ];
    for (cycle, code, name) in table {
        assert_eq!(period_code(cycle, 2025), code);
        assert_eq!(label(cycle, 2025), name);
        assert_eq!(Cycle::from_code(&cycle.code()), Some(cycle));
    }
}

#[test]
fn only_the_one_spelling_of_a_code_is_read() {
    for code in ["", "H3", "Q0", "Q5", "Q", "Q+1", "M3", "M00", "M13", "M003", "y", "2025-Y", "Đ", "9m"] {
        assert_eq!(Cycle::from_code(code), None, "{code}");
    }
}

#[test]
fn neighbours_are_as_counted_on_fingers() {
    assert_eq!(preceding(Cycle::FirstHalf, 2025), Some((Cycle::SecondHalf, 2024)));
    assert_eq!(preceding(Cycle::SecondHalf, 2025), Some((Cycle::FirstHalf, 2025)));
    assert_eq!(preceding(Cycle::Quarter(1), 2025), Some((Cycle::Quarter(4), 2024)));
    assert_eq!(preceding(Cycle::Month(1), 2025), Some((Cycle::Month(12), 2024)));
    assert_eq!(preceding(Cycle::NineMonths, 2025), None);
    assert_eq!(preceding(Cycle::AdHoc, 2025), None);
    assert_eq!(same_period_last_year(Cycle::FirstHalf, 2025), Some((Cycle::FirstHalf, 2024)));
    assert_eq!(same_period_last_year(Cycle::NineMonths, 2025), Some((Cycle::NineMonths, 2024)));
    assert_eq!(same_period_last_year(Cycle::OneOff, 2025), None);
}

proptest! {
    #[test]
    fn reading_a_code_never_panics(code in ".{0,6}") {
        if let Some(cycle) = Cycle::from_code(&code) {
            prop_assert_eq!(cycle.code(), code);
        }
    }
}
