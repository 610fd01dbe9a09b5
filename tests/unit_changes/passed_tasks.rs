//! A report that passed after the period's reference day: its new body is asked what the old one was, sees what was written of it,
//! and sends nothing that stands on no page.

use std::collections::BTreeSet;

use diesel::prelude::*;
use tonghop::db::ids::ObligationId;
use tonghop::db::schema::{obligations, periods};
use tonghop::error::Error;
use tonghop::unit_changes::plan::{Choices, Fate};
use tonghop::unit_changes::{Body, Kind, Line};

use super::scene::{carry_out, day, event, founded, unit};
use crate::documents::read::paragraphs;
use crate::reports::{filled, pairs, report_of, ticked};
use crate::support::app::TestApp;

/// Numbers of the tasks a draft's page has fields for.
fn tasks(page: &str) -> BTreeSet<String> {
    let fields = page.split("name=\"task.").skip(1);
    fields
        .filter_map(|rest| Some(rest.split_once(".body\"")?.0.to_owned()))
        .filter(|id| id.len() < 9)
        .collect()
}

#[test]
fn the_tasks_of_the_body_it_was_of_stay_on_the_page_and_in_what_is_sent() {
    let app = TestApp::demo_on(day("2025-06-20"));
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{report}{rest}");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&at("/draft")).ok();
    let asked = tasks(&page);
    assert!(!asked.is_empty(), "the department has tasks");
    let told = "Đã lắp thêm hai cụm loa ở bản vùng cao.";
    let field = format!("task.{}.body", asked.first().expect("a task"));
    officer.post(&at("/draft"), &pairs(&filled(&page, &[(field.as_str(), told)]))).redirected();

    app.db
        .write(|conn| {
            let (one, other) = (unit(conn, "bg.khcn"), unit(conn, "bg.vhttdl"));
            let duty: ObligationId = obligations::table
                .inner_join(periods::table)
                .filter(periods::code.eq("2025-H1").and(obligations::unit_id.eq(one)))
                .filter(obligations::part.eq("own"))
                .select(obligations::id)
                .first(conn)?;
            let mut event = event(Kind::Merge, "2025-06-20", vec![]);
            event.new_units =
                vec![founded("Sở Văn hóa, Khoa học và Công nghệ", "department", unit(conn, "bg.ubnd"))];
            event.lines =
                [one, other].map(|from| Line { from, to: Some(Body::New(0)), function: None }).to_vec();
            let mut choices = Choices::default();
            choices.duties.insert(duty, Fate::Pass(Body::New(0)));
            carry_out(conn, &event, &choices)?;
            Ok::<_, Error>(())
        })
        .expect("they become one");

    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let page = officer.get(&at("/draft")).ok();
    assert!(asked.is_subset(&tasks(&page)), "{asked:?} {:?}", tasks(&page));
    assert!(page.contains(told));
    officer.post(&at("/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains(told), "seen before it is sent: {check}");
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains(told), "the leader sees it too");
    leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    assert!(officer.get(&at("")).ok().contains(told), "the report's page has it");
    let paper = officer.get(&at("/revisions/1/document"));
    let texts: Vec<String> = paragraphs(&paper.bytes).into_iter().map(|p| p.text).collect();
    assert!(texts.join("\n").contains(told), "and the paper");
}
