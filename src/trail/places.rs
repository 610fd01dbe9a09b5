//! The places of a report that rows of the log name by their codes, in the words of the pages: "dòng B04 Tin, bài đã đăng". Looked
//! up for the rows that are shown alone.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde_json::Value;

use super::queries::Row;
use crate::db::Conn;
use crate::db::ids::TaskId;
use crate::db::schema::{form_lists, indicators, tasks};
use crate::reports::Place;

/// Letters of a task that are told at most.
const LONGEST: usize = 80;

/// What figures, lists and tasks are called.
#[derive(Debug, Clone, Default)]
pub struct Places {
    figures: HashMap<String, String>,
    lists: HashMap<String, String>,
    tasks: HashMap<TaskId, String>,
}

impl Places {
    /// Of everything that these rows name. Three queries.
    ///
    /// # Errors
    /// The queries' own.
    pub fn of(conn: &mut Conn, rows: &[Row]) -> QueryResult<Places> {
        let (mut figures, mut lists, mut named) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let sides = rows.iter().flat_map(|row| [&row.before_json, &row.after_json]).flatten();
        for place in sides.filter(|text| text.contains("\"place\"")).flat_map(|text| in_json(text)) {
            match place {
                Place::Figure(code) | Place::FigureValue(code) | Place::FigureNote(code) => {
                    figures.insert(code);
                }
                Place::List(code) | Place::Row(code, _) => {
                    lists.insert(code);
                }
                Place::Task(id) => {
                    named.insert(id);
                }
                Place::Whole | Place::Section(_) | Place::Evidence => {}
            }
        }
        let figures = indicators::table
            .filter(indicators::code.eq_any(figures))
            .order(indicators::id)
            .select((indicators::code, indicators::name))
            .load::<(String, String)>(conn)?;
        let lists = form_lists::table
            .filter(form_lists::code.eq_any(lists))
            .order(form_lists::id)
            .select((form_lists::code, form_lists::title))
            .load::<(String, String)>(conn)?;
        let named =
            tasks::table
                .filter(tasks::id.eq_any(named))
                .select((tasks::id, tasks::text))
                .load::<(TaskId, String)>(conn)?;
        Ok(Places {
            figures: figures.into_iter().collect(),
            lists: lists.into_iter().collect(),
            tasks: named.into_iter().collect(),
        })
    }

    /// A stored code in words; none of what is no place.
    pub(super) fn words(&self, code: &str) -> Option<String> {
        let figure = |code: &str| match self.figures.get(code) {
            Some(name) => format!("dòng {code} {name}"),
            None => format!("dòng {code}"),
        };
        let list = |code: &str| match self.lists.get(code) {
            Some(title) => format!("danh sách {title}"),
            None => "một danh sách".to_owned(),
        };
        Some(match Place::from_code(code)? {
            Place::Whole => "cả báo cáo".to_owned(),
            Place::Section(code) => format!("phần {code}"),
            Place::Figure(code) => figure(&code),
            Place::FigureValue(code) => format!("{}, số liệu", figure(&code)),
            Place::FigureNote(code) => format!("{}, ghi chú", figure(&code)),
            Place::Task(id) => match self.tasks.get(&id) {
                Some(text) => format!("nhiệm vụ “{}”", shortened(text)),
                None => "một nhiệm vụ".to_owned(),
            },
            Place::List(code) => list(&code),
            Place::Row(code, number) => format!("{}, dòng {number}", list(&code)),
            Place::Evidence => "minh chứng".to_owned(),
        })
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LONGEST).collect::<String>().trim_end())
}

/// Every place that a side of a row names.
fn in_json(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str(text) {
        gather(&value, &mut found);
    }
    found
}

fn gather(value: &Value, found: &mut Vec<Place>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("place", Value::String(code)) => found.extend(Place::from_code(code)),
                    _ => gather(value, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| gather(value, found)),
        _ => {}
    }
}
