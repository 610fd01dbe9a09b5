//! Lines that no rule understood: text that is no document at all, signs without words, tables whose columns are not told, clauses
//! that give work to nobody. They are counted as unread, so that whoever reviews a reading sees what was lost. Stands behind all
//! other rules.

use super::blocks::Block;
use super::reading::{Heading, Reading, Role, Sure};
use super::task_tables::{is_flattened, is_row, names_columns};
use super::tree::Tree;

/// The paragraphs of the tree that are tables out of which nothing can be told: no work and no duty is read from them.
pub(super) fn tables(tree: &Tree, blocks: &[Block]) -> Vec<usize> {
    let paragraphs = tree.nodes.iter().flat_map(|node| node.paragraphs.iter().copied());
    paragraphs.filter(|index| is_flattened(&blocks[*index].text)).collect()
}

/// Gives the lines of these paragraphs the role of unread ones, and those of rows whose columns nobody named.
pub(super) fn mark(roles: &mut [Role], blocks: &[Block], tables: &[usize]) {
    let mut named = false;
    for (index, block) in blocks.iter().enumerate() {
        let row = is_row(&block.text);
        let cells: Vec<&str> = block.text.split('|').map(str::trim).collect();
        named = row && (named || names_columns(&cells));
        let wordless = block.text.chars().any(|c| !c.is_whitespace()) && is_wordless(&block.text);
        if tables.contains(&index) || row && !named || wordless {
            set(roles, &block.all_lines());
        }
    }
}

/// The headings that [`super::unowned`] found to give the work below them to nobody, as far as nothing else was read out of their
/// lines. A sentence that names nobody has been read, and is unclear.
pub(super) fn clauses(roles: &mut [Role], reading: &Reading) {
    let used = |line: &usize| {
        let given = reading.assignments.iter().any(|given| {
            given.lines.contains(line) || given.tasks.iter().any(|task| task.lines.contains(line))
        });
        given || reading.duties.iter().any(|duty| duty.lines.contains(line))
    };
    let unclear = |clause: &&super::Clause| clause.sure == Sure::Guess && clause.title.is_some();
    for clause in reading.clauses.iter().filter(unclear) {
        let lines: Vec<usize> = clause.lines.iter().copied().filter(|line| !used(line)).collect();
        set(roles, &lines);
    }
}

/// Whether anything of the form of a document was found: a kind, a number, a basis, a mark of a clause, work, a duty, an end.
pub(super) fn is_document(reading: &Reading, heading: &Heading, sections: bool) -> bool {
    heading.kind.is_some()
        || heading.symbol.is_some()
        || heading.issuer.is_some()
        || !heading.addressees.is_empty()
        || !reading.bases.is_empty()
        || !reading.assignments.is_empty()
        || !reading.duties.is_empty()
        || !reading.recipients.is_empty()
        || reading.signatory.is_some()
        || sections
}

/// Every line of a text that is no document.
pub(super) fn all(roles: &mut [Role]) {
    for role in roles.iter_mut().filter(|role| matches!(role, Role::Heading | Role::Read)) {
        *role = Role::Unread;
    }
}

/// Whether a paragraph is more signs than letters and figures.
fn is_wordless(text: &str) -> bool {
    let (mut said, mut signs) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '|') {
        if c.is_alphanumeric() {
            said += 1;
        } else if !matches!(c, '.' | '…' | ',' | '-' | '–' | '(' | ')' | '"' | '“' | '”') {
            signs += 1;
        }
    }
    signs > said
}

fn set(roles: &mut [Role], lines: &[usize]) {
    for line in lines {
        if let Some(role) =
            line.checked_sub(1).and_then(|at| roles.get_mut(at)).filter(|role| **role != Role::Boilerplate)
        {
            *role = Role::Unread;
        }
    }
}
