//! The pages of reports: the unit's list, one report read, typed, checked, sent and reviewed.
//! Stands between the browser and the verbs; what a template shows is computed here.

mod behalf;
mod body;
mod check;
mod confirmation;
mod draft;
mod facts;
mod figures;
mod list;
mod read;
mod steps;

pub use behalf::{begin_on_behalf, end_on_behalf, kept_draft, on_behalf_form};
pub use check::{check, keep_ticks, submit};
pub use confirmation::confirmation;
pub use draft::{autosave, draft, save};
pub use list::list;
pub use read::{read, request_amendment};
pub use steps::{leader_request, leader_return, leader_withdrawal, receipt, renewal};

use std::collections::BTreeSet;

use crate::reports::form::Fields;
use crate::vietnamese::clean_line;
use crate::web::FormData;

/// A version hidden in a form; 0 where it is missing or not a number, which no later version equals.
fn version(form: &FormData, name: &str) -> i32 {
    form.get(name).parse().unwrap_or_default()
}

/// The posted fields as the draft's form reads them.
fn fields(form: &FormData) -> Fields {
    Fields(form.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The warnings ticked on the page before sending.
fn confirmed(form: &FormData) -> BTreeSet<String> {
    form.all("confirmed").iter().map(|key| clean_line(key)).collect()
}
