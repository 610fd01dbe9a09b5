//! The posted page of a report into its content: what was typed, read where it can be read.
//! Stands between the browser and the draft. A field that was not posted keeps what was there, so that a form
//! cut short on the way never empties a report.

use std::collections::{BTreeMap, HashMap};

use super::{
    Answer, Content, Evidence, Outline, Paper, TaskResult, TaskStatus, TypedDay, TypedReach, lengths, read,
};
use crate::error::Problems;
use crate::evidence::Platform;
use crate::lists::{ListTable, MOST_ROWS, Row, completed};
use crate::vietnamese::{Level, clean_line};

/// The posted fields by name, cleaned as every form is.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub HashMap<String, String>);

impl Fields {
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The value of a field, or "".
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn line(&self, name: &str) -> String {
        clean_line(self.get(name))
    }

    /// The fields whose names begin with `prefix`, by the rest of their names.
    fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

/// The content of the posted page over what the draft held before.
pub fn parse(form: &Fields, outline: &Outline, before: Content) -> Content {
    let mut content = before;
    for section in &outline.sections {
        let name = format!("section.{}", section.code);
        if form.has(&name) {
            content.sections.insert(section.code.clone(), form.get(&name).trim_end().to_owned());
        }
    }
    for asked in outline.typed() {
        let name = format!("figure.{}", asked.code);
        if form.has(&name) {
            let level = Level::from_code(form.get(&format!("level.{}", asked.code))).unwrap_or_default();
            let note = form.get(&format!("note.{}", asked.code));
            content.entries.insert(asked.id, read(form.get(&name), level, note, asked));
        }
    }
    for task in &outline.tasks {
        let (status, body) = (format!("task.{}.status", task.id), format!("task.{}.body", task.id));
        if form.has(&status) || form.has(&body) {
            let result = TaskResult {
                status: TaskStatus::from_code(form.get(&status)),
                body: form.get(&body).trim_end().to_owned(),
            };
            content.tasks.insert(task.id, result);
        }
    }
    for list in &outline.lists {
        if let Some(rows) = list_rows(form, list) {
            content.lists.insert(list.code.clone(), rows);
        }
    }
    if let Some(links) = evidence(form) {
        content.evidence = links;
    }
    if form.has("actual_to") {
        content.actual_to = TypedDay::read(form.get("actual_to"));
    }
    for remark in &outline.remarks {
        let answer = format!("remark.{}.answer", remark.id);
        if form.has(&answer) {
            let done = form.has(&format!("remark.{}.done", remark.id));
            content.answers.insert(remark.id, Answer { done, text: form.line(&answer) });
        }
    }
    content.paper = paper(form, content.paper);
    content
}

/// The fields of the signed paper; they also stand on the page that sends. A number typed with its symbol is split.
pub fn paper(form: &Fields, before: Paper) -> Paper {
    let line = |name: &str, before: String| if form.has(name) { form.line(name) } else { before };
    Paper {
        number: line("doc_number", before.number),
        symbol: line("doc_symbol", before.symbol),
        date: if form.has("doc_date") { TypedDay::read(form.get("doc_date")) } else { before.date },
        capacity: line("signatory_capacity", before.capacity),
        title: line("signatory_title", before.title),
        name: line("signatory_name", before.name),
    }
    .split()
}

/// The rows under `prefix`, by number: the cells of each by name, blank ones left out.
fn numbered(form: &Fields, prefix: &str) -> Option<BTreeMap<usize, BTreeMap<String, String>>> {
    let mut rows: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    let mut posted = false;
    for (rest, value) in form.with_prefix(prefix) {
        let Some((number, cell)) = rest.split_once('.') else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        posted = true;
        let value = clean_line(value);
        if !value.is_empty() {
            rows.entry(number).or_default().insert(cell.to_owned(), value);
        }
    }
    posted.then(|| {
        rows.retain(|_, cells| !cells.contains_key("remove"));
        rows
    })
}

fn list_rows(form: &Fields, list: &ListTable) -> Option<Vec<Row>> {
    let rows = numbered(form, &format!("list.{}.", list.code))?;
    let known = |row: BTreeMap<String, String>| -> Row {
        row.into_iter().filter(|(cell, _)| list.columns.iter().any(|column| &column.code == cell)).collect()
    };
    Some(rows.into_values().map(known).filter(|row| !row.is_empty()).collect())
}

fn evidence(form: &Fields) -> Option<Vec<Evidence>> {
    let rows = numbered(form, "evidence.")?;
    let link = |mut row: BTreeMap<String, String>| Evidence {
        title: row.remove("title").unwrap_or_default(),
        url: completed(&row.remove("url").unwrap_or_default()),
        platform: Platform::spelt(row.remove("platform").unwrap_or_default()),
        published: TypedDay::read(&row.remove("date").unwrap_or_default()),
        reach: TypedReach::read(&row.remove("reach").unwrap_or_default()),
    };
    Some(rows.into_values().map(link).filter(|link| !link.is_blank()).collect())
}

/// What could not be read, at its field: to be mended before sending, never a reason not to save.
pub fn problems(content: &Content, outline: &Outline) -> Problems {
    let mut problems = Problems::default();
    for asked in outline.typed() {
        if let Some(super::Reading::Unreadable(message)) = content.entries.get(&asked.id).map(|e| &e.reading)
        {
            problems.add(format!("figure.{}", asked.code), format!("{}: {message}", asked.code));
        }
    }
    for list in &outline.lists {
        let rows = content.lists.get(&list.code).map_or(0, Vec::len);
        if let (true, Some(column)) = (rows > MOST_ROWS, list.columns.first()) {
            let field = format!("list.{}.{MOST_ROWS}.{}", list.code, column.code);
            problems.add(field, too_many(&list.title, rows));
        }
        for (number, row) in content.lists.get(&list.code).into_iter().flatten().enumerate() {
            for (column, message) in list.problems(row) {
                let field = format!("list.{}.{number}.{column}", list.code);
                problems.add(field, format!("{}, dòng {}: {message}", list.title, number + 1));
            }
        }
    }
    problems.0.extend(lengths::too_long(content, outline).0);
    problems.0.extend(lengths::too_large_figures(content, outline).0);
    if content.evidence.len() > MOST_ROWS {
        problems.add(format!("evidence.{MOST_ROWS}.title"), too_many("Minh chứng", content.evidence.len()));
    }
    for (number, link) in content.evidence.iter().enumerate() {
        if let Some(message) = link.url_problem() {
            problems.add(format!("evidence.{number}.url"), format!("Minh chứng {}: {message}", number + 1));
        }
        if let Some(message) = link.published.problem() {
            problems.add(format!("evidence.{number}.date"), format!("Minh chứng {}: {message}", number + 1));
        }
        if let Some(message) = link.reach.problem() {
            problems.add(format!("evidence.{number}.reach"), format!("Minh chứng {}: {message}", number + 1));
        }
    }
    if let Some(message) = content.actual_to.problem() {
        problems.add("actual_to", format!("Số liệu thực tế đến ngày: {message}"));
    }
    if let Some(message) = content.paper.date.problem() {
        problems.add("doc_date", format!("Ngày ký: {message}"));
    }
    problems
}

fn too_many(table: &str, rows: usize) -> String {
    format!(
        "{table} có {rows} dòng, gửi được nhiều nhất {MOST_ROWS} dòng. Gộp bớt các dòng; nội dung đã nhập vẫn còn."
    )
}
