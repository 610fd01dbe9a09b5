//! The cells of one unit's figure on a sheet *Theo đơn vị*: a number in the format its words need, a formula for a
//! percentage, a star in the format of what does not count, grey where the unit is not asked.

use std::collections::{BTreeSet, HashMap};

use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::by_unit::Place;
use super::number::{Scale, precision};
use super::schema::letters;
use super::{WorkbookError, style};
use crate::consolidation::content::{FigureStatus, IndicatorLine, UnitFigure};
use crate::indicators::{UnitRule, ValueType};

/// The formats of a sheet's figures, each made once: a province has hundreds of thousands of cells in a few of them.
pub(super) struct Cells {
    numbers: HashMap<String, Format>,
    references: HashMap<String, Format>,
    closed: Format,
    empty: Format,
    /// By column: the rows, as numbered in the spreadsheet, of figures that do not count, which no total adds.
    pub(super) not_counted: HashMap<u16, BTreeSet<u32>>,
}

impl Default for Cells {
    fn default() -> Self {
        Cells {
            numbers: HashMap::new(),
            references: HashMap::new(),
            closed: style::closed(),
            empty: style::empty(),
            not_counted: HashMap::new(),
        }
    }
}

impl Cells {
    fn number(&mut self, format: String) -> &Format {
        self.numbers.entry(format).or_insert_with_key(|format| style::number(format))
    }

    fn reference(&mut self, format: String) -> &Format {
        let make = |format: &String| style::reference().set_num_format(format);
        self.references.entry(format).or_insert_with_key(make)
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
    // Behind a number that is shown and never added.
    let star = if figure.counts { "" } else { " *" };
    if line.rule != UnitRule::Ratio {
        let format = match line.value_type {
            ValueType::Bool if figure.total.is_none() => {
                format!("\"Có{star}\";\"Có{star}\";\"Không{star}\"")
            }
            _ => {
                let format = figure.now.value.map_or_else(String::new, |value| scale.format(value));
                marked(&words, format, star)
            }
        };
        let now = figure.now.value;
        return value(sheet, cells, (row, place.column), figure.counts, now, scale, format);
    }
    let (numerator, denominator) = Scale::of_parts(line);
    let (left, right) = place.parts();
    let own = [(left, figure.now.numerator, numerator), (right, figure.now.denominator, denominator)];
    for (column, part, scale) in own.into_iter().filter(|_| place.has_own_parts()) {
        let format = part.map_or_else(String::new, |part| marked("", scale.format(part), star));
        value(sheet, cells, (row, column), figure.counts, part, scale, format)?;
    }
    let percent = line.shown(figure.now);
    let format = marked(&words, scale.format(percent.unwrap_or(0)), star);
    let parts = figure.now.numerator.zip(figure.now.denominator).filter(|_| figure.counts);
    let (Some((above, below)), Some(_)) = (parts, percent) else {
        return value(sheet, cells, (row, place.result()), figure.counts, percent, scale, format);
    };
    let result = 100.0 * numerator.number(above)? / denominator.number(below)?;
    let (a, b) = (letters(left), letters(right));
    let formula = Formula::new(format!("=100*{a}{0}/{b}{0}", row + 1)).set_result(result.to_string());
    sheet.write_formula_with_format(row, place.result(), formula, cells.number(format))?;
    Ok(())
}

/// Letters a figure takes with the marks beside it; none of one without any, which is no longer than its total.
pub(super) fn marked_length(figure: &UnitFigure, line: &IndicatorLine) -> Option<usize> {
    if figure.counts && !figure.is_estimate() && !figure.is_approximate() {
        return None;
    }
    let (numerator, denominator) = Scale::of_parts(line);
    let parts = [(figure.now.numerator, numerator), (figure.now.denominator, denominator)];
    let shown = line.shown(figure.now).map(|value| Scale::of(line).words(value));
    let parts = parts.into_iter().filter_map(|(part, scale)| part.map(|part| scale.words(part)));
    let longest = shown.into_iter().chain(parts).map(|words| words.chars().count()).max()?;
    let words = precision(figure);
    let before = if words.is_empty() { 0 } else { words.chars().count() + 1 };
    Some(before + longest + if figure.counts { 0 } else { 2 })
}

/// A number format that shows words such as "gần" before the number, and a star behind it: `"gần "#,##0" *"`.
fn marked(words: &str, format: String, star: &str) -> String {
    let words = if words.is_empty() { String::new() } else { format!("\"{words} \"") };
    let star = if star.is_empty() { String::new() } else { format!("\"{star}\"") };
    format!("{words}{format}{star}")
}

/// One figure, one blank, or a figure that does not count, which is noted.
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
            sheet.write_number_with_format(row, column, scale.number(value)?, cells.reference(format))?;
            cells.not_counted.entry(column).or_default().insert(row + 1);
        }
        None => {
            sheet.write_blank(row, column, &cells.empty)?;
        }
    }
    Ok(())
}
