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
    assert_eq!(
        browser.script("return window.samePage === true;", json!([])),
        json!(true),
        "no page was loaded"
    );
    desk.sound();
}
