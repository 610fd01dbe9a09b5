//! Pages as they come out of the printer: on one kind of paper, and on as few sheets as their rows need.

use lopdf::Document;

use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

/// Width and height of each sheet in points, whole.
fn sheets(printed: &[u8]) -> Vec<(i64, i64)> {
    let pdf = Document::load_mem(printed).expect("a PDF");
    let size = |page| {
        let page = pdf.get_dictionary(page).expect("a page");
        let sides = page.get(b"MediaBox").and_then(lopdf::Object::as_array).expect("its size");
        let side = |at: usize| sides[at].as_float().expect("a number").round() as i64;
        (side(2), side(3))
    };
    pdf.page_iter().map(size).collect()
}

#[test]
fn pages_with_tables_come_on_upright_sheets_one_after_another() {
    let app = TestApp::demo();
    let browser = Browser::start(Screen::Desktop);
    browser.sign_in(&app.base, "tonghop.catinh.bacgiang");
    browser.see("Việc đang chờ");
    let period = crate::periods::period(&app, "bac-giang", "2025-H1");
    for (path, most) in [
        (format!("/periods/{period}"), 4),
        (format!("/periods/{period}/calls"), 3),
        ("/overview/units".to_owned(), 3),
        ("/periods".to_owned(), 2),
    ] {
        browser.goto(&format!("{}{path}", app.base));
        let sheets = sheets(&browser.print());
        assert!(sheets.iter().all(|(wide, high)| wide < high), "{path}: {sheets:?}");
        assert!((1..=most).contains(&sheets.len()), "{path}: {} sheets", sheets.len());
    }
}
