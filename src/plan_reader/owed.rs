//! The duties of a whole document, sentence by sentence, each with its owners; and the work of a letter that names its
//! addressees and nobody else.

use std::collections::HashMap;

use chrono::{Datelike, Weekday};

use super::addresses::{to, via};
use super::blocks::Block;
use super::duties::{Said, duties};
use super::giving::giving;
use super::reading::{Duty, Given, Heading, Mode, Sure};
use super::sentences::{parts, sentences};
use super::tasks::task;
use super::tree::{Purpose, Tree};
use super::unit_list::list_at;
use super::words::{Words, shortened};

/// Bytes of a sentence that are looked at: ten times the longest an office writes.
const LONGEST: usize = 16 * 1024;

/// Every duty, in the order of the document.
pub(super) fn read(opening: &[Block], tree: &Tree, blocks: &[Block], given: &[Given]) -> Vec<Duty> {
    let mut all = Vec::new();
    for block in opening {
        if super::bases::read(&[block]).bases.is_empty()
            || block.text.contains("trước")
            || block.text.contains("chậm nhất")
        {
            all.extend(of_block(block, None, &[], true));
        }
    }
    let mut by_clause: HashMap<&str, &Given> = HashMap::new();
    for given in given.iter().rev() {
        by_clause.extend(given.clause.as_deref().map(|clause| (clause, given)));
    }
    for (at, node) in tree.nodes.iter().enumerate() {
        if matches!(tree.purpose(at, blocks), Purpose::Aims | Purpose::Background) {
            continue;
        }
        let units = owners(tree, at, &by_clause);
        let first = all.len();
        for (order, index) in node.paragraphs.iter().enumerate() {
            let block = &blocks[*index];
            // A title names what follows; with a colon in it, it says something itself.
            if order == 0
                && node.titled
                && !block.text.contains(": ")
                && super::due::dues(&Words::of(&block.text)).is_empty()
            {
                continue;
            }
            all.extend(of_block(block, Some(node.path.clone()), &units, false));
        }
        let around = node.parent.map(|parent| around(tree, parent, blocks)).unwrap_or_default();
        let before = node
            .parent
            .filter(|parent| reports_below(tree, *parent, blocks))
            .and_then(|parent| {
                let inside = |duty: &&Duty| {
                    let path =
                        duty.clause.as_deref().and_then(|path| path.strip_prefix(&tree.nodes[parent].path));
                    path.is_some_and(|rest| rest.starts_with('.'))
                };
                all[..first].iter().rev().take(12).filter(inside).find(|duty| duty.to.is_some())
            })
            .filter(|duty| duty.units == units);
        let (before_to, before_via) =
            before.map(|duty| (duty.to.clone(), duty.via.clone())).unwrap_or_default();
        for duty in &mut all[first..] {
            // A day without an address leans on the sentences around it; "theo quy định" leans on none.
            if duty.to.is_none() && duty.due.rule != super::Rule::Undated {
                duty.to = around.0.clone().or_else(|| before_to.clone());
                if duty.via.is_none() {
                    duty.via = around.1.clone().or_else(|| before_via.clone());
                }
            }
        }
    }
    addresses(&mut all);
    all
}

/// "Báo cáo gửi về Công an tỉnh (qua …)." behind duties that name no receiver is their address, not one more duty.
fn addresses(all: &mut Vec<Duty>) {
    let mut at = 0;
    while at < all.len() {
        let address = all[at].kind.is_none() && all[at].to.is_some() && all[at].text.contains("gửi");
        let (to, via) = (all[at].to.clone(), all[at].via.clone());
        let mut taken = false;
        if address {
            for duty in all[..at].iter_mut().rev().take_while(|duty| duty.to.is_none() && duty.kind.is_some())
            {
                (duty.to, duty.via, taken) = (to.clone(), via.clone(), true);
            }
        }
        if taken {
            all.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether a clause is about reporting and lists its reports below: only there one report leans on the address of another. Work
/// of the same body beside a report is sent to nobody in particular, and work of another body even less.
fn reports_below(tree: &Tree, at: usize, blocks: &[Block]) -> bool {
    tree.nodes[at].paragraphs.iter().any(|index| {
        let text = shortened(&blocks[*index].text, 400);
        let words = Words::of(text);
        words.has("bao cao") && (tree.nodes[at].titled || text.trim_end().ends_with(':'))
    })
}

/// Whom the clause above sends to.
fn around(tree: &Tree, parent: usize, blocks: &[Block]) -> (Option<String>, Option<String>) {
    let texts = tree.nodes[parent].paragraphs.iter().map(|index| blocks[*index].text.as_str());
    for text in texts {
        let words = Words::of(shortened(text, LONGEST));
        if words.has("bao cao") {
            let found = (to(&words, &|_| true), via(&words));
            if found.0.is_some() {
                return found;
            }
        }
    }
    (None, None)
}

fn of_block(block: &Block, clause: Option<String>, units: &[String], explicit_only: bool) -> Vec<Duty> {
    let mut all = Vec::new();
    for (from, to) in sentences(&block.text) {
        let sentence = shortened(&block.text[from..to], LONGEST);
        let whole = Words::of(sentence);
        let given = giving(&whole);
        if explicit_only
            && super::due::dues(&whole).is_empty()
            && !given.as_ref().is_some_and(|given| given.explicit)
        {
            continue;
        }
        let mut owners = given.as_ref().map_or_else(|| units.to_vec(), |given| given.units.clone());
        let pieces = parts(sentence);
        let mut found: Vec<Duty> = Vec::new();
        let mut speaking = 0;
        for (start, end) in &pieces {
            let words = Words::of(&sentence[*start..*end]);
            let own = giving(&words);
            let verb = own.as_ref().map_or(0, |giving| giving.verb);
            // "Sở Y tế báo cáo …; Sở Tài chính báo cáo …": each its own.
            if let Some(own) = own.filter(|own| *start > 0 && !own.led) {
                owners = own.units;
            }
            let said = Said {
                verb,
                words,
                units: owners.clone(),
                clause: clause.clone(),
                lines: block.lines(from + start, from + end),
                to: found.last().and_then(|before| before.to.clone()),
                via: found.last().and_then(|before| before.via.clone()),
                goes_on: !found.is_empty(),
            };
            let more = duties(&said);
            speaking += usize::from(!more.is_empty());
            found.extend(more);
        }
        if speaking == 1 && pieces.len() > 1 {
            for duty in &mut found {
                duty.text = sentence.trim_end_matches(['.', '/', ';', ' ']).to_owned();
                duty.lines = block.lines(from, to);
            }
        }
        all.extend(found);
    }
    all
}

/// Takes the lines of a reporting clause that are duties out of its tasks: "báo cáo … như sau:" with "báo cáo tháng: trước
/// ngày 20" below it gives nobody work besides.
pub(super) fn reported(tree: &Tree, blocks: &[Block], duties: &[Duty], given: &mut Vec<Given>) {
    let owed = |lines: &[usize]| {
        duties.iter().any(|duty| duty.kind.is_some() && duty.lines.iter().any(|line| lines.contains(line)))
    };
    for node in tree.nodes.iter().filter(|node| !node.children.is_empty() && node.paragraphs.len() == 1) {
        let text = blocks[node.paragraphs[0]].text.as_str();
        if !text.trim_end().ends_with(':') || !Words::of(shortened(text, LONGEST)).has("bao cao") {
            continue;
        }
        let below: Vec<Vec<usize>> =
            node.children.iter().map(|child| tree.whole_lines(*child, blocks)).collect();
        if !below.iter().all(|lines| owed(lines)) {
            continue;
        }
        given.retain_mut(|given| {
            if given.clause.as_ref() != Some(&node.path) {
                return true;
            }
            given.tasks.retain(|task| !below.contains(&task.lines) && !task.text.trim_end().ends_with(':'));
            !given.tasks.is_empty()
        });
    }
}

/// The last day of "trong 07 ngày kể từ ngày ban hành": counted from the day of the document where that is known. Of working days
/// only weekends are known here.
pub(super) fn from_issue(heading: &Heading, duties: &mut [Duty]) {
    const ISSUED: &[&str] = &[
        "ke tu ngay ban hanh",
        "ke tu ngay ky",
        "tu ngay ban hanh",
        "tu ngay ky",
        "sau khi ban hanh",
        "ke tu khi ban hanh",
    ];
    let Some(issued) = heading.date.as_ref().and_then(|date| super::dates::whole(date.value)) else { return };
    for duty in duties.iter_mut() {
        let words = Words::of(&duty.text);
        let Some(days) = duty.due.days.filter(|days| *days <= 366 && words.has_any(ISSUED)) else { continue };
        let working = duty.due.working;
        let mut left = days;
        let mut day = issued;
        while left > 0 {
            let Some(next) = day.succ_opt() else { return };
            day = next;
            let rest = working && matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            left -= u32::from(!rest);
        }
        duty.due.date = Some(day);
        if working {
            duty.sure = Sure::Guess;
        }
    }
}

/// Who a clause belongs to: the owners of the nearest clause above that has some.
fn owners(tree: &Tree, at: usize, given: &HashMap<&str, &Given>) -> Vec<String> {
    let mut here = Some(at);
    while let Some(at) = here {
        if let Some(given) = given.get(tree.nodes[at].path.as_str()) {
            return given.units.clone();
        }
        here = tree.nodes[at].parent;
    }
    Vec::new()
}

/// A letter that names no owners gives its work to those it is addressed to.
pub(super) fn addressed(
    heading: &Heading,
    opening: &[Block],
    tree: &Tree,
    blocks: &[Block],
    given: &mut Vec<Given>,
) {
    if !given.is_empty() || heading.addressees.is_empty() {
        return;
    }
    let mut units: Vec<String> = Vec::new();
    for addressee in &heading.addressees {
        let words = Words::of(&addressee.value);
        let named = list_at(&words, 0).map_or_else(|| vec![addressee.value.clone()], |list| list.units);
        units.extend(named.into_iter().filter(|unit| !units.contains(unit)).collect::<Vec<_>>());
    }
    let asked = opening
        .iter()
        .map(|block| Words::of(&block.text))
        .any(|words| words.has("de nghi") && !words.has_any(&["yeu cau", "giao"]));
    let mode = if asked { Mode::Request } else { Mode::Assign };
    for (at, node) in tree.nodes.iter().enumerate() {
        let closing = node.marker.is_none()
            && node.paragraphs.iter().any(|index| {
                ["Trên đây", "Nhận được"].iter().any(|begin| blocks[*index].text.starts_with(begin))
            });
        if node.parent.is_some() || closing || node.paragraphs.is_empty() {
            continue;
        }
        let lines = tree.whole_lines(at, blocks);
        given.push(Given {
            clause: Some(node.path.clone()),
            units: units.clone(),
            mode,
            tasks: vec![task(&tree.whole_text(at, blocks), lines.clone())],
            lines,
            sure: Sure::Guess,
        });
    }
}
