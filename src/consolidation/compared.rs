//! One indicator in two periods, folded over all units, by kind of unit and unit by unit. Between the two sides as loaded
//! and the page that shows them.

use super::base::Base;
use super::beside::Beside;
use super::catalogue::{Catalogue, Indicator};
use super::compare::{Pair, compare};
use super::content::{FigureStatus, IndicatorLine, RatioParts, Telling, UnitFigure, UnitLine};
use super::fold::{UnitRow, fold_units};
use super::fraction::PartDecimals;
use super::past::Carried;
use super::succession::Succession;
use super::total::{FoldError, Total};
use crate::indicators::UnitRule;

/// One indicator in both periods: over all units, by kind of unit and unit by unit. The line's "same period" is whatever
/// the period is put beside.
#[derive(Clone, Debug)]
pub struct Compared {
    pub group: String,
    pub line: IndicatorLine,
    /// Heading of the kind, and its units.
    pub kinds: Vec<(String, IndicatorLine)>,
    pub units: Vec<(String, IndicatorLine)>,
}

/// One unit's two sides of an indicator.
struct Row {
    name: String,
    kind: String,
    now: Option<UnitRow>,
    then: Option<UnitRow>,
    /// Of a lower collector: both totals over its units with both.
    below: Option<(Total, Total)>,
}

/// Every indicator that somebody is asked for, on both sides.
///
/// # Errors
/// [`FoldError`] for a total that does not fit.
pub(super) fn both(
    catalogue: &Catalogue,
    now: &Base,
    then: Option<&(Base, Succession)>,
    beside: Beside,
) -> Result<Vec<Compared>, FoldError> {
    let carried = then.map(|(base, succession)| Carried::over(base, succession));
    let mut compared = Vec::new();
    for indicator in &catalogue.indicators {
        let same = then.is_none_or(|(base, _)| base.same_measure(indicator));
        let rows = rows(indicator, now, then, carried.as_ref().filter(|_| same), beside)?;
        if rows.iter().all(|row| row.now.is_none() && row.below.is_none()) {
            continue;
        }
        let line = |rows: &[&Row]| line(catalogue, indicator, rows, then.is_some());
        let all: Vec<&Row> = rows.iter().collect();
        let mut whole = line(&all)?;
        if beside != Beside::YearToDate {
            whole.total = now.total(&indicator.code, indicator.rule)?;
            whole.telling.now = now.tells_one(&indicator.code);
            if let Some((base, _)) = then.filter(|_| same) {
                whole.same_period = Some(base.total(&indicator.code, indicator.rule)?);
                whole.telling.same_period = base.tells_one(&indicator.code);
            }
        }
        let mut kinds: Vec<(String, Vec<&Row>)> = Vec::new();
        for row in &rows {
            match kinds.iter_mut().find(|(kind, _)| *kind == row.kind) {
                Some((_, others)) => others.push(row),
                None => kinds.push((row.kind.clone(), vec![row])),
            }
        }
        let kinds = kinds.into_iter().map(|(kind, rows)| Ok((kind, line(&rows)?)));
        let kinds = kinds.collect::<Result<_, FoldError>>()?;
        let units = rows.iter().map(|row| Ok((row.name.clone(), line(&[row])?)));
        let units = units.collect::<Result<_, FoldError>>()?;
        compared.push(Compared { group: indicator.group.clone(), line: whole, kinds, units });
    }
    Ok(compared)
}

/// The rows of now in protocol order, then bodies that reported only then.
fn rows(
    indicator: &Indicator,
    now: &Base,
    then: Option<&(Base, Succession)>,
    carried: Option<&Carried>,
    beside: Beside,
) -> Result<Vec<Row>, FoldError> {
    let (code, rule) = (indicator.code.as_str(), indicator.rule);
    let of = |line: &'_ UnitLine| -> Option<UnitFigure> {
        let figure = line.figures.iter().find(|figure| figure.indicator == code)?;
        let asked = !matches!(figure.state, FigureStatus::NotAsked | FigureStatus::Exempt);
        (asked && figure.counts).then(|| figure.clone())
    };
    let mut rows = Vec::new();
    for (unit, line) in &now.units {
        let Some(figure) = of(line) else { continue };
        let then = match carried.filter(|_| !line.consolidated) {
            Some(carried) => carried.beside(code, rule, *unit)?,
            None => None,
        };
        let below = figure.compared.as_deref().copied();
        rows.push(Row {
            name: line.name.clone(),
            kind: line.kind_name.clone(),
            now: Some(figure.row()),
            then,
            below: below.filter(|_| line.consolidated && beside == Beside::SamePeriod),
        });
    }
    let Some(((base, succession), carried)) = then.zip(carried) else { return Ok(rows) };
    for (unit, line) in base.units.iter().filter(|(_, line)| !line.consolidated) {
        let here = succession.today(*unit).is_some_and(|today| {
            now.units.iter().any(|(other, line)| *other == today && !line.consolidated && of(line).is_some())
        });
        if here || of(line).is_none() {
            continue;
        }
        let (name, then) = match succession.today(*unit).filter(|today| today == unit) {
            Some(_) => (line.name.clone(), carried.beside(code, rule, *unit)?),
            // A body that was divided may have the name of one that came after it.
            None => (format!("{} (trước khi sắp xếp)", line.name), of(line).map(|figure| figure.row())),
        };
        rows.push(Row {
            name,
            kind: line.kind_name.clone(),
            now: None,
            then: then.filter(|row| row.has_figure(rule)),
            below: None,
        });
    }
    rows.retain(|row| row.now.is_some() || row.then.is_some());
    Ok(rows)
}

fn line(
    catalogue: &Catalogue,
    indicator: &Indicator,
    rows: &[&Row],
    has_past: bool,
) -> Result<IndicatorLine, FoldError> {
    let (code, rule) = (indicator.code.as_str(), indicator.rule);
    let parts = indicator.parts.and_then(|(above, below)| catalogue.get(above).zip(catalogue.get(below)));
    let ratio = parts.map(|(above, below)| RatioParts {
        numerator: above.code.clone(),
        denominator: below.code.clone(),
        decimals: PartDecimals { numerator: above.decimals, denominator: below.decimals },
    });
    let decimals = ratio.as_ref().map(|ratio| ratio.decimals).unwrap_or_default();
    let nothing = UnitRow { asked: false, counts: false, ..UnitRow::plain(None) };
    // Over a year the one who owns a figure may have changed: what each said adds up.
    let whole = |row: UnitRow| match (rule, row.leaves) {
        (UnitRule::Owner, None) => UnitRow { leaves: Some((1, 1)), ..row },
        _ => row,
    };
    let side = |side: fn(&Row) -> Option<UnitRow>| -> Result<Total, FoldError> {
        let rows: Vec<UnitRow> = rows.iter().filter_map(|row| side(row)).map(whole).collect();
        fold_units(code, rule, &rows)
    };
    let pair = |row: &&Row| match row.below {
        Some((now, then)) => Pair { now: UnitRow::of_total(&now), before: UnitRow::of_total(&then) },
        None => Pair {
            now: row.now.filter(|now| now.leaves.is_none()).map_or(nothing, whole),
            before: row.then.map_or(nothing, whole),
        },
    };
    let pairs: Vec<Pair> = rows.iter().map(pair).collect();
    Ok(IndicatorLine {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        measure_unit: indicator.measure_unit.clone(),
        value_type: indicator.value_type,
        decimals: if rule == UnitRule::Ratio { 0 } else { indicator.decimals },
        display_exponent: parts.map_or(indicator.display_exponent, |(above, _)| above.display_exponent),
        rule,
        ratio,
        total: side(|row| row.now)?,
        same_period: if has_past { Some(side(|row| row.then)?) } else { None },
        cumulative: None,
        comparison: if has_past { Some(compare(code, rule, decimals, &pairs)?) } else { None },
        note: String::new(),
        same_period_word: String::new(),
        telling: Telling::default(),
    })
}
