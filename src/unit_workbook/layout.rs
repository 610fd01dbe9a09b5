//! Where things stand in the workbook, for its writer and its reader alike: tables, their columns, and the hidden row above
//! each table's headings that names both, so that neither sheet nor column has to stay where it was.

use crate::lists::ListTable;

/// Before the unit's name, under the title of every sheet.
pub(super) const UNIT_LINE: &str = "Đơn vị báo cáo: ";
/// Begins the cell that names a table, in the hidden row.
pub(super) const TABLE_MARK: &str = "#bang:";
/// Begins the cells that name its columns.
pub(super) const COLUMN_MARK: &str = "#cot:";

pub(super) const FIGURES: &str = "so-lieu";
pub(super) const SECTIONS: &str = "thuyet-minh";
pub(super) const TASKS: &str = "nhiem-vu";
pub(super) const EVIDENCE: &str = "minh-chung";
/// Begins the code of the table of a list.
pub(super) const LIST: &str = "danh-sach:";

pub(super) const CODE: &str = "ma";
pub(super) const INPUT: &str = "nhap";
pub(super) const LEVEL: &str = "muc-do";
pub(super) const NOTE: &str = "ghi-chu";
pub(super) const TEXT: &str = "noi-dung";
pub(super) const STATUS: &str = "trang-thai";
pub(super) const RESULT: &str = "ket-qua";

/// The line of the day until which figures are actual.
pub(super) const DAY_LINE: &str = "NGÀY";
/// Before the number of a task.
pub(super) const TASK_CODE: &str = "NV";
/// In the place of a code: the line above goes on without a line end, for a cell holds only so much.
pub(super) const CONTINUED: &str = "(tiếp)";
/// Characters of one cell, as UTF-16 counts them, at most.
pub(super) const CELL: usize = 32_767;

pub(super) const GUIDE_SHEET: &str = "Hướng dẫn";
pub(super) const FIGURES_SHEET: &str = "Số liệu";
pub(super) const SECTIONS_SHEET: &str = "Thuyết minh";
pub(super) const TASKS_SHEET: &str = "Nhiệm vụ";
pub(super) const EVIDENCE_SHEET: &str = "Minh chứng";
pub(super) const IDENTITY_SHEET: &str = "_định danh";

/// A table as it is looked for: its code, and each column's code with its heading. Those of the first `needed` must be
/// there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub code: String,
    pub columns: Vec<(String, String)>,
    pub needed: usize,
}

fn table(code: &str, columns: &[(&str, &str)], needed: usize) -> Table {
    let named = |(code, heading): &(&str, &str)| ((*code).to_owned(), (*heading).to_owned());
    Table { code: code.to_owned(), columns: columns.iter().map(named).collect(), needed }
}

/// Figures: the columns that are read. Those beside them are for people.
pub(super) fn figures() -> Table {
    let columns = [(CODE, "Mã"), (INPUT, "Nhập kỳ này"), (LEVEL, "Ước/gần/hơn"), (NOTE, "Ghi chú")];
    table(FIGURES, &columns, 4)
}

pub(super) fn sections() -> Table {
    table(SECTIONS, &[(CODE, "Mã"), (TEXT, "Nội dung")], 2)
}

pub(super) fn tasks() -> Table {
    let columns = [(CODE, "Mã"), (STATUS, "Tình hình"), (RESULT, "Kết quả thực hiện")];
    table(TASKS, &columns, 3)
}

/// Evidence: the codes are the parts of the draft page's fields.
pub(super) fn evidence() -> Table {
    let columns = [
        ("title", "Tiêu đề"),
        ("url", "Địa chỉ"),
        ("platform", "Nền tảng"),
        ("date", "Ngày đăng"),
        ("reach", "Lượt tiếp cận"),
    ];
    table(EVIDENCE, &columns, 4)
}

/// Headings that workbooks had before, and what they are called now: those are still filled and handed back.
pub(super) const OLDER: [(&str, &str); 4] = [
    ("Tình trạng", "Tình hình"),
    ("Tên tin, bài, tài liệu", "Tiêu đề"),
    ("Đường dẫn", "Địa chỉ"),
    ("Nơi đăng", "Nền tảng"),
];

/// The table of a list of the form.
pub(super) fn list(list: &ListTable) -> Table {
    let columns: Vec<_> =
        list.columns.iter().map(|column| (column.code.clone(), column.title.clone())).collect();
    Table { code: format!("{LIST}{}", list.code), needed: columns.len(), columns }
}
