//! The sheet *Biểu đồ*: this period beside the same one last year, at most one native chart of a group of indicators, over a small
//! table that reads the sheet *Tổng hợp*: of those that are counted in one unit of measure, where they are several; a chart of one
//! pair of bars says no more than its row. What is drawn is what is compared there: both bars are over the units with figures in
//! both periods, whose number stands beside them. What is compared with nothing, or over too few units, is not drawn. Numbers of
//! different units of measure never share an axis.

use std::collections::HashMap;

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color,
    Formula, Worksheet,
};

use super::cell_text::CellText;
use super::compared_cells::{Sources, UnitRows};
use super::number::Scale;
use super::page::{self, Columns};
use super::{WorkbookError, style};
use crate::consolidation::Comparison;
use crate::consolidation::content::{EditionContent, IndicatorGroup, IndicatorLine};
use crate::indicators::UnitRule;
use crate::vietnamese::lower_first;

/// Name of the sheet.
pub(super) const NAME: &str = "Biểu đồ";

const WIDTHS: [f64; 6] = [40.0, 12.5, 12.5, 9.0, 2.0, 71.0];
/// Column of the charts.
const BESIDE: u16 = 5;
/// Fewer units than these are drawn only where they are all that have the figure.
const FEWEST: u32 = 3;
/// Indicators of one chart at least, and at most: more would not be read.
const LEAST: usize = 2;
const MOST: usize = 8;
/// Rows a chart takes at least, of the height of a row nobody set.
const ROWS: u32 = 14;
/// The same period last year, quiet; this one, plain.
const BEFORE: Color = Color::RGB(0xA9_B8_C6);
const NOW: Color = Color::RGB(0x1F_5A_93);

/// One chart: the indicators of a group with one unit of measure.
struct Block<'a> {
    group: &'a IndicatorGroup,
    measure: &'a str,
    /// With what is compared of each.
    lines: Vec<(&'a IndicatorLine, &'a Comparison)>,
}

impl Block<'_> {
    /// "so sánh trên 14 đơn vị", "so sánh trên 12 đến 14 đơn vị".
    fn over(&self) -> String {
        let counts = || self.lines.iter().map(|(_, both)| both.now.n);
        match (counts().min().unwrap_or_default(), counts().max().unwrap_or_default()) {
            (least, most) if least == most => format!("so sánh trên {most} đơn vị"),
            (least, most) => format!("so sánh trên {least} đến {most} đơn vị"),
        }
    }
}

/// Whether there is anything to draw.
pub(super) fn any(content: &EditionContent) -> bool {
    !blocks(content).is_empty()
}

/// What can be drawn of an indicator: two numbers over the same units. A percentage is no bar among numbers.
fn drawn(line: &IndicatorLine) -> Option<&Comparison> {
    let both = line.compared().filter(|both| both.now.value.is_some() && both.before.value.is_some())?;
    let enough = both.now.n >= FEWEST || line.compares_whole() && both.now.n > 0;
    (enough && line.rule != UnitRule::Ratio).then_some(both)
}

/// What is drawn, a chart for a group at most.
fn blocks(content: &EditionContent) -> Vec<Block<'_>> {
    content.groups.iter().filter_map(block).collect()
}

/// The indicators of a group that can be drawn, of the unit of measure that most of them are counted in, the first of equals; none
/// where they are fewer than [`LEAST`].
fn block(group: &IndicatorGroup) -> Option<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in &group.indicators {
        let Some(both) = drawn(line) else { continue };
        let same = blocks.iter_mut().find(|block| block.measure == line.measure_unit);
        match same {
            Some(block) => block.lines.push((line, both)),
            None => blocks.push(Block { group, measure: &line.measure_unit, lines: vec![(line, both)] }),
        }
    }
    // Of equals the last is taken: from behind that is the first.
    let mut most = blocks.into_iter().rev().max_by_key(|block| block.lines.len())?;
    most.lines.truncate(MOST);
    (most.lines.len() >= LEAST).then_some(most)
}

/// Writes the sheet; `places` are the rows of the indicators on *Tổng hợp*, from 0.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    places: &HashMap<String, u32>,
    units: &UnitRows<'_>,
) -> Result<(), WorkbookError> {
    sheet.set_name(NAME)?;
    page::set_up(sheet);
    let columns = Columns(WIDTHS.to_vec());
    columns.apply(sheet)?;
    let all = (0, columns.last());
    page::line(sheet, 0, all, "KỲ NÀY SO VỚI CÙNG KỲ NĂM TRƯỚC", &style::centred(14).set_bold())?;
    page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
    let which = "Chỉ các đơn vị có số liệu ở cả hai kỳ, như cột +/- của bảng tổng hợp";
    page::line(sheet, 2, all, which, &style::centred(11).set_italic())?;
    sheet.set_freeze_panes(3, 0)?;
    let mut row = 3;
    let (mut on_page, mut breaks) = (0, Vec::new());
    for block in blocks(content) {
        let height = block_height(&block);
        if on_page > 0 && on_page + height > 32 {
            breaks.push(row);
            on_page = 0;
        }
        on_page += height;
        one(sheet, row, &block, places, units)?;
        row += height;
    }
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

fn block_height(block: &Block<'_>) -> u32 {
    // At most eight lines, each perhaps two rows high.
    (u32::try_from(block.lines.len()).unwrap_or_default() * 2 + 4).max(ROWS) + 1
}

fn one(
    sheet: &mut Worksheet,
    top: u32,
    block: &Block<'_>,
    places: &HashMap<String, u32>,
    units: &UnitRows<'_>,
) -> Result<(), WorkbookError> {
    let title = format!("{}. {}", block.group.code, block.group.name);
    sheet.words(top, 0, &title, &style::plain(12).set_bold())?;
    sheet.words(
        top,
        BESIDE - 2,
        format!("Đơn vị tính: {}", block.measure),
        &style::plain(11).set_italic().set_align(rust_xlsxwriter::FormatAlign::Right),
    )?;
    for (column, heading) in (0_u16..).zip(["Chỉ tiêu", "Cùng kỳ năm trước", "Kỳ này", "Số đơn vị so sánh"])
    {
        sheet.words(top + 1, column, heading, &style::header().set_font_size(11))?;
    }
    sheet.set_row_height(top + 1, 48)?;
    let first = top + 2;
    let mut row = first;
    for (line, both) in &block.lines {
        let name = format!("{} {}", line.code, line.name);
        sheet.words(row, 0, &name, &style::text().set_font_size(11))?;
        let place = places.get(&line.code).copied().unwrap_or_default();
        let sources = Sources::of(line, both, place, units, false)?;
        let scale = Scale::of(line);
        for (column, source, value) in
            [(1, sources.before, both.before.value), (2, sources.now, both.now.value)]
        {
            let value = value.unwrap_or_default();
            let format = style::number(&scale.format(value)).set_font_size(11);
            if sources.bare {
                sheet.write_number_with_format(row, column, scale.number(value)?, &format)?;
                continue;
            }
            let formula = Formula::new(format!("={source}")).set_result(scale.number(value)?.to_string());
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
        let count = style::number("0").set_align(rust_xlsxwriter::FormatAlign::Center).set_font_size(11);
        sheet.write_number_with_format(row, 3, f64::from(both.now.n), &count)?;
        page::fit_row(sheet, row, &[(&name, WIDTHS[0])])?;
        row += 1;
    }
    let chart = chart(block, first, row - 1);
    sheet.insert_chart_with_offset(top, BESIDE, &chart, 6, 2)?;
    Ok(())
}

fn chart(block: &Block<'_>, first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let mut font = ChartFont::new();
    font.set_name(style::FONT).set_size(10);
    for (column, name, color) in [(1, "Cùng kỳ năm trước", BEFORE), (2, "Kỳ này", NOW)] {
        let mut fill = ChartFormat::new();
        fill.set_solid_fill(ChartSolidFill::new().set_color(color));
        chart
            .add_series()
            .set_name(name)
            .set_categories((NAME, first, 0, last, 0))
            .set_values((NAME, first, column, last, column))
            .set_format(&mut fill)
            .set_gap(60);
    }
    let mut heading = ChartFont::new();
    heading.set_name(style::FONT).set_size(11).set_bold();
    let words = format!("Nhóm {} ({}), {}", block.group.code, block.measure, block.over());
    chart.title().set_name(words.as_str()).set_font(&heading);
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    // The bars lie: indicators stand along the vertical axis, the first on top as in the table, and the numbers below.
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_font(&font);
    chart.x_axis().set_num_format("#,##0").set_min(0.0).set_font(&font);
    let rows = block_height(block) - 1;
    chart.set_width(580).set_height(rows * 21);
    chart.set_alt_text(format!("Kỳ này so với cùng kỳ năm trước, {}", lower_first(&words)));
    chart
}
