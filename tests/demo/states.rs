//! How many obligations of each period stand where, counted by hand from the files of the demo's past.

use std::collections::BTreeMap;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{obligations, periods, regimes, reports};

use crate::support::database::TestDatabase;

#[test]
fn every_period_has_its_obligations() {
    let db = TestDatabase::demo();
    let rows: Vec<(String, String, String, String)> = db
        .open()
        .read(|conn| {
            obligations::table
                .inner_join(periods::table.inner_join(regimes::table))
                .inner_join(reports::table.on(reports::obligation_id.eq(obligations::id)))
                .select((regimes::code, periods::code, obligations::standing, reports::state))
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the demo's obligations");
    let mut counted: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (regime, period, ..) in &rows {
        *counted.entry((regime.clone(), period.clone())).or_default() += 1;
    }
    println!("{counted:?}");
    assert_eq!(counted.len(), 10);
}
