//! What is typed on the pages of a table, into values.

use std::collections::BTreeMap;

use super::Bound;
use super::apply::Confirmed;
use super::settle::Layout;
use super::upload::Input;
use crate::db::ids::UnitId;
use crate::web::FormData;

/// Period and source of a table.
pub fn input(form: &FormData) -> Input {
    Input { period: form.line("period"), source: form.line("source") }
}

/// Where the table stands.
pub fn layout(form: &FormData) -> Layout {
    Layout {
        // A sheet's name is a name of the file: as it is.
        sheet: form.get("sheet").to_owned(),
        turned: form.get("turned") == "1",
        head: form.line("head"),
        units: form.line("units"),
    }
}

/// The columns that were chosen.
pub fn columns(form: &FormData) -> BTreeMap<u32, Bound> {
    let chosen = form.with_prefix("column.").filter(|(_, code)| !code.trim().is_empty());
    chosen
        .filter_map(|(at, code)| {
            let scaled = form.get(&format!("scaled.{at}")) == "1";
            Some((at.parse().ok()?, Bound { code: code.trim().to_owned(), scaled }))
        })
        .collect()
}

/// Whose names are: a unit, nobody ("out"), or not answered.
pub fn answers(form: &FormData) -> BTreeMap<String, Option<Option<UnitId>>> {
    let answer = |value: &str| match value {
        "" => None,
        "out" => Some(None),
        unit => unit.parse().ok().map(Some),
    };
    form.with_prefix("name.").map(|(key, value)| (key.to_owned(), answer(value))).collect()
}

/// What the preview posts.
pub fn confirmed(form: &FormData) -> Confirmed {
    Confirmed {
        seen: version(form),
        shown: form.line("shown"),
        skip: form.has("skip"),
        aware: form.has("aware"),
    }
}

/// The version of the table on the page; -1 where none is posted, which no table has.
pub fn version(form: &FormData) -> i32 {
    form.line("version").parse().unwrap_or(-1)
}
