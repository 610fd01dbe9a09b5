//! Which failures of the database pass by themselves: what was being done is no part of their cause. Stands between the driver's
//! errors and whoever counts how often something went wrong.

use diesel::result::DatabaseErrorKind as Kind;
use diesel::result::Error;

use super::DbError;

/// Words of failures for which the drivers have no kind: a rival's lock, a full or failing disk.
const PASSING: [&str; 5] = ["locked", "deadlock", "disk", "i/o error", "no space"];

impl DbError {
    /// Whether the same may succeed later without anything being changed about it.
    pub fn is_passing(&self) -> bool {
        match self {
            DbError::Pool(_) | DbError::Query(Error::BrokenTransactionManager) => true,
            DbError::Query(Error::DatabaseError(kind, words)) => match kind {
                Kind::SerializationFailure | Kind::UnableToSendCommand | Kind::ClosedConnection => true,
                Kind::Unknown => {
                    let words = words.message().to_lowercase();
                    PASSING.iter().any(|passing| words.contains(passing))
                }
                _ => false,
            },
            DbError::Query(_) => false,
        }
    }
}
