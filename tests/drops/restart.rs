//! The server dies in the middle of a drop, twice: whoever comes next goes on, and every file is read and entered once.

use chrono::TimeDelta;
use diesel::prelude::*;
use tonghop::calendar::Clock;
use tonghop::db::DbError;
use tonghop::db::schema::revisions;
use tonghop::drops::FileState;
use tonghop::drops::apply::ApplyDrop;
use tonghop::drops::read::ReadDrop;
use tonghop::error::Error;
use tonghop::jobs::{Job, Work, queries};

use super::{COMPILER, actor, books, fill, post, press, run, states, zipped};
use crate::support::app::{TestApp, demo_day};

/// Takes the job as a server that dies after some steps, the last of which it never noted.
fn die_after(app: &TestApp, work: &dyn Work, steps: usize) {
    let kind = work.kind();
    let clock = Clock::fixed(demo_day());
    let long_ago = clock.now_utc();
    let seen =
        app.db.read(|conn| Ok::<_, Error>(queries::next(conn, &[kind], long_ago)?)).unwrap().expect("a job");
    let past = long_ago - TimeDelta::minutes(2);
    let job: Job = app
        .db
        .write(|conn| Ok::<_, Error>(queries::claim(conn, &seen, "dying", past)?))
        .unwrap()
        .expect("taken");
    for _ in 0..steps {
        work.step(&app.db, &job, clock.moment()).unwrap();
    }
}

#[test]
fn a_drop_outlives_the_servers_that_work_on_it() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(6);
    fill(&mut all);
    let names: Vec<String> = all.iter().map(|book| format!("{}.xlsx", book.unit)).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&all).map(|(name, book)| (name.as_str(), book.bytes.as_slice())).collect();
    let compiler = app.client(COMPILER);
    let to = post(&app, &compiler, "2025-Y", ("a.zip", &zipped(&files)), "one").redirected();
    let drop = tonghop::db::ids::DropId(to.rsplit('/').next().unwrap().parse().unwrap());
    die_after(&app, &ReadDrop { at_once: 2 }, 1);
    let count = |state| states(&app, drop).iter().filter(|(found, _)| *found == state).count();
    assert_eq!(count(FileState::Waiting), 4);
    let page = compiler.get(&to).ok();
    assert!(page.contains("http-equiv=\"refresh\"") && page.contains("2/6"), "{page}");
    run(&app);
    assert_eq!(count(FileState::Ready), 6, "{:?}", states(&app, drop));
    press(&compiler, drop).redirected();
    die_after(&app, &ApplyDrop { at_once: 1 }, 3);
    assert_eq!((count(FileState::Applied), count(FileState::Applying)), (3, 3));
    run(&app);
    assert_eq!(count(FileState::Applied), 6, "{:?}", states(&app, drop));
    let ids: Vec<_> = all.iter().map(|book| book.report).collect();
    let sent: i64 = app
        .db
        .read(|conn| {
            let of = revisions::table.filter(revisions::report_id.eq_any(&ids));
            of.count().get_result(conn).map_err(DbError::Query)
        })
        .unwrap();
    assert_eq!(sent, 6, "once each");
}

#[test]
fn what_a_report_became_meanwhile_is_seen_before_anything_is_entered() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(2);
    fill(&mut all);
    let drop = super::dropped(&app, "2025-Y", &[("a.xlsx", &all[0].bytes), ("b.xlsx", &all[1].bytes)]);
    let compiler = app.client(COMPILER);
    // Somebody begins to type one of them in from paper.
    let id = all[0].report;
    let begin = tonghop::reports::behalf::Begin {
        version: app
            .db
            .read(|conn| {
                use tonghop::db::schema::reports;
                reports::table.find(id).select(reports::version).first(conn).map_err(DbError::Query)
            })
            .unwrap(),
        number: "9".into(),
        arrived: tonghop::reports::TypedDay::read("9/6/2025"),
        put_aside: true,
        from_file: false,
    };
    let who = actor(&app.db, COMPILER);
    let moment = Clock::fixed(demo_day()).moment();
    app.db.write(|conn| tonghop::reports::behalf::begin(conn, &who, id, &begin, moment)).unwrap();
    press(&compiler, drop).redirected();
    run(&app);
    let found = states(&app, drop);
    assert_eq!(found[0].0, FileState::Refused);
    assert!(found[0].1.contains("đang nhập thay báo cáo này"), "{}", found[0].1);
    assert_eq!(found[1].0, FileState::Applied);
}

/// What came in a file and is retyped is not what came; the facts of its paper are nobody's retyping.
#[test]
fn a_typing_is_from_its_file_until_somebody_types_into_it() {
    use tonghop::reports::draft;
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    let id = all.remove(0).report;
    let who = actor(&app.db, COMPILER);
    let moment = Clock::fixed(demo_day()).moment();
    let change = |by_file: bool, change: &dyn Fn(&mut tonghop::reports::Content, &str)| -> bool {
        let save = if by_file { draft::save_as_came } else { draft::save };
        let open = app.db.write(|conn| {
            let open = draft::open(conn, &who, id)?;
            let mut content = open.draft.content.clone();
            change(&mut content, &open.outline.sections[0].code);
            save(conn, &who, &open, &content, open.draft.version, moment)?;
            draft::open(conn, &who, id)
        });
        open.expect("a save").case.behalf.expect("a typing").from_file
    };
    let version = app.db.read(|conn| {
        use tonghop::db::schema::reports;
        reports::table.find(id).select(reports::version).first(conn).map_err(DbError::Query)
    });
    let begin = tonghop::reports::behalf::Begin {
        version: version.expect("a report"),
        number: "9".into(),
        arrived: tonghop::reports::TypedDay::read("9/6/2025"),
        put_aside: true,
        from_file: true,
    };
    app.db.write(|conn| tonghop::reports::behalf::begin(conn, &who, id, &begin, moment)).unwrap();
    let put = |by_file: bool, words: &'static str| {
        change(by_file, &|content, code| {
            content.sections.insert(code.to_owned(), words.to_owned());
        })
    };
    assert!(put(true, "Như trong tệp."), "what the file brought");
    assert!(put(false, "Như trong tệp."), "nothing changed");
    assert!(change(false, &|content, _| content.paper.number = "12".to_owned()), "the facts of the paper");
    assert!(!put(false, "Như người nhập sửa."));
}

/// A server that stopped over one of several files leaves all of them begun with: from then on each goes alone, and only the one
/// that stops every server is set aside.
#[test]
fn files_that_were_begun_with_before_go_alone() {
    use tonghop::db::schema::drop_files;
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(4);
    fill(&mut all);
    let names: Vec<String> = all.iter().map(|book| format!("{}.xlsx", book.unit)).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&all).map(|(name, book)| (name.as_str(), book.bytes.as_slice())).collect();
    let compiler = app.client(COMPILER);
    let to = post(&app, &compiler, "2025-Y", ("a.zip", &zipped(&files)), "one").redirected();
    let drop = tonghop::db::ids::DropId(to.rsplit('/').next().unwrap().parse().unwrap());
    let tries = |of: &[i32]| {
        let rows = super::files(&app, drop);
        app.db
            .write(|conn| {
                for (row, tries) in rows.iter().zip(of) {
                    let file = drop_files::table.find(row.id);
                    diesel::update(file).set(drop_files::tries.eq(*tries)).execute(conn)?;
                }
                Ok::<_, DbError>(())
            })
            .expect("tries");
    };
    tries(&[3, 1, 1, 0]);
    let waiting = || states(&app, drop).iter().filter(|(state, _)| *state == FileState::Waiting).count();
    die_after(&app, &ReadDrop { at_once: 25 }, 3);
    assert_eq!(waiting(), 1, "{:?}", states(&app, drop));
    run(&app);
    let found = states(&app, drop);
    assert_eq!(found[0].0, FileState::Faulty);
    assert!(found[0].1.contains("Đã thử nhiều lần"), "{}", found[0].1);
    assert_eq!(found.len(), names.len());
    assert!(found[1..].iter().all(|(state, _)| *state == FileState::Ready), "{found:?}");
}

/// Files that are entered together are entered each for itself: what was written of one that is refused at its sending goes, and
/// nothing of the others does.
#[test]
fn a_file_that_is_refused_late_leaves_nothing_and_takes_nobody_along() {
    use tonghop::db::schema::{drafts, periods, reports};
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(1);
    let mut half = books(&app, "bac-giang", &["2025-H1"]);
    half.truncate(2);
    all.extend(half);
    fill(&mut all);
    let names: Vec<String> = all.iter().map(|book| format!("{} {}.xlsx", book.unit, book.report)).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&all).map(|(name, book)| (name.as_str(), book.bytes.as_slice())).collect();
    let drop = super::dropped(&app, "2025-H1", &files);
    let read = states(&app, drop);
    assert_eq!(read.len(), 3);
    assert!(read.iter().all(|(state, _)| *state == FileState::Ready), "{read:?}");
    // A file of another period is looked at by itself, and so is one of a unit that writes its report here.
    let alone = super::alone(&app, drop);
    assert_eq!(alone.len(), 3);
    let year = super::period(&app, "2025-Y");
    let before = |id: tonghop::db::ids::ReportId| -> (String, i64) {
        app.db
            .read(|conn| {
                let state = reports::table.find(id).select(reports::state).first(conn)?;
                let kept = drafts::table.filter(drafts::report_id.eq(id)).count().get_result(conn)?;
                Ok::<_, DbError>((state, kept))
            })
            .expect("a report")
    };
    let was = before(all[0].report);
    // The figures of the year are closed between the reading and the entering.
    let yesterday = demo_day().pred_opt();
    app.db
        .write(|conn| {
            let period = periods::table.filter(periods::id.eq(tonghop::db::ids::PeriodId(year)));
            diesel::update(period).set(periods::lock_on.eq(yesterday)).execute(conn).map_err(DbError::Query)
        })
        .expect("a lock");
    let compiler = app.client(COMPILER);
    for file in &alone {
        super::confirm(&compiler, drop, file);
    }
    run(&app);
    let found = states(&app, drop);
    assert_eq!(found[0].0, FileState::Refused, "{found:?}");
    assert!(found[0].1.contains("khóa"), "{}", found[0].1);
    assert_eq!(found.len(), 3);
    assert!(found[1..].iter().all(|(state, _)| *state == FileState::Applied), "{found:?}");
    assert_eq!(before(all[0].report), was, "nothing was begun");
}
