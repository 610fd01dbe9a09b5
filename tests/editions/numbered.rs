//! Number, day and signatory of a consolidated report: typed at approval or with the first sending, and offered ever after; the
//! report of a later edition says which one it takes the place of.

use calamine::Reader;

use super::sent::{now_of, typed};
use super::{approve, make, open, period_id, report, version, workbook};
use crate::documents::read::paragraphs;
use crate::reports::values_of;
use crate::support::app::TestApp;
use crate::support::client::Client;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const LEADER: &str = "lanhdao.catinh.bacgiang";
const NUMBER: &str = "9/BC-CAT-PC10";

fn lines(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    paragraphs(&answer.bytes).into_iter().map(|one| one.text.replace('\u{a0}', " ")).collect()
}

/// All words of a sheet of a kept workbook.
fn words(client: &Client, edition: &str, copy: &str, sheet: &str) -> Vec<String> {
    let range = open(workbook(client, edition, copy)).worksheet_range(sheet).expect("a sheet");
    range.used_cells().map(|(.., cell)| cell.to_string()).collect()
}

/// What a field with a class offers.
fn offered(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\"")).nth(1).expect("the field");
    field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its value").to_owned()
}

#[test]
fn a_number_known_at_approval_stands_in_every_kept_file() {
    let app = TestApp::demo();
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    let approval = format!("{edition}/approval");
    let page = leader.get(&approval).ok();
    // The rank stands in no account: it is that of the leader's signature under the body's own report.
    assert_eq!(values_of(&page, "signatory_name"), ["Đại tá Mai Đức Thành"]);
    assert_eq!(values_of(&page, "signatory_title"), ["PHÓ GIÁM ĐỐC"]);
    assert_eq!((offered(&page, "doc_number").as_str(), offered(&page, "doc_date").as_str()), ("", ""));
    let seen = version(&app, &edition);
    let fields = |number, date| {
        vec![("version", seen.as_str()), ("agreed", "1"), ("doc_number", number), ("doc_date", date)]
    };
    for (number, date, field, message) in [
        (NUMBER, "", "doc_date", "Nhập cả ngày của văn bản"),
        ("", "10/6/2025", "doc_number", "Nhập cả số của văn bản"),
        (NUMBER, "11/6/2025", "doc_date", "Ngày văn bản chưa tới"),
        (NUMBER, "31/6/2025", "doc_date", "href=\"#f-doc_date\""),
    ] {
        let answer = leader.post(&approval, &fields(number, date));
        let text = answer.text();
        assert!(answer.status == 422 && text.contains(message), "{number} {date}: {text}");
        assert!(text.contains(&format!("id=\"f-{field}-e\"")) && offered(&text, "doc_number") == number);
    }
    assert!(leader.get(&edition).ok().contains("Dự thảo"), "nothing is approved");
    leader.post(&approval, &fields(NUMBER, "10/6/2025")).redirected();

    for copy in ["ministry", "internal"] {
        let said = words(&compiler, &edition, copy, "Tổng hợp");
        for line in [
            "(Kèm theo Báo cáo số 09/BC-CAT-PC10 ngày 10 tháng 6 năm 2025 của Công an tỉnh Bắc Giang)",
            "Bắc Giang, ngày 10 tháng 6 năm 2025",
            "Đại tá Mai Đức Thành",
            "Phụ lục III",
        ] {
            assert!(said.iter().any(|one| one == line), "{copy}: {line}: {said:#?}");
        }
        let keys = words(&compiler, &edition, copy, "Định danh");
        let value = |key: &str| keys.iter().position(|one| one == key).and_then(|at| keys.get(at + 1));
        assert_eq!(value("so_van_ban").map(String::as_str), Some(NUMBER));
        assert_eq!(value("ngay_van_ban").map(String::as_str), Some("2025-06-10"));
    }
    let paper = lines(&compiler, &format!("{edition}/document"));
    for line in ["Số: 09/BC-CAT-PC10", "Bắc Giang, ngày 10 tháng 6 năm 2025", "Đại tá Mai Đức Thành"]
    {
        assert!(paper.iter().any(|one| one == line), "{line}: {paper:#?}");
    }
    assert!(paper.iter().any(|one| one.ends_with("tại tệp Excel kèm theo (Phụ lục III)./.")), "{paper:#?}");

    // The sending has it already, and another one is asked about.
    let to = format!("{edition}/dispatches");
    let form = compiler.get(&format!("{to}/new")).ok();
    assert_eq!(offered(&form, "doc_number"), NUMBER);
    assert_eq!(offered(&form, "doc_date"), "10/6/2025");
    assert_eq!(offered(&form, "signatory_name"), "Đại tá Mai Đức Thành");
    assert!(!form.contains("id=\"unnumbered-workbook\"") && !form.contains("name=\"another\""));
    let now = now_of(&form);
    let other = compiler.post(&to, &typed(&now, &[("doc_number", "10/BC-CAT-PC10")]));
    assert!(other.status == 422 && other.text().contains("Đây là công văn khác"), "{}", other.text());
    compiler.post(&to, &typed(&now, &[("doc_number", "09/BC-CAT-PC10")])).redirected();
}

/// "90" alone is the edition's own number with its symbol, on every page and paper; another symbol is another document.
#[test]
fn a_number_typed_alone_is_whole_everywhere_and_another_symbol_is_asked_about() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    approve(&app, &app.client(LEADER), &edition);
    let to = format!("{edition}/dispatches");
    let now = now_of(&compiler.get(&format!("{to}/new")).ok());
    compiler.post(&to, &typed(&now, &[("doc_number", "90")])).redirected();
    let paper = lines(&compiler, &format!("{edition}/document"));
    let number = paper.iter().find_map(|line| line.strip_prefix("Số: ")).expect("a number").to_owned();
    assert!(number.starts_with("90/BC-CAT"), "{number}");
    assert!(
        compiler.get(&edition).ok().contains(&format!("số {number}")),
        "the page says what the paper says"
    );
    let other = compiler.post(&to, &typed(&now, &[("doc_number", "90/BC-KHAC")]));
    assert!(other.status == 422 && other.text().contains("Đây là công văn khác"), "{}", other.text());
    compiler.post(&to, &typed(&now, &[("doc_number", "90")])).redirected();
}

#[test]
fn a_number_that_came_with_the_sending_leaves_the_kept_workbook_as_it_is() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let edition = make(&compiler, period_id(&app, "bac-giang", "2025-H1"));
    approve(&app, &app.client(LEADER), &edition);
    let to = format!("{edition}/dispatches");
    let form = compiler.get(&format!("{to}/new")).ok();
    assert!(form.contains("id=\"unnumbered-workbook\"") && offered(&form, "doc_number").is_empty(), "{form}");
    let kept = workbook(&compiler, &edition, "ministry");
    let now = now_of(&form);
    compiler.post(&to, &typed(&now, &[("signatory_name", "Đại tá Mai Đức Thành")])).redirected();
    assert!(workbook(&compiler, &edition, "ministry") == kept, "the very bytes");
    // The second recipient gets the same document: its number, day and signatory are there.
    let form = compiler.get(&format!("{to}/new")).ok();
    let again = ["doc_number", "doc_date", "signatory_name"].map(|name| offered(&form, name));
    assert_eq!(again, ["125/BC-CAT", "10/6/2025", "Đại tá Mai Đức Thành"]);
    assert!(form.contains("id=\"unnumbered-workbook\""), "the file still has none");
    // A record that was struck out is nobody's number.
    let shown = compiler.get(&edition).ok();
    let mut links = shown.split("href=\"").filter_map(|rest| rest.split('"').next());
    let strike = links.find(|link| link.ends_with("/strike")).expect("a record");
    compiler.post(strike, &[("reason", "Gửi nhầm")]).redirected();
    assert!(offered(&compiler.get(&format!("{to}/new")).ok(), "doc_number").is_empty());
}

fn replaces(all: &[String]) -> Option<&str> {
    all.iter().find(|line| line.contains(" này thay thế ")).map(String::as_str)
}

#[test]
fn the_second_report_says_which_one_it_takes_the_place_of() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let first = make(&compiler, id);
    approve(&app, &leader, &first);
    assert_eq!(replaces(&lines(&compiler, &format!("{first}/document"))), None, "nothing was before it");
    let to = format!("{first}/dispatches");
    let now = now_of(&compiler.get(&format!("{to}/new")).ok());
    compiler.post(&to, &typed(&now, &[("doc_number", NUMBER)])).redirected();

    let (late, state) = report(&app, id, "bg.noivu");
    compiler.post(&format!("/reports/{late}/receipt"), &[("version", &state.to_string())]).redirected();
    let second = make(&compiler, id);
    let sentence = "Báo cáo này thay thế Báo cáo số 09/BC-CAT-PC10 ngày 10 tháng 6 năm 2025 của Công an tỉnh Bắc Giang; nội dung \
                    thay đổi nêu tại trang “Thay đổi so với lần trước” của tệp Excel kèm theo (Phụ lục III).";
    let paper = format!("{second}/document");
    assert_eq!(replaces(&lines(&compiler, &paper)), Some(sentence), "the draft says so already");
    approve(&app, &leader, &second);
    assert_eq!(replaces(&lines(&compiler, &paper)), Some(sentence));
    let changes = words(&compiler, &second, "ministry", "Thay đổi so với lần trước");
    assert!(changes.iter().any(|one| one.starts_with("Sở Nội vụ")), "{changes:#?}");
}

/// The first was recorded, or struck out, when the second was made already: what is kept at approval goes by what stands then.
#[test]
fn a_sending_recorded_late_is_known_when_the_next_one_is_approved() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let (compiler, leader) = (app.client(COMPILER), app.client(LEADER));
    let first = make(&compiler, id);
    approve(&app, &leader, &first);
    let second = make(&compiler, id);
    let paper = format!("{second}/document");
    assert_eq!(replaces(&lines(&compiler, &paper)), None);
    let to = format!("{first}/dispatches");
    let now = now_of(&compiler.get(&format!("{to}/new")).ok());
    compiler.post(&to, &typed(&now, &[])).redirected();
    approve(&app, &leader, &second);
    let kept = lines(&compiler, &paper);
    assert!(
        replaces(&kept).is_some_and(|said| said.contains("thay thế Báo cáo số 125/BC-CAT ngày")),
        "{kept:#?}"
    );
    // Struck out before the second goes: it takes the place of nothing.
    let shown = compiler.get(&first).ok();
    let mut links = shown.split("href=\"").filter_map(|rest| rest.split('"').next());
    let strike = links.find(|link| link.ends_with("/strike")).expect("a record");
    compiler.post(strike, &[("reason", "Gửi nhầm")]).redirected();
    let to = format!("{second}/dispatches");
    let now = now_of(&compiler.get(&format!("{to}/new")).ok());
    compiler.post(&to, &typed(&now, &[("doc_number", "126/BC-CAT")])).redirected();
    assert_eq!(replaces(&lines(&compiler, &paper)), None);
}
