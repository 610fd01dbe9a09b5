//! What one person is told at once, as a page shows it and as a letter says it. Pure; no flood: however much is due, it is one.

use chrono::NaiveDate;

use super::Line;
use crate::vietnamese::{short_date, weekday_date};

/// The lines of one person, the most pressing first.
pub fn sort(lines: &mut [&Line]) {
    lines.sort_by(|a, b| (a.due_on, &a.words, a.obligation).cmp(&(b.due_on, &b.words, b.obligation)));
}

/// "Nhắc việc ngày 13/11/2026: 2 báo cáo cần gửi, 1 báo cáo quá hạn"; whoever is only requested is asked.
pub fn subject(lines: &[&Line], day: NaiveDate) -> String {
    let overdue = lines.iter().filter(|line| line.is_overdue()).count();
    let others = lines.len() - overdue;
    let day = short_date(day);
    match (others, overdue) {
        (n, 0) if lines.iter().all(|line| line.requested) => format!("Đề nghị gửi {n} báo cáo, ngày {day}"),
        (n, 0) => format!("Nhắc việc ngày {day}: {n} báo cáo cần gửi"),
        (0, n) => format!("Nhắc việc ngày {day}: {n} báo cáo quá hạn"),
        (n, m) => format!("Nhắc việc ngày {day}: {n} báo cáo cần gửi, {m} báo cáo quá hạn"),
    }
}

/// The letter. `base` is the address people reach the installation by, without a slash at its end.
pub fn letter(name: &str, lines: &[&Line], day: NaiveDate, base: &str) -> String {
    let mut text = format!("Kính gửi {name},\n\nTình hình tính đến {}:\n", weekday_date(day));
    for (at, line) in lines.iter().enumerate() {
        text.push_str(&format!("\n{}. {}\n   {base}/reports/{}\n", at + 1, line.words, line.report));
    }
    text.push_str(&format!(
        "\nMọi thông báo: {base}/notices\n\nThư do hệ thống Tổng Hợp tự động gửi, không cần trả lời. Báo cáo đã gửi thì không \
         được nhắc nữa.\n"
    ));
    text
}

/// The day after which the letter helps nobody: the first last day it speaks of as still to come. None where it speaks of
/// none, as of what is overdue.
pub fn useless_after(lines: &[&Line]) -> Option<NaiveDate> {
    lines.iter().filter(|line| line.day <= line.due_on).map(|line| line.due_on).min()
}
