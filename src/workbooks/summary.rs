//! The sheet *Tổng hợp*: the annex of the report, one row per indicator. Differences are live formulas with
//! their results beside them, and compare only units with figures in both periods (product rule 1).

use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::number::Scale;
use super::page::{self, Columns};
use super::{WorkbookError, data, style};
use crate::consolidation::content::{EditionContent, IndicatorLine, MissingUnit, OutsideUnit};
use crate::consolidation::{Comparison, EditionCopy, Total};
use crate::indicators::UnitRule;
use crate::vietnamese::roman;

const NAME: &str = "Tổng hợp";

/// The names of the sheets that are not of a group.
pub(super) const SHEET_NAMES_TAKEN: [&str; 5] =
    [NAME, super::narrative::NAME, super::sendings::NAME, super::identity::NAME, data::NAME];

const HEADINGS: [&str; 10] = [
    "TT",
    "Mã số",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Cùng kỳ năm trước",
    "Kỳ này",
    "+/- (đơn vị có cả hai kỳ)",
    "% (đơn vị có cả hai kỳ)",
    "Số đơn vị có số liệu",
    "Ghi chú",
];
const NUMBERS: [&str; 10] = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"];
const WIDTHS: [f64; 10] = [5.0, 7.5, 40.0, 10.5, 13.0, 13.0, 13.0, 10.5, 9.5, 24.0];
const LEFT: (u16, u16) = (0, 3);
const RIGHT: (u16, u16) = (4, 9);
const DASH: &str = "–";

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<(), WorkbookError> {
    let identity = &content.identity;
    sheet.set_name(NAME)?;
    page::set_up(sheet);
    let columns = Columns(WIDTHS.to_vec());
    columns.apply(sheet)?;
    let all = (0, columns.last());

    page::official_heading(sheet, identity, &columns, LEFT, RIGHT)?;
    page::line(sheet, 3, all, "Phụ lục", &style::centred(14).set_bold())?;
    page::line(sheet, 4, all, "BẢNG TỔNG HỢP SỐ LIỆU", &style::centred(14).set_bold())?;
    let subject = style::centred(13).set_bold().set_text_wrap();
    page::line(sheet, 5, all, &identity.regime_name, &subject)?;
    let subject_lines = page::line_count(&identity.regime_name, columns.span(0, columns.last()) * 0.9);
    sheet.set_row_height(5, (subject_lines * 18).min(409))?;
    page::line(sheet, 6, all, &page::annexed_line(identity), &style::centred(13).set_italic())?;
    page::line(sheet, 7, all, &page::period_line(identity), &style::centred(13))?;
    page::line(sheet, 8, all, &page::edition_line(identity), &style::centred(12).set_italic())?;
    sheet.set_row_height(8, 24)?;

    for (column, (heading, label)) in (0_u16..).zip(HEADINGS.iter().zip(NUMBERS)) {
        sheet.write_string_with_format(9, column, *heading, &style::header())?;
        sheet.write_string_with_format(10, column, label, &style::header_small())?;
    }
    sheet.set_row_height(9, 66)?;
    sheet.set_row_height(10, 27)?;
    sheet.set_freeze_panes(11, 0)?;
    sheet.set_repeat_rows(9, 10)?;

    let data_rows = data::row_count(content, copy);
    // Heights of the rows so far, in points, and where the table may be broken.
    let heading = [66, 27];
    let mut heights = vec![page::ROW; 9];
    heights[5] = (subject_lines * 18).min(409);
    heights[8] = 24;
    heights.extend(heading);
    let mut breaks = Vec::new();
    let mut row = 11;
    for (index, group) in content.groups.iter().enumerate() {
        sheet.write_string_with_format(row, 0, roman(index + 1), &style::group().set_align(CENTER))?;
        sheet.write_string_with_format(row, 1, &group.code, &style::group().set_align(CENTER))?;
        sheet.merge_range(row, 2, row, columns.last(), &group.name, &style::group())?;
        breaks.push(row);
        heights.push(page::ROW);
        row += 1;
        for (number, line) in group.indicators.iter().enumerate() {
            // Where the units' rows are not in the copy, there is nothing for a formula to add up.
            // Rows of lower collectors are totals: what compares their units is not on the sheet.
            let rows = (copy.shows_units(group.classified)
                && !content.units.iter().any(|unit| unit.consolidated))
            .then_some(data_rows);
            heights.push(indicator(sheet, row, number + 1, line, rows)?);
            // Never one row alone under the heading of its group, nor one alone before it.
            if number >= 2 {
                breaks.push(row);
            }
            row += 1;
        }
    }

    row += 1;
    let mut block = page::ROW;
    for text in notes(&content.missing, &content.outside) {
        block += page::note(sheet, row, all, &columns, &text)?;
        row += 1;
    }
    let end = page::signatures(sheet, identity, row + 1, LEFT, RIGHT)?;
    block += (end - row) * page::ROW;
    // The last rows first: as few as possible move on with the signatures, but never a single one.
    breaks.retain(|at| at + 3 <= 11 + u32::try_from(heights.len() - 11).unwrap_or_default());
    breaks.reverse();
    page::keep_with_table(sheet, &columns, &heights, &heading, block, &breaks)
}

const CENTER: rust_xlsxwriter::FormatAlign = rust_xlsxwriter::FormatAlign::Center;

fn indicator(
    sheet: &mut Worksheet,
    row: u32,
    number: usize,
    line: &IndicatorLine,
    data_rows: Option<u32>,
) -> Result<u32, WorkbookError> {
    sheet.write_string_with_format(row, 0, number.to_string(), &style::text_centred())?;
    sheet.write_string_with_format(row, 1, &line.code, &style::text_centred())?;
    sheet.write_string_with_format(row, 2, &line.name, &style::text())?;
    sheet.write_string_with_format(row, 3, &line.measure_unit, &style::text_centred())?;

    let scale = Scale::of(line);
    let now = total_shown(line, &line.total);
    let before = line.same_period.as_ref().and_then(|total| total_shown(line, total));
    let difference = line.comparison.as_ref().and_then(|comparison| comparison.difference);
    for (column, value) in [(4, before), (5, now)] {
        match value {
            Some(value) => {
                let format = style::number(&scale.format(value));
                sheet.write_number_with_format(row, column, scale.number(value)?, &format)?
            }
            None => sheet.write_blank(row, column, &style::empty())?,
        };
    }
    let sources = line.comparison.as_ref().map(|comparison| Sources::of(line, comparison, row, data_rows));
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
    match (formula, line.comparison.as_ref().and_then(|comparison| comparison.change)) {
        (Some((sources, difference)), Some(_)) => {
            // The cell holds the quotient in full, as the formula gives it; its format rounds.
            let base = line.comparison.as_ref().and_then(|comparison| comparison.before.value).unwrap_or(1);
            let result = scale.number(difference)? / scale.number(base)?;
            let percent = style::number("+0.00%;-0.00%;0.00%");
            live(sheet, row, 7, format!("=G{}/{}", row + 1, sources.before), result, &percent)?;
        }
        _ => dash(sheet, row, 7)?,
    }
    let share = format!("{}/{}", line.total.n, line.total.of);
    sheet.write_string_with_format(row, 8, share, &style::text_centred())?;
    let remarks = remarks(line);
    sheet.write_string_with_format(row, 9, &remarks, &style::text().set_font_size(11))?;
    page::fit_row(
        sheet,
        row,
        &[(&line.name, WIDTHS[2]), (&line.measure_unit, WIDTHS[3]), (&remarks, WIDTHS[9] * 1.05)],
    )
}

/// Where the two sides of a difference are read from.
struct Sources {
    now: String,
    before: String,
}

impl Sources {
    /// The cells of the row where both totals are over the units compared; else the sums of just those
    /// units from *Dữ liệu*, of so many rows; for what does not add up (maximum, ratio) and for units whose
    /// rows are not in the copy, the two numbers.
    fn of(
        line: &IndicatorLine,
        comparison: &Comparison,
        row: u32,
        data_rows: Option<u32>,
    ) -> Result<Sources, WorkbookError> {
        let row = row + 1;
        let same_units = comparison.now.n == line.total.n
            && line.same_period.is_some_and(|same_period| same_period.n == comparison.before.n);
        if same_units {
            return Ok(Sources { now: format!("F{row}"), before: format!("E{row}") });
        }
        let adds_up = !matches!(line.rule, UnitRule::Max | UnitRule::Ratio);
        let Some(data_rows) = data_rows.filter(|_| adds_up) else {
            let scale = Scale::of(line);
            let side = |total| total_shown(line, total).map_or(Ok(0.0), |value| scale.number(value));
            let (now, before) = (side(&comparison.now)?, side(&comparison.before)?);
            return Ok(Sources { now: now.to_string(), before: before.to_string() });
        };
        let code = format!("$B{row}");
        Ok(Sources {
            now: data::sum_over_units_with_both(data::VALUE, &code, data_rows),
            before: data::sum_over_units_with_both(data::SAME_PERIOD, &code, data_rows),
        })
    }
}

fn total_shown(line: &IndicatorLine, total: &Total) -> Option<i64> {
    line.shown(total.reading())
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
    sheet.write_string_with_format(row, column, DASH, &style::text_centred())?;
    Ok(())
}

fn remarks(line: &IndicatorLine) -> String {
    let mut remarks = Vec::new();
    if !line.note.is_empty() {
        remarks.push(line.note.clone());
    }
    if line.total.estimated {
        remarks.push("có số ước".to_owned());
    }
    if line.total.approximate {
        remarks.push("có số gần đúng".to_owned());
    }
    remarks.extend(line.compared_words());
    remarks.join("; ")
}

fn notes(missing: &[MissingUnit], outside: &[OutsideUnit]) -> Vec<String> {
    let named = |requested: bool| {
        let names: Vec<_> = missing
            .iter()
            .filter(|unit| unit.requested == requested)
            .map(|unit| format!("{} ({})", unit.name, unit.progress.to_lowercase()))
            .collect();
        (names.len(), names.join("; "))
    };
    let mut notes = Vec::new();
    let (count, names) = named(false);
    if count > 0 {
        notes.push(format!("Đơn vị chưa có báo cáo trong bản tổng hợp ({count}): {names}."));
    }
    let (count, names) = named(true);
    if count > 0 {
        notes.push(format!("Đơn vị được đề nghị phối hợp, chưa gửi báo cáo ({count}): {names}."));
    }
    if !outside.is_empty() {
        let names: Vec<_> =
            outside.iter().map(|u| format!("{} ({})", u.name, u.progress.to_lowercase())).collect();
        notes.push(format!(
            "Đơn vị không tính vào số đơn vị phải báo cáo ({}): {}.",
            outside.len(),
            names.join("; ")
        ));
    }
    notes.push(
        "Cột (9): số đơn vị có số liệu trên số đơn vị phải báo cáo chỉ tiêu. Ô trống: chưa có số liệu. \
         Cột (7), (8) chỉ so sánh các đơn vị có số liệu cả hai kỳ; nơi đó không phải là mọi đơn vị thì cột (10) ghi \
         hai số được so sánh, và cột (7) không bằng (6) trừ (5). Dấu “–”: không so sánh được. Tỷ lệ được \
         tính lại từ tổng tử số và tổng mẫu số, không cộng, không lấy trung bình."
            .to_owned(),
    );
    notes
}
