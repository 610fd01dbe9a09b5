//! The sheet *Định danh*, hidden: which edition this is, key by key, for the machine that receives it and for whoever
//! finds the file in a folder years later and looks for it. Header in row 1, values as text, dates in ISO 8601.

use rust_xlsxwriter::Worksheet;

use super::cell_text::CellText;
use super::page::in_vietnam;
use super::schema::{IDENTITY, LAYOUT};
use super::{WorkbookError, data, page, style};
use crate::consolidation::EditionCopy;
use crate::consolidation::content::{EditionContent, Sending};

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    copy: EditionCopy,
) -> Result<(), WorkbookError> {
    sheet.set_name(IDENTITY)?;
    page::set_up(sheet);
    // As the rows it speaks of: out of sight, so that it is not printed with what people read.
    sheet.set_hidden(true);
    page::Columns(vec![24.0, 76.0, 40.0]).apply(sheet)?;
    for (column, header) in (0_u16..).zip(["khoa", "gia_tri", "dien_giai"]) {
        sheet.words(0, column, header, &style::machine_header())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let typed = content.sendings.iter().filter_map(typed_in);
    for (row, (key, value, meaning)) in (1_u32..).zip(entries(content, copy).into_iter().chain(typed)) {
        sheet.words(row, 0, key, &style::machine_text())?;
        sheet.words(row, 1, value, &style::machine_text().set_text_wrap())?;
        sheet.words(row, 2, meaning, &style::machine_text())?;
    }
    Ok(())
}

/// Key, value and what the key means.
type Entry = (&'static str, String, &'static str);

fn entries(content: &EditionContent, copy: EditionCopy) -> Vec<Entry> {
    let identity = &content.identity;
    let instant = |at: chrono::NaiveDateTime| in_vietnam(at).format("%Y-%m-%dT%H:%M:%S+07:00").to_string();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let state = if identity.approved_at.is_some() { "da_chot" } else { "du_thao" };
    vec![
        (
            "phien_ban_mau",
            LAYOUT.to_owned(),
            "Phiên bản mẫu tệp; trang này và trang Dữ liệu (để ẩn) dành cho máy đọc",
        ),
        ("ma_tinh", identity.province_code.clone(), "Mã tỉnh, thành phố"),
        ("ma_tinh_tu_ngay", day(identity.province_code_from), "Mã tỉnh có hiệu lực từ ngày"),
        (
            "ma_tinh_den_ngay",
            day(identity.province_code_to),
            "Mã tỉnh có hiệu lực đến hết ngày; trống: còn hiệu lực",
        ),
        ("tinh", identity.province.clone(), "Tỉnh, thành phố"),
        ("co_quan_tong_hop", identity.agency.clone(), "Cơ quan tổng hợp"),
        ("co_quan_chu_quan", identity.superior.clone(), "Cơ quan chủ quản"),
        ("ma_che_do", identity.regime_code.clone(), "Mã chế độ báo cáo"),
        ("che_do", identity.regime_name.clone(), "Tên chế độ báo cáo"),
        ("ma_ky", identity.period_code.clone(), "Mã kỳ báo cáo"),
        ("ky", identity.period_label.clone(), "Kỳ báo cáo"),
        ("so_lieu_tu", identity.window_from.to_string(), "Thời gian chốt số liệu: từ ngày"),
        ("so_lieu_den", identity.window_to.to_string(), "Thời gian chốt số liệu: đến hết ngày"),
        ("lan_tong_hop", identity.edition_number.to_string(), "Bản tổng hợp lần"),
        ("trang_thai", state.to_owned(), "Trạng thái bản tổng hợp"),
        ("loai_ban", copy.words().to_owned(), "Bản gửi Bộ hoặc bản nội bộ"),
        ("phien_ban_danh_muc", identity.catalogue_version.clone(), "Phiên bản danh mục chỉ tiêu"),
        ("lap_luc", instant(identity.created_at), "Thời điểm lập"),
        ("chot_luc", identity.approved_at.map(instant).unwrap_or_default(), "Thời điểm chốt"),
        ("so_van_ban", identity.doc_number.clone().unwrap_or_default(), "Số, ký hiệu báo cáo"),
        ("ngay_van_ban", day(identity.doc_date), "Ngày báo cáo"),
        ("sha256", identity.sha256.clone(), "SHA-256 của nội dung bản tổng hợp, như trang bản tổng hợp ghi"),
        (
            "so_dong",
            data::row_count(content, copy).to_string(),
            "Số dòng của trang Dữ liệu, không kể dòng tiêu đề",
        ),
    ]
}

/// A report typed in from paper, so that whoever receives the file knows which figures have no sender of their own.
fn typed_in(sending: &Sending) -> Option<Entry> {
    let typed = sending.on_behalf.as_ref()?;
    let value = format!("{} | {} | {} | {}", sending.unit, typed.arrived(), typed.arrived_on, typed.words());
    Some(("nhap_thay", value, "Đơn vị | số đến | ngày đến | nhập từ văn bản giấy"))
}
