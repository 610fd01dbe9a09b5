//! The pages of reports: the unit's list, one report read, typed, checked, sent and reviewed.
//! Stands between the browser and the verbs; what a template shows is computed here.

mod behalf;
mod being_typed;
mod body;
mod changes;
mod changes_view;
mod check;
mod clashes;
mod confirmation;
mod document;
mod draft;
mod facts;
mod figures;
mod list;
mod list_tables;
mod marks;
mod paper;
mod paste;
mod read;
mod reading;
mod recipients;
mod remark_form;
mod remarks;
mod request;
mod saving;
mod specimen;
mod standing;
mod steps;
mod timeline;
mod workbook_preview;
mod workbooks;

pub use behalf::{begin_on_behalf, end_on_behalf, kept_draft, on_behalf_form, withdraw_on_behalf};
pub use changes::changes_page;
pub use check::{check, keep_ticks, submit};
pub use clashes::{clashes, settle_clashes};
pub use confirmation::confirmation;
pub use document::{newest as document, of_revision as revision_document};
pub use draft::draft;
pub use list::list;
pub use paper::{paper_form, record as record_paper};
pub use paste::{add_rows, paste};
pub use read::read;
pub use recipients::{recipients_form, save_recipients};
pub use remark_form::{add_remark, new_remark, remark, remove_remark, save_remark};
pub use request::{amendment_form, reopen_report, reopening_form, request_amendment};
pub use saving::{autosave, save};
pub use specimen::{form_draft_preview, form_preview};
pub use steps::{leader_request, leader_return, leader_withdrawal, receipt, renewal};
pub use workbook_preview::{annotated_workbook, apply_workbook, workbook_file, workbook_preview};
pub use workbooks::{remove_workbook, take_in_workbook, workbook, workbooks};

use std::collections::BTreeSet;

use crate::calendar::to_local;
use crate::reports::Step;
use crate::reports::form::Fields;
use crate::reports::queries::Transition;
use crate::vietnamese::limits::TEXT;
use crate::vietnamese::{clean_line, date_time};
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
    form.all("confirmed").iter().filter(|key| TEXT.holds(key)).map(|key| clean_line(key)).collect()
}

/// Why a unit is to send again: what was done, by whom and when, and the reason.
struct Asked {
    words: &'static str,
    who: String,
    reason: String,
}

impl Asked {
    fn of(step: &Transition) -> Asked {
        Asked {
            words: Step::from_code(&step.step).map(Step::words).unwrap_or_default(),
            who: format!("{}, {} ({})", step.actor_name, step.actor_title, date_time(to_local(step.at))),
            reason: step.reason.clone(),
        }
    }
}
