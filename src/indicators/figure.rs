//! What a unit answered for one indicator, as stored. Blank is the absence of a row, never a zero: "không phát
//! sinh" is an explicit 0 (product rule 1).

use std::fmt;

/// A number or "does not apply". A blank has no state because it has no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureState {
    /// The number, scaled by the indicator's decimals (12,5 with one decimal is 125; money in đồng).
    Value(i64),
    /// The indicator does not apply to the unit.
    NotApplicable,
}

impl FigureState {
    /// The code of the state, `value` or `not_applicable`.
    pub fn as_str(self) -> &'static str {
        match self {
            FigureState::Value(_) => "value",
            FigureState::NotApplicable => "not_applicable",
        }
    }

    /// The scaled number, if there is one.
    pub fn value(self) -> Option<i64> {
        match self {
            FigureState::Value(value) => Some(value),
            FigureState::NotApplicable => None,
        }
    }

    /// Reads the two stored columns back. Refuses a `value` without a number and a `not_applicable` with one.
    pub fn from_parts(state: &str, value: Option<i64>) -> Result<FigureState, UnreadableFigure> {
        match (state, value) {
            ("value", Some(value)) => Ok(FigureState::Value(value)),
            ("not_applicable", None) => Ok(FigureState::NotApplicable),
            _ => Err(UnreadableFigure { state: state.to_owned(), value }),
        }
    }
}

/// A stored figure whose state and number contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableFigure {
    /// The state found.
    pub state: String,
    /// The number found beside it.
    pub value: Option<i64>,
}

impl fmt::Display for UnreadableFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "figure of state {:?} with value {:?}", self.state, self.value)
    }
}

impl std::error::Error for UnreadableFigure {}
