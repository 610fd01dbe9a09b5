//! A revision never changes, and its hash can be made again from the rows by somebody who has read no code of ours.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tonghop::db::DbError;
use tonghop::db::schema::*;
use tonghop::on_each;
use tonghop::reports::canonical::{self, Canonical};
use tonghop::reports::queries;

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

/// Every revision of the demo: the rows that fold into totals and stand on pages say what was hashed. Evidence,
/// confirmations and notes on blank lines are kept in the bytes alone.
#[test]
fn the_bytes_are_made_again_from_the_rows() {
    let app = TestApp::demo();
    let counted = app
        .db
        .read(|conn| {
            let ids: Vec<i64> = revisions::table.order(revisions::id).select(revisions::id).load(conn)?;
            let (mut tasks, mut rows) = (0, 0);
            for revision in &ids {
                let (canonical, stored): (Vec<u8>, String) = revisions::table
                    .find(revision)
                    .select((revisions::canonical, revisions::sha256))
                    .first(conn)?;
                let hex: String = Sha256::digest(&canonical).iter().map(|b| format!("{b:02x}")).collect();
                assert_eq!(hex, stored);
                let said: Value = serde_json::from_slice(&canonical).expect("JSON");
                let mut again = from_rows(conn, *revision)?;
                for key in ["confirmed", "evidence", "notes_on_blanks"] {
                    again[key] = said[key].clone();
                }
                tasks += again["tasks"].as_array().map_or(0, Vec::len);
                rows += again["lists"].as_array().map_or(0, |lists| {
                    lists.iter().map(|list| list["rows"].as_array().map_or(0, Vec::len)).sum()
                });
                let text = String::from_utf8(canonical).expect("UTF-8");
                assert_eq!(sorted(&again), text, "revision {revision}");
            }
            Ok::<_, DbError>((ids.len(), tasks, rows))
        })
        .expect("the rows agree with the bytes");
    assert!(counted.0 > 100 && counted.1 > 0 && counted.2 > 0, "{counted:?}");
}

/// JSON with sorted keys and no white space, whatever serde_json makes of its own objects.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| *key);
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{}:{}", json!(key), sorted(value))).collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
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
    let due_time: Option<String> = revisions::table.find(revision).select(revisions::due_time).first(conn)?;
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
    type Asked = (String, String, String, i32, i32);
    type Figure = (Asked, Option<i64>, bool, bool, String, String, String);
    let figures: Vec<Figure> = revision_figures::table
        .inner_join(indicators::table.inner_join(indicator_groups::table))
        .filter(revision_figures::revision_id.eq(revision))
        .order((indicator_groups::position, indicators::position))
        .select((
            (
                indicators::code,
                indicators::name,
                indicators::measure_unit,
                indicators::scale,
                indicators::display_exponent,
            ),
            revision_figures::value,
            revision_figures::counts,
            revision_figures::estimate,
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
    let mut whole = json!({
        "uid": head.0, "number": head.1,
        "sent_at": format!("{}Z", head.2.format("%Y-%m-%dT%H:%M:%S%.6f")),
        "sender": { "name": head.3, "title": head.4 },
        "due_on": head.5.map(|d| d.to_string()), "due_time": due_time, "days_late": head.6, "actual_to": head.7.map(|d| d.to_string()),
        "regime": regime, "period": period, "unit": unit, "form": { "code": form, "version": version },
        "paper": {
            "number": paper.0, "symbol": paper.1, "date": paper.2.map(|d| d.to_string()),
            "signatory_capacity": paper.3, "signatory_title": paper.4, "signatory_name": paper.5,
        },
        "sections": sections.iter().map(|(code, label, title, body)| json!({
            "code": code, "label": label, "title": title, "body": body,
        })).collect::<Vec<_>>(),
        "figures": figures.iter().map(|(asked, value, counts, estimate, qualifier, note, typed)| json!({
            "indicator": asked.0, "name": asked.1, "measure_unit": asked.2, "scale": asked.3, "exponent": asked.4,
            "value": value, "counts": counts, "estimate": estimate, "qualifier": qualifier, "note": note,
            "as_typed": typed,
        })).collect::<Vec<_>>(),
        "lists": lists_of(conn, revision)?,
        "tasks": tasks_of(conn, revision)?,
    });
    if !answers.is_empty() {
        whole["answers"] = json!(answers);
    }
    // A signed paper added later is in no bytes.
    let sent_with: Vec<(String, String, Option<i64>, Option<String>)> = revision_files::table
        .inner_join(files::table)
        .filter(revision_files::revision_id.eq(revision))
        .filter(revision_files::later.eq(false))
        .order(revision_files::position)
        .select((files::file_name, revision_files::purpose, files::size, files::sha256))
        .load(conn)?;
    if !sent_with.is_empty() {
        let file = |(name, purpose, size, sha256): &(String, String, Option<i64>, Option<String>)| json!({ "name": name, "purpose": purpose, "size": size, "sha256": sha256 });
        whole["files"] = sent_with.iter().map(file).collect();
    }
    Ok(whole)
}

/// The list tables of the form, each with its titles and the rows sent.
fn lists_of(conn: &mut tonghop::db::Conn, revision: i64) -> Result<Vec<Value>, DbError> {
    let lists: Vec<(String, String, String)> = revisions::table
        .inner_join(forms::table.inner_join(form_lists::table))
        .filter(revisions::id.eq(revision))
        .order(form_lists::position)
        .select((form_lists::code, form_lists::title, form_lists::columns_json))
        .load(conn)?;
    let rows: Vec<(String, String)> = revision_rows::table
        .filter(revision_rows::revision_id.eq(revision))
        .order((revision_rows::list_code, revision_rows::position))
        .select((revision_rows::list_code, revision_rows::cells_json))
        .load(conn)?;
    let parse = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let list = |(code, title, columns): &(String, String, String)| {
        let columns: Vec<Value> = parse(columns)
            .as_array()
            .expect("columns")
            .iter()
            .map(|column| json!({ "code": column["code"], "title": column["title"] }))
            .collect();
        let mine = rows.iter().filter(|(list, _)| list == code);
        let rows: Vec<Value> = mine.map(|(_, cells)| parse(cells)).collect();
        json!({ "list": code, "title": title, "columns": columns, "rows": rows })
    };
    Ok(lists.iter().map(list).collect())
}

/// What was said of each task, with the task as it read then.
fn tasks_of(conn: &mut tonghop::db::Conn, revision: i64) -> Result<Vec<Value>, DbError> {
    type Row = (String, String, String, String, String, String);
    let rows: Vec<Row> = revision_task_results::table
        .inner_join(tasks::table)
        .filter(revision_task_results::revision_id.eq(revision))
        .order(revision_task_results::position)
        .select((
            tasks::uid,
            revision_task_results::plan,
            revision_task_results::clause,
            revision_task_results::text,
            revision_task_results::status,
            revision_task_results::body,
        ))
        .load(conn)?;
    let task = |(uid, plan, clause, text, status, body): &Row| json!({ "task": uid, "plan": plan, "clause": clause, "text": text, "status": status, "body": body });
    Ok(rows.iter().map(task).collect())
}

/// The bytes of a small revision, written out by hand: keys sorted, no white space, days in ISO, nothing left out.
#[test]
fn the_bytes_of_a_small_revision() {
    let day = |text: &str| text.parse().expect("a day");
    let confirmed = ["leap:B04:500:10".to_owned()].into();
    let row = [("number", "12/KH"), ("date", "2025-03-01")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    let bytes = Canonical {
        actual_to: Some(day("2025-06-05")),
        answers: vec![canonical::Answer { answer: "đã đếm lại", done: true, remark: "r-1" }],
        confirmed: &confirmed,
        days_late: 1,
        due_on: Some(day("2025-06-17")),
        due_time: Some("16:00"),
        edition: None,
        evidence: vec![],
        figures: vec![canonical::Figure {
            as_typed: "ước gần 500",
            counts: true,
            estimate: true,
            exponent: 0,
            indicator: "B04",
            measure_unit: "tin, bài",
            name: "Tin \"hay\"",
            note: "",
            qualifier: "nearly",
            scale: 0,
            value: Some(500),
        }],
        files: vec![canonical::File { name: "Ảnh.png", purpose: "evidence", sha256: "ab12", size: 7 }],
        form: canonical::FormVersion { code: "department", version: 2 },
        lists: vec![canonical::List {
            columns: vec![canonical::ListColumn { code: "number", title: "Số" }],
            list: "documents",
            rows: vec![row.into()],
            title: "Văn bản",
        }],
        notes_on_blanks: [("A11".to_owned(), "chờ kho bạc".to_owned())].into(),
        number: 1,
        paper: canonical::SignedPaper {
            date: None,
            number: "",
            signatory_capacity: "",
            signatory_name: "",
            signatory_title: "",
            symbol: "",
        },
        period: "2025-H1",
        regime: "bac-giang",
        sections: vec![],
        sender: canonical::Sender { name: "A", title: "B" },
        sent_at: canonical::instant(day("2025-06-17").and_hms_opt(9, 5, 0).expect("an hour")),
        tasks: vec![canonical::Task {
            body: "xong",
            clause: "III.2",
            plan: "KH",
            status: "done",
            task: "t-1",
            text: "Việc",
        }],
        typed_in_from: None,
        uid: "u-1",
        unit: "bg.khcn",
    }
    .bytes()
    .expect("bytes");
    let golden = concat!(
        r#"{"actual_to":"2025-06-05","answers":[{"answer":"đã đếm lại","done":true,"remark":"r-1"}],"confirmed":["leap:B04:500:10"],"days_late":1,"due_on":"2025-06-17","#,
        r#""due_time":"16:00","evidence":[],"figures":[{"as_typed":"ước gần 500","counts":true,"estimate":true,"#,
        r#""exponent":0,"indicator":"B04","measure_unit":"tin, bài","name":"Tin \"hay\"","note":"","#,
        r#""qualifier":"nearly","scale":0,"value":500}],"#,
        r#""files":[{"name":"Ảnh.png","purpose":"evidence","sha256":"ab12","size":7}],"form":{"code":"department","version":2},"#,
        r#""lists":[{"columns":[{"code":"number","title":"Số"}],"list":"documents","#,
        r#""rows":[{"date":"2025-03-01","number":"12/KH"}],"title":"Văn bản"}],"#,
        r#""notes_on_blanks":{"A11":"chờ kho bạc"},"number":1,"paper":{"date":null,"number":"","#,
        r#""signatory_capacity":"","signatory_name":"","signatory_title":"","symbol":""},"period":"2025-H1","#,
        r#""regime":"bac-giang","sections":[],"sender":{"name":"A","title":"B"},"#,
        r#""sent_at":"2025-06-17T09:05:00.000000Z","tasks":[{"body":"xong","clause":"III.2","plan":"KH","#,
        r#""status":"done","task":"t-1","text":"Việc"}],"uid":"u-1","unit":"bg.khcn"}"#,
    );
    assert_eq!(String::from_utf8(bytes).expect("UTF-8"), golden);
}

/// A plan edited and a catalogue reworded later leave the words of what was sent.
#[test]
fn what_was_sent_keeps_the_words_of_its_day() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.tanyen", "2025-H1");
    let words = || {
        let sent = app.db.read(|conn| {
            let id = queries::revision_id(conn, report, 1)?.expect("a first revision");
            Ok::<_, DbError>(queries::sent(conn, id)?)
        });
        let sent = sent.expect("the revision");
        let tasks: Vec<_> = sent.outline.tasks.iter().map(|t| (t.clause.clone(), t.text.clone())).collect();
        let answered = |id| sent.content.entries.contains_key(id);
        let asked = sent.outline.indicators.iter().filter(|asked| answered(&asked.id));
        (tasks, asked.map(|asked| asked.name.clone()).collect::<Vec<_>>())
    };
    let before = words();
    assert!(!before.0.is_empty() && !before.1.is_empty());
    app.db
        .write(|conn| {
            on_each!(conn, |c| c.batch_execute(
                "UPDATE tasks SET text = 'Việc khác'; UPDATE clauses SET path = 'IX'; \
                 UPDATE plans SET short_name = 'KH khác'; UPDATE indicators SET name = 'Chỉ tiêu khác'"
            ))
            .map_err(DbError::Query)
        })
        .expect("plan and catalogue may be edited");
    assert_eq!(words(), before);
}
