//! The document itself as the proof of what is entered on a unit's behalf: it becomes a file of the draft, by the verbs that take
//! any file in, in the transaction that writes the draft.

use crate::access::Actor;
use crate::attachments::receive::{self, Target, Whole};
use crate::attachments::{BLOCK, FileKind, Limits, Purpose};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::Error;
use crate::reports::draft::Open;

use super::queries::{self, UploadRow};

/// Attaches the document of an upload to the draft, once; false for what no report takes as a file, such as pasted text.
///
/// # Errors
/// As [`receive::begin`] and [`receive::finish`].
pub(super) fn attach(
    conn: &mut Conn,
    actor: &Actor,
    (open, row): (&Open, &UploadRow),
    limits: Limits,
    moment: Moment,
) -> Result<bool, Error> {
    let takes = Purpose::Incoming.takes();
    if !takes.iter().copied().map(FileKind::code).any(|code| code == row.kind) {
        return Ok(false);
    }
    let files = &open.draft.content.files;
    if files.iter().any(|file| file.sha256 == row.sha256 && file.purpose == Purpose::Incoming) {
        return Ok(true);
    }
    let target = Target::Draft { report: open.case.report.id, purpose: Purpose::Incoming };
    let bytes = queries::bytes(conn, row.id)?;
    let id = receive::begin(conn, actor, target, &row.file_name, limits, moment)?;
    let mut blocks = bytes.chunks(BLOCK).peekable();
    let (mut number, mut last) = (0, Vec::new());
    while let Some(block) = blocks.next() {
        if blocks.peek().is_none() {
            last = block.to_vec();
            break;
        }
        receive::append(conn, id, number, block)?;
        number += 1;
    }
    let whole = Whole { id, number, last, size: row.size, sha256: row.sha256.clone() };
    receive::finish(conn, actor, target, &whole, limits, moment)?;
    Ok(true)
}
