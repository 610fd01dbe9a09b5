//! What is in the tables: counts, sameness, and the rules that the real verbs keep.

use diesel::prelude::*;
use sha2::{Digest, Sha256};
use tonghop::audit::sha256_hex;
use tonghop::db::schema::{
    audit_log, obligations, periods, report_transitions, reports, revision_figures, revisions, unit_versions,
};
use tonghop::db::{Db, DbError};
use tonghop::error::Error;
use tonghop::load::{Size, is_synthetic, load};

use super::{SMALL, loaded};
use crate::support::database::TestDatabase;

/// One hash over names, figures, sendings and audit rows; identities and password salts are left out.
fn fingerprint(db: &Db) -> String {
    let lines: Vec<String> = db
        .read(|conn| {
            let units: Vec<(i64, String, Option<i64>)> = unit_versions::table
                .order(unit_versions::id)
                .select((unit_versions::unit_id, unit_versions::name, unit_versions::parent_id))
                .load(conn)?;
            let sent: Vec<(i64, i32, i32, String)> = revisions::table
                .order((revisions::report_id, revisions::number))
                .select((revisions::report_id, revisions::number, revisions::days_late, revisions::sha256))
                .load(conn)?;
            let figures: Vec<(i64, i64, Option<i64>, String)> = revision_figures::table
                .order((revision_figures::revision_id, revision_figures::indicator_id))
                .select((
                    revision_figures::revision_id,
                    revision_figures::indicator_id,
                    revision_figures::value,
                    revision_figures::as_typed,
                ))
                .load(conn)?;
            let audit: Vec<String> =
                audit_log::table.order(audit_log::id).select(audit_log::sha256).load(conn)?;
            let mut lines: Vec<String> = units.iter().map(|row| format!("{row:?}")).collect();
            lines.extend(sent.iter().map(|row| format!("{row:?}")));
            lines.extend(figures.iter().map(|row| format!("{row:?}")));
            lines.extend(audit);
            Ok::<_, DbError>(lines)
        })
        .expect("the rows");
    format!("{:x?}", Sha256::digest(lines.join("\n")))
}

#[test]
fn the_same_seed_gives_the_same_province_and_another_seed_another() {
    let (_first, one, made) = loaded(SMALL);
    let (_second, same, made_again) = loaded(SMALL);
    let (_third, other, _) = loaded(Size { seed: 8, ..SMALL });
    assert_eq!(made, made_again);
    assert_eq!(fingerprint(&one), fingerprint(&same));
    assert_ne!(fingerprint(&one), fingerprint(&other));
}

#[test]
fn the_counts_are_those_asked_for() {
    let (_database, db, made) = loaded(SMALL);
    assert_eq!((made.units, made.people, made.indicators), (30, 33, 12));
    assert_eq!((made.periods, made.reports), (4, 120));
    let counted = db
        .read(|conn| {
            Ok::<_, DbError>((
                obligations::table.count().get_result::<i64>(conn)?,
                reports::table.count().get_result::<i64>(conn)?,
                revisions::table.count().get_result::<i64>(conn)?,
                revision_figures::table.count().get_result::<i64>(conn)?,
                periods::table.order(periods::id).select(periods::code).load::<String>(conn)?,
            ))
        })
        .expect("counts");
    let whole = |n: usize| i64::try_from(n).expect("small");
    assert_eq!((counted.0, counted.1), (120, 120));
    assert_eq!((counted.2, counted.3), (whole(made.revisions), whole(made.figures)));
    assert_eq!(counted.4, ["2024-H1", "2024-Y", "2025-H1", "2025-Y"]);
}

#[test]
fn a_bigger_province_has_every_kind_of_fate() {
    let (_database, db, _) = loaded(Size { units: 120, years: 2, indicators: 1, seed: 3 });
    let states: Vec<String> = db
        .read(|conn| {
            Ok::<_, DbError>(
                reports::table.select(reports::state).distinct().order(reports::state).load(conn)?,
            )
        })
        .expect("states");
    assert_eq!(states, ["draft", "not_begun", "received", "sent"]);
    let (late, twice): (i64, i64) = db
        .read(|conn| {
            Ok::<_, DbError>((
                revisions::table.filter(revisions::days_late.gt(0)).count().get_result(conn)?,
                revisions::table.filter(revisions::number.eq(2)).count().get_result(conn)?,
            ))
        })
        .expect("counts");
    assert!(late > 0 && twice > 0);
}

/// What the verbs keep: hashes over the kept bytes, the last revision received, a version per step.
#[test]
fn rows_keep_what_the_verbs_keep() {
    let (_database, db, _) = loaded(SMALL);
    let (bytes, heads, steps) = db
        .read(|conn| {
            let bytes: Vec<(Vec<u8>, String)> =
                revisions::table.select((revisions::canonical, revisions::sha256)).load(conn)?;
            type Head = (i64, String, Option<i64>, i32, i32);
            let heads: Vec<Head> = reports::table
                .select((
                    reports::id,
                    reports::state,
                    reports::received_revision_id,
                    reports::last_revision,
                    reports::version,
                ))
                .load(conn)?;
            let steps: Vec<(i64, String)> = report_transitions::table
                .order(report_transitions::id)
                .select((report_transitions::report_id, report_transitions::to_state))
                .load(conn)?;
            Ok::<_, DbError>((bytes, heads, steps))
        })
        .expect("rows");
    assert!(!bytes.is_empty());
    for (canonical, sha256) in bytes {
        assert_eq!(sha256_hex(&canonical), sha256);
        let value: serde_json::Value = serde_json::from_slice(&canonical).expect("JSON");
        assert_eq!(serde_json::to_vec(&value).expect("JSON"), canonical, "keys sorted, no white space");
    }
    for (id, state, received, last, version) in heads {
        let taken: Vec<&String> = steps.iter().filter(|step| step.0 == id).map(|step| &step.1).collect();
        assert_eq!(version, 1 + i32::try_from(taken.len()).expect("few"));
        assert_eq!(taken.last().map_or("not_begun", |state| state.as_str()), state);
        assert_eq!(received.is_some(), state == "received");
        assert_eq!(last > 0, matches!(state.as_str(), "sent" | "received"));
    }
}

#[test]
fn what_is_not_empty_is_left_alone_and_sizes_have_bounds() {
    let (_database, db, _) = loaded(Size { units: 1, years: 1, indicators: 1, seed: 1 });
    let before = fingerprint(&db);
    assert!(matches!(load(&db, SMALL), Err(Error::Refused(_))));
    assert_eq!(fingerprint(&db), before);
    assert!(is_synthetic(&db).expect("an answer"), "it is known ever after");
    let empty = TestDatabase::empty();
    assert!(!is_synthetic(&empty.open()).expect("an answer"));
    for wrong in [Size { units: 0, ..SMALL }, Size { years: 51, ..SMALL }, Size { indicators: 501, ..SMALL }]
    {
        assert!(matches!(load(&empty.open(), wrong), Err(Error::Refused(_))));
    }
}
