//! Folding over units and over levels. Rows come in any order, one at a time, so that a query can stream
//! them; folding the leaves gives what folding through any tree of levels gives. No floating point, no SQL
//! sum (SQLite's went through a float).

use super::total::{Amount, FoldError, Total, checked};
use crate::indicators::{LevelRule, UnitRule};

/// What one unit brings to the total of one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit exists, owes the report and its form asks for this indicator: it belongs to N. A unit that
    /// is exempt is not asked; one that answered "does not apply" is.
    pub asked: bool,
    /// Its figure counts. False is "tham khảo, không cộng": the unit is not of the kind that owns the figure.
    pub counts: bool,
    /// The figure; for a ratio, the numerator. None is blank.
    pub value: Option<Amount>,
    /// The denominator of a ratio; none for everything else.
    pub denominator: Option<Amount>,
    /// Set where the row is the total of a lower collector: its n and N. It folds by the rule between levels.
    pub leaves: Option<(u32, u32)>,
}

impl UnitRow {
    /// A unit that is asked and counts, with its figure or blank.
    pub fn plain(value: Option<Amount>) -> UnitRow {
        UnitRow { asked: true, counts: true, value, denominator: None, leaves: None }
    }

    /// A unit that is asked and counts, with the two parts of a ratio.
    pub fn ratio(numerator: Option<Amount>, denominator: Option<Amount>) -> UnitRow {
        UnitRow { asked: true, counts: true, value: numerator, denominator, leaves: None }
    }

    /// The total of a lower collector as one row of the fold above it.
    pub fn of_total(total: &Total) -> UnitRow {
        let amount = |value| Amount { value, estimated: total.estimated, approximate: total.approximate };
        UnitRow {
            asked: true,
            counts: true,
            value: total.value.or(total.numerator).map(amount),
            denominator: total.denominator.map(amount),
            leaves: Some((total.n, total.of)),
        }
    }

    /// Whether it is added up.
    pub(super) fn enters(&self) -> bool {
        self.asked && self.counts
    }

    pub(super) fn has_figure(&self, rule: UnitRule) -> bool {
        self.value.is_some() && (rule != UnitRule::Ratio || self.denominator.is_some())
    }
}

/// A fold over the units of one collector, fed row by row.
#[derive(Clone, Debug)]
pub struct UnitFold {
    indicator: String,
    rule: UnitRule,
    sum: i128,
    denominator: i128,
    largest: Option<i64>,
    owners: u32,
    n: u32,
    of: u32,
    estimated: bool,
    approximate: bool,
}

impl UnitFold {
    /// An empty fold of the indicator with this code.
    pub fn new(indicator: &str, rule: UnitRule) -> UnitFold {
        UnitFold {
            indicator: indicator.to_owned(),
            rule,
            sum: 0,
            denominator: 0,
            largest: None,
            owners: 0,
            n: 0,
            of: 0,
            estimated: false,
            approximate: false,
        }
    }

    /// Takes in one unit. Refuses a second owner of a figure that only one may own.
    pub fn push(&mut self, row: &UnitRow) -> Result<(), FoldError> {
        if !row.enters() {
            return Ok(());
        }
        // A unit is one of one; the total of a lower collector brings its own n and N.
        let (n, of) = row.leaves.unwrap_or((1, 1));
        self.of = self.of.checked_add(of).ok_or_else(|| self.overflow())?;
        let Some(amount) = row.value else { return Ok(()) };
        let marks = match (self.rule, row.denominator) {
            (UnitRule::Ratio, None) => return Ok(()),
            (UnitRule::Ratio, Some(denominator)) => {
                self.denominator += i128::from(denominator.value);
                amount.marked_like(denominator)
            }
            _ => amount,
        };
        // One owner within a collector; between levels the owners' figures add up.
        if self.rule == UnitRule::Owner && row.leaves.is_none() {
            if self.owners > 0 {
                return Err(FoldError::SeveralOwners {
                    indicator: self.indicator.clone(),
                    units: Vec::new(),
                });
            }
            self.owners += 1;
        }
        self.sum += match self.rule {
            UnitRule::CountTrue if row.leaves.is_none() => i128::from(amount.value != 0),
            _ => i128::from(amount.value),
        };
        self.largest = self.largest.max(Some(amount.value));
        self.n = self.n.checked_add(n).ok_or_else(|| self.overflow())?;
        self.estimated |= marks.estimated;
        self.approximate |= marks.approximate;
        Ok(())
    }

    /// The total of what was taken in, or the overflow.
    pub fn finish(self) -> Result<Total, FoldError> {
        let mut total = Total {
            n: self.n,
            of: self.of,
            estimated: self.estimated,
            approximate: self.approximate,
            ..Total::default()
        };
        if self.n == 0 {
            return Ok(total);
        }
        match self.rule {
            UnitRule::Max => total.value = self.largest,
            UnitRule::Ratio => {
                total.numerator = Some(checked(&self.indicator, self.sum)?);
                total.denominator = Some(checked(&self.indicator, self.denominator)?);
            }
            UnitRule::Sum | UnitRule::Owner | UnitRule::CountTrue => {
                total.value = Some(checked(&self.indicator, self.sum)?);
            }
        }
        Ok(total)
    }

    fn overflow(&self) -> FoldError {
        FoldError::Overflow { indicator: self.indicator.clone(), figures: Vec::new() }
    }
}

/// The total of one indicator over the units of one collector.
pub fn fold_units<'a>(
    indicator: &str,
    rule: UnitRule,
    rows: impl IntoIterator<Item = &'a UnitRow>,
) -> Result<Total, FoldError> {
    let mut fold = UnitFold::new(indicator, rule);
    for row in rows {
        fold.push(row)?;
    }
    fold.finish()
}

/// The total of a level from the totals of the collectors below it.
pub fn fold_levels<'a>(
    indicator: &str,
    rule: LevelRule,
    totals: impl IntoIterator<Item = &'a Total>,
) -> Result<Total, FoldError> {
    let (mut value, mut numerator, mut denominator) = (None, None, None);
    let (mut n, mut of) = (0_u32, 0_u32);
    let mut result = Total::default();
    let overflow = || FoldError::Overflow { indicator: indicator.to_owned(), figures: Vec::new() };
    for total in totals {
        value = match rule {
            LevelRule::Max => value.max(total.value.map(i128::from)),
            LevelRule::Sum | LevelRule::Ratio => add(value, total.value),
        };
        numerator = add(numerator, total.numerator);
        denominator = add(denominator, total.denominator);
        n = n.checked_add(total.n).ok_or_else(overflow)?;
        of = of.checked_add(total.of).ok_or_else(overflow)?;
        result.estimated |= total.estimated;
        result.approximate |= total.approximate;
    }
    let narrow = |sum: Option<i128>| sum.map(|sum| checked(indicator, sum)).transpose();
    result.value = narrow(value)?;
    result.numerator = narrow(numerator)?;
    result.denominator = narrow(denominator)?;
    result.n = n;
    result.of = of;
    Ok(result)
}

/// Adds a figure to a sum in which nothing is not zero.
fn add(sum: Option<i128>, figure: Option<i64>) -> Option<i128> {
    match figure {
        Some(figure) => Some(sum.unwrap_or(0) + i128::from(figure)),
        None => sum,
    }
}
