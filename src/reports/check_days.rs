//! Days of a report that do not fit its period: up to when its figures are actual, and days in its lists that lie after it. Pure;
//! the check before sending points them out.

use super::check::Dates;
use super::{Content, Outline};
use crate::lists::{Cell, Column, ColumnKind};
use crate::vietnamese::{lower_first, search_key, short_date};

/// A day that is asked about.
pub(super) struct Asked {
    pub field: String,
    pub key: String,
    pub message: String,
    /// Notes beside the figures say why.
    pub noted: bool,
}

/// Begins the key of figures that are still those of before the window closed.
pub(super) const NOT_UP_TO_DATE: &str = "actual_to:";

/// The window is still open, or was when the figures were taken: say until when they are actual. It has closed: they are to be the
/// actual ones.
pub(super) fn actual_day(content: &Content, outline: &Outline, dates: Dates) -> Option<Asked> {
    let window = dates.window?;
    let answered = content.figures_filled(outline).0 > 0;
    let asked = |key: String, message: String, noted: bool| {
        Some(Asked { field: "actual_to".to_owned(), key, message, noted })
    };
    match content.actual_to.date {
        Some(day) if day > dates.today => {
            asked(format!("actual:{day}"), "Số liệu thực tế đến một ngày chưa tới.".to_owned(), false)
        }
        Some(day) if answered && day < window.to && window.to < dates.today => {
            let message = format!(
                "Thời gian chốt số liệu đã hết ngày {} nhưng số liệu thực tế mới đến ngày {}. Cập nhật số thực tế \
                 hoặc ghi lý do.",
                short_date(window.to),
                short_date(day)
            );
            asked(
                format!("{NOT_UP_TO_DATE}{day}:{}", window.to),
                message,
                estimates_are_noted(content, outline),
            )
        }
        None if content.actual_to.typed.is_empty() && answered && dates.today < window.to => {
            let message = format!(
                "Thời gian chốt số liệu đến {} chưa hết: nhập “Số liệu thực tế đến ngày”.",
                short_date(window.to)
            );
            asked("actual".to_owned(), message, false)
        }
        _ => None,
    }
}

/// Whether there are estimates, and each has its note.
fn estimates_are_noted(content: &Content, outline: &Outline) -> bool {
    let entries = outline.typed().filter_map(|asked| content.entries.get(&asked.id));
    let mut estimates = entries.filter(|entry| entry.estimate && entry.reading.value().is_some()).peekable();
    estimates.peek().is_some() && estimates.all(|entry| !entry.note.is_empty())
}

/// Days in the lists of what was done that lie after the last day of the period; without a period after today.
pub(super) fn late_rows(content: &Content, outline: &Outline, dates: Dates) -> Vec<Asked> {
    let last = dates.window.map_or(dates.today, |window| window.to);
    let after = match dates.window {
        Some(_) => format!("sau ngày cuối kỳ báo cáo ({})", short_date(last)),
        None => format!("sau hôm nay ({})", short_date(last)),
    };
    let mut found = Vec::new();
    for list in &outline.lists {
        let rows = content.lists.get(&list.code).map_or(&[][..], Vec::as_slice);
        for (at, row) in rows.iter().enumerate() {
            for column in list.columns.iter().filter(|column| tells_what_was(column)) {
                let cell = row.get(&column.code).map_or("", String::as_str);
                let Ok(Some(Cell::Date(day))) = column.read(cell) else { continue };
                if day <= last {
                    continue;
                }
                let number = at + 1;
                let message = format!(
                    "{}, dòng {number}, cột {}: {} {after}.",
                    list_name(&list.title),
                    column.title,
                    short_date(day)
                );
                found.push(Asked {
                    field: format!("list.{}.{at}.{}", list.code, column.code),
                    key: format!("late:{}:{}:{number}:{day}", list.code, column.code),
                    message,
                    noted: false,
                });
            }
        }
    }
    found
}

/// "Danh sách văn bản đã ban hành"; a title that says it is a list stays.
fn list_name(title: &str) -> String {
    let is_said = ["danh sach", "danh muc"].iter().any(|word| search_key(title).starts_with(*word));
    if is_said { title.to_owned() } else { format!("Danh sách {}", lower_first(title)) }
}

/// Whether a column holds days on which something happened. A form marks another by its heading: "Dự kiến hoàn thành", "Thời hạn",
/// "Đến ngày".
fn tells_what_was(column: &Column) -> bool {
    let title = format!(" {} ", search_key(&column.title));
    let ahead = [" du kien ", " thoi han ", " han ", " den ngay ", " den het "];
    column.kind == ColumnKind::Date && !ahead.iter().any(|words| title.contains(words))
}
