//! One row of the log as a line of the page and of the workbook: who, when, what, to what, and what was before and after.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::key_words::{key_words, place_of};
use super::places::Places;
use super::queries::Row;
use super::{step_words, subject_words, value_words};
use crate::calendar::to_local;
use crate::db::ids::UnitId;
use crate::reports::Step;
use crate::units::UnitOn;
use crate::vietnamese::date_time;

/// Names of the bodies of the province, by id and by code, and of the places of reports.
#[derive(Debug, Default)]
pub struct Names {
    by_id: HashMap<i64, String>,
    by_code: HashMap<String, String>,
    places: Places,
}

impl Names {
    pub fn of(units: &[UnitOn]) -> Names {
        Names {
            by_id: units.iter().map(|unit| (unit.id.0, unit.name.clone())).collect(),
            by_code: units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect(),
            places: Places::default(),
        }
    }

    /// With what the places of reports are called.
    #[must_use]
    pub fn with_places(self, places: Places) -> Names {
        Names { places, ..self }
    }

    pub(super) fn place(&self, code: &str) -> Option<String> {
        self.places.words(code)
    }

    pub(super) fn unit(&self, id: i64) -> Option<String> {
        self.by_id.get(&id).cloned()
    }

    pub(super) fn unit_of_code(&self, code: &str) -> Option<String> {
        self.by_code.get(code).cloned()
    }

    fn name(&self, id: Option<UnitId>) -> String {
        id.and_then(|id| self.unit(id.0)).unwrap_or_default()
    }
}

/// One thing that was one way and is another; a side is blank where there was nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub what: &'static str,
    pub before: String,
    pub after: String,
}

impl Change {
    /// "bước: đang soạn → đã gửi"; "lý do: …".
    pub fn words(&self) -> String {
        match (self.before.is_empty(), self.after.is_empty()) {
            (true, _) => format!("{}: {}", self.what, self.after),
            (false, true) => format!("{}: {} → (trống)", self.what, self.before),
            (false, false) => format!("{}: {} → {}", self.what, self.before, self.after),
        }
    }
}

/// A line ready to print.
pub struct Line {
    pub id: String,
    pub at: String,
    pub who: String,
    pub title: String,
    pub step: &'static str,
    pub subject: &'static str,
    pub label: String,
    /// The log of this object alone; none where it has no id.
    pub of_subject: Option<String>,
    pub unit: String,
    pub changes: Vec<Change>,
    pub sha256: String,
}

/// Whether a step is a unit's own affair until its report is sent: who leads the province reads that it was taken, and
/// no word of what was written.
pub fn is_inside_a_unit(action: &str) -> bool {
    let of_report = action.strip_prefix("report.").and_then(Step::from_code);
    let of_files =
        ["attachment.", "workbook.", "prose.", "unit_plan."].iter().any(|noun| action.starts_with(noun));
    of_files || of_report.is_some_and(|step| !step.is_between_units())
}

impl Line {
    /// `inside`: the reader may read what goes on inside the unit of this row.
    pub fn of(row: &Row, names: &Names, inside: bool) -> Line {
        let told = inside || !is_inside_a_unit(&row.action);
        let json = |text: &Option<String>| text.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let (before, after): (Option<Value>, Option<Value>) = (json(&row.before_json), json(&row.after_json));
        Line {
            id: row.id.to_string(),
            at: date_time(to_local(row.at)),
            who: row.actor_name.clone(),
            title: row.actor_title.clone(),
            step: step_words(&row.action).unwrap_or("Bước khác"),
            subject: subject_words(&row.subject_kind).unwrap_or("Đối tượng khác"),
            label: row.subject_label.clone(),
            of_subject: row.subject_id.map(|id| format!("/trail?subject={}&id={id}", row.subject_kind)),
            unit: names.name(row.unit_id),
            changes: if told { changes(before.as_ref(), after.as_ref(), names) } else { vec![] },
            sha256: row.sha256.clone(),
        }
    }

    /// Every change in words, one after another.
    pub fn told(&self) -> String {
        self.changes.iter().map(Change::words).collect::<Vec<_>>().join("; ")
    }
}

/// What a step changed: of two states only what differs, of one all it says.
pub fn changes(before: Option<&Value>, after: Option<&Value>, names: &Names) -> Vec<Change> {
    let (nothing, blank) = (Map::new(), Value::Null);
    match (before, after) {
        (None | Some(Value::Object(_)), None | Some(Value::Object(_))) => {
            let map = |side: Option<&'_ Value>| side.and_then(Value::as_object).cloned();
            let (before, after) = (map(before), map(after));
            let was = before.as_ref().unwrap_or(&nothing);
            let is = after.as_ref().unwrap_or(&nothing);
            let mut keys: Vec<&String> =
                was.keys().chain(is.keys().filter(|key| !was.contains_key(*key))).collect();
            keys.sort_by_key(|key| place_of(key));
            // With a state or a step beside it, "revision" is the id of a row.
            let by_id = is.contains_key("state") || is.contains_key("with");
            let told = keys.into_iter().filter(|key| !(by_id && key.as_str() == "revision"));
            told.filter_map(|key| {
                let (old, new) = (was.get(key).unwrap_or(&blank), is.get(key).unwrap_or(&blank));
                // What is gone with the object is told; what a step does not speak of is not.
                let silent = after.is_some() && !is.contains_key(key);
                (old != new && !silent).then(|| change(key, old, new, names)).flatten()
            })
            .collect()
        }
        (before, after) => {
            let words =
                |side: Option<&Value>| side.map_or_else(String::new, |v| value_words::words("", v, names));
            let change = Change { what: "nội dung", before: words(before), after: words(after) };
            if change.before == change.after { vec![] } else { vec![change] }
        }
    }
}

fn change(key: &str, old: &Value, new: &Value, names: &Names) -> Option<Change> {
    let (before, after) = (value_words::words(key, old, names), value_words::words(key, new, names));
    (before != after).then_some(Change { what: key_words(key)?, before, after })
}
