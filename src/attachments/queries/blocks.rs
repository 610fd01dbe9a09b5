//! Bytes in and out: a file's row while it comes in, its blocks, and a reader over them.

use std::io::{self, Read, Seek, SeekFrom};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::{BLOCK, FileKind};
use crate::db::Conn;
use crate::db::ids::{FileId, MembershipId, UnitId};
use crate::db::schema::{file_blocks, files, units};
use crate::on_each;

/// Stale files removed at once, at most: the sweep is a small part of somebody else's request.
const SWEPT: i64 = 20;

/// A file about to come in.
#[derive(Insertable)]
#[diesel(table_name = files)]
pub(in crate::attachments) struct NewFile<'a> {
    pub uid: &'a str,
    pub unit_id: UnitId,
    pub file_name: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    /// The system's instant, whatever day a demo assumes.
    pub begun_at: NaiveDateTime,
}

/// Makes the row of a file that comes in. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn begin(conn: &mut Conn, new: &NewFile<'_>) -> QueryResult<FileId> {
    on_each!(conn, |c| diesel::insert_into(files::table).values(new).returning(files::id).get_result(c))
}

/// The name of a file that is still coming in; none when it was given up meanwhile. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn incoming(conn: &mut Conn, id: FileId) -> QueryResult<Option<String>> {
    let row = files::table.find(id).filter(files::added_at.is_null()).select(files::file_name);
    row.first(conn).optional()
}

/// Adds a block. One query.
///
/// # Errors
/// The query's own; a foreign-key violation when the file was given up meanwhile.
pub(in crate::attachments) fn append(
    conn: &mut Conn,
    id: FileId,
    number: i32,
    bytes: &[u8],
) -> QueryResult<()> {
    let row = (file_blocks::file_id.eq(id), file_blocks::number.eq(number), file_blocks::bytes.eq(bytes));
    diesel::insert_into(file_blocks::table).values(row).execute(conn).map(|_| ())
}

/// One block; none past the end. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn block(
    conn: &mut Conn,
    id: FileId,
    number: i32,
) -> QueryResult<Option<Vec<u8>>> {
    file_blocks::table.find((id, number)).select(file_blocks::bytes).first(conn).optional()
}

/// What is known of a file once it is whole.
#[derive(AsChangeset)]
#[diesel(table_name = files)]
pub(in crate::attachments) struct Completed<'a> {
    pub file_name: &'a str,
    pub kind: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub added_at: NaiveDateTime,
}

/// Closes a file for good; false when it is closed or gone already. One query.
///
/// # Errors
/// The query's own.
pub(in crate::attachments) fn complete(
    conn: &mut Conn,
    id: FileId,
    (name, kind): (&str, FileKind),
    (size, sha256): (i64, &str),
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let facts = Completed { file_name: name, kind: kind.code(), size, sha256, added_at: at };
    let open = files::table.find(id).filter(files::added_at.is_null());
    Ok(diesel::update(open).set(&facts).execute(conn)? == 1)
}

/// Forgets a file that never became whole, and its blocks. Two queries.
///
/// # Errors
/// The queries' own.
pub(in crate::attachments) fn forget_incomplete(conn: &mut Conn, ids: &[FileId]) -> QueryResult<()> {
    let open = files::table.filter(files::id.eq_any(ids)).filter(files::added_at.is_null());
    let ids: Vec<FileId> = open.select(files::id).load(conn)?;
    diesel::delete(file_blocks::table.filter(file_blocks::file_id.eq_any(&ids))).execute(conn)?;
    diesel::delete(files::table.filter(files::id.eq_any(&ids))).execute(conn).map(|_| ())
}

/// Forgets files that began to come in before `before` and never ended: their server stopped. Three queries.
///
/// # Errors
/// The queries' own.
pub(in crate::attachments) fn remove_stale(conn: &mut Conn, before: NaiveDateTime) -> QueryResult<()> {
    let stale: Vec<FileId> = files::table
        .filter(files::added_at.is_null())
        .filter(files::begun_at.lt(before))
        .order(files::id)
        .limit(SWEPT)
        .select(files::id)
        .load(conn)?;
    if stale.is_empty() { Ok(()) } else { forget_incomplete(conn, &stale) }
}

/// Bytes of all whole files of a unit. With `hold`, whoever else adds one waits for this transaction. Two queries.
///
/// # Errors
/// The queries' own.
pub fn used_by(conn: &mut Conn, unit: UnitId, hold: bool) -> QueryResult<i64> {
    if hold {
        diesel::update(units::table.find(unit)).set(units::code.eq(units::code)).execute(conn)?;
    }
    let sizes: Vec<i64> = files::table
        .filter(files::unit_id.eq(unit))
        .filter(files::added_at.is_not_null())
        .select(files::size.assume_not_null())
        .load(conn)?;
    Ok(sizes.into_iter().fold(0, i64::saturating_add))
}

/// A reader over the blocks of a file of `size` bytes, one block in memory.
pub(in crate::attachments) fn reader(conn: &mut Conn, id: FileId, size: i64) -> Reader<'_> {
    let size = u64::try_from(size).unwrap_or_default();
    Reader { conn, id, size, at: 0, held: None, fault: None }
}

/// See [`reader`].
pub(in crate::attachments) struct Reader<'a> {
    conn: &'a mut Conn,
    id: FileId,
    size: u64,
    at: u64,
    held: Option<(u64, Vec<u8>)>,
    /// What the database said, for those to whom a reader that fails is only a broken file.
    pub fault: Option<diesel::result::Error>,
}

impl Read for Reader<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size {
            return Ok(0);
        }
        let number = self.at / BLOCK as u64;
        if self.held.as_ref().is_none_or(|(held, _)| *held != number) {
            let wanted = i32::try_from(number).map_err(io::Error::other)?;
            match block(self.conn, self.id, wanted) {
                Ok(bytes) => self.held = Some((number, bytes.unwrap_or_default())),
                Err(error) => {
                    let words = error.to_string();
                    self.fault = Some(error);
                    return Err(io::Error::other(words));
                }
            }
        }
        let Some((_, bytes)) = &self.held else { return Ok(0) };
        let from = usize::try_from(self.at % BLOCK as u64).map_err(io::Error::other)?;
        let rest = bytes.get(from..).unwrap_or_default();
        let count = rest.len().min(to.len());
        to[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
