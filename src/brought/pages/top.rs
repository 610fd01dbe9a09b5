//! What stands over and beside every review: whose report, which document, its lines.

use crate::brought::attach::is_taken;
use crate::brought::{Desk, Kind};
use crate::calendar::to_local;
use crate::plan_adoption::marks::{Line, marked};
use crate::plan_reader::Sure;
use crate::vietnamese::date_time;

/// The head of a review.
pub(super) struct Top {
    pub draft_at: String,
    /// Where its documents are.
    pub list_at: String,
    pub at: String,
    pub title: String,
    pub unit: String,
    /// The paper it is being typed in from.
    pub behalf: Option<String>,
    /// The document becomes a file of the report.
    pub attaches: bool,
    pub file_name: String,
    pub uploaded: String,
    pub version: i32,
    pub draft: i32,
    pub applied: bool,
    /// The sending it was applied to, where that was taken back.
    pub taken_back: Option<i32>,
    pub lines: Vec<Line>,
    /// What kept it from being applied just now.
    pub stopped: Option<String>,
}

impl Top {
    /// With a letter for each line, and the lines of the items that were read.
    pub fn of<'i, K: Kind>(
        desk: &Desk<K>,
        (roles, items): (&str, impl Iterator<Item = (&'i [usize], Sure)>),
        stopped: Option<String>,
    ) -> Top {
        let (case, row) = (&desk.ground.open.case, &desk.row);
        let list_at = format!("/reports/{}/{}", case.report.id, K::ABOUT.path);
        let uploaded = date_time(to_local(row.uploaded_at));
        Top {
            draft_at: format!("/reports/{}/draft", case.report.id),
            at: format!("{list_at}/{}", row.id),
            list_at,
            title: case.title(),
            unit: case.unit.name.clone(),
            behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
            attaches: K::purpose(case).is_some_and(|purpose| is_taken(purpose, &row.kind)),
            file_name: row.file_name.clone(),
            uploaded: format!("{}, {} tải lên lúc {uploaded}", row.size_words(), row.adder_name),
            version: row.version,
            draft: desk.ground.open.draft.version,
            applied: row.applied_at.is_some(),
            taken_back: desk.taken_back,
            lines: marked(&desk.text, roles, items),
            stopped,
        }
    }
}
