//! The database room: connections to SQLite or PostgreSQL, and the two ways to use them, `read` and `write`.
//! Slices' queries take a `&mut Conn`; only this room knows how a transaction begins and ends.

mod connection;
mod fault;
pub mod ids;
pub mod migrations;
pub mod schema;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
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

/// How long a connection to a file stays open with nothing to do.
const IDLE: Duration = Duration::from_secs(30);

/// The pool. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// Of SQLite, which has one writer; the connections of `pool` only read there.
    writer: Option<Writer>,
}

/// The one connection that writes to a SQLite file.
#[derive(Clone)]
struct Writer {
    /// Waiting here is fair, waiting in SQLite's busy handler is not.
    turn: Arc<Mutex<()>>,
    pool: Pool<Manager>,
}

impl Db {
    /// Opens a pool of at most `size` connections, and on SQLite one more, which writes.
    ///
    /// # Errors
    /// When the first connection cannot be opened; the driver's own words are kept.
    pub fn open(target: Target, size: u32) -> Result<Self, ConnectError> {
        let sqlite = matches!(target, Target::Sqlite { .. });
        let writing = Manager { target: target.clone(), writes: true };
        // The pool would retry a wrong address in silence: ask once, plainly, first.
        diesel::r2d2::ManageConnection::connect(&writing)?;
        let pool = |manager, size| {
            // A file is opened when it is asked something; a server is far away.
            let pool = Pool::builder().max_size(size).min_idle(Some(u32::from(!sqlite)));
            // And closed soon after: each holds pages of its own.
            let pool = if sqlite { pool.idle_timeout(Some(IDLE)) } else { pool };
            pool.connection_timeout(Duration::from_secs(15)).build_unchecked(manager)
        };
        if !sqlite {
            return Ok(Db { pool: pool(writing, size), writer: None });
        }
        let writer = Writer { turn: Arc::new(Mutex::new(())), pool: pool(writing, 1) };
        Ok(Db { pool: pool(Manager { target, writes: false }, size), writer: Some(writer) })
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
        let begin = ("BEGIN", "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        transaction(&self.pool, begin, f)
    }

    /// Runs `f` in one write transaction: everything it did is kept, or, on an error, nothing.
    ///
    /// # Errors
    /// Whatever `f` returns, or a [`DbError`] when no connection could be had or the commit failed.
    pub fn write<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.in_turn(("BEGIN IMMEDIATE", "BEGIN"), f)
    }

    /// Like [`Db::write`], but on PostgreSQL at REPEATABLE READ, so that what is frozen was true at one moment.
    ///
    /// # Errors
    /// As [`Db::write`]; a serialization failure reaches the caller as a query error.
    pub fn freeze<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.in_turn(("BEGIN IMMEDIATE", "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ"), f)
    }

    /// Writers of a SQLite file one after another, on the connection that writes.
    fn in_turn<T, E: From<DbError>>(
        &self,
        begin: (&str, &str),
        f: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.writer.as_ref().map(|w| w.turn.lock().unwrap_or_else(PoisonError::into_inner));
        transaction(self.writing(), begin, f)
    }

    /// The connections that take writes.
    fn writing(&self) -> &Pool<Manager> {
        self.writer.as_ref().map_or(&self.pool, |writer| &writer.pool)
    }
}

fn transaction<T, E: From<DbError>>(
    pool: &Pool<Manager>,
    (sqlite, postgres): (&str, &str),
    f: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    let mut pooled = pool.get().map_err(|e| DbError::Pool(e.to_string()))?;
    let conn: &mut Conn = &mut pooled;
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, sqlite),
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
