//! What the page of the consolidated text posts, and where it opens after a step. The page and what saves while one types read
//! the same fields.

use super::super::narrative::{Act, Desk, Heading, Saving, Typed};
use crate::web::FormData;

/// The blocks of a posted page.
pub(super) fn typed(form: &FormData) -> Vec<Typed> {
    let mut typed: Vec<Typed> = form
        .with_prefix("text.")
        .filter_map(|(key, text)| {
            let was = form.get(&format!("was.{key}")).to_owned();
            Some(Typed { key: key.parse().ok()?, text: text.trim().to_owned(), was })
        })
        .collect();
    typed.sort_by_key(|block| block.key);
    typed
}

/// Where the page opens after a step: at the block it was about.
pub(super) fn anchor(desk: &Desk, saving: &Saving) -> String {
    let last = || desk.kept(&saving.section).blocks.iter().map(|block| block.key).max();
    let key = match saving.act {
        Act::Save | Act::Typing | Act::Compose => None,
        Act::Take(_) | Act::Own => last(),
        Act::Up(key) | Act::Down(key) | Act::PutBack(key) | Act::Keep(key, _) | Act::Renew(key, _) => {
            Some(key)
        }
        Act::Join(_) | Act::Remove(_) => None,
    };
    key.map_or_else(|| "#text".to_owned(), |key| format!("#b-{key}"))
}

/// The place of a section in the outline, from 1.
pub(super) fn place(desk: &Desk, code: &str) -> usize {
    desk.material.headings().iter().position(|heading| heading.code == code).map_or(1, |at| at + 1)
}

/// The section at a place of the outline, from 1.
pub(super) fn shown(desk: &Desk, here: usize) -> Option<&Heading> {
    desk.material.headings().get(here.checked_sub(1)?)
}
