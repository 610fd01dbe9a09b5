//! Numbered clauses of a section that gives work which name nobody: whoever reviews the document is told. Stands behind everything
//! that gives work or is owed.

use std::collections::HashSet;

use super::blocks::Block;
use super::reading::{Clause, Duty, Given, Sure};
use super::tree::{Purpose, Tree};
use super::words::{Words, shortened};

/// What clauses of such a section are titled by that give nobody work.
const TOPICS: &[&str] = &[
    "kinh phi",
    "nguon kinh phi",
    "nguồn",
    "thoi gian",
    "thoi han",
    "tien do",
    "che do",
    "hieu luc",
    "dieu khoan",
    "lo trinh",
    "so ket",
    "tong ket",
    "khen thuong",
];

/// Makes those clauses unclear, as far as nothing below or above them, and no formula, says whose they are.
pub(super) fn mark(tree: &Tree, blocks: &[Block], given: &[Given], duties: &[Duty], clauses: &mut [Clause]) {
    let assigned: HashSet<&str> = given.iter().filter_map(|given| given.clause.as_deref()).collect();
    let owed: HashSet<&str> = duties.iter().filter_map(|duty| duty.clause.as_deref()).collect();
    let mut unclear: HashSet<&str> = HashSet::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let numbered = node.marker.as_ref().is_some_and(|marker| !marker.level.is_plain());
        let Some(first) = node.paragraphs.first().filter(|_| numbered && node.parent.is_some()) else {
            continue;
        };
        let told = above(tree, at).any(|path| assigned.contains(path))
            || below(tree, at, &|path| assigned.contains(path) || owed.contains(path));
        let topic = Words::of(shortened(&blocks[*first].text, 200)).any(0, TOPICS).is_some();
        let topic = topic
            || above_nodes(tree, at).skip(1).any(|above| {
                let text =
                    tree.nodes[above].paragraphs.first().map_or("", |index| blocks[*index].text.as_str());
                Words::of(shortened(text, 200)).any(0, TOPICS).is_some()
            });
        if !told && !topic && tree.purpose(at, blocks) == Purpose::Organising {
            unclear.insert(node.path.as_str());
        }
    }
    for clause in clauses.iter_mut().filter(|clause| unclear.contains(clause.path.as_str())) {
        clause.sure = Sure::Guess;
    }
}

fn above_nodes(tree: &Tree, at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(at), |at| tree.nodes[*at].parent)
}

fn above(tree: &Tree, at: usize) -> impl Iterator<Item = &str> {
    above_nodes(tree, at).map(|at| tree.nodes[at].path.as_str())
}

/// Whether this clause or one below it is such.
fn below(tree: &Tree, at: usize, is: &dyn Fn(&str) -> bool) -> bool {
    let node = &tree.nodes[at];
    is(&node.path) || node.children.iter().any(|child| below(tree, *child, is))
}
