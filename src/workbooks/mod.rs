//! The Ministry's workbook: the content of an edition in, the bytes of an .xlsx out. Stands between the
//! frozen edition and the clerk who prints it, the machine that merges it. No database, clock or web here:
//! the same content gives the same bytes, next year too (product rule 4).

mod by_unit;
pub(crate) mod cell_text;
mod changes;
mod charts;
mod compared_cells;
mod data;
mod error;
mod evidence;
mod figure_cells;
mod identity;
mod lists;
mod narrative;
mod national;
mod notes;
mod number;
mod of_report;
pub(crate) mod page;
mod plain_rows;
mod runs;
pub mod schema;
mod sendings;
pub(crate) mod sheet_name;
pub(crate) mod style;
mod summary;
mod table;
mod tasks;
mod total_row;
pub mod trail;
mod wording;

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use compared_cells::UnitRows;
pub use error::WorkbookError;
pub use national::write as write_national;

use crate::consolidation::content::{EditionContent, IndicatorLine};
use crate::consolidation::{EditionCopy, guarded};

/// Whether the figures of an edition can be written at all: the quick part of [`write`], for the moment an edition is
/// frozen.
///
/// # Errors
/// [`WorkbookError::TooManyDigits`], which names indicator and unit.
pub fn check(content: &EditionContent) -> Result<(), WorkbookError> {
    number::check(content)
}

/// Writes the workbook of an edition: *Tổng hợp*, *Biểu đồ*, one *Theo đơn vị* per group of indicators, one *Danh sách*
/// per list table, *Thuyết minh*, *Thay đổi so với lần trước* from the second edition on, *Định danh* and *Dữ liệu*; in
/// the internal copy also *Nhiệm vụ*, *Tình hình gửi* and *Minh chứng*, and on every page that it is for inside. Of a classified group the Ministry's copy has
/// the totals, and no figure of a single unit on any sheet, nor a total that tells one ([`guarded`]).
///
/// What people typed is written as text, never as a formula. Refuses content whose totals are not what its
/// units add up to, and numbers of more digits than Excel keeps (15): a workbook that is quietly wrong is
/// worse than none. A large content is best given and not lent: the Ministry's copy is made of what [`guarded`] leaves.
pub fn write<'a>(
    content: impl Into<Cow<'a, EditionContent>>,
    copy: EditionCopy,
) -> Result<Vec<u8>, WorkbookError> {
    let content = content.into();
    number::check(&content)?;
    let classified = content.classified();
    let shows = |line: &IndicatorLine| copy.shows_units(classified.contains(&line.code));
    for group in content.groups.iter().filter(|group| !group.indicators.iter().all(shows)) {
        by_unit::check(&content, group)?;
    }
    match copy {
        EditionCopy::Ministry => written(&guarded(content), copy),
        EditionCopy::Internal => written(&content, copy),
    }
}

/// The sheets, one after the other.
fn written(content: &EditionContent, copy: EditionCopy) -> Result<Vec<u8>, WorkbookError> {
    let classified = content.classified();
    let shows = |line: &IndicatorLine| copy.shows_units(classified.contains(&line.code));
    let mut workbook = begin(content)?;

    let wording = &wording::PROVINCE;
    let units = UnitRows::of(content, copy, wording.summary);
    let places = summary::write(workbook.add_worksheet(), content, &units, wording, copy)?;
    let mut names = sheet_name::Names::starting_with(&summary::SHEET_NAMES_TAKEN);
    if charts::any(content) {
        charts::write(workbook.add_worksheet(), content, &places, &units)?;
    }
    for group in &content.groups {
        let mut group = group.clone();
        group.indicators.retain(shows);
        if group.indicators.is_empty() {
            continue;
        }
        let name = names.for_group(wording.sheet, &group.code);
        by_unit::write(workbook.add_worksheet(), &name, content, &group, wording)?;
    }
    for list in &content.lists {
        let name = names.for_list(&list.title);
        lists::write(workbook.add_worksheet(), &name, content, list)?;
    }
    narrative::write(workbook.add_worksheet(), content)?;
    if let Some(list) = &content.changes {
        changes::write(workbook.add_worksheet(), content, list, copy)?;
    }
    if copy == EditionCopy::Internal {
        tasks::write(workbook.add_worksheet(), content)?;
        sendings::write(workbook.add_worksheet(), content)?;
        evidence::write(workbook.add_worksheet(), content)?;
    }
    if copy == EditionCopy::Internal {
        workbook.worksheets_mut().iter_mut().for_each(page::keep_inside);
    }
    identity::write(workbook.add_worksheet(), content, copy)?;
    let rows = data::row_count(content, copy);
    data::begin(workbook.add_worksheet(), rows)?;
    plain_rows::with_rows(workbook, rows, |rows| data::write(rows, content, copy))
}

/// An empty workbook with the font and the properties of its content.
fn begin(content: &EditionContent) -> Result<Workbook, WorkbookError> {
    let mut workbook = Workbook::new();
    let base = Format::new().set_font_name(style::FONT).set_font_size(12);
    // 72 pixels is the default column of a font whose digits are 8 pixels wide, as those of this one at 12.
    workbook.set_default_format(&base, 21, 72)?;
    workbook.set_properties(&properties(content)?);
    Ok(workbook)
}

fn properties(content: &EditionContent) -> Result<DocProperties, WorkbookError> {
    use chrono::{Datelike, Timelike};
    let identity = &content.identity;
    let created = identity.created_at;
    let year = u16::try_from(created.year()).unwrap_or_default();
    let month = u8::try_from(created.month()).unwrap_or_default();
    let day = u8::try_from(created.day()).unwrap_or_default();
    let hour = u16::try_from(created.hour()).unwrap_or_default();
    let minute = u8::try_from(created.minute()).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(year, month, day)?.and_hms(hour, minute, created.second())?;
    Ok(DocProperties::new()
        .set_title(format!("{} - {}", identity.regime_name, identity.period_label))
        .set_author(&identity.agency)
        .set_company(&identity.agency)
        .set_creation_datetime(&created))
}
