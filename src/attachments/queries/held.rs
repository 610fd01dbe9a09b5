//! Which files a draft holds, which a revision was sent with, and what was put aside while a collector typed.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::{Attached, FileKind, Purpose};
use crate::db::Conn;
use crate::db::ids::{FileId, ReportId, RevisionId};
use crate::db::schema::{draft_files, entry_photos, file_blocks, files, revision_files};
use crate::on_each;

type Row = (FileId, String, String, String, i64, String, String, String, NaiveDateTime);

macro_rules! file_of {
    ($holder:ident) => {
        (
            files::id,
            $holder::purpose,
            files::file_name,
            files::kind.assume_not_null(),
            files::size.assume_not_null(),
            files::sha256.assume_not_null(),
            files::adder_name,
            files::adder_title,
            files::added_at.assume_not_null(),
        )
    };
}

fn attached((id, purpose, name, kind, size, sha256, who, title, added_at): Row) -> QueryResult<Attached> {
    let unknown = || diesel::result::Error::DeserializationError("a file of an unknown kind".into());
    Ok(Attached {
        id,
        purpose: Purpose::from_code(&purpose).ok_or_else(unknown)?,
        name,
        kind: FileKind::from_code(&kind).ok_or_else(unknown)?,
        size,
        sha256,
        adder: format!("{who}, {title}"),
        added_at,
    })
}

/// What the draft of a report holds, in the order it came. One query.
///
/// # Errors
/// The query's own.
pub fn of_draft(conn: &mut Conn, report: ReportId) -> QueryResult<Vec<Attached>> {
    let rows: Vec<Row> = draft_files::table
        .inner_join(files::table)
        .filter(draft_files::report_id.eq(report))
        .filter(draft_files::kept_at.is_null())
        .order(draft_files::id)
        .select(file_of!(draft_files))
        .load(conn)?;
    rows.into_iter().map(attached).collect()
}

/// What the unit's own draft held when it was put aside, in the order it came. One query.
///
/// # Errors
/// The query's own.
pub fn aside(conn: &mut Conn, report: ReportId) -> QueryResult<Vec<Attached>> {
    let rows: Vec<Row> = draft_files::table
        .inner_join(files::table)
        .filter(draft_files::report_id.eq(report))
        .filter(draft_files::kept_at.is_not_null())
        .order(draft_files::id)
        .select(file_of!(draft_files))
        .load(conn)?;
    rows.into_iter().map(attached).collect()
}

/// What a revision was sent with, and the signed papers added later. One query.
///
/// # Errors
/// The query's own.
pub fn of_revision(conn: &mut Conn, revision: RevisionId) -> QueryResult<(Vec<Attached>, Vec<Attached>)> {
    let rows: Vec<(bool, Row)> = revision_files::table
        .inner_join(files::table)
        .filter(revision_files::revision_id.eq(revision))
        .order(revision_files::position)
        .select((revision_files::later, file_of!(revision_files)))
        .load(conn)?;
    let (mut with, mut later) = (Vec::new(), Vec::new());
    for (after, row) in rows {
        if after { later.push(attached(row)?) } else { with.push(attached(row)?) }
    }
    Ok((with, later))
}

/// Those of some revisions that have the scan of the paper they were typed in from. One query.
///
/// # Errors
/// The query's own.
pub fn scanned(conn: &mut Conn, revisions: &[RevisionId]) -> QueryResult<HashSet<RevisionId>> {
    let ids: Vec<RevisionId> = revision_files::table
        .filter(revision_files::revision_id.eq_any(revisions))
        .filter(revision_files::purpose.eq(Purpose::Incoming.code()))
        .select(revision_files::revision_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

#[derive(Insertable)]
#[diesel(table_name = revision_files)]
struct Named<'a> {
    revision_id: RevisionId,
    position: i32,
    file_id: FileId,
    purpose: &'a str,
    later: bool,
}

/// Names, for good, the files a revision is sent with. One query.
///
/// # Errors
/// The query's own.
pub fn name_in_revision(conn: &mut Conn, revision: RevisionId, files: &[Attached]) -> QueryResult<()> {
    let rows: Vec<Named<'_>> = files
        .iter()
        .zip(1..)
        .map(|(file, position)| Named {
            revision_id: revision,
            position,
            file_id: file.id,
            purpose: file.purpose.code(),
            later: false,
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(revision_files::table).values(&rows).execute(c).map(|_| ()))
}

/// Names a signed paper that came after its revision was sent. Two queries.
///
/// # Errors
/// The queries' own; a unique violation when somebody was faster.
pub(in crate::attachments) fn add_later(
    conn: &mut Conn,
    revision: RevisionId,
    file: FileId,
) -> QueryResult<()> {
    let last: Option<i32> = revision_files::table
        .filter(revision_files::revision_id.eq(revision))
        .select(diesel::dsl::max(revision_files::position))
        .first(conn)?;
    let row = Named {
        revision_id: revision,
        position: last.unwrap_or_default() + 1,
        file_id: file,
        purpose: Purpose::Signed.code(),
        later: true,
    };
    diesel::insert_into(revision_files::table).values(&row).execute(conn).map(|_| ())
}

/// Adds a file to a draft. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn add_to_draft(
    conn: &mut Conn,
    report: ReportId,
    file: FileId,
    purpose: Purpose,
) -> QueryResult<()> {
    let row = (
        draft_files::report_id.eq(report),
        draft_files::file_id.eq(file),
        draft_files::purpose.eq(purpose.code()),
    );
    diesel::insert_into(draft_files::table).values(row).execute(conn).map(|_| ())
}

/// Takes a file out of a draft, or out of what was put aside; false when it was not in it. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn take_out(
    conn: &mut Conn,
    report: ReportId,
    file: FileId,
    aside: bool,
) -> QueryResult<bool> {
    let of =
        draft_files::table.filter(draft_files::report_id.eq(report)).filter(draft_files::file_id.eq(file));
    let gone = match aside {
        true => diesel::delete(of.filter(draft_files::kept_at.is_not_null())).execute(conn)?,
        false => diesel::delete(of.filter(draft_files::kept_at.is_null())).execute(conn)?,
    };
    Ok(gone > 0)
}

/// How a report holds a file: for each entry whether it was put aside. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn draft_entries(
    conn: &mut Conn,
    report: ReportId,
    file: FileId,
) -> QueryResult<Vec<bool>> {
    draft_files::table
        .filter(draft_files::report_id.eq(report))
        .filter(draft_files::file_id.eq(file))
        .select(draft_files::kept_at.is_not_null())
        .load(conn)
}

/// The revisions of a report that name a file. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn names_of(
    conn: &mut Conn,
    report: ReportId,
    file: FileId,
) -> QueryResult<Vec<RevisionId>> {
    use crate::db::schema::revisions;
    revision_files::table
        .inner_join(revisions::table)
        .filter(revisions::report_id.eq(report))
        .filter(revision_files::file_id.eq(file))
        .select(revision_files::revision_id)
        .load(conn)
}

/// Removes those of some files that nothing holds any more, with their blocks. Five queries.
///
/// # Errors
/// The queries' own.
pub fn forget_unused(conn: &mut Conn, ids: &[FileId]) -> QueryResult<()> {
    let drafts: Vec<FileId> = draft_files::table
        .filter(draft_files::file_id.eq_any(ids))
        .select(draft_files::file_id)
        .load(conn)?;
    let sent: Vec<FileId> = revision_files::table
        .filter(revision_files::file_id.eq_any(ids))
        .select(revision_files::file_id)
        .load(conn)?;
    let shown: Vec<FileId> = entry_photos::table
        .filter(entry_photos::file_id.eq_any(ids))
        .select(entry_photos::file_id)
        .load(conn)?;
    let held: HashSet<FileId> = drafts.into_iter().chain(sent).chain(shown).collect();
    let free: Vec<FileId> = ids.iter().copied().filter(|id| !held.contains(id)).collect();
    diesel::delete(file_blocks::table.filter(file_blocks::file_id.eq_any(&free))).execute(conn)?;
    diesel::delete(files::table.filter(files::id.eq_any(&free))).execute(conn).map(|_| ())
}

/// Puts the unit's own files aside with its draft; what is typed in then begins from those last sent. Three queries.
///
/// # Errors
/// The queries' own.
pub fn put_aside(
    conn: &mut Conn,
    report: ReportId,
    last_sent: Option<RevisionId>,
    at: NaiveDateTime,
) -> QueryResult<()> {
    let own =
        draft_files::table.filter(draft_files::report_id.eq(report)).filter(draft_files::kept_at.is_null());
    diesel::update(own).set(draft_files::kept_at.eq(at)).execute(conn)?;
    let Some(revision) = last_sent else { return Ok(()) };
    for file in of_revision(conn, revision)?.0 {
        add_to_draft(conn, report, file.id, file.purpose)?;
    }
    Ok(())
}

/// Ends typing in: the typist's files go, those put aside at `at` come back. Six queries.
///
/// # Errors
/// The queries' own.
pub fn give_back(conn: &mut Conn, report: ReportId, at: NaiveDateTime) -> QueryResult<()> {
    let of = || draft_files::table.filter(draft_files::report_id.eq(report));
    let typed: Vec<FileId> =
        of().filter(draft_files::kept_at.is_null()).select(draft_files::file_id).load(conn)?;
    diesel::delete(of().filter(draft_files::kept_at.is_null())).execute(conn)?;
    diesel::update(of().filter(draft_files::kept_at.eq(at)))
        .set(draft_files::kept_at.eq(None::<NaiveDateTime>))
        .execute(conn)?;
    forget_unused(conn, &typed)
}
