//! The database room: one pool over SQLite or PostgreSQL, and the two ways to use it, `read` and `write`.
//! Slices' queries take a `&mut Conn`; only this room knows how a transaction begins and ends.

mod connection;
pub mod ids;
pub mod migrations;
pub mod schema;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::r2d2::Pool;

pub use connection::{Conn, ConnectError, Manager, Target};

/// A failure to get a connection, or of the query itself. Slices' errors are made from it.
#[derive(Debug)]
pub enum DbError {
    Pool(String),
    Query(diesel::result::Error),
}

impl From<diesel::result::Error> for DbError {
    fn from(e: diesel::result::Error) -> Self {
        DbError::Query(e)
    }
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DbError::Pool(e) => write!(f, "{e}"),
            DbError::Query(e) => write!(f, "{e}"),
        }
    }
}

impl std::error::Error for DbError {}

/// The pool. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// SQLite has one writer: waiting here is fair, waiting in its busy handler is not.
    writer: Option<Arc<Mutex<()>>>,
}

impl Db {
    /// Opens a pool of at most `size` connections.
    ///
    /// # Errors
    /// When the first connection cannot be opened; the driver's own words are kept.
    pub fn open(target: Target, size: u32) -> Result<Self, ConnectError> {
        let sqlite = matches!(target, Target::Sqlite { .. });
        let manager = Manager { target };
        // The pool would retry a wrong address in silence: ask once, plainly, first.
        diesel::r2d2::ManageConnection::connect(&manager)?;
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(15))
            .build_unchecked(manager);
        Ok(Db { pool, writer: sqlite.then(|| Arc::new(Mutex::new(()))) })
    }

    /// `sqlite` or `postgres`.
    pub fn backend(&self) -> &'static str {
        if self.writer.is_some() { "sqlite" } else { "postgres" }
    }

    /// Runs `f` on one consistent state of the database; nothing it does can change it.
    ///
    /// # Errors
    /// Whatever `f` returns, or a [`DbError`] when no connection could be had.
    pub fn read<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.transaction(false, "BEGIN", "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", f)
    }

    /// Runs `f` in one write transaction: everything it did is kept, or, on an error, nothing.
    ///
    /// # Errors
    /// Whatever `f` returns, or a [`DbError`] when no connection could be had or the commit failed.
    pub fn write<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.writer.as_ref().map(|m| m.lock().unwrap_or_else(PoisonError::into_inner));
        self.transaction(true, "BEGIN IMMEDIATE", "BEGIN", f)
    }

    /// Like [`Db::write`], but on PostgreSQL at REPEATABLE READ, so that what is frozen was true at one moment.
    ///
    /// # Errors
    /// As [`Db::write`]; a serialization failure reaches the caller as a query error.
    pub fn freeze<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.writer.as_ref().map(|m| m.lock().unwrap_or_else(PoisonError::into_inner));
        self.transaction(true, "BEGIN IMMEDIATE", "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ", f)
    }

    fn transaction<T, E: From<DbError>>(
        &self,
        writes: bool,
        sqlite: &str,
        postgres: &str,
        f: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut pooled = self.pool.get().map_err(|e| DbError::Pool(e.to_string()))?;
        let conn: &mut Conn = &mut pooled;
        match conn {
            Conn::Sqlite(c) => allow_writes(c, writes)
                .and_then(|()| AnsiTransactionManager::begin_transaction_sql(c, sqlite)),
            Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, postgres),
        }
        .map_err(DbError::Query)?;
        type Tm = <Conn as Connection>::TransactionManager;
        match f(conn) {
            Ok(value) => {
                Tm::commit_transaction(conn).map_err(DbError::Query)?;
                Ok(value)
            }
            Err(error) => {
                if let Err(rollback) = Tm::rollback_transaction(conn) {
                    log::error!("rollback failed: {rollback}");
                }
                Err(error)
            }
        }
    }
}

/// Whether a SQLite connection takes writes. Set before every use, never after it: whatever the last user of a
/// pooled connection did or failed to do, the next one finds what it asked for.
fn allow_writes(conn: &mut diesel::SqliteConnection, writes: bool) -> diesel::QueryResult<()> {
    conn.batch_execute(if writes { "PRAGMA query_only = OFF" } else { "PRAGMA query_only = ON" })
}
