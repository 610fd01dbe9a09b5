//! Documents brought to reports before they had one table: carried over with their bytes and links, told apart by who brought them,
//! and carried back.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
use tonghop::db::{Db, DbError};
use tonghop::on_each;

use super::agreement::{sql, steps};
use super::append_only::{ROWS, run};
use crate::support::database::TestDatabase;

const STEP: &str = "0047_brought_documents";

/// Somebody of another unit, two plans of the unit and four reports in prose: brought by the unit, for it, and written each way.
fn saved(folder: &str) -> String {
    let bytes = |hex: &str| match folder {
        "sqlite" => format!("X'{hex}'"),
        _ => format!("'\\x{hex}'"),
    };
    let at = "'2025-02-01 00:00:00'";
    let plan = |id: i64, name: &str, behalf: &str, applied: &str| {
        format!(
            "INSERT INTO unit_plans (id, report_id, file_name, kind, size, sha256, text, doc_number, doc_symbol, doc_date, version,
               kept_json, membership_id, adder_name, adder_title, uploaded_at, on_behalf, applied_by, applied_at, applied_version,
               applied_revision)
             VALUES ({id}, 1, '{name}', 'txt', 3, 's{id}', 't', '4', 'KH', '2025-01-02', 2, '{{}}', 1, 'n', 't', {at}, {behalf}, {applied});"
        )
    };
    let prose = |id: i64, name: &str, by: i64, applied: &str| {
        format!(
            "INSERT INTO prose_uploads (id, report_id, file_name, kind, size, sha256, text, version, kept_json, membership_id,
               adder_name, adder_title, uploaded_at, applied_by, applied_at, applied_version)
             VALUES ({id}, 1, '{name}', 'txt', 3, 's{id}', 't', 3, '{{}}', {by}, 'n', 't', {at}, {applied});"
        )
    };
    let used = format!("1, {at}, 5, 1");
    [
        "INSERT INTO units (id, uid, code) VALUES (2, 'u2', 'u2');".to_owned(),
        "INSERT INTO memberships (id, person_id, unit_id, role, title) VALUES (2, 1, 2, 'compiler', 't');".to_owned(),
        plan(3, "p3", "FALSE", &used),
        plan(7, "p7", "TRUE", "NULL, NULL, NULL, NULL"),
        prose(1, "a", 1, "NULL, NULL, NULL"),
        prose(2, "b", 2, "NULL, NULL, NULL"),
        prose(4, "c", 2, &format!("2, {at}, 8")),
        prose(5, "d", 2, &format!("1, {at}, 9")),
        format!("INSERT INTO unit_plan_blocks (unit_plan_id, number, bytes) VALUES (3, 0, {}), (3, 1, {});", bytes("01"), bytes("02")),
        format!("INSERT INTO prose_upload_blocks (upload_id, number, bytes) VALUES (4, 0, {});", bytes("0a")),
        "INSERT INTO unit_plan_links (unit_plan_id, task_id, position, clause_path, clause_text) VALUES (3, 1, 2, 'II.1', 'w');".to_owned(),
    ]
    .join("\n")
}

#[derive(Debug, PartialEq, QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = Text)]
    file_name: String,
    #[diesel(sql_type = Bool)]
    on_behalf: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    applied_by: Option<i64>,
    #[diesel(sql_type = Nullable<Integer>)]
    applied_version: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    applied_revision: Option<i32>,
}

#[derive(Debug, PartialEq, QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn numbers(db: &Db, select: &str) -> Vec<i64> {
    let rows: Vec<Number> = db
        .read(|conn| Ok::<_, DbError>(on_each!(conn, |c| diesel::sql_query(select).load(c))?))
        .unwrap_or_else(|e| panic!("{select}: {e}"));
    rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn documents_of_both_tables_stand_in_one_and_go_back() {
    let database = TestDatabase::bare();
    let (db, folder) = (database.open(), database.backend());
    for step in steps(folder).iter().filter(|step| step.as_str() < STEP) {
        run(&db, &sql(folder, step, "up.sql")).unwrap_or_else(|e| panic!("{step}: {e}"));
    }
    run(&db, ROWS).expect("rows");
    run(&db, &saved(folder)).expect("what was brought");
    run(&db, &sql(folder, STEP, "up.sql")).expect("the step");
    let all = || -> Vec<Row> {
        let rows = "SELECT id, what, file_name, on_behalf, applied_by, applied_version, applied_revision
                    FROM brought_documents ORDER BY id";
        db.read(|conn| Ok::<_, DbError>(on_each!(conn, |c| diesel::sql_query(rows).load(c))?))
            .expect("the rows")
    };
    let row = |id, what: &str, name: &str, on_behalf, applied: Option<(i64, i32)>, revision| Row {
        id,
        what: what.to_owned(),
        file_name: name.to_owned(),
        on_behalf,
        applied_by: applied.map(|(by, _)| by),
        applied_version: applied.map(|(_, version)| version),
        applied_revision: revision,
    };
    // Plans keep their numbers; reports in prose stand behind them. Whoever applied it last says for whom it was.
    let expected = [
        row(3, "plan", "p3", false, Some((1, 5)), Some(1)),
        row(7, "plan", "p7", true, None, None),
        row(8, "report", "a", false, None, None),
        row(9, "report", "b", true, None, None),
        row(11, "report", "c", true, Some((2, 8)), None),
        row(12, "report", "d", false, Some((1, 9)), None),
    ];
    assert_eq!(all(), expected);
    let blocks = "SELECT CAST(document_id * 100 + number * 10 + length(bytes) AS BIGINT) AS id FROM brought_blocks ORDER BY 1";
    assert_eq!(numbers(&db, blocks), [301, 311, 1101]);
    assert_eq!(
        numbers(
            &db,
            "SELECT document_id AS id FROM brought_links WHERE task_id = 1 AND clause_path = 'II.1'"
        ),
        [3]
    );
    // The next one takes a number nobody has.
    let next = "INSERT INTO brought_documents (report_id, what, file_name, kind, size, sha256, text, doc_number, doc_symbol, version,
          kept_json, membership_id, adder_name, adder_title, uploaded_at, on_behalf)
        VALUES (1, 'report', 'e', 'txt', 1, 's', 't', '', '', 1, '{}', 1, 'n', 't', '2025-02-02 00:00:00', FALSE)";
    run(&db, next).expect("another");
    assert_eq!(numbers(&db, "SELECT id FROM brought_documents WHERE file_name = 'e'"), [13]);
    for bad in [
        "UPDATE brought_documents SET applied_at = NULL WHERE id = 3",
        "UPDATE brought_documents SET applied_revision = NULL WHERE id = 3",
        "UPDATE brought_documents SET applied_revision = 1 WHERE id = 8",
        "UPDATE brought_documents SET what = 'letter' WHERE id = 8",
    ] {
        run(&db, bad).expect_err(bad);
    }
    // And back: each in its own table, with its bytes and links.
    run(&db, &sql(folder, STEP, "down.sql")).expect("the step back");
    assert_eq!(numbers(&db, "SELECT id FROM unit_plans ORDER BY id"), [3, 7]);
    assert_eq!(numbers(&db, "SELECT id FROM prose_uploads ORDER BY id"), [8, 9, 11, 12, 13]);
    assert_eq!(numbers(&db, "SELECT unit_plan_id AS id FROM unit_plan_blocks"), [3, 3]);
    assert_eq!(numbers(&db, "SELECT upload_id AS id FROM prose_upload_blocks"), [11]);
    assert_eq!(numbers(&db, "SELECT unit_plan_id AS id FROM unit_plan_links"), [3]);
    let plan = "INSERT INTO unit_plans (report_id, file_name, kind, size, sha256, text, doc_number, doc_symbol, version, kept_json,
          membership_id, adder_name, adder_title, uploaded_at, on_behalf)
        VALUES (1, 'f', 'txt', 1, 's', 't', '', '', 1, '{}', 1, 'n', 't', '2025-02-02 00:00:00', FALSE)";
    run(&db, plan).expect("another plan");
    run(&db, &sql(folder, STEP, "up.sql")).expect("the step once more");
    assert_eq!(all().len(), 8);
}
