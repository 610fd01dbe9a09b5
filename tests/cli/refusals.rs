//! What the commands refuse, in one plain line and with an exit code.

use super::{said, tonghop};
use crate::support::app::TempDir;
use crate::support::database::TestDatabase;

#[test]
fn a_database_that_is_not_there_is_named_and_not_made() {
    let folder = TempDir::new();
    let path = folder.0.join("none.db");
    let url = format!("sqlite://{}", path.display());
    for args in
        [vec!["serve", "--database-url", &url], vec!["user", "disable", "--database-url", &url, "a.b"]]
    {
        let output = tonghop(&args, "");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(said(&output).contains("tonghop migrate"), "{}", said(&output));
        assert!(!path.exists());
    }
}

#[test]
fn an_address_of_another_form_says_which_forms_there_are() {
    let output = tonghop(&["migrate", "--database-url", "mysql://somewhere"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("sqlite:///path or postgres://"), "{}", said(&output));
}

#[test]
fn wrong_usage_is_another_exit_code() {
    assert_eq!(tonghop(&["serve", "--no-such-flag"], "").status.code(), Some(2));
    assert_eq!(tonghop(&["no-such-command"], "").status.code(), Some(2));
}

#[test]
fn the_demo_is_never_offered_to_other_machines() {
    let folder = TempDir::new();
    let data = folder.0.display().to_string();
    let output = tonghop(&["demo", "--data", &data, "--listen", "0.0.0.0:0"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("other machines"), "{}", said(&output));
    let database = TestDatabase::demo();
    let served = tonghop(
        &["serve", "--database-url", &database.url(), "--listen", "0.0.0.0:0", "--insecure-http"],
        "",
    );
    assert_eq!(served.status.code(), Some(1));
    assert!(said(&served).contains("holds the demo"), "{}", said(&served));
}

#[test]
fn reset_throws_nothing_away_but_a_demo() {
    let database = TestDatabase::empty();
    let db = database.open();
    db.write(|conn| {
        use diesel::connection::SimpleConnection;
        let unit = "INSERT INTO units (uid, code) VALUES ('u', 'real')";
        tonghop::on_each!(conn, |c| c.batch_execute(unit))?;
        Ok::<_, tonghop::error::Error>(())
    })
    .expect("a real unit");
    for args in [vec!["demo", "--reset"], vec!["demo"]] {
        let mut args = args;
        let url = database.url();
        args.extend(["--database-url", &url, "--listen", "127.0.0.1:0"]);
        let output = tonghop(&args, "");
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(said(&output).contains("not the demo's"), "{}", said(&output));
    }
    assert!(!tonghop::demo::is_empty(&db).expect("an answer"));
}

#[test]
fn ways_to_be_reached_exclude_each_other() {
    let pairs =
        [["--behind-proxy", "--insecure-http"], ["--behind-proxy", "--tls"], ["--tls", "--insecure-http"]];
    for pair in pairs {
        let mut args = vec!["serve"];
        args.extend(pair);
        assert_eq!(tonghop(&args, "").status.code(), Some(2), "{pair:?}");
    }
    assert_eq!(
        tonghop(&["serve", "--tls-cert", "x.pem"], "").status.code(),
        Some(2),
        "a certificate needs its key"
    );
    let output = tonghop(&["serve", "--tls-cert", "/no/such.pem", "--tls-key", "/no/such.pem"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("/no/such.pem"), "{}", said(&output));
}

#[test]
fn a_schema_behind_the_program_is_not_served() {
    let database = TestDatabase::bare();
    drop(database.open());
    let output = tonghop(&["serve", "--database-url", &database.url(), "--listen", "127.0.0.1:0"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("tonghop migrate"), "{}", said(&output));
}
