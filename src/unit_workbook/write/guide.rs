//! The first sheet: how the workbook is filled and handed back.

use rust_xlsxwriter::Worksheet;

use super::{Looks, Sheets, head, set_up};
use crate::unit_workbook::layout::GUIDE_SHEET;
use crate::workbooks::cell_text::CellText;
use crate::workbooks::{WorkbookError, page};

const WIDTH: f64 = 110.0;

const LINES: [&str; 12] = [
    "1. Chỉ nhập vào các ô nền vàng. Các ô khác được khóa (không mật khẩu) để không sửa nhầm.",
    "2. Số liệu: gõ con số, ví dụ 1245 hoặc 12,5. Cũng nhận “1.245”, “1,3 nghìn”, “4,2 tỷ đồng”, “gần 100”.",
    "3. Chưa có số liệu thì để trống. Không phát sinh thì nhập 0 hoặc “không”. Ô trống không phải là số 0.",
    "4. Tiền nhập theo đơn vị tính của dòng (ví dụ triệu đồng); nếu ghi “4,2 tỷ đồng” thì hiểu đúng như đã ghi.",
    "5. Cột “Ước/gần/hơn”: chọn khi số liệu chưa chính xác. Ghi chú là lời giải thích đi cùng số liệu.",
    "6. Thuyết minh: mỗi đoạn văn một ô, dưới đúng tên phần. Thiếu ô thì chèn thêm dòng giữa phần.",
    "7. Danh sách, minh chứng: mỗi dòng một mục; thiếu dòng thì nhập tiếp bên dưới. Ngày nhập dạng ngày/tháng/năm.",
    "8. Được chèn dòng, đổi thứ tự, đổi tên trang, ẩn dòng. Không sửa cột Mã, không xóa trang ẩn “_định danh”.",
    "9. Không nhập thông tin bí mật nhà nước và thông tin cá nhân.",
    "10. Lưu dạng Excel Workbook (.xlsx), không đặt mật khẩu, không macro.",
    "11. Tải lên ở trang báo cáo, mục “Biểu mẫu Excel”. Trước khi ghi, hệ thống cho xem từng thay đổi và từng ô cần sửa.",
    "12. Dùng phông Unicode (Times New Roman). Chữ gõ bằng phông TCVN3, VNI được nhận ra và hỏi trước khi chuyển.",
];

pub(super) fn write(sheet: &mut Worksheet, sheets: &Sheets<'_>, looks: &Looks) -> Result<(), WorkbookError> {
    sheet.set_name(GUIDE_SHEET)?;
    set_up(sheet, &[WIDTH])?;
    let mut row = head(sheet, sheets, "BIỂU MẪU EXCEL CỦA ĐƠN VỊ", 0, looks)?;
    row += 1;
    for line in LINES {
        sheet.words(row, 0, line, &looks.line.clone().set_text_wrap())?;
        page::fit_row(sheet, row, &[(line, WIDTH)])?;
        row += 1;
    }
    if !sheets.marks.is_empty() {
        let words = format!(
            "Tệp này giữ nguyên nội dung đã tải lên; {} chỗ cần sửa hoặc xem lại được tô đỏ, lời giải thích ở ghi chú của ô.",
            sheets.marks.len()
        );
        sheet.words(row + 1, 0, words, &looks.line.clone().set_bold().set_text_wrap())?;
    }
    sheet.protect();
    Ok(())
}
