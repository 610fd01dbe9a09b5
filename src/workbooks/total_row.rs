//! The total row of a sheet by unit. Every formula says nothing where there is nothing (blank is not zero),
//! carries its result for readers that do not compute, and that result is folded exactly from the same
//! figures: if it is not the edition's total, no workbook is written.

use rust_xlsxwriter::{Formula, Worksheet};

use super::by_unit::Place;
use super::number::Scale;
use super::schema::letters;
use super::{WorkbookError, style};
use crate::consolidation::content::{UnitFigure, UnitLine};
use crate::consolidation::{Total, UnitRow, fold_units};
use crate::indicators::UnitRule;

/// The rows the formulas run over, as numbered in the spreadsheet.
pub(super) struct Rows {
    pub(super) first: u32,
    pub(super) last: u32,
    /// The first row of a lower collector's total, where there is one: it adds up where units are counted.
    pub(super) lower: Option<u32>,
}

/// Writes the total of one indicator.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    place: &Place<'_>,
    rows: &Rows,
    units: &[UnitLine],
) -> Result<(), WorkbookError> {
    let line = place.line;
    let total = check(place, units)?;
    let range = |column: u16| {
        let letters = letters(column);
        format!("{letters}{}:{letters}{}", rows.first, rows.last)
    };
    if line.rule == UnitRule::Ratio {
        let (left, right) = place.parts();
        return ratio(sheet, row, place, &total, &range(left), &range(right), units);
    }
    let figures = range(place.column);
    let fold = match line.rule {
        UnitRule::Max => format!("MAX({figures})"),
        UnitRule::CountTrue => match rows.lower {
            Some(lower) => {
                let letters = letters(place.column);
                let (units, below) = (
                    format!("{letters}{}:{letters}{}", rows.first, lower - 1),
                    format!("{letters}{lower}:{letters}{}", rows.last),
                );
                format!("COUNTIF({units},\">0\")+SUM({below})")
            }
            None => format!("COUNTIF({figures},\">0\")"),
        },
        _ => format!("SUM({figures})"),
    };
    let result = total.value.map(|value| Scale::of(line).number(value)).transpose()?;
    let formula = format!("=IF(COUNT({figures})=0,\"\",{fold})");
    put(sheet, row, place.column, formula, result, &Scale::of(line).format(total.value.unwrap_or(0)))
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

/// Numerator, denominator and quotient, over the units that have both parts as numbers: a part that does not count is
/// written as words. Where every unit with one part has the other, that is the sum of the one column over the sum of the
/// other. Where the parts are indicators of the sheet their columns have totals of their own, over all who gave them,
/// and only the quotient is written.
fn ratio(
    sheet: &mut Worksheet,
    row: u32,
    place: &Place<'_>,
    total: &Total,
    above: &str,
    below: &str,
    units: &[UnitLine],
) -> Result<(), WorkbookError> {
    let (numerator, denominator) = Scale::of_parts(place.line);
    let (left, right) = place.parts();
    let paired = stand_in_pairs(place, units);
    let one = |range: &str| match paired {
        true => format!("SUM({range})"),
        false => format!("SUMPRODUCT(--ISNUMBER({above}),--ISNUMBER({below}),{range})"),
    };
    let both = match paired {
        true => format!("COUNT({above})"),
        false => format!("SUMPRODUCT(--ISNUMBER({above}),--ISNUMBER({below}))"),
    };
    let mut sides = Vec::new();
    for (column, range, part, scale) in
        [(left, above, total.numerator, numerator), (right, below, total.denominator, denominator)]
    {
        let sum = one(range);
        let result = part.map(|part| scale.number(part)).transpose()?;
        if place.has_own_parts() {
            let format = scale.format(part.unwrap_or(0));
            put(sheet, row, column, format!("=IF({both}=0,\"\",{sum})"), result, &format)?;
        }
        sides.push((sum, result));
    }
    let [(sum_above, above), (sum_below, below)] = sides.as_slice() else { return Ok(()) };
    let result = match (above, below) {
        (Some(above), Some(below)) if *below != 0.0 => Some(100.0 * above / below),
        _ => None,
    };
    let formula = format!("=IF({sum_below}=0,\"\",100*{sum_above}/{sum_below})");
    put(sheet, row, place.result(), formula, result, &Scale::of(place.line).format(0))
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
    let format = style::total().set_align(rust_xlsxwriter::FormatAlign::Right).set_num_format(format);
    sheet.write_formula_with_format(row, column, formula, &format)?;
    Ok(())
}
