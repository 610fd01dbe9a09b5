//! Units' lines in, groups of indicators with totals and comparisons out. Pure: no database here.

use std::collections::HashMap;

use super::catalogue::{Catalogue, Indicator};
use super::compare::{Pair, compare};
use super::content::{IndicatorGroup, IndicatorLine, RatioParts, UnitFigure, UnitLine};
use super::fold::{UnitRow, fold_units};
use super::fraction::PartDecimals;
use super::past::{Past, reading};
use super::total::FoldError;
use crate::db::ids::UnitId;
use crate::indicators::UnitRule;

/// The totals of everything some unit is asked, and the units with the column of the same period filled in.
///
/// # Errors
/// [`FoldError`], which names the indicator.
pub(super) fn assemble(
    catalogue: &Catalogue,
    mut units: Vec<(UnitId, UnitLine)>,
    past: Option<&Past>,
) -> Result<(Vec<IndicatorGroup>, Vec<UnitLine>), FoldError> {
    let asked: HashMap<&str, &Indicator> =
        catalogue.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect();
    let mut pairs: HashMap<String, Rows> = HashMap::new();
    for (unit, line) in &mut units {
        for figure in &mut line.figures {
            let Some(&indicator) = asked.get(figure.indicator.as_str()) else { continue };
            let rows = pairs.entry(figure.indicator.clone()).or_default();
            rows.now.push(figure.row());
            if line.consolidated {
                // Its edition has compared its own units already.
                if let Some((now, before)) = figure.compared.filter(|_| figure.counts) {
                    let (now, before) = (UnitRow::of_total(&now), UnitRow::of_total(&before));
                    rows.pairs.push(Pair { now, before });
                }
                continue;
            }
            let rule = indicator.rule;
            let before = match past.filter(|past| past.same_measure(indicator)) {
                Some(past) => past.beside(&figure.indicator, rule, *unit)?,
                None => None,
            };
            if let Some(before) = &before {
                figure.same_period = reading(rule, before);
            }
            let nothing = UnitRow { asked: false, counts: false, ..UnitRow::plain(None) };
            rows.pairs.push(Pair { now: figure.row(), before: before.unwrap_or(nothing) });
        }
    }
    let mut groups = Vec::new();
    for group in &catalogue.groups {
        let mut indicators = Vec::new();
        for indicator in catalogue.indicators.iter().filter(|indicator| indicator.group == group.code) {
            if let Some(rows) = pairs.get(&indicator.code) {
                let line = line(catalogue, indicator, rows, past);
                indicators.push(line.map_err(|error| named(error, &units))?);
            }
        }
        if !indicators.is_empty() {
            groups.push(IndicatorGroup {
                code: group.code.clone(),
                name: group.name.clone(),
                classified: group.classified,
                indicators,
            });
        }
    }
    Ok((groups, units.into_iter().map(|(_, line)| line).collect()))
}

/// What the units say of one indicator: for its total, and for the comparison with the earlier period.
#[derive(Default)]
struct Rows {
    now: Vec<UnitRow>,
    pairs: Vec<Pair>,
}

/// The error with the names of those who both gave a figure that has one owner.
fn named(error: FoldError, lines: &[(UnitId, UnitLine)]) -> FoldError {
    let FoldError::SeveralOwners { indicator, .. } = error else { return error };
    let gave = |line: &UnitLine| {
        let figures = line.figures.iter().filter(|figure| figure.indicator == indicator);
        figures.map(UnitFigure::row).any(|row| row.enters() && row.value.is_some())
    };
    let units = lines.iter().filter(|(_, line)| gave(line)).map(|(_, line)| line.name.clone()).collect();
    FoldError::SeveralOwners { indicator, units }
}

fn line(
    catalogue: &Catalogue,
    indicator: &Indicator,
    rows: &Rows,
    past: Option<&Past>,
) -> Result<IndicatorLine, FoldError> {
    let (code, rule) = (&indicator.code, indicator.rule);
    let past = past.filter(|past| past.same_measure(indicator));
    let parts = indicator.parts.and_then(|(above, below)| catalogue.get(above).zip(catalogue.get(below)));
    let ratio = parts.map(|(above, below)| RatioParts {
        numerator: above.code.clone(),
        denominator: below.code.clone(),
        decimals: PartDecimals { numerator: above.decimals, denominator: below.decimals },
    });
    let decimals = ratio.as_ref().map(|ratio| ratio.decimals).unwrap_or_default();
    let total = fold_units(code, rule, &rows.now)?;
    Ok(IndicatorLine {
        code: code.clone(),
        name: indicator.name.clone(),
        measure_unit: indicator.measure_unit.clone(),
        value_type: indicator.value_type,
        decimals: if rule == UnitRule::Ratio { 0 } else { indicator.decimals },
        display_exponent: parts.map_or(indicator.display_exponent, |(above, _)| above.display_exponent),
        rule,
        ratio,
        total,
        same_period: past.map(|past| past.total(code, rule)).transpose()?,
        comparison: past.map(|_| compare(code, rule, decimals, &rows.pairs)).transpose()?,
        note: String::new(),
    })
}
