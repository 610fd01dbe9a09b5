//! Which form a unit fills: the one made for the unit itself wins over the one for its kind, a later version
//! over an earlier one. Pure; it stands between the forms of a regime and the obligations of a period.

use crate::db::ids::{FormId, UnitId};

/// A form version that is valid on the day asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFor {
    pub id: FormId,
    pub code: String,
    pub version: i32,
    pub audiences: Vec<Audience>,
}

/// Whom a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    Kind(String),
    Unit(UnitId),
}

/// The form of a unit, or none when no form is for it.
pub fn form_for(forms: &[FormFor], unit: UnitId, kind_code: &str) -> Option<FormId> {
    let latest = |wanted: &dyn Fn(&Audience) -> bool| {
        forms
            .iter()
            .filter(|form| form.audiences.iter().any(wanted))
            .max_by_key(|form| (form.version, form.id))
            .map(|form| form.id)
    };
    latest(&|a| matches!(a, Audience::Unit(id) if *id == unit))
        .or_else(|| latest(&|a| matches!(a, Audience::Kind(code) if code == kind_code)))
}
