//! Exact quotients. A ratio is kept as a reduced fraction and rounded once, for display; nothing is computed
//! from the rounded number but the difference of two ratios as printed.

use serde::{Deserialize, Serialize};

use super::total::Total;
use crate::indicators::MAX_DECIMALS;

/// A reduced fraction with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

/// The decimals of the two indicators a ratio is made of, each 0 to 6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDecimals {
    /// Decimals of the numerator.
    pub numerator: u8,
    /// Decimals of the denominator.
    pub denominator: u8,
}

impl Fraction {
    /// The quotient of two scaled numbers; none over zero.
    pub fn new(numerator: i64, denominator: i64, decimals: PartDecimals) -> Option<Fraction> {
        let power = |decimals: u8| 10_i128.pow(u32::from(decimals.min(MAX_DECIMALS)));
        let numerator = i128::from(numerator) * power(decimals.denominator);
        let denominator = i128::from(denominator) * power(decimals.numerator);
        if denominator == 0 {
            return None;
        }
        let divisor = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // Both are below 2^63 · 10^6, so the divisor fits i128.
        let divisor = i128::try_from(divisor).unwrap_or(1) * denominator.signum();
        Some(Fraction { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Numerator of the reduced fraction; it carries the sign.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// Denominator of the reduced fraction, always positive.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// The fraction in hundredths of a percent (85,71 % is 8571), rounded half up; a negative one half away
    /// from zero, as Excel rounds. None where it does not fit 64 bits.
    pub fn percent_hundredths(self) -> Option<i64> {
        let scaled = self.numerator.checked_mul(10_000)?;
        let (size, unit) = (scaled.unsigned_abs(), self.denominator.unsigned_abs());
        let rounded = size / unit + u128::from(size % unit >= unit - size % unit);
        let rounded = i128::try_from(rounded).ok()?;
        i64::try_from(rounded * scaled.signum()).ok()
    }
}

impl Total {
    /// The ratio as an exact fraction; none without both parts or over a denominator of zero.
    pub fn fraction(&self, decimals: PartDecimals) -> Option<Fraction> {
        Fraction::new(self.numerator?, self.denominator?, decimals)
    }

    /// The ratio for display, in hundredths of a percent.
    pub fn percent_hundredths(&self, decimals: PartDecimals) -> Option<i64> {
        self.fraction(decimals)?.percent_hundredths()
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
