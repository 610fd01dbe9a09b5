//! What is kept around chasing: a correction is counted from its own day, a report that says nothing is decided about, a
//! body that came later owes from then on.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::chasing::queries::promises;
use tonghop::db::ids::{ObligationId, RegimeId, ReportId, UnitId};
use tonghop::db::schema::{obligation_decisions, report_transitions, reports, routes};
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
        (summary.tally.assigned.amend_overdue, summary.tally.assigned.on_time, summary.tally.assigned.overdue)
    };
    let before = on(last);
    let after = on(last + chrono::TimeDelta::days(1));
    assert_eq!((before.0, after.0), (0, 1), "in time on the day itself, overdue the day after");
    assert_eq!(before.1, after.1, "the first sending stays in time");
    assert_eq!(before.2, after.2, "and is not among those never sent");
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
            Ok::<_, Error>(diesel::update(of).set(reports::last_revision.eq(1)).execute(conn)?)
        })
        .expect("a sending");
    assert_eq!(newest(id), None);
}

#[test]
fn a_body_that_came_later_is_given_the_period_with_a_day_of_its_own() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let period = crate::periods::period(&app, "bac-giang", "2025-H1");
    let at = format!("/periods/{period}/late-opening");
    // A route from today for a body that owes nothing in the period: the police of the province's own regime reach it late.
    let (unit, regime): (UnitId, RegimeId) = app
        .db
        .write(|conn| {
            use tonghop::db::schema::{obligations, periods, units};
            let regime = periods::table.find(period).select(periods::regime_id).first(conn)?;
            let there =
                obligations::table.filter(obligations::period_id.eq(period)).select(obligations::unit_id);
            let there: Vec<UnitId> = there.load(conn)?;
            let kinds = tonghop::db::schema::unit_versions::table;
            use tonghop::db::schema::unit_versions;
            let unit: UnitId = units::table
                .inner_join(kinds.on(unit_versions::unit_id.eq(units::id)))
                .filter(units::code.like("bg.%"))
                .filter(unit_versions::kind_code.eq_any(["department", "district", "mass_org"]))
                .filter(units::id.ne_all(there))
                .filter(units::existed_to.is_null())
                .order(units::id)
                .select(units::id)
                .first(conn)?;
            let collector = regimes_collector(conn, regime)?;
            diesel::insert_into(routes::table)
                .values((
                    routes::regime_id.eq(regime),
                    routes::unit_id.eq(unit),
                    routes::collector_id.eq(collector),
                    routes::part.eq("own"),
                    routes::mode.eq("assign"),
                    routes::valid_from.eq(day(6, 10)),
                ))
                .execute(conn)?;
            Ok::<_, Error>((unit, regime))
        })
        .expect("a route");
    assert!(regime.0 > 0);
    let unit = unit.to_string();
    let form = compiler.get(&at).ok();
    assert!(form.contains(&format!("<option value=\"{unit}\"")), "{form}");
    let post =
        |due: &str, reason: &str| compiler.post(&at, &[("unit", &unit), ("due_on", due), ("reason", reason)]);
    assert_eq!(post("30/6/2025", "Mới thành lập").status, 422, "after the figures are locked");
    assert_eq!(post("09/6/2025", "Mới thành lập").status, 422, "a day that has passed");
    assert_eq!(post("20/6/2025", "").status, 422, "without a reason");
    post("20/6/2025", "Thành lập theo Nghị quyết").redirected();
    let made = obligation_of(&app, period.0, &unit);
    let (kinds, due): (Vec<String>, Option<NaiveDate>) = app
        .db
        .read(|conn| {
            use tonghop::db::schema::obligations;
            let kinds = obligation_decisions::table.filter(obligation_decisions::obligation_id.eq(made));
            Ok::<_, Error>((
                kinds.select(obligation_decisions::kind).load(conn)?,
                obligations::table.find(made).select(obligations::stated_on).first(conn)?,
            ))
        })
        .expect("the obligation");
    assert_eq!((kinds, due), (vec!["late_opening".to_owned()], Some(day(6, 20))));
    assert_eq!(post("20/6/2025", "Lần nữa").status, 422, "it owes already");
}

fn regimes_collector(conn: &mut tonghop::db::Conn, id: RegimeId) -> QueryResult<UnitId> {
    use tonghop::db::schema::regimes;
    regimes::table.find(id).select(regimes::collector_id).first(conn)
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
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let officer = app.client("canbo.khcn.bacgiang");
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
        ("doc_symbol", "BC-SKHCN"),
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
