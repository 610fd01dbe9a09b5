//! How a document words a last day, as the forms of a period offer it. Pure; it stands between what is typed and a
//! [`DueRule`](crate::calendar::DueRule). A time told in days from an event becomes the day it ends on; its words go with the document.

use crate::calendar::Within;
use crate::error::Problems;
use crate::vietnamese::parse_date;

/// Code and words, in the order a form offers them.
pub const RULES: [(&str, &str); 5] = [
    ("before", "Trước ngày (ngày cuối cùng là hôm trước)"),
    ("by", "Chậm nhất ngày (tính cả ngày đó)"),
    (DAYS, "Trong số ngày kể từ ngày nhận văn bản, ngày có sự kiện (không tính ngày đó)"),
    (WORKING_DAYS, "Trong số ngày làm việc kể từ ngày nhận văn bản, ngày có sự kiện (không tính ngày đó)"),
    ("undated", "Theo quy định, chưa ấn định ngày"),
];

const DAYS: &str = "within_days";
const WORKING_DAYS: &str = "within_working_days";

/// Whether the code tells a time in days from an event.
pub fn is_within(rule: &str) -> bool {
    rule == DAYS || rule == WORKING_DAYS
}

/// The code of a time told in days.
pub fn code(within: &Within) -> &'static str {
    if within.working { WORKING_DAYS } else { DAYS }
}

/// The time told in days, where the rule chosen is one; what is to be mended is noted at the fields `within` and
/// `event_on`. Where another rule is chosen both are to be blank.
pub fn within(rule: &str, days: &str, event: &str, problems: &mut Problems) -> Option<Within> {
    let (days, event) = (days.trim(), event.trim());
    if !is_within(rule) {
        let typed = [("within", days), ("event_on", event)].into_iter().find(|(_, typed)| !typed.is_empty());
        if let Some((field, _)) = typed {
            problems.add(
                field,
                "Chỉ nhập khi văn bản ghi thời hạn theo số ngày: xóa ô này, hoặc chọn cách ghi đó.",
            );
        }
        return None;
    }
    let count = days.parse::<u16>().ok().filter(|days| (1..=365).contains(days));
    if count.is_none() {
        problems.add("within", "Nhập số ngày văn bản ghi, từ 1 đến 365.");
    }
    let from = match event {
        "" => {
            problems.add("event_on", "Nhập ngày bắt đầu tính, ví dụ ngày nhận văn bản.");
            None
        }
        event => parse_date(event).map_err(|error| problems.add("event_on", error.to_string())).ok(),
    };
    Some(Within { days: count?, working: rule == WORKING_DAYS, from: from? })
}
