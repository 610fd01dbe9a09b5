//! The pictures of entries of the log of work: which files they hold.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FileId, TaskEntryId};
use crate::db::schema::{entry_photos, files};

/// A picture of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Photo {
    pub entry_id: TaskEntryId,
    pub file_id: FileId,
    pub name: String,
    /// In bytes.
    pub size: i64,
}

/// The pictures of some entries, in the order they came. One query.
///
/// # Errors
/// The query's own.
pub fn photos(conn: &mut Conn, entries: &[TaskEntryId]) -> QueryResult<Vec<Photo>> {
    entry_photos::table
        .inner_join(files::table)
        .filter(entry_photos::task_entry_id.eq_any(entries))
        .order(entry_photos::id)
        .select((entry_photos::task_entry_id, files::id, files::file_name, files::size.assume_not_null()))
        .load(conn)
}

/// Lets an entry hold a picture. One query.
///
/// # Errors
/// The query's own.
pub fn add_photo(conn: &mut Conn, entry: TaskEntryId, file: FileId) -> QueryResult<()> {
    let row = (entry_photos::task_entry_id.eq(entry), entry_photos::file_id.eq(file));
    diesel::insert_into(entry_photos::table).values(row).execute(conn).map(|_| ())
}

/// Takes pictures from an entry; their bytes are for the room of files to forget. One query.
///
/// # Errors
/// The query's own.
pub fn remove_photos(conn: &mut Conn, entry: TaskEntryId, files: &[FileId]) -> QueryResult<usize> {
    let held = entry_photos::table
        .filter(entry_photos::task_entry_id.eq(entry))
        .filter(entry_photos::file_id.eq_any(files));
    diesel::delete(held).execute(conn)
}
