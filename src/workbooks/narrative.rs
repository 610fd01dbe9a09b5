//! The sheet *Thuyết minh*: the consolidated text block by block, then what each unit wrote, section by section, whole. A cell holds 32,767 characters
//! and a printed row is at most 409 points high, so a long text runs on in the rows below it; the parts put
//! together are the text, character by character.

use std::borrow::Cow;

use rust_xlsxwriter::{FormatAlign, Worksheet};

use super::cell_text::CellText;
use super::page::{self, Columns};
use super::{WorkbookError, style};
use crate::consolidation::composed::points_to_annex;
use crate::consolidation::content::EditionContent;

/// Name of the sheet.
pub(super) const NAME: &str = "Thuyết minh";

const UNIT_WIDTH: f64 = 28.0;
const TEXT_WIDTH: f64 = 96.0;

/// Characters a printed line of the text column surely holds, and lines a printed row does.
const LINE: usize = 96;
const LINES: usize = 23;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, content: &EditionContent) -> Result<(), WorkbookError> {
    sheet.set_name(NAME)?;
    page::set_up(sheet);
    let columns = Columns(vec![8.0, UNIT_WIDTH, TEXT_WIDTH]);
    columns.apply(sheet)?;
    let all = (0, columns.last());
    page::line(sheet, 0, all, "THUYẾT MINH", &style::centred(14).set_bold())?;
    page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
    for (column, header) in (0_u16..).zip(["Mục", "Đơn vị", "Nội dung"]) {
        sheet.words(3, column, header, &style::header())?;
    }
    sheet.set_row_height(3, 24)?;
    sheet.set_freeze_panes(4, 0)?;
    sheet.set_repeat_rows(3, 3)?;

    let code_format = style::text_centred().set_align(FormatAlign::Top);
    let text_format = style::text().set_align(FormatAlign::Top);
    let mut row = 4;
    for section in &content.narrative {
        // Not merged: the heading runs over the empty cell beside it, and the column can still be filtered.
        let heading = style::group();
        sheet.words(row, 0, &section.code, &heading.clone().set_align(FormatAlign::Center))?;
        sheet.words(row, 1, &section.heading, &heading)?;
        sheet.write_blank(row, 2, &heading)?;
        row += 1;
        for block in &section.blocks {
            let from = match block.units().as_slice() {
                [] => "Bản tổng hợp".to_owned(),
                units => format!("Bản tổng hợp, theo {}", units.join("; ")),
            };
            row = texts(sheet, row, &section.code, &from, &without_pointer(&block.text), true)?;
        }
        // The head of a chapter is a heading; what nobody reported is said of its parts.
        if section.is_silent() && !content.heads_parts(section) {
            sheet.words(row, 0, &section.code, &code_format)?;
            sheet.write_blank(row, 1, &style::empty())?;
            let nothing = "Không có đơn vị báo cáo nội dung này.";
            sheet.words(row, 2, nothing, &text_format.clone().set_italic())?;
            row += 1;
        }
        for paragraph in &section.paragraphs {
            row = texts(sheet, row, &section.code, &paragraph.unit, &paragraph.text, false)?;
        }
    }
    Ok(())
}

/// A text without the sentence that the other units' words are in an annex: here they stand below it.
fn without_pointer(text: &str) -> Cow<'_, str> {
    if !text.lines().any(points_to_annex) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.lines().filter(|line| !points_to_annex(line)).collect::<Vec<_>>().join("\n"))
}

/// One text under the sign of its section and the name of whose it is, over as many rows as it takes; what was
/// consolidated stands out from what it was made from. Gives back the next row.
fn texts(
    sheet: &mut Worksheet,
    mut row: u32,
    code: &str,
    whose: &str,
    text: &str,
    consolidated: bool,
) -> Result<u32, WorkbookError> {
    let code_format = style::text_centred().set_align(FormatAlign::Top);
    let text_format = style::text().set_align(FormatAlign::Top);
    let whose_format = if consolidated { text_format.clone().set_bold() } else { text_format.clone() };
    for (index, part) in split(text).into_iter().enumerate() {
        let suffix = if index == 0 { "" } else { " (tiếp)" };
        sheet.words(row, 0, code, &code_format)?;
        let unit = format!("{whose}{suffix}");
        sheet.words(row, 1, &unit, &whose_format)?;
        sheet.words(row, 2, part, &text_format)?;
        page::fit_row(sheet, row, &[(&unit, UNIT_WIDTH), (part.trim_end(), TEXT_WIDTH)])?;
        row += 1;
    }
    Ok(row)
}

/// Cuts a text into parts that each fit a printed row, between words where there are any.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut lines, mut width) = (0, 0, 1, 0);
    for word in text.split_inclusive(char::is_whitespace).flat_map(shorter) {
        let length = word.chars().count();
        if width + length > LINE {
            lines += 1;
            width = 0;
        }
        if lines > LINES {
            parts.push(&text[start..end]);
            start = end;
            (lines, width) = (1, 0);
        }
        end += word.len();
        width += length;
        if word.ends_with('\n') {
            lines += 1;
            width = 0;
        }
    }
    if start < end {
        parts.push(&text[start..end]);
    }
    parts
}

/// A word longer than a line, in pieces of a line.
fn shorter(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let cut = rest.char_indices().nth(LINE).map_or(rest.len(), |(index, _)| index);
        let (piece, left) = rest.split_at(cut);
        rest = left;
        Some(piece)
    })
}
