//! A figure that one unit owns: "không phát sinh" of another does not claim it, and two who both give it are named.

use diesel::connection::SimpleConnection;
use tonghop::db::DbError;
use tonghop::on_each;

use super::{page, period_id};
use crate::support::app::TestApp;
use crate::support::client::Answer;

/// Makes an indicator one with an owner, and has the form of Sở Y tế, which declared nil, ask for it too. What is in
/// use does not change: the triggers are taken away first.
fn owned(app: &TestApp, code: &str) {
    const SQLITE: &str = "DROP TRIGGER form_indicators_in_use_insert; DROP TRIGGER indicators_in_use;";
    const POSTGRES: &str = "ALTER TABLE form_indicators DISABLE TRIGGER USER;
        ALTER TABLE indicators DISABLE TRIGGER USER;";
    let open = if app.db.backend() == "sqlite" { SQLITE } else { POSTGRES };
    let period = period_id(app, "bac-giang", "2025-H1");
    let sql = format!(
        "{open} UPDATE indicators SET unit_rule = 'owner' WHERE code = '{code}';
         INSERT INTO form_indicators (form_id, indicator_id, position, counts, required)
         SELECT o.form_id, i.id, 999, TRUE, FALSE FROM obligations o, units u, indicators i
         WHERE o.period_id = {period} AND u.id = o.unit_id AND u.code = 'bg.yte' AND i.code = '{code}'
         ON CONFLICT DO NOTHING;"
    );
    app.db.write(|conn| on_each!(conn, |c| c.batch_execute(&sql)).map_err(DbError::from)).unwrap();
}

fn preview(app: &TestApp) -> Answer {
    let id = period_id(app, "bac-giang", "2025-H1");
    app.client("tonghop.catinh.bacgiang").get(&format!("/periods/{id}/consolidation"))
}

#[test]
fn nil_leaves_the_figure_to_its_owner() {
    let app = TestApp::demo();
    let before = page::totals(&preview(&app).ok());
    assert_eq!(before["G02"].share, "1/1");
    owned(&app, "G02");
    let after = page::totals(&preview(&app).ok());
    assert_eq!(after["G02"].now, before["G02"].now);
}

#[test]
fn two_who_both_give_it_are_named() {
    let app = TestApp::demo();
    owned(&app, "D03");
    let answer = preview(&app);
    assert_eq!(answer.status, 422);
    let text = page::text(&answer.text());
    // By the file of figures these two gave it and were received; Sở Y tế declared nil.
    for name in ["Sở Tư pháp", "Sở Tài chính"] {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert!(!text.contains("Sở Y tế"), "{text}");
}
