//! A field of a report in words: what it is called on the page, what stands in it. Pure; stands between the stored
//! parts of a draft and people who choose between two texts of one field.

use serde_json::Value;

use super::parts::put;
use super::{Content, Outline, TaskStatus, cell};
use crate::error::Error;
use crate::vietnamese::short_date;

/// What the page calls a field; its code where the form asks for it no longer.
pub fn label(field: &str, outline: &Outline) -> String {
    let (kind, code) = field.split_once('.').unwrap_or((field, ""));
    let found = match kind {
        "section" => outline
            .sections
            .iter()
            .find(|section| section.code == code)
            .map(|section| format!("{}. {}", section.label, section.title)),
        "figure" => outline
            .indicators
            .iter()
            .find(|asked| asked.id.to_string() == code)
            .map(|asked| format!("{}. {}", asked.code, asked.name)),
        "task" => outline
            .tasks
            .iter()
            .find(|task| task.id.to_string() == code)
            .map(|task| format!("Nhiệm vụ {}: {}", task.clause, task.text)),
        "list" => outline.lists.iter().find(|list| list.code == code).map(|list| list.title.clone()),
        "answer" => Some("Trả lời góp ý".to_owned()),
        "evidence" => Some("Minh chứng".to_owned()),
        "actual_to" => Some("Số liệu thực tế đến ngày".to_owned()),
        "paper" => Some("Văn bản đã ký".to_owned()),
        _ => None,
    };
    found.unwrap_or_else(|| field.to_owned())
}

/// Where a field stands among the others: by its kind, then as the form asks.
pub fn rank(field: &str, outline: &Outline) -> (usize, usize) {
    let (kind, code) = field.split_once('.').unwrap_or((field, ""));
    let kinds = ["section", "actual_to", "figure", "task", "list", "evidence", "paper", "answer"];
    let at = match kind {
        "section" => outline.sections.iter().position(|section| section.code == code),
        "figure" => outline.indicators.iter().position(|asked| asked.id.to_string() == code),
        "task" => outline.tasks.iter().position(|task| task.id.to_string() == code),
        "list" => outline.lists.iter().position(|list| list.code == code),
        _ => None,
    };
    let last = usize::MAX;
    (kinds.iter().position(|other| *other == kind).unwrap_or(last), at.unwrap_or(last))
}

/// What stands in a field, line by line as typed; "" for a blank.
///
/// # Errors
/// [`Error::Internal`] for a value that is not of its field.
pub fn words(field: &str, value: Option<&Value>, outline: &Outline) -> Result<String, Error> {
    let mut content = Content::default();
    put(&mut content, field, value)?;
    let (kind, code) = field.split_once('.').unwrap_or((field, ""));
    Ok(match kind {
        "section" => content.section(code).to_owned(),
        "figure" => figure(code, &content, outline),
        "task" => content.tasks.values().next().map_or(String::new(), |result| {
            let status = Some(result.status).filter(|status| *status != TaskStatus::Unsaid);
            lines([status.map(TaskStatus::words).unwrap_or_default(), &result.body])
        }),
        "list" => list(code, &content, outline),
        "evidence" => lines(content.evidence.iter().map(|link| {
            let (published, reach) = (link.published.words(), link.reach.words());
            joined(&[&link.title, &link.url, &link.platform, &published, &reach])
        })),
        "actual_to" => content.actual_to.words(),
        "paper" => {
            let paper = &content.paper;
            let date = paper.date.date.map_or_else(|| paper.date.typed.clone(), short_date);
            lines([paper.reference(), date, joined(&[&paper.capacity, &paper.title, &paper.name])])
        }
        "answer" => {
            content.answers.values().next().map_or(String::new(), |answer| {
                lines([if answer.done { "Đã sửa" } else { "" }, &answer.text])
            })
        }
        _ => String::new(),
    })
}

/// The text of a field that two texts can be joined in; none for figures, days, papers and tables.
pub fn text<'a>(field: &str, value: Option<&'a Value>) -> Option<&'a str> {
    let at = |key: &str| value.and_then(|value| value.get(key)).and_then(Value::as_str).unwrap_or("");
    match field.split_once('.')?.0 {
        "section" => Some(value.and_then(Value::as_str).unwrap_or("")),
        "task" => Some(at("body")),
        "answer" => Some(at("text")),
        _ => None,
    }
}

fn figure(code: &str, content: &Content, outline: &Outline) -> String {
    let Some(entry) = content.entries.values().next() else { return String::new() };
    let asked = outline.indicators.iter().find(|asked| asked.id.to_string() == code);
    let said = asked.and_then(|asked| cell::words(asked, outline, content));
    let note = if entry.note.is_empty() { String::new() } else { format!("Ghi chú: {}", entry.note) };
    lines([said.unwrap_or_else(|| entry.typed.clone()), note])
}

fn list(code: &str, content: &Content, outline: &Outline) -> String {
    let rows = content.lists.get(code).map_or(&[][..], Vec::as_slice);
    let columns = outline.lists.iter().find(|list| list.code == code).map(|list| &list.columns);
    let row = |row: &super::Row| {
        let cells: Vec<String> = match columns {
            Some(columns) => {
                columns.iter().filter_map(|column| Some(column.shown(row.get(&column.code)?))).collect()
            }
            None => row.values().cloned().collect(),
        };
        cells.join(" · ")
    };
    lines(rows.iter().map(row))
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn lines(all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for line in all {
        if !line.as_ref().is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line.as_ref());
        }
    }
    text
}
