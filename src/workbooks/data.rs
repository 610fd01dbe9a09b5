//! The sheet *Dữ liệu*: one row per indicator and total or unit, for the machine that merges the workbooks of
//! the provinces. Header in row 1, no merged cells, no formulas. Numbers in the unit of measure of the row;
//! numerator and denominator in that of their own indicators, money in đồng.

use rust_xlsxwriter::Worksheet;

use super::cell_text::{CellText, fitting};
use super::number::{Scale, precision};
use super::plain_rows::PlainRows;
use super::schema::{Column, DATA, WITHHELD, letters, rule_code};
use super::{WorkbookError, style};
use crate::consolidation::content::{
    EditionContent, FigureStatus, IndicatorGroup, IndicatorLine, Reading, UnitFigure, UnitLine,
};
use crate::consolidation::{EditionCopy, Total};
use crate::indicators::facts::PREFIX;
use crate::vietnamese::Qualifier;

/// Rows below the header.
pub(super) fn row_count(content: &EditionContent, copy: EditionCopy) -> u32 {
    let classified = content.classified();
    let rows = |line: &IndicatorLine| {
        let units = if copy.shows_units(classified.contains(&line.code)) { content.units.len() } else { 0 };
        units + 1
    };
    u32::try_from(content.lines().map(|(_, line)| rows(line)).sum::<usize>()).unwrap_or(u32::MAX)
}

/// A formula that adds one column over the counting units of an indicator with figures in both periods.
pub(super) fn sum_over_units_with_both(column: Column, code: &str, rows: u32) -> String {
    let last = rows + 1;
    let range = |column: Column| {
        let column = letters(column.at());
        format!("'{DATA}'!${column}$2:${column}${last}")
    };
    format!(
        "SUMIFS({},{},{code},{},\"don_vi\",{},\"co\",{},\"<>\",{},\"<>\")",
        range(column),
        range(Column::Indicator),
        range(Column::Level),
        range(Column::Counts),
        range(Column::Value),
        range(Column::SamePeriod),
    )
}

/// Writes the header and the frame of the sheet.
pub(super) fn begin(sheet: &mut Worksheet, rows: u32) -> Result<(), WorkbookError> {
    sheet.set_name(DATA)?;
    super::page::set_up(sheet);
    // For machines only: out of sight, so that it is not printed when a clerk prints the whole file.
    sheet.set_hidden(true);
    for (column, _, width) in Column::ALL {
        sheet.set_column_width(column.at(), width)?;
    }
    for (column, heading, _) in Column::ALL {
        sheet.words(0, column.at(), heading, &style::machine_header())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let last_column = u16::try_from(Column::ALL.len() - 1).unwrap_or_default();
    sheet.autofilter(0, 0, rows, last_column)?;
    Ok(())
}

/// Writes the rows of an edition.
pub(super) fn write(
    rows: &mut PlainRows<'_>,
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<(), WorkbookError> {
    let mut rows = Rows { rows, province: &content.identity.province_code };
    // Every unit's figures stand in catalogue order: each is looked at where the last one was found.
    let (mut next, classified) = (vec![0_usize; content.units.len()], content.classified());
    for group in &content.groups {
        for line in &group.indicators {
            let closed = classified.contains(&line.code);
            rows.total(group, line, closed)?;
            for (unit, next) in content.units.iter().zip(&mut next) {
                let figure = figure_of(unit, line, next);
                if copy.shows_units(closed) {
                    rows.unit(line, unit, figure)?;
                }
            }
        }
    }
    Ok(())
}

/// The figure of a unit for an indicator, looked for from where the one before was.
pub(super) fn figure_of<'a>(
    unit: &'a UnitLine,
    line: &IndicatorLine,
    next: &mut usize,
) -> Option<&'a UnitFigure> {
    let here = |at: usize| unit.figures.get(at).is_some_and(|figure| figure.indicator == line.code);
    let at = if here(*next) { *next } else { unit.figures.iter().position(|f| f.indicator == line.code)? };
    *next = at + 1;
    unit.figures.get(at)
}

/// Writes the totals of all provinces.
pub(super) fn national(rows: &mut PlainRows<'_>, content: &EditionContent) -> Result<(), WorkbookError> {
    let mut rows = Rows { rows, province: "" };
    for group in &content.groups {
        for line in &group.indicators {
            rows.total(group, line, group.classified)?;
        }
    }
    Ok(())
}

struct Rows<'a, 'b> {
    rows: &'a mut PlainRows<'b>,
    province: &'a str,
}

impl Rows<'_, '_> {
    fn text(&mut self, column: Column, text: &str) {
        if !text.is_empty() {
            self.rows.text(column.at(), text);
        }
    }

    fn number(&mut self, column: Column, number: Option<f64>) {
        if let Some(number) = number {
            self.rows.number(column.at(), number);
        }
    }

    /// A reading under three headings: the number, and the parts of a ratio.
    fn reading(
        &mut self,
        line: &IndicatorLine,
        columns: [Column; 3],
        reading: Reading,
    ) -> Result<(), WorkbookError> {
        let decimals = line.part_decimals();
        let part = |value: Option<i64>, decimals| {
            value.map(|value| Scale::with(&line.code, decimals).number(value)).transpose()
        };
        self.number(columns[0], value(line, reading)?);
        self.number(columns[1], part(reading.numerator, decimals.numerator)?);
        self.number(columns[2], part(reading.denominator, decimals.denominator)?);
        Ok(())
    }

    /// `closed`: single units' figures of it stay with the collector.
    fn total(
        &mut self,
        group: &IndicatorGroup,
        line: &IndicatorLine,
        closed: bool,
    ) -> Result<(), WorkbookError> {
        let (total, province) = (&line.total, self.province);
        let marks = [(total.estimated, "ước"), (total.approximate, "gần đúng")];
        let zero = line.shown(total.reading()) == Some(0);
        let marks: Vec<_> =
            marks.iter().filter(|(there, _)| *there && !zero).map(|(_, word)| *word).collect();
        let status = match total.n {
            _ if line.is_withheld() => WITHHELD,
            0 => FigureStatus::NotReported.as_str(),
            _ => FigureStatus::Given.as_str(),
        };
        let nothing = Total::default();
        let compared = line.comparison.as_ref();
        self.rows.begin_row()?;
        self.text(Column::Level, if province.is_empty() { "toan_quoc" } else { "tong" });
        self.text(Column::Province, province);
        self.text(Column::Indicator, &line.code);
        self.text(Column::State, status);
        self.text(Column::Counts, if line.code.starts_with(PREFIX) { "khong" } else { "co" });
        self.text(Column::Measure, &line.measure_unit);
        self.text(Column::Precision, &marks.join(", "));
        self.reading(line, [Column::Value, Column::Numerator, Column::Denominator], total.reading())?;
        self.number(Column::WithFigure, Some(f64::from(total.n)));
        self.number(Column::Asked, Some(f64::from(total.of)));
        let before = line.same_period.unwrap_or(nothing).reading();
        let so_far = line.cumulative.unwrap_or(nothing).reading();
        self.text(Column::Note, &fitting(&line.note));
        self.text(Column::GroupCode, &group.code);
        self.text(Column::Group, &group.name);
        self.text(Column::Classified, if closed { "co" } else { "khong" });
        self.text(Column::IndicatorName, &line.name);
        self.text(Column::ValueType, line.value_type.as_str());
        self.text(Column::Rule, rule_code(line.rule));
        let decimals = line.part_decimals();
        self.number(Column::Decimals, Some(f64::from(line.shift())));
        self.number(Column::NumeratorDecimals, Some(f64::from(decimals.numerator)));
        self.number(Column::DenominatorDecimals, Some(f64::from(decimals.denominator)));
        let parts = [Column::SamePeriod, Column::SamePeriodNumerator, Column::SamePeriodDenominator];
        self.reading(line, parts, before)?;
        self.number(Column::SamePeriodUnits, line.same_period.map(|total| f64::from(total.n)));
        let parts = [Column::Cumulative, Column::CumulativeNumerator, Column::CumulativeDenominator];
        self.reading(line, parts, so_far)?;
        self.number(Column::CumulativeUnits, line.cumulative.map(|total| f64::from(total.n)));
        self.number(Column::ComparedUnits, compared.map(|both| f64::from(both.now.n)));
        let (now, then) = compared.map_or((nothing, nothing), |both| (both.now, both.before));
        let parts = [Column::ComparedNow, Column::ComparedNowNumerator, Column::ComparedNowDenominator];
        self.reading(line, parts, now.reading())?;
        let parts =
            [Column::ComparedBefore, Column::ComparedBeforeNumerator, Column::ComparedBeforeDenominator];
        self.reading(line, parts, then.reading())?;
        Ok(())
    }

    fn unit(
        &mut self,
        line: &IndicatorLine,
        unit: &UnitLine,
        figure: Option<&UnitFigure>,
    ) -> Result<(), WorkbookError> {
        let province = self.province;
        self.rows.begin_row()?;
        self.text(Column::Level, if unit.consolidated { "cap_duoi" } else { "don_vi" });
        self.text(Column::Province, province);
        self.text(Column::Indicator, &line.code);
        self.text(Column::UnitUid, &unit.uid);
        self.text(Column::UnitCode, &unit.code);
        self.text(Column::Unit, &unit.name);
        self.text(Column::UnitKind, &unit.kind_name);
        self.text(Column::Progress, &unit.progress);
        self.number(Column::Revision, unit.revision.map(f64::from));
        let status = figure.map_or(FigureStatus::NotAsked, |figure| figure.state);
        self.text(Column::State, state(status, unit));
        let counts = figure.is_some_and(|figure| figure.counts);
        self.text(Column::Counts, if counts { "co" } else { "khong" });
        self.text(Column::Measure, &line.measure_unit);
        if let Some(figure) = figure {
            self.text(Column::Precision, &precision_word(figure));
            self.reading(line, [Column::Value, Column::Numerator, Column::Denominator], figure.now)?;
            let of = figure.total.as_deref().map(|total| (f64::from(total.n), f64::from(total.of)));
            self.number(Column::WithFigure, of.map(|(n, _)| n));
            self.number(Column::Asked, of.map(|(_, of)| of));
            self.number(Column::SamePeriod, value(line, figure.same_period)?);
            self.number(Column::Cumulative, value(line, figure.cumulative)?);
            self.text(Column::Note, &fitting(&figure.note));
        }
        Ok(())
    }
}

/// The one number of a reading as the sheet holds it.
fn value(line: &IndicatorLine, reading: Reading) -> Result<Option<f64>, WorkbookError> {
    line.shown(reading).map(|value| Scale::of(line).number(value)).transpose()
}

/// The state as machines know it: a figure left blank in a report that is here has not been reported, and the column of
/// progress says that the report is. A unit that declared "Không phát sinh" has reported: what that declaration gives no number
/// of (what is, not what happened) has its state, without a number.
fn state(status: FigureStatus, unit: &UnitLine) -> &'static str {
    match status {
        FigureStatus::Blank if unit.declared_nil() => FigureStatus::Nil.as_str(),
        FigureStatus::Blank => FigureStatus::NotReported.as_str(),
        other => other.as_str(),
    }
}

fn precision_word(figure: &UnitFigure) -> String {
    let there = matches!(figure.state, FigureStatus::Given | FigureStatus::Nil);
    let words = precision(figure);
    if there && words.is_empty() { Qualifier::Exact.label().to_owned() } else { words }
}
