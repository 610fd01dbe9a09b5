//! Who is in charge, said beside the work: labels under it or behind it ("Đơn vị chủ trì: …"), brackets, columns of a table.

use super::assignments::Reader;
use super::giving::{self, Label, label_of, units_of};
use super::reading::{Given, Mode, PlannedTask, Sure};
use super::sentences::sentences;
use super::shared;
use super::tasks::task;
use super::words::{Words, shortened};

/// Bytes of a paragraph that are looked at.
const LONGEST: usize = 4 * 1024;

/// What the labels of a task say.
#[derive(Default)]
struct Labels {
    units: Vec<String>,
    with: Vec<String>,
    lines: Vec<usize>,
    text: Vec<String>,
    named: bool,
}

impl Labels {
    fn take(&mut self, label: Label, whole: &str, rest: &str, lines: Vec<usize>) {
        self.named |= label == Label::Lead;
        match label {
            Label::Lead => {
                let (leads, others) = units_of(rest);
                self.units.extend(leads);
                self.with.extend(others);
                self.lines.extend(lines);
            }
            Label::With => self.with.extend(units_of(rest).0),
            Label::Other => self.text.push(whole.to_owned()),
        }
    }

    /// Sentences behind the work that are labels: "… hội nghị. Đơn vị thực hiện: Sở Tư pháp. Thời gian: quý III."
    fn take_sentences(&mut self, piece: String, lines: &[usize]) {
        let spans = sentences(shortened(&piece, LONGEST));
        let label = |(from, to): &(usize, usize)| {
            let sentence = piece[*from..*to].trim_end_matches(['.', ';', ' ']);
            if !sentence.contains(':') && !shared::may_share(sentence) {
                return false;
            }
            label_of(sentence).filter(|(label, _)| *label == Label::Lead).is_some()
                || shared::whole_sentence(sentence).is_some()
                || shared::in_charge(sentence).is_some()
        };
        let first = spans.iter().skip(1).find(|span| label(span)).map(|(from, _)| *from);
        let Some(first) = first.filter(|_| piece.len() <= LONGEST) else {
            self.text.push(piece);
            return;
        };
        self.text.push(piece[..first].trim().to_owned());
        for (from, to) in spans.into_iter().filter(|(from, _)| *from >= first) {
            let sentence = piece[from..to].trim_end_matches(['.', ';', ' ']);
            match (label_of(sentence), shared::whole_sentence(sentence)) {
                (_, Some(found)) => {
                    self.named = true;
                    self.units.extend(found.leads);
                    self.with.extend(found.with);
                    self.text.extend(found.others);
                    self.lines.extend(lines);
                }
                (Some((label, rest)), None) => self.take(label, sentence, rest, lines.to_vec()),
                (None, None) => match shared::in_charge(sentence) {
                    Some(units) => {
                        self.named = true;
                        self.units.extend(units);
                        self.lines.extend(lines);
                    }
                    None => self.text.push(sentence.to_owned()),
                },
            }
        }
    }
}

fn join(work: &mut PlannedTask, with: Vec<String>, leads: &[String]) {
    for unit in with {
        if !work.cooperating.contains(&unit) && !leads.contains(&unit) {
            work.cooperating.push(unit);
        }
    }
    work.cooperating.retain(|unit| !leads.contains(unit));
}

impl Reader<'_> {
    /// "Đơn vị chủ trì: …", "Đơn vị phối hợp: …" under a task.
    pub(super) fn labelled(&mut self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        let mut labels = Labels::default();
        for block in &node.paragraphs {
            let (piece, lines) = (self.text(*block).to_owned(), self.blocks[*block].all_lines());
            match label_of(&piece) {
                Some((label, rest)) => labels.take(label, &piece, rest, lines),
                None => labels.take_sentences(piece, &lines),
            }
        }
        for child in &node.children {
            let piece = self.tree.whole_text(*child, self.blocks);
            // A label stands in a line of its own; a number with work below it is a clause.
            let below = &self.tree.nodes[*child];
            let clause = below.paragraphs.len() > 1 || !below.children.is_empty();
            match label_of(&piece).filter(|_| !clause) {
                Some((label, rest)) => {
                    labels.take(label, &piece, rest, self.tree.whole_lines(*child, self.blocks))
                }
                None => labels.text.push(piece),
            }
        }
        if !labels.named || labels.units.is_empty() {
            return false;
        }
        let mut work = task(&labels.text.join("\n"), self.tree.whole_lines(at, self.blocks));
        join(&mut work, labels.with, &labels.units);
        let clause = Some(node.path.clone());
        self.given.push(Given {
            clause,
            units: labels.units,
            mode: Mode::Assign,
            tasks: vec![work],
            lines: labels.lines,
            sure: Sure::Certain,
        });
        true
    }

    /// A task with its body in brackets behind it.
    pub(super) fn bracketed(&mut self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        let found = node.paragraphs.iter().enumerate().find_map(|(order, block)| {
            let text = self.text(*block);
            let words = Words::of(text);
            let shared = shared::may_share(text).then(|| shared::in_brackets(&words)).flatten();
            let shared = shared.map(|found| (found.leads, found.with));
            shared
                .or_else(|| giving::bracketed(&words).filter(|_| order == 0).map(|units| (units, Vec::new())))
        });
        let Some((units, with)) = found else { return false };
        let lines = self.tree.whole_lines(at, self.blocks);
        let mut work = task(&self.tree.whole_text(at, self.blocks), lines.clone());
        join(&mut work, with, &units);
        let clause = Some(node.path.clone());
        self.given.push(Given {
            clause,
            units,
            mode: Mode::Assign,
            tasks: vec![work],
            lines,
            sure: Sure::Likely,
        });
        true
    }

    /// A table of tasks with the bodies in its columns.
    pub(super) fn tables(&mut self, at: usize) {
        let node = &self.tree.nodes[at];
        let rows: Vec<(&str, Vec<usize>)> = node
            .paragraphs
            .iter()
            .map(|block| (self.text(*block), self.blocks[*block].all_lines()))
            .collect();
        for row in super::task_tables::rows(&rows) {
            let mut work = task(&row.task, row.lines.clone());
            work.cooperating.extend(row.with);
            let clause = Some(node.path.clone());
            self.given.push(Given {
                clause,
                units: row.units,
                mode: Mode::Assign,
                tasks: vec![work],
                lines: row.lines,
                sure: Sure::Likely,
            });
        }
    }
}
