//! The browser modules under templates/assets, each tried by keyboard and by what the page says afterwards.

use serde_json::{Value, json};

use super::specimen::Specimen;
use crate::support::browser::{Browser, Screen};

const ENTER: &str = "\u{E007}";
const UP: &str = "\u{E013}";
const DOWN: &str = "\u{E015}";

fn open(server: &Specimen) -> Browser {
    let browser = Browser::start(Screen::Desktop);
    browser.goto(&server.url());
    browser
}

/// The names of the units now shown, in the order of the page, headings in brackets.
fn rows(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('#units tbody tr')].filter((row) => row.offsetParent)
        .map((row) => row.className ? `[${row.innerText.trim()}]` : row.cells[0].innerText.trim());";
    let Value::Array(rows) = browser.script(script, json!([])) else { panic!("a list of rows") };
    rows.iter().map(|row| row.as_str().unwrap_or_default().to_owned()).collect()
}

fn focused(browser: &Browser) -> Value {
    browser.script("return document.activeElement.name", json!([]))
}

#[test]
fn autosave_keeps_the_draft_and_says_when() {
    let server = Specimen::start();
    let browser = open(&server);
    browser.fill("Công tác chỉ đạo", "Ban hành kế hoạch năm 2025");
    browser.see("Đã lưu lúc 10:42");
    browser.fill("Nội vụ, kỳ này", "3120");
    browser.see("Có thay đổi chưa lưu");
    browser.see("Đã lưu lúc 10:42");
    let draft = server.draft.lock().expect("the server lives");
    assert_eq!(draft.version, 5);
    assert_eq!(draft.fields["text"], "Ban hành kế hoạch năm 2025");
    assert_eq!(draft.fields["a1"], "3120");
    drop(draft);
    assert_eq!(browser.value("input[name=version]"), "5");
}

#[test]
fn autosave_tells_that_another_person_saved_and_overwrites_nothing() {
    let server = Specimen::start();
    let browser = open(&server);
    server.draft.lock().expect("the server lives").version = 9;
    browser.fill("Công tác chỉ đạo", "Chữ của tôi");
    browser.see("Bà Lan đã lưu lúc 10:41. Xem và chọn");
    let draft = server.draft.lock().expect("the server lives");
    assert!(draft.fields.is_empty());
    assert_eq!(draft.set_apart["text"], "Chữ của tôi", "the server has it before the page is left");
}

#[test]
fn autosave_takes_over_what_another_person_wrote_elsewhere() {
    let server = Specimen::start();
    let browser = open(&server);
    server.draft.lock().expect("the server lives").more = Some(serde_json::json!({
        "by": "Bà Lan", "here": "Bà Lan cũng đang mở", "fields": { "a1": "96" }, "stale": ["b"],
    }));
    browser.fill("Công tác chỉ đạo", "Chữ của tôi");
    browser.see("gộp cùng nội dung Bà Lan vừa lưu");
    browser.see("Tải lại để xem và nhập tiếp");
    assert_eq!(browser.value("[name=a1]"), "96");
    browser.fill("Công tác chỉ đạo", "Chữ của tôi, viết tiếp");
    browser.see("Có thay đổi chưa lưu");
    browser.see("Đã lưu lúc 10:42");
    let draft = server.draft.lock().expect("the server lives");
    assert_eq!(draft.fields["a1"], "96");
    assert!(!draft.fields.contains_key("b1"), "rows of another's table are not sent back");
}

#[test]
fn what_was_not_saved_comes_back_to_its_owner_alone() {
    let server = Specimen::start();
    let browser = open(&server);
    server.draft.lock().expect("the server lives").refuse_with = Some(503);
    browser.fill("Công tác chỉ đạo", "Viết khi máy chủ khởi động lại");
    browser.see("Chưa lưu được, đang thử lại");
    let elsewhere = "document.querySelector('form[data-autosave]').dataset.owner";
    assert_eq!(browser.script(&format!("return {elsewhere}"), json!([])), "7");
    server.draft.lock().expect("the server lives").owner = 8;
    browser.goto(&server.url());
    assert_eq!(browser.value("Công tác chỉ đạo"), "");
    let mut draft = server.draft.lock().expect("the server lives");
    (draft.owner, draft.refuse_with) = (7, None);
    drop(draft);
    browser.goto(&server.url());
    browser.see("Đã lưu lúc 10:42");
    assert_eq!(browser.value("Công tác chỉ đạo"), "Viết khi máy chủ khởi động lại");
}

#[test]
fn autosave_brings_the_text_back_after_the_session_ended() {
    let server = Specimen::start();
    let browser = open(&server);
    server.draft.lock().expect("the server lives").refuse_with = Some(401);
    browser.fill("Công tác chỉ đạo", "Viết trước khi hết phiên");
    browser.see("Phiên làm việc đã hết");

    server.draft.lock().expect("the server lives").refuse_with = None;
    browser.click_text("Đăng nhập lại");
    browser.see("Đã lưu lúc 10:42");
    assert_eq!(browser.value("Công tác chỉ đạo"), "Viết trước khi hết phiên");
}

#[test]
fn autosave_tries_again_when_the_server_is_in_trouble() {
    let server = Specimen::start();
    let browser = open(&server);
    server.draft.lock().expect("the server lives").refuse_with = Some(503);
    browser.fill("Công tác chỉ đạo", "Mạng chập chờn");
    browser.see("Chưa lưu được, đang thử lại");
    server.draft.lock().expect("the server lives").refuse_with = None;
    browser.see("Đã lưu lúc 10:42");
    assert_eq!(server.draft.lock().expect("the server lives").fields["text"], "Mạng chập chờn");
}

#[test]
fn autosave_says_that_the_connection_is_lost_and_goes_on_when_it_is_back() {
    let server = Specimen::start();
    let browser = open(&server);
    let lose = "window.there = window.fetch; window.fetch = () => Promise.reject(new TypeError('lost'));";
    browser.script(lose, json!([]));
    browser.fill("Công tác chỉ đạo", "Máy chủ đang khởi động lại");
    browser.see("Mất kết nối, đang thử lại");
    // A button does not leave the page while the server is away.
    browser.click_text("Gửi bản thảo");
    browser.see("Mất kết nối, đang thử lại");
    assert!(browser.url().ends_with('/'));
    browser.script("window.fetch = window.there;", json!([]));
    browser.see("Đã lưu lúc 10:42");
    assert_eq!(server.draft.lock().expect("the server lives").fields["text"], "Máy chủ đang khởi động lại");
}

#[test]
fn arrows_and_enter_move_within_a_column_over_headings() {
    let server = Specimen::start();
    let browser = open(&server);
    browser.press("Đài, kỳ này", DOWN);
    assert_eq!(focused(&browser), "a4");
    browser.press("Lục Ngạn, kỳ này", DOWN);
    assert_eq!(focused(&browser), "a4", "the last row has nothing below");
    browser.press("Lục Ngạn, kỳ này", UP);
    browser.press("Đài, kỳ này", UP);
    assert_eq!(focused(&browser), "a2");
    browser.press("Nội vụ, ước", ENTER);
    assert_eq!(focused(&browser), "b2");
    assert!(browser.url().ends_with('/'), "Enter in a cell must not send the form");
}

#[test]
fn a_block_from_excel_fills_cells_and_can_be_taken_back() {
    let server = Specimen::start();
    let browser = open(&server);
    browser.fill("Công an, kỳ này", "7");
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        document.querySelector('[name=a2]').dispatchEvent(event);";
    browser.script(paste, json!(["1.200\t1\r\n\t2\r\n30\t3\r\n40\t4\r\n"]));
    browser.see("Đã dán 6 ô, 2 ô không có chỗ.");
    let cells: Vec<String> =
        ["a2", "b2", "a3", "b3", "a4", "b4"].map(|name| browser.value(&format!("[name={name}]"))).into();
    assert_eq!(cells, ["1.200", "1", "", "2", "30", "3"]);
    browser.click_text("Hoàn tác");
    assert_eq!(browser.value("[name=a2]"), "7");
    assert_eq!(browser.value("[name=b4]"), "");
}

#[test]
fn typed_digits_are_grouped_beside_the_cell_and_never_in_it() {
    let server = Specimen::start();
    let browser = open(&server);
    browser.fill("Nội vụ, kỳ này", "31200");
    browser.see("31.200");
    assert_eq!(browser.value("Nội vụ, kỳ này"), "31200");
    browser.press("Nội vụ, kỳ này", DOWN);
    browser.see_no("31.200");
}

#[test]
fn the_filter_ignores_accents_and_keeps_headings_with_rows() {
    let server = Specimen::start();
    let browser = open(&server);
    browser.fill("Lọc đơn vị", "ngan LUC");
    assert_eq!(rows(&browser), ["[Huyện, thị xã]", "UBND huyện Lục Ngạn"]);
    browser.see("1 trên 4 dòng");
    browser.fill("Lọc đơn vị", "dai truyen");
    assert_eq!(rows(&browser), ["[Cơ quan cấp tỉnh]", "Đài Truyền hình"]);
    browser.fill("Lọc đơn vị", "hà nội");
    browser.see("Không có dòng nào khớp");
    browser.fill("Lọc đơn vị", "");
    browser.choose("Tiến độ", "Đang soạn");
    assert_eq!(rows(&browser), ["[Cơ quan cấp tỉnh]", "Sở Nội vụ"]);
    browser.choose("Tiến độ", "Mọi tiến độ");
    assert_eq!(rows(&browser).len(), 6);
}

#[test]
fn sorting_stays_within_groups_and_leaves_blanks_last() {
    let server = Specimen::start();
    let browser = open(&server);
    let as_sent = rows(&browser);
    browser.click_text("Cùng kỳ");
    let up = ["Công an tỉnh", "Sở Nội vụ", "Đài Truyền hình"];
    assert_eq!(rows(&browser)[1..4], up);
    assert_eq!(rows(&browser)[4..], as_sent[4..]);
    browser.click_text("Cùng kỳ");
    assert_eq!(rows(&browser)[1..4], ["Sở Nội vụ", "Công an tỉnh", "Đài Truyền hình"]);
    browser.press("th[data-sort=text] button", ENTER);
    assert_eq!(rows(&browser)[1..4], ["Công an tỉnh", "Đài Truyền hình", "Sở Nội vụ"]);
}
