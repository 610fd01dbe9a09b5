//! What ties the annex to the report it is of: its number and day, or room for the pen where they are not known yet; which edition
//! it is; who signs, as on the report's own paper.

use chrono::Datelike;
use rust_xlsxwriter::Worksheet;

use super::page::{in_vietnam, line};
use super::{WorkbookError, style};
use crate::consolidation::content::{EditionContent, Identity};
use crate::vietnamese::{document_number, long_date, short_date};

/// Room for a number or a day.
const OPEN: &str = "…";

/// "(Kèm theo Báo cáo số 125/BC-CAT ngày 16 tháng 6 năm 2025 của Công an tỉnh Bắc Giang)". The file is kept at approval: where its
/// report gets number and day only when it is sent there is room for them, under the symbol and in the month that the report's
/// own paper has.
pub(super) fn annexed_line(content: &EditionContent) -> String {
    let identity = &content.identity;
    let symbol = content.paper.as_ref().map_or("", |head| head.symbol.as_str());
    let number = identity.doc_number.as_deref().map_or_else(|| OPEN.to_owned(), document_number);
    // A number with its symbol in it needs no other.
    let reference = match symbol.is_empty() || number.contains('/') {
        true => number,
        false => format!("{number}/{symbol}"),
    };
    let agency = content.paper.as_ref().map_or(&identity.agency, |head| &head.issuer_name);
    format!("(Kèm theo Báo cáo số {reference} {} của {agency})", day_line(identity, true))
}

/// "ngày 16 tháng 6 năm 2025"; of a report that is still to be sent with the month it was made in.
pub(super) fn day_line(identity: &Identity, annexed: bool) -> String {
    let made = in_vietnam(identity.created_at).date();
    match (identity.doc_date, annexed) {
        (Some(day), _) => long_date(day),
        (None, true) => {
            let month = made.month();
            let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
            format!("ngày {OPEN} tháng {month} năm {}", made.year())
        }
        // Of no report: nobody knows when it is signed.
        (None, false) => "ngày … tháng … năm ……".to_owned(),
    }
}

/// "Bản tổng hợp lần 2, chốt ngày 16/6/2025".
pub(super) fn edition_line(identity: &Identity) -> String {
    match identity.approved_at {
        Some(at) => {
            let date = short_date(in_vietnam(at).date());
            format!("Bản tổng hợp lần {}, chốt ngày {date}", identity.edition_number)
        }
        None => format!("Dự thảo bản tổng hợp lần {}, chưa chốt", identity.edition_number),
    }
}

/// Left who drew up the table, right the day and who signs; returns the row after it.
pub(super) fn signatures(
    sheet: &mut Worksheet,
    content: &EditionContent,
    day: &str,
    row: u32,
    left: (u16, u16),
    right: (u16, u16),
) -> Result<u32, WorkbookError> {
    let identity = &content.identity;
    let title = style::centred(13).set_bold();
    let hint = style::centred(12).set_italic();
    line(sheet, row, right, &format!("{}, {day}", identity.place), &style::centred(13).set_italic())?;

    let mut at = row + 1;
    line(sheet, at, left, "NGƯỜI LẬP BIỂU", &title)?;
    line(sheet, at + 1, left, "(Ký, ghi rõ họ tên)", &hint)?;
    for capacity in content.signing() {
        line(sheet, at, right, &capacity, &title)?;
        at += 1;
    }
    // Over a name that is printed nobody needs to be told what to do.
    if identity.signatory.name.is_none() {
        line(sheet, at, right, "(Chữ ký, dấu)", &hint)?;
    }

    let names = at + 5;
    if let Some(name) = &identity.compiled_by {
        line(sheet, names, left, name, &title)?;
    }
    if let Some(name) = &identity.signatory.name {
        line(sheet, names, right, name, &title)?;
    }
    Ok(names + 1)
}
