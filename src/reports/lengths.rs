//! What of a report is too long or too large to be kept: the one thing for which a save is refused. Pure; stands
//! between what was typed and the draft, and names each place as its label does.

use super::{Content, Outline, Paper, Reading};
use crate::error::{Error, Problems};
use crate::lists::{ColumnKind, MOST_KEPT, MOST_ROWS};
use crate::vietnamese::limits::{LINE, LINK, Limit, NOTE, PARAGRAPH, SECTION, SIGN, TEXT, too_large};

/// Texts beyond their limits, at their fields.
pub fn too_long(content: &Content, outline: &Outline) -> Problems {
    let mut problems = Problems::default();
    for section in &outline.sections {
        let fault = SECTION.fault(&format!("Phần {}", section.label), content.section(&section.code));
        problems.add_fault(&format!("section.{}", section.code), fault);
    }
    for asked in outline.typed() {
        let Some(entry) = content.entries.get(&asked.id) else { continue };
        let field = format!("figure.{}", asked.code);
        problems.add_fault(&field, LINE.fault(&format!("{}: số liệu", asked.code), &entry.typed));
        problems.add_fault(&field, NOTE.fault(&format!("{}: ghi chú", asked.code), &entry.note));
    }
    for task in &outline.tasks {
        let body = content.tasks.get(&task.id).map_or("", |result| result.body.as_str());
        let fault = TEXT.fault(&format!("Kết quả nhiệm vụ {}", task.clause), body);
        problems.add_fault(&format!("task.{}.body", task.id), fault);
    }
    for list in &outline.lists {
        for (number, row) in content.lists.get(&list.code).into_iter().flatten().enumerate() {
            for column in &list.columns {
                let Some(cell) = row.get(&column.code) else { continue };
                let name = format!("{}, dòng {}: {}", list.title, number + 1, column.title);
                let field = format!("list.{}.{number}.{}", list.code, column.code);
                problems.add_fault(&field, cell_limit(column.kind).fault(&name, cell));
            }
        }
    }
    for (number, link) in content.evidence.iter().enumerate() {
        for (part, name, text, limit) in [
            ("title", "tên", &link.title, LINE),
            ("url", "địa chỉ", &link.url, LINK),
            ("platform", "nơi đăng", &link.platform, SIGN),
            ("date", "ngày", &link.published.typed, SIGN),
            ("reach", "lượt tiếp cận", &link.reach.typed, SIGN),
        ] {
            let fault = limit.fault(&format!("Minh chứng {}: {name}", number + 1), text);
            problems.add_fault(&format!("evidence.{number}.{part}"), fault);
        }
    }
    for (id, answer) in &content.answers {
        let fault = PARAGRAPH.fault("Trả lời góp ý", &answer.text);
        problems.add_fault(&format!("remark.{id}.answer"), fault);
    }
    problems.add_fault("actual_to", SIGN.fault("Số liệu thực tế đến ngày", &content.actual_to.typed));
    of_paper(&content.paper, &mut problems);
    problems
}

/// The same for the facts of the signed paper, which other pages ask for too.
pub fn of_paper(paper: &Paper, problems: &mut Problems) {
    for (field, name, text, limit) in [
        ("doc_number", "Số văn bản", &paper.number, SIGN),
        ("doc_symbol", "Ký hiệu", &paper.symbol, SIGN),
        ("doc_date", "Ngày ký", &paper.date.typed, SIGN),
        ("signatory_capacity", "Thẩm quyền ký", &paper.capacity, LINE),
        ("signatory_title", "Chức vụ người ký", &paper.title, LINE),
        ("signatory_name", "Họ tên người ký", &paper.name, LINE),
    ] {
        problems.add_fault(field, limit.fault(name, text));
    }
}

/// Figures too large to be added up and shown exactly, at their fields. Kept in the draft, never sent.
pub fn too_large_figures(content: &Content, outline: &Outline) -> Problems {
    let mut problems = Problems::default();
    for asked in outline.typed() {
        let Some(Reading::Value(value)) = content.entries.get(&asked.id).map(|entry| &entry.reading) else {
            continue;
        };
        let fault = too_large(*value).map(|fault| format!("{}: {fault}", asked.code));
        problems.add_fault(&format!("figure.{}", asked.code), fault);
    }
    problems
}

fn cell_limit(kind: ColumnKind) -> Limit {
    match kind {
        ColumnKind::Text | ColumnKind::Choice => PARAGRAPH,
        ColumnKind::Link => LINK,
        ColumnKind::Date | ColumnKind::Number => SIGN,
    }
}

/// Refuses a table of more rows than are kept ([`MOST_KEPT`]): such a draft would be a page of megabytes for everybody who
/// opens it.
///
/// # Errors
/// [`Error::Refused`] for one.
pub fn too_many_rows(content: &Content) -> Result<(), Error> {
    let rows = content.lists.values().map(Vec::len).chain([content.evidence.len()]);
    match rows.max().filter(|rows| *rows > MOST_KEPT) {
        None => Ok(()),
        Some(rows) => Err(Error::Refused(format!(
            "Một danh sách có {rows} dòng, báo cáo lưu nhiều nhất {MOST_KEPT} dòng và gửi được {MOST_ROWS} dòng. Gộp bớt \
             các dòng rồi lưu lại; chưa có gì thay đổi."
        ))),
    }
}
