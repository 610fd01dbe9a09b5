//! What a kind of document is to say of itself, so that all of them are brought, kept and reviewed by one set of verbs.

use std::fmt::Debug;

use diesel::QueryResult;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::given::Given;
use super::queries::DocumentRow;
use crate::attachments::Purpose;
use crate::db::Conn;
use crate::db::ids::{BroughtId, ReportId};
use crate::error::Error;
use crate::prose_reader::Head;
use crate::reports::draft::Open;
use crate::reports::{Case, Content};

/// What a kind is called: in the table, in addresses, in the log and in sentences.
#[derive(Debug)]
pub struct About {
    /// As the table keeps it.
    pub code: &'static str,
    /// The last part of the address of its pages.
    pub path: &'static str,
    /// "báo cáo".
    pub noun: &'static str,
    /// Its steps in the log.
    pub taken_in: &'static str,
    pub applied: &'static str,
    pub removed: &'static str,
    /// What has no room for another: "văn bản làm căn cứ nhập thay".
    pub full: &'static str,
    /// Why one that was applied is never removed; none where it may be.
    pub stays: Option<&'static str>,
    /// One that was applied is not applied again.
    pub used: &'static str,
}

/// A kind of document that may be brought.
pub trait Kind: Debug + Clone + Send + Sync + 'static {
    const ABOUT: &'static About;

    /// What it is read against besides the draft.
    type Beside: Debug + Clone + Send + 'static;
    /// What is read of it, with what was decided.
    type Kept: Debug + Clone + Serialize + DeserializeOwned + Send + 'static;
    /// What is posted from the page of its review.
    type Choices: Debug + Clone + Send + 'static;
    /// What applying it would do.
    type Outcome: Debug + Clone + Send + 'static;

    /// Whether a report takes one.
    ///
    /// # Errors
    /// [`Error::Refused`] in words where it does not.
    fn takes(case: &Case) -> Result<(), Error>;

    /// # Errors
    /// The queries' own.
    fn beside(conn: &mut Conn, open: &Open) -> Result<Self::Beside, Error>;

    /// Reads it; no transaction waits for it.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field for a text of which nothing can be made.
    fn read(ground: &Ground<Self>, given: &Given, field: &str) -> Result<Self::Kept, Error>;

    fn head(kept: &Self::Kept) -> &Head;

    fn choose(kept: &mut Self::Kept, choices: Self::Choices, ground: &Ground<Self>);

    fn outcome(kept: &Self::Kept, ground: &Ground<Self>) -> Self::Outcome;

    fn content(outcome: &Self::Outcome) -> &Content;

    /// What keeps it from being applied.
    fn stops(outcome: &Self::Outcome) -> Option<String>;

    /// What the file becomes in the draft; none where it becomes nothing.
    fn purpose(case: &Case) -> Option<Purpose>;

    /// What else applying does, in its transaction; what the log is to say of it is given back.
    ///
    /// # Errors
    /// The queries' own.
    fn applied(
        _conn: &mut Conn,
        _id: BroughtId,
        _kept: &Self::Kept,
        _outcome: &Self::Outcome,
    ) -> QueryResult<Vec<(&'static str, usize)>> {
        Ok(Vec::new())
    }

    /// The documents that go with some revisions of a report, for whoever reads these.
    ///
    /// # Errors
    /// The queries' own.
    fn sent_with(_conn: &mut Conn, _report: ReportId, _revisions: &[i32]) -> QueryResult<Vec<BroughtId>> {
        Ok(Vec::new())
    }
}

/// The draft a document is brought to, with what it is read against.
#[derive(Debug, Clone)]
pub struct Ground<K: Kind> {
    pub open: Open,
    pub beside: K::Beside,
}

impl<K: Kind> Ground<K> {
    /// Somebody types the report in for its unit.
    pub fn typed(&self) -> bool {
        self.open.case.behalf.is_some()
    }
}

/// A document held against the draft as it stands.
#[derive(Debug, Clone)]
pub struct Desk<K: Kind> {
    pub ground: Ground<K>,
    pub row: DocumentRow,
    pub text: String,
    pub kept: K::Kept,
    pub outcome: K::Outcome,
    /// The sending it was applied to for the unit, where that was taken back.
    pub taken_back: Option<i32>,
}

/// The versions that were on the page.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Of the document, and of the draft.
    pub document: i32,
    pub draft: i32,
}
