//! The sheets *Theo đơn vị*, one per group of indicators: units in protocol order under the headings of their
//! kinds, and a total row whose live formulas follow each indicator's own rule. A figure that does not count is a number with a
//! star in its format, which the formulas leave out.

use std::collections::HashMap;

use rust_xlsxwriter::{FormatAlign, Worksheet};

use super::cell_text::CellText;
use super::data::figure_of;
use super::figure_cells::{self, Cells};
use super::page::{self, Columns};
use super::runs::Rows;
use super::total_row;
use super::wording::Wording;
use super::{WorkbookError, style};
use crate::consolidation::content::{EditionContent, IndicatorGroup, IndicatorLine, UnitLine};
use crate::indicators::UnitRule;

const FIRST_FIGURE: u16 = 3;
const HEADER: u32 = 3;
const FIRST_UNIT: u32 = 6;

/// Where an indicator stands on the sheet: one column, or three for a ratio (numerator, denominator, %) whose parts
/// have no columns of their own there.
pub(super) struct Place<'a> {
    pub(super) line: &'a IndicatorLine,
    pub(super) column: u16,
    /// The columns of the two parts of a ratio, where they stand on the sheet as indicators.
    elsewhere: Option<(u16, u16)>,
}

impl Place<'_> {
    pub(super) fn columns(&self) -> u16 {
        if self.line.rule == UnitRule::Ratio && self.elsewhere.is_none() { 3 } else { 1 }
    }

    /// The columns of the two parts of a ratio.
    pub(super) fn parts(&self) -> (u16, u16) {
        self.elsewhere.unwrap_or((self.column, self.column + 1))
    }

    /// Whether the two parts stand in columns of this place alone.
    pub(super) fn has_own_parts(&self) -> bool {
        self.elsewhere.is_none()
    }

    /// The column of the number itself: of a ratio the percentage.
    pub(super) fn result(&self) -> u16 {
        self.column + self.columns() - 1
    }
}

/// Checks the totals of a group whose sheet is not written, as its total row would have.
pub(super) fn check(content: &EditionContent, group: &IndicatorGroup) -> Result<(), WorkbookError> {
    place(group).iter().try_for_each(|place| total_row::check(place, &content.units).map(|_| ()))
}

/// Writes the sheet of one group.
pub(super) fn write(
    sheet: &mut Worksheet,
    name: &str,
    content: &EditionContent,
    group: &IndicatorGroup,
    wording: &Wording,
) -> Result<(), WorkbookError> {
    sheet.set_name(name)?;
    page::set_up(sheet);
    // The writer keeps a zero as the result of a formula that gives nothing; blank is not zero.
    sheet.set_formula_result_default("");
    let places = place(group);
    let columns = widths(&places, &content.units);
    columns.apply(sheet)?;
    let all = (0, columns.last());
    let title = format!("{} - NHÓM {}: {}", wording.by_body, group.code, group.name.to_uppercase());
    page::line(sheet, 0, all, &title, &style::centred(14).set_bold().set_text_wrap())?;
    let title_height = (page::line_count(&title, columns.span(0, all.1) * 0.75) * 19).min(409);
    sheet.set_row_height(0, title_height)?;
    page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
    let heading = header(sheet, &places, &columns, wording)?;
    // Heights of the rows so far, and before which of them the table may be broken.
    let mut heights = vec![title_height, page::ROW, page::ROW];
    heights.extend(heading);
    let (mut breaks, mut heads) = (Vec::new(), Vec::new());
    sheet.set_freeze_panes(FIRST_UNIT, 2)?;
    sheet.set_repeat_rows(HEADER, HEADER + 2)?;

    let typed = typed_in(content);
    let mut cells = Cells::default();
    let (ordinal, name_of, progress) =
        (style::text_centred(), style::text(), style::text_centred().set_font_size(11));
    let mut row = FIRST_UNIT;
    let mut kind: Option<&str> = None;
    // Where the totals of lower collectors begin; they stand after all units.
    let mut lower: Option<u32> = None;
    for (index, unit) in content.units.iter().enumerate() {
        // Kinds that share a heading stand under it together.
        if kind != Some(&unit.kind_name) {
            for column in 0..=all.1 {
                sheet.write_blank(row, column, &style::group())?;
            }
            sheet.words(row, 1, &unit.kind_name, &style::group())?;
            kind = Some(&unit.kind_name);
            heights.push(page::ROW);
            breaks.push(row);
            heads.push(row);
            row += 1;
        } else {
            breaks.push(row);
        }
        if unit.consolidated {
            lower = lower.or(Some(row));
        }
        sheet.words(row, 0, (index + 1).to_string(), &ordinal)?;
        sheet.words(row, 1, &unit.name, &name_of)?;
        let how = match typed.get(unit.name.as_str()) {
            Some(source) => format!("{} ({source})", unit.progress),
            None => unit.progress.clone(),
        };
        sheet.words(row, 2, &how, &progress)?;
        let mut next = 0;
        for place in &places {
            let said = figure_of(unit, place.line, &mut next);
            figure_cells::write(sheet, &mut cells, (row, place), said)?;
        }
        heights.push(page::fit_row(sheet, row, &[(&unit.name, columns.0[1]), (&how, columns.0[2])])?);
        row += 1;
    }

    let rows = Rows {
        first: FIRST_UNIT + 1,
        last: row.max(FIRST_UNIT + 1),
        lower: lower.map(|row: u32| row + 1),
        reference: std::mem::take(&mut cells.not_counted),
    };
    for column in 0..=all.1 {
        sheet.write_blank(row, column, &style::total())?;
        sheet.write_blank(row + 1, column, &style::header_small())?;
    }
    sheet.words(row, 1, "Tổng cộng", &style::total())?;
    let label = style::header_small().set_align(FormatAlign::Left);
    sheet.words(row + 1, 1, "Số đơn vị có số liệu / số đơn vị phải báo cáo", &label)?;
    sheet.set_row_height(row + 1, 28)?;
    for place in &places {
        total_row::write(sheet, row, place, &rows, &content.units)?;
        let share = format!("{}/{}", place.line.total.n, place.line.total.of);
        sheet.words(row + 1, place.result(), share, &style::header_small())?;
    }
    let legend = format!(
        "{} Ô trống: chưa có số liệu (khác với số 0 là không phát sinh). Số có dấu *: tham khảo, dòng Tổng cộng \
         không cộng.",
        wording.closed
    );
    let block = page::ROW + 28 + page::ROW + page::note(sheet, row + 3, all, &columns, &legend)?;
    // Never one unit alone above the total.
    breaks.retain(|at| at + 2 <= row);
    breaks.reverse();
    page::lay_out(sheet, &columns, &heights, &heading, block, (&breaks, &heads))
}

/// By the name of the unit: where its figures were typed in from, of a report in the edition that it did not send itself.
fn typed_in(content: &EditionContent) -> HashMap<&str, &'static str> {
    let here = content.sendings.iter().filter(|sending| sending.revision.is_some());
    here.filter_map(|sending| Some((sending.unit.as_str(), sending.on_behalf.as_ref()?.source()))).collect()
}

fn place(group: &IndicatorGroup) -> Vec<Place<'_>> {
    let counted =
        |code: &str| group.indicators.iter().any(|line| line.code == code && line.rule != UnitRule::Ratio);
    let both = |line: &IndicatorLine| {
        line.ratio.as_ref().filter(|ratio| counted(&ratio.numerator) && counted(&ratio.denominator)).is_some()
    };
    let mut column = FIRST_FIGURE;
    let mut places = Vec::new();
    for line in &group.indicators {
        let place = Place { line, column, elsewhere: both(line).then_some((0, 0)) };
        column += place.columns();
        places.push(place);
    }
    let column_of = |code: &str| places.iter().find(|p| p.line.code == code).map_or(0, |p| p.column);
    let found: Vec<Option<(u16, u16)>> = places
        .iter()
        .map(|place| {
            let ratio = place.line.ratio.as_ref().filter(|_| place.elsewhere.is_some())?;
            Some((column_of(&ratio.numerator), column_of(&ratio.denominator)))
        })
        .collect();
    for (place, elsewhere) in places.iter_mut().zip(found) {
        place.elsewhere = elsewhere;
    }
    places
}

/// Characters a landscape page of A4 holds at full size: a narrower table is spread over it.
const PAGE: f64 = 112.0;

/// The most letters that a figure of each place takes with the marks beside it: a number wider than its column cannot be read.
fn marked(places: &[Place<'_>], units: &[UnitLine]) -> Vec<usize> {
    let mut most = vec![0; places.len()];
    for unit in units {
        let mut next = 0;
        for (place, most) in places.iter().zip(&mut most) {
            let said = figure_of(unit, place.line, &mut next);
            let length = said.and_then(|figure| figure_cells::marked_length(figure, place.line));
            *most = length.unwrap_or_default().max(*most);
        }
    }
    most
}

fn widths(places: &[Place<'_>], units: &[UnitLine]) -> Columns {
    let mut widths = vec![5.0, 34.0, 16.0];
    let figures: u16 = places.iter().map(Place::columns).sum();
    let narrow = if figures > 6 { 11.0 } else { 15.0 };
    for (place, marked) in places.iter().zip(marked(places, units)) {
        let digits = place.line.total.value.map_or(0, |value| value.unsigned_abs().to_string().len());
        // A digit each, a separator for every three, room for a word before it.
        let needed = (digits + digits / 3 + 3).max(marked + 1);
        let needed = f64::from(u8::try_from(needed).unwrap_or(u8::MAX));
        widths.extend(std::iter::repeat_n(needed.clamp(narrow, 26.0), usize::from(place.columns())));
    }
    let mut left = (PAGE - widths.iter().sum::<f64>()).max(0.0);
    for (column, most) in [(2, 21.0), (1, 46.0)] {
        let more = f64::min(left, most - widths[column]);
        widths[column] += more;
        left -= more;
    }
    let each = left / f64::from(figures.max(1));
    for width in &mut widths[usize::from(FIRST_FIGURE)..] {
        *width = f64::min(*width + each, 40.0);
    }
    Columns(widths)
}

/// Writes the heading and gives back the heights of its rows in points.
fn header(
    sheet: &mut Worksheet,
    places: &[Place<'_>],
    columns: &Columns,
    wording: &Wording,
) -> Result<[u32; 3], WorkbookError> {
    for (column, heading) in (0_u16..).zip(["TT", wording.body[0], wording.body[1]]) {
        sheet.words_over((HEADER, column, HEADER + 1, column), heading, &style::header())?;
    }
    let mut lines = 2;
    for place in places {
        let (first, last) = (place.column, place.column + place.columns() - 1);
        let heading = format!("{}\n{}", place.line.code, place.line.name);
        // Bold, broken between words: a fifth of the width is lost at line ends.
        lines = lines.max(page::line_count(&heading, columns.span(first, last) * 0.8));
        page::line(sheet, HEADER, (first, last), &heading, &style::header())?;
        let below: Vec<&str> = match &place.line.ratio {
            Some(ratio) if place.columns() == 3 => vec![&ratio.numerator, &ratio.denominator, "%"],
            _ if place.columns() == 3 => vec!["tử số", "mẫu số", "%"],
            _ => vec![&place.line.measure_unit],
        };
        for (column, text) in (first..).zip(below) {
            sheet.words(HEADER + 1, column, text, &style::header_small())?;
        }
    }
    let height = (lines * 16).min(409);
    sheet.set_row_height(HEADER, height)?;
    sheet.set_row_height(HEADER + 1, 30)?;
    for column in 0..=columns.last() {
        let number = format!("({})", column + 1);
        sheet.words(HEADER + 2, column, number, &style::header_small())?;
    }
    Ok([height, 30, page::ROW])
}
