//! Two people typed into one report from the same version of it. What only one of them changed is taken silently; only
//! what both changed differently is a clash. Pure; stands between the fields of a report and its saving.

use std::collections::BTreeSet;

use serde_json::Value;

use super::parts::{Parts, has_rows, same};

/// A field both changed: what the one who saves second typed, and what stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    pub field: String,
    pub mine: Option<Value>,
    pub theirs: Option<Value>,
}

/// What came of merging.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    pub parts: Parts,
    /// What to decide; `parts` holds theirs there.
    pub clashes: Vec<Clash>,
    /// Fields that are not as the second person's page shows them.
    pub unseen: Vec<String>,
}

/// Merges `mine` into `theirs`, both typed from `base`. Without a base every difference is a clash.
pub fn merge(base: Option<&Parts>, mine: &Parts, theirs: &Parts) -> Merged {
    let mut merged = Merged { parts: theirs.clone(), ..Merged::default() };
    let mut fields: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    fields.extend(base.into_iter().flat_map(Parts::keys));
    for field in fields {
        let (m, t) = (mine.get(field), theirs.get(field));
        let b = base.map(|base| base.get(field));
        if same(m, t) {
            continue;
        }
        if b.is_some_and(|b| same(m, b)) {
            merged.unseen.push(field.clone());
            continue;
        }
        let taken = match b {
            Some(b) if same(t, b) => Some(m.cloned()),
            Some(b) if has_rows(field) => merge_rows(rows(b), rows(m), rows(t)).map(|rows| {
                merged.unseen.push(field.clone());
                (!rows.is_empty()).then_some(Value::Array(rows))
            }),
            _ => None,
        };
        match taken {
            Some(Some(value)) => drop(merged.parts.insert(field.clone(), value)),
            Some(None) => drop(merged.parts.remove(field)),
            None => {
                merged.clashes.push(Clash { field: field.clone(), mine: m.cloned(), theirs: t.cloned() });
            }
        }
    }
    merged
}

/// Every row of either side, each as often as the side that has it more often: mine first, in their order.
pub fn union(mine: &[Value], theirs: &[Value]) -> Vec<Value> {
    let mut all = mine.to_vec();
    all.extend(without(theirs, mine));
    all
}

/// The rows of a table; a blank one has none.
pub fn rows(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Rows that one added or took away, in the other's table; none when both rewrote the same row.
fn merge_rows(base: &[Value], mine: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
    let (gone_here, gone_there) = (without(base, mine), without(base, theirs));
    let (new_here, new_there) = (without(mine, base), without(theirs, base));
    let rewritten = gone_here.iter().any(|row| gone_there.contains(row));
    if rewritten && (!new_here.is_empty() || !new_there.is_empty()) {
        return None;
    }
    let mut rows = without(mine, &gone_there);
    rows.extend(without(&new_there, &new_here));
    Some(rows)
}

/// The rows of the first that are left when those of the second are taken out, one for one.
fn without(rows: &[Value], taken: &[Value]) -> Vec<Value> {
    let mut taken: Vec<&Value> = taken.iter().collect();
    let stays = |row: &&Value| match taken.iter().position(|other| other == row) {
        Some(at) => {
            taken.swap_remove(at);
            false
        }
        None => true,
    };
    rows.iter().filter(stays).cloned().collect()
}
