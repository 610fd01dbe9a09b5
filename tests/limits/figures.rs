//! Figures too large to add up: blocked before they leave the unit, and what was sent before there were limits names
//! its unit instead of locking the period.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{
    editions, indicators, obligations, periods, regimes, reports, revision_figures, revisions, unit_versions,
};
use tonghop::on_each;
use tonghop::vietnamese::limits::{LARGEST_FIGURE, is_exact, too_large};

use super::{COMPILER, OFFICER, letters, report};
use crate::support::app::TestApp;
use crate::support::client::{Answer, hidden};

#[test]
fn fifteen_digits_and_no_more() {
    let largest = i64::try_from(LARGEST_FIGURE).expect("it fits");
    assert_eq!(largest.to_string().len(), 15);
    assert!(is_exact(largest) && is_exact(-largest) && !is_exact(largest + 1) && !is_exact(i64::MIN));
    assert_eq!(too_large(largest), None);
    // What the limit is for: as many as there are communes in the country still fit 64 bits, and a double holds each.
    assert!(i64::try_from(i128::from(largest) * 9_000).is_ok());
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the very thing asked")]
    let through_a_double = largest as f64 as i64;
    assert_eq!(through_a_double, largest);
}

#[test]
fn a_figure_of_sixteen_digits_does_not_leave_the_unit() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.khcn");
    let officer = app.client(OFFICER);
    let path = format!("/reports/{id}/draft");
    let save = |figure: &str| {
        let version = hidden(&officer.get(&path).ok(), "version").expect("a version");
        officer.post(&path, &[("version", &version), ("figure.B04", figure)]).redirected();
        officer.get(&format!("/reports/{id}/check")).ok()
    };
    let sentence = "B04: Số quá lớn: nhiều nhất 15 chữ số";
    assert!(save("1.000.000.000.000.000").contains(sentence));
    assert!(
        officer.get(&path).ok().contains("value=\"1.000.000.000.000.000\""),
        "the draft keeps it as typed"
    );
    assert!(save("9.223.372.036.854.775.807").contains(sentence));
    assert!(!save("999.999.999.999.999").contains(sentence));
}

/// Puts a figure, or a note, as it may have been sent before there were limits, into the received reports of B04.
/// Gives back the names of the units.
fn as_sent_before(app: &TestApp, figures: &[i64], note: &str) -> Vec<String> {
    app.db
        .write(|conn| {
            let freed = match app.db.backend() {
                "sqlite" => "DROP TRIGGER revision_figures_no_update",
                _ => "ALTER TABLE revision_figures DISABLE TRIGGER USER",
            };
            on_each!(conn, |c| c.batch_execute(freed))?;
            let rows: Vec<(i64, i64, i64)> = revision_figures::table
                .inner_join(revisions::table)
                .inner_join(indicators::table)
                .inner_join(reports::table.on(reports::received_revision_id.eq(revisions::id.nullable())))
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
                .filter(periods::code.eq("2025-H1"))
                .filter(regimes::code.eq("bac-giang"))
                .filter(indicators::code.eq("B04"))
                .filter(revision_figures::state.eq("value"))
                .filter(revision_figures::counts.eq(true))
                .order(obligations::id)
                .select((revisions::id, indicators::id, obligations::unit_id))
                .load(conn)?;
            assert!(rows.len() >= figures.len(), "the demo has received figures of B04");
            let mut names = Vec::new();
            for ((revision, indicator, unit), figure) in rows.into_iter().zip(figures) {
                let one = revision_figures::table.find((revision, indicator));
                diesel::update(one)
                    .set((revision_figures::value.eq(figure), revision_figures::note.eq(note)))
                    .execute(conn)?;
                let named = unit_versions::table.filter(unit_versions::unit_id.eq(unit));
                names.push(named.order(unit_versions::id.desc()).select(unit_versions::name).first(conn)?);
            }
            Ok::<_, DbError>(names)
        })
        .expect("figures")
}

fn period(app: &TestApp) -> i64 {
    let (_, duty) = report(app, "bg.khcn");
    app.db
        .read(|conn| {
            Ok::<_, DbError>(obligations::table.find(duty).select(obligations::period_id).first(conn)?)
        })
        .expect("a period")
}

fn make(app: &TestApp) -> Answer {
    app.client(COMPILER).post(&format!("/periods/{}/editions", period(app)), &[("confirmed", "1")])
}

fn made(app: &TestApp) -> i64 {
    let of = period(app);
    app.db
        .read(|conn| {
            Ok::<_, DbError>(editions::table.filter(editions::period_id.eq(of)).count().get_result(conn)?)
        })
        .expect("a count")
}

#[test]
fn a_total_that_does_not_fit_names_the_units_and_their_figures() {
    let app = TestApp::demo();
    let names = as_sent_before(&app, &[i64::MAX, i64::MAX - 1], "");
    let preview = app.client(COMPILER).get(&format!("/periods/{}/consolidation", period(&app)));
    assert_eq!(preview.status, 422);
    let page = preview.text();
    assert!(page.contains("B04") && page.contains("9.223.372.036.854.775.807"), "{page}");
    for name in names {
        assert!(page.contains(&name), "{name} is named");
    }
}

#[test]
fn an_edition_that_no_workbook_holds_is_not_made() {
    let app = TestApp::demo();
    let names = as_sent_before(&app, &[4_000_000_000_000_001], "");
    let answer = make(&app);
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(
        page.contains("B04") && page.contains("4.000.000.000.000.001") && page.contains(&names[0]),
        "{page}"
    );
    assert_eq!(made(&app), 0, "the period is not locked by a draft nobody can approve");
}

#[test]
fn two_figures_within_the_limit_whose_sum_is_not_are_both_named() {
    let app = TestApp::demo();
    let names = as_sent_before(&app, &[999_999_999_999_999, 999_999_999_999_998], "");
    let answer = make(&app);
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(names.iter().all(|name| page.contains(name)), "{page}");
    assert_eq!(made(&app), 0);
}

#[test]
fn a_note_longer_than_a_cell_locks_nothing() {
    let app = TestApp::demo();
    as_sent_before(&app, &[12], &letters(33_000));
    let edition = make(&app).redirected();
    let compiler = app.client(COMPILER);
    for copy in ["ministry", "internal"] {
        assert_eq!(compiler.get(&format!("{edition}/workbook/{copy}")).status, 200, "{copy}");
    }
}
