//! Two clerks on one edition at the same moment.

use super::sent::{now_of, typed};
use super::{approve, make, period_id};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};
use crate::support::races::posted;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const SECOND: &str = "tonghop2.catinh.bacgiang";
const LEADER: &str = "lanhdao.catinh.bacgiang";

/// An approved edition with two who send it.
fn approved(app: &TestApp) -> (String, Client, Client) {
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    let edition = make(&first, period_id(app, "bac-giang", "2025-H1"));
    approve(app, &app.client(LEADER), &edition);
    (edition, first, second)
}

fn id_of(edition: &str) -> &str {
    edition.rsplit('/').next().expect("an id")
}

/// The records of sending that can be struck out.
fn strikes(client: &Client, edition: &str) -> Vec<String> {
    let page = client.get(edition).ok();
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.ends_with("/strike")).map(str::to_owned).collect()
}

#[test]
fn an_edition_sent_by_two_at_once_has_one_number() {
    let app = TestApp::demo();
    let (edition, first, second) = approved(&app);
    let to = format!("{edition}/dispatches");
    let now = now_of(&first.get(&format!("{to}/new")).ok());
    let send = |who: &Client, number: &str| who.post(&to, &typed(&now, &[("doc_number", number)]));
    let held = format!("SELECT id FROM editions WHERE id = {}", id_of(&edition));
    let [sent, refused] = posted(&app, &held, [&|| send(&first, "1/BC-CAT"), &|| send(&second, "2/BC-CAT")]);
    assert_eq!((sent.status, refused.status), (303, 422), "{}", refused.text());
    assert!(refused.text().contains("Đây là công văn khác"), "{}", refused.text());
    assert_eq!(strikes(&first, &edition).len(), 1);
}

#[test]
fn when_both_records_are_struck_out_at_once_the_edition_is_not_sent() {
    let app = TestApp::demo();
    let (edition, first, second) = approved(&app);
    let to = format!("{edition}/dispatches");
    let now = now_of(&first.get(&format!("{to}/new")).ok());
    for other in ["Viện kiểm sát", "Tòa án"] {
        first.post(&to, &typed(&now, &[("recipient", ""), ("other", other)])).redirected();
    }
    assert!(first.get(&edition).ok().contains("Đã gửi"));
    let found = strikes(&first, &edition);
    assert_eq!(found.len(), 2);
    let held = format!("SELECT id FROM edition_dispatches WHERE edition_id = {}", id_of(&edition));
    let strike = |who: &Client, path: &str| who.post(path, &[("reason", "Gửi nhầm")]);
    let both = posted(&app, &held, [&|| strike(&first, &found[0]), &|| strike(&second, &found[1])]);
    assert_eq!(both.map(|answer| answer.status), [303, 303]);
    assert!(strikes(&first, &edition).is_empty());
    assert_eq!(super::status(&app, &edition), "approved");
}

#[test]
fn a_double_click_makes_one_edition_and_both_lead_to_it() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let period = period_id(&app, "bac-giang", "2025-H1");
    let page = compiler.get(&format!("/periods/{period}/consolidation")).ok();
    let key = hidden(&page, "form_key").expect("a key");
    let make =
        || compiler.post(&format!("/periods/{period}/editions"), &[("form_key", &key), ("confirmed", "1")]);
    let held = format!("SELECT id FROM people WHERE username = '{COMPILER}'");
    let [one, other] = posted(&app, &held, [&make, &make]);
    assert_eq!(one.redirected(), other.redirected());
}
