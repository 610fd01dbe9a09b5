//! Why a file cannot be taken as a unit's workbook at all, in words for the person who has it: what it is, and what to do.

use std::fmt;

use super::cells::{LARGEST, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS};
use crate::attachments::kind::NotTaken;
use crate::sheets;
use crate::vietnamese::group_thousands;

/// Why. Nothing of a refused file is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    /// Locked with a password.
    Locked,
    Macros,
    /// .xls.
    OldExcel,
    /// An archive, or a spreadsheet of another program's own format.
    OtherProgram,
    /// Something else: a Word file, a PDF, a picture, text.
    NotWorkbook,
    Broken,
    /// Unpacks to so many megabytes.
    TooMuch(u64),
    TooManySheets,
    /// The sheet's name.
    TooManyRows(String),
    TooManyColumns(String),
    TooManyCells,
    /// Not made by this program, or without what says of which report it is.
    NoIdentity,
    /// A workbook without a single value.
    NothingInIt,
    /// Of another unit: its name.
    OtherUnit(String),
    /// Of another regime or period: its label.
    OtherPeriod(String),
    /// Made for another version of the form: then, now.
    OtherForm(i32, i32),
    /// Made before the report was sent: how often it had been sent then, and now.
    BeforeSending(i32, i32),
    /// Made from a draft that is not there any more.
    OtherDraft,
}

impl From<sheets::Refusal> for Refusal {
    fn from(refusal: sheets::Refusal) -> Refusal {
        match refusal {
            sheets::Refusal::TooLarge(_) => Refusal::TooLarge,
            sheets::Refusal::Compound => Refusal::OldExcel,
            sheets::Refusal::NotZip => Refusal::NotWorkbook,
            sheets::Refusal::TooMuch(bytes) => Refusal::TooMuch(bytes >> 20),
            sheets::Refusal::TooManyCells => Refusal::TooManyCells,
            sheets::Refusal::TooManyParts(_)
            | sheets::Refusal::Broken
            | sheets::Refusal::Torn
            | sheets::Refusal::Lying => Refusal::Broken,
            sheets::Refusal::Unreadable(error) => {
                log::info!("a unit's workbook cannot be read: {error}");
                Refusal::Broken
            }
        }
    }
}

impl From<NotTaken> for Refusal {
    fn from(why: NotTaken) -> Refusal {
        match why {
            NotTaken::Unknown => Refusal::NotWorkbook,
            NotTaken::Archive => Refusal::OtherProgram,
            NotTaken::Macros => Refusal::Macros,
            NotTaken::Locked => Refusal::Locked,
            NotTaken::Broken => Refusal::Broken,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: u32| group_thousands(i64::from(number));
        match self {
            Refusal::Empty => f.write_str("Tệp này rỗng (0 byte). Chọn đúng tệp rồi tải lên."),
            Refusal::TooLarge => write!(
                f,
                "Tệp lớn hơn {} MB. Biểu mẫu của đơn vị chỉ vài chục KB: bỏ ảnh và trang thừa, hoặc chép số liệu vào biểu mẫu mới tải về.",
                LARGEST >> 20
            ),
            Refusal::Locked => {
                f.write_str("Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu mở tệp, lưu lại rồi tải lên.")
            }
            Refusal::Macros => {
                f.write_str("Tệp có macro (.xlsm). Lưu lại dạng Excel Workbook (.xlsx) rồi tải lên.")
            }
            Refusal::OldExcel => {
                f.write_str("Tệp .xls đời cũ. Mở bằng Excel, chọn Lưu thành, dạng Excel Workbook (.xlsx), rồi tải lên.")
            }
            Refusal::OtherProgram => f.write_str(
                "Tệp nén hoặc tệp của chương trình khác (.ods, .xlsb, .zip). Mở bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi tải lên.",
            ),
            Refusal::NotWorkbook => {
                f.write_str("Đây không phải tệp Excel (.xlsx). Chọn biểu mẫu Excel đã tải từ trang báo cáo.")
            }
            Refusal::Broken => f.write_str(
                "Tệp hỏng hoặc tải chưa hết, không mở được. Mở lại bằng Excel, lưu thành tệp mới rồi tải lên.",
            ),
            Refusal::TooMuch(megabytes) => write!(
                f,
                "Tệp giải nén ra {megabytes} MB, nhiều hơn mọi biểu mẫu. Thường do định dạng hàng nghìn dòng trống: chép số liệu vào biểu mẫu mới tải về.",
            ),
            Refusal::TooManySheets => {
                write!(f, "Tệp có hơn {MOST_SHEETS} trang tính. Bỏ các trang thừa rồi tải lên.")
            }
            Refusal::TooManyRows(sheet) => write!(
                f,
                "Trang “{sheet}” có dữ liệu quá dòng {}. Bỏ các dòng thừa, hoặc chép số liệu vào biểu mẫu mới tải về.",
                count(MOST_ROWS)
            ),
            Refusal::TooManyColumns(sheet) => write!(
                f,
                "Trang “{sheet}” có dữ liệu quá cột thứ {}. Bỏ các cột thừa rồi tải lên.",
                count(MOST_COLUMNS)
            ),
            Refusal::TooManyCells => write!(
                f,
                "Tệp có hơn {} ô hoặc quá nhiều chữ. Chép số liệu vào biểu mẫu mới tải về rồi tải lên.",
                count(MOST_CELLS)
            ),
            Refusal::NoIdentity => f.write_str(
                "Tệp Excel này không phải biểu mẫu tải từ trang báo cáo, hoặc trang ẩn “_định danh” đã bị xóa. Tải “Biểu mẫu Excel”, chép số liệu vào rồi tải lên.",
            ),
            Refusal::NothingInIt => f.write_str("Tệp Excel không có nội dung nào. Chọn đúng tệp rồi tải lên."),
            Refusal::OtherUnit(name) => {
                write!(f, "Biểu mẫu này của {name}, không phải của đơn vị đang mở. Chọn đúng tệp.")
            }
            Refusal::OtherPeriod(label) => {
                write!(f, "Biểu mẫu này của kỳ “{label}”, không phải kỳ đang mở. Chọn đúng tệp, hoặc mở báo cáo của kỳ đó.")
            }
            Refusal::OtherForm(then, now) if then == now => f.write_str(
                "Tệp làm theo một biểu mẫu khác với biểu mẫu của báo cáo này. Tải biểu mẫu mới, chép số liệu vào rồi tải lên.",
            ),
            Refusal::OtherForm(then, now) => write!(
                f,
                "Tệp làm theo biểu mẫu phiên bản {then}, nay là phiên bản {now}: các dòng không còn như trước. Tải biểu mẫu mới, chép số liệu vào rồi tải lên."
            ),
            Refusal::BeforeSending(then, now) => write!(
                f,
                "Tệp làm khi báo cáo đã gửi {then} lần, nay đã gửi {now} lần. Tải biểu mẫu mới (có sẵn nội dung lần gửi gần nhất) rồi sửa trên đó."
            ),
            Refusal::OtherDraft => f.write_str(
                "Tệp làm từ một bản nháp không còn nữa. Tải biểu mẫu mới, chép số liệu vào rồi tải lên.",
            ),
        }
    }
}

impl std::error::Error for Refusal {}
