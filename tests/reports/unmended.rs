//! Of a correction: what is ticked as mended and was not is pointed out to who sends it, and counted for who receives it. A line of
//! yes or no that is left blank asks for yes or no.

use super::{filled, names_of, pairs, report_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;

const OFFICER: &str = "canbo.vhttdl.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";

/// Asks for a correction of the first section.
fn ask(compiler: &Client, report: &str) {
    let remark = [("place", "section.I"), ("body", "Nêu rõ số kế hoạch.")];
    compiler.post(&format!("{report}/remarks"), &remark).redirected();
    let form = compiler.get(&format!("{report}/amendment-request")).ok();
    let version = values_of(&form, "version")[0].clone();
    let asked = [("version", version.as_str()), ("reason", "Một chỗ cần xem lại."), ("due_on", "12/6/2025")];
    compiler.post(&format!("{report}/amendment-request"), &asked).redirected();
}

/// Types the same text as ever, ticks the remark, and gives back the page before sending.
fn tick(officer: &Client, report: &str) -> String {
    let page = officer.get(&format!("{report}/draft")).ok();
    let answers: Vec<String> =
        names_of(&page, "remark.").into_iter().filter(|n| n.ends_with(".answer")).collect();
    let done = answers[0].replace(".answer", ".done");
    let typed = filled(&page, &[(done.as_str(), "1"), (answers[0].as_str(), "")]);
    officer.post(&format!("{report}/draft"), &pairs(&typed)).redirected();
    officer.get(&format!("{report}/check")).ok()
}

fn send(officer: &Client, report: &str, check: &str) {
    let number = format!("4{}", values_of(check, "version")[0]);
    let paper =
        [("doc_number", number.as_str()), ("doc_date", "10/6/2025"), ("signatory_name", "Trần Thế Khánh")];
    officer.post(&format!("{report}/submission"), &pairs(&ticked(check, &paper))).redirected();
}

#[test]
fn a_tick_where_nothing_changed_is_pointed_out_to_both_sides() {
    let app = TestApp::demo();
    let report = format!("/reports/{}", report_of(&app, "bg.vhttdl", "2025-H1"));
    let (officer, compiler) = (app.client(OFFICER), app.client(COMPILER));
    let pointed_out = "Đánh dấu đã sửa nhưng nội dung không đổi";

    // The first time the words are others than before.
    ask(&compiler, &report);
    let check = tick(&officer, &report);
    assert!(!check.contains(pointed_out), "{check}");
    send(&officer, &report, &check);
    let read = compiler.get(&report).ok();
    assert!(read.contains("1/1 góp ý đơn vị đánh dấu đã sửa</span>"), "{read}");

    // The second time they are the same.
    ask(&compiler, &report);
    let check = tick(&officer, &report);
    assert!(check.contains(pointed_out), "{check}");
    send(&officer, &report, &check);
    for page in [compiler.get(&report).ok(), compiler.get(&format!("{report}/changes?from=2&to=3")).ok()] {
        assert!(page.contains("1/1 góp ý đơn vị đánh dấu đã sửa, 1 chỗ không thay đổi"), "{page}");
    }
}

#[test]
fn a_line_of_yes_or_no_asks_for_yes_or_no() {
    let app = TestApp::demo();
    let report = format!("/reports/{}", report_of(&app, "bg.khcn", "2025-H1"));
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("{report}/draft")).ok();
    assert!(page.contains("<select id=\"f-figure.A02\""), "a line of yes or no");
    let typed = filled(&page, &[("figure.A02", ""), ("figure.B04", "")]);
    officer.post(&format!("{report}/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&format!("{report}/check")).ok();
    let told = |code: &str| {
        let rest = check.split(&format!("Chưa nhập {code} ")).nth(1).expect("it is asked for");
        rest.split('<').next().expect("its words").to_owned()
    };
    assert!(told("A02").ends_with(". Chọn có hoặc không."), "{}", told("A02"));
    assert!(told("B04").ends_with(" Không phát sinh thì nhập 0."), "{}", told("B04"));
}

/// A correction in which nothing was typed anew: days of lists stand in the draft as they were typed, and in what was sent as days.
#[test]
fn nothing_typed_is_no_change() {
    let app = TestApp::demo();
    let report = format!("/reports/{}", report_of(&app, "bg.mttq", "2025-H1"));
    let officer = app.client("canbo.mttq.bacgiang");
    let draft = officer.get(&format!("{report}/draft")).ok();
    assert!(draft.contains("value=\"07/3/2025\""), "a list with a day as it was typed");
    let check = officer.get(&format!("{report}/check")).ok();
    assert!(check.contains("0 chỗ thay đổi so với lần gửi 1"), "{check}");
}
