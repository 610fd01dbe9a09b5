//! Units' lines in, groups of indicators with totals and comparisons out. Pure: no database here.

use std::collections::HashMap;

use super::catalogue::{Catalogue, Indicator};
use super::compare::{Pair, compare};
use super::content::{IndicatorGroup, IndicatorLine, RatioParts, Telling, UnitFigure, UnitLine};
use super::cumulative::{self, YearSoFar};
use super::fold::{UnitRow, fold_units};
use super::fraction::PartDecimals;
use super::past::{Past, reading};
use super::shown::scaled_words;
use super::total::FoldError;
use crate::db::ids::UnitId;
use crate::indicators::UnitRule;

/// The totals of everything some unit is asked, and the units with the columns of the same period and of the year so
/// far filled in.
///
/// # Errors
/// [`FoldError`], which names the indicator.
pub(super) fn assemble(
    catalogue: &Catalogue,
    mut units: Vec<(UnitId, UnitLine)>,
    past: Option<&Past>,
    year: Option<&YearSoFar>,
) -> Result<(Vec<IndicatorGroup>, Vec<UnitLine>), FoldError> {
    let asked: HashMap<&str, &Indicator> =
        catalogue.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect();
    let mut pairs: HashMap<&str, Rows> = HashMap::new();
    for (unit, line) in &mut units {
        line.took_in =
            past.filter(|_| !line.consolidated).map(|past| past.took_in(*unit)).unwrap_or_default();
        for figure in &mut line.figures {
            let Some(&indicator) = asked.get(figure.indicator.as_str()) else { continue };
            let rows = pairs.entry(indicator.code.as_str()).or_default();
            rows.now.push(figure.row());
            if line.consolidated {
                // Its edition has compared its own units already.
                if let Some((now, before)) = figure.compared.as_deref().copied().filter(|_| figure.counts) {
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
            if let Some(rows) = pairs.get(indicator.code.as_str()) {
                let line = line(catalogue, indicator, rows, past);
                indicators.push(line.map_err(|error| named(error, indicator, &units))?);
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
    // After the totals of the period: what does not fit there is told with the names of those who gave it.
    if let Some(year) = year {
        let so_far = year.fill(catalogue, &mut units)?;
        for group in &mut groups {
            cumulative::put(&so_far, &mut group.indicators);
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

/// Figures named where a total does not fit.
const NAMED: usize = 3;

/// The error with the names of those it comes from: who both gave a figure that has one owner, or who gave the
/// largest figures of a total that does not fit.
fn named(error: FoldError, of: &Indicator, lines: &[(UnitId, UnitLine)]) -> FoldError {
    let rows = |line: &UnitLine| -> Vec<UnitRow> {
        let figures = line.figures.iter().filter(|figure| figure.indicator == of.code);
        figures.map(UnitFigure::row).filter(UnitRow::enters).collect()
    };
    match error {
        FoldError::SeveralOwners { indicator, .. } => {
            let gave = |line: &UnitLine| rows(line).iter().any(|row| row.value.is_some());
            let units =
                lines.iter().filter(|(_, line)| gave(line)).map(|(_, line)| line.name.clone()).collect();
            FoldError::SeveralOwners { indicator, units }
        }
        FoldError::Overflow { indicator, .. } => {
            let mut largest: Vec<(&str, i64)> = Vec::new();
            for (_, line) in lines {
                let amounts = rows(line).into_iter().flat_map(|row| [row.value, row.denominator]).flatten();
                largest.extend(amounts.map(|amount| (line.name.as_str(), amount.value)));
            }
            largest.sort_by_key(|(_, value)| std::cmp::Reverse(value.unsigned_abs()));
            let shift = of.decimals + of.display_exponent;
            let words = |(name, value): &(&str, i64)| format!("{name} {}", scaled_words(*value, shift));
            FoldError::Overflow { indicator, figures: largest.iter().take(NAMED).map(words).collect() }
        }
        other => other,
    }
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
    let same_period = past.map(|past| past.total(code, rule)).transpose()?;
    let word = past.zip(same_period.as_ref()).map(|(past, total)| past.word(indicator, total));
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
        same_period,
        same_period_word: word.unwrap_or_default().to_owned(),
        comparison: past.map(|_| compare(code, rule, decimals, &rows.pairs)).transpose()?,
        cumulative: None,
        note: String::new(),
        telling: Telling { now: false, same_period: past.is_some_and(|past| past.tells_one(code)) },
    })
}
