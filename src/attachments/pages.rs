//! The pages of files: the list beside a draft with its form, the signed paper of a revision, the upload itself, the
//! file handed out. Stands between the browser and the verbs.

mod hand_out;
mod list;
mod take_in;

pub use hand_out::{hand_out, hand_out_photo};
pub use list::{draft_files, remove_file, signed_paper};
pub use take_in::{add_signed_paper, add_to_draft};
