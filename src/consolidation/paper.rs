//! The consolidated report as a Word file: kept at approval like the workbooks, written anew for a draft. Stands between
//! the frozen edition and the writer of Word files.

use super::approve::{read_content, safe_name};
use super::content::EditionContent;
use super::guard::guarded;
use super::queries::{self, EditionRow};
use crate::audit::sha256_hex;
use crate::db::Conn;
use crate::documents;
use crate::error::Error;
use crate::reports::printed::consolidated;

/// The .docx of an edition. One query, two for a draft and for an edition approved before papers were kept.
///
/// # Errors
/// As [`read_content`]; [`Error::Internal`] when the file cannot be written.
pub fn paper(conn: &mut Conn, row: &EditionRow) -> Result<queries::EditionFile, Error> {
    if !row.is_draft()
        && let Some(kept) = queries::kept_paper(conn, row.id)?
    {
        return Ok(kept);
    }
    write(&read_content(conn, row)?)
}

/// Writes it. No database here.
///
/// # Errors
/// [`Error::Internal`] when the file cannot be written.
pub(super) fn write(content: &EditionContent) -> Result<queries::EditionFile, Error> {
    // It goes out with the signature: of classified groups it says what the Ministry's workbook says.
    let bytes = documents::write(&consolidated(&guarded(content)))
        .map_err(|e| Error::Internal(format!("paper: {e}")))?;
    let identity = &content.identity;
    let draft = if identity.approved_at.is_none() { "Dự thảo " } else { "" };
    let name = safe_name(&format!(
        "{draft}Báo cáo tổng hợp {} {} lần {}",
        identity.place, identity.period_code, identity.edition_number
    ));
    Ok(queries::EditionFile { file_name: format!("{name}.docx"), sha256: sha256_hex(&bytes), bytes })
}
