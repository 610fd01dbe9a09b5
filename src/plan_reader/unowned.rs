//! Numbered clauses of a section that gives work which name nobody: whoever reviews the document is told. Stands behind everything
//! that gives work or is owed.

use std::collections::HashSet;

use super::blocks::Block;
use super::markers::Level;
use super::reading::{Clause, Duty, Given, Sure};
use super::tree::{Purpose, Tree};
use super::unit::begins;
use super::unit_form::form_head;
use super::unit_list::lead;
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
    let letter: bool = (0..tree.nodes.len()).any(|at| {
        tree.nodes[at].parent.is_none()
            && tree.stands_free(at)
            && below(tree, at, &|path| assigned.contains(path))
    });
    for (at, node) in tree.nodes.iter().enumerate() {
        let told = above(tree, at).any(|path| assigned.contains(path))
            || below(tree, at, &|path| assigned.contains(path) || owed.contains(path));
        let Some(first) = node.paragraphs.first().filter(|_| !told) else { continue };
        if matches!(tree.purpose(at, blocks), Purpose::Aims | Purpose::Background) {
            continue;
        }
        let words = Words::of(shortened(&blocks[*first].text, 1000));
        let counts = node
            .marker
            .as_ref()
            .is_some_and(|marker| !marker.level.is_plain() && marker.level != Level::Article);
        let among =
            letter && counts && node.parent.is_none() && !node.titled && words.any(0, TOPICS).is_none();
        // "Các sở, ngành Nội vụ, Y tế phối hợp": begun by a body, and not understood.
        let begun = counts && !node.titled && words.is_capital(0) && begins(&words, 0);
        if node.marker.is_some() && (among || begun || names_somebody(&words)) {
            unclear.insert(node.path.as_str());
        }
    }
    for clause in clauses.iter_mut().filter(|clause| unclear.contains(clause.path.as_str())) {
        clause.sure = Sure::Guess;
    }
}

/// Whether a clause says who does its work, in words that no rule understood: "Giao các …", "… chủ trì: …".
fn names_somebody(words: &Words<'_>) -> bool {
    const LABELS: &[&str] = &[
        "chu tri :",
        "don vi thuc hien :",
        "co quan thuc hien :",
        "don vi phu trach :",
        "don vi chu tri",
        "co quan chu tri",
        "giao trach nhiem cho",
    ];
    let (_, given) = lead(words, 0);
    let body = |at: usize| {
        begins(words, at) || form_head(words, at).is_some() || words.any(at, &["sở :", "phòng :"]).is_some()
    };
    given > 0 && body(given) || words.any(0, &["sở :", "phòng :"]).is_some() || words.has_any(LABELS)
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
