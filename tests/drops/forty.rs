//! A drop of forty: filled by openpyxl, dropped as one archive, entered by one press, and the totals are those of another program.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{behalf_revisions, indicators, reports, revision_figures, revisions};
use tonghop::drops::FileState;

use super::{Book, COMPILER, books, confirm_each, dropped, fill, press, run, states};
use crate::support::app::TestApp;

/// What the sent revisions of some reports hold of whole counts, by code.
fn totals(app: &TestApp, of: &[Book]) -> BTreeMap<String, i64> {
    let ids: Vec<_> = of.iter().map(|book| book.report).collect();
    let rows: Vec<(String, Option<i64>)> = app
        .db
        .read(|conn| {
            revision_figures::table
                .inner_join(indicators::table)
                .inner_join(revisions::table)
                .filter(revisions::report_id.eq_any(&ids))
                .filter(indicators::value_type.eq("int"))
                .select((indicators::code, revision_figures::value))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("figures");
    let mut all = BTreeMap::new();
    for (code, value) in rows {
        *all.entry(code).or_insert(0) += value.unwrap_or_default();
    }
    all
}

#[test]
fn forty_files_are_in_after_two_presses_and_nothing_is_lost() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-H1", "2025-Y"]);
    let (ours, strays) = (all.len(), 40 - all.len());
    assert!(ours >= 25, "only {ours}");
    let typed = fill(&mut all);
    // What else people put into such an archive: workbooks of other provinces.
    let mut far = books(&app, "long-an", &["2025-Y"]);
    far.truncate(strays);
    let name = |book: &Book| format!("{} {}.xlsx", book.unit, book.report);
    let names: Vec<String> = all.iter().chain(&far).map(name).collect();
    let books = all.iter().chain(&far).map(|book| book.bytes.as_slice());
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(books).collect();
    assert_eq!(files.len(), 40);
    let drop = dropped(&app, "2025-H1", &files);
    let read = states(&app, drop);
    assert!(read[..ours].iter().all(|(state, _)| *state == FileState::Ready), "{read:?}");
    assert!(read[ours..].iter().all(|(state, _)| *state == FileState::Refused), "{read:?}");
    let compiler = app.client(COMPILER);
    let page = compiler.get(&format!("/drops/{drop}")).ok();
    assert!(
        page.contains(&format!("40 tệp: {ours} đạt, {strays} không nhận"))
            && page.contains("Nhận tất cả tệp đạt"),
        "{page}"
    );
    press(&compiler, drop).redirected();
    run(&app);
    // Files of the year in a drop of the half year are looked at one by one; what a unit sent for the half may change what is
    // to be looked at in its year: that file is shown anew.
    for _ in 0..3 {
        confirm_each(&app, &compiler, drop);
    }
    let done = states(&app, drop);
    assert!(done[..ours].iter().all(|(state, _)| *state == FileState::Applied), "{done:?}");

    // Entered on behalf, marked, under the receipt; once each.
    let ids: Vec<_> = all.iter().map(|book| book.report).collect();
    let marks: Vec<(String, NaiveDate, bool)> = app
        .db
        .read(|conn| {
            behalf_revisions::table
                .inner_join(revisions::table)
                .filter(revisions::report_id.eq_any(&ids))
                .select((
                    behalf_revisions::arrived_number,
                    behalf_revisions::arrived_on,
                    behalf_revisions::from_file,
                ))
                .load(conn)
                .map_err(DbError::Query)
        })
        .unwrap();
    let receipt = ("215".to_owned(), NaiveDate::from_ymd_opt(2025, 6, 9).unwrap(), true);
    assert_eq!(marks, vec![receipt; ours]);
    let sent: Vec<String> = app
        .db
        .read(|conn| {
            reports::table
                .filter(reports::id.eq_any(&ids))
                .select(reports::state)
                .load(conn)
                .map_err(DbError::Query)
        })
        .unwrap();
    assert_eq!(sent, vec!["sent"; ours]);

    // The totals, summed by Python's hands and by ours.
    let whole: HashMap<String, String> = app
        .db
        .read(|conn| {
            indicators::table
                .select((indicators::code, indicators::value_type))
                .load::<(String, String)>(conn)
                .map_err(DbError::Query)
        })
        .unwrap()
        .into_iter()
        .collect();
    let mut expected = BTreeMap::new();
    for (code, figure) in typed.into_iter().flatten().filter(|(code, _)| whole[code] == "int") {
        *expected.entry(code).or_insert(0) += figure;
    }
    assert!(expected.len() > 20, "many lines were filled");
    let mut found = totals(&app, &all);
    found.retain(|code, _| expected.contains_key(code));
    assert_eq!(found, expected);

    // A second press finds nothing.
    assert_eq!(press(&compiler, drop).status, 422);
}
