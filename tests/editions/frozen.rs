//! What is frozen stays frozen: in the database by trigger, in the text by its SHA-256, in the files as bytes; and the
//! command line hands out the same bytes as the pages.

use std::process::Command;

use diesel::prelude::*;
use tonghop::audit::sha256_hex;
use tonghop::consolidation::content::EditionContent;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, edition_files, edition_sources, editions};

use super::{approve, make, period_id, workbook};
use crate::support::app::{TempDir, TestApp};

#[test]
fn an_edition_is_hashed_sourced_audited_and_never_changed() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2024-Y");
    let edition = make(&app.client("tonghop.catinh.bacgiang"), id);
    let row: i64 = edition.rsplit('/').next().unwrap().parse().unwrap();
    let frozen = || {
        let query =
            editions::table.find(row).select((editions::content_json, editions::sha256, editions::status));
        app.db.read(|conn| query.first::<(String, String, String)>(conn).map_err(DbError::from)).unwrap()
    };
    let (text, sha256, status) = frozen();
    assert_eq!(status, "draft");
    assert_eq!(sha256_hex(text.as_bytes()), sha256);
    let content = EditionContent::from_canonical(&text).unwrap();
    assert_eq!(content.canonical().unwrap(), text, "reading and writing again gives the same text");

    let sources: Vec<Option<i64>> = app
        .db
        .read(|conn| {
            let query = edition_sources::table.filter(edition_sources::edition_id.eq(row));
            query.select(edition_sources::revision_id).load(conn).map_err(DbError::from)
        })
        .unwrap();
    // 22 received, one nil, one exempt.
    assert_eq!((sources.len(), sources.iter().flatten().count()), (24, 22));

    approve(&app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    let after = frozen();
    assert_eq!((after.0, after.1, after.2.as_str()), (text, sha256, "approved"));
    let steps: Vec<String> = app
        .db
        .read(|conn| {
            let query = audit_log::table
                .filter(audit_log::subject_kind.eq("edition"))
                .filter(audit_log::subject_id.eq(row));
            query.order(audit_log::id).select(audit_log::action).load(conn).map_err(DbError::from)
        })
        .unwrap();
    assert_eq!(steps, ["edition.make", "edition.approve"]);

    let tamper = |what: &str| {
        app.db
            .write(|conn| {
                match what {
                    "content" => diesel::update(editions::table.find(row))
                        .set(editions::content_json.eq("{}"))
                        .execute(conn),
                    "files" => diesel::delete(edition_files::table).execute(conn),
                    "sources" => diesel::delete(edition_sources::table).execute(conn),
                    _ => diesel::delete(editions::table.find(row)).execute(conn),
                }
                .map_err(DbError::from)
            })
            .is_err()
    };
    for what in ["content", "files", "sources", "edition"] {
        assert!(tamper(what), "{what} could be changed on {}", app.db.backend());
    }
}

#[test]
fn the_command_line_exports_the_kept_bytes() {
    let app = TestApp::demo();
    let folder = TempDir::new();
    let out = folder.0.join("out.xlsx");
    let export = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tonghop"));
        command.args(["export", "--database-url", &app.database_url(), "--regime", "bac-giang", "--out"]);
        let run = command.arg(&out).args(arguments).output().unwrap();
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    let (code, said) = export(&["--period", "2025-H1"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("has no edition yet"), "{said}");
    assert!(!out.exists());

    let compiler = app.client("tonghop.catinh.bacgiang");
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    assert_eq!(export(&["--period", "2025-H1"]).0, Some(0), "a draft where nothing is approved");
    let draft = std::fs::read(&out).unwrap();
    approve(&app, &app.client("lanhdao.catinh.bacgiang"), &edition);
    for copy in ["ministry", "internal"] {
        assert_eq!(export(&["--period", "2025-H1", "--copy", copy]).0, Some(0));
        let written = std::fs::read(&out).unwrap();
        assert!(written == workbook(&compiler, &edition, copy), "{copy}");
        assert!(written != draft);
    }
    for (arguments, reason) in [
        (&["--period", "2025-H1", "--edition", "7"][..], "has no edition 7, only 1"),
        (&["--period", "1999-Y"][..], "there is no period 1999-Y"),
        (&["--period", "2025-H1", "--copy", "mine"][..], "invalid value 'mine'"),
    ] {
        let (code, said) = export(arguments);
        assert!(code != Some(0) && said.contains(reason), "{arguments:?}: {said}");
    }
    let kept = std::fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(kept, 1, "no half-written file is left behind");
}
