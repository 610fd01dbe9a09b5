//! What a compiler does to the blocks of a section. Pure: the blocks in, the blocks out; whose save met whose is told by
//! comparing what was typed with what the page had shown.

use super::{Block, Source};
use crate::audit::sha256_hex;
use crate::db::ids::RevisionId;

/// What a page posts for one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub key: u32,
    pub text: String,
    /// [`mark`] of the text the page had shown.
    pub was: String,
}

/// A step on a section. The code is the value of the button pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Save,
    /// What is typed, kept while one types: no button was pressed, and nothing is tidied.
    Typing,
    /// Takes words of a unit's report into the text, as its last block.
    Take(Source),
    /// An empty block for the compiler's own sentence.
    Own,
    /// The text that is proposed, as blocks to edit.
    Compose,
    Up(u32),
    Down(u32),
    /// Joins a block to the one above it; the sources of both stay.
    Join(u32),
    Remove(u32),
    PutBack(u32),
    /// The unit wrote it anew; the text was looked at and stays.
    Keep(u32, RevisionId),
    /// The unit wrote it anew, and its new words take the place of the old ones.
    Renew(u32, RevisionId),
}

impl Act {
    /// Whether the step takes words from units' reports, or looks at what they say now.
    pub fn reads_reports(self) -> bool {
        match self {
            Act::Take(_) | Act::Keep(..) | Act::Renew(..) | Act::Compose => true,
            Act::Save | Act::Typing | Act::Own | Act::Up(_) | Act::Down(_) | Act::Join(_) => false,
            Act::Remove(_) | Act::PutBack(_) => false,
        }
    }

    /// Reads the value of a button: "save", "take:97:0:120", "join:3", "keep:3:97".
    pub fn from_code(code: &str) -> Option<Act> {
        let mut parts = code.split(':');
        let name = parts.next()?;
        let numbers: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let small = |number: i64| u32::try_from(number).ok();
        Some(match (name, numbers.as_slice()) {
            ("save", []) => Act::Save,
            ("own", []) => Act::Own,
            ("compose", []) => Act::Compose,
            ("take", [revision, from, to]) => {
                let (from, to) = (small(*from)?, small(*to)?);
                Act::Take(Source { revision: RevisionId(*revision), from, to })
            }
            ("up", [key]) => Act::Up(small(*key)?),
            ("down", [key]) => Act::Down(small(*key)?),
            ("join", [key]) => Act::Join(small(*key)?),
            ("remove", [key]) => Act::Remove(small(*key)?),
            ("back", [key]) => Act::PutBack(small(*key)?),
            ("keep", [key, revision]) => Act::Keep(small(*key)?, RevisionId(*revision)),
            ("renew", [key, revision]) => Act::Renew(small(*key)?, RevisionId(*revision)),
            _ => return None,
        })
    }
}

/// Stands for a text on a page, so that a save can tell what its writer has changed.
pub fn mark(text: &str) -> String {
    let mut mark = sha256_hex(text.trim().as_bytes());
    mark.truncate(16);
    mark
}

/// What was typed, put over what stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub blocks: Vec<Block>,
    /// Blocks that the writer and somebody else both changed: in `blocks` stands the other's text.
    pub clashes: Vec<Typed>,
    /// Somebody else changed something the writer's page did not show.
    pub unseen: bool,
}

/// Puts what was typed over the blocks as they stand. What only the writer changed is taken; what only another changed
/// stays; a block somebody took out and the writer changed is in the text again.
pub fn merge(stored: &[Block], typed: &[Typed]) -> Merged {
    let mut merged = Merged::default();
    for block in stored {
        let mut block = block.clone();
        let Some(typed) = typed.iter().find(|typed| typed.key == block.key) else {
            merged.unseen |= !block.removed;
            merged.blocks.push(block);
            continue;
        };
        let text = typed.text.trim();
        let (mine, theirs) = (mark(text) != typed.was, mark(&block.text) != typed.was);
        match (mine, theirs) {
            (true, true) if mark(text) != mark(&block.text) => {
                merged.clashes.push(typed.clone());
                block.removed = false;
            }
            (true, _) => {
                block.text = text.to_owned();
                block.removed = false;
            }
            (false, _) => {}
        }
        merged.unseen |= theirs || (block.removed && !mine);
        merged.blocks.push(block);
    }
    merged
}

/// Takes a step. `words` are those of the sources it names: of [`Act::Take`] the words taken; of [`Act::Renew`] the
/// old and the new ones with the new place; of [`Act::Keep`] the new place. False when the step does not fit the
/// blocks any more; nothing is changed then.
pub fn apply(blocks: &mut Vec<Block>, act: Act, news: &[News]) -> bool {
    let place = |blocks: &[Block], key: u32| blocks.iter().position(|b| b.key == key && !b.removed);
    let next = blocks.iter().map(|block| block.key + 1).max().unwrap_or(1);
    match act {
        // What is proposed is put in by the save, which knows it.
        Act::Save | Act::Typing | Act::Compose => true,
        Act::Own => {
            blocks.push(Block { key: next, ..Block::default() });
            true
        }
        Act::Take(source) => {
            let Some(news) = news.first() else { return false };
            let text = news.now.trim().to_owned();
            blocks.push(Block { key: next, text, sources: vec![source], ..Block::default() });
            true
        }
        Act::Up(key) | Act::Down(key) => {
            let Some(at) = place(blocks, key) else { return false };
            let other = match act {
                Act::Up(_) => blocks[..at].iter().rposition(|block| !block.removed),
                _ => blocks[at + 1..].iter().position(|block| !block.removed).map(|found| found + at + 1),
            };
            if let Some(other) = other {
                blocks.swap(at, other);
            }
            true
        }
        Act::Join(key) => {
            let Some(at) = place(blocks, key) else { return false };
            let Some(above) = blocks[..at].iter().rposition(|block| !block.removed) else { return false };
            let Block { text, sources, figures, .. } = blocks[at].clone();
            let into = &mut blocks[above];
            into.text = [into.text.trim(), text.trim()].join(" ").trim().to_owned();
            let more: Vec<Source> =
                sources.into_iter().filter(|source| !into.sources.contains(source)).collect();
            into.sources.extend(more);
            into.figures.extend(figures);
            blocks[at].removed = true;
            true
        }
        Act::Remove(key) => {
            let Some(at) = place(blocks, key) else { return false };
            blocks[at].removed = true;
            true
        }
        Act::PutBack(key) => {
            let Some(at) = blocks.iter().position(|block| block.key == key) else { return false };
            let mut block = blocks.remove(at);
            block.removed = false;
            blocks.push(block);
            true
        }
        Act::Keep(key, _) | Act::Renew(key, _) => {
            let Some(at) = place(blocks, key) else { return false };
            if news.is_empty() {
                return false;
            }
            for news in news {
                if matches!(act, Act::Renew(..)) {
                    renew(&mut blocks[at].text, &news.was, &news.now);
                }
                for source in blocks[at].sources.iter_mut().filter(|source| **source == news.old) {
                    *source = news.new;
                }
            }
            true
        }
    }
}

/// Words of a unit that a step brings: where they stood and stand, and what they were and are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub old: Source,
    pub new: Source,
    pub was: String,
    pub now: String,
}

/// Puts new words where the old ones stand; under the text where they were edited and are not found.
fn renew(text: &mut String, was: &str, now: &str) {
    if !was.is_empty() && text.contains(was) {
        *text = text.replacen(was, now, 1).trim().to_owned();
    } else if !now.is_empty() {
        *text = format!("{}\n{now}", text.trim()).trim().to_owned();
    }
}
