//! Pages of reorganisations: the list, one event, the form, and the preview that ends in the confirmation.

mod list;
mod new;
mod preview;
mod show;

pub use list::list;
pub use new::new;
pub use preview::{confirm, preview};
pub use show::{show, take_back};

use crate::access::{Action, Actor};
use crate::error::Error;

/// Who records reorganisations.
fn may_record(actor: &Actor) -> Result<(), Error> {
    if actor.may_somewhere(Action::Administer) {
        return Ok(());
    }
    Err(Error::Forbidden("Chỉ quản trị của tỉnh được ghi nhận sắp xếp tổ chức.".to_owned()))
}

/// Who reads them: administrators, leaders, and those who compile.
fn may_read(actor: &Actor) -> Result<(), Error> {
    if actor.may_somewhere(Action::Administer) || actor.may_somewhere(Action::ReadOverview) {
        return Ok(());
    }
    Err(Error::Forbidden("Trang này dành cho quản trị, lãnh đạo và đơn vị tổng hợp của tỉnh.".to_owned()))
}

/// Words of `unit_changes.kind`, of events entered here and of those loaded.
fn kind_words(code: &str) -> &'static str {
    super::Kind::from_code(code).map_or("Thành lập", super::Kind::words)
}
