//! The version of the catalogue an edition carries: another as soon as something is counted in another way.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::editions;
use tonghop::on_each;

use super::{approve, make, period_id};
use crate::support::app::TestApp;

#[test]
fn two_ways_of_counting_never_share_a_version() {
    let app = TestApp::demo();
    let period = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let leader = app.client("lanhdao.catinh.bacgiang");
    let execute = |sql: &str| {
        app.db.write(|conn| on_each!(conn, |c| c.batch_execute(sql)).map_err(DbError::from)).unwrap()
    };
    // What is in use does not change: the guard is taken away first.
    execute(if app.db.backend() == "sqlite" {
        "DROP TRIGGER indicators_in_use"
    } else {
        "ALTER TABLE indicators DISABLE TRIGGER USER"
    });
    let mut versions = Vec::new();
    for change in [
        "SELECT 1",
        "UPDATE indicators SET display_exponent = 3 WHERE code = 'A11'",
        "UPDATE indicators SET denominator_id = (SELECT id FROM indicators WHERE code = 'D03'),
         numerator_id = (SELECT id FROM indicators WHERE code = 'D04') WHERE code = 'D05'",
    ] {
        execute(change);
        let edition = make(&compiler, period);
        let id: i64 = edition.rsplit('/').next().unwrap().parse().unwrap();
        let text: String = app
            .db
            .read(|conn| {
                Ok::<_, DbError>(editions::table.find(id).select(editions::content_json).first(conn)?)
            })
            .unwrap();
        let content: serde_json::Value = serde_json::from_str(&text).unwrap();
        versions.push(content["identity"]["catalogue_version"].as_str().unwrap().to_owned());
        approve(&app, &leader, &edition);
    }
    versions.sort();
    versions.dedup();
    assert_eq!(versions.len(), 3, "{versions:?}");
}
