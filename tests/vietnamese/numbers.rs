//! Numbers as printed.

use proptest::prelude::*;
use tonghop::vietnamese::{format_percent, format_scaled, group_thousands};

#[test]
fn printed_numbers() {
    for (value, text) in [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1000, "1.000"),
        (-1000, "-1.000"),
        (-100, "-100"),
        (1_234_567, "1.234.567"),
        (i64::MAX, "9.223.372.036.854.775.807"),
        (i64::MIN, "-9.223.372.036.854.775.808"),
    ] {
        assert_eq!(group_thousands(value), text);
    }
    for (value, scale, text) in [
        (12345, 1, "1.234,5"),
        (123_456_789, 2, "1.234.567,89"),
        (5, 2, "0,05"),
        (-5, 2, "-0,05"),
        (0, 3, "0,000"),
        (100, 2, "1,00"),
        (i64::MIN, 18, "-9,223372036854775808"),
    ] {
        assert_eq!(format_scaled(value, scale), text);
    }
    assert_eq!(format_percent(125, 1), "12,5%");
    assert_eq!(format_percent(1000, 1), "100,0%");
}

proptest! {
    /// Without its dots the text is the number, and the dots stand every three digits from the right.
    #[test]
    fn dots_only_group(value: i64) {
        let text = group_thousands(value);
        prop_assert_eq!(text.replace('.', ""), value.to_string());
        let groups: Vec<&str> = text.trim_start_matches('-').split('.').collect();
        prop_assert!((1..=3).contains(&groups[0].len()));
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
    }

    /// Without dots and comma the text is the scaled number.
    #[test]
    fn the_comma_stands_before_the_decimals(value: i64, scale in 1u32..=18) {
        let text = format_scaled(value, scale);
        let (whole, fraction) = text.split_once(',').expect("a comma");
        prop_assert_eq!(fraction.len(), scale as usize);
        let joined: i128 = format!("{}{fraction}", whole.replace('.', "")).parse().expect("digits");
        prop_assert_eq!(joined, i128::from(value));
    }
}
