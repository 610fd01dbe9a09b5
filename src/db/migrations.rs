//! The schema's steps, embedded in the program, one set of the same names per database.

use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, Db, DbError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// One word of an answer.
#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// A step that could not be taken, in the database's own words.
#[derive(Debug)]
pub struct MigrationError(pub String);

impl std::fmt::Display for MigrationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the database schema could not be brought up to date: {}", self.0)
    }
}

impl std::error::Error for MigrationError {}

impl From<DbError> for MigrationError {
    fn from(e: DbError) -> Self {
        MigrationError(e.to_string())
    }
}

impl Db {
    /// Brings the schema up to date; returns the names of the steps taken.
    ///
    /// # Errors
    /// When a step fails; each step is its own transaction, so the earlier ones stay.
    pub fn migrate(&self) -> Result<Vec<String>, MigrationError> {
        self.on_harness(
            |c| c.run_pending_migrations(SQLITE).map(|v| v.iter().map(ToString::to_string).collect()),
            |c| c.run_pending_migrations(POSTGRES).map(|v| v.iter().map(ToString::to_string).collect()),
        )
    }

    /// Takes every step back: an empty database remains.
    ///
    /// # Errors
    /// When a step fails.
    pub fn revert_all(&self) -> Result<(), MigrationError> {
        self.on_harness(
            |c| c.revert_all_migrations(SQLITE).map(|_| ()),
            |c| c.revert_all_migrations(POSTGRES).map(|_| ()),
        )
    }

    /// Whether steps are waiting.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn needs_migration(&self) -> Result<bool, MigrationError> {
        self.on_harness(|c| c.has_pending_migration(SQLITE), |c| c.has_pending_migration(POSTGRES))
    }

    /// Whether no step was ever taken: the database is there and has no table of ours.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn is_bare(&self) -> Result<bool, MigrationError> {
        Ok(self.steps_taken()?.is_empty())
    }

    /// The numbers of the steps taken, in order; none where there is no table of ours. Only asks: a database of
    /// something else stays as it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn steps_taken(&self) -> Result<Vec<String>, MigrationError> {
        const STEPS: &str = "SELECT version AS word FROM __diesel_schema_migrations ORDER BY version";
        let there = "SELECT name AS word FROM sqlite_master WHERE name = '__diesel_schema_migrations'";
        let there_on_postgres = "SELECT tablename::text AS word FROM pg_catalog.pg_tables \
             WHERE tablename = '__diesel_schema_migrations' AND schemaname = ANY (current_schemas(false))";
        let words = |rows: Vec<Word>| rows.into_iter().map(|row| row.word).collect::<Vec<String>>();
        self.on_harness(
            |c| match sql_query(there).load::<Word>(c)?.is_empty() {
                true => Ok(vec![]),
                false => Ok(words(sql_query(STEPS).load(c)?)),
            },
            |c| match sql_query(there_on_postgres).load::<Word>(c)?.is_empty() {
                true => Ok(vec![]),
                false => Ok(words(sql_query(STEPS).load(c)?)),
            },
        )
    }

    /// The steps taken that this program does not know: a newer one has been here.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn newer_steps(&self) -> Result<Vec<String>, MigrationError> {
        let steps: Vec<Box<dyn Migration<Sqlite>>> =
            SQLITE.migrations().map_err(|e| MigrationError(e.to_string()))?;
        let known: Vec<String> = steps.iter().map(|step| step.name().version().to_string()).collect();
        let mut taken = self.steps_taken()?;
        taken.retain(|step| !known.contains(step));
        Ok(taken)
    }

    fn on_harness<T>(
        &self,
        sqlite: impl FnOnce(&mut diesel::SqliteConnection) -> diesel::migration::Result<T>,
        postgres: impl FnOnce(&mut diesel::PgConnection) -> diesel::migration::Result<T>,
    ) -> Result<T, MigrationError> {
        let mut conn = self.writing().get().map_err(|e| MigrationError(e.to_string()))?;
        match &mut *conn {
            Conn::Sqlite(c) => sqlite(c),
            Conn::Postgres(c) => postgres(c),
        }
        .map_err(|e| MigrationError(e.to_string()))
    }
}
