//! Evidence: where posts stand, and the ledger of all links and pictures a unit can show for its work, from its log and its
//! reports, one line a post. Stands between what is noted and claimed, and whoever asks what was claimed twice.

pub mod keys;
pub mod ledger;
pub mod pages;
mod platform;
pub mod queries;
pub mod read;

pub use platform::Platform;
