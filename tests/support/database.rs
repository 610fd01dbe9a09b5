//! One database per test: a SQLite file in a temporary folder, or a database of its own on the PostgreSQL
//! that `TONGHOP_TEST_DATABASE_URL` names. The schema is created and the demo loaded once; tests get copies.

use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tonghop::db::{Db, Target};

use super::app::TempDir;

/// What a template holds.
#[derive(Clone, Copy)]
enum Content {
    Schema,
    Demo,
}

impl Content {
    fn name(self) -> &'static str {
        match self {
            Content::Schema => "schema",
            Content::Demo => "demo",
        }
    }
}

/// A database that lives as long as its test.
pub struct TestDatabase {
    target: Target,
    _folder: Option<TempDir>,
}

/// The PostgreSQL to test on, when there is one. `TONGHOP_TEST_BACKEND=postgres` without it is a mistake.
fn server_url() -> Option<String> {
    let url = std::env::var("TONGHOP_TEST_DATABASE_URL").ok();
    let wanted = std::env::var("TONGHOP_TEST_BACKEND").ok();
    assert!(
        wanted.as_deref() != Some("postgres") || url.is_some(),
        "TONGHOP_TEST_BACKEND is postgres but TONGHOP_TEST_DATABASE_URL is not set"
    );
    url
}

impl TestDatabase {
    /// Migrated, without data.
    pub fn empty() -> Self {
        Self::create(Some(template(Content::Schema)))
    }

    /// Without a schema.
    pub fn bare() -> Self {
        Self::create(None)
    }

    /// A copy of the demo, which is loaded at most once per build of the tests.
    pub fn demo() -> Self {
        Self::create(Some(template(Content::Demo)))
    }

    pub fn open(&self) -> Db {
        Db::open(self.target.clone(), 8).expect("the test database opens")
    }

    pub fn url(&self) -> String {
        match &self.target {
            Target::Sqlite { path, .. } => format!("sqlite://{path}"),
            Target::Postgres { url } => url.clone(),
        }
    }

    pub fn backend(&self) -> &'static str {
        match self.target {
            Target::Sqlite { .. } => "sqlite",
            Target::Postgres { .. } => "postgres",
        }
    }

    fn create(template: Option<String>) -> Self {
        let name = format!("tonghop_{}", uuid::Uuid::now_v7().simple());
        if let Some(server) = server_url() {
            let from = template.map(|t| format!(" TEMPLATE {t}")).unwrap_or_default();
            on_server(&server, &format!("CREATE DATABASE {name}{from}"));
            return TestDatabase {
                target: Target::Postgres { url: with_name(&server, &name) },
                _folder: None,
            };
        }
        let folder = TempDir::new();
        let path = folder.0.join("test.db");
        if let Some(template) = template {
            std::fs::copy(template, &path).expect("the demo is copied");
        }
        let path = path.to_string_lossy().into_owned();
        TestDatabase { target: Target::Sqlite { path, create: true }, _folder: Some(folder) }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let (Target::Postgres { url }, Some(server)) = (&self.target, server_url()) {
            let name = url.rsplit('/').next().unwrap_or_default();
            on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn on_server(server: &str, sql: &str) {
    let mut conn = PgConnection::establish(server).expect("the test server answers");
    conn.batch_execute(sql).expect("the test server obeys");
}

fn with_name(server: &str, name: &str) -> String {
    let cut = server.rfind('/').expect("an address with a database name");
    format!("{}/{name}", &server[..cut])
}

/// The template with this content: a file, or a database's name. Made under a lock, once per build of this program.
fn template(content: Content) -> String {
    let kind = content.name();
    let exe = std::env::current_exe().expect("this program");
    let meta = std::fs::metadata(&exe).expect("its metadata");
    let age = meta.modified().expect("its time").duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let mark = format!("{:x}_{:x}", meta.len(), age.as_nanos());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let lock = std::fs::File::create(folder.join(format!("{kind}.lock"))).expect("a lock file");
    lock.lock().expect("the lock");
    match server_url() {
        None => {
            let path = folder.join(format!("{kind}_{mark}.db"));
            if !path.exists() {
                for old in std::fs::read_dir(&folder).expect("the folder").flatten() {
                    if old.file_name().to_string_lossy().starts_with(&format!("{kind}_")) {
                        drop(std::fs::remove_file(old.path()));
                    }
                }
                let making = folder.join(format!("making_{kind}_{mark}.db"));
                drop(std::fs::remove_file(&making));
                fill(Target::Sqlite { path: making.to_string_lossy().into_owned(), create: true }, content);
                std::fs::rename(&making, &path).expect("the template is kept");
            }
            path.to_string_lossy().into_owned()
        }
        Some(server) => {
            let name = format!("{kind}_{mark}");
            let kept = folder.join(format!("{name}_{:x}.pg", fnv(&server)));
            if !kept.exists() {
                on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                on_server(&server, &format!("CREATE DATABASE {name}"));
                fill(Target::Postgres { url: with_name(&server, &name) }, content);
                std::fs::write(&kept, "").expect("a mark");
            }
            name
        }
    }
}

/// Fills a template and closes every connection; on SQLite the write-ahead log is folded into the file.
fn fill(target: Target, content: Content) {
    let db = Db::open(target.clone(), 1).expect("the template opens");
    db.migrate().expect("the schema is created");
    if let Content::Demo = content {
        tonghop::demo::load(&db).expect("the demo loads");
    }
    drop(db);
    if let Target::Sqlite { path, .. } = target {
        let mut conn = diesel::SqliteConnection::establish(&path).expect("the template opens again");
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;").expect("folded");
    }
}

/// Tells one test server from another in a file's name.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
