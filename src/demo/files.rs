//! The demo's files, built into the program so that it runs from any folder, and their two readers.
//! Stands between what a person edits under fixtures/demo and the rooms that load it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../fixtures/demo/", $path)))),+]
    };
}

/// Every file of the demo with its text; a test keeps the list equal to the folder.
pub const FILES: &[(&str, &str)] = embedded![
    "units/ministry.csv",
    "units/bac-giang.csv",
    "units/long-an.csv",
    "units/ba-ria-vung-tau.csv",
    "units/aliases.csv",
    "units/changes.toml",
    "function_holders.csv",
    "people.csv",
    "memberships.csv",
    "legal_bases.toml",
    "plans/bac-giang-sotttt-2022.toml",
    "plans/bac-giang-2024.toml",
    "plans/bac-giang-2025.toml",
    "plans/long-an-2025.toml",
    "plans/ba-ria-vung-tau-2025.toml",
    "sections.csv",
    "forms.toml",
    "regimes.toml",
    "routes.csv",
    "periods.toml",
    "reports/contents.csv",
    "reports/rows.csv",
    "reports/entries.csv",
    "reports/evidence.csv",
    "reports/remarks.csv",
    "reports/recipients.csv",
    "reports/dispatches.csv",
    "reports/editions.csv",
    "reports/files/bao-cao-da-ky.pdf",
    "reports/files/ke-hoach-so-ldtbxh.txt",
    "reports/files/tai-lieu-tuyen-truyen.pdf",
    "reports/texts/authorities.toml",
    "reports/texts/organisations.toml",
    "reports/texts/bac-giang-sotttt-2024-h1.toml",
    "reports/texts/results.toml",
    "reports/figures/bac-giang-sotttt_2022-Y.csv",
    "reports/figures/bac-giang_2024-H1.csv",
    "reports/figures/bac-giang_2024-Y.csv",
    "reports/figures/bac-giang_2025-DX1.csv",
    "reports/figures/bac-giang_2025-H1.csv",
    "reports/figures/long-an_2025-Y.csv",
    "reports/figures/ba-ria-vung-tau-plan_2025-PLAN.csv",
    "reports/figures/ba-ria-vung-tau_2025-H1.csv",
    "reports/steps/bac-giang-sotttt_2022-Y.csv",
    "reports/steps/bac-giang_2024-H1.csv",
    "reports/steps/bac-giang_2024-Y.csv",
    "reports/steps/bac-giang_2025-DX1.csv",
    "reports/steps/bac-giang_2025-H1.csv",
    "reports/steps/long-an_2025-Y.csv",
    "reports/steps/ba-ria-vung-tau-plan_2025-PLAN.csv",
    "reports/steps/ba-ria-vung-tau_2025-H1.csv",
];

/// A file's text, if the demo has such a file.
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(path, _)| *path == name).map(|(_, text)| *text)
}

/// A fault in a file, told to whoever edits it.
pub fn fault(file: &str, reason: impl std::fmt::Display) -> Error {
    Error::Internal(format!("fixtures/demo/{file}: {reason}"))
}

/// The rows of a CSV file.
///
/// # Errors
/// The file, the line and what could not be read there.
pub fn table<T: DeserializeOwned>(file: &str) -> Result<Vec<T>, Error> {
    let text = text(file).ok_or_else(|| fault(file, "no such file"))?;
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.map_err(|e| fault(file, e)))
        .collect()
}

/// A TOML file.
///
/// # Errors
/// The file, the line and what could not be read there.
pub fn document<T: DeserializeOwned>(file: &str) -> Result<T, Error> {
    let text = text(file).ok_or_else(|| fault(file, "no such file"))?;
    toml::from_str(text).map_err(|e| fault(file, e))
}

/// A date in a TOML file, written without quotes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub struct Day(pub NaiveDate);

impl TryFrom<toml::value::Datetime> for Day {
    type Error = chrono::ParseError;
    fn try_from(value: toml::value::Datetime) -> Result<Self, Self::Error> {
        value.to_string().parse().map(Day)
    }
}

/// A local date and time in a TOML file, written without quotes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "toml::value::Datetime")]
pub struct LocalTime(pub NaiveDateTime);

impl TryFrom<toml::value::Datetime> for LocalTime {
    type Error = chrono::ParseError;
    fn try_from(value: toml::value::Datetime) -> Result<Self, Self::Error> {
        value.to_string().parse().map(LocalTime)
    }
}
