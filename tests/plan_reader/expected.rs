//! A reading against what a person wrote down: texts that end with "…" stand for what begins so.

use serde_json::{Map, Value};
use tonghop::plan_reader::{Reading, read};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub const DOCUMENTS: [(&str, &str, &str); 5] = [
    (
        "plan",
        include_str!("../../fixtures/documents/plan.txt"),
        include_str!("../../fixtures/documents/plan.json"),
    ),
    (
        "department-plan",
        include_str!("../../fixtures/documents/department-plan.txt"),
        include_str!("../../fixtures/documents/department-plan.json"),
    ),
    (
        "letter",
        include_str!("../../fixtures/documents/letter.txt"),
        include_str!("../../fixtures/documents/letter.json"),
    ),
    (
        "report",
        include_str!("../../fixtures/documents/report.txt"),
        include_str!("../../fixtures/documents/report.json"),
    ),
    (
        "programme",
        include_str!("../../fixtures/documents/programme.txt"),
        include_str!("../../fixtures/documents/programme.json"),
    ),
];

/// What is let pass.
#[derive(Clone, Copy, Default)]
pub struct Leave {
    /// The heading block, where the variant has none.
    pub heading: bool,
    /// Accents, where the variant has slips in them.
    pub accents: bool,
    /// The order of clauses, assignments and duties.
    pub order: bool,
}

/// The faults of a reading of this text against what was written down, one line each.
pub fn faults(name: &str, text: &str, expected: &str, leave: Leave) -> Vec<String> {
    let expected: Value = serde_json::from_str(expected).expect("the expected reading is JSON");
    let reading = read(text);
    let found: Value = serde_json::from_str(&reading.to_json().expect("JSON")).expect("an object");
    let mut faults = Vec::new();
    for key in ["doc", "bases", "assignments", "duties", "recipients", "signatory"] {
        if !(key == "doc" && leave.heading) {
            compare(&format!("{name}: {key}"), &expected[key], &found[key], leave, &mut faults);
        }
    }
    compare(&format!("{name}: clauses"), &expected["clauses"], &paths(&found["clauses"]), leave, &mut faults);
    if found["coverage"]["unread"] != expected["unread"] {
        faults.push(format!(
            "{name}: {} unread lines: {:?}",
            found["coverage"]["unread"],
            unread(text, &reading)
        ));
    }
    faults
}

fn unread<'t>(text: &'t str, reading: &Reading) -> Vec<&'t str> {
    let lines = text.lines().zip(&reading.roles);
    lines.filter(|(_, role)| **role == tonghop::plan_reader::Role::Unread).map(|(line, _)| line).collect()
}

/// Clauses as pairs of path and text.
fn paths(clauses: &Value) -> Value {
    let all = clauses.as_array().expect("clauses").iter();
    all.map(|clause| Value::Array(vec![clause["path"].clone(), clause["text"].clone()])).collect()
}

fn compare(place: &str, expected: &Value, found: &Value, leave: Leave, faults: &mut Vec<String>) {
    match (expected, found) {
        (Value::String(expected), Value::String(found)) => {
            let (expected, found) = (folded(expected, leave), folded(found, leave));
            let same = match expected.strip_suffix('…') {
                Some(beginning) => found.starts_with(beginning.trim_end()),
                None => expected == found,
            };
            if !same {
                faults.push(format!("{place}: expected {expected:?}, found {found:?}"));
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                faults.push(format!(
                    "{place}: expected {} items, found {}: {}",
                    expected.len(),
                    found.len(),
                    list(found)
                ));
                return;
            }
            let (mut expected, mut found) = (expected.clone(), found.clone());
            if leave.order {
                expected.sort_by_key(key);
                found.sort_by_key(key);
            }
            for (index, (expected, found)) in expected.iter().zip(&found).enumerate() {
                compare(&format!("{place}[{index}]"), expected, found, leave, faults);
            }
        }
        (Value::Object(expected), Value::Object(found)) => {
            let keys = expected.keys().chain(found.keys().filter(|key| !expected.contains_key(*key)));
            let get = |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or(Value::Null);
            for key in keys {
                compare(&format!("{place}.{key}"), &get(expected, key), &get(found, key), leave, faults);
            }
        }
        (expected, found) if expected == found => {}
        (expected, found) => faults.push(format!("{place}: expected {expected}, found {found}")),
    }
}

fn list(items: &[Value]) -> String {
    items
        .iter()
        .map(|item| item.to_string().chars().take(70).collect::<String>())
        .collect::<Vec<_>>()
        .join(" / ")
}

/// What items are put in order by: clause, path or the beginning of a text.
fn key(value: &Value) -> String {
    let text = match value {
        Value::Object(map) => format!(
            "{}{}{}",
            map.get("clause").unwrap_or(&Value::Null),
            map.get("kind").unwrap_or(&Value::Null),
            map.get("text").unwrap_or(&Value::Null)
        ),
        Value::Array(items) => items.first().map(Value::to_string).unwrap_or_default(),
        other => other.to_string(),
    };
    text.replace("null", "").chars().take(26).collect()
}

/// One line, and without accents where slips are let pass.
fn folded(text: &str, leave: Leave) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !leave.accents {
        return line;
    }
    let bare = line.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    bare.replace('đ', "d").replace('o', "0").replace(['l', 'i'], "1")
}
