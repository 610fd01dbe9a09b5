//! An edition that goes to the body above: recording its sending files the collector's own report there.

use diesel::prelude::*;
use tonghop::db::schema::{consolidated_revisions, revisions};

use super::levels::{BELOW, app, ask, edition, expected, file, period, report, totals, version};
use super::{state_of, values_of};
use crate::support::client::{Answer, Client};

/// Records that an edition went to the body above, at an hour of 16/12/2025; the answer.
fn up(client: &Client, edition: &str, changes: &[(&str, &str)]) -> Answer {
    let form = client.get(&format!("{edition}/dispatches/new")).ok();
    let value = |name: &str| {
        let field =
            form.split(&format!("name=\"{name}\"")).nth(1).and_then(|rest| rest.split("value=\"").nth(1));
        field.and_then(|rest| rest.split('"').next()).expect("a proposal").to_owned()
    };
    let (day, hour) = (value("sent_on"), value("sent_time"));
    let mut fields = vec![
        ("recipient", "Công an tỉnh Bắc Giang"),
        ("way", "axis"),
        ("sent_on", day.as_str()),
        ("sent_time", hour.as_str()),
        ("doc_number", "31/BC-MTTQ"),
        ("doc_date", day.as_str()),
    ];
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    client.post(&format!("{edition}/dispatches"), &fields)
}

#[test]
fn sending_an_edition_files_the_collectors_own_report_above() {
    let app = app();
    let (mttq, mttq_leader) = (app.client("canbo.mttq.bacgiang"), app.client("lanhdao.mttq.bacgiang"));
    let (ca, ca_leader) = (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.catinh.bacgiang"));
    let id = report(&app, "bg.mttq", "consolidated");
    let mut next = (101..).filter(|n| n % 10 != 0);
    let mut next = || next.next().unwrap_or(1);
    for (unit, officer) in &BELOW[..2] {
        file(&app, unit, officer, &mttq, &mut next);
    }
    // The narrative is edited for the edition, and goes up with it.
    let path = format!("/periods/{}/narrative", period(&app));
    let page = mttq.get(&path).ok();
    let section = values_of(&page, "section")[0].clone();
    let take = values_of(&page, "act").into_iter().find(|act| act.starts_with("take:")).expect("a paragraph");
    mttq.post(&path, &[("section", &section), ("act", &take)]).redirected();
    let was = values_of(&mttq.get(&path).ok(), "was.1")[0].clone();
    let text = "MTTQ tổng hợp: các tổ chức thành viên đã triển khai.";
    let typed = [("section", section.as_str()), ("act", "save"), ("text.1", text), ("was.1", was.as_str())];
    mttq.post(&path, &typed).redirected();

    let (first, content) = edition(&app, &mttq, &mttq_leader);
    assert_eq!(content.narrative[0].consolidated().as_deref(), Some(text));
    let refused = up(&mttq, &first, &[("doc_number", "")]);
    assert_eq!(refused.status, 422);
    assert_eq!(state_of(&app, id), "not_begun", "nothing is half filed");
    up(&mttq, &first, &[]).redirected();
    assert_eq!(state_of(&app, id), "sent");
    let seen = ca.get(&format!("/reports/{id}")).ok();
    assert!(seen.contains(text) && seen.contains(&first), "figures and words came up");
    assert!(mttq.get(&first).ok().contains("31/BC-MTTQ"));
    let late: Vec<i32> = ask(&app, |conn| {
        revisions::table.filter(revisions::report_id.eq(id)).select(revisions::days_late).load(conn)
    });
    let due: Option<chrono::NaiveDate> = ask(&app, |conn| {
        revisions::table.filter(revisions::report_id.eq(id)).select(revisions::due_on).first(conn)
    });
    let today = chrono::NaiveDate::from_ymd_opt(2025, 12, 16).expect("a day");
    let days = due.map_or(0, |due| (today - due).num_days().max(0) as i32);
    assert_eq!(late, [days], "measured by the day it was sent");
    let again = up(&mttq, &first, &[]);
    assert!(again.status == 422 && again.text().contains("đã gửi lên"), "{}", again.text());
    let page = mttq.get(&first).ok();
    assert!(!page.contains("/strike"), "what filed a report is not struck out");

    ca.post(&format!("/reports/{id}/receipt"), &[("version", &version(&app, id))]).redirected();
    assert_eq!(totals(&edition(&app, &ca, &ca_leader).1), expected(&app));

    // A third unit came late: the second edition sent is a correction above, which counts when it is received.
    let (unit, officer) = BELOW[2];
    file(&app, unit, officer, &mttq, &mut next);
    let (second, _) = edition(&app, &mttq, &mttq_leader);
    let old = up(&mttq, &first, &[]);
    assert!(old.status == 422 && old.text().contains("Đã chốt bản tổng hợp lần 2"), "{}", old.text());
    up(&mttq, &second, &[("doc_number", "32/BC-MTTQ")]).redirected();
    assert_eq!(state_of(&app, id), "sent");
    ca.post(&format!("/reports/{id}/receipt"), &[("version", &version(&app, id))]).redirected();
    assert_eq!(totals(&edition(&app, &ca, &ca_leader).1), expected(&app));
    let used: Vec<(i32, i64)> = ask(&app, |conn| {
        consolidated_revisions::table
            .inner_join(revisions::table)
            .order(revisions::number)
            .select((revisions::number, consolidated_revisions::edition_id))
            .load(conn)
    });
    assert_eq!(used.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(used[0].1, used[1].1);
}
