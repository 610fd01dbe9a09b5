//! Rows written for good: on each table of the list below, UPDATE and DELETE are refused by the database itself.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tonghop::db::{Db, DbError};
use tonghop::on_each;

use crate::support::database::TestDatabase;

/// Table and one of its columns. The list is by hand: a table that loses its triggers is missed here.
const APPEND_ONLY: [(&str, &str); 33] = [
    ("audit_log", "action"),
    ("obligation_decisions", "reason"),
    ("revisions", "sender_name"),
    ("revision_figures", "note"),
    ("revision_sections", "body"),
    ("revision_rows", "cells_json"),
    ("revision_task_results", "body"),
    ("revision_papers", "signatory_name"),
    ("revision_frames", "frame_json"),
    ("report_transitions", "reason"),
    ("remarks", "body"),
    ("revision_remark_answers", "answer"),
    ("editions", "content_json"),
    ("edition_sources", "edition_id"),
    ("edition_files", "file_name"),
    ("edition_dispatches", "recipient"),
    ("edition_dispatch_strikes", "reason"),
    ("edition_returns", "leader_name"),
    ("edition_papers", "file_name"),
    ("edition_dispatch_papers", "file_name"),
    ("behalf_revisions", "arrived_number"),
    ("self_receipts", "membership_id"),
    ("consolidated_revisions", "edition_id"),
    ("hand_overs", "content_json"),
    ("files", "file_name"),
    ("file_blocks", "number"),
    ("revision_files", "purpose"),
    ("group_openings", "reason"),
    ("paper_recipients", "names"),
    ("recipient_forms", "name"),
    ("recipient_form_blocks", "number"),
    ("recipient_form_bindings", "name"),
    ("recipient_form_uses", "used_at"),
];

/// One row in every table of the list, and what those rows stand on.
pub const ROWS: &str = "
INSERT INTO unit_kinds (code, name, heading, position) VALUES ('k', 'k', 'k', 1);
INSERT INTO units (id, uid, code) VALUES (1, 'u', 'u');
INSERT INTO people (id, uid, username, full_name, name_key, password_hash, must_change_password, created_at)
  VALUES (1, 'p', 'p', 'p', 'p', 'p', FALSE, '2025-01-01 00:00:00');
INSERT INTO memberships (id, person_id, unit_id, role, title) VALUES (1, 1, 1, 'officer', 't');
INSERT INTO plans (id, uid, province_id, issuer, kind, issued_year, subject, short_name, search_key)
  VALUES (1, 'pl', 1, 'i', 'k', 2025, 's', 's', 's');
INSERT INTO clauses (id, plan_id, position, label, path, title) VALUES (1, 1, 1, 'I', 'I', 't');
INSERT INTO tasks (id, uid, plan_id, clause_id, position, text, search_key) VALUES (1, 't', 1, 1, 1, 't', 't');
INSERT INTO indicator_groups (code, name, position, classified) VALUES ('A', 'A', 1, FALSE);
INSERT INTO indicators (id, uid, code, group_code, name, search_key, measure_unit, value_type, scale,
  display_exponent, unit_rule, level_rule, period_rule, position)
  VALUES (1, 'i', 'A01', 'A', 'a', 'a', 'a', 'int', 0, 0, 'sum', 'sum', 'flow', 1);
INSERT INTO regimes (id, uid, code, name, province_id, collector_id, addressee, kind, rolling, paper_rule, leader_step)
  VALUES (1, 'r', 'r', 'r', 1, 1, 'a', 'report', FALSE, 'none', FALSE);
INSERT INTO forms (id, uid, regime_id, code, version, name) VALUES (1, 'f', 1, 'f', 1, 'f');
INSERT INTO periods (id, uid, regime_id, code, label, cycle, year, due_rule, due_basis, reference_on, opened_at)
  VALUES (1, 'pe', 1, 'c', 'l', 'Y', 2025, 'undated', '', '2025-01-01', '2025-01-01 00:00:00');
INSERT INTO obligations (id, uid, period_id, unit_id, part, collector_id, form_id, kind, mode, due_rule, standing)
  VALUES (1, 'o', 1, 1, 'own', 1, 1, 'report', 'assign', 'undated', 'owed');
INSERT INTO reports (id, obligation_id, state) VALUES (1, 1, 'received');
INSERT INTO editions (id, uid, period_id, collector_id, number, status, content_json, sha256, created_at, created_by,
  created_by_name, created_by_title)
  VALUES (1, 'e', 1, 1, 1, 'draft', '{}', '', '2025-01-01 00:00:00', 1, 'n', 't');
";

const PARTS: &str = "
INSERT INTO obligation_decisions (obligation_id, kind, reason, membership_id, actor_name, actor_title, decided_at)
  VALUES (1, 'exempt', 'r', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO revision_figures (revision_id, indicator_id, state, value, counts, estimate, qualifier, note, as_typed)
  VALUES (1, 1, 'value', 1, TRUE, FALSE, 'exact', '', '1');
INSERT INTO revision_sections (revision_id, section_code, position, label, title, body)
  VALUES (1, 'I', 1, 'I', 't', 'b');
INSERT INTO revision_rows (revision_id, list_code, position, cells_json) VALUES (1, 'l', 1, '{}');
INSERT INTO revision_task_results (revision_id, task_id, position, plan, clause, text, status, body)
  VALUES (1, 1, 1, 'p', 'I', 't', 'done', 'b');
INSERT INTO revision_papers (revision_id, number, doc_number, doc_symbol, doc_date, signatory_capacity, signatory_title,
  signatory_name, membership_id, recorder_name, recorder_title, recorded_at)
  VALUES (1, 1, '1', 's', '2025-01-01', 'c', 't', 'n', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO revision_frames (revision_id, frame_json) VALUES (1, '{}');
INSERT INTO report_transitions (report_id, step, from_state, to_state, membership_id, actor_name, actor_title, at)
  VALUES (1, 'send', 'draft', 'sent', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO group_openings (regime_id, group_code, opened, reason, membership_id, actor_name, actor_title, decided_at)
  VALUES (1, 'A', TRUE, 'r', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO paper_recipients (regime_id, unit_id, names, drafter, membership_id, saved_at)
  VALUES (1, 1, 'n', 'd', 1, '2025-01-01 00:00:00');
INSERT INTO remarks (id, uid, revision_id, place, body, written_by, author_name, author_title, issued_at)
  VALUES (1, 'rm', 1, 'whole', 'b', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO revision_remark_answers (revision_id, remark_id, done, answer) VALUES (1, 1, TRUE, 'a');
INSERT INTO edition_sources (edition_id, obligation_id, revision_id) VALUES (1, 1, 1);
INSERT INTO edition_dispatches (id, edition_id, recipient, way, sent_at, doc_number, membership_id, recorder_name,
  recorder_title, recorded_at)
  VALUES (1, 1, 'r', 'axis', '2025-01-01 00:00:00', '1', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO edition_dispatch_strikes (dispatch_id, reason, membership_id, striker_name, striker_title, struck_at)
  VALUES (1, 'r', 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO edition_dispatch_papers (dispatch_id, signatory_capacity, signatory_title, signatory_name, file_name, bytes,
  sha256) SELECT 1, 'c', 't', 'n', file_name, bytes, sha256 FROM edition_papers;
INSERT INTO edition_returns (edition_id, membership_id, leader_name, leader_title, returned_at)
  VALUES (1, 1, 'n', 't', '2025-01-01 00:00:00');
INSERT INTO behalf_revisions (revision_id, arrived_number, arrived_on, membership_id, typist_name, typist_title)
  VALUES (1, '12', '2025-01-01', 1, 'n', 't');
INSERT INTO self_receipts (revision_id, membership_id, received_at) VALUES (1, 1, '2025-01-01 00:00:00');
INSERT INTO consolidated_revisions (revision_id, edition_id) VALUES (1, 1);
INSERT INTO hand_overs (person_id, successor_id, unit_id, effective_on, content_json, membership_id, actor_name,
  actor_title, decided_at)
  VALUES (1, 1, 1, '2025-01-01', '{}', 1, 'n', 't', '2025-01-01 00:00:00');
UPDATE files SET kind = 'pdf', size = 1, sha256 = 's', added_at = '2025-01-01 00:00:00';
INSERT INTO revision_files (revision_id, position, file_id, purpose, later) VALUES (1, 1, 1, 'evidence', FALSE);
INSERT INTO recipient_form_bindings (form_id, sheet, cell, name) VALUES (1, 's', 'A1', 'n');
INSERT INTO recipient_form_uses (form_id, edition_id, membership_id, used_at) VALUES (1, 1, 1, '2025-01-01 00:00:00');
";

/// Rows with bytes, which the two databases write differently.
pub fn with_bytes(backend: &str) -> String {
    let bytes = if backend == "sqlite" { "x'00'" } else { r"'\x00'::bytea" };
    format!(
        "INSERT INTO revisions (id, uid, report_id, number, form_id, doc_number, doc_symbol, signatory_capacity,
           signatory_title, signatory_name, sent_at, sent_by, sender_name, sender_title, days_late, canonical, sha256)
           VALUES (1, 're', 1, 1, 1, '', '', '', '', '', '2025-01-01 00:00:00', 1, 'n', 't', 0, {bytes}, 's');
         INSERT INTO edition_files (edition_id, copy, file_name, bytes, sha256) VALUES (1, 'ministry', 'f', {bytes}, 's');
         INSERT INTO edition_papers (edition_id, file_name, bytes, sha256) VALUES (1, 'f', {bytes}, 's');
         INSERT INTO audit_log (at, actor_name, actor_title, action, subject_kind, subject_label, canonical, sha256)
           VALUES ('2025-01-01 00:00:00', 'n', 't', 'a', 's', 'l', {bytes}, 's');
         INSERT INTO files (id, uid, unit_id, file_name, membership_id, adder_name, adder_title, begun_at)
           VALUES (1, 'fi', 1, 'f', 1, 'n', 't', '2025-01-01 00:00:00');
         INSERT INTO file_blocks (file_id, number, bytes) VALUES (1, 0, {bytes});
         INSERT INTO recipient_forms (id, province_id, name, recipient, file_name, size, sha256, membership_id, adder_name,
           adder_title, uploaded_at) VALUES (1, 1, 'n', 'r', 'f', 1, 's', 1, 'n', 't', '2025-01-01 00:00:00');
         INSERT INTO recipient_form_blocks (form_id, number, bytes) VALUES (1, 0, {bytes});"
    )
}

pub fn run(db: &Db, sql: &str) -> Result<(), DbError> {
    db.write(|conn| Ok(on_each!(conn, |c| c.batch_execute(sql))?))
}

#[test]
fn what_was_written_for_good_can_be_neither_changed_nor_removed() {
    let database = TestDatabase::empty();
    let db = database.open();
    for sql in [ROWS, &with_bytes(database.backend()), PARTS] {
        run(&db, sql).expect("the rows are written");
    }
    for (table, column) in APPEND_ONLY {
        let mut changes =
            vec![format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")];
        if database.backend() == "sqlite" {
            // A delete in disguise, which SQLite alone knows.
            changes.push(format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
        }
        for change in changes {
            let refused = run(&db, &change).expect_err(&format!("{change} went through"));
            assert!(refused.to_string().contains(&format!("{table} is append-only")), "{change}: {refused}");
        }
        let count = format!("SELECT count(*) AS n FROM {table}");
        assert_eq!(number(&db, &count), 1, "{table} still holds its row");
    }
}

/// What may change does: the refusals above are not of the whole database.
#[test]
fn ordinary_tables_can_be_changed() {
    let database = TestDatabase::empty();
    let db = database.open();
    run(&db, ROWS).expect("the rows are written");
    run(&db, "UPDATE editions SET version = 2; DELETE FROM reports").expect("ordinary rows change");
}

fn number(db: &Db, sql: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let row: Row = db
        .read(|conn| Ok::<_, DbError>(on_each!(conn, |c| diesel::sql_query(sql).get_result(c))?))
        .expect("a count");
    row.n
}
