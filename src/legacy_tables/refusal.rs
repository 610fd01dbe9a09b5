//! Why a file is not taken as a table of a past period, for the person who has it. What reads workbooks speaks of the unit's own
//! one; where that would mislead, other words stand here.

use crate::unit_workbook::{LARGEST, Refusal};

/// Why, and what to do.
pub fn words(why: &Refusal) -> String {
    match why {
        Refusal::TooLarge => {
            format!("Tệp lớn hơn {} MB. Chép riêng trang có bảng số liệu sang tệp mới rồi tải lên.", LARGEST >> 20)
        }
        Refusal::NotWorkbook => "Đây không phải tệp Excel (.xlsx). Chọn tệp có bảng số liệu của kỳ đã qua.".into(),
        Refusal::TooMuch(megabytes) => format!(
            "Tệp giải nén ra {megabytes} MB, quá lớn. Thường do định dạng hàng nghìn dòng trống: chép riêng bảng số liệu sang tệp mới rồi tải lên."
        ),
        Refusal::TooManyRows(sheet) => format!(
            "Trang “{sheet}” có quá nhiều dòng. Chép riêng bảng số liệu sang tệp mới rồi tải lên."
        ),
        Refusal::TooManyCells => {
            "Tệp có quá nhiều ô hoặc quá nhiều chữ. Chép riêng trang có bảng số liệu sang tệp mới rồi tải lên.".into()
        }
        other => other.to_string(),
    }
}
