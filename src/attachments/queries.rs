//! All SQL about files: their blocks, what drafts and revisions hold, and how much a unit has stored.

mod blocks;
mod held;

pub use blocks::used_by;
pub(super) use blocks::{
    NewFile, append, begin, block, complete, forget_incomplete, incoming, reader, remove_stale,
};
pub(super) use held::{add_later, add_to_draft, draft_entries, names_of, take_out};
pub use held::{
    aside, forget_unused, give_back, name_in_revision, of_draft, of_revision, put_aside, scanned,
};
