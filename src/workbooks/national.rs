//! The national workbook: the look of a province's, over provinces in place of units; and for machines every row of every
//! file, stacked, so that each national figure leads back to a unit and its revision.

use rust_xlsxwriter::Worksheet;

use super::compared_cells::UnitRows;
use super::plain_rows::{PlainRows, Text, with_rows};
use super::table::{Heading, Table};
use super::wording::NATIONAL;
use super::{WorkbookError, begin, by_unit, charts, data, number, sheet_name, summary};
use crate::consolidation::EditionCopy;
use crate::merging::{Cell, Merged};
use crate::vietnamese::short_date;

const FILES: &str = "Tệp đã dùng";
const MISSING: &str = "Tỉnh còn thiếu";

/// Names of the sheets that are not of a group.
const TAKEN: [&str; 5] = ["Tổng hợp toàn quốc", charts::NAME, FILES, MISSING, super::schema::DATA];

const FILE_HEADINGS: [Heading; 9] = [
    ("TT", 5.0, true),
    ("Tệp", 34.0, false),
    ("Mã tỉnh", 7.0, true),
    ("Tỉnh, thành phố", 20.0, false),
    ("Cơ quan tổng hợp", 24.0, false),
    ("Lần", 5.0, true),
    ("Số, ngày báo cáo", 18.0, true),
    ("Chỉ tiêu riêng của tỉnh, không cộng", 13.0, true),
    ("SHA-256 của tệp; của nội dung bản tổng hợp", 34.0, false),
];
const MISSING_HEADINGS: [Heading; 3] =
    [("TT", 6.0, true), ("Mã tỉnh", 12.0, true), ("Tỉnh, thành phố", 60.0, false)];

/// Writes the workbook of merged provinces: *Tổng hợp toàn quốc*, *Biểu đồ*, one *Theo tỉnh* per group of indicators,
/// *Tệp đã dùng*, *Tỉnh còn thiếu* and *Dữ liệu*. The same files give the same bytes.
///
/// # Errors
/// As [`super::write`].
pub fn write(merged: &Merged) -> Result<Vec<u8>, WorkbookError> {
    let content = &merged.content;
    number::check(content)?;
    let mut workbook = begin(content)?;
    let wording = &NATIONAL;
    let units = UnitRows::of(content, EditionCopy::Ministry, wording.summary);
    let places = summary::write(workbook.add_worksheet(), content, &units, wording, EditionCopy::Ministry)?;
    let mut names = sheet_name::Names::starting_with(&TAKEN);
    if charts::any(content) {
        charts::write(workbook.add_worksheet(), content, &places, &units)?;
    }
    for group in &content.groups {
        let name = names.for_group(wording.sheet, &group.code);
        by_unit::write(workbook.add_worksheet(), &name, content, group, wording)?;
    }
    files(workbook.add_worksheet(), merged)?;
    missing(workbook.add_worksheet(), merged)?;
    let totals: usize = content.groups.iter().map(|group| group.indicators.len()).sum();
    let count = totals + merged.files.iter().map(|file| file.rows.len()).sum::<usize>();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    data::begin(workbook.add_worksheet(), count)?;
    with_rows(workbook, count, |rows| stacked(rows, merged))
}

fn files(sheet: &mut Worksheet, merged: &Merged) -> Result<(), WorkbookError> {
    let content = &merged.content;
    let mut table = Table::begin(sheet, FILES, "CÁC TỆP ĐÃ DÙNG", content, &FILE_HEADINGS)?;
    for (number, file) in (1_usize..).zip(&merged.files) {
        let header = &file.header;
        let day = header.doc_date.parse().map(short_date).unwrap_or_default();
        table.row(&[
            number.to_string(),
            file.name.clone(),
            header.province_code.clone(),
            header.province.clone(),
            header.agency.clone(),
            header.edition.to_string(),
            format!("{}\n{day}", header.doc_number).trim().to_owned(),
            file.local_indicators().to_string(),
            format!("{}\n{}", file.sha256, header.content_sha256).trim().to_owned(),
        ])?;
    }
    let identity = &content.identity;
    table.note(&format!(
        "Danh mục chỉ tiêu {}. Chỉ tiêu riêng của tỉnh mang mã DP. và có ở trang Dữ liệu, không vào tổng toàn quốc. Tổng \
         toàn quốc được tính lại từ tổng của từng tỉnh; tổng của từng tỉnh đã được đối chiếu với số liệu từng đơn vị có \
         trong tệp.",
        identity.catalogue_version
    ))
}

fn missing(sheet: &mut Worksheet, merged: &Merged) -> Result<(), WorkbookError> {
    let title = "TỈNH, THÀNH PHỐ CHƯA CÓ TỆP";
    let mut table = Table::begin(sheet, MISSING, title, &merged.content, &MISSING_HEADINGS)?;
    for (number, province) in (1_usize..).zip(&merged.missing) {
        table.row(&[number.to_string(), province.code.clone(), province.name.clone()])?;
    }
    if merged.missing.is_empty() {
        table.nothing("Đủ 34 tỉnh, thành phố.")?;
    }
    if merged.before_the_34 {
        table.note(
            "Kỳ này kết thúc trước ngày 01/7/2025, khi còn 63 tỉnh, thành phố: danh sách đối chiếu là của 34 tỉnh, thành phố \
             từ ngày đó, cùng một mã có thể là địa giới khác.",
        )?;
    }
    Ok(())
}

/// National totals first, then the rows of every file as they came.
fn stacked(rows: &mut PlainRows<'_>, merged: &Merged) -> Result<(), WorkbookError> {
    data::national(rows, &merged.content)?;
    for file in &merged.files {
        let texts: Vec<Text> = file.texts.iter().map(|text| rows.keep(text)).collect();
        for stacked in &file.rows {
            rows.begin_row()?;
            for (column, cell) in &stacked.cells {
                match cell {
                    Cell::Number(number) => rows.number(*column, *number),
                    Cell::Text(place) => {
                        if let Some(text) = texts.get(*place as usize) {
                            rows.kept(*column, *text);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}
