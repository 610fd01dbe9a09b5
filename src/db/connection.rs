//! One connection type over both databases, and the pool's manager that opens and checks it.
//! Stands between diesel's two drivers and everything that runs a query.

use diesel::connection::{Connection, SimpleConnection, TransactionManager, TransactionManagerStatus};
use diesel::pg::PgConnection;
use diesel::r2d2::ManageConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to whichever database the installation uses.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Runs one diesel expression on the concrete connection behind a [`Conn`], for what does not compile on
/// the enum: `returning`, batch inserts, `on_conflict`.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Postgres($c) => $body,
        }
    };
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file; created only when `create` is set (demo, migrate, first run).
    Sqlite { path: String, create: bool },
    /// A `postgres://` address.
    Postgres { url: String },
}

impl Target {
    /// Reads `sqlite:///path` or `postgres://…`.
    ///
    /// # Errors
    /// A sentence saying what was expected, when the address has another form.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err("the database address has no file: write sqlite:///path/to/file.db".into());
            }
            if path.starts_with(':') || path.starts_with("file:") {
                return Err("a database in memory keeps nothing: write sqlite:///path/to/file.db".into());
            }
            return Ok(Target::Sqlite { path: path.to_owned(), create: false });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Target::Postgres { url: url.to_owned() });
        }
        // A password may stand in what was mistyped: no more of it is repeated than the word before "://".
        let scheme = url.split_once("://").map(|(scheme, _)| scheme);
        let scheme =
            scheme.filter(|word| word.len() <= 20 && word.bytes().all(|b| b.is_ascii_alphanumeric()));
        let begins = scheme.map(|word| format!(" (it begins with {word}://)")).unwrap_or_default();
        Err(format!(
            "cannot read the database address{begins}: write sqlite:///path or postgres://user@host/name"
        ))
    }
}

/// Opens connections for the pool. The derived `establish` of the enum would swallow the driver's own error.
#[derive(Debug)]
pub struct Manager {
    pub target: Target,
    /// A connection to SQLite either writes or only reads, from its opening to its end: to change that later is to have every
    /// statement that was prepared on it prepared once more.
    pub writes: bool,
}

/// Why a connection could not be opened or is no longer good.
#[derive(Debug)]
pub enum ConnectError {
    Open(diesel::ConnectionError),
    Query(diesel::result::Error),
    Missing(String),
}

impl std::fmt::Display for ConnectError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ConnectError::Open(e) => write!(f, "cannot open the database: {e}"),
            ConnectError::Query(e) => write!(f, "the database does not answer: {e}"),
            ConnectError::Missing(path) => {
                write!(f, "there is no database at {path}: create it with `tonghop migrate`")
            }
        }
    }
}

impl std::error::Error for ConnectError {}

/// `busy_timeout` comes first: with `journal_mode` first, one start in seven waited 400 ms for the lock.
/// `recursive_triggers` makes the append-only triggers see the delete hidden in INSERT OR REPLACE. `cache_size` is in KiB,
/// of each connection, and never given back: half the usual, for the system keeps the file's pages too.
const SQLITE_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cache_size = -1024;";

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = ConnectError;

    fn connect(&self) -> Result<Conn, ConnectError> {
        match &self.target {
            Target::Sqlite { path, create } => {
                if !create && !std::path::Path::new(path).exists() {
                    return Err(ConnectError::Missing(path.clone()));
                }
                let mut conn = SqliteConnection::establish(path).map_err(ConnectError::Open)?;
                conn.batch_execute(SQLITE_PRAGMAS).map_err(ConnectError::Query)?;
                if !self.writes {
                    conn.batch_execute("PRAGMA query_only = ON").map_err(ConnectError::Query)?;
                }
                Ok(Conn::Sqlite(conn))
            }
            Target::Postgres { url } => {
                let mut conn = PgConnection::establish(url).map_err(ConnectError::Open)?;
                conn.batch_execute("SET TIME ZONE 'UTC'").map_err(ConnectError::Query)?;
                Ok(Conn::Postgres(conn))
            }
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), ConnectError> {
        conn.batch_execute("SELECT 1").map_err(ConnectError::Query)
    }

    /// A handler that panicked leaves its transaction open; such a connection must not go back to the pool.
    fn has_broken(&self, conn: &mut Conn) -> bool {
        fn open<C: Connection>(conn: &mut C) -> bool {
            match C::TransactionManager::transaction_manager_status_mut(conn) {
                TransactionManagerStatus::InError => true,
                TransactionManagerStatus::Valid(status) => status.transaction_depth().is_some(),
            }
        }
        std::thread::panicking() || on_each!(conn, |c| open(c))
    }
}
