//! A report keeps so many documents: which one goes when another comes, and what the log says of it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use tonghop::brought::take_in::MOST as MOST_UPLOADS;
use tonghop::db::ids::{BroughtId, MembershipId};
use tonghop::db::schema::{audit_log, brought_documents};

use super::behalf::begun;
use super::*;

/// Another document every time.
fn text(number: usize) -> String {
    REPORT.replace("78/BC", &format!("{number}/BC"))
}

fn id_of(review: &str) -> BroughtId {
    review.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an upload")
}

/// What the log says of each document that was dropped, the first first.
pub fn dropped(app: &TestApp) -> Vec<String> {
    let rows: Vec<Option<String>> = app
        .db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.eq("prose.remove"))
                .order(audit_log::id)
                .select(audit_log::after_json)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows");
    rows.into_iter().map(|row| row.expect("what it was")).collect()
}

/// Documents that are kept, with the check sum of each.
fn held(app: &TestApp) -> Vec<(BroughtId, String)> {
    app.db
        .read(|conn| {
            brought_documents::table
                .filter(brought_documents::what.eq("report"))
                .order(brought_documents::id)
                .select((brought_documents::id, brought_documents::sha256))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("rows")
}

/// All of them were written into the report by who brought them.
fn all_written(app: &TestApp) {
    let written = (
        brought_documents::applied_by.eq(brought_documents::membership_id.nullable()),
        brought_documents::applied_at.eq(brought_documents::uploaded_at.nullable()),
        brought_documents::applied_version.eq(Some(1_i32)),
    );
    let all = brought_documents::table.filter(brought_documents::what.eq("report"));
    app.db
        .write(|conn| diesel::update(all).set(written).execute(conn).map_err(DbError::Query))
        .expect("rows");
}

#[test]
fn the_oldest_that_waits_goes_before_what_was_written_and_the_log_has_it() {
    let scene = Scene::open();
    scene.blank();
    let written = scene.paste(&text(1));
    press(&scene.officer, &written, "apply", &[]).redirected();
    let waiting: Vec<String> = (2..=MOST_UPLOADS).map(|number| scene.paste(&text(number))).collect();
    let before = held(&scene.app);
    assert_eq!((before.len(), dropped(&scene.app).len()), (MOST_UPLOADS, 0));
    let list = scene.officer.get(&scene.at("")).ok();
    assert!(list.contains("Báo cáo giữ nhiều nhất 20 văn bản"), "it is told beforehand");
    let newest = scene.paste(&text(MOST_UPLOADS + 1));
    let after = held(&scene.app);
    let gone: Vec<&(BroughtId, String)> = before.iter().filter(|row| !after.contains(row)).collect();
    assert_eq!((after.len(), gone.len()), (MOST_UPLOADS, 1));
    assert_eq!(gone[0].0, id_of(&waiting[0]));
    let log = dropped(&scene.app);
    assert!(log.len() == 1 && log[0].contains(&gone[0].1), "{log:?}");
    assert_eq!(scene.officer.get(&waiting[0]).status, 404);
    for kept in [&written, &waiting[1], &newest] {
        scene.officer.get(kept).ok();
    }
    // Where nothing waits any more, the oldest that was written, with its own row.
    all_written(&scene.app);
    scene.paste(&text(MOST_UPLOADS + 2));
    assert_eq!(scene.officer.get(&written).status, 404);
    let log = dropped(&scene.app);
    assert!(log.len() == 2 && log[1].contains(&before[0].1), "{log:?}");
    assert_eq!(held(&scene.app).len(), MOST_UPLOADS);
}

#[test]
fn what_a_report_was_entered_by_for_a_unit_stays() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begun(&app, &compiler, id);
    let paste = |number: usize| {
        compiler.post(&format!("/reports/{id}/prose/text"), &[("text", text(number).as_str())])
    };
    let reviews: Vec<String> = (1..=MOST_UPLOADS).map(|number| paste(number).redirected()).collect();
    all_written(&app);
    let before = held(&app);
    let refused = paste(MOST_UPLOADS + 1);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("văn bản làm căn cứ nhập thay"), "{}", refused.text());
    assert_eq!((held(&app), dropped(&app).len()), (before, 0));
    // One that was not written is no proof: it makes room, however new it is.
    let waits = id_of(&reviews[7]);
    let as_waiting = (
        brought_documents::applied_by.eq(None::<MembershipId>),
        brought_documents::applied_at.eq(None::<NaiveDateTime>),
        brought_documents::applied_version.eq(None::<i32>),
    );
    app.db
        .write(|conn| {
            let one = diesel::update(brought_documents::table.find(waits));
            one.set(as_waiting).execute(conn).map_err(DbError::Query)
        })
        .expect("a row");
    paste(MOST_UPLOADS + 1).redirected();
    assert_eq!(compiler.get(&reviews[7]).status, 404);
    compiler.get(&reviews[0]).ok();
    assert_eq!((held(&app).len(), dropped(&app).len()), (MOST_UPLOADS, 1));
}
