//! Typed list tables: cells read by their column, blocks pasted from a spreadsheet, rows of many units stacked.

mod cells;
mod pasted;
mod stack;

use tonghop::lists::{Column, ColumnKind, ListTable, Row};

pub fn column(code: &str, title: &str, kind: ColumnKind) -> Column {
    Column { code: code.into(), title: title.into(), kind, ..Column::default() }
}

/// Five columns, one of each type.
pub fn channels() -> ListTable {
    let choices = ["Cổng, trang TTĐT", "Facebook", "Zalo", "Khác"].map(str::to_owned).to_vec();
    ListTable {
        code: "channels".into(),
        title: "Kênh".into(),
        columns: vec![
            Column { required: true, ..column("name", "Tên kênh", ColumnKind::Text) },
            Column { choices, ..column("platform", "Nền tảng", ColumnKind::Choice) },
            column("address", "Địa chỉ", ColumnKind::Link),
            column("followers", "Người theo dõi", ColumnKind::Number),
            column("since", "Ngày lập", ColumnKind::Date),
        ],
    }
}

pub fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(code, cell)| ((*code).to_owned(), (*cell).to_owned())).collect()
}
