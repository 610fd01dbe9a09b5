//! Letters: written into the database beside what they tell, carried to the mail server by a thread of their own, tried again
//! when it does not answer. Stands between the rooms that write to people and a server that may be slow, down, or not there
//! at all. No page waits for it.

mod address;
pub mod backoff;
pub mod deliver;
pub mod outbox;
pub mod pages;
mod settings;
mod smtp;
pub mod take_up;

pub use address::is_address;
pub use deliver::Deliver;
pub use settings::{Hours, Settings};
pub use smtp::{Letter, Refusal, Smtp};
