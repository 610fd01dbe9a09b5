//! Number and day of the paper an edition was sent with, in a recipient's form.

use super::pages::{ADMINISTRATOR, COMPILER, book, edition, fill, upload};
use crate::editions::{now_of, typed};
use crate::form_filler::by_openpyxl::look;
use crate::support::app::{TempDir, TestApp};

#[test]
fn a_form_names_the_paper_the_edition_was_sent_with() {
    let (app, folder) = (TestApp::demo(), TempDir::new());
    let sentence = "Số: {{document.number}} ngày {{document.date}}";
    let bytes = book(&[(1, 0, sentence), (2, 0, "{{document.number}}")]);
    let form = upload(&app.client(ADMINISTRATOR), "Biểu 03", &bytes).redirected();
    let (compiler, edition) = (app.client(COMPILER), edition(&app));
    let words = |cell: &str| {
        let filled = fill(&compiler, &edition, &form, "ministry");
        assert_eq!(filled.status, 200, "{}", filled.text());
        look(&filled.bytes, &folder.0)["sheets"]["Biểu 1"]["cells"][cell][0].as_str().map(str::to_owned)
    };
    let to = format!("{edition}/dispatches");
    let now = now_of(&compiler.get(&format!("{to}/new")).ok());
    let fields = [("doc_number", "318/BC-CAT-PC10"), ("another", "1")];
    compiler.post(&to, &typed(&now, &fields)).redirected();
    assert_eq!(words("A2").as_deref(), Some("Số: 318/BC-CAT-PC10 ngày 10/6/2025"));
    assert_eq!(words("A3").as_deref(), Some("318/BC-CAT-PC10"));
    // A record that was struck out is nobody's paper.
    let shown = compiler.get(&edition).ok();
    let mut links = shown.split("href=\"").filter_map(|rest| rest.split('"').next());
    let strike = links.find(|link| link.ends_with("/strike")).expect("a record");
    compiler.post(strike, &[("reason", "Gửi nhầm")]).redirected();
    assert_ne!(words("A3").as_deref(), Some("318/BC-CAT-PC10"));
}
