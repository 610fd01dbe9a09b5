//! Long lists on a phone: ten lines and the number of all, opened by a touch or by typing what one looks for; the quick note within
//! reach of the thumb. A wide screen shows everything.

use serde_json::json;

use super::Desk;
use crate::support::browser::{Browser, Screen};

const SHOWN: &str = "return [...document.querySelectorAll(arguments[0] + ' tbody tr')].filter((row) => row.getClientRects().length > 0).length";
const ALL: &str = "return document.querySelectorAll(arguments[0] + ' tbody tr').length";

fn count(browser: &Browser, script: &str, table: &str) -> i64 {
    browser.script(script, json!([table])).as_i64().expect("a number")
}

fn answers(desk: &Desk) {
    desk.sign_in("tonghop.catinh.bariavungtau");
    desk.browser.open_menu();
    desk.browser.click_text("Kế hoạch");
    desk.browser.click_text("Kế hoạch THNCĐ trên không gian mạng");
    desk.browser.click_text("Kế hoạch của đơn vị");
    desk.browser.see("Nhiệm vụ đã trả lời");
}

#[test]
fn a_phone_shows_ten_lines_and_the_way_to_all() {
    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    answers(&desk);
    desk.sound();
    let all = count(browser, ALL, "#task-answers");
    assert!(all > 10, "{all}");
    assert_eq!(count(browser, SHOWN, "#task-answers"), 10);
    // What is looked for is found, wherever it stands.
    browser.fill("Lọc nhiệm vụ, đơn vị", "vay von");
    let found = count(browser, SHOWN, "#task-answers");
    assert!(found > 0 && found < all, "{found} of {all}");
    browser.goto(&browser.url());
    browser.click_text(&format!("Hiện cả {all} nhiệm vụ"));
    assert_eq!(count(browser, SHOWN, "#task-answers"), all);
    desk.sound();
    browser.click_text("Bảng theo dõi");
    browser.see("kéo bảng sang ngang để xem hết");
    desk.sound();
}

#[test]
fn a_wide_screen_shows_all_of_them() {
    let desk = Desk::open(Screen::Desktop);
    answers(&desk);
    let all = count(&desk.browser, ALL, "#task-answers");
    assert_eq!(count(&desk.browser, SHOWN, "#task-answers"), all);
    desk.sound();
}

#[test]
fn the_quick_note_is_one_touch_from_the_top_of_a_phone() {
    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    browser.see("Việc của tôi");
    let top = "return document.querySelector('a[href=\"#quick\"]').getBoundingClientRect().bottom";
    assert!(
        browser.script(top, json!([])).as_f64().is_some_and(|bottom| bottom < 844.0),
        "in the first screen"
    );
    let deadline = "return document.querySelector('.duty').getBoundingClientRect().top";
    assert!(
        browser.script(deadline, json!([])).as_f64().is_some_and(|top| top < 844.0),
        "and so is a deadline"
    );
    browser.click_text("Ghi nhanh việc vừa làm");
    let inside = "const at = document.querySelector('#f-quick').getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight";
    assert_eq!(browser.script(inside, json!([])), json!(true), "the field is in sight");
    desk.sound();
}
