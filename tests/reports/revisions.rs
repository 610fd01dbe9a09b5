//! A revision never changes, and its hash can be made again from the rows by somebody who has read no code of ours.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tonghop::db::DbError;
use tonghop::db::schema::*;
use tonghop::on_each;

use super::report_of;
use crate::support::app::TestApp;

#[test]
fn no_sent_row_can_be_changed_or_deleted() {
    let app = TestApp::demo();
    for sql in [
        "UPDATE revisions SET sha256 = 'x'",
        "DELETE FROM revisions",
        "UPDATE revision_figures SET value = 1 WHERE value IS NOT NULL",
        "UPDATE revision_sections SET body = 'khác'",
        "DELETE FROM revision_rows",
        "UPDATE revision_task_results SET body = 'khác'",
        "UPDATE remarks SET body = 'khác'",
        "DELETE FROM revision_remark_answers",
        "UPDATE report_transitions SET reason = 'khác'",
    ] {
        let outcome = app
            .db
            .write(|conn| on_each!(conn, |c| c.batch_execute(sql)).map_err(DbError::Query))
            .map_err(|e| e.to_string());
        assert!(outcome.as_ref().is_err_and(|e| e.contains("append-only")), "{sql}: {outcome:?}");
    }
}

#[test]
fn the_hash_is_made_again_from_the_rows() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.tanyen", "2025-H1");
    app.db
        .read(|conn| {
            let ids: Vec<i64> = revisions::table
                .filter(revisions::report_id.eq(id.0))
                .order(revisions::number)
                .select(revisions::id)
                .load(conn)?;
            assert_eq!(ids.len(), 2);
            for revision in ids {
                let (canonical, stored): (Vec<u8>, String) = revisions::table
                    .find(revision)
                    .select((revisions::canonical, revisions::sha256))
                    .first(conn)?;
                let hex = |bytes: &[u8]| {
                    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>()
                };
                assert_eq!(hex(&canonical), stored);
                let mut said: Value = serde_json::from_slice(&canonical).expect("JSON");
                let again = from_rows(conn, revision)?;
                for (key, value) in again.as_object().expect("an object") {
                    assert_eq!(&said[key], value, "{key}");
                }
                // What has no rows of its own is there all the same.
                let rest = said.as_object_mut().expect("an object");
                for key in again.as_object().expect("an object").keys() {
                    rest.remove(key);
                }
                let left: Vec<&str> = rest.keys().map(String::as_str).collect();
                assert_eq!(left, ["confirmed", "evidence", "lists", "notes_on_blanks", "tasks"]);
                assert_eq!(
                    hex(&serde_json::to_vec(&serde_json::from_slice::<Value>(&canonical).expect("JSON"))
                        .expect("bytes")),
                    stored
                );
            }
            Ok::<_, DbError>(())
        })
        .expect("the rows agree with the bytes");
}

/// The canonical object as far as the rows tell it.
fn from_rows(conn: &mut tonghop::db::Conn, revision: i64) -> Result<Value, DbError> {
    type Head = (
        String,
        i32,
        chrono::NaiveDateTime,
        String,
        String,
        Option<chrono::NaiveDate>,
        i32,
        Option<chrono::NaiveDate>,
    );
    let head: Head = revisions::table
        .find(revision)
        .select((
            revisions::uid,
            revisions::number,
            revisions::sent_at,
            revisions::sender_name,
            revisions::sender_title,
            revisions::due_on,
            revisions::days_late,
            revisions::actual_to,
        ))
        .first(conn)?;
    type Paper = (String, String, Option<chrono::NaiveDate>, String, String, String);
    let paper: Paper = revisions::table
        .find(revision)
        .select((
            revisions::doc_number,
            revisions::doc_symbol,
            revisions::doc_date,
            revisions::signatory_capacity,
            revisions::signatory_title,
            revisions::signatory_name,
        ))
        .first(conn)?;
    let (regime, period, unit, form, version): (String, String, String, String, i32) = revisions::table
        .inner_join(forms::table)
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
        .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(revisions::id.eq(revision))
        .select((regimes::code, periods::code, units::code, forms::code, forms::version))
        .first(conn)?;
    let sections: Vec<(String, String, String, String)> = revision_sections::table
        .filter(revision_sections::revision_id.eq(revision))
        .order(revision_sections::position)
        .select((
            revision_sections::section_code,
            revision_sections::label,
            revision_sections::title,
            revision_sections::body,
        ))
        .load(conn)?;
    type Figure = (String, Option<i64>, bool, String, String, String);
    let figures: Vec<Figure> = revision_figures::table
        .inner_join(indicators::table.inner_join(indicator_groups::table))
        .filter(revision_figures::revision_id.eq(revision))
        .order((indicator_groups::position, indicators::position))
        .select((
            indicators::code,
            revision_figures::value,
            revision_figures::counts,
            revision_figures::qualifier,
            revision_figures::note,
            revision_figures::as_typed,
        ))
        .load(conn)?;
    let answers: Vec<(String, bool, String)> = revision_remark_answers::table
        .inner_join(remarks::table)
        .filter(revision_remark_answers::revision_id.eq(revision))
        .select((remarks::uid, revision_remark_answers::done, revision_remark_answers::answer))
        .load(conn)?;
    let mut answers: Vec<Value> = answers
        .iter()
        .map(|(uid, done, answer)| json!({ "remark": uid, "done": done, "answer": answer }))
        .collect();
    // In the bytes they stand in the order of the page: the figure before the list.
    answers.sort_by_key(|answer| answer["done"] != json!(true));
    Ok(json!({
        "answers": answers,
        "uid": head.0, "number": head.1,
        "sent_at": format!("{}Z", head.2.format("%Y-%m-%dT%H:%M:%S%.6f")),
        "sender": { "name": head.3, "title": head.4 },
        "due_on": head.5.map(|d| d.to_string()), "days_late": head.6, "actual_to": head.7.map(|d| d.to_string()),
        "regime": regime, "period": period, "unit": unit, "form": { "code": form, "version": version },
        "paper": {
            "number": paper.0, "symbol": paper.1, "date": paper.2.map(|d| d.to_string()),
            "signatory_capacity": paper.3, "signatory_title": paper.4, "signatory_name": paper.5,
        },
        "sections": sections.iter().map(|(code, label, title, body)| json!({
            "code": code, "label": label, "title": title, "body": body,
        })).collect::<Vec<_>>(),
        "figures": figures.iter().map(|(code, value, counts, qualifier, note, typed)| json!({
            "indicator": code, "value": value, "counts": counts, "qualifier": qualifier, "note": note, "as_typed": typed,
        })).collect::<Vec<_>>(),
    }))
}
