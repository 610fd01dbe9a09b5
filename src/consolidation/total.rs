//! What folding takes in and gives out: one amount of one unit, the total of many, and the errors between.
//! Sums run in `i128` and are checked back into `i64`: a total that does not fit is an error that names the
//! indicator, never a wrapped number (product rule 2).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number on its way into a total, with what must stay visible beside the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Scaled by the indicator's decimals.
    pub value: i64,
    /// It is an estimate (*ước*).
    pub estimated: bool,
    /// It carries a word such as "gần" or "hơn".
    pub approximate: bool,
}

impl Amount {
    /// An exact, final number.
    pub fn exact(value: i64) -> Amount {
        Amount { value, estimated: false, approximate: false }
    }

    /// The same number with the marks of another added to its own.
    pub(super) fn marked_like(self, other: Amount) -> Amount {
        Amount {
            value: self.value,
            estimated: self.estimated || other.estimated,
            approximate: self.approximate || other.approximate,
        }
    }
}

/// The total of one indicator over some units: a value (or the two parts of a ratio) and how it came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// The total, scaled by the indicator's decimals. None where no unit has a figure, and for ratios.
    pub value: Option<i64>,
    /// Ratios only: the sum of the numerators of units with both parts.
    pub numerator: Option<i64>,
    /// Ratios only: the sum of the denominators of the same units.
    pub denominator: Option<i64>,
    /// Units with a figure (for ratios, with both parts).
    pub n: u32,
    /// N: units whose form asks for the figure and whose figure counts.
    pub of: u32,
    /// At least one figure in it is an estimate.
    pub estimated: bool,
    /// At least one figure in it carries a word such as "gần" or "hơn".
    pub approximate: bool,
}

/// Why figures could not be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoldError {
    /// The total does not fit 64 bits.
    Overflow {
        /// Code of the indicator.
        indicator: String,
        /// The largest figures in it, each with its unit; empty where the fold saw rows without names.
        figures: Vec<String>,
    },
    /// Two counting units gave a figure that only one may own.
    SeveralOwners {
        /// Code of the indicator.
        indicator: String,
        /// Names of the units that gave it; empty where the fold saw rows without names.
        units: Vec<String>,
    },
    /// A ratio was asked to fold as if it were a number; only its parts fold.
    RatioHasNoValue {
        /// Code of the indicator.
        indicator: String,
    },
}

impl FoldError {
    /// The code of the indicator whose figures could not be folded.
    pub fn indicator(&self) -> &str {
        match self {
            FoldError::Overflow { indicator, .. }
            | FoldError::SeveralOwners { indicator, .. }
            | FoldError::RatioHasNoValue { indicator } => indicator,
        }
    }
}

impl fmt::Display for FoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FoldError::Overflow { indicator, figures } => {
                write!(f, "Chỉ tiêu {indicator}: tổng vượt quá số lớn nhất lưu được")?;
                if figures.is_empty() {
                    Ok(())
                } else {
                    write!(f, "; số lớn nhất: {}", figures.join("; "))
                }
            }
            FoldError::SeveralOwners { indicator, units } => {
                write!(f, "Chỉ tiêu {indicator}: có từ hai đơn vị chủ số liệu trở lên cùng báo cáo")?;
                if units.is_empty() { Ok(()) } else { write!(f, " ({})", units.join("; ")) }
            }
            FoldError::RatioHasNoValue { indicator } => {
                write!(f, "Chỉ tiêu {indicator}: tỷ lệ chỉ được tính lại từ tử số và mẫu số")
            }
        }
    }
}

impl std::error::Error for FoldError {}

/// Back into 64 bits, or the error that names the indicator.
pub(super) fn checked(indicator: &str, value: i128) -> Result<i64, FoldError> {
    i64::try_from(value)
        .map_err(|_| FoldError::Overflow { indicator: indicator.to_owned(), figures: Vec::new() })
}
