//! What one content changes of another, in sentences: for whoever publishes, and for the log. Pure.

use super::{Content, Section};
use crate::db::ids::IndicatorId;
use crate::indicators::Indicator;
use crate::lists::ListTable;

/// One sentence for each section, figure or list table that is new, gone or asked otherwise, in the order of the page.
pub fn changes(before: &Content, after: &Content, catalogue: &[Indicator]) -> Vec<String> {
    let mut words = Vec::new();
    if before.name != after.name {
        words.push(format!("Đổi tên biểu mẫu: “{}” thành “{}”", before.name, after.name));
    }
    if before.kinds != after.kinds || before.units != after.units {
        words.push("Đổi đơn vị dùng biểu mẫu".into());
    }
    sections(before, after, &mut words);
    figures(before, after, catalogue, &mut words);
    lists(&before.lists, &after.lists, &mut words);
    words
}

fn sections(before: &Content, after: &Content, words: &mut Vec<String>) {
    let title = |section: &Section| format!("{} {}", section.label, section.title).trim().to_owned();
    for section in &after.sections {
        match before.sections.iter().find(|other| other.code == section.code) {
            None => words.push(format!("Thêm đề mục {}", title(section))),
            Some(other) if other != section => words.push(format!("Sửa đề mục {}", title(section))),
            Some(_) => {}
        }
    }
    for section in before.sections.iter().filter(|s| !after.sections.iter().any(|o| o.code == s.code)) {
        words.push(format!("Bỏ đề mục {}", title(section)));
    }
    let codes = |content: &Content| content.sections.iter().map(|s| s.code.clone()).collect::<Vec<_>>();
    if in_another_order(codes(before), codes(after)) {
        words.push("Đổi thứ tự đề mục".into());
    }
}

fn figures(before: &Content, after: &Content, catalogue: &[Indicator], words: &mut Vec<String>) {
    let name = |id: IndicatorId| {
        let found = catalogue.iter().find(|indicator| indicator.id == id);
        found.map_or(String::new(), |indicator| format!("{} {}", indicator.code, indicator.name))
    };
    for asked in &after.figures {
        let Some(other) = before.figures.iter().find(|other| other.indicator == asked.indicator) else {
            words.push(format!("Thêm chỉ tiêu {}", name(asked.indicator)));
            continue;
        };
        if other.counts != asked.counts {
            let now = if asked.counts { "được cộng vào tổng" } else { "tham khảo, không cộng" };
            words.push(format!("Chỉ tiêu {}: {now}", name(asked.indicator)));
        }
        if other.required != asked.required {
            let now = if asked.required { "bắt buộc nhập" } else { "không bắt buộc nhập" };
            words.push(format!("Chỉ tiêu {}: {now}", name(asked.indicator)));
        }
    }
    for asked in before.figures.iter().filter(|a| !after.figures.iter().any(|o| o.indicator == a.indicator)) {
        words.push(format!("Bỏ chỉ tiêu {}", name(asked.indicator)));
    }
}

fn lists(before: &[ListTable], after: &[ListTable], words: &mut Vec<String>) {
    for list in after {
        match before.iter().find(|other| other.code == list.code) {
            None => words.push(format!("Thêm bảng kê {}", list.title)),
            Some(other) if other != list => words.push(format!("Sửa bảng kê {}", list.title)),
            Some(_) => {}
        }
    }
    for list in before.iter().filter(|list| !after.iter().any(|other| other.code == list.code)) {
        words.push(format!("Bỏ bảng kê {}", list.title));
    }
    let codes = |lists: &[ListTable]| lists.iter().map(|list| list.code.clone()).collect::<Vec<_>>();
    if in_another_order(codes(before), codes(after)) {
        words.push("Đổi thứ tự bảng kê".into());
    }
}

/// Whether what both have stands in another order.
fn in_another_order(mut was: Vec<String>, mut is: Vec<String>) -> bool {
    was.retain(|code| is.contains(code));
    is.retain(|code| was.contains(code));
    was != is
}
