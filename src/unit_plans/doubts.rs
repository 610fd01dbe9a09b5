//! What does not fit between a document and the unit it was brought for. Pointed out, never in the way. Pure.

use chrono::Datelike;

use super::items::Document;
use crate::prose_reports::doubts::is_named;
use crate::reports::Case;

/// The doubts about a document.
pub fn doubts(document: &Document, case: &Case) -> Vec<String> {
    let head = &document.head;
    let mut found = Vec::new();
    if !head.kind.is_empty() && head.kind != "Kế hoạch" {
        found.push(format!(
            "Văn bản là “{}”, không phải kế hoạch. Kiểm tra đã chọn đúng tệp chưa.",
            head.kind
        ));
    }
    if !head.issuer.is_empty() && !is_named(&head.issuer, &[&case.unit.name, &case.unit.short_name]) {
        found.push(format!(
            "Văn bản ghi cơ quan ban hành “{}”; kế hoạch này của {}.",
            head.issuer, case.unit.name
        ));
    }
    if let Some(date) = head.date.filter(|date| (date.year() - case.period.year).abs() > 1) {
        found.push(format!(
            "Văn bản ban hành năm {}; nơi nhận đề nghị gửi {}.",
            date.year(),
            case.period.label
        ));
    }
    found
}
