//! The canonical bytes of a revision: one JSON object, keys sorted, no white space, figures as scaled integers, days
//! in ISO, instants in UTC with microseconds. Stands between what is sent and its SHA-256; whoever writes revisions,
//! one at a time or many, makes the bytes here.
//! Names, units of measure and tasks are spelled out, so that a later edit of form or plan cannot reword what was sent.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::Row;
use crate::error::Error;

/// What is hashed. The order of declaration is the order of the keys, here and in every part: alphabetical.
#[derive(Debug, Serialize)]
pub struct Canonical<'a> {
    pub actual_to: Option<NaiveDate>,
    /// What a correction says to each remark it was to answer; absent without remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer<'a>>,
    /// Keys of the warnings confirmed.
    pub confirmed: &'a BTreeSet<String>,
    pub days_late: i32,
    pub due_on: Option<NaiveDate>,
    /// "HH:MM" in Vietnam; none: until the end of the day.
    pub due_time: Option<&'a str>,
    /// The edition a consolidated report took its figures from; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<LowerEdition<'a>>,
    pub evidence: Vec<Link<'a>>,
    pub figures: Vec<Figure<'a>>,
    /// Files it was sent with; absent without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File<'a>>,
    pub form: FormVersion<'a>,
    pub lists: Vec<List<'a>>,
    /// Notes on lines without a figure, by indicator code.
    pub notes_on_blanks: BTreeMap<String, String>,
    pub number: i32,
    pub paper: SignedPaper<'a>,
    pub period: &'a str,
    pub regime: &'a str,
    pub sections: Vec<Section<'a>>,
    pub sender: Sender<'a>,
    /// UTC, see [`instant`].
    pub sent_at: String,
    pub tasks: Vec<Task<'a>>,
    /// The paper this was typed in from by somebody else than the unit; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed_in_from: Option<ArrivedPaper<'a>>,
    pub uid: &'a str,
    pub unit: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    pub answer: &'a str,
    pub done: bool,
    /// The lasting name of the remark, whose words never change.
    pub remark: &'a str,
}

/// A paper as the incoming mail registered it.
#[derive(Debug, Serialize)]
pub struct ArrivedPaper<'a> {
    pub arrived_on: NaiveDate,
    pub number: &'a str,
}

/// An edition of the collecting unit, by its number and the hash of its frozen content.
#[derive(Debug, Serialize)]
pub struct LowerEdition<'a> {
    pub number: i32,
    pub sha256: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Link<'a> {
    pub platform: &'a str,
    pub published_on: Option<NaiveDate>,
    /// Absent where nobody counted it, as in the revisions before it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<i64>,
    pub title: &'a str,
    pub url: &'a str,
}

/// One answered figure: `value` divided by 10 to the power of `scale` plus `exponent` is in `measure_unit`.
#[derive(Debug, Serialize)]
pub struct Figure<'a> {
    pub as_typed: &'a str,
    pub counts: bool,
    pub estimate: bool,
    pub exponent: u32,
    /// Code of the indicator.
    pub indicator: &'a str,
    pub measure_unit: &'a str,
    pub name: &'a str,
    pub note: &'a str,
    pub qualifier: &'a str,
    pub scale: u32,
    /// None: does not apply.
    pub value: Option<i64>,
}

/// A file by what it is; its bytes are known by their SHA-256.
#[derive(Debug, Serialize)]
pub struct File<'a> {
    pub name: &'a str,
    pub purpose: &'a str,
    pub sha256: &'a str,
    /// In bytes.
    pub size: i64,
}

#[derive(Debug, Serialize)]
pub struct FormVersion<'a> {
    pub code: &'a str,
    pub version: i32,
}

#[derive(Debug, Serialize)]
pub struct List<'a> {
    pub columns: Vec<ListColumn<'a>>,
    /// Code of the list.
    pub list: &'a str,
    pub rows: Vec<Row>,
    pub title: &'a str,
}

#[derive(Debug, Serialize)]
pub struct ListColumn<'a> {
    pub code: &'a str,
    pub title: &'a str,
}

#[derive(Debug, Serialize)]
pub struct SignedPaper<'a> {
    pub date: Option<NaiveDate>,
    pub number: &'a str,
    pub signatory_capacity: &'a str,
    pub signatory_name: &'a str,
    pub signatory_title: &'a str,
    pub symbol: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Section<'a> {
    pub body: &'a str,
    pub code: &'a str,
    pub label: &'a str,
    pub title: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Sender<'a> {
    pub name: &'a str,
    pub title: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Task<'a> {
    pub body: &'a str,
    pub clause: &'a str,
    pub plan: &'a str,
    pub status: &'a str,
    /// The lasting name of the task.
    pub task: &'a str,
    pub text: &'a str,
}

impl Canonical<'_> {
    /// The bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] when the content cannot be written as JSON.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|e| Error::Internal(e.to_string()))
    }
}

/// An instant as the bytes spell it: "2025-06-16T08:05:00.000000Z".
pub fn instant(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
