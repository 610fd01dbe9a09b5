//! The plan reader: an issued document as text in, what it says out. Rules on the form that official documents have by
//! Nghị định 30/2020/NĐ-CP (heading block, bases, clauses, assignments, duties, recipients, signature), with no model,
//! network, database or clock. Stands between a file somebody received and the plan that is tracked: everything it says
//! carries its lines and how sure it is, and no line is dropped. Weighed in docs/decisions/0026.

mod addresses;
mod assignments;
mod attached;
mod bases;
mod beside_tasks;
mod blocks;
mod by_field;
mod citations;
mod closing;
mod comma_names;
mod courtesy;
mod cycles;
mod dates;
mod deadlines;
mod due;
mod due_turns;
mod duties;
mod exceptions;
mod giving;
mod heading;
mod heading_parts;
mod json;
mod lead_ins;
mod lines;
mod marker_slips;
mod markers;
mod misread;
mod named_places;
mod noise;
mod often;
mod owed;
mod owners_by_form;
mod periods;
mod purposes;
mod reading;
pub(crate) mod sentences;
mod shared;
mod spans;
mod task_tables;
mod tasks;
mod text_begins;
mod title_case;
mod tree;
mod unit;
mod unit_form;
mod unit_group;
mod unit_list;
mod unit_words;
mod unowned;
mod unread;
pub(crate) mod words;

pub use exceptions::left_out;
pub use reading::{
    Basis, Clause, Due, Duty, DutyKind, Found, Given, Heading, Mode, PartDate, PlannedTask, Reading, Recurs,
    Role, Rule, Signatory, Sure,
};

use std::ops::Range;

use blocks::{Block, blocks_of};
use lines::{Line, flow_of, lines_of};
use tree::Tree;

/// Text beyond this is not read: no plan of an office is longer, and rules look at it several times over.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Reads a document. Any text is read; what cannot be placed has the role [`Role::Unread`]. Beyond [`MOST_BYTES`]
/// the rest of the lines is unread.
pub fn read(text: &str) -> Reading {
    let cut = (0..=MOST_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let lines = lines_of(&text[..cut]);
    let mut roles: Vec<Role> = lines
        .iter()
        .map(|line| match line.is_blank() {
            true => Role::Blank,
            false if noise::is_furniture(&line.text) => Role::Boilerplate,
            false => Role::Unread,
        })
        .collect();
    // A decision and the plan it brings are two documents in one file.
    let second = attached::begin(&lines, &roles).unwrap_or(lines.len());
    let (mut reading, mut sections) = document(&lines, 0..second, &mut roles, &[]);
    if second < lines.len() {
        let (own, more) = document(&lines, second..lines.len(), &mut roles, &reading.clauses);
        attached::join(&mut reading, own);
        sections |= more;
    }
    if !unread::is_document(&reading, &reading.heading, sections) {
        unread::all(&mut roles);
        reading.heading.subject = None;
    }
    let beyond = text[cut..]
        .split('\n')
        .skip(1)
        .map(|line| if line.trim().is_empty() { Role::Blank } else { Role::Unread });
    roles.extend(beyond);
    reading.roles = roles;
    reading
}

/// Reads one document of a file, and says whether any clause in it has a mark. Paths that are taken are not given again; the roles
/// of its lines are set.
fn document(lines: &[Line], range: Range<usize>, roles: &mut [Role], taken: &[Clause]) -> (Reading, bool) {
    let lines = &lines[range.clone()];
    let closing = closing::read(lines, &mut roles[range.clone()]);
    let (mut heading, begin) = heading::read(&lines[..closing.from], &mut roles[range.clone()]);
    let blocks = body(lines, &roles[range], begin, &closing);
    let (tree, first) = tree::build(&blocks, taken);
    let (opening, _) = blocks.split_at(first.min(blocks.len()));
    let mut preamble = bases::read(&opening.iter().collect::<Vec<_>>());
    if opening.is_empty() {
        preamble.bases = bases::leading(&blocks);
    }
    complete(&mut heading, &preamble);
    mark(roles, opening, &blocks, &tree);
    let mut reading = Reading {
        bases: preamble.bases,
        clauses: unplaced(opening, taken),
        recipients: closing.recipients,
        signatory: closing.signatory,
        ..Reading::default()
    };
    reading.clauses.extend(tree.clauses(&blocks));
    let sections = tree.nodes.iter().any(|node| node.marker.is_some());
    // A report says what was done: it gives nobody work.
    if heading.kind.as_ref().is_none_or(|kind| kind.value != "Báo cáo") {
        let closing = courtesy::blocks_of(&tree, &blocks);
        pass(roles, &blocks, &closing);
        let tables = unread::tables(&tree, &blocks);
        unread::mark(roles, &blocks, &tables);
        let tree = tree.without(&[closing, tables, courtesy::counted(&blocks)].concat());
        reading.assignments = assignments::read(&tree, &blocks);
        owed::addressed(&heading, opening, &tree, &blocks, &mut reading.assignments);
        reading.duties = owed::read(opening, &tree, &blocks, &reading.assignments);
        owed::from_issue(&heading, &mut reading.duties);
        owed::reported(&tree, &blocks, &reading.duties, &mut reading.assignments);
        unowned::mark(&tree, &blocks, &reading.assignments, &reading.duties, &mut reading.clauses);
        unread::clauses(roles, &reading);
    }
    reading.heading = heading;
    (reading, sections)
}

/// The paragraphs of the text and of the annexes after the signature.
fn body(lines: &[Line], roles: &[Role], begin: usize, closing: &closing::Closing) -> Vec<Block> {
    let texts = [begin.min(closing.from)..closing.from, closing.to..lines.len()];
    let mut blocks = Vec::new();
    for range in texts {
        let kept: Vec<&Line> =
            range.filter(|at| roles[*at] != Role::Boilerplate).map(|at| &lines[at]).collect();
        let owned: Vec<Line> = kept.iter().map(|line| (*line).clone()).collect();
        blocks.extend(blocks_of(&kept, flow_of(&owned)));
    }
    blocks
}

/// What the heading block lacks and the text says.
fn complete(heading: &mut Heading, preamble: &bases::Preamble) {
    if let (None, Some(kind)) = (&heading.kind, preamble.does) {
        let lines = preamble.speaker.as_ref().map(|(_, lines)| lines.clone()).unwrap_or_default();
        heading.kind = Some(Found { value: kind.to_owned(), lines, sure: Sure::Guess });
    }
    if let (None, Some((name, lines))) = (&heading.issuer, &preamble.speaker) {
        let place = heading.place.as_ref().map(|place| place.value.as_str());
        let bare = ["tỉnh", "Tỉnh"].iter().any(|end| name.ends_with(end));
        let value = match place.filter(|_| bare) {
            Some(place) => format!("{name} {place}"),
            None => name.clone(),
        };
        heading.issuer = Some(Found { value, lines: lines.clone(), sure: Sure::Guess });
    }
}

/// Gives every line of the text its role.
fn mark(roles: &mut [Role], opening: &[Block], blocks: &[Block], tree: &Tree) {
    let mut set = |block: &Block, role: Role| {
        for line in block.all_lines() {
            if let Some(found) = line.checked_sub(1).and_then(|at| roles.get_mut(at)) {
                *found = role;
            }
        }
    };
    for block in opening {
        set(block, Role::Read);
    }
    for node in &tree.nodes {
        for (order, index) in node.paragraphs.iter().enumerate() {
            set(&blocks[*index], if order == 0 && node.titled { Role::Heading } else { Role::Read });
        }
    }
}

/// Marks the paragraphs that say nothing of the document's own.
fn pass(roles: &mut [Role], blocks: &[Block], formulas: &[usize]) {
    for line in formulas.iter().flat_map(|at| blocks[*at].all_lines()) {
        if let Some(role) = line.checked_sub(1).and_then(|at| roles.get_mut(at)) {
            *role = Role::Boilerplate;
        }
    }
}

/// Paragraphs before the first clause that no basis came from: kept, so that nothing is dropped.
fn unplaced(opening: &[Block], taken: &[Clause]) -> Vec<Clause> {
    let before = taken.iter().filter(|clause| clause.path.starts_with("mở đầu ")).count();
    let silent = opening.iter().filter(|block| {
        let alone = bases::read(&[*block]);
        let decides = blocks::is_title(&block.text) && block.text.ends_with(':');
        alone.bases.is_empty() && alone.speaker.is_none() && !decides
    });
    let clause = |(index, block): (usize, &Block)| Clause {
        path: format!("mở đầu {}", before + index + 1),
        title: None,
        text: block.text.clone(),
        lines: block.all_lines(),
        sure: Sure::Guess,
    };
    silent.enumerate().map(clause).collect()
}
