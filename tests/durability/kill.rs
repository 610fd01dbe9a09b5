//! The server is killed without warning in the middle of a burst, several times over: everything it answered is
//! there afterwards, and nothing is there by halves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use diesel::prelude::*;
use tonghop::db::schema::{
    audit_log, draft_figures, draft_files, draft_sections, file_blocks, files, report_transitions, reports,
    revision_figures, revision_files, revisions, task_entries,
};
use tonghop::db::{Db, DbError};

use super::burst::{self, Told};
use super::open_reports;
use super::server::Process;
use crate::support::database::TestDatabase;

const ROUNDS: i64 = 4;

#[test]
fn what_was_answered_before_a_kill_is_there_whole() {
    let database = TestDatabase::demo();
    let db = database.open();
    let mut kept: BTreeMap<i64, i64> = BTreeMap::new();
    let mut saves = 0;
    let mut sent: BTreeSet<i64> = BTreeSet::new();
    let mut noted: BTreeSet<String> = BTreeSet::new();
    let mut attached: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..ROUNDS {
        let open = open_reports(&db);
        let (leaderless, led): (Vec<_>, Vec<_>) = open.into_iter().partition(|r| r.leader.is_none());
        let process = Process::start(&database.url());
        let base = process.base.clone();
        let base = base.as_str();
        let (tell, told) = mpsc::channel();
        std::thread::scope(|scope| {
            // The first file of a report begins its draft: whoever types into the same would be told so.
            let (filed, typed) = leaderless.split_at(leaderless.len() / 3);
            for report in typed {
                let tell = tell.clone();
                scope.spawn(move || burst::type_on(base, report, (round + 1) * 100_000, &tell));
            }
            let teller = tell.clone();
            scope.spawn(move || led.iter().try_for_each(|report| burst::send(base, report, &teller)));
            for report in filed {
                let (teller, mark) = (tell.clone(), format!("{round}-{}", report.id));
                scope.spawn(move || burst::attach(base, report, &mark, &teller));
            }
            let teller = tell.clone();
            scope.spawn(move || burst::note(base, "canbo.khcn.bacgiang", &round.to_string(), &teller));
            // Everybody has begun when every kind of work was answered once; then any moment is as good as another.
            let mut first: Vec<Told> = told.iter().take(30).collect();
            std::thread::sleep(any_moment());
            process.kill();
            drop(tell);
            first.extend(told.iter());
            for one in first {
                match one {
                    Told::Saved { report, mark } => {
                        saves += 1;
                        kept.insert(report, mark);
                    }
                    Told::Sent { report } => drop(sent.insert(report)),
                    Told::Noted { text } => drop(noted.insert(text)),
                    Told::Attached { name, sha256 } => drop(attached.insert(name, sha256)),
                }
            }
        });
        drafts_are_whole(&db, &kept);
        sendings_are_whole(&db, &sent);
        notes_are_there_once(&db, &noted);
        files_are_whole(&db, &attached);
    }
    println!(
        "answered before {ROUNDS} kills and there whole on {}: {saves} saves of {} drafts, {} sendings, {} lines, {} files",
        database.backend(),
        kept.len(),
        sent.len(),
        noted.len(),
        attached.len()
    );
    assert!(kept.len() >= 2 && !noted.is_empty(), "the burst was no burst: {kept:?}");
    assert!(!sent.is_empty(), "nothing was sent in all rounds");
    assert!(attached.len() >= 4, "hardly a file was attached in all rounds: {}", attached.len());
}

/// Up to a second, another one each time; the moment of the kill is not meant to be repeated.
fn any_moment() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Duration::from_millis(u64::from(now.subsec_nanos()) / 1000 % 1000)
}

fn rows<T>(db: &Db, query: impl FnOnce(&mut tonghop::db::Conn) -> QueryResult<Vec<T>>) -> Vec<T> {
    db.read(|conn| query(conn).map_err(DbError::Query)).expect("the database reads")
}

/// All fields of a draft hold one mark, and it is the last answered one or a later one.
fn drafts_are_whole(db: &Db, kept: &BTreeMap<i64, i64>) {
    for (&report, &mark) in kept {
        let report = tonghop::db::ids::ReportId(report);
        let bodies: Vec<String> = rows(db, |conn| {
            draft_sections::table
                .filter(draft_sections::report_id.eq(report))
                .select(draft_sections::body)
                .load(conn)
        });
        let typed: Vec<String> = rows(db, |conn| {
            draft_figures::table
                .filter(draft_figures::report_id.eq(report))
                .select(draft_figures::as_typed)
                .load(conn)
        });
        let marks: BTreeSet<i64> = bodies
            .iter()
            .chain(&typed)
            .filter_map(|text| text.parse().ok())
            .filter(|n| *n >= 100_000)
            .collect();
        assert_eq!(marks.len(), 1, "report {report:?} was saved by halves: {marks:?}");
        let stored = marks.first().expect("one mark");
        assert!(*stored >= mark, "report {report:?} answered {mark} and holds {stored}");
    }
}

/// A report that says it was sent has its revision with figures, its step and its audit row, and the other way round.
fn sendings_are_whole(db: &Db, sent: &BTreeSet<i64>) {
    for &report in sent {
        let id = tonghop::db::ids::ReportId(report);
        let state: Vec<String> = rows(db, |conn| reports::table.find(id).select(reports::state).load(conn));
        assert_eq!(state, ["sent"], "report {report} was answered as sent");
    }
    type Numbers = (tonghop::db::ids::ReportId, i32);
    let said: BTreeSet<(i64, i64)> = rows(db, |conn| {
        reports::table
            .filter(reports::last_revision.gt(0))
            .select((reports::id, reports::last_revision))
            .load::<Numbers>(conn)
    })
    .into_iter()
    .map(|(id, n)| (id.0, i64::from(n)))
    .collect();
    let stored: Vec<(tonghop::db::ids::RevisionId, tonghop::db::ids::ReportId)> =
        rows(db, |conn| revisions::table.select((revisions::id, revisions::report_id)).load(conn));
    let mut counted: BTreeMap<i64, i64> = BTreeMap::new();
    for (_, report) in &stored {
        *counted.entry(report.0).or_default() += 1;
    }
    assert_eq!(said, counted.into_iter().collect(), "a report and its revisions disagree");
    let with_figures: BTreeSet<i64> = rows(db, |conn| {
        revision_figures::table
            .select(revision_figures::revision_id)
            .distinct()
            .load::<tonghop::db::ids::RevisionId>(conn)
    })
    .into_iter()
    .map(|id| id.0)
    .collect();
    let steps: BTreeSet<i64> = rows(db, |conn| {
        report_transitions::table
            .filter(report_transitions::step.eq("send"))
            .select(report_transitions::revision_id.assume_not_null())
            .load::<tonghop::db::ids::RevisionId>(conn)
    })
    .into_iter()
    .map(|id| id.0)
    .collect();
    let all: BTreeSet<i64> = stored.iter().map(|(id, _)| id.0).collect();
    assert_eq!(steps, all, "a revision without its step, or the other way round");
    for &report in sent {
        let mine = stored.iter().filter(|(_, of)| of.0 == report).map(|(id, _)| id.0);
        for revision in mine {
            assert!(with_figures.contains(&revision), "revision {revision} has no figures");
        }
    }
    let audited: i64 = db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.eq("report.send"))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert!(audited >= i64::try_from(sent.len()).expect("few"), "a sending without its audit row");
}

/// Each line that was answered stands in the work log once.
fn notes_are_there_once(db: &Db, noted: &BTreeSet<String>) {
    let stored: Vec<String> = rows(db, |conn| task_entries::table.select(task_entries::text).load(conn));
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &stored {
        *times.entry(text).or_default() += 1;
    }
    for text in noted {
        assert_eq!(times.get(text.as_str()), Some(&1), "{text}");
    }
}

/// Each file that was answered is there with all its bytes; whatever a draft holds is whole; what came in half is held
/// by nobody.
fn files_are_whole(db: &Db, attached: &BTreeMap<String, String>) {
    use tonghop::db::ids::FileId;
    let drafted: Vec<FileId> = rows(db, |conn| draft_files::table.select(draft_files::file_id).load(conn));
    let sent: Vec<FileId> = rows(db, |conn| revision_files::table.select(revision_files::file_id).load(conn));
    let held: BTreeSet<FileId> = drafted.into_iter().chain(sent).collect();
    let stored: Vec<(FileId, String, Option<i64>, Option<String>)> = rows(db, |conn| {
        files::table.select((files::id, files::file_name, files::size, files::sha256)).load(conn)
    });
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, name, size, sha256) in &stored {
        let (Some(size), Some(sha256)) = (size, sha256) else {
            assert!(!held.contains(id), "a report holds the half file {name}");
            continue;
        };
        let blocks: Vec<Vec<u8>> = rows(db, |conn| {
            file_blocks::table
                .filter(file_blocks::file_id.eq(id))
                .order(file_blocks::number)
                .select(file_blocks::bytes)
                .load(conn)
        });
        let bytes = blocks.concat();
        assert_eq!(i64::try_from(bytes.len()).ok(), Some(*size), "{name}");
        assert_eq!(&tonghop::audit::sha256_hex(&bytes), sha256, "{name}");
        if held.contains(id) {
            found.insert(name, sha256);
        }
    }
    for (name, sha256) in attached {
        assert_eq!(found.get(name.as_str()), Some(&sha256.as_str()), "{name} was answered as attached");
    }
    let audited: i64 = db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::action.eq("attachment.add"));
            of.count().get_result(conn).map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(usize::try_from(audited).ok(), Some(held.len()), "an attached file and its audit row");
}
