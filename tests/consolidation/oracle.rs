//! The naive side: unbounded decimal arithmetic on strings, as done on paper, and lists of options. It knows
//! nothing of i128, of accumulators or of the rules' code.

use proptest::prelude::*;
use tonghop::consolidation::{Amount, UnitRow};

/// Adds two whole numbers written out, of any length and sign.
pub fn add(a: &str, b: &str) -> String {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => add_digits(a, b),
        (Some(a), Some(b)) => tidy(format!("-{}", add_digits(a, b))),
        (None, Some(b)) => subtract(a, b),
        (Some(a), None) => subtract(b, a),
    }
}

fn add_digits(a: &str, b: &str) -> String {
    let (mut a, mut b) = (a.bytes().rev(), b.bytes().rev());
    let (mut digits, mut carry) = (Vec::new(), 0);
    loop {
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() && carry == 0 {
            break;
        }
        let sum = x.map_or(0, |d| d - b'0') + y.map_or(0, |d| d - b'0') + carry;
        digits.push(char::from(b'0' + sum % 10));
        carry = sum / 10;
    }
    tidy(digits.into_iter().rev().collect())
}

fn subtract(a: &str, b: &str) -> String {
    if less(a, b) {
        return tidy(format!("-{}", subtract(b, a)));
    }
    let mut b = b.bytes().rev();
    let (mut digits, mut borrow) = (Vec::new(), 0_i8);
    for x in a.bytes().rev() {
        let mut digit = (x - b'0') as i8 - b.next().map_or(0, |d| (d - b'0') as i8) - borrow;
        borrow = i8::from(digit < 0);
        if digit < 0 {
            digit += 10;
        }
        digits.push(char::from(b'0' + digit as u8));
    }
    tidy(digits.into_iter().rev().collect())
}

fn less(a: &str, b: &str) -> bool {
    a.len() < b.len() || (a.len() == b.len() && a < b)
}

fn tidy(number: String) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number.as_str()),
    };
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}"),
    }
}

/// The sum of what is there; nothing of nothing.
pub fn sum(figures: &[Option<i64>]) -> Option<String> {
    let there: Vec<String> = figures.iter().flatten().map(i64::to_string).collect();
    if there.is_empty() {
        None
    } else {
        Some(there.iter().fold("0".to_owned(), |sum, figure| add(&sum, figure)))
    }
}

/// Whether a number written out fits 64 bits with sign.
pub fn fits(number: &str) -> bool {
    match number.strip_prefix('-') {
        Some(size) => !less("9223372036854775808", size),
        None => !less("9223372036854775807", number),
    }
}

/// A figure of any size, or blank.
pub fn any_amount() -> impl Strategy<Value = Option<Amount>> {
    amount_in(prop_oneof![0_i64..2000, any::<i64>(), Just(i64::MAX), Just(i64::MIN)])
}

/// A figure small enough that thousands of them add up, or blank.
pub fn small_amount() -> impl Strategy<Value = Option<Amount>> {
    amount_in(-1_000_000_i64..1_000_000_000)
}

fn amount_in(values: impl Strategy<Value = i64>) -> impl Strategy<Value = Option<Amount>> {
    let amount = (values, any::<bool>(), any::<bool>()).prop_map(|(value, estimated, approximate)| Amount {
        value,
        estimated,
        approximate,
    });
    prop::option::weighted(0.7, amount)
}

/// A unit's row of an ordinary indicator.
pub fn row(amount: impl Strategy<Value = Option<Amount>>) -> impl Strategy<Value = UnitRow> {
    (prop::bool::weighted(0.9), prop::bool::weighted(0.8), amount)
        .prop_map(|(asked, counts, value)| UnitRow { asked, counts, value, denominator: None, leaves: None })
}

/// A unit's row of a ratio, each part there or not.
pub fn ratio_row() -> impl Strategy<Value = UnitRow> {
    (prop::bool::weighted(0.9), prop::bool::weighted(0.8), small_amount(), small_amount()).prop_map(
        |(asked, counts, value, denominator)| UnitRow { asked, counts, value, denominator, leaves: None },
    )
}

#[test]
fn the_oracle_itself_adds_as_on_paper() {
    assert_eq!(add("999", "1"), "1000");
    assert_eq!(add("-5", "3"), "-2");
    assert_eq!(add("5", "-5"), "0");
    assert_eq!(add("-9223372036854775808", "-1"), "-9223372036854775809");
    assert!(fits("-9223372036854775808") && !fits("-9223372036854775809"));
    assert!(fits("9223372036854775807") && !fits("9223372036854775808"));
}
