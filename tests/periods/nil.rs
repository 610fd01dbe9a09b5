//! A declaration of nil of a unit that had figures: told before, put before the collector, asked for again.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::ObligationId;
use tonghop::db::schema::{audit_log, obligations};
use tonghop::error::Error;
use tonghop::periods::Earlier;

use super::{decision_kinds, obligation, standing};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

/// The window of the half-year is over: nothing else speaks against a declaration.
fn app() -> TestApp {
    TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 16).expect("a day"))
}

fn decide(app: &TestApp, client: &Client, id: ObligationId, path: &str, fields: &[(&str, &str)]) -> Answer {
    let version = standing(app, id).1.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    client.post(&format!("/obligations/{id}/{path}"), &all)
}

fn extended(app: &TestApp, id: ObligationId) -> Option<NaiveDate> {
    app.db
        .read(|conn| {
            Ok::<_, Error>(obligations::table.find(id).select(obligations::extended_to).first(conn)?)
        })
        .expect("the obligation")
}

#[test]
fn the_first_figures_are_written_and_the_others_counted() {
    let of = |count: usize| Earlier {
        label: "Năm 2024".into(),
        figures: (1..=count).map(|n| format!("Dòng {n}: {n} lượt")).collect(),
    };
    assert_eq!(of(1).words(), "Báo cáo năm 2024 của đơn vị có 1 số liệu khác 0: Dòng 1: 1 lượt.");
    let seven = of(7).words();
    assert!(seven.ends_with("Dòng 5: 5 lượt; và 2 số liệu khác.") && seven.contains("có 7 số liệu khác 0"));
    assert!(!seven.contains("Dòng 6"));
}

#[test]
fn figures_of_last_year_are_told_ticked_and_put_before_the_collector() {
    let app = app();
    // Hiệp Hòa sent figures for the half-year of 2024.
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let form = officer.get(&format!("/obligations/{id}/nil")).ok();
    let told = "Báo cáo 6 tháng đầu năm 2024 của đơn vị có ";
    assert!(form.contains(told) && form.contains("số liệu khác 0: "), "{form}");
    let refused = decide(&app, &officer, id, "nil", &[("consent", "Công văn số 15/CV")]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(
        text.contains("href=\"#f-aware\"") && text.contains("Đã kiểm tra, kỳ này không phát sinh"),
        "{text}"
    );
    decide(&app, &officer, id, "nil", &[("aware", "1"), ("consent", "Công văn số 15/CV")]).redirected();
    assert_eq!(standing(&app, id).0, "nil");

    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = compiler.get(&format!("/obligations/{id}")).ok();
    assert!(page.contains("id=\"nil-against\"") && page.contains(told), "{page}");
    assert!(page.contains(&format!("/obligations/{id}/nil-return")), "{page}");
    let in_queue = |client: &Client| {
        let list = client.get("/periods").ok();
        list.contains(&format!("href=\"/obligations/{id}\"")) && list.contains("khai không phát sinh</span>")
    };
    assert!(in_queue(&compiler));
    // Once somebody has spoken with the unit about it, it waits no more.
    let spoke =
        [("channel", "phone"), ("on", "16/6/2025"), ("outcome", "reached"), ("note", "Đơn vị xác nhận")];
    compiler.post(&format!("/obligations/{id}/contacts"), &spoke).redirected();
    assert!(!in_queue(&compiler));
}

#[test]
fn a_declaration_after_the_edition_is_told_on_the_page_of_the_period() {
    let app = app();
    let half = super::period(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    compiler.post(&format!("/periods/{half}/editions"), &[("confirmed", "1")]).redirected();
    let told = "1 đơn vị khai không phát sinh sau bản này";
    let page = compiler.get(&format!("/periods/{half}")).ok();
    assert!(!page.contains("khai không phát sinh sau bản này"), "those of before are in it: {page}");
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let officer = app.client("canbo.hiephoa.bacgiang");
    decide(&app, &officer, id, "nil", &[("aware", "1"), ("consent", "Công văn số 15/CV")]).redirected();
    assert!(compiler.get(&format!("/periods/{half}")).ok().contains(told));
}

#[test]
fn nil_without_figures_before_stands_against_nothing() {
    let app = app();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.yte");
    let page = app.client("tonghop.catinh.bacgiang").get(&format!("/obligations/{id}")).ok();
    assert!(!page.contains("id=\"nil-against\""), "{page}");
    assert!(page.contains(&format!("/obligations/{id}/nil-return")), "asked for all the same: {page}");
}

#[test]
fn the_collector_asks_for_the_report_after_all_by_a_day_and_with_a_reason() {
    let app = app();
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.yte");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for (fields, field) in [
        (&[("until", "20/6/2025"), ("reason", "")][..], "reason"),
        (&[("until", ""), ("reason", "Có số liệu")][..], "until"),
        (&[("until", "15/6/2025"), ("reason", "Có số liệu")][..], "until"),
        (&[("until", "20/6/2027"), ("reason", "Có số liệu")][..], "until"),
    ] {
        let refused = decide(&app, &compiler, id, "nil-return", fields);
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.text().contains(&format!("href=\"#f-{field}\"")), "{fields:?}");
    }
    assert_eq!(standing(&app, id).0, "nil");
    let officer = app.client("canbo.yte.bacgiang");
    let asked = [("until", "20/6/2025"), ("reason", "Năm trước có số liệu, đề nghị rà soát")];
    assert_eq!(decide(&app, &officer, id, "nil-return", &asked).status, 403);
    decide(&app, &compiler, id, "nil-return", &asked).redirected();
    assert_eq!(
        (standing(&app, id).0.as_str(), extended(&app, id)),
        ("owed", NaiveDate::from_ymd_opt(2025, 6, 20))
    );
    assert_eq!(decision_kinds(&app, id), ["nil", "nil_withdrawn"]);
    let last: String = app
        .db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::subject_kind.eq("obligation"));
            let of = of.filter(audit_log::subject_id.eq(id.0)).order(audit_log::id.desc());
            Ok::<_, Error>(of.select(audit_log::action).first(conn)?)
        })
        .expect("the log");
    assert_eq!(last, "obligation.nil_returned");
    // The unit reads it where its decisions stand, among its notices, and owes the report again.
    let page = officer.get(&format!("/obligations/{id}")).ok();
    assert!(
        page.contains("Đề nghị báo cáo lại, chậm nhất 20/6") && page.contains("đề nghị rà soát"),
        "{page}"
    );
    let notices = officer.get("/notices").ok();
    assert!(
        notices.contains("Đề nghị báo cáo lại, chậm nhất 20/6") && notices.contains("đề nghị rà soát"),
        "{notices}"
    );
    assert_eq!(
        decide(&app, &compiler, id, "nil-return", &asked).status,
        422,
        "there is no declaration any more"
    );
}
