//! A real server over a real database, one per test, on a free port; taken down when the test ends.
//! Stands between the tests and the program: a test names a person and gets a client signed in as them.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;

use actix_web::dev::ServerHandle;
use actix_web::web;
use chrono::{NaiveDate, TimeDelta};
use tonghop::attachments::Limits;
use tonghop::calendar::Clock;
use tonghop::cli::serve::server;
use tonghop::db::Db;
use tonghop::people::Passwords;
use tonghop::people::session::Lifetimes;
use tonghop::web::AppState;

use super::client::Client;
use super::database::TestDatabase;

/// The day of the demo.
pub fn demo_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day")
}

/// One running server with its own database.
pub struct TestApp {
    pub db: Db,
    pub base: String,
    handle: ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
    database: TestDatabase,
}

impl TestApp {
    /// Over an empty, migrated database.
    pub fn empty() -> Self {
        Self::over(TestDatabase::empty(), demo_day())
    }

    /// Over an empty, migrated database, on another day.
    pub fn empty_on(day: NaiveDate) -> Self {
        Self::over(TestDatabase::empty(), day)
    }

    /// Over a fresh copy of the demo, on the demo's day.
    pub fn demo() -> Self {
        Self::demo_on(demo_day())
    }

    /// Over a fresh copy of the demo, on another day.
    pub fn demo_on(day: NaiveDate) -> Self {
        Self::over(TestDatabase::demo(), day)
    }

    fn over(database: TestDatabase, day: NaiveDate) -> Self {
        let db = database.open();
        let state = web::Data::new(AppState {
            db: db.clone(),
            clock: Clock::fixed(day),
            passwords: Passwords::new(1),
            lifetimes: Lifetimes {
                idle: TimeDelta::minutes(120),
                absolute: TimeDelta::hours(12),
                invitation: TimeDelta::days(14),
            },
            attachments: Limits { largest: 3 << 20, quota: 8 << 20 },
            secure_cookies: false,
            set_up: AtomicBool::new(false),
            mail: tonghop::mail::Settings::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server(state, listener, None).expect("the server starts");
                tell.send(server.handle()).expect("the test waits");
                server.await.expect("the server ends well");
            });
        });
        let handle = told.recv().expect("the server's handle");
        TestApp { db, base, handle, thread: Some(thread), database }
    }

    /// A client signed in with the demo password.
    pub fn client(&self, username: &str) -> Client {
        Client::sign_in(&self.base, username, "tonghop-demo")
    }

    /// A client without a session.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.base)
    }

    /// The address of its database, for the command line.
    pub fn database_url(&self) -> String {
        self.database.url()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        actix_web::rt::System::new().block_on(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// A folder of this test's own, removed with it.
pub struct TempDir(pub PathBuf);

impl TempDir {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("tonghop-test-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        TempDir(path)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
