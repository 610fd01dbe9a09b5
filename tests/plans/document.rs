//! Labels and dates of a document, against a table made by hand from NĐ 30/2020's rules.

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::db::ids::{LegalBasisId, PlanId, UnitId};
use tonghop::plans::{BasisStanding, LegalBasis, Plan};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

fn plan(number: &str, symbol: &str, date: (i32, Option<i32>, Option<i32>)) -> Plan {
    Plan {
        id: PlanId(1),
        province_id: UnitId(1),
        issuer_unit_id: None,
        issuer: "Ủy ban nhân dân tỉnh Bắc Giang".into(),
        superior: String::new(),
        kind: "KH".into(),
        number: number.into(),
        symbol: symbol.into(),
        place: "Bắc Giang".into(),
        issued_year: date.0,
        issued_month: date.1,
        issued_day: date.2,
        subject: "Thử".into(),
        short_name: "Thử".into(),
        search_key: "thu".into(),
        signatory_capacity: String::new(),
        signatory_title: String::new(),
        signatory_name: String::new(),
        valid_from: None,
        valid_to: None,
        version: 1,
    }
}

#[test]
fn what_the_document_leaves_blank_stays_blank() {
    let table = [
        (
            plan("13", "KH-UBND", (2024, Some(1), Some(20))),
            "Kế hoạch số 13/KH-UBND ngày 20/01/2024 của UBND tỉnh Bắc Giang",
            "Số: 13/KH-UBND",
            "Bắc Giang, ngày 20 tháng 01 năm 2024",
        ),
        (
            plan("", "KH-UBND", (2025, Some(1), None)),
            "Kế hoạch số …/KH-UBND tháng 01/2025 của UBND tỉnh Bắc Giang",
            "Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/KH-UBND",
            "Bắc Giang, ngày … tháng 01 năm 2025",
        ),
        (
            plan("", "KH-UBND", (2025, None, None)),
            "Kế hoạch số …/KH-UBND năm 2025 của UBND tỉnh Bắc Giang",
            "Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}/KH-UBND",
            "Bắc Giang, ngày … tháng … năm 2025",
        ),
        (
            plan("5", "", (2025, Some(6), Some(5))),
            "Kế hoạch số 05 ngày 05/6/2025 của UBND tỉnh Bắc Giang",
            "Số: 05",
            "Bắc Giang, ngày 05 tháng 6 năm 2025",
        ),
        (
            plan("", "", (2025, Some(12), None)),
            "Kế hoạch tháng 12/2025 của UBND tỉnh Bắc Giang",
            "Số:\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}",
            "Bắc Giang, ngày … tháng 12 năm 2025",
        ),
    ];
    for (plan, label, number, date) in table {
        assert_eq!(plan.document_label(), label);
        assert_eq!(plan.number_line(), number);
        assert_eq!(plan.date_line(), date);
    }
}

#[test]
fn groups_are_read_on_the_documents_day_or_the_nearest_known() {
    assert_eq!(plan("", "", (2024, Some(1), Some(20))).reading_day(), day(2024, 1, 20));
    assert_eq!(plan("", "", (2024, Some(2), None)).reading_day(), day(2024, 2, 29));
    assert_eq!(plan("", "", (2025, None, None)).reading_day(), day(2025, 1, 1));
    let valid = Plan { valid_from: Some(day(2025, 1, 31)), ..plan("", "", (2025, Some(1), None)) };
    assert_eq!(valid.reading_day(), day(2025, 1, 31));
}

#[test]
fn a_legal_basis_is_out_of_force_from_the_day_after_its_last() {
    let basis = LegalBasis {
        id: LegalBasisId(1),
        kind: "decree".into(),
        number: "49/2020/NĐ-CP".into(),
        issued_on: Some(day(2020, 4, 17)),
        issuer: "Chính phủ".into(),
        subject: String::new(),
        valid_from: Some(day(2020, 6, 5)),
        valid_to: Some(day(2026, 6, 30)),
    };
    assert_eq!(basis.label(), "Nghị định số 49/2020/NĐ-CP ngày 17/4/2020 của Chính phủ");
    assert_eq!(basis.standing(day(2020, 6, 4)), BasisStanding::NotYet(day(2020, 6, 5)));
    assert_eq!(basis.standing(day(2020, 6, 5)), BasisStanding::InForce);
    assert_eq!(basis.standing(day(2026, 6, 30)), BasisStanding::InForce);
    assert_eq!(basis.warning(day(2026, 6, 30)), None);
    assert_eq!(basis.warning(day(2026, 7, 1)).as_deref(), Some("căn cứ hết hiệu lực từ 01/7/2026"));
}

proptest! {
    /// Every digit of a date line was in the document: the year, and month and day where it has them.
    #[test]
    fn a_date_line_invents_no_digit(year in 1990..2100, month in proptest::option::of(1..=12_i32), dom in 1..=28_i32, with_day: bool) {
        let known_day = month.filter(|_| with_day).map(|_| dom);
        let line = plan("", "", (year, month, known_day)).date_line();
        let digits: Vec<i32> = line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let expected: Vec<i32> = known_day.into_iter().chain(month).chain([year]).collect();
        prop_assert_eq!(digits, expected);
    }
}
