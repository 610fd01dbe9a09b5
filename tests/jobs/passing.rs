//! Which failures of the database pass by themselves.

use diesel::result::{DatabaseErrorKind, Error};
use tonghop::db::DbError;

fn failure(kind: DatabaseErrorKind, words: &str) -> DbError {
    DbError::Query(Error::DatabaseError(kind, Box::new(words.to_owned())))
}

#[test]
fn a_rivals_lock_passes_and_a_broken_rule_does_not() {
    for passing in [
        failure(DatabaseErrorKind::SerializationFailure, "could not serialize access"),
        failure(DatabaseErrorKind::ClosedConnection, "server closed the connection"),
        failure(DatabaseErrorKind::Unknown, "database is locked"),
        failure(DatabaseErrorKind::Unknown, "database or disk is full"),
        failure(DatabaseErrorKind::Unknown, "deadlock detected"),
        DbError::Pool("timed out waiting for connection".to_owned()),
    ] {
        assert!(passing.is_passing(), "{passing:?}");
    }
    for staying in [
        failure(DatabaseErrorKind::UniqueViolation, "UNIQUE constraint failed: a.b"),
        failure(DatabaseErrorKind::CheckViolation, "CHECK constraint failed: locked"),
        failure(DatabaseErrorKind::Unknown, "integer out of range"),
        DbError::Query(Error::NotFound),
    ] {
        assert!(!staying.is_passing(), "{staying:?}");
    }
}
