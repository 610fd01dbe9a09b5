//! Pages of brought documents: where one is brought, and the review beside its lines. The same handlers for every kind; what each
//! shows stands in a file of its own.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{Desk, Ground, Kind};
use crate::error::Error;
use crate::web::{FormData, Page};

mod list;
mod offers;
mod plan;
mod report;
mod review;
mod tables;
mod text;
mod top;

pub use list::{create, list, paste, remove};
pub use review::{file, review, save_review};

/// What the page where a document is brought says.
pub struct Begin {
    pub heading: &'static str,
    /// What is done with it.
    pub hint: String,
    /// Under the file.
    pub attached: &'static str,
    /// Under the field for pasted text.
    pub pasted: &'static str,
    /// Over those that were brought.
    pub held: &'static str,
    /// Once no other has room, after how many are kept.
    pub full: &'static str,
    /// One that waits.
    pub waits: &'static str,
}

/// What a kind says on its pages.
pub trait Shown: Kind {
    fn begin(ground: &Ground<Self>) -> Begin;

    /// The title of the page where it is brought.
    fn bring_title(ground: &Ground<Self>) -> String;

    /// One that was applied, and whether it is the newest.
    fn applied_words(when: &str, newest: bool) -> String;

    fn review_title(desk: &Desk<Self>) -> String;

    /// What is posted from its review.
    fn choices(form: &FormData, kept: &Self::Kept) -> Self::Choices;

    /// Said once it was applied.
    fn done(outcome: &Self::Outcome) -> String;

    /// Its review, with what kept it from being applied just now.
    ///
    /// # Errors
    /// The template's own.
    fn review(
        page: Page,
        desk: &Desk<Self>,
        stopped: Option<String>,
        status: StatusCode,
    ) -> Result<HttpResponse, Error>;
}
