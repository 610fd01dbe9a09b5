//! What the reports of an edition say beside figures and words: results of assigned tasks, links and files. It stays with
//! the collector: both name work and proof of single units.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What one unit says of one task it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTask {
    /// Name of the unit.
    pub unit: String,
    /// Number and symbol of the plan the task is from.
    pub plan: String,
    /// Sign of its clause, such as "III.2".
    pub clause: String,
    /// What is to be done.
    pub text: String,
    /// How far it has come, in words.
    pub status: String,
    /// The result, as written.
    pub result: String,
}

/// One link or file that goes with a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitEvidence {
    /// Name of the unit.
    pub unit: String,
    /// "Đường dẫn", "Tệp" or what the file is for.
    pub kind: String,
    /// Title of the link, or name of the file.
    pub title: String,
    /// The address; blank for a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Where it was published; blank for a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub platform: String,
    /// The day it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// Views or people reached, where they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<i64>,
    /// SHA-256 of the file; blank for a link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Code of the unit as in its line; "" here and below in editions frozen before these were kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit_code: String,
    /// Number, symbol and day of the report's paper; blank where it named none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub report: String,
    /// Number of the revision it came with, as in the unit's line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Plan, sign of the clause and task for which the unit noted the same link in the period; blank where it did not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub task: String,
    /// Code of the indicator it was noted for, where that is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicator: String,
}
