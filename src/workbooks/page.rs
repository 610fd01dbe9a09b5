//! The page around a table: A4 landscape, the heading of an official document (NĐ 30/2020, Phụ lục I; margins 20, 20, 30
//! and 15 mm).

use chrono::{Duration, NaiveDateTime};
use rust_xlsxwriter::{Format, FormatAlign, Image, ObjectMovement, Worksheet};

use super::cell_text::CellText;
use super::{WorkbookError, style};
use crate::consolidation::content::Identity;
use crate::vietnamese::short_date;

/// One black pixel as a PNG picture, stretched into the rules of the heading. A text box of that height is
/// drawn as a black square by LibreOffice, and the decree wants no underlining.
const BLACK_PIXEL: [u8; 67] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00,
    0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01,
    0xE5, 0x27, 0xDE, 0xFC, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

const MILLIMETRES_PER_INCH: f64 = 25.4;
const POINTS_PER_MILLIMETRE: f64 = 72.0 / MILLIMETRES_PER_INCH;
/// What the margins leave of a landscape page of A4, in points.
const PRINTED_WIDTH: f64 = (297.0 - 30.0 - 15.0) * POINTS_PER_MILLIMETRE;
const PRINTED_HEIGHT: f64 = (210.0 - 20.0 - 20.0) * POINTS_PER_MILLIMETRE;
/// Height of a row that nobody set, in points.
pub(crate) const ROW: u32 = 16;
/// A last page filled less than this is not worth a page: the table is made a little smaller instead, down to this share
/// of its size.
const WORTH_A_PAGE: f64 = 0.4;
const SMALLEST: f64 = 0.8;

/// The page number, in the middle of the top margin.
const NUMBER: &str = "&C&\"Times New Roman,Regular\"&13&P";
/// What stands on the collector's own copy.
pub(super) const INSIDE: &str = "LƯU HÀNH NỘI BỘ";

/// Says on every page of a sheet that it does not leave.
pub(super) fn keep_inside(sheet: &mut Worksheet) {
    sheet.set_header(format!("{NUMBER}&R&\"Times New Roman,Bold\"&13{INSIDE}"));
}

/// A sheet as it was written, with no page number on its first page, as papers have it (NĐ 30/2020); what stands beside the number
/// stays. The writer of sheets knows no first page of its own kind.
pub(super) fn without_first_number(sheet: &str) -> String {
    let header = sheet.split_once("<oddHeader>").and_then(|(_, rest)| rest.split_once("</oddHeader>"));
    let Some((header, _)) = header else { return sheet.to_owned() };
    let beside = header.split_once("&amp;P").map_or("", |(_, beside)| beside);
    let first = format!("</oddHeader><firstHeader>{beside}</firstHeader>");
    sheet.replacen("<headerFooter", "<headerFooter differentFirst=\"1\"", 1).replacen(
        "</oddHeader>",
        &first,
        1,
    )
}

/// Paper, margins, page number in the top margin, one page wide.
pub(crate) fn set_up(sheet: &mut Worksheet) {
    let inches = |millimetres: f64| millimetres / MILLIMETRES_PER_INCH;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_margins(inches(30.0), inches(15.0), inches(20.0), inches(20.0), inches(10.0), inches(10.0))
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_header(NUMBER)
        .set_screen_gridlines(false)
        .set_zoom(90);
}

/// The columns of a sheet by their widths in characters.
pub(super) struct Columns(pub(super) Vec<f64>);

impl Columns {
    /// Sets the widths.
    pub(super) fn apply(&self, sheet: &mut Worksheet) -> Result<(), WorkbookError> {
        for (column, width) in self.indices().zip(&self.0) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// The last column.
    pub(super) fn last(&self) -> u16 {
        self.indices().last().unwrap_or(0)
    }

    /// Width in characters from one column to another, both included.
    pub(super) fn span(&self, first: u16, last: u16) -> f64 {
        self.0[usize::from(first)..=usize::from(last)].iter().sum()
    }

    /// By how much a page shrinks so that all columns stand on it; 1 where they do already.
    fn shrink(&self) -> f64 {
        let points: f64 = self.indices().map(|column| f64::from(self.pixels(column)) * 0.75).sum();
        (PRINTED_WIDTH / points).min(1.0)
    }

    fn indices(&self) -> impl Iterator<Item = u16> {
        (0_u16..).take(self.0.len())
    }

    /// Width of one column in pixels, for digits 8 pixels wide and the usual padding.
    fn pixels(&self, column: u16) -> u32 {
        // Widths are small positive constants of this room.
        (self.0[usize::from(column)] * 8.0 + 5.0) as u32
    }
}

/// Lays a table out on pages: at the size at which all columns stand on one page, or a little smaller where the last
/// page would else hold next to nothing; and with what stands under it (totals, notes, signatures) kept together with its
/// last rows, so that the repeated heading never stands over nothing. `rows` are the heights of all rows above that block
/// in points, those of the heading from `heading` on; `breaks` the rows before which the table may be broken, the last
/// first; `heads` the rows that open a group, which go over to the next page where they would end one.
pub(super) fn lay_out(
    sheet: &mut Worksheet,
    columns: &Columns,
    rows: &[u32],
    heading: &[u32],
    block: u32,
    (breaks, heads): (&[u32], &[u32]),
) -> Result<(), WorkbookError> {
    let repeated: u32 = heading.iter().sum();
    // A little narrower than the page: other programs measure letters a little wider.
    let full = (columns.shrink() * 96.0).floor();
    let laid = |scale: f64| Pages::of(rows, heads, repeated, block, page_at(scale));
    let mut scale = full;
    let whole = laid(full);
    if whole.count > 1
        && f64::from(whole.last - repeated.min(whole.last)) < f64::from(page_at(full)) * WORTH_A_PAGE
    {
        let smaller = (1..).map(|step| full - f64::from(step)).take_while(|scale| *scale >= full * SMALLEST);
        scale = smaller.into_iter().find(|scale| laid(*scale).count < whole.count).unwrap_or(full);
    }
    sheet.set_print_scale(scale as u16);
    let page = page_at(scale);
    let Pages { block_fits, mut carried, .. } = laid(scale);
    if block_fits {
        sheet.set_page_breaks(&carried)?;
        return Ok(());
    }
    // Back from the end: the nearest place where the rows below it and the block still fit one page.
    let below = |row: u32| rows.iter().skip(row as usize).sum::<u32>();
    let fits = |row: &&u32| repeated + below(**row) + block <= page;
    if let Some(row) = breaks.iter().find(fits).or(breaks.last()) {
        carried.retain(|head| head < row);
        carried.push(*row);
    }
    sheet.set_page_breaks(&carried)?;
    Ok(())
}

/// Points of rows that a page holds at a scale in percent.
fn page_at(scale: f64) -> u32 {
    (PRINTED_HEIGHT / scale * 100.0 * 0.97) as u32
}

/// How a table and the block under it fall on pages.
struct Pages {
    count: u32,
    /// Points used of the last page.
    last: u32,
    /// The block stands on a page with rows of the table.
    block_fits: bool,
    /// Rows that open a group and go over to the next page.
    carried: Vec<u32>,
}

impl Pages {
    fn of(rows: &[u32], heads: &[u32], repeated: u32, block: u32, page: u32) -> Pages {
        let (mut count, mut used, mut carried) = (1, 0, Vec::new());
        for (row, height) in (0_u32..).zip(rows) {
            // With the row under it, and one more: other programs measure rows a little higher.
            let next: u32 = rows.iter().skip(row as usize + 1).take(2).sum();
            let is_head = heads.binary_search(&row).is_ok();
            if used + height > page {
                used = repeated;
                count += 1;
            } else if is_head && used > repeated && used + height + next > page {
                carried.push(row);
                used = repeated;
                count += 1;
            }
            used += height;
        }
        let block_fits = used + block <= page;
        if block_fits {
            return Pages { count, last: used + block, block_fits, carried };
        }
        Pages { count: count + 1, last: repeated + block, block_fits, carried }
    }
}

/// One line of text over some columns.
pub(super) fn line(
    sheet: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), WorkbookError> {
    if columns.0 == columns.1 {
        sheet.words(row, columns.0, text, format)?;
    } else {
        sheet.words_over((row, columns.0, row, columns.1), text, format)?;
    }
    Ok(())
}

/// A thin rule under a line of the heading, centred over some columns. A drawn line and not an underline,
/// as the decree asks.
fn rule(
    sheet: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    all: &Columns,
    length: u32,
) -> Result<(), WorkbookError> {
    let width: u32 = (columns.0..=columns.1).map(|column| all.pixels(column)).sum();
    let mut offset = width.saturating_sub(length) / 2;
    let mut column = columns.0;
    while column < columns.1 && offset >= all.pixels(column) {
        offset -= all.pixels(column);
        column += 1;
    }
    let pixel = Image::new_from_buffer(&BLACK_PIXEL)?
        .set_width(length)
        .set_height(1)
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    sheet.insert_image_with_offset(row, column, &pixel, offset, 2)?;
    Ok(())
}

/// Superior and issuer on the left, Quốc hiệu and Tiêu ngữ on the right; three rows from row 0.
pub(super) fn official_heading(
    sheet: &mut Worksheet,
    identity: &Identity,
    columns: &Columns,
    left: (u16, u16),
    right: (u16, u16),
) -> Result<(), WorkbookError> {
    line(sheet, 0, left, &identity.superior.to_uppercase(), &style::centred(12))?;
    line(sheet, 1, left, &identity.agency.to_uppercase(), &style::centred(12).set_bold())?;
    line(sheet, 0, right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &style::centred(12).set_bold())?;
    line(sheet, 1, right, "Độc lập - Tự do - Hạnh phúc", &style::centred(13).set_bold())?;
    sheet.set_row_height(2, 9)?;
    rule(sheet, 2, left, columns, 90)?;
    rule(sheet, 2, right, columns, 190)?;
    Ok(())
}

/// "Kỳ báo cáo: 6 tháng đầu năm 2025 (số liệu từ ngày 15/12/2024 đến ngày 14/6/2025)".
pub(super) fn period_line(identity: &Identity) -> String {
    format!(
        "Kỳ báo cáo: {} (số liệu từ ngày {} đến ngày {})",
        identity.period_label,
        short_date(identity.window_from),
        short_date(identity.window_to)
    )
}

/// A UTC instant on the clocks of Vietnam (UTC+7, no summer time).
pub(super) fn in_vietnam(instant: NaiveDateTime) -> NaiveDateTime {
    instant + Duration::hours(7)
}

/// A note under the table over some columns, as high as its text needs; gives back that height in points.
pub(super) fn note(
    sheet: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    all: &Columns,
    text: &str,
) -> Result<u32, WorkbookError> {
    line(sheet, row, columns, text, &style::note().set_align(FormatAlign::Left))?;
    let lines = line_count(text, all.span(columns.0, columns.1));
    let height = (lines * 15).min(409);
    sheet.set_row_height(row, height)?;
    Ok(height)
}

/// Gives a row the height its wrapped texts need; each with the width of its cell in characters. Rows are
/// never left to the reader to fit: LibreOffice does not, and prints one text over another. Gives back the height.
pub(crate) fn fit_row(sheet: &mut Worksheet, row: u32, texts: &[(&str, f64)]) -> Result<u32, WorkbookError> {
    let lines = texts.iter().map(|(text, width)| line_count(text, *width)).max().unwrap_or(1);
    if lines < 2 {
        return Ok(ROW);
    }
    let height = (lines * 16 + 2).min(409);
    sheet.set_row_height(row, height)?;
    Ok(height)
}

/// The height of a row of headings, each with the width of its column: bold letters are wider, and a fifth of the width is
/// lost at line ends.
pub(crate) fn heading_height<'a>(headings: impl Iterator<Item = (&'a str, &'a f64)>) -> u32 {
    let lines = headings.map(|(heading, width)| line_count(heading, width * 0.8)).max().unwrap_or(1);
    (lines * 16 + 2).clamp(34, 409)
}

/// Lines a text takes in a cell so many characters wide, broken between words, on the safe side: letters are
/// on average a sixth narrower than the digits by which widths are counted.
pub(crate) fn line_count(text: &str, width: f64) -> u32 {
    // Widths are small positive constants of this room.
    let width = ((width * 1.05) as usize).max(1);
    let mut lines = 0;
    for line in text.split('\n') {
        let mut used = 0;
        lines += 1;
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            lines += (used.max(1) - 1) / width;
            used = (used.max(1) - 1) % width + 1;
        }
    }
    u32::try_from(lines).unwrap_or(u32::MAX)
}
