//! Figures as typed: a hand-made table, round trips, and refusals that say how to mend them.

use proptest::prelude::*;
use tonghop::vietnamese::{
    Level, NumberError, Parsed, Qualifier, format_scaled, group_thousands, parse_scaled, parse_signed,
};

fn read(text: &str, scale: u32) -> Parsed {
    parse_scaled(text, scale).unwrap_or_else(|error| panic!("{text}: {error}")).expect("not blank")
}

#[test]
fn whole_numbers() {
    let table = [
        ("0", 0),
        ("08", 8),
        ("1245", 1245),
        ("1.245", 1245),
        ("12.345.678", 12_345_678),
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u{00A0}234", 1234),
        (" 12 ", 12),
        ("12,0", 12),
        ("không", 0),
        ("Không phát sinh", 0),
        ("1,3 nghìn", 1300),
        ("1,3 ngàn", 1300),
        ("1.300 nghìn", 1_300_000),
        ("4,2 tỷ", 4_200_000_000),
        ("4,2 tỉ đồng", 4_200_000_000),
        ("4,2tỷ", 4_200_000_000),
        ("4.2 tỷ", 4_200_000_000),
        ("350 triệu", 350_000_000),
        ("1,245 tỷ", 1_245_000_000),
        ("2 tỷ 350 triệu", 2_350_000_000),
        ("2 tỷ 350 triệu đồng", 2_350_000_000),
        ("2 triệu 350 nghìn 500 đồng", 2_350_500),
        ("1 nghìn tỷ", 1_000_000_000_000),
        ("100 đ", 100),
        ("2 ty", 2_000_000_000),
        ("216,000 VNĐ", 216_000),
    ];
    for (text, value) in table {
        let parsed = read(text, 0);
        assert_eq!((parsed.value, parsed.qualifier), (value, Qualifier::Exact), "{text}");
    }
}

#[test]
fn decimals_are_scaled() {
    let table = [
        ("12,5", 1, 125),
        ("12.5", 1, 125),
        ("1.234,5", 1, 12345),
        ("1,234.5", 1, 12345),
        ("1.245", 1, 12450),
        ("12", 2, 1200),
        ("12,5", 2, 1250),
        ("12,50", 1, 125),
        ("0,125", 3, 125),
        ("0.125", 3, 125),
        ("1,245", 3, 1245),
        ("12345,678", 3, 12_345_678),
        ("1 234,5", 1, 12345),
        ("1,3 nghìn", 2, 130_000),
    ];
    for (text, scale, value) in table {
        assert_eq!(read(text, scale).value, value, "{text}");
    }
}

#[test]
fn the_word_beside_the_figure_is_kept() {
    let table = [
        ("gần 100", 100, Qualifier::Nearly, false),
        ("hơn 3.200", 3200, Qualifier::Over, false),
        ("Trên 3.200", 3200, Qualifier::Over, false),
        ("ước 50", 50, Qualifier::Exact, true),
        ("khoảng 50", 50, Qualifier::Exact, true),
        ("~50", 50, Qualifier::Exact, true),
        ("ước gần 100", 100, Qualifier::Nearly, true),
        ("gần 4,2 tỷ đồng", 4_200_000_000, Qualifier::Nearly, false),
        ("hơn 1,3 nghìn", 1300, Qualifier::Over, false),
    ];
    for (text, value, qualifier, estimate) in table {
        assert_eq!(read(text, 0), Parsed { value, qualifier, estimate, ambiguous: false }, "{text}");
    }
    for qualifier in Qualifier::ALL {
        assert_eq!(Qualifier::from_code(qualifier.code()), Some(qualifier));
    }
    let words: Vec<&str> = Level::ALL.iter().map(|level| level.label()).collect();
    assert_eq!(words, ["chính xác", "ước", "gần", "hơn", "ước gần", "ước hơn"]);
    for level in Level::ALL {
        assert_eq!(Level::from_code(level.code()), Some(level));
    }
}

#[test]
fn what_could_be_read_two_ways_is_flagged() {
    let table = [
        ("1,245", 0, 1245, true),
        ("1.245", 0, 1245, false),
        ("1.245", 2, 124_500, true),
        ("1.245.000", 2, 124_500_000, false),
        ("1.245,5", 2, 124_550, false),
        ("1245", 0, 1245, false),
        ("1,245", 3, 1245, false),
    ];
    for (text, scale, value, ambiguous) in table {
        let parsed = read(text, scale);
        assert_eq!((parsed.value, parsed.ambiguous), (value, ambiguous), "{text} at {scale}");
    }
}

#[test]
fn blank_is_not_zero() {
    for text in ["", "  ", "-", "–", "—", "\u{00A0}", "\u{200B}"] {
        assert_eq!(parse_scaled(text, 0), Ok(None), "{text:?}");
    }
    assert_eq!(read("0", 0).value, 0);
    assert_eq!(read("không", 2).value, 0);
}

#[test]
fn refusals() {
    let separators = |text: &str| NumberError::Separators(text.to_owned());
    let unreadable = |text: &str| NumberError::Unreadable(text.to_owned());
    let word = |text: &str| NumberError::Word(text.to_owned());
    let table = [
        ("12,5", 0, NumberError::TooManyDecimals { scale: 0 }),
        ("12,55", 1, NumberError::TooManyDecimals { scale: 1 }),
        ("1,2345 nghìn", 0, NumberError::TooManyDecimals { scale: 0 }),
        ("-5", 0, NumberError::Negative),
        ("−5", 0, NumberError::Negative),
        ("9.223.372.036.854.775.808", 0, NumberError::TooLarge),
        ("922.337.203.685.477.581", 2, NumberError::TooLarge),
        ("10 tỷ tỷ", 0, NumberError::TooLarge),
        ("99999999999999999999999999999999999999999999", 0, NumberError::TooLarge),
        ("1.23.4", 0, separators("1.23.4")),
        ("1.234,567,8", 0, separators("1.234,567,8")),
        ("12,", 1, separators("12,")),
        ("1..2", 0, separators("1..2")),
        ("1234.567.890", 0, separators("1234.567.890")),
        ("12 45", 0, unreadable("12 45")),
        ("5-10", 0, unreadable("5-10")),
        ("12%", 0, unreadable("12%")),
        ("=1+1", 0, unreadable("=1+1")),
        (",5", 1, unreadable(",5")),
        ("gần", 0, unreadable("gần")),
        ("--5", 0, unreadable("--5")),
        ("x", 0, word("x")),
        ("dưới 100", 0, word("dưới")),
        ("100 lượt", 0, word("lượt")),
        ("100 đồng chẵn", 0, word("chẵn")),
        ("1e5", 0, word("e")),
        ("2 tỷ 350", 0, NumberError::MissingMultiplier),
        ("350 triệu 2 tỷ", 0, NumberError::PartsOutOfOrder),
        ("2 tỷ 3500 triệu", 0, NumberError::PartsOutOfOrder),
    ];
    for (text, scale, error) in table {
        assert_eq!(parse_scaled(text, scale), Err(error), "{text}");
    }
    assert_eq!(parse_signed("-1.000", 0).map(|parsed| parsed.map(|parsed| parsed.value)), Ok(Some(-1000)));
}

#[test]
fn messages_name_the_fault_and_the_remedy() {
    let message = |text: &str, scale| parse_scaled(text, scale).expect_err("refused").to_string();
    assert_eq!(message("12,5", 0), "Chỉ tiêu này là số nguyên. Bỏ phần thập phân rồi nhập lại.");
    assert_eq!(message("12,55", 1), "Chỉ tiêu này lấy 1 chữ số sau dấu phẩy. Làm tròn rồi nhập lại.");
    assert!(message("100 lượt", 0).starts_with("Không hiểu “lượt”."));
    assert!(message(&"x".repeat(500), 0).chars().count() < 200);
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(value in 0..=i64::MAX, scale in 0u32..=18) {
        let parsed = read(&format_scaled(value, scale), scale);
        prop_assert_eq!(parsed, Parsed { value, qualifier: Qualifier::Exact, estimate: false, ambiguous: false });
    }

    #[test]
    fn negative_figures_read_back_where_allowed(value: i64, scale in 0u32..=6) {
        let text = format_scaled(value, scale);
        prop_assert_eq!(parse_signed(&text, scale).map(|p| p.map(|p| p.value)), Ok(Some(value)));
        prop_assert_eq!(parse_scaled(&text, scale).is_err(), value < 0);
    }

    /// Every way of writing one whole number means that number.
    #[test]
    fn thousands_by_any_mark(value in 0i64..=i64::MAX) {
        let dots = group_thousands(value);
        for text in [value.to_string(), dots.replace('.', ","), dots.replace('.', " "), format!("0{value}")] {
            prop_assert_eq!(read(&text, 0).value, value, "{}", text);
        }
    }

    /// Parts of money add up as a person would add them.
    #[test]
    fn parts_add_up(billions in 0i64..1000, millions in 0i64..1000, thousands in 0i64..1000, rest in 0i64..1000) {
        let text = format!("{billions} tỷ {millions} triệu {thousands} nghìn {rest} đồng");
        let sum = billions * 1_000_000_000 + millions * 1_000_000 + thousands * 1000 + rest;
        prop_assert_eq!(read(&text, 0).value, sum);
        prop_assert_eq!(read(&text, 2).value, sum * 100);
    }

    #[test]
    fn any_text_is_answered(
        text in "\\PC{0,20}|[0-9., -]{0,12}|((gần|ước|hơn|tỷ|triệu|nghìn|đồng|-|~|[0-9]{1,4}[.,]?[0-9]{0,3}) ?){0,6}",
        scale in 0u32..40,
    ) {
        match parse_scaled(&text, scale) {
            Ok(Some(parsed)) => prop_assert!(parsed.value >= 0),
            Ok(None) => {}
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
    }
}
