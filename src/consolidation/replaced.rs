//! Which papers an edition takes the place of: those an earlier one of the same period went out under. Known when it is made, and
//! again when it is approved and when it goes, for a sending may be recorded, or struck out, after the next edition is made.

use super::content::{EditionContent, ReplacedEdition, ReplacedPaper};
use super::queries::{self, EditionRow};
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::Error;

/// The papers of the newest edition before number `before` that has gone out under a number, by the records that stand. `editions`
/// are those of one collector and period, the newest first. One query at most.
///
/// # Errors
/// The query's own.
pub(super) fn replaced(
    conn: &mut Conn,
    editions: &[EditionRow],
    before: i32,
) -> Result<Option<ReplacedEdition>, Error> {
    let earlier: Vec<&EditionRow> =
        editions.iter().filter(|edition| edition.number < before && edition.is_approved()).collect();
    if earlier.is_empty() {
        return Ok(None);
    }
    let ids: Vec<EditionId> = earlier.iter().map(|edition| edition.id).collect();
    let sent = queries::dispatches(conn, &ids)?;
    let of = |edition: &&EditionRow| {
        let mut papers: Vec<ReplacedPaper> = Vec::new();
        let own = sent.iter().filter(|one| one.edition_id == edition.id && !one.is_struck());
        for one in own.filter(|one| !one.doc_number.is_empty()) {
            let paper = ReplacedPaper { number: one.doc_number.clone(), date: one.doc_date };
            if !papers.contains(&paper) {
                papers.push(paper);
            }
        }
        let edition = u32::try_from(edition.number).unwrap_or_default();
        (!papers.is_empty()).then_some(ReplacedEdition { edition, papers })
    };
    Ok(earlier.iter().find_map(of))
}

/// Puts into the content of an edition which papers it replaces as that is known now. Two queries.
///
/// # Errors
/// The queries' own.
pub(super) fn refresh(conn: &mut Conn, row: &EditionRow, content: &mut EditionContent) -> Result<(), Error> {
    if let Some(paper) = &mut content.paper {
        let editions = queries::editions_of(conn, row.period_id, row.collector_id)?;
        paper.replaces = replaced(conn, &editions, row.number)?;
    }
    Ok(())
}
