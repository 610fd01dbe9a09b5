//! Where the two sides of a comparison are read from: both are over the units with figures in both periods (product rule 1).
//! The sheet *Tổng hợp* and its charts take them from the same cells.

use std::collections::HashSet;

use super::number::Scale;
use super::schema::Column;
use super::{WorkbookError, data};
use crate::consolidation::content::{EditionContent, IndicatorLine};
use crate::consolidation::{Comparison, EditionCopy, Total};
use crate::indicators::UnitRule;

/// What formulas of a workbook can add up: the rows of units on *Dữ liệu*.
pub(super) struct UnitRows<'a> {
    copy: EditionCopy,
    classified: HashSet<String>,
    /// Rows of lower collectors are totals: what compares their units is not on the sheet.
    levels: bool,
    rows: u32,
    /// The sheet of the totals as formulas of another sheet name it.
    summary: &'a str,
}

impl<'a> UnitRows<'a> {
    pub(super) fn of(content: &EditionContent, copy: EditionCopy, summary: &'a str) -> UnitRows<'a> {
        UnitRows {
            copy,
            classified: content.classified(),
            levels: content.units.iter().any(|unit| unit.consolidated),
            rows: data::row_count(content, copy),
            summary,
        }
    }

    /// How many rows hold the units of an indicator and others; none where its units' rows are not in the copy.
    fn of_line(&self, line: &IndicatorLine) -> Option<u32> {
        let shown = self.copy.shows_units(self.classified.contains(&line.code)) && !self.levels;
        shown.then_some(self.rows)
    }
}

/// Where the two sides are read from.
pub(super) struct Sources {
    pub(super) now: String,
    pub(super) before: String,
    /// Both are bare numbers: there are no cells to read.
    pub(super) bare: bool,
}

impl Sources {
    /// The cells of the indicator's row on *Tổng hợp*, counted from 0, where both totals are over the units compared; else
    /// the sums of just those units from *Dữ liệu*; for what does not add up (maximum, ratio) and for units whose rows are not
    /// in the copy, the two numbers. `here`: the formula stands on *Tổng hợp* itself.
    pub(super) fn of(
        line: &IndicatorLine,
        comparison: &Comparison,
        row: u32,
        rows: &UnitRows<'_>,
        here: bool,
    ) -> Result<Sources, WorkbookError> {
        let row = row + 1;
        let sheet = if here { String::new() } else { format!("'{}'!", rows.summary) };
        if compares_its_totals(line) {
            return Ok(Sources {
                now: format!("{sheet}F{row}"),
                before: format!("{sheet}E{row}"),
                bare: false,
            });
        }
        let adds_up = !matches!(line.rule, UnitRule::Max | UnitRule::Ratio);
        let Some(count) = rows.of_line(line).filter(|_| adds_up) else {
            let scale = Scale::of(line);
            let side = |total| total_shown(line, total).map_or(Ok(0.0), |value| scale.number(value));
            let (now, before) = (side(&comparison.now)?, side(&comparison.before)?);
            return Ok(Sources { now: now.to_string(), before: before.to_string(), bare: true });
        };
        let code = format!("{sheet}$B{row}");
        Ok(Sources {
            now: data::sum_over_units_with_both(Column::Value, &code, count),
            before: data::sum_over_units_with_both(Column::SamePeriod, &code, count),
            bare: false,
        })
    }
}

/// Whether the difference in a row, where there is one, is that of the two totals in it: both are over the units compared.
pub(super) fn compares_its_totals(line: &IndicatorLine) -> bool {
    let Some(comparison) = line.compared() else { return true };
    comparison.difference.is_none()
        || comparison.now.n == line.total.n
            && line.same_period.is_some_and(|before| before.n == comparison.before.n)
}

pub(super) fn total_shown(line: &IndicatorLine, total: &Total) -> Option<i64> {
    line.shown(total.reading())
}
