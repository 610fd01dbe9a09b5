//! What does not say enough to be taken, and what it lacks: a basis without number, a duty without a cycle or without anybody who
//! owes it. Pure.

use super::draft::Draft;
use super::ground::Ground;
use super::outcome::{Fault, weigh};

/// The bases and duties that are not taken and cannot be as they stand, each with everything it lacks, in the order of the page.
pub fn lacking(draft: &Draft, ground: &Ground) -> Vec<Fault> {
    let mut all = draft.clone();
    // Clauses and tasks are taken whatever they say.
    all.clauses.clear();
    all.tasks.clear();
    all.take_all();
    let bases = draft.bases.iter().filter(|item| !item.taken).map(|item| format!("basis-{}", item.key));
    let blank = |key: u32| draft.duties.iter().any(|duty| duty.key == key && duty.is_blank());
    let duties = draft.duties.iter().filter(|item| !item.taken && !blank(item.key));
    let left: Vec<String> = bases.chain(duties.map(|item| format!("duty-{}", item.key))).collect();
    if left.is_empty() {
        return Vec::new();
    }
    let faults = weigh(&all, ground).faults;
    left.into_iter()
        .filter_map(|anchor| {
            let of: Vec<&str> = faults
                .iter()
                .filter(|fault| fault.anchor == anchor)
                .map(|fault| fault.words.as_str())
                .collect();
            (!of.is_empty()).then(|| Fault { words: of.join(" "), anchor })
        })
        .collect()
}
