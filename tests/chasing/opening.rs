//! What is kept around chasing: a correction is counted from its own day, a report that says nothing is decided about, a
//! body that came later owes from then on.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::chasing::queries::promises;
use tonghop::db::ids::{ObligationId, ReportId, UnitId};
use tonghop::db::schema::{obligation_decisions, report_transitions, reports};
use tonghop::error::Error;

use super::{day, duty_of, late_day, periods_on};
use crate::support::app::TestApp;

#[test]
fn a_correction_is_overdue_from_its_own_day_and_the_report_stays_as_it_was_sent() {
    // The demo's report of Sở KH&CN in the ad hoc period is returned for correction.
    let app = TestApp::demo();
    let id = crate::periods::obligation(&app, "bac-giang", "2025-DX1", "bg.khcn");
    let amend: Option<NaiveDate> = app
        .db
        .read(|conn| {
            let of = reports::table.filter(reports::obligation_id.eq(id));
            Ok::<_, Error>(of.select(reports::amend_due_on).first(conn)?)
        })
        .expect("the day");
    let last = amend.expect("the return named a day");
    let on = |today: NaiveDate| {
        let all = periods_on(&app, today);
        let mut found = all.open.iter().chain(&all.finished);
        let summary = found.find(|s| s.duties.iter().any(|d| d.obligation.id == id)).expect("the period");
        let duty = summary.duties.iter().find(|d| d.obligation.id == id).expect("the duty");
        let never_sent = duty.overdue_days(false, &all.holidays, today);
        (summary.tally.assigned.amend_overdue, summary.tally.assigned.on_time, never_sent)
    };
    let before = on(last);
    let after = on(last + chrono::TimeDelta::days(1));
    assert_eq!((before.0, after.0), (0, 1), "in time on the day itself, overdue the day after");
    assert_eq!(before.1, after.1, "the first sending stays in time");
    assert_eq!((before.2, after.2), (None, None), "and is not among those never sent");
}

#[test]
fn a_promise_for_the_report_says_nothing_about_its_correction() {
    let app = TestApp::demo_on(late_day());
    let compiler = app.client("tonghop.catinh.bacgiang");
    let duty = duty_of(&app, "bg.khcn");
    let id = duty.obligation.id;
    let fields =
        [("channel", "zalo"), ("on", "20/6/2025"), ("outcome", "promised"), ("promised", "22/6/2025")];
    compiler.post(&format!("/obligations/{id}/contacts"), &fields).redirected();
    let newest = |of: ObligationId| {
        app.db.read(|conn| Ok::<_, Error>(promises(conn, &[of])?.remove(&of))).expect("promises")
    };
    assert_eq!(newest(id), Some(day(6, 22)));
    app.db
        .write(|conn| {
            let of = reports::table.find(duty.report.id);
            let sent = day(6, 21).and_hms_opt(8, 0, 0);
            let set = (reports::last_revision.eq(1), reports::first_sent_at.eq(sent));
            Ok::<_, Error>(diesel::update(of).set(set).execute(conn)?)
        })
        .expect("a sending");
    assert_eq!(newest(id), None);
}

#[test]
fn a_body_that_came_later_is_given_the_period_with_a_day_of_its_own() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    // The ad hoc period was opened for a few chosen bodies; the others have routes and owe nothing in it.
    let period = crate::periods::period(&app, "bac-giang", "2025-DX1");
    let at = format!("/periods/{period}/late-opening");
    let form = compiler.get(&at).ok();
    let unit = form
        .split("<option value=\"")
        .skip(1)
        .filter_map(|option| option.split('"').next())
        .find(|id| !id.is_empty());
    let unit = unit.expect("a body to choose").to_owned();
    let post =
        |due: &str, reason: &str| compiler.post(&at, &[("unit", &unit), ("due_on", due), ("reason", reason)]);
    assert_eq!(post("09/6/2025", "Mới thành lập").status, 422, "a day that has passed");
    assert_eq!(post("20/6/2025", "Mới thành lập").status, 422, "after the figures are locked");
    assert_eq!(post("15/6/2025", "").status, 422, "without a reason");
    post("15/6/2025", "Thành lập theo Nghị quyết").redirected();
    let made = obligation_of(&app, period.0, &unit);
    let (kinds, due, form): (Vec<String>, Option<NaiveDate>, i64) = app
        .db
        .read(|conn| {
            use tonghop::db::schema::obligations;
            let kinds = obligation_decisions::table.filter(obligation_decisions::obligation_id.eq(made));
            let (due, form) = obligations::table
                .find(made)
                .select((obligations::stated_on, obligations::form_id))
                .first(conn)?;
            Ok::<_, Error>((kinds.select(obligation_decisions::kind).load(conn)?, due, form))
        })
        .expect("the obligation");
    assert_eq!((kinds, due), (vec!["late_opening".to_owned()], Some(day(6, 15))));
    let forms: Vec<i64> = app
        .db
        .read(|conn| {
            use tonghop::db::schema::obligations;
            let of = obligations::table.filter(obligations::period_id.eq(period));
            Ok::<_, Error>(of.select(obligations::form_id).distinct().load(conn)?)
        })
        .expect("the forms");
    assert_eq!(forms, [form], "on the form of the period");
    assert_eq!(post("15/6/2025", "Lần nữa").status, 422, "it owes already");
    // The body sees it, with the reason on record.
    let page = compiler.get(&format!("/obligations/{made}")).ok();
    assert!(page.contains("Mở kỳ cho đơn vị sau khi kỳ đã mở") && page.contains("Thành lập theo Nghị quyết"));
}

fn obligation_of(app: &TestApp, period: i64, unit: &str) -> ObligationId {
    use tonghop::db::schema::obligations;
    let unit = UnitId(unit.parse().expect("an id"));
    app.db
        .read(|conn| {
            let of = obligations::table.filter(obligations::unit_id.eq(unit));
            let of = of.filter(obligations::period_id.eq(tonghop::db::ids::PeriodId(period)));
            Ok::<_, Error>(of.select(obligations::id).first(conn)?)
        })
        .expect("the obligation")
}

/// The reasons kept with the receipts of a report.
fn receipts(app: &TestApp, id: ReportId) -> Vec<String> {
    app.db
        .read(|conn| {
            let of = report_transitions::table.filter(report_transitions::report_id.eq(id));
            let of = of.filter(report_transitions::step.eq("receive")).order(report_transitions::id);
            Ok::<_, Error>(of.select(report_transitions::reason).load(conn)?)
        })
        .expect("the steps")
}

#[test]
fn a_report_that_says_nothing_is_told_so_and_decided_about() {
    use crate::reports::{filled, pairs, report_of, ticked, values_of};
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let page = officer.get(&at("/draft")).ok();
    // Every text a word, every figure nothing.
    let mut fields: Vec<(String, String)> = Vec::new();
    for piece in page.split("name=\"").skip(1) {
        let name = piece.split('"').next().unwrap_or_default();
        let value = match name {
            _ if name.starts_with("section.") => "Không.",
            _ if name.starts_with("figure.") => "0",
            _ if name.starts_with("note.") || (name.starts_with("task.") && name.ends_with(".body")) => "",
            _ => continue,
        };
        fields.push((name.to_owned(), value.to_owned()));
    }
    let changes: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let typed = filled(&page, &changes);
    officer.post(&at("/draft"), &pairs(&typed));
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains("và không có số liệu nào khác 0"), "told before it is sent: {check}");
    let paper = [
        ("doc_number", "45"),
        ("doc_symbol", "BC-UBND"),
        ("signatory_title", "Chủ tịch"),
        ("doc_date", "10/6/2025"),
        ("signatory_name", "Phan Tuấn Trung"),
    ];
    officer.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let review = compiler.get(&at("")).ok();
    assert!(review.contains("Báo cáo sơ sài"));
    let version = values_of(&review, "version")[0].clone();
    let refused = compiler.post(&at("/receipt"), &[("version", &version)]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập lý do vẫn tiếp nhận"));
    compiler
        .post(&at("/receipt"), &[("version", &version), ("despite", "Đơn vị mới tiếp nhận nhiệm vụ.")])
        .redirected();
    let kept = receipts(&app, id);
    assert!(kept[0].starts_with("Vẫn tiếp nhận: Đơn vị mới tiếp nhận nhiệm vụ. ("), "{kept:?}");
}
