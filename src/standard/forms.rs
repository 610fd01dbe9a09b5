//! Standard forms by kind of body and standard regimes, as a new installation may take them over.
//! Stands between fixtures/catalogue and the first regime of a province.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::files::document;
use crate::calendar::DueTemplate;
use crate::error::Error;
use crate::lists::Column;

/// Sections, list tables and forms of the standard set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSet {
    pub sections: Vec<Section>,
    pub lists: BTreeMap<String, List>,
    pub forms: Vec<Form>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub code: String,
    pub label: String,
    pub title: String,
    pub hint: String,
    pub required: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub title: String,
    pub columns: Vec<Column>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub code: String,
    pub name: String,
    /// `assign` (giao) or `request` (đề nghị).
    pub mode: String,
    /// Kinds of body it is for.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Functions whose holder it is for; this wins over the kind.
    #[serde(default)]
    pub functions: Vec<String>,
    pub sections: Vec<String>,
    pub lists: Vec<String>,
    pub counts: Vec<String>,
    pub reference: Vec<String>,
    pub required: Vec<String>,
}

impl FormSet {
    /// The form of a kind, if the set has one.
    pub fn of_kind(&self, kind: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.kinds.iter().any(|k| k == kind))
    }

    /// How a kind reports, as stored in `obligations.mode`: told to ("assign"), or asked ("request") like the front and the
    /// organisations.
    pub fn mode_of(&self, kind: &str) -> &'static str {
        match self.of_kind(kind) {
            Some(form) if form.mode == "request" => "request",
            _ => "assign",
        }
    }
}

/// A standard regime: window preset and due words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub code: String,
    pub name: String,
    pub preset: String,
    pub half: Option<Due>,
    pub year: Option<Due>,
}

/// Due words of a template.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Due {
    Before { day: u32, month: u32 },
    By { day: u32, month: u32 },
    DaysAfterWindow { days: u16 },
    Undated,
}

impl Due {
    pub fn template(self) -> DueTemplate {
        match self {
            Due::Before { day, month } => DueTemplate::Before { month, day },
            Due::By { day, month } => DueTemplate::By { month, day },
            Due::DaysAfterWindow { days } => DueTemplate::DaysAfterWindow(days),
            Due::Undated => DueTemplate::Undated,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Templates {
    templates: Vec<Template>,
}

/// The standard forms.
///
/// # Errors
/// What could not be read of the file.
pub fn forms() -> Result<FormSet, Error> {
    document("catalogue/forms.toml")
}

/// The standard regimes; the first is proposed.
///
/// # Errors
/// What could not be read of the file.
pub fn templates() -> Result<Vec<Template>, Error> {
    Ok(document::<Templates>("catalogue/templates.toml")?.templates)
}
