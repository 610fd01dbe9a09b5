//! How many files of a drop one step takes, and what happens to them when a server stops in it. Stands between the runner of
//! jobs and what is done to a file: the way to the disk is long, so files that nothing is known against go it together; one that
//! was begun with before, and not ended, goes alone, for it may be what stopped the server.

use std::time::{Duration, Instant};

use super::queries::{self, FileRow, Outcome};
use super::{FileState, MOST_TRIES};
use crate::db::ids::DropId;
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::jobs::Progress;

/// How long a step goes on taking files it was to take: who else writes waits for what is entered together.
const LONGEST: Duration = Duration::from_millis(300);

/// Of a file that stopped the server, or took too long, each time it was begun with.
pub(super) const STOPS: &str =
    "Đã thử nhiều lần không đọc xong tệp này. Mở bằng Excel, lưu thành tệp mới rồi gửi lại.";

/// The time one step has.
pub(super) struct Turn(Instant);

impl Turn {
    pub(super) fn begins() -> Turn {
        Turn(Instant::now())
    }

    /// Whether what is left is left to the next step.
    pub(super) fn is_over(&self) -> bool {
        self.0.elapsed() > LONGEST
    }
}

/// Some files of those in a state, by what is done to them; it tells how many it came to.
pub(super) fn some(
    db: &Db,
    (drop, state, at_once): (DropId, FileState, usize),
    work: impl FnOnce(&[FileRow]) -> Result<usize, Error>,
) -> Result<Progress, Error> {
    let (mut next, left, all) =
        db.read(|conn| Ok::<_, Error>(queries::next_in(conn, drop, state, at_once)?))?;
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    together(&mut next);
    let Some(last) = next.last() else {
        return Ok(Progress { done: count(all), total: count(all), message: String::new(), finished: true });
    };
    let message = last.file_name.clone();
    let done = i64::try_from(work(&next)?).unwrap_or(i64::MAX);
    Ok(Progress { done: count(all - left + done), total: count(all), message, finished: false })
}

/// Leaves those that go together: the fresh ones, or one that was begun with before.
fn together(next: &mut Vec<FileRow>) {
    match next.first() {
        Some(first) if first.tries > 0 => next.truncate(1),
        _ => next.retain(|file| file.tries == 0),
    }
}

/// Notes that files are begun with; without those that are somebody else's by now, or were begun with too often and are set
/// aside.
pub(super) fn begun(db: &Db, files: &[FileRow]) -> Result<Vec<FileRow>, Error> {
    db.write(|conn| {
        let mut begun = Vec::new();
        for file in files {
            if file.tries >= MOST_TRIES {
                queries::settle(conn, file, &Outcome::to(FileState::Faulty, STOPS))?;
                continue;
            }
            let tries = file.tries + 1;
            if queries::settle(conn, file, &Outcome { tries: Some(tries), ..Outcome::default() })? {
                begun.push(FileRow { tries, version: file.version + 1, ..file.clone() });
            }
        }
        Ok(begun)
    })
}

/// Does it to files that were begun with; where the database alone failed, that counts against none of them.
pub(super) fn forgiving<T>(
    db: &Db,
    files: &[FileRow],
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let done = work();
    if let Err(Error::Db(fault)) = &done
        && fault.is_passing()
    {
        let back = db.write(|conn| files.iter().try_for_each(|file| put_back(conn, file)));
        if let Err(error) = back {
            log::warn!("jobs: files that were begun with stay so: {error}");
        }
    }
    done
}

/// A file that was not come to was not begun with.
pub(super) fn put_back(conn: &mut Conn, file: &FileRow) -> Result<(), Error> {
    queries::settle(conn, file, &Outcome { tries: Some(file.tries - 1), ..Outcome::default() })?;
    Ok(())
}
