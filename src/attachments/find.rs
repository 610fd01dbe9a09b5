//! Which file somebody may fetch: one of a revision they may read, or of the draft they write. Whatever else there is
//! does not exist for them.

use diesel::prelude::*;

use super::{FileKind, queries};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{FileId, ReportId, TaskEntryId};
use crate::db::schema::files;
use crate::error::Error;
use crate::plans::{self, log_work};
use crate::reports;

/// A whole file, ready to be handed out block by block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: FileId,
    pub name: String,
    pub kind: FileKind,
    /// In bytes.
    pub size: i64,
}

/// The file within the actor's scope. Seven queries.
///
/// # Errors
/// [`Error::NotFound`] for what is absent, foreign, or in a draft the actor does not see.
pub fn find(conn: &mut Conn, actor: &Actor, report: ReportId, file: FileId) -> Result<Stored, Error> {
    let scope = actor.scope();
    let case = reports::queries::find(conn, &scope, report)?;
    let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
    let named = queries::names_of(conn, report, file)?;
    let sent = named.iter().any(|id| own || collects || Some(*id) == case.report.received_revision_id);
    let writes = case.is_typist(actor) || (own && case.behalf.is_none());
    let drafted =
        queries::draft_entries(conn, report, file)?.iter().any(|aside| if *aside { own } else { writes });
    if !sent && !drafted {
        return Err(Error::NotFound);
    }
    whole(conn, file)
}

/// The picture of an entry of the log of work, for whoever reads the entry. Six queries at most.
///
/// # Errors
/// [`Error::NotFound`] for what is absent or foreign.
pub fn find_photo(conn: &mut Conn, actor: &Actor, entry: TaskEntryId, file: FileId) -> Result<Stored, Error> {
    log_work::readable(conn, actor, entry)?;
    let held = plans::queries::photos(conn, &[entry])?;
    if held.iter().all(|photo| photo.file_id != file) {
        return Err(Error::NotFound);
    }
    whole(conn, file)
}

fn whole(conn: &mut Conn, file: FileId) -> Result<Stored, Error> {
    let (name, kind, size): (String, String, i64) = files::table
        .find(file)
        .filter(files::added_at.is_not_null())
        .select((files::file_name, files::kind.assume_not_null(), files::size.assume_not_null()))
        .first(conn)?;
    let kind = FileKind::from_code(&kind).ok_or_else(|| Error::Internal(format!("a file of kind {kind}")))?;
    Ok(Stored { id: file, name, kind, size })
}
