//! The consolidated text while it is being written: section by section, blocks that were taken from the units' reports,
//! edited, joined and ordered, each knowing where its words came from. Stands between the received reports and the
//! edition that freezes it (decision 23).

mod desk;
mod edit;
mod material;
mod moved;
mod paragraphs;
mod save;

use serde::{Deserialize, Serialize};

pub(super) use desk::cited_in;
pub use desk::{Desk, Kept, desk, proposed, totals_changed};
pub use edit::{Act, Merged, Typed, apply, mark, merge};
pub use material::{Heading, Material, Said, SourceStanding};
pub use moved::{Moved, moved};
pub use paragraphs::{Paragraph, paragraphs, slice};
pub use save::{Saved, Saving, save};

use super::content::QuotedFigure;
use crate::db::ids::RevisionId;

/// A piece of the consolidated text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name within the section, for good: others may move it, nobody else gets its number.
    pub key: u32,
    pub text: String,
    /// Empty for the compiler's own sentence.
    pub sources: Vec<Source>,
    /// The totals it was proposed from, as they were then; empty of what was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<QuotedFigure>,
    /// Taken out, or joined to another: kept to be put back.
    #[serde(default)]
    pub removed: bool,
}

/// Where words were taken from: a range of the text that a revision has in the same section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    pub revision: RevisionId,
    /// First character, counted from 0.
    pub from: u32,
    /// The character after the last.
    pub to: u32,
}

/// The blocks that are in the text, in order.
pub fn live(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| !block.removed)
}
