//! Under strace: between a person's request and the answer "saved", the database has been synced to the disk.
//! SQLite only: PostgreSQL syncs in a process of its own, and `synchronous_commit` is asserted for it.

use super::open_reports;
use super::server::Process;
use crate::support::app::TempDir;
use crate::support::client::{Client, hidden};
use crate::support::database::TestDatabase;

/// What the record says, in order: a sync that succeeded, or an answer by its status.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Event {
    Synced,
    Answered(u16),
}

/// The events of a record. A call interrupted by another thread's is written in two lines; the second, with the
/// result, is when a sync is done, the first, with the text, is when an answer leaves.
fn events(record: &str) -> Vec<Event> {
    record
        .lines()
        .filter_map(|line| {
            if line.contains("sync") && line.trim_end().ends_with("= 0") {
                return Some(Event::Synced);
            }
            let (_, status) = line.split_once("\"HTTP/1.1 ")?;
            Some(Event::Answered(status.get(..3)?.parse().ok()?))
        })
        .collect()
}

/// For every answer in order, how many syncs came before it since the one before.
fn syncs_before_answers(events: &[Event]) -> Vec<(u16, usize)> {
    let mut syncs = 0;
    let mut answers = Vec::new();
    for event in events {
        match event {
            Event::Synced => syncs += 1,
            Event::Answered(status) => {
                answers.push((*status, syncs));
                syncs = 0;
            }
        }
    }
    answers
}

#[test]
fn every_answered_write_was_synced_before_its_answer() {
    let database = TestDatabase::demo();
    if database.backend() == "postgres" {
        let setting = tonghop_setting(&database);
        assert_eq!(setting, "on", "synchronous_commit of the server's sessions");
        return;
    }
    let report = open_reports(&database.open()).remove(0);
    let folder = TempDir::new();
    let record = folder.0.join("calls");
    let process = Process::start_watched(&database.url(), &record);
    let officer = Client::sign_in(&process.base, &report.officer, "tonghop-demo");
    let path = format!("/reports/{}/draft", report.id);
    let mut version = hidden(&officer.get(&path).ok(), "version").expect("a version");
    // From here on the record is read: five writes, each followed by a reading that writes nothing.
    let before = answers_in(&record);
    for n in 0..5 {
        let body = format!("Lần {n}");
        let saved = officer.post_json(
            &format!("{path}/autosave"),
            &[("version", &version), ("section.I", &body), ("figure.B04", "12")],
        );
        assert_eq!(saved.status, 200, "{}", saved.text());
        let json: serde_json::Value = serde_json::from_str(&saved.text()).expect("JSON");
        version = json["version"].to_string();
        officer.get(&path).ok();
    }
    process.stop();
    let text = std::fs::read_to_string(&record).expect("the record");
    let all = syncs_before_answers(&events(&text));
    let seen = &all[before..];
    assert_eq!(seen.len(), 10, "{seen:?}");
    for (n, (status, syncs)) in seen.iter().enumerate() {
        assert_eq!(*status, 200);
        let writes = n % 2 == 0;
        assert_eq!(*syncs > 0, writes, "answer {n} of {seen:?}");
    }
}

/// How many answers the record holds by now; strace writes each line before the program goes on.
fn answers_in(record: &std::path::Path) -> usize {
    syncs_before_answers(&events(&std::fs::read_to_string(record).expect("the record"))).len()
}

/// `synchronous_commit` as a session of the program's own pool sees it.
fn tonghop_setting(database: &TestDatabase) -> String {
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        value: String,
    }
    database
        .open()
        .read(|conn| {
            diesel::sql_query("SELECT current_setting('synchronous_commit') AS value")
                .get_result::<Setting>(conn)
                .map(|setting| setting.value)
                .map_err(tonghop::db::DbError::Query)
        })
        .expect("the setting")
}
