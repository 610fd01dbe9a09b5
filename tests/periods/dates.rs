//! Setting and moving the last day of an open period: who goes by it, who keeps theirs, what is refused.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::schema::{audit_log, obligations, periods, reports};
use tonghop::error::Error;

use super::{decision_kinds, obligation, period};
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client, hidden};

const BASIS: &str = "Công văn số 3001/CAT-PC10 ngày 09/6/2025";

fn set(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let version = hidden(&client.get(path).ok(), "version").expect("the period's version");
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    client.post(path, &all)
}

/// Stated days of what is owed in a period, those of sent reports apart.
fn stated(app: &TestApp, id: i64) -> (Vec<Option<NaiveDate>>, Vec<Option<NaiveDate>>) {
    let of = |sent: bool| {
        app.db
            .read(|conn| {
                let all: Vec<(Option<NaiveDate>, Option<chrono::NaiveDateTime>)> = obligations::table
                    .inner_join(reports::table)
                    .filter(obligations::period_id.eq(id))
                    .filter(obligations::standing.eq("owed"))
                    .select((obligations::stated_on, reports::first_sent_at))
                    .load(conn)?;
                let kept = all.into_iter().filter(|(_, at)| at.is_some() == sent).map(|(day, _)| day);
                Ok::<_, Error>(kept.collect())
            })
            .expect("the obligations")
    };
    (of(true), of(false))
}

#[test]
fn a_day_is_set_for_a_period_that_had_none() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = period(&app, "bac-giang", "2025-Y");
    let path = format!("/periods/{id}/dates");
    assert!(compiler.get(&format!("/periods/{id}")).ok().contains(&format!("href=\"{path}\"")));
    for (fields, field) in [
        (&[("due_rule", "by"), ("stated_on", ""), ("due_basis", BASIS)][..], "stated_on"),
        (&[("due_rule", "by"), ("stated_on", "30/2/2025"), ("due_basis", BASIS)][..], "stated_on"),
        (&[("due_rule", "by"), ("stated_on", "09/6/2025"), ("due_basis", BASIS)][..], "stated_on"),
        (&[("due_rule", "before"), ("stated_on", "10/6/2025"), ("due_basis", BASIS)][..], "stated_on"),
        (&[("due_rule", "by"), ("stated_on", "17/12/2025"), ("due_basis", "")][..], "due_basis"),
        (
            &[
                ("due_rule", "by"),
                ("stated_on", "17/12/2025"),
                ("due_basis", BASIS),
                ("lock_on", "16/12/2025"),
            ][..],
            "lock_on",
        ),
        (&[("stated_on", "17/12/2025"), ("due_basis", BASIS)][..], "due_rule"),
    ] {
        let refused = set(&compiler, &path, fields);
        assert_eq!(refused.status, 422, "{fields:?}");
        let text = refused.text();
        assert!(text.contains(&format!("href=\"#f-{field}\"")), "{fields:?}: {text}");
        assert!(fields.iter().all(|(_, typed)| typed.len() < 4 || text.contains(typed)), "{fields:?}");
    }
    let fields =
        [("due_rule", "by"), ("stated_on", "17/12/2025"), ("due_basis", BASIS), ("lock_on", "24/12/2025")];
    assert_eq!(set(&compiler, &path, &fields).redirected(), format!("/periods/{id}"));
    let page = compiler.get(&format!("/periods/{id}")).ok();
    assert!(
        page.contains("chậm nhất ngày 17/12/2025") && page.contains("24/12/2025") && page.contains(BASIS)
    );
    let day = NaiveDate::from_ymd_opt(2025, 12, 17);
    let (sent, open) = stated(&app, id.0);
    // The three organisations that MTTQ consolidates are due a working day before it.
    let (earlier, theirs): (Vec<Option<NaiveDate>>, Vec<_>) = open.iter().copied().partition(|on| *on != day);
    assert!(sent.is_empty() && theirs.len() > 20, "{open:?}");
    assert_eq!(earlier, [NaiveDate::from_ymd_opt(2025, 12, 16); 3]);
    // Every unit reads it, with the document that says so.
    let duty = obligation(&app, "bac-giang", "2025-Y", "bg.khcn");
    assert_eq!(decision_kinds(&app, duty), ["due_set"]);
    let officer = app.client("canbo.khcn.bacgiang");
    let history = officer.get(&format!("/obligations/{duty}")).ok();
    assert!(
        history.contains("Ấn định thời hạn gửi đến hết ngày 17/12") && history.contains(BASIS),
        "{history}"
    );
    assert!(officer.get("/my").ok().contains("chậm nhất ngày 17/12/2025"));
    let audited: i64 = app
        .db
        .read(|conn| {
            let rows = audit_log::table.filter(audit_log::action.eq("period.set_dates"));
            Ok::<_, Error>(rows.filter(audit_log::subject_id.eq(id.0)).count().get_result(conn)?)
        })
        .expect("the log");
    assert_eq!(audited, 1);
    assert_eq!(set(&compiler, &path, &fields).status, 422, "nothing would change");
    let gone = [("due_rule", "undated"), ("stated_on", ""), ("due_basis", BASIS)];
    assert_eq!(set(&compiler, &path, &gone).status, 422, "a day that was set is not taken back");
    assert_eq!(
        compiler.post(&path, &[("version", "1"), fields[0], ("stated_on", "18/12/2025"), fields[2]]).status,
        409
    );
}

#[test]
fn what_was_sent_keeps_its_day_and_is_never_made_late() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = period(&app, "bac-giang", "2025-H1");
    let path = format!("/periods/{id}/dates");
    let firsts = |app: &TestApp| -> Vec<(i64, Option<NaiveDate>)> {
        app.db
            .read(|conn| {
                Ok::<_, Error>(
                    reports::table
                        .inner_join(obligations::table)
                        .filter(obligations::period_id.eq(id))
                        .filter(reports::first_sent_at.is_not_null())
                        .order(reports::id)
                        .select((reports::id, reports::first_due_on))
                        .load(conn)?,
                )
            })
            .expect("what was sent")
    };
    let (before, before_stated) = (firsts(&app), stated(&app, id.0).0);
    assert!(before.len() > 5);
    let page = compiler.get(&format!("/periods/{id}")).ok();
    let late = |page: &str| page.matches("gửi muộn").count();
    let sooner = [
        ("due_rule", "by"),
        ("stated_on", "11/6/2025"),
        ("due_basis", BASIS),
        ("lock_on", "24/6/2025"),
        ("aware", "1"),
    ];
    set(&compiler, &path, &sooner).redirected();
    let after = compiler.get(&format!("/periods/{id}")).ok();
    assert_eq!(firsts(&app), before);
    assert_eq!(stated(&app, id.0).0, before_stated, "obligations already met keep their words");
    assert_eq!(late(&after), late(&page), "nobody who has sent becomes late");
    let (_, open) = stated(&app, id.0);
    assert!(open.iter().all(|on| *on == NaiveDate::from_ymd_opt(2025, 6, 11)), "{open:?}");
    // Only the lock moves: nobody's day is touched, and no decision is written.
    let duty = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let kinds = decision_kinds(&app, duty);
    let lock = [
        ("due_rule", "by"),
        ("stated_on", "11/6/2025"),
        ("due_basis", BASIS),
        ("lock_on", "30/6/2025"),
        ("aware", "1"),
    ];
    set(&compiler, &path, &lock).redirected();
    assert_eq!(decision_kinds(&app, duty), kinds);
    let lock_on: Option<NaiveDate> = app
        .db
        .read(|conn| Ok::<_, Error>(periods::table.find(id.0).select(periods::lock_on).first(conn)?))
        .expect("the period");
    assert_eq!(lock_on, NaiveDate::from_ymd_opt(2025, 6, 30));
}

#[test]
fn an_extension_that_the_new_day_reaches_is_over() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let duty = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let far = obligation(&app, "bac-giang", "2025-H1", "bg.lucnam");
    for (id, until) in [(duty, "20/6/2025"), (far, "30/6/2025")] {
        let page = compiler.get(&format!("/obligations/{id}/extension")).ok();
        let version = hidden(&page, "version").expect("a version");
        let fields = [("version", version.as_str()), ("until", until), ("reason", "Sắp xếp bộ máy")];
        compiler.post(&format!("/obligations/{id}/extension"), &fields).redirected();
    }
    let path = format!("/periods/{}/dates", period(&app, "bac-giang", "2025-H1"));
    let later =
        [("due_rule", "by"), ("stated_on", "25/6/2025"), ("due_basis", BASIS), ("lock_on", "30/6/2025")];
    set(&compiler, &path, &later).redirected();
    let extended = |id| -> Option<NaiveDate> {
        app.db
            .read(|conn| {
                Ok::<_, Error>(obligations::table.find(id).select(obligations::extended_to).first(conn)?)
            })
            .expect("the obligation")
    };
    assert_eq!((extended(duty), extended(far)), (None, NaiveDate::from_ymd_opt(2025, 6, 30)));
}

#[test]
fn what_was_declared_nil_keeps_its_day_until_it_is_owed_again() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let officer = app.client("canbo.hiephoa.bacgiang");
    let path = format!("/periods/{}/dates", period(&app, "bac-giang", "2025-H1"));
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.hiephoa");
    let day = |app: &TestApp| -> Option<NaiveDate> {
        app.db
            .read(|conn| {
                Ok::<_, Error>(obligations::table.find(id).select(obligations::stated_on).first(conn)?)
            })
            .expect("the obligation")
    };
    let step = |path: &str| {
        let version = super::standing(&app, id).1.to_string();
        officer
            .post(
                &format!("/obligations/{id}/{path}"),
                &[("version", &version), ("aware", "1"), ("consent", "Công văn số 15/CV")],
            )
            .redirected()
    };
    let before = day(&app);
    step("nil");
    let later =
        [("due_rule", "by"), ("stated_on", "20/6/2025"), ("due_basis", BASIS), ("lock_on", "30/6/2025")];
    set(&compiler, &path, &later).redirected();
    assert_eq!(day(&app), before, "late or in time is decided by the day it was declared under");
    assert_eq!(decision_kinds(&app, id), ["nil"]);
    step("nil/withdrawal");
    assert_eq!(day(&app), NaiveDate::from_ymd_opt(2025, 6, 20), "owed again, it goes by the new day");
}

#[test]
fn a_day_too_near_the_cut_off_is_asked_about_and_an_hour_that_has_passed_refused() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 12, 12).expect("a day"));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = period(&app, "bac-giang", "2025-Y");
    let path = format!("/periods/{id}/dates");
    // The window of the year ends on 14/12: nobody can send its figures before.
    let near = [("due_rule", "by"), ("stated_on", "12/12/2025"), ("due_basis", BASIS)];
    let asked = set(&compiler, &path, &near);
    assert_eq!(asked.status, 422);
    let text = asked.text();
    assert!(text.contains("Điều 8 Nghị định 09/2019/NĐ-CP") && text.contains("name=\"aware\""), "{text}");
    let passed = [near[0], near[1], near[2], ("stated_time", "00:00"), ("aware", "1")];
    let refused = set(&compiler, &path, &passed);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("0 giờ 00 hôm nay đã qua"));
    // Read and ticked it is set; the organisations below MTTQ are not due before today.
    set(&compiler, &path, &[near[0], near[1], near[2], ("aware", "1")]).redirected();
    let today = NaiveDate::from_ymd_opt(2025, 12, 12);
    let (_, open) = stated(&app, id.0);
    assert!(!open.is_empty() && open.iter().all(|on| *on == today), "{open:?}");
}

#[test]
fn the_hour_of_a_day_is_said_wherever_the_day_is() {
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 12, 17).expect("a day"));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = period(&app, "bac-giang", "2025-Y");
    let path = format!("/periods/{id}/dates");
    let fields =
        [("due_rule", "before"), ("stated_on", "20/12/2025"), ("stated_time", "16:33"), ("due_basis", BASIS)];
    set(&compiler, &path, &fields).redirected();
    let calls = compiler.get(&format!("/periods/{id}/calls")).ok();
    assert!(calls.contains("Thời hạn gửi là trước 16 giờ 33, thứ Bảy, 20/12/2025"), "{calls}");
    assert!(!calls.contains("hết thứ Bảy, 20/12/2025"), "{calls}");
    let duty = obligation(&app, "bac-giang", "2025-Y", "bg.khcn");
    let page = compiler.get(&format!("/obligations/{duty}")).ok();
    assert!(page.contains("Ấn định thời hạn gửi: trước 16 giờ 33 ngày 20/12/2025"), "{page}");
    assert!(page.contains("thứ Bảy, 20/12/2025, trước 16 giờ 33"), "{page}");
    assert!(page.contains("<dt>Căn cứ thời hạn</dt>") && page.contains(BASIS), "{page}");
    let overview = compiler.get("/overview").ok();
    assert!(overview.contains("trước 16 giờ 33, thứ Bảy, 20/12/2025"), "{overview}");
    assert!(overview.contains("thời hạn gửi trước 16 giờ 33: "), "{overview}");
    // A body below MTTQ goes by a day of its own, which no document names.
    let below = obligation(&app, "bac-giang", "2025-Y", "bg.phunu");
    let page = compiler.get(&format!("/obligations/{below}")).ok();
    assert!(page.contains("<dt>Thời hạn của đơn vị này</dt><dd>chậm nhất ngày 19/12/2025</dd>"), "{page}");
    assert!(
        page.contains("<dt>Thời hạn theo văn bản</dt><dd>trước 16 giờ 33 ngày 20/12/2025</dd>"),
        "{page}"
    );
}
