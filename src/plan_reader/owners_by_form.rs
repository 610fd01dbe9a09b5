//! The owners of a clause whose names nobody knows: by the form of the names, or because the clauses beside it are headed by
//! bodies. What is found so is unclear; it is kept, with its tasks.

use super::assignments::{Owners, Reader};
use super::giving::{giving, label_of, names_departments};
use super::reading::Sure;
use super::tree::Purpose;
use super::unit_form::{begun_by_owner, beside_owners, whole_by_form};
use super::words::Words;

/// Clauses beside one that are looked at.
const MOST_BESIDE: usize = 60;

impl Reader<'_> {
    /// The owners of a heading in a section that gives work, where they are bodies by the form of their names, or stand
    /// where the headings beside them name bodies.
    pub(super) fn owners_by_form(&self, at: usize) -> Option<Owners> {
        let node = &self.tree.nodes[at];
        let organising = self.tree.purpose(at, self.blocks) == Purpose::Organising;
        let listed = node.marker.as_ref()?.level.is_plain();
        if !organising && (listed || !self.tree.stands_free(at)) {
            return None;
        }
        let first = self.text(*node.paragraphs.first()?);
        let more = node.paragraphs.len() > 1 || !node.children.is_empty();
        let (before, rest) = match first.split_once(':') {
            Some((before, rest)) if label_of(first).is_none() && !names_departments(before) => (before, rest),
            None if more => (first, ""),
            _ => return None,
        };
        let read = whole_by_form(before).or_else(|| {
            let sentence = giving(&Words::of(first)).is_some();
            let beside = organising && !sentence && self.among_owners(at);
            let alone = organising && !sentence && !listed && rest.is_empty();
            let beside = beside.then(|| beside_owners(before)).flatten();
            beside.or_else(|| alone.then(|| begun_by_owner(before)).flatten())
        })?;
        let owners = self.before_colon(first, read, rest, more)?;
        Some(Owners { sure: Sure::Guess, ..owners })
    }

    /// Whether other clauses of the same kind beside this one are headed by bodies: a third of them at least.
    fn among_owners(&self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        let level = node.marker.as_ref().map(|marker| marker.level);
        let same = |other: &&usize| {
            let marker = self.tree.nodes[**other].marker.as_ref();
            **other != at && marker.map(|marker| marker.level) == level
        };
        let roots: Vec<usize>;
        let beside: &[usize] = match node.parent {
            Some(parent) => &self.tree.nodes[parent].children,
            None => {
                roots =
                    (0..self.tree.nodes.len()).filter(|at| self.tree.nodes[*at].parent.is_none()).collect();
                &roots
            }
        };
        let all: Vec<&usize> = beside.iter().filter(same).take(MOST_BESIDE).collect();
        let owned = all.iter().filter(|other| self.owners(***other).is_some()).count();
        owned > 0 && owned * 3 >= all.len()
    }
}
