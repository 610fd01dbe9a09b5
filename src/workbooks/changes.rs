//! The sheet *Thay đổi so với lần trước*, from the second edition on: figure by figure what a unit said before and says
//! now, and whose words and lists changed. Figures of single units that a copy leaves out are left out here too.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::table::{Heading, Table};
use crate::consolidation::EditionCopy;
use crate::consolidation::content::{ChangeList, EditionContent};

/// Name of the sheet.
pub(super) const NAME: &str = "Thay đổi so với lần trước";

const HEADINGS: [Heading; 7] = [
    ("TT", 5.0, true),
    ("Đơn vị", 34.0, false),
    ("Loại", 13.0, true),
    ("Mã số, mục", 11.0, true),
    ("Chỉ tiêu, nội dung", 44.0, false),
    ("Lần trước", 24.0, false),
    ("Lần này", 24.0, false),
];

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &EditionContent,
    list: &ChangeList,
    copy: EditionCopy,
) -> Result<(), WorkbookError> {
    let title = format!("THAY ĐỔI SO VỚI BẢN TỔNG HỢP LẦN {}", list.since);
    let mut table = Table::begin(sheet, NAME, &title, content, &HEADINGS)?;
    let mut number = 0;
    let mut row = |table: &mut Table<'_>, cells: [&str; 6]| {
        number += 1;
        let mut all = vec![number.to_string()];
        all.extend(cells.map(str::to_owned));
        table.row(&all)
    };
    let mut hidden = false;
    for change in &list.changes {
        let Some((group, line)) = content.line(&change.indicator) else { continue };
        if !copy.shows_units(group.classified) {
            hidden = true;
            continue;
        }
        let (before, now) = (line.said_words(&change.before), line.said_words(&change.now));
        let name = format!("{} ({})", line.name, line.measure_unit);
        row(&mut table, [&change.unit, "Số liệu", &change.indicator, &name, &before, &now])?;
    }
    for change in &list.narrative {
        let section = content.narrative.iter().find(|section| section.code == change.section);
        let heading = section.map_or("", |section| section.heading.as_str());
        row(&mut table, [&change.unit, "Thuyết minh", &change.section, heading, "", "sửa lời văn"])?;
    }
    for change in &list.lists {
        row(&mut table, [&change.unit, "Danh sách", "", &change.list, "", "sửa các dòng"])?;
    }
    if number == 0 {
        table.nothing("Không có thay đổi nào ở số liệu, thuyết minh và danh sách của các đơn vị.")?;
    }
    if hidden {
        table.note("Ở các nhóm chỉ tiêu chỉ gửi số tổng, thay đổi của từng đơn vị không nêu ở đây.")?;
    }
    Ok(())
}
