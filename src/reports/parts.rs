//! A content as the fields two people may both have changed: a section, a line of figures, a task, a list, the paper.
//! Pure; stands between a report and the merging of two versions of it. What is blank has no entry, and what only
//! looks different on the page (one spelling of a number, of a day) is the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Answer, Content, Entry, Evidence, Paper, Reading, Row, TaskResult, TypedDay};
use crate::db::ids::{IndicatorId, RemarkId, TaskId};
use crate::error::Error;
use crate::vietnamese::Level;

/// Fields by code ("section.I", "figure.12", "task.5", "list.documents", "evidence", "actual_to", "paper",
/// "answer.3"), the numbers being ids. The ticks on warnings are no field: they name the figures they were given for.
pub type Parts = BTreeMap<String, Value>;

/// The parts of a content that are not blank.
///
/// # Errors
/// [`Error::Internal`] when one cannot be written as JSON.
pub fn parts(content: &Content) -> Result<Parts, Error> {
    let mut parts = Parts::new();
    for (code, body) in &content.sections {
        let body = body.trim_end();
        if !body.is_empty() {
            parts.insert(format!("section.{code}"), Value::String(body.to_owned()));
        }
    }
    for (id, entry) in &content.entries {
        if !(entry.reading == Reading::Blank && entry.note.is_empty()) {
            parts.insert(format!("figure.{id}"), json(&settled_entry(entry))?);
        }
    }
    for (id, result) in content.tasks.iter().filter(|(_, result)| !result.is_blank()) {
        let body = result.body.trim_end().to_owned();
        parts.insert(format!("task.{id}"), json(&TaskResult { body, ..*result })?);
    }
    for (code, rows) in content.lists.iter().filter(|(_, rows)| !rows.is_empty()) {
        parts.insert(format!("list.{code}"), json(rows)?);
    }
    if !content.evidence.is_empty() {
        let mut links: Vec<Evidence> = content.evidence.clone();
        for link in &mut links {
            link.published = settled_day(&link.published);
            link.reach.typed = link.reach.words();
        }
        parts.insert("evidence".to_owned(), json(&links)?);
    }
    if !content.actual_to.typed.is_empty() {
        parts.insert("actual_to".to_owned(), json(&settled_day(&content.actual_to))?);
    }
    if !content.paper.is_blank() {
        let date = settled_day(&content.paper.date);
        parts.insert("paper".to_owned(), json(&Paper { date, ..content.paper.clone() })?);
    }
    for (id, answer) in content.answers.iter().filter(|(_, answer)| **answer != Answer::default()) {
        parts.insert(format!("answer.{id}"), json(answer)?);
    }
    Ok(parts)
}

/// Puts one part in its place in a content; `None` blanks it.
///
/// # Errors
/// [`Error::Internal`] for a code that names nothing, or a value that is not of its kind.
pub fn put(content: &mut Content, field: &str, value: Option<&Value>) -> Result<(), Error> {
    let (kind, code) = field.split_once('.').unwrap_or((field, ""));
    match kind {
        "section" => {
            content.sections.insert(code.to_owned(), read::<String>(value)?.unwrap_or_default());
        }
        "figure" => {
            content.entries.insert(id(code).map(IndicatorId)?, read::<Entry>(value)?.unwrap_or_default());
        }
        "task" => {
            content.tasks.insert(id(code).map(TaskId)?, read::<TaskResult>(value)?.unwrap_or_default());
        }
        "list" => {
            content.lists.insert(code.to_owned(), read::<Vec<Row>>(value)?.unwrap_or_default());
        }
        "evidence" => content.evidence = read::<Vec<Evidence>>(value)?.unwrap_or_default(),
        "actual_to" => content.actual_to = read::<TypedDay>(value)?.unwrap_or_default(),
        "paper" => content.paper = read::<Paper>(value)?.unwrap_or_default(),
        "answer" => {
            content.answers.insert(id(code).map(RemarkId)?, read::<Answer>(value)?.unwrap_or_default());
        }
        _ => return Err(Error::Internal(format!("no field {field:?} in a report"))),
    }
    Ok(())
}

/// Whether a part is a table whose rows are merged one by one.
pub fn has_rows(field: &str) -> bool {
    field == "evidence" || field.starts_with("list.")
}

/// Whether two values say the same: of a figure that could be read, the number and not its spelling.
pub fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    one == other || one.map(gist) == other.map(gist)
}

/// The fields in which two contents differ, with what the first says.
pub fn changed(before: &Parts, after: &Parts) -> Vec<(String, Option<Value>)> {
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differs = |field: &&String| !same(before.get(*field), after.get(*field));
    fields.into_iter().filter(differs).map(|field| (field.clone(), before.get(field).cloned())).collect()
}

fn gist(value: &Value) -> Value {
    let mut value = value.clone();
    if let Value::Object(entry) = &mut value
        && let Some(reading) = entry.get("reading")
        && (reading.get("Value").is_some() || reading == "NotApplicable")
    {
        entry.remove("typed");
        entry.remove("ambiguous");
    }
    value
}

/// A blank line says nothing beside its note.
fn settled_entry(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if entry.reading == Reading::Blank {
        let Level { estimate, qualifier } = Level::default();
        entry = Entry { typed: String::new(), estimate, qualifier, ..entry };
    }
    entry
}

fn settled_day(day: &TypedDay) -> TypedDay {
    if day.date.is_some() { TypedDay::of(day.date) } else { day.clone() }
}

fn json(value: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(|e| Error::Internal(e.to_string()))
}

fn read<T: DeserializeOwned>(value: Option<&Value>) -> Result<Option<T>, Error> {
    value
        .map(|value| serde_json::from_value(value.clone()))
        .transpose()
        .map_err(|e| Error::Internal(e.to_string()))
}

fn id(code: &str) -> Result<i64, Error> {
    code.parse().map_err(|_| Error::Internal(format!("{code:?} is no id of a field")))
}
