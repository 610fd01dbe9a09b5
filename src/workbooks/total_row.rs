//! The total row of a sheet by unit. Every formula says nothing where there is nothing (blank is not zero), leaves out figures
//! that are for reference, carries its result for readers that do not compute, and that result is folded exactly from the same
//! figures: if it is not the edition's total, no workbook is written.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Worksheet};

use super::by_unit::Place;
use super::number::Scale;
use super::runs::{Rows, Runs};
use super::{WorkbookError, style};
use crate::consolidation::content::{UnitFigure, UnitLine};
use crate::consolidation::{Total, UnitRow, fold_units};
use crate::indicators::UnitRule;

/// Writes the total of one indicator; where figures for reference stand among the others in more places than a formula can leave
/// out, the bare number.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    place: &Place<'_>,
    rows: &Rows,
    units: &[UnitLine],
) -> Result<(), WorkbookError> {
    let line = place.line;
    let total = check(place, units)?;
    if line.rule == UnitRule::Ratio {
        return ratio(sheet, row, place, &total, rows, units);
    }
    let column = place.column;
    let format = Scale::of(line).format(total.value.unwrap_or(0));
    let result = total.value.map(|value| Scale::of(line).number(value)).transpose()?;
    let Some(runs) = rows.counting(&[column]) else {
        return bare(sheet, (row, column), result, &format);
    };
    let figures = runs.of(column);
    let fold = match line.rule {
        UnitRule::Max => format!("MAX({figures})"),
        UnitRule::CountTrue => {
            let (units, below) = rows.lower.map_or((runs.clone(), None), |lower| {
                let (units, below) = runs.split(lower);
                (units, Some(below).filter(|below| !below.is_empty()))
            });
            let counted = units.each(column).into_iter().map(|range| format!("COUNTIF({range},\">0\")"));
            let added = below.map(|below| format!("SUM({})", below.of(column)));
            counted.chain(added).collect::<Vec<_>>().join("+")
        }
        _ => format!("SUM({figures})"),
    };
    let formula = format!("=IF(COUNT({figures})=0,\"\",{fold})");
    put(sheet, row, column, formula, result, &format)
}

/// The total of one indicator, folded again from the units' figures; refused if it is not the edition's.
pub(super) fn check(place: &Place<'_>, units: &[UnitLine]) -> Result<Total, WorkbookError> {
    let line = place.line;
    let of_line =
        |unit: &'_ UnitLine| unit.figures.iter().find(|f| f.indicator == line.code).map(UnitFigure::row);
    let rows: Vec<UnitRow> = units.iter().filter_map(of_line).collect();
    let total = fold_units(&line.code, line.rule, &rows)?;
    if total.reading() != line.total.reading() {
        return Err(WorkbookError::TotalDisagrees { indicator: line.code.clone() });
    }
    Ok(total)
}

/// Numerator, denominator and quotient, over the units that have both parts and whose parts count. Where every unit with one part
/// has the other, that is the sum of the one column over the sum of the other. Where the parts are indicators of the sheet
/// their columns have totals of their own, over all who gave them, and only the quotient is written.
fn ratio(
    sheet: &mut Worksheet,
    row: u32,
    place: &Place<'_>,
    total: &Total,
    rows: &Rows,
    units: &[UnitLine],
) -> Result<(), WorkbookError> {
    let (numerator, denominator) = Scale::of_parts(place.line);
    let (left, right) = place.parts();
    let runs = rows.counting(&[left, right, place.result()]);
    let paired = stand_in_pairs(place, units);
    let mut sides = Vec::new();
    for (column, part, scale) in [(left, total.numerator, numerator), (right, total.denominator, denominator)]
    {
        let result = part.map(|part| scale.number(part)).transpose()?;
        let sum = runs.as_ref().map(|runs| added(runs, (left, right), Some(column), paired));
        if place.has_own_parts() {
            let format = scale.format(part.unwrap_or(0));
            match runs.as_ref().zip(sum.as_ref()) {
                Some((runs, sum)) => {
                    let both = added(runs, (left, right), None, paired);
                    put(sheet, row, column, format!("=IF({both}=0,\"\",{sum})"), result, &format)?;
                }
                None => bare(sheet, (row, column), result, &format)?,
            }
        }
        sides.push((sum, result));
    }
    let [(sum_above, above), (sum_below, below)] = sides.as_slice() else { return Ok(()) };
    let result = match (above, below) {
        (Some(above), Some(below)) if *below != 0.0 => Some(100.0 * above / below),
        _ => None,
    };
    let format = Scale::of(place.line).format(0);
    let (Some(above), Some(below)) = (sum_above, sum_below) else {
        return bare(sheet, (row, place.result()), result, &format);
    };
    put(sheet, row, place.result(), format!("=IF({below}=0,\"\",100*{above}/{below})"), result, &format)
}

/// The sum of one column of a ratio's two, over the rows with numbers in both; without one how many rows these are. `paired`: every
/// row with a number in the one has one in the other.
fn added(runs: &Runs, (left, right): (u16, u16), column: Option<u16>, paired: bool) -> String {
    if paired {
        return match column {
            Some(column) => format!("SUM({})", runs.of(column)),
            None => format!("COUNT({})", runs.of(left)),
        };
    }
    let (above, below) = (runs.each(left), runs.each(right));
    let own = column.map(|column| runs.each(column));
    let of_run = |(at, (above, below)): (usize, (&String, &String))| {
        let own = own.as_ref().and_then(|own| own.get(at)).map(|own| format!(",{own}")).unwrap_or_default();
        format!("SUMPRODUCT(--ISNUMBER({above}),--ISNUMBER({below}){own})")
    };
    let sums: Vec<String> = above.iter().zip(&below).enumerate().map(of_run).collect();
    match sums.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join("+")),
    }
}

/// Whether every unit with a number in one of the two columns of a ratio has one in the other.
fn stand_in_pairs(place: &Place<'_>, units: &[UnitLine]) -> bool {
    let number = |unit: &UnitLine, code: &str| {
        let figure = unit.figures.iter().find(|figure| figure.indicator == code);
        figure.is_some_and(|figure| figure.counts && figure.now.value.is_some())
    };
    let own = |unit: &UnitLine| {
        let figure = unit.figures.iter().find(|figure| figure.indicator == place.line.code);
        let parts = figure.filter(|figure| figure.counts).map(|figure| figure.now).unwrap_or_default();
        parts.numerator.is_some() == parts.denominator.is_some()
    };
    match &place.line.ratio {
        Some(ratio) if !place.has_own_parts() => {
            units.iter().all(|unit| number(unit, &ratio.numerator) == number(unit, &ratio.denominator))
        }
        _ => units.iter().all(own),
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    formula: String,
    result: Option<f64>,
    format: &str,
) -> Result<(), WorkbookError> {
    let formula =
        Formula::new(formula).set_result(result.map(|number| number.to_string()).unwrap_or_default());
    sheet.write_formula_with_format(row, column, formula, &number(format))?;
    Ok(())
}

fn bare(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    result: Option<f64>,
    format: &str,
) -> Result<(), WorkbookError> {
    match result {
        Some(result) => sheet.write_number_with_format(row, column, result, &number(format))?,
        None => sheet.write_blank(row, column, &number(format))?,
    };
    Ok(())
}

fn number(format: &str) -> Format {
    style::total().set_align(FormatAlign::Right).set_num_format(format)
}
