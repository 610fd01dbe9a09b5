//! Beside a draft stands how far each part has come, above it what is to be looked at: both follow what is typed, with no button
//! pressed and no page loaded.

use serde_json::json;

use super::Desk;
use crate::support::browser::Screen;

/// B05, blank in the demo's draft.
const FIGURE: &str = "Tin, bài đăng hoặc chia sẻ trên mạng xã hội";

/// How far the figures have come: "12/17".
fn figures(desk: &Desk) -> (u32, u32) {
    let script =
        "return document.querySelector('[data-parts] a[href=\"#figures\"]').nextElementSibling.innerText;";
    let words = desk.browser.script(script, json!([]));
    let (filled, of) = words.as_str().and_then(|words| words.split_once('/')).expect("n/N");
    (filled.parse().expect("a number"), of.parse().expect("a number"))
}

/// How many places are to be looked at.
fn warnings(desk: &Desk) -> u32 {
    let script = "const box = document.querySelector('[data-warnings]'); \
                  return box.hidden ? '0' : box.querySelector('span').textContent;";
    let words = desk.browser.script(script, json!([]));
    words.as_str().and_then(|words| words.trim().parse().ok()).expect("a number")
}

#[test]
fn the_list_of_parts_and_the_warnings_follow_what_is_typed() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.lucnam.bacgiang");
    browser.click_text("Soạn tiếp");
    browser.see("Công tác chỉ đạo, triển khai");
    browser.script("window.samePage = true;", json!([]));
    let ((filled, of), before) = (figures(&desk), warnings(&desk));
    assert!(filled + 1 < of, "{filled}/{of}");

    browser.fill(FIGURE, "46000000");
    browser.see(&format!("{}/{of}", filled + 1));
    browser.see(&format!("Có {} chỗ cần xem lại trước khi gửi", before + 1));
    let named = "return document.querySelector('[data-warnings] ul').innerText.includes('B05');";
    assert_eq!(browser.script(named, json!([])), json!(true), "the figure that was typed");

    browser.fill(FIGURE, "46");
    match before {
        0 => browser.see_no("chỗ cần xem lại trước khi gửi"),
        before => browser.see(&format!("Có {before} chỗ cần xem lại trước khi gửi")),
    }
    assert_eq!((figures(&desk), warnings(&desk)), ((filled + 1, of), before));

    // What cannot be read is said where it was typed, and goes when it is mended.
    browser.fill(FIGURE, "bốn mươi");
    browser.see("Có 1 chỗ cần sửa");
    let said = "const said = document.querySelector('[data-live]'); \
                return said ? [said.previousElementSibling.name, said.innerText.length > 10] : [];";
    assert_eq!(browser.script(said, json!([])), json!(["figure.B05", true]));
    desk.sound();
    browser.fill(FIGURE, "46");
    browser.see_no("chỗ cần sửa");
    assert_eq!(browser.script(said, json!([])), json!([]));
    assert_eq!(
        browser.script("return window.samePage === true;", json!([])),
        json!(true),
        "no page was loaded"
    );
    desk.sound();
}

#[test]
fn the_list_of_remarks_follows_the_ticks() {
    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    desk.sign_in("canbo.mttq.bacgiang");
    let report = crate::reports::report_of(&desk.app, "bg.mttq", "2025-H1");
    desk.go(&format!("/reports/{report}/draft"));
    let open = || {
        let words = browser.script("return document.querySelector('[data-open]').innerText;", json!([]));
        let words = words.as_str().expect("words").to_owned();
        words.split(' ').nth(1).and_then(|n| n.parse::<u32>().ok()).expect("a number")
    };
    let before = open();
    let tick = "const box = document.querySelector('.remark input[type=checkbox]:not(:checked)'); box.click(); \
                return document.querySelectorAll('[data-remarks] .tag.done').length;";
    let done = browser.script(tick, json!([])).as_u64().expect("a number");
    browser.see(&format!("Còn {} góp ý chưa đánh dấu.", before - 1));
    let now =
        browser.script("return document.querySelectorAll('[data-remarks] .tag.done').length;", json!([]));
    assert_eq!(now.as_u64(), Some(done + 1));
}
