//! The cells of one unit's figure on a sheet *Theo đơn vị*: a number in the format its words need, a formula for a
//! percentage, words for what does not count, grey where the unit is not asked.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::by_unit::Place;
use super::cell_text::CellText;
use super::number::{Scale, precision};
use super::schema::letters;
use super::{WorkbookError, style};
use crate::consolidation::content::{FigureStatus, UnitFigure};
use crate::indicators::{UnitRule, ValueType};

/// The formats of a sheet's figures, each made once: a province has hundreds of thousands of cells in a few of them.
pub(super) struct Cells {
    numbers: HashMap<String, Format>,
    reference: Format,
    closed: Format,
    empty: Format,
}

impl Default for Cells {
    fn default() -> Self {
        Cells {
            numbers: HashMap::new(),
            reference: style::reference(),
            closed: style::closed(),
            empty: style::empty(),
        }
    }
}

impl Cells {
    fn number(&mut self, format: String) -> &Format {
        self.numbers.entry(format).or_insert_with_key(|format| style::number(format))
    }
}

/// What one unit says of one indicator, in the columns of its place.
pub(super) fn write(
    sheet: &mut Worksheet,
    cells: &mut Cells,
    (row, place): (u32, &Place<'_>),
    figure: Option<&UnitFigure>,
) -> Result<(), WorkbookError> {
    let line = place.line;
    let asked = figure.filter(|figure| figure.state != FigureStatus::NotAsked);
    let Some(figure) = asked else {
        for column in place.column..place.column + place.columns() {
            sheet.write_blank(row, column, &cells.closed)?;
        }
        return Ok(());
    };
    let words = precision(figure);
    let scale = Scale::of(line);
    if line.rule != UnitRule::Ratio {
        let format = match line.value_type {
            ValueType::Bool if figure.total.is_none() => "\"Có\";\"Có\";\"Không\"".to_owned(),
            _ => with_words(&words, figure.now.value.map_or_else(String::new, |value| scale.format(value))),
        };
        let now = figure.now.value;
        return value(sheet, cells, (row, place.column), figure.counts, now, scale, format);
    }
    let (numerator, denominator) = Scale::of_parts(line);
    let (left, right) = place.parts();
    let own = [(left, figure.now.numerator, numerator), (right, figure.now.denominator, denominator)];
    for (column, part, scale) in own.into_iter().filter(|_| place.has_own_parts()) {
        let format = part.map_or_else(String::new, |part| scale.format(part));
        value(sheet, cells, (row, column), figure.counts, part, scale, format)?;
    }
    let percent = line.shown(figure.now);
    let format = scale.format(percent.unwrap_or(0));
    let parts = figure.now.numerator.zip(figure.now.denominator).filter(|_| figure.counts);
    let (Some((above, below)), Some(_)) = (parts, percent) else {
        return value(sheet, cells, (row, place.result()), figure.counts, percent, scale, format);
    };
    let result = 100.0 * numerator.number(above)? / denominator.number(below)?;
    let (a, b) = (letters(left), letters(right));
    let formula = Formula::new(format!("=100*{a}{0}/{b}{0}", row + 1)).set_result(result.to_string());
    sheet.write_formula_with_format(
        row,
        place.result(),
        formula,
        cells.number(with_words(&words, format)),
    )?;
    Ok(())
}

/// A number format that shows words such as "gần" before the number.
fn with_words(words: &str, format: String) -> String {
    if words.is_empty() { format } else { format!("\"{words} \"{format}") }
}

/// One figure, one blank, or the words of a figure that does not count.
fn value(
    sheet: &mut Worksheet,
    cells: &mut Cells,
    (row, column): (u32, u16),
    counts: bool,
    value: Option<i64>,
    scale: Scale<'_>,
    format: String,
) -> Result<(), WorkbookError> {
    match value {
        Some(value) if counts => {
            sheet.write_number_with_format(row, column, scale.number(value)?, cells.number(format))?;
        }
        Some(value) => {
            let words = format!("{} *", scale.words(value));
            sheet.words(row, column, words, &cells.reference)?;
        }
        None => {
            sheet.write_blank(row, column, &cells.empty)?;
        }
    }
    Ok(())
}
