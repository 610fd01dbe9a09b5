//! The consolidated report as a Word file: kept at approval like the workbooks and again when it is sent under a number,
//! written anew for a draft. Stands between
//! the frozen edition and the writer of Word files.

use super::approve::{read_content, safe_name};
use super::content::{EditionContent, Signatory};
use super::guard::guarded;
use super::queries::{self, EditionRow};
use crate::audit::sha256_hex;
use crate::db::Conn;
use crate::documents;
use crate::error::Error;
use crate::reports::printed::consolidated;
use crate::units::signing_under;

/// The .docx of an edition: as it was sent, with its number and day; before that as it was kept at approval. Two queries at
/// most, and one more for an edition approved before papers were kept.
///
/// # Errors
/// As [`read_content`]; [`Error::Internal`] when the file cannot be written.
pub fn paper(conn: &mut Conn, row: &EditionRow) -> Result<queries::EditionFile, Error> {
    if !row.is_draft() {
        let sent = queries::sent_paper(conn, row.id, None)?;
        let kept = if sent.is_some() { sent } else { queries::kept_paper(conn, row.id)? };
        if let Some(kept) = kept {
            return Ok(kept);
        }
    }
    write(&read_content(conn, row)?)
}

/// Who would sign an edition that this person approves: quyền hạn and chức vụ by their title.
pub(super) fn office(content: &EditionContent, title: &str) -> (String, String) {
    let own = content.paper.as_ref().map(|head| head.capacity.as_slice()).unwrap_or_default();
    signing_under(own, title).unwrap_or_else(|| (String::new(), title.to_uppercase()))
}

/// The lines over a name.
pub(super) fn signatory(capacity: &str, title: &str, name: &str) -> Signatory {
    let lines = [capacity, title].into_iter().flat_map(|line| line.split(['/', ';']));
    let mut capacity: Vec<String> =
        lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    capacity.dedup();
    Signatory { capacity, name: Some(name.to_owned()).filter(|name| !name.is_empty()) }
}

/// Writes it. No database here.
///
/// # Errors
/// [`Error::Internal`] when the file cannot be written.
pub(super) fn write(content: &EditionContent) -> Result<queries::EditionFile, Error> {
    // It goes out with the signature: of classified groups it says what the Ministry's workbook says.
    let paper = consolidated(&guarded(content));
    // With figures the workbook is one of its annexes.
    let figures = content.lines().next().is_some();
    let written = if figures { documents::write_beside_file(&paper) } else { documents::write(&paper) };
    let bytes = written.map_err(|e| Error::Internal(format!("paper: {e}")))?;
    let identity = &content.identity;
    let draft = if identity.approved_at.is_none() { "Dự thảo " } else { "" };
    let name = safe_name(&format!(
        "{draft}Báo cáo tổng hợp {} {} lần {}",
        identity.place, identity.period_code, identity.edition_number
    ));
    Ok(queries::EditionFile { file_name: format!("{name}.docx"), sha256: sha256_hex(&bytes), bytes })
}
