//! What the commands keep from harm: data under a running server, an installation that is not a demo, files that are
//! not workbooks, databases a newer program has changed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use diesel::connection::SimpleConnection;
use tonghop::on_each;

use super::{said, tonghop};
use crate::support::app::TempDir;
use crate::support::database::TestDatabase;

/// `tonghop demo` in a folder, stopped with its test.
struct Demo(Child);

impl Demo {
    fn start(data: &str) -> Demo {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TONGHOP_")) {
            command.env_remove(name);
        }
        let command = command.args(["demo", "--data", data, "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let open = lines.by_ref().map(|line| line.expect("text")).any(|line| line.contains("Open http"));
        assert!(open, "it says where it serves");
        Demo(child)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_reset_takes_nothing_from_under_a_running_demo() {
    let folder = TempDir::new();
    let data = folder.0.display().to_string();
    let running = Demo::start(&data);
    let url = format!("sqlite://{}", folder.0.join("tonghop-demo.db").display());
    let before = std::fs::metadata(folder.0.join("tonghop-demo.db")).expect("a file").len();
    for args in [
        vec!["demo", "--data", &data, "--listen", "127.0.0.1:0", "--reset"],
        vec!["demo", "--data", &data, "--listen", "127.0.0.1:0"],
        vec!["serve", "--database-url", &url, "--listen", "127.0.0.1:0"],
    ] {
        let output = tonghop(&args, "");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(said(&output).contains("another server is running"), "{}", said(&output));
    }
    assert_eq!(std::fs::metadata(folder.0.join("tonghop-demo.db")).expect("a file").len(), before);
    // The commands beside a server go on working, and a server that was killed leaves nothing locked.
    let known = tonghop(&["user", "disable", "--database-url", &url, "nobody"], "");
    assert!(said(&known).contains("there is no account nobody"), "{}", said(&known));
    drop(running);
    drop(Demo::start(&data));
}

#[test]
fn the_demo_does_not_move_into_an_installation_that_waits_for_its_first_run() {
    let database = TestDatabase::empty();
    let db = database.open();
    let before = db.steps_taken().expect("steps");
    for more in [vec![], vec!["--reset"]] {
        let url = database.url();
        let mut args = vec!["demo", "--database-url", &url, "--listen", "127.0.0.1:0"];
        args.extend(more);
        let output = tonghop(&args, "");
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("not set up yet, not the demo's"), "{}", said(&output));
    }
    assert!(tonghop::demo::is_empty(&db).expect("an answer"));
    assert_eq!(db.steps_taken().expect("steps"), before);
}

#[test]
fn a_real_database_is_refused_before_it_is_migrated() {
    let database = TestDatabase::empty();
    let db = database.open();
    db.write(|conn| {
        let older = "INSERT INTO units (uid, code) VALUES ('u', 'real'); \
                     DELETE FROM __diesel_schema_migrations WHERE version = '0019'";
        on_each!(conn, |c| c.batch_execute(older))?;
        Ok::<_, tonghop::error::Error>(())
    })
    .expect("a real unit, one step behind");
    let before = db.steps_taken().expect("steps");
    let output = tonghop(&["demo", "--database-url", &database.url(), "--listen", "127.0.0.1:0"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("not the demo's"), "{}", said(&output));
    assert_eq!(db.steps_taken().expect("steps"), before, "nothing was done to it");
}

#[test]
fn a_database_of_a_newer_program_is_left_alone_by_every_command() {
    let database = TestDatabase::demo();
    let db = database.open();
    db.write(|conn| {
        let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
        on_each!(conn, |c| c.batch_execute(newer))?;
        Ok::<_, tonghop::error::Error>(())
    })
    .expect("a step this program does not know");
    assert_eq!(db.newer_steps().expect("steps"), ["9999"]);
    let url = database.url();
    for args in [
        vec!["serve", "--listen", "127.0.0.1:0", "--database-url", &url],
        vec!["demo", "--listen", "127.0.0.1:0", "--database-url", &url],
        vec!["demo", "--reset", "--listen", "127.0.0.1:0", "--database-url", &url],
        vec!["migrate", "--database-url", &url],
        vec![
            "export",
            "--regime",
            "bac-giang",
            "--period",
            "2025-H1",
            "--out",
            "x.xlsx",
            "--database-url",
            &url,
        ],
        vec!["user", "disable", "--database-url", &url, "canbo.khcn.bacgiang"],
    ] {
        let output = tonghop(&args, "");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(said(&output).contains("newer program (step 9999)"), "{args:?}: {}", said(&output));
    }
    assert!(TestDatabase::bare().open().steps_taken().expect("an answer").is_empty());
}

#[test]
fn an_export_replaces_nothing_but_a_workbook() {
    let (database, folder) = (TestDatabase::demo(), TempDir::new());
    let url = database.url();
    let letter = folder.0.join("letter.txt");
    std::fs::write(&letter, "Kính gửi").expect("a file");
    let link = folder.0.join("link.xlsx");
    std::os::unix::fs::symlink(&letter, &link).expect("a link");
    for out in [letter.clone(), link.clone(), folder.0.clone(), "/dev/null".into()] {
        let out = out.display().to_string();
        let args = ["--regime", "bac-giang", "--period", "2024-Y", "--database-url", &url, "--out", &out];
        let output = tonghop(&[&["export"], &args[..]].concat(), "");
        assert_eq!(output.status.code(), Some(1), "{out}");
        assert!(said(&output).contains("choose another name"), "{}", said(&output));
    }
    assert_eq!(std::fs::read_to_string(&letter).expect("the letter"), "Kính gửi");
    assert!(std::fs::symlink_metadata(&link).expect("the link").is_symlink());
    let twice = folder.0.join("twice.xlsx").display().to_string();
    for _ in 0..2 {
        let args = ["--regime", "bac-giang", "--period", "2024-Y", "--database-url", &url, "--out", &twice];
        let output = tonghop(&[&["export"], &args[..]].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
}

#[test]
fn a_setting_outside_its_range_is_wrong_usage() {
    for (command, flag, values) in [
        ("serve", "--database-connections", &["0", "201", "4294967295", "-1"][..]),
        ("serve", "--session-idle-minutes", &["0", "-5", "1441", "9223372036854775807"]),
        ("serve", "--session-hours", &["0", "-1", "169", "9223372036854775807"]),
        ("demo", "--password-slots", &["0", "65", "18446744073709551615"]),
    ] {
        for value in values {
            let output = tonghop(&[command, &format!("{flag}={value}")], "");
            assert_eq!(output.status.code(), Some(2), "{flag}={value}: {}", said(&output));
        }
    }
}

#[test]
fn an_address_that_keeps_nothing_or_says_a_password_is_refused_without_repeating_it() {
    for (url, words) in [
        ("sqlite://:memory:", "keeps nothing"),
        ("sqlite://file:x?mode=memory", "keeps nothing"),
        ("postgress://boss:geheim@host/db", "it begins with postgress://"),
        ("boss:geheim@host/db", "write sqlite:///path"),
        ("geheim@host://x", "write sqlite:///path"),
    ] {
        let output = tonghop(&["migrate", "--database-url", url], "");
        assert_eq!(output.status.code(), Some(1), "{url}");
        assert!(said(&output).contains(words) && !said(&output).contains("geheim"), "{}", said(&output));
    }
}
