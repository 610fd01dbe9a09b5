//! The sheet *Thay đổi so với lần trước*, from the second edition on: figure by figure what a unit said before and says
//! now, and whose words and lists changed. Figures of single units that a copy leaves out are left out here too.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::table::{Heading, Table};
use crate::consolidation::content::{ChangeList, EditionContent, Passage, PassageKind};
use crate::consolidation::{EditionCopy, Total};

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
    let (mut hidden, classified) = (false, content.classified());
    for change in &list.changes {
        let Some((_, line)) = content.line(&change.indicator) else { continue };
        if !copy.shows_units(classified.contains(&line.code)) {
            hidden = true;
            continue;
        }
        let (before, now) = (line.said_words(&change.before), line.said_words(&change.now));
        let name = format!("{} ({})", line.name, line.measure_unit);
        row(&mut table, [&change.unit, "Số liệu", &change.indicator, &name, &before, &now])?;
    }
    for change in &list.totals {
        let Some((_, line)) = content.line(&change.indicator) else { continue };
        // What a total grew by is the figure of a unit that came.
        if !copy.shows_units(classified.contains(&line.code)) {
            hidden = true;
            continue;
        }
        let words = |total: Option<Total>| match total.and_then(|total| line.reading_words(total.reading())) {
            Some(number) => format!("{number} ({}/{} đơn vị)", share(total).0, share(total).1),
            None => "chưa có số liệu".to_owned(),
        };
        let name = format!("{} ({})", line.name, line.measure_unit);
        let (before, now) = (words(change.before), words(change.now));
        row(&mut table, ["Toàn bản tổng hợp", "Tổng", &change.indicator, &name, &before, &now])?;
    }
    for (units, before, now) in [(&list.came, "chưa có", "đã có"), (&list.went, "đã có", "không còn")]
    {
        for unit in units {
            row(&mut table, [unit, "Báo cáo", "", "Báo cáo trong bản tổng hợp", before, now])?;
        }
    }
    for change in &list.sections {
        let (before, now) = sides(&change.passages);
        let heading = format!("Lời văn tổng hợp: {}", change.heading);
        row(&mut table, ["Bản tổng hợp", "Thuyết minh", &change.code, &heading, &before, &now])?;
    }
    for change in &list.narrative {
        let section = content.narrative.iter().find(|section| section.code == change.section);
        let heading = section.map_or("", |section| section.heading.as_str());
        let (before, now) = sides(&change.passages);
        let now = if now.is_empty() && before.is_empty() { "sửa lời văn".to_owned() } else { now };
        row(&mut table, [&change.unit, "Thuyết minh", &change.section, heading, &before, &now])?;
    }
    for change in &list.lists {
        // Who had no report had no rows to change.
        let what = match (list.came.contains(&change.unit), list.went.contains(&change.unit)) {
            (true, _) => "thêm các dòng",
            (_, true) => "không còn các dòng",
            _ => "sửa các dòng",
        };
        row(&mut table, [&change.unit, "Danh sách", "", &change.list, "", what])?;
    }
    if number == 0 {
        table.nothing("Không có thay đổi nào ở số liệu, thuyết minh và danh sách của các đơn vị.")?;
    }
    if hidden {
        table.note("Ở các nhóm chỉ tiêu chỉ gửi số tổng, thay đổi của từng đơn vị không nêu ở đây.")?;
    }
    Ok(())
}

fn share(total: Option<Total>) -> (u32, u32) {
    total.map_or((0, 0), |total| (total.n, total.of))
}

/// Characters shown before and after what changed.
const AROUND: usize = 40;

/// The words that were, and those that are, each with a little of what stands around them: the whole is on *Thuyết minh*.
fn sides(passages: &[Passage]) -> (String, String) {
    let side = |without: PassageKind| {
        let mut text = String::new();
        for passage in passages.iter().filter(|passage| passage.kind != without) {
            if passage.kind == PassageKind::Same {
                text.push_str(&shortened(&passage.text))
            } else {
                text.push_str(&passage.text)
            }
        }
        text.trim().to_owned()
    };
    (side(PassageKind::Added), side(PassageKind::Removed))
}

/// A stretch that did not change, without its middle.
fn shortened(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= 2 * AROUND {
        return text.to_owned();
    }
    let (begin, end) = (&letters[..AROUND], &letters[letters.len() - AROUND..]);
    format!("{} … {}", begin.iter().collect::<String>(), end.iter().collect::<String>())
}
