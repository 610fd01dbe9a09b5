//! A unit through time: its versions in order, and what to call it on a day. Pure.
//! Stands between the rows of `unit_versions` and the pages, which show a unit on any day of its life.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::ids::UnitId;
use crate::vietnamese::short_date;

/// One version: name, kind, parent and order, over an inclusive span of days; none is open.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Version {
    pub unit_id: UnitId,
    pub name: String,
    pub short_name: String,
    pub search_key: String,
    pub kind_name: String,
    pub kind_heading: String,
    pub kind_position: i32,
    pub protocol_order: i32,
    pub parent_id: Option<UnitId>,
    pub official_code: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// The unit's own first and last day, the same on each of its versions.
    pub existed_from: Option<NaiveDate>,
    pub existed_to: Option<NaiveDate>,
}

/// A unit with its versions, oldest first; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitHistory {
    pub id: UnitId,
    pub existed_from: Option<NaiveDate>,
    pub existed_to: Option<NaiveDate>,
    pub aliases: Vec<String>,
    /// Search keys of every name it ever had and of its aliases, as one text.
    pub search_key: String,
    first: Version,
    later: Vec<Version>,
}

impl UnitHistory {
    /// Puts rows of any order together, one history per unit, by id. `aliases` are (unit, alias, search key).
    pub fn group(mut rows: Vec<Version>, aliases: &[(UnitId, String, String)]) -> Vec<UnitHistory> {
        // Sorted here: the two databases put NULLs at opposite ends.
        rows.sort_by_key(|row| (row.unit_id, row.valid_from));
        rows.dedup();
        let mut all: Vec<UnitHistory> = Vec::new();
        for row in rows {
            match all.last_mut().filter(|last| last.id == row.unit_id) {
                Some(last) => {
                    last.search_key = format!("{} {}", last.search_key, row.search_key);
                    last.later.push(row);
                }
                None => all.push(UnitHistory {
                    id: row.unit_id,
                    existed_from: row.existed_from,
                    existed_to: row.existed_to,
                    aliases: vec![],
                    search_key: row.search_key.clone(),
                    first: row,
                    later: vec![],
                }),
            }
        }
        for (unit, alias, key) in aliases {
            if let Ok(at) = all.binary_search_by_key(unit, |history| history.id)
                && let Some(history) = all.get_mut(at)
            {
                history.aliases.push(alias.clone());
                history.search_key = format!("{} {key}", history.search_key);
            }
        }
        all
    }

    /// The versions, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The version valid on `day`; the last one of a unit that had ended, the first of one not yet begun.
    pub fn on(&self, day: NaiveDate) -> &Version {
        let begun = self.later.iter().rev().find(|version| version.valid_from.is_none_or(|from| from <= day));
        begun.unwrap_or(&self.first)
    }

    /// Names it bore before the one of `day`, latest first, each once.
    pub fn former_names(&self, day: NaiveDate) -> Vec<&str> {
        let now = self.on(day);
        let mut names: Vec<&str> = Vec::new();
        for version in self.versions().rev().filter(|version| version.valid_from < now.valid_from) {
            if version.name != now.name && !names.contains(&version.name.as_str()) {
                names.push(&version.name);
            }
        }
        names
    }

    /// The days of its existence in words; "" when nothing is recorded.
    pub fn life(&self) -> String {
        span(self.existed_from, self.existed_to)
    }

    pub fn existed_on(&self, day: NaiveDate) -> bool {
        self.existed_from.is_none_or(|from| from <= day) && !self.had_ended_by(day)
    }

    /// Whether its last day is before `day`.
    pub fn had_ended_by(&self, day: NaiveDate) -> bool {
        self.existed_to.is_some_and(|to| to < day)
    }
}

/// "từ 01/3/2025", "đến 28/02/2025", "từ … đến …"; "" when both ends are open.
pub fn span(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("từ {}", short_date(from)),
        (None, Some(to)) => format!("đến hết {}", short_date(to)),
        (Some(from), Some(to)) => format!("từ {} đến hết {}", short_date(from), short_date(to)),
    }
}
