//! Which failures of the database pass by themselves, what was being done being no part of their cause, and which only say that
//! somebody else was faster. Stands between the driver's
//! errors and whoever counts how often something went wrong.

use diesel::result::DatabaseErrorKind as Kind;
use diesel::result::Error;

use super::DbError;

/// Words of failures for which the drivers have no kind: a rival's lock, a full or failing disk.
const PASSING: [&str; 5] = ["locked", "deadlock", "disk", "i/o error", "no space"];

impl DbError {
    /// Whether somebody else's write came first: the row is there by now, or two writes waited for each other.
    pub fn is_overtaken(&self) -> bool {
        match self {
            DbError::Query(Error::DatabaseError(kind, words)) => match kind {
                Kind::UniqueViolation | Kind::SerializationFailure => true,
                Kind::Unknown => words.message().to_lowercase().contains("deadlock"),
                _ => false,
            },
            DbError::Pool(_) | DbError::Query(_) => false,
        }
    }

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
