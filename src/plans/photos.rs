//! Pictures of work done: taken in with the entry that shows them, gone with it. Stands between the verbs of the log of work and
//! the room that keeps files in blocks.

use super::queries::{self, Photo};
use crate::access::{Actor, Membership};
use crate::attachments::{self, Limits, photo};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FileId, TaskEntryId, UnitId};
use crate::error::{Error, Problems};

/// Pictures of one entry at most.
pub const MOST_PHOTOS: usize = 6;

/// What comes with the form of an entry: new pictures, each with its name, and those to be taken away.
#[derive(Debug, Clone, Default)]
pub struct PhotoChanges {
    pub added: Vec<(String, Vec<u8>)>,
    pub removed: Vec<FileId>,
    /// Why the pictures that came were not read; none otherwise.
    pub refusal: Option<String>,
    pub limits: Limits,
}

/// Changes the pictures of an entry and gives back their names before and after.
///
/// # Errors
/// [`Error::Invalid`] at `photo` for what is no picture, too large, too many or over the unit's quota.
pub fn change(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    unit: UnitId,
    entry: TaskEntryId,
    changes: &PhotoChanges,
    moment: Moment,
) -> Result<(Vec<String>, Vec<String>), Error> {
    if let Some(refusal) = &changes.refusal {
        return refused(refusal);
    }
    let before = queries::photos(conn, &[entry])?;
    let names = |all: &[Photo]| all.iter().map(|photo| photo.name.clone()).collect::<Vec<_>>();
    if changes.added.is_empty() && changes.removed.is_empty() {
        return Ok((names(&before), names(&before)));
    }
    // Each picture that is held and is to go, once: a form may name one twice, or one of another entry.
    let gone: Vec<FileId> =
        before.iter().map(|photo| photo.file_id).filter(|id| changes.removed.contains(id)).collect();
    if before.len() - gone.len() + changes.added.len() > MOST_PHOTOS {
        return refused(&format!("Mỗi lần ghi có nhiều nhất {MOST_PHOTOS} ảnh. Bỏ bớt ảnh rồi ghi lại."));
    }
    forget(conn, entry, &gone)?;
    for (name, bytes) in &changes.added {
        let file = photo::keep(conn, (actor, membership), unit, (name, bytes), changes.limits, moment)?;
        queries::add_photo(conn, entry, file)?;
    }
    Ok((names(&before), names(&queries::photos(conn, &[entry])?)))
}

/// Takes every picture from an entry that is about to go, and gives back their names.
///
/// # Errors
/// The queries' own.
pub fn remove_all(conn: &mut Conn, entry: TaskEntryId) -> Result<Vec<String>, Error> {
    let all = queries::photos(conn, &[entry])?;
    let files: Vec<FileId> = all.iter().map(|photo| photo.file_id).collect();
    forget(conn, entry, &files)?;
    Ok(all.into_iter().map(|photo| photo.name).collect())
}

fn forget(conn: &mut Conn, entry: TaskEntryId, files: &[FileId]) -> Result<(), Error> {
    if !files.is_empty() {
        queries::remove_photos(conn, entry, files)?;
        attachments::queries::forget_unused(conn, files)?;
    }
    Ok(())
}

fn refused<T>(message: &str) -> Result<T, Error> {
    let mut problems = Problems::default();
    problems.add("photo", message);
    Err(Error::Invalid(problems))
}
