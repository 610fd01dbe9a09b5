//! A document that came as an upload, as a file of the draft: by the verbs that take any file in, in the transaction that writes the
//! draft. On a unit's behalf it is the proof of what is entered.

use diesel::QueryResult;

use crate::access::Actor;
use crate::attachments::receive::{self, Target, Whole};
use crate::attachments::{BLOCK, FileKind, Limits, Purpose};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::Error;
use crate::reports::draft::Open;

/// An upload that is to be a file of the draft.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    pub purpose: Purpose,
    pub name: &'a str,
    /// The ending of its kind.
    pub kind: &'a str,
    /// In bytes.
    pub size: i64,
    pub sha256: &'a str,
}

/// Whether a file of this kind is taken for this purpose; pasted text is not.
pub fn is_taken(purpose: Purpose, kind: &str) -> bool {
    purpose.takes().iter().copied().map(FileKind::code).any(|code| code == kind)
}

/// Attaches an upload to the draft, once; false for what no report takes as a file, such as pasted text.
///
/// # Errors
/// As [`receive::begin`] and [`receive::finish`].
pub fn attach(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    (upload, bytes): (Upload<'_>, impl FnOnce(&mut Conn) -> QueryResult<Vec<u8>>),
    limits: Limits,
    moment: Moment,
) -> Result<bool, Error> {
    if !is_taken(upload.purpose, upload.kind) {
        return Ok(false);
    }
    let files = &open.draft.content.files;
    if files.iter().any(|file| file.sha256 == upload.sha256 && file.purpose == upload.purpose) {
        return Ok(true);
    }
    let target = Target::Draft { report: open.case.report.id, purpose: upload.purpose };
    let bytes = bytes(conn)?;
    let id = receive::begin(conn, actor, target, upload.name, limits, moment)?;
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
    let whole = Whole { id, number, last, size: upload.size, sha256: upload.sha256.to_owned() };
    receive::finish(conn, actor, target, &whole, limits, moment)?;
    Ok(true)
}
