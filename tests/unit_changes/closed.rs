//! What stays for good after everything was taken back, closed, because something that is never changed names it: a body
//! founded by one event and named by a later one, with its version and its reach; the role under which somebody carried
//! out a later event; a duty founded by one event and decided on by another, with its blank report. Everything else is as
//! it was.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::db::Db;
use tonghop::db::ids::{MembershipId, UnitId};
use tonghop::db::schema::audit_log;
use tonghop::error::Error;

use super::scene::{difference, picture};

pub fn same_but_for_closed(
    db: &Db,
    before: &BTreeMap<&'static str, Vec<String>>,
) -> Result<(), TestCaseError> {
    type Named = (Option<UnitId>, Option<MembershipId>);
    let audit: Vec<Named> = db
        .write(|conn| {
            let named = audit_log::table.select((audit_log::unit_id, audit_log::membership_id)).distinct();
            Ok::<_, Error>(named.load(conn)?)
        })
        .expect("the audit");
    let named: BTreeSet<i64> = audit.iter().filter_map(|(unit, _)| Some((*unit)?.0)).collect();
    let acted: BTreeSet<i64> = audit.iter().filter_map(|(_, acting)| Some((*acting)?.0)).collect();
    let mut after = db.write(|conn| Ok::<_, Error>(picture(conn))).expect("a picture");
    let roles =
        new_rows(before, &after, "memberships", |row, id| !row.ends_with("|-") && acted.contains(&id));
    let duties = new_rows(before, &after, "obligations", |row, _| row.contains("|ended|"));
    // Who keeps a role or a duty keeps the body too.
    let of_role =
        after["memberships"].iter().filter(|row| column(row, 0).is_some_and(|id| roles.contains(&id)));
    let of_duty =
        after["obligations"].iter().filter(|row| column(row, 0).is_some_and(|id| duties.contains(&id)));
    let named: BTreeSet<i64> =
        named.into_iter().chain(of_role.chain(of_duty).filter_map(|row| column(row, 2))).collect();
    let units = new_rows(before, &after, "units", |row, id| !row.ends_with("|-") && named.contains(&id));
    let is_of = |ids: &BTreeSet<i64>, row: &str, n| column(row, n).is_some_and(|id| ids.contains(&id));
    for (table, rows) in &mut after {
        match *table {
            "units" => rows.retain(|row| !is_of(&units, row, 0)),
            "unit_versions" => rows.retain(|row| !is_of(&units, row, 1)),
            "unit_reach" => rows.retain(|row| !is_of(&units, row, 0) && !is_of(&units, row, 1)),
            "memberships" => rows.retain(|row| !is_of(&roles, row, 0)),
            "obligations" => rows.retain(|row| !is_of(&duties, row, 0)),
            "reports" => rows.retain(|row| !(is_of(&duties, row, 1) && row.ends_with("|not_begun|0"))),
            _ => {}
        }
    }
    let words = difference(before, &after);
    prop_assert!(words.is_empty(), "{}", words.join("\n"));
    Ok(())
}

/// The numbers of the rows of a table that were not there before and answer the question.
fn new_rows(
    before: &BTreeMap<&'static str, Vec<String>>,
    after: &BTreeMap<&'static str, Vec<String>>,
    table: &str,
    stays: impl Fn(&str, i64) -> bool,
) -> BTreeSet<i64> {
    let was: BTreeSet<i64> = before[table].iter().filter_map(|row| column(row, 0)).collect();
    let all = after[table].iter().filter_map(|row| Some((row, column(row, 0)?)));
    all.filter(|(row, id)| !was.contains(id) && stays(row, *id)).map(|(_, id)| id).collect()
}

fn column(row: &str, n: usize) -> Option<i64> {
    row.split('|').nth(n)?.parse().ok()
}
