//! Every kind of step there is has words: those in the code, those the demo left, and those other rooms spell. So has
//! every key of what was before and after.

use std::collections::BTreeSet;
use std::path::Path;

use diesel::prelude::*;
use serde_json::{Value, json};
use tonghop::db::DbError;
use tonghop::db::schema::audit_log;
use tonghop::reports::Step;
use tonghop::trail::{Change, Names, STEPS, changes, is_known_key, step_words, subject_words};

use crate::support::database::TestDatabase;

/// Endings that make two words a file's name.
const FILES: [&str; 10] = ["csv", "toml", "html", "js", "css", "svg", "xml", "pem", "db", "bacgiang"];

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

/// Literals of the shape noun.verb in every file that has to do with the audit log.
fn kinds_in_code() -> BTreeSet<String> {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let mut kinds = BTreeSet::new();
    for text in texts.iter().filter(|text| text.contains("audit") || text.contains("edit.record(")) {
        for literal in text.split('"').skip(1).step_by(2) {
            let Some((noun, verb)) = literal.split_once('.') else { continue };
            let is_word =
                |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if is_word(noun) && is_word(verb) && !FILES.contains(&verb) {
                kinds.insert(literal.to_owned());
            }
        }
    }
    kinds
}

/// The kinds of decision the schema allows.
fn decisions() -> Vec<String> {
    let sql = include_str!("../../migrations/sqlite/0006_periods/up.sql");
    let table = sql.split("CREATE TABLE obligation_decisions").nth(1).expect("the table");
    let list = table.split("kind IN (").nth(1).and_then(|rest| rest.split(')').next()).expect("its kinds");
    list.split(',').map(|kind| format!("obligation.{}", kind.trim().trim_matches('\''))).collect()
}

#[test]
fn every_kind_of_step_has_words() {
    let mut kinds = kinds_in_code();
    assert!(kinds.len() > 30, "the kinds were found: {kinds:?}");
    kinds.extend(decisions());
    kinds.extend(Step::ALL.iter().map(|step| format!("report.{}", step.code())));
    let database = TestDatabase::demo();
    let db = database.open();
    let rows: Vec<(String, String)> = db
        .read(|conn| {
            audit_log::table
                .select((audit_log::action, audit_log::subject_kind))
                .distinct()
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("the demo's log");
    for (action, subject) in rows {
        assert!(subject_words(&subject).is_some(), "the object {subject} has no words");
        kinds.insert(action);
    }
    let without: Vec<&String> = kinds.iter().filter(|kind| step_words(kind).is_none()).collect();
    assert!(without.is_empty(), "no words for {without:?}");
    // One code, one entry, in order; and words a person reads.
    let codes: Vec<&str> = STEPS.iter().map(|(code, _)| *code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
    assert!(STEPS.iter().all(|(_, words)| words.starts_with(char::is_uppercase) && !words.contains('_')));
}

fn keys_of(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys_of(value, found);
        }),
        Value::Array(all) => all.iter().for_each(|value| keys_of(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_demos_log_has_words() {
    let database = TestDatabase::demo();
    let db = database.open();
    let rows: Vec<(Option<String>, Option<String>)> = db
        .read(|conn| {
            audit_log::table
                .select((audit_log::before_json, audit_log::after_json))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("the demo's log");
    let mut keys = BTreeSet::new();
    for text in rows.into_iter().flat_map(|(before, after)| [before, after]).flatten() {
        keys_of(&serde_json::from_str(&text).expect("JSON"), &mut keys);
    }
    assert!(keys.len() > 20);
    let without: Vec<&String> = keys.iter().filter(|key| !is_known_key(key)).collect();
    assert!(without.is_empty(), "no words for {without:?}");
}

fn told(before: Option<Value>, after: Option<Value>) -> Vec<String> {
    changes(before.as_ref(), after.as_ref(), &Names::default()).iter().map(Change::words).collect()
}

/// By hand: what a reader is told of a step.
#[test]
fn changes_are_told_in_words() {
    let sent = told(
        Some(json!({ "state": "draft", "version": 3 })),
        Some(json!({ "state": "sent", "version": 4, "reason": "", "due_on": "2025-06-17", "revision": 97 })),
    );
    assert_eq!(sent, ["bước: đang soạn → đã gửi", "thời hạn: 17/6/2025"]);
    let exempt = told(
        Some(json!({ "standing": "owed", "extended_to": null })),
        Some(json!({ "standing": "exempt", "extended_to": null, "reason": "Báo cáo chung" })),
    );
    assert_eq!(exempt, ["nghĩa vụ: phải báo cáo → được miễn", "lý do: Báo cáo chung"]);
    let removed =
        told(Some(json!({ "file": "a.pdf", "purpose": "signed", "size": 1_258_291, "sha256": "x" })), None);
    assert_eq!(
        removed,
        ["tệp: a.pdf → (trống)", "dùng làm: bản đã ký, đóng dấu → (trống)", "dung lượng: 1,2 MB → (trống)"]
    );
    let list =
        told(None, Some(json!({ "names": ["Sở A", "Sở B"], "order": 12_000, "hushed": { "name": "x" } })));
    assert_eq!(list, ["tên các đơn vị: Sở A, Sở B", "thứ tự: 12.000", "thông tin khác: tên: x"]);
    assert_eq!(told(Some(json!(["a"])), Some(json!(["a", "b"]))), ["nội dung: a → a, b"]);
    assert_eq!(told(None, None), Vec::<String>::new());
}
