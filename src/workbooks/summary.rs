//! The sheet *Tổng hợp*: the annex of the report, one row per indicator. Differences are live formulas with
//! their results beside them, and compare only units with figures in both periods (product rule 1).

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::cell_text::CellText;
use super::compared_cells::{Sources, UnitRows, compares_its_totals, total_shown};
use super::notes::notes;
use super::number::Scale;
use super::page::{self, Columns};
use super::wording::Wording;
use super::{WorkbookError, of_report, style};
use crate::consolidation::EditionCopy;
use crate::consolidation::annexes::workbook_label;
use crate::consolidation::content::{EditionContent, IndicatorLine};
use crate::vietnamese::roman;

/// The names of the sheets that are not of a group.
pub(super) const SHEET_NAMES_TAKEN: [&str; 9] = [
    "Tổng hợp",
    super::charts::NAME,
    super::narrative::NAME,
    super::changes::NAME,
    super::tasks::NAME,
    super::sendings::NAME,
    super::evidence::NAME,
    super::schema::IDENTITY,
    super::schema::DATA,
];

const HEADINGS: [&str; 11] = [
    "TT",
    "Mã số",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Cùng kỳ năm trước",
    "Kỳ này",
    "+/- so với cùng kỳ",
    "% so với cùng kỳ",
    "Lũy kế từ đầu năm",
    "Số đơn vị có số liệu",
    "Ghi chú",
];
const WIDTHS: [f64; 11] = [5.0, 7.5, 36.0, 10.5, 12.5, 12.5, 12.5, 11.0, 12.5, 9.5, 22.0];
const LEFT: (u16, u16) = (0, 3);
const RIGHT: (u16, u16) = (4, 10);
const NAME_COLUMN: usize = 2;
const MEASURE_COLUMN: usize = 3;
const NOTE_COLUMN: usize = 10;
const DASH: &str = "–";
/// Height of the row of the rules where words stand under them, in points.
const INSIDE_ROW: u32 = 28;

/// Writes the sheet; gives back the row of each indicator, from 0.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    units: &UnitRows<'_>,
    wording: &Wording,
    copy: EditionCopy,
) -> Result<HashMap<String, u32>, WorkbookError> {
    let identity = &content.identity;
    let mut places = HashMap::new();
    sheet.set_name(wording.summary)?;
    page::set_up(sheet);
    let columns = Columns(WIDTHS.to_vec());
    columns.apply(sheet)?;
    let all = (0, columns.last());

    page::official_heading(sheet, identity, &columns, LEFT, RIGHT)?;
    let inside = copy == EditionCopy::Internal;
    if inside {
        // Under the issuer, below its rule.
        sheet.set_row_height(2, INSIDE_ROW)?;
        let format = style::centred(13).set_bold().set_align(rust_xlsxwriter::FormatAlign::Bottom);
        page::line(sheet, 2, LEFT, page::INSIDE, &format)?;
    }
    let annex = if wording.annexed { workbook_label(content) } else { "Phụ lục".to_owned() };
    page::line(sheet, 3, all, &annex, &style::centred(14).set_bold())?;
    page::line(sheet, 4, all, wording.title, &style::centred(14).set_bold())?;
    let subject = style::centred(13).set_bold().set_text_wrap();
    page::line(sheet, 5, all, &identity.regime_name, &subject)?;
    let subject_lines = page::line_count(&identity.regime_name, columns.span(0, columns.last()) * 0.9);
    sheet.set_row_height(5, (subject_lines * 18).min(409))?;
    let beneath = match wording.annexed {
        true => of_report::annexed_line(content),
        false => format!("(Gộp từ bản tổng hợp của {} tỉnh, thành phố)", content.units.len()),
    };
    page::line(sheet, 6, all, &beneath, &style::centred(13).set_italic())?;
    page::line(sheet, 7, all, &page::period_line(identity), &style::centred(13))?;
    let edition = if wording.annexed { of_report::edition_line(identity) } else { String::new() };
    page::line(sheet, 8, all, &edition, &style::centred(12).set_italic())?;
    sheet.set_row_height(8, 24)?;

    let plain = content.lines().all(|(_, line)| compares_its_totals(line));
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.words(9, column, heading, &style::header())?;
    }
    for column in 0..=columns.last() {
        // What a column is computed from is said where it is so in every row.
        let label = match column {
            6 if plain => "(7)=(6)-(5)".to_owned(),
            7 if plain => "(8)=(7)/(5)".to_owned(),
            _ => format!("({})", column + 1),
        };
        sheet.words(10, column, label, &style::header_small())?;
    }
    sheet.set_row_height(9, 66)?;
    sheet.set_row_height(10, 27)?;
    sheet.set_freeze_panes(11, 0)?;
    sheet.set_repeat_rows(9, 10)?;

    // Heights of the rows so far, in points, and where the table may be broken.
    let heading = [66, 27];
    let mut heights = vec![page::ROW; 9];
    if inside {
        heights[2] = INSIDE_ROW;
    }
    heights[5] = (subject_lines * 18).min(409);
    heights[8] = 24;
    heights.extend(heading);
    let (mut breaks, mut heads) = (Vec::new(), Vec::new());
    let mut row = 11;
    for (index, group) in content.groups.iter().enumerate() {
        sheet.words(row, 0, roman(index + 1), &style::group().set_align(CENTER))?;
        sheet.words(row, 1, &group.code, &style::group().set_align(CENTER))?;
        sheet.words_over((row, 2, row, columns.last()), &group.name, &style::group())?;
        breaks.push(row);
        heads.push(row);
        heights.push(page::ROW);
        row += 1;
        for (number, line) in group.indicators.iter().enumerate() {
            let remarks = remarks(content, line, wording);
            heights.push(indicator(sheet, (row, number + 1), line, units, &remarks)?);
            places.insert(line.code.clone(), row);
            // Never one row alone under the heading of its group, nor one alone before it.
            if number >= 2 {
                breaks.push(row);
            }
            row += 1;
        }
    }

    row += 1;
    let mut block = page::ROW;
    for text in notes(content, plain, wording, copy) {
        block += page::note(sheet, row, all, &columns, &text)?;
        row += 1;
    }
    let day = of_report::day_line(identity, wording.annexed);
    let end = of_report::signatures(sheet, content, &day, row + 1, LEFT, RIGHT)?;
    block += (end - row) * page::ROW;
    // The last rows first: as few as possible move on with the signatures, but never a single one.
    breaks.retain(|at| at + 3 <= 11 + u32::try_from(heights.len() - 11).unwrap_or_default());
    breaks.reverse();
    page::lay_out(sheet, &columns, &heights, &heading, block, (&breaks, &heads))?;
    Ok(places)
}

const CENTER: rust_xlsxwriter::FormatAlign = rust_xlsxwriter::FormatAlign::Center;

fn indicator(
    sheet: &mut Worksheet,
    (row, number): (u32, usize),
    line: &IndicatorLine,
    units: &UnitRows<'_>,
    remarks: &str,
) -> Result<u32, WorkbookError> {
    sheet.words(row, 0, number.to_string(), &style::text_centred())?;
    sheet.words(row, 1, &line.code, &style::text_centred())?;
    sheet.words(row, 2, &line.name, &style::text())?;
    sheet.words(row, 3, line.total_unit(), &style::text_centred())?;

    let scale = Scale::of(line);
    let now = total_shown(line, &line.total);
    let before = line.same_period.as_ref().and_then(|total| total_shown(line, total));
    let difference = line.compared().and_then(|comparison| comparison.difference);
    for (column, value) in [(4, before), (5, now)] {
        match value {
            Some(value) => {
                let format = style::number(&scale.format(value));
                sheet.write_number_with_format(row, column, scale.number(value)?, &format)?
            }
            None => sheet.write_blank(row, column, &style::empty())?,
        };
    }
    let sources = line.compared().map(|comparison| Sources::of(line, comparison, row, units, true));
    let sources = sources.transpose()?;
    let formula = sources.as_ref().zip(difference);
    match formula {
        Some((sources, value)) => {
            let result = scale.number(value)?;
            let signed = style::number(&format!("+{0};-{0};0", scale.format(value)));
            live(sheet, row, 6, format!("={}-{}", sources.now, sources.before), result, &signed)?;
        }
        None => dash(sheet, row, 6)?,
    }
    match (formula, line.compared().and_then(|comparison| comparison.change)) {
        (Some((sources, difference)), Some(_)) => {
            // The cell holds the quotient in full, as the formula gives it; its format rounds.
            let base = line.compared().and_then(|comparison| comparison.before.value).unwrap_or(1);
            let result = scale.number(difference)? / scale.number(base)?;
            let percent = style::number("+0.00%;-0.00%;0.00%");
            live(sheet, row, 7, format!("=G{}/{}", row + 1, sources.before), result, &percent)?;
        }
        _ => dash(sheet, row, 7)?,
    }
    match line.cumulative.as_ref().and_then(|total| total_shown(line, total)) {
        Some(value) => {
            let format = style::number(&scale.format(value));
            sheet.write_number_with_format(row, 8, scale.number(value)?, &format)?;
        }
        None => dash(sheet, row, 8)?,
    }
    let share = format!("{}/{}", line.total.n, line.total.of);
    sheet.words(row, 9, share, &style::text_centred())?;
    sheet.words(row, 10, remarks, &style::text().set_font_size(11))?;
    page::fit_row(
        sheet,
        row,
        &[
            (&line.name, WIDTHS[NAME_COLUMN]),
            (line.total_unit(), WIDTHS[MEASURE_COLUMN]),
            (remarks, WIDTHS[NOTE_COLUMN] * 1.05),
        ],
    )
}

fn live(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    formula: String,
    result: f64,
    format: &Format,
) -> Result<(), WorkbookError> {
    let formula = Formula::new(formula).set_result(result.to_string());
    sheet.write_formula_with_format(row, column, formula, format)?;
    Ok(())
}

fn dash(sheet: &mut Worksheet, row: u32, column: u16) -> Result<(), WorkbookError> {
    sheet.words(row, column, DASH, &style::text_centred())?;
    Ok(())
}

fn remarks(content: &EditionContent, line: &IndicatorLine, wording: &Wording) -> String {
    let mut remarks = Vec::new();
    if !line.note.is_empty() {
        remarks.push(line.note.clone());
    }
    remarks.extend(content.precision_remark(line, wording.annexed));
    remarks.extend(line.compared_words());
    remarks.join("; ")
}
