//! One server over one SQLite file: whoever serves it holds a lock beside it, so that `demo --reset` on another port
//! cannot throw the data away under people who are using them. The system gives the lock back when a process ends,
//! however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::CliError;
use crate::db::Target;

/// Held for as long as it lives; nothing is held of a database server, which knows its own.
pub struct Hold(Option<File>);

/// Takes the lock of the database at this address.
///
/// # Errors
/// When another server holds it, or the file beside the database cannot be written.
pub fn hold(url: &str) -> Result<Hold, CliError> {
    let Target::Sqlite { path, .. } = Target::parse(url).map_err(CliError)? else { return Ok(Hold(None)) };
    let beside = format!("{path}.lock");
    // Where there is no folder there is no database: whoever may create one makes the folder first.
    if Path::new(&beside).parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Ok(Hold(None));
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(|e| CliError(format!("cannot write {beside}: {e}")))?;
    match file.try_lock() {
        Ok(()) => Ok(Hold(Some(file))),
        Err(TryLockError::WouldBlock) => Err(CliError(format!(
            "another server is running on {path}: stop it first, or choose another database"
        ))),
        Err(TryLockError::Error(e)) => Err(CliError(format!("cannot lock {beside}: {e}"))),
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(file) = &self.0
            && let Err(e) = file.unlock()
        {
            log::warn!("the lock could not be given back: {e}");
        }
    }
}
