//! The files themselves, built into the program so that it runs from any folder, and their two readers.

use serde::de::DeserializeOwned;

use crate::error::Error;

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../fixtures/", $path)))),+]
    };
}

/// Every file with its text; a test keeps the list equal to the two folders.
pub const FILES: &[(&str, &str)] = embedded![
    "catalogue/kinds.csv",
    "catalogue/groups.csv",
    "catalogue/indicators.csv",
    "catalogue/cross_checks.csv",
    "catalogue/functions.csv",
    "catalogue/calendar.csv",
    "catalogue/forms.toml",
    "catalogue/templates.toml",
    "units/provinces.csv",
    "units/former_provinces.csv",
    "units/communes.csv",
    "units/changes.csv",
    "units/bodies.csv",
];

/// A fault in a file, told to whoever edits it.
pub fn fault(file: &str, reason: impl std::fmt::Display) -> Error {
    Error::Internal(format!("fixtures/{file}: {reason}"))
}

fn text(file: &str) -> Result<&'static str, Error> {
    FILES
        .iter()
        .find(|(path, _)| *path == file)
        .map(|(_, text)| *text)
        .ok_or_else(|| fault(file, "no such file"))
}

/// The rows of a CSV file.
///
/// # Errors
/// The file, the line and what could not be read there.
pub fn table<T: DeserializeOwned>(file: &str) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(text(file)?.as_bytes())
        .deserialize()
        .map(|row| row.map_err(|e| fault(file, e)))
        .collect()
}

/// A TOML file.
///
/// # Errors
/// The file, the line and what could not be read there.
pub fn document<T: DeserializeOwned>(file: &str) -> Result<T, Error> {
    toml::from_str(text(file)?).map_err(|e| fault(file, e))
}
