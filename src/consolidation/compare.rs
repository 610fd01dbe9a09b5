//! This period beside an earlier one. Only units with figures in both periods enter, on both sides, so that
//! a unit that came or went never looks like a rise or a fall (product rule 1).

use serde::{Deserialize, Serialize};

use super::fold::{UnitFold, UnitRow, fold_levels};
use super::fraction::{Fraction, PartDecimals};
use super::total::{FoldError, Total, checked};
use crate::indicators::{LevelRule, UnitRule};

/// One unit in the two periods compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The current period.
    pub now: UnitRow,
    /// The earlier one.
    pub before: UnitRow,
}

/// The comparison of one indicator; `now.n` is the number of units with figures in both periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Total of the current period over those units.
    pub now: Total,
    /// Total of the earlier period over the same units.
    pub before: Total,
    /// Now minus before, scaled by the indicator's decimals; for a ratio, in hundredths of a percentage
    /// point between the two as printed.
    pub difference: Option<i64>,
    /// The difference in basis points of the earlier total (12,34 % is 1234), rounded half away from zero.
    /// None over a base of zero, and for ratios.
    pub change: Option<i64>,
}

impl Comparison {
    /// Compares two totals already folded over the same units.
    pub fn between(
        indicator: &str,
        rule: LevelRule,
        decimals: PartDecimals,
        now: Total,
        before: Total,
    ) -> Result<Comparison, FoldError> {
        let (a, b) = match rule {
            LevelRule::Ratio => (now.percent_hundredths(decimals), before.percent_hundredths(decimals)),
            LevelRule::Sum | LevelRule::Max => (now.value, before.value),
        };
        let (Some(a), Some(b)) = (a, b) else {
            return Ok(Comparison { now, before, difference: None, change: None });
        };
        let difference = checked(indicator, i128::from(a) - i128::from(b))?;
        let change = match rule {
            LevelRule::Ratio => None,
            LevelRule::Sum | LevelRule::Max => {
                Fraction::new(difference, b, PartDecimals::default()).and_then(Fraction::percent_hundredths)
            }
        };
        Ok(Comparison { now, before, difference: Some(difference), change })
    }

    /// The comparison of a level from those of the collectors below it.
    pub fn over_levels<'a>(
        indicator: &str,
        rule: LevelRule,
        decimals: PartDecimals,
        below: impl IntoIterator<Item = &'a Comparison> + Clone,
    ) -> Result<Comparison, FoldError> {
        let now = fold_levels(indicator, rule, below.clone().into_iter().map(|comparison| &comparison.now))?;
        let before = fold_levels(indicator, rule, below.into_iter().map(|comparison| &comparison.before))?;
        Comparison::between(indicator, rule, decimals, now, before)
    }
}

/// Compares two periods over the units that have a figure in both.
pub fn compare<'a>(
    indicator: &str,
    rule: UnitRule,
    decimals: PartDecimals,
    pairs: impl IntoIterator<Item = &'a Pair>,
) -> Result<Comparison, FoldError> {
    let mut now = UnitFold::new(indicator, rule);
    let mut before = UnitFold::new(indicator, rule);
    for pair in pairs {
        let in_both = [&pair.now, &pair.before].iter().all(|row| row.enters() && row.has_figure(rule));
        if in_both {
            now.push(&pair.now)?;
            before.push(&pair.before)?;
        }
    }
    Comparison::between(indicator, rule.level_rule(), decimals, now.finish()?, before.finish()?)
}
