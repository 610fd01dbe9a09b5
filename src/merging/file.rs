//! The workbook of one province as the merger knows it: who it is from, its rows, and its totals, each checked against
//! the units it is made of.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Given;
use super::cells::{Cell, StackedRow, Texts, rows};
use super::fault::Fault;
use super::open::{Book, has_sheet, open};
use super::totals::{self, ProvinceTotal};
use crate::audit::sha256_hex;
use crate::workbooks::schema::{Column, DATA, IDENTITY, READABLE};

/// Who a workbook is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub province_code: String,
    pub province: String,
    pub agency: String,
    pub regime: String,
    pub period_code: String,
    pub period_label: String,
    pub window_from: NaiveDate,
    pub window_to: NaiveDate,
    pub edition: u32,
    pub catalogue_version: String,
    /// As written: ISO 8601 with the offset of Vietnam.
    pub approved_at: String,
    pub doc_number: String,
    pub doc_date: String,
    /// SHA-256 of the edition's frozen content.
    pub content_sha256: String,
    /// The row of each key on its sheet, from 0.
    pub(super) places: HashMap<String, u32>,
}

/// A workbook that fits in itself.
#[derive(Clone, Debug)]
pub struct ProvinceFile {
    pub name: String,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    pub header: Header,
    pub texts: Texts,
    /// Rows of *Dữ liệu* below the header.
    pub rows: Vec<StackedRow>,
    pub(super) totals: Vec<ProvinceTotal>,
}

impl ProvinceFile {
    /// How many rows are of indicators the province added itself.
    pub fn local_indicators(&self) -> usize {
        self.totals.iter().filter(|total| total.is_local()).count()
    }
}

/// Faults named of one file, at most: the first tell what is wrong.
const MOST_FAULTS: usize = 20;

/// Reads one workbook.
///
/// # Errors
/// What does not fit, cell by cell; twenty at most.
pub fn read(given: &Given) -> Result<ProvinceFile, Vec<Fault>> {
    let of_file = |message: String| vec![Fault::of_file(&given.name, message)];
    let mut book = open(given).map_err(of_file)?;
    for sheet in [IDENTITY, DATA] {
        if !has_sheet(&book, sheet) {
            return Err(of_file(format!(
                "Không có trang “{sheet}”: đây không phải tệp tổng hợp gửi Bộ do hệ thống xuất ra."
            )));
        }
    }
    let header = header(&mut book, given).map_err(|fault| vec![fault])?;
    let mut texts = Texts::default();
    let mut rows = rows(&mut book, given, DATA, &mut texts).map_err(|fault| vec![fault])?;
    drop(book);
    headings(given, &rows, &texts).map_err(|fault| vec![fault])?;
    rows.remove(0);
    let told = header.1.get("so_dong").and_then(|told| told.parse::<usize>().ok());
    if told.is_some_and(|told| told != rows.len()) {
        return Err(of_file(format!(
            "Trang “{DATA}” có {} dòng, trang “{IDENTITY}” ghi {}: tệp đã bị sửa hoặc cắt bớt.",
            rows.len(),
            told.unwrap_or_default()
        )));
    }
    let mut faults = Vec::new();
    let totals = totals::read(&given.name, &header.0.province_code, &rows, &texts, &mut faults);
    if faults.is_empty() {
        let sha256 = sha256_hex(&given.bytes);
        return Ok(ProvinceFile { name: given.name.clone(), sha256, header: header.0, texts, rows, totals });
    }
    faults.truncate(MOST_FAULTS);
    Err(faults)
}

/// The keys and values of *Định danh*, read into what is needed.
fn header(book: &mut Book<'_>, given: &Given) -> Result<(Header, HashMap<String, String>), Fault> {
    let mut texts = Texts::default();
    let mut values: HashMap<String, String> = HashMap::new();
    let mut places: HashMap<String, u32> = HashMap::new();
    for row in rows(book, given, IDENTITY, &mut texts)? {
        let word = |column| match row.cell(column) {
            Some(Cell::Text(place)) => texts.get(place).to_owned(),
            // A clerk's program may have made a number of "24".
            Some(Cell::Number(number)) => number.to_string(),
            None => String::new(),
        };
        let key = word(0);
        places.entry(key.clone()).or_insert(row.row);
        values.entry(key).or_insert_with(|| word(1));
    }
    let at = |key: &str| (places.get(key).copied().unwrap_or(0), 1);
    let needed = |key: &str| -> Result<String, Fault> {
        match values.get(key).filter(|value| !value.is_empty()) {
            Some(value) => Ok(value.clone()),
            None => Err(Fault::at(&given.name, IDENTITY, at(key), format!("Thiếu “{key}”."))),
        }
    };
    let wrong = |key: &str, message: String| Fault::at(&given.name, IDENTITY, at(key), message);
    let layout = needed("phien_ban_mau")?;
    if !READABLE.contains(&layout.as_str()) {
        return Err(wrong(
            "phien_ban_mau",
            format!(
                "Phiên bản mẫu {layout}; chỉ gộp được phiên bản {}. Xuất lại tệp từ phiên bản mới của hệ thống.",
                READABLE.join(", ")
            ),
        ));
    }
    if needed("trang_thai")? != "da_chot" {
        return Err(wrong("trang_thai", "Bản tổng hợp còn là dự thảo: chốt rồi mới gộp.".into()));
    }
    if needed("loai_ban")? != crate::consolidation::EditionCopy::Ministry.words() {
        return Err(wrong("loai_ban", "Đây là bản nội bộ của tỉnh: dùng bản gửi Bộ.".into()));
    }
    let day = |key: &str| -> Result<NaiveDate, Fault> {
        let value = needed(key)?;
        value.parse().map_err(|_| wrong(key, format!("“{value}” không phải ngày dạng năm-tháng-ngày.")))
    };
    let edition = needed("lan_tong_hop")?;
    let edition =
        edition.parse().map_err(|_| wrong("lan_tong_hop", format!("“{edition}” không phải số lần.")))?;
    let optional = |key: &str| values.get(key).cloned().unwrap_or_default();
    let header = Header {
        province_code: needed("ma_tinh")?,
        province: needed("tinh")?,
        agency: needed("co_quan_tong_hop")?,
        regime: optional("che_do"),
        period_code: needed("ma_ky")?,
        period_label: needed("ky")?,
        window_from: day("so_lieu_tu")?,
        window_to: day("so_lieu_den")?,
        edition,
        catalogue_version: needed("phien_ban_danh_muc")?,
        approved_at: optional("chot_luc"),
        doc_number: optional("so_van_ban"),
        doc_date: optional("ngay_van_ban"),
        content_sha256: optional("sha256"),
        places,
    };
    Ok((header, values))
}

fn headings(given: &Given, rows: &[StackedRow], texts: &Texts) -> Result<(), Fault> {
    let first = rows.first().filter(|row| row.row == 0);
    for (column, heading, _) in Column::ALL {
        let found = first.and_then(|row| row.cell(column.at()));
        if !matches!(found, Some(Cell::Text(place)) if texts.get(place) == heading) {
            let message = format!("Tiêu đề cột phải là “{heading}”: cột đã bị thêm, bớt hoặc đổi tên.");
            return Err(Fault::at(&given.name, DATA, (0, column.at()), message));
        }
    }
    Ok(())
}
