//! What the database fails at by itself counts against no file: an innocent one is never set aside for it.

use diesel::connection::SimpleConnection;
use tonghop::db::{Conn, DbError};
use tonghop::drops::FileState;
use tonghop::on_each;

use super::{COMPILER, TestApp, books, dropped, files, fill, press, run};

/// Makes every sending fail as if a rival held a lock.
fn broken(app: &TestApp) {
    let sql = match app.db.backend() {
        "sqlite" => {
            "CREATE TRIGGER busy BEFORE INSERT ON revisions BEGIN SELECT RAISE(ABORT, 'database is locked'); END;"
        }
        _ => {
            "CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '40001'; END $$;
             CREATE TRIGGER busy BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION busy();"
        }
    };
    change(app, sql);
}

fn mended(app: &TestApp) {
    let sql = match app.db.backend() {
        "sqlite" => "DROP TRIGGER busy;",
        _ => "DROP TRIGGER busy ON revisions; DROP FUNCTION busy();",
    };
    change(app, sql);
}

fn change(app: &TestApp, sql: &str) {
    app.db
        .write(|conn: &mut Conn| on_each!(conn, |c| c.batch_execute(sql)).map_err(DbError::from))
        .expect("a step of the schema");
}

#[test]
fn a_lock_counts_against_no_file() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    fill(&mut all);
    let drop = dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes), ("b.xlsx", &all[1].bytes)]);
    let compiler = app.client(COMPILER);
    broken(&app);
    // More often than a file may be begun with; each press takes the waiting job up at once.
    for press_number in 0..4 {
        press(&compiler, drop);
        run(&app);
        let found: Vec<(FileState, i32)> =
            files(&app, drop).iter().map(|file| (file.state(), file.tries)).collect();
        assert_eq!(found, [(FileState::Applying, 0); 2], "press {press_number}");
    }
    mended(&app);
    press(&compiler, drop);
    run(&app);
    assert!(files(&app, drop).iter().all(|file| file.state() == FileState::Applied));
}
