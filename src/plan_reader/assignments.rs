//! Who is given which work. Three forms are read: a heading that names the owners with their tasks under it, a
//! sentence that begins with them ("Giao Sở Tài chính …", "Các sở, ngành xây dựng …"), and lines that label the body in
//! charge under a task ("Đơn vị chủ trì: …").

use super::blocks::Block;
use super::courtesy::is_courtesy;
use super::exceptions::is_partial;
use super::giving::{self, Giving, giving, label_of};
use super::lead_ins::lead_in;
use super::misread::is_mended;
use super::reading::{Given, Mode, PlannedTask, Sure};
use super::sentences::{parts, sentences};
use super::shared;
use super::tasks::task;
use super::tree::{Purpose, Tree};
use super::unit_form::giving_by_form;
use super::unit_list::{lead, list_at, named_behind_colon, named_of_group, whole_list};
use super::words::{Words, shortened};

/// The owners a clause names, and what follows them in its first paragraph.
pub(super) struct Owners {
    pub mode: Mode,
    pub units: Vec<String>,
    /// Who helps with all of it: "X chủ trì; Y phối hợp".
    pub with: Vec<String>,
    pub rest: Option<String>,
    pub sure: Sure,
}

/// A name whose head was set right is less sure; of a group with an exception a person has to say who is left.
fn sure_of(text: &str, units: &[String]) -> Sure {
    match (is_partial(units), is_mended(text, units)) {
        (true, _) => Sure::Guess,
        (false, true) => Sure::Likely,
        (false, false) => Sure::Certain,
    }
}

/// Adds those who help with all of the work to one task.
fn help(work: &mut PlannedTask, with: &[String], leads: &[String]) {
    for unit in with {
        if !work.cooperating.contains(unit) && !leads.contains(unit) {
            work.cooperating.push(unit.clone());
        }
    }
}

pub(super) struct Reader<'t> {
    pub tree: &'t Tree,
    pub blocks: &'t [Block],
    pub given: Vec<Given>,
}

pub(super) fn read(tree: &Tree, blocks: &[Block]) -> Vec<Given> {
    let mut reader = Reader { tree, blocks, given: Vec::new() };
    for at in 0..tree.nodes.len() {
        if tree.nodes[at].parent.is_none() {
            reader.visit(at);
        }
    }
    reader.given
}

impl Reader<'_> {
    fn visit(&mut self, at: usize) {
        if matches!(self.tree.purpose(at, self.blocks), Purpose::Aims | Purpose::Background) {
            return;
        }
        if let Some(owners) = self.owners(at).or_else(|| self.owners_by_form(at)) {
            self.owned(at, owners);
        } else if !self.labelled(at) && !self.bracketed(at) {
            self.tables(at);
            self.sentences(at);
        }
    }

    pub(super) fn text(&self, block: usize) -> &str {
        &self.blocks[block].text
    }

    pub(super) fn owners(&self, at: usize) -> Option<Owners> {
        let node = &self.tree.nodes[at];
        let first = self.text(*node.paragraphs.first()?);
        let more = node.paragraphs.len() > 1 || !node.children.is_empty();
        if let Some((mode, found, rest)) = shared::heading(first) {
            let rest = Some(rest).filter(|rest| !rest.is_empty());
            let sure = sure_of(first, &found.leads);
            let owners = Owners { mode, units: found.leads, with: found.with, rest, sure };
            return (owners.rest.is_some() || more).then_some(owners);
        }
        if more && let Some((mode, units)) = whole_list(first) {
            let sure = sure_of(first, &units);
            return Some(Owners { mode, units, with: Vec::new(), rest: None, sure });
        }
        if let Some((mode, units, rest)) = named_of_group(first) {
            let sure = if units.len() > 1 { sure_of(first, &units) } else { Sure::Guess };
            return Some(Owners { mode, units, with: Vec::new(), rest: Some(rest), sure });
        }
        if let Some((owners, rest)) = named_behind_colon(first) {
            return self.before_colon(first, owners, rest, more);
        }
        if let Some((before, rest)) = first.split_once(':')
            && let Some((mode, units)) = whole_list(before)
            && label_of(first).is_none()
            // "Giám đốc các sở: Tư pháp, Tài chính" goes on with names.
            && !giving::names_departments(before)
        {
            return self.before_colon(first, (mode, units), rest, more);
        }
        // The heading lost its line: names, then a sentence with a capital.
        let words = Words::of(first);
        let (mode, from) = lead(&words, 0);
        let list = list_at(&words, from)?;
        let at = if words.is_mark(list.end, &['-', '.']) { list.end + 1 } else { list.end };
        let glued = words.is_capital(at)
            && (super::unit::verb_at(&words, at) || words.any(at, &["la co quan", "la don vi"]).is_some());
        glued.then(|| Owners {
            mode,
            units: list.units,
            with: Vec::new(),
            rest: Some(words.rest(at).to_owned()),
            sure: Sure::Likely,
        })
    }

    /// "Công an tỉnh: …", and asked where what follows asks: "Trại giam …: đề nghị phối hợp …".
    pub(super) fn before_colon(
        &self,
        first: &str,
        (mode, units): (Mode, Vec<String>),
        rest: &str,
        more: bool,
    ) -> Option<Owners> {
        let rest = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
        let asked = rest.as_deref().is_some_and(giving::asks);
        // "Các doanh nghiệp: Công ty A, …" that no rule could take apart: whether all of the group is meant is not told.
        let names =
            rest.as_deref().is_some_and(|rest| giving::goes_on_with_names(rest) && giving::is_group(&units));
        let sure = if names { Sure::Guess } else { sure_of(first, &units) };
        let mode = if asked { Mode::Request } else { mode };
        (rest.is_some() || more).then_some(Owners { mode, units, with: Vec::new(), rest, sure })
    }

    /// The tasks under a heading of owners.
    fn owned(&mut self, at: usize, owners: Owners) {
        let node = &self.tree.nodes[at];
        let mut tasks: Vec<PlannedTask> = Vec::new();
        let first = node.paragraphs.first().copied();
        if let (Some(rest), Some(block)) = (&owners.rest, first) {
            tasks.push(task(rest, self.blocks[block].all_lines()));
        }
        let place = self.given.len();
        for block in node.paragraphs.iter().skip(1) {
            let whole = self.text(*block).to_owned();
            let words = Words::of(&whole);
            // "Giao Phòng … thuộc Sở theo dõi" under somebody else's heading is that body's.
            match giving(&words).filter(|giving| giving.explicit) {
                Some(giving) => self.give(at, *block, &giving, words.rest(giving.verb)),
                None => tasks.push(task(&whole, self.blocks[*block].all_lines())),
            }
        }
        let mut leads_in = owners.rest.as_ref().is_some_and(|rest| rest.ends_with(':'));
        let mut with = owners.with;
        // "Công an tỉnh: chủ trì, phối hợp với Sở Y tế thực hiện:" and the work below it.
        if let Some(helping) = owners.rest.as_deref().and_then(lead_in).filter(|_| !node.children.is_empty())
        {
            tasks.remove(0);
            with.extend(helping);
            leads_in = false;
        }
        let mut passed = false;
        for child in &node.children {
            if self.stands_alone(*child) {
                passed = true;
                self.visit(*child);
            } else if leads_in && let Some(last) = tasks.last_mut() {
                let joined = format!("{}\n{}", last.text, self.tree.whole_text(*child, self.blocks));
                let mut lines = last.lines.clone();
                lines.extend(self.tree.whole_lines(*child, self.blocks));
                *last = task(&joined, lines);
            } else {
                let text = self.tree.whole_text(*child, self.blocks);
                tasks.push(task(&text, self.tree.whole_lines(*child, self.blocks)));
            }
        }
        if tasks.is_empty() && (passed || self.given.len() > place) {
            return;
        }
        for work in &mut tasks {
            help(work, &with, &owners.units);
        }
        let given = Given {
            clause: Some(node.path.clone()),
            units: owners.units,
            mode: owners.mode,
            tasks,
            lines: first.map(|block| self.blocks[block].all_lines()).unwrap_or_default(),
            sure: owners.sure,
        };
        self.given.insert(place, given);
    }

    /// Whether a clause under a heading of owners names its own owners.
    fn stands_alone(&self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        let Some(block) = node.paragraphs.first() else { return false };
        let words = Words::of(self.text(*block));
        self.owners(at).is_some() || giving(&words).is_some_and(|giving| !giving.led)
    }

    /// Sentences that begin with the owners.
    fn sentences(&mut self, at: usize) {
        let node = &self.tree.nodes[at];
        let organising =
            self.tree.purpose(at, self.blocks) == Purpose::Organising || self.tree.stands_free(at);
        let marked = node.marker.as_ref().is_some_and(|marker| !marker.level.is_plain());
        let mut taken_first = false;
        for (order, block) in node.paragraphs.iter().enumerate() {
            let whole = self.text(*block).to_owned();
            let spans = self.spans(&whole, organising);
            let mut open: Option<(Giving, usize, usize)> = None;
            for (index, (from, to)) in spans.iter().enumerate() {
                let words = Words::of(&whole[*from..*to]);
                // "…. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về …": a formula behind the work.
                if index > 0 && is_courtesy(&whole[*from..*to]) {
                    if let Some((before, start, _)) = open.take() {
                        self.give(at, *block, &before, whole[start..*from].trim());
                    }
                    continue;
                }
                let found = giving(&words)
                    .filter(|giving| giving.explicit || organising || index == 0)
                    .or_else(|| self.after_colon(&words, index))
                    .or_else(|| {
                        (organising && marked && order + index == 0).then(|| giving_by_form(&words)).flatten()
                    });
                if let Some(mut giving) = found {
                    // "Đề nghị …; Toà án nhân dân tỉnh …": the second is asked as the first.
                    let goes_on = whole[..*from].trim_end().ends_with(';') && !giving.explicit;
                    if let Some((before, _, _)) = open.as_ref().filter(|_| goes_on) {
                        giving.mode = before.mode;
                    }
                    if let Some((before, start, _)) = open.take() {
                        self.give(at, *block, &before, whole[start..*from].trim());
                    }
                    let start = from + words.list.get(giving.verb).map_or(0, |word| word.from);
                    taken_first |= order == 0;
                    open = Some((giving, start, *to));
                }
            }
            if let Some((giving, start, _)) = open {
                self.give(at, *block, &giving, whole[start..].trim());
            }
        }
        let leads_in =
            taken_first && node.paragraphs.len() == 1 && self.text(node.paragraphs[0]).ends_with(':');
        let mut with: Vec<String> = Vec::new();
        for child in &node.children {
            if leads_in && !self.stands_alone(*child) {
                let child_text = self.tree.whole_text(*child, self.blocks);
                let lines = self.tree.whole_lines(*child, self.blocks);
                if let Some(last) = self.given.last_mut() {
                    // "… chịu trách nhiệm:" and the work below it.
                    if let [only] = &last.tasks[..]
                        && let Some(helping) = lead_in(&only.text)
                    {
                        with = helping;
                        last.tasks.clear();
                    }
                    let mut work = task(&child_text, lines);
                    help(&mut work, &with, &last.units);
                    last.tasks.push(work);
                }
            } else {
                self.visit(*child);
            }
        }
    }

    /// Sentences, and in a section that organises the parts behind a semicolon that begin with owners of their own.
    fn spans(&self, whole: &str, organising: bool) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        for (from, to) in sentences(whole) {
            let sentence = &whole[from..to];
            let words = Words::of(sentence);
            let begun = giving(&words).and_then(|giving| words.list.get(giving.verb).map(|word| word.from));
            let cuts = parts(sentence).into_iter().map(|(start, _)| start).filter(|start| {
                let own =
                    || giving::giving_from(&Words::of(shortened(&sentence[*start..], 600)), 0).is_some();
                organising && begun.is_some_and(|begun| *start > begun) && own()
            });
            let mut last = from;
            for cut in cuts {
                spans.push((last, from + cut));
                last = from + cut;
            }
            spans.push((last, to));
        }
        spans
    }

    /// "Trên hệ thống truyền thanh: Phòng … tham mưu …": the owners after a lead of a few words.
    fn after_colon(&self, words: &Words<'_>, index: usize) -> Option<Giving> {
        if index > 0 {
            return None;
        }
        let colon = (0..words.len().min(14)).find(|at| words.is_mark(*at, &[':']))?;
        super::giving::giving_from(words, colon + 1)
    }

    fn give(&mut self, at: usize, block: usize, giving: &Giving, text: &str) {
        let found = &self.blocks[block];
        let start = found.text.find(text).unwrap_or(0);
        let lines = found.lines(start, start + text.len());
        let clause = Some(self.tree.nodes[at].path.clone());
        // The same owners again in the same clause: one more task.
        if let Some(last) = self.given.last_mut()
            && last.clause == clause
            && last.units == giving.units
        {
            last.tasks.push(task(text, lines));
            return;
        }
        self.given.push(Given {
            clause,
            units: giving.units.clone(),
            mode: giving.mode,
            tasks: vec![task(text, lines.clone())],
            lines,
            sure: match giving.unclear {
                true => Sure::Guess,
                false if giving.explicit => sure_of(&found.text, &giving.units),
                false => sure_of(&found.text, &giving.units).min(Sure::Likely),
            },
        });
    }
}
