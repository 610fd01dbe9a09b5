//! A report that two type in for its unit at the same moment, and steps on its behalf that are sent twice.

use super::on_behalf::{PAPER, begin, type_and_send, version_of};
use super::{filled, pairs, report_of, ticked};
use crate::support::app::TestApp;
use crate::support::client::Client;
use crate::support::races::posted;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const SECOND: &str = "tonghop2.catinh.bacgiang";

#[test]
fn of_two_who_begin_to_type_at_once_the_second_is_told() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    let start = |who: &Client| begin(&app, who, id, "10/6/2025", &[("put_aside", "1")]);
    let held = format!("SELECT id FROM reports WHERE id = {id}");
    let [begun, told] = posted(&app, &held, [&|| start(&first), &|| start(&second)]);
    assert_eq!((begun.status, told.status), (303, 409), "{}", told.text());
    assert!(told.text().contains("vừa được người khác xử lý"), "{}", told.text());
}

#[test]
fn a_sending_on_behalf_sent_twice_leads_to_its_confirmation() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    begin(&app, &first, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    let page = first.get(&format!("/reports/{id}/draft")).ok();
    first.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[]))).redirected();
    let fields = ticked(&first.get(&format!("/reports/{id}/check")).ok(), &PAPER);
    let send = |who: &Client| who.post(&format!("/reports/{id}/submission"), &pairs(&fields));
    assert_eq!(send(&first).redirected(), format!("/reports/{id}/confirmation/1"));
    assert_eq!(send(&first).redirected(), format!("/reports/{id}/confirmation/1"));
    let told = send(&second);
    assert_eq!(told.status, 409, "{}", told.text());
    // For those who may not type in it is as it was: no report of theirs.
    assert_eq!(send(&app.client("canbo.khcn.bacgiang")).status, 404);
}

#[test]
fn a_taking_back_sent_twice_leads_to_the_same_page() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    begin(&app, &first, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    type_and_send(&first, id);
    let version = version_of(&app, id);
    let back = |who: &Client| {
        let fields = [("version", version.as_str()), ("withdrawal_reason", "Nhập nhầm")];
        who.post(&format!("/reports/{id}/on-behalf/withdrawal"), &fields)
    };
    assert_eq!(back(&first).redirected(), format!("/reports/{id}"));
    assert_eq!(back(&first).redirected(), format!("/reports/{id}"));
    assert_eq!(back(&second).status, 422);
}
