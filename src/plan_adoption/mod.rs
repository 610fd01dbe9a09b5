//! From an issued document to a plan: the reading of an upload is reviewed item by item and adopted at once, with holders, regimes and
//! first periods. Stands between the plan reader, which knows no province, and the verbs that make plans. Weighed in
//! docs/decisions/0044.

pub mod add;
pub mod adopt;
pub mod amend;
pub mod compare;
pub mod draft;
mod first_periods;
pub mod form;
pub mod ground;
pub mod holders;
mod joined;
pub mod lacking;
pub mod marks;
mod named_periods;
pub mod naming;
pub mod origin;
pub mod outcome;
mod owed_by;
pub mod pages;
pub mod propose;
mod propose_duties;
mod propose_tasks;
pub mod queries;
pub mod regimes_made;
pub mod remainder;
pub mod settle;
pub mod standing;
pub mod unreported;
pub mod upload;
mod upward;
pub mod windows;

/// What became of an upload. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UploadState {
    /// Under review.
    Open,
    Adopted,
    /// Read once more, to be compared with a plan there is.
    Compared,
}

impl UploadState {
    pub const ALL: [UploadState; 3] = [UploadState::Open, UploadState::Adopted, UploadState::Compared];

    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            UploadState::Open => "open",
            UploadState::Adopted => "adopted",
            UploadState::Compared => "compared",
        }
    }

    /// The state of a stored code; the schema allows no other.
    pub fn from_code(code: &str) -> UploadState {
        UploadState::ALL.into_iter().find(|state| state.code() == code).unwrap_or(UploadState::Compared)
    }

    pub fn words(self) -> &'static str {
        match self {
            UploadState::Open => "đang rà soát",
            UploadState::Adopted => "đã lập kế hoạch",
            UploadState::Compared => "để đối chiếu",
        }
    }

    /// The class of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            UploadState::Open => "go",
            UploadState::Adopted => "done",
            UploadState::Compared => "",
        }
    }
}
