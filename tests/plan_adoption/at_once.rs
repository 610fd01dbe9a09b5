//! Two clerks with one document at the same moment.

use super::*;
use crate::support::races::posted;

const SECOND: &str = "tonghop2.catinh.bacgiang";

#[test]
fn two_uploads_of_one_document_adopted_at_once_make_one_plan() {
    let app = TestApp::demo();
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    // The same document, copied with a line at its end.
    let reviews = [paste(&first, PLAN), paste(&second, &format!("{PLAN}\n\n"))];
    assert_ne!(reviews[0], reviews[1]);
    let shown = reviews.clone().map(|review| {
        press(&first, &review, "save", &[]);
        let page = first.get(&format!("{review}/adoption")).ok();
        (value(&page, "version"), value(&page, "shown"))
    });
    let before = plans_there(&app);
    let adopt = |who: &Client, at: usize| {
        let (version, shown) = &shown[at];
        who.post(&format!("{}/adoption", reviews[at]), &[("version", version), ("shown", shown)])
    };
    let [made, told] = posted(&app, "SELECT id FROM units", [&|| adopt(&first, 0), &|| adopt(&second, 1)]);
    assert_eq!(made.status, 303, "{}", made.text());
    assert_eq!(plans_there(&app), before + 1);
    assert!([303, 409, 422].contains(&told.status), "{}", told.text());
}

#[test]
fn the_same_bytes_brought_at_once_are_one_upload() {
    let app = TestApp::demo();
    let (first, second) = (app.client(COMPILER), app.client(SECOND));
    let bring = |who: &Client| who.post("/plan-uploads/text", &[("text", PLAN)]);
    let [one, other] = posted(&app, "SELECT id FROM units", [&|| bring(&first), &|| bring(&second)]);
    assert_eq!(one.redirected(), other.redirected());
}
