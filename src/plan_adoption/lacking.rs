//! What does not say enough to be taken, and what it lacks: a basis without number, a duty without a cycle or without anybody who
//! owes it. Pure.

use std::collections::HashSet;

use super::draft::{Draft, DutyItem};
use super::ground::Ground;
use super::outcome::{Fault, weigh};
use crate::vietnamese::capital;

/// The bases and duties that are not taken and cannot be as they stand, each with everything it lacks, in the order of the page.
pub fn lacking(draft: &Draft, ground: &Ground) -> Vec<Fault> {
    let mut all = draft.clone();
    // Clauses and tasks are taken whatever they say.
    all.clauses.clear();
    let left = |duty: &DutyItem| !duty.taken && !duty.is_blank();
    let lines: HashSet<usize> =
        draft.duties.iter().filter(|duty| left(duty)).flat_map(|d| d.lines.clone()).collect();
    // But for those that keep the day of such a duty.
    all.tasks.retain(|task| !task.due_on.is_empty() && task.lines.iter().any(|line| lines.contains(line)));
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
            (!of.is_empty()).then(|| Fault { words: together(&of), anchor })
        })
        .collect()
}

/// Sentences about one item, which each begins by naming it: it is named once.
fn together(of: &[&str]) -> String {
    let head = of.first().and_then(|first| first.find("”: ").map(|at| &first[..at + "”: ".len()]));
    let rest = |words: &str| match head.and_then(|head| words.strip_prefix(head)) {
        Some(rest) => capital(rest),
        None => words.to_owned(),
    };
    let more = of.iter().skip(1).map(|words| format!(" {}", rest(words)));
    of.iter().take(1).map(|first| (*first).to_owned()).chain(more).collect()
}
