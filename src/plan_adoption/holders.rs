//! Who holds a task of a proposal: the rows its form would have, out of the names as written or as somebody chose them. Pure.

use std::collections::HashSet;

use super::draft::{Draft, TaskItem};
use super::ground::Ground;
use super::naming::{Meaning, key};
use crate::db::ids::UnitId;
use crate::plans::Part;
use crate::plans::task_form::HolderRow;

/// Kinds that "các sở, ngành nêu trên" means.
const DEPARTMENTS: [&str; 4] = ["department", "bank", "press", "portal"];

/// A name that is to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub key: String,
    pub name: String,
    pub like: Vec<UnitId>,
    /// It is to lead a task that is taken, or to owe a duty: the plan cannot be made without an answer.
    pub needed: bool,
}

/// The holders of a task, lead before cooperating, each once.
pub fn rows(draft: &Draft, ground: &Ground, task: &TaskItem) -> Vec<HolderRow> {
    if let Some(rows) = &task.rows {
        return rows.iter().filter(|row| !row.is_blank()).cloned().collect();
    }
    let mut had: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for (part, names) in [(Part::Lead, &task.lead), (Part::Cooperating, &task.cooperating)] {
        for who in names.iter().flat_map(|name| whom(draft, ground, name)) {
            if had.insert(who.clone()) {
                let mode = if part == Part::Lead { task.mode.clone() } else { "assign".to_owned() };
                found.push(HolderRow { who, function: String::new(), part: part.code().to_owned(), mode });
            }
        }
    }
    found
}

/// "unit:7", "group:district": whom a name means.
pub fn whom(draft: &Draft, ground: &Ground, name: &str) -> Vec<String> {
    match ground.bodies.meaning(name, &draft.answers) {
        Meaning::Unit(unit) => vec![format!("unit:{unit}")],
        Meaning::Kinds(kinds) => kinds.iter().map(|kind| format!("group:{kind}")).collect(),
        Meaning::Those(units) => units.iter().map(|unit| format!("unit:{unit}")).collect(),
        Meaning::Mentioned { departments } => mentioned(draft, ground, departments),
        Meaning::InWords | Meaning::Unknown(_) => vec![],
    }
}

/// Whom the document gives work by name.
fn mentioned(draft: &Draft, ground: &Ground, departments: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let kind_fits = |kind: &str| !departments || DEPARTMENTS.contains(&kind);
    let mut had: HashSet<&str> = HashSet::new();
    let names = draft.tasks.iter().filter(|task| task.taken).flat_map(|task| &task.lead);
    for name in names.filter(|name| had.insert(name.as_str())) {
        let more: Vec<String> = match ground.bodies.meaning(name, &draft.answers) {
            Meaning::Unit(id) if ground.bodies.unit(id).is_some_and(|unit| kind_fits(&unit.kind_code)) => {
                vec![format!("unit:{id}")]
            }
            Meaning::Those(units) => {
                let fits =
                    |id: &UnitId| ground.bodies.unit(*id).is_some_and(|unit| kind_fits(&unit.kind_code));
                units.into_iter().filter(fits).map(|id| format!("unit:{id}")).collect()
            }
            Meaning::Kinds(kinds) => {
                kinds.iter().filter(|kind| kind_fits(kind)).map(|kind| format!("group:{kind}")).collect()
            }
            _ => vec![],
        };
        for who in more {
            if !found.contains(&who) {
                found.push(who);
            }
        }
    }
    found
}

/// The names nobody can say whose they are, each once: those that are needed first, then in the document's order.
pub fn asked(draft: &Draft, ground: &Ground) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    let mut note = |name: &String, needed: bool| {
        let Meaning::Unknown(like) = ground.bodies.meaning(name, &draft.answers) else { return };
        let key = key(name);
        match found.iter_mut().find(|asked| asked.key == key) {
            Some(asked) => asked.needed |= needed,
            None => found.push(Asked { key, name: name.clone(), like, needed }),
        }
    };
    for task in draft.tasks.iter().filter(|task| task.taken && task.rows.is_none()) {
        task.lead.iter().for_each(|name| note(name, true));
        task.cooperating.iter().for_each(|name| note(name, false));
    }
    for duty in draft.duties.iter().filter(|duty| duty.taken && duty.who.is_none()) {
        duty.units.iter().for_each(|name| note(name, true));
    }
    found.sort_by_key(|asked| !asked.needed);
    found
}

/// "Sở Tài chính", "Huyện, thị xã, thành phố (10 đơn vị)": a choice of holders in words.
pub fn words(ground: &Ground, who: &str) -> String {
    match who.split_once(':') {
        Some(("unit", id)) => id.parse().map(|id| ground.unit_name(id)).unwrap_or_default(),
        Some(("group", kind)) => {
            let count = ground.bodies.units.iter().filter(|unit| unit.kind_code == kind).count();
            format!("{} ({count} đơn vị)", ground.kind_name(kind))
        }
        _ => String::new(),
    }
}
