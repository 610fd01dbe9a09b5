//! Pages of reorganisations: the list, one event, the form, and the preview that ends in the confirmation.

mod list;
mod new;
mod preview;
mod show;

pub use list::list;
pub use new::new;
pub use preview::{confirm, preview};
pub use show::{show, take_back};

use std::collections::HashMap;

use super::queries::LineRow;
use crate::access::{Action, Actor};
use crate::db::ids::UnitId;
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

/// One line in words: "Sở A → Sở B (chức năng …)".
fn line_words(line: &LineRow, names: &HashMap<UnitId, String>) -> String {
    let name = |unit: Option<UnitId>| unit.and_then(|unit| names.get(&unit)).cloned().unwrap_or_default();
    let what =
        line.function.as_ref().map(|function| format!(" (chức năng “{function}”)")).unwrap_or_default();
    match (line.from, line.to) {
        (Some(from), Some(to)) if from == to => format!("{}: tiếp tục hoạt động", name(Some(to))),
        (Some(_), Some(_)) => format!("{} → {}{what}", name(line.from), name(line.to)),
        (None, _) => format!("{}: thành lập", name(line.to)),
        (Some(_), None) => format!("{}: không có đơn vị kế thừa", name(line.from)),
    }
}

/// Words of `unit_changes.kind`, of events entered here and of those loaded.
fn kind_words(code: &str) -> &'static str {
    super::Kind::from_code(code).map_or("Thành lập", super::Kind::words)
}
