//! The keyboard alone: nothing here touches the mouse.

use super::Desk;
use crate::support::browser::{Browser, Screen};

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const UP: &str = "\u{E013}";
const DOWN: &str = "\u{E015}";
/// More stops than any page has before its main button.
const STOPS: usize = 150;

fn tab_to(browser: &Browser, name: &str) {
    for _ in 0..STOPS {
        if browser.focused().starts_with(name) {
            return;
        }
        browser.keys(TAB);
    }
    panic!("{STOPS} stops and no “{name}” at {}", browser.url());
}

#[test]
fn signing_in_moving_in_the_figures_and_the_main_button() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.go("/sign-in");
    tab_to(browser, "Tên đăng nhập");
    browser.keys("canbo.khcn.bacgiang");
    browser.keys(TAB);
    assert_eq!(browser.focused(), "Mật khẩu");
    browser.keys(&format!("tonghop-demo{ENTER}"));
    browser.see("Việc của tôi");
    browser.keys(TAB);
    assert_eq!(browser.focused(), "Đến nội dung chính", "the first stop leads past the navigation");
    browser.keys(ENTER);
    tab_to(browser, "Soạn tiếp");
    browser.keys(ENTER);

    browser.see("dùng ↑ ↓ Enter");
    tab_to(browser, "Tin, bài đăng hoặc chia sẻ");
    browser.keys(&format!("46{ENTER}"));
    assert!(browser.focused().starts_with("Tin nhắn SMS"), "Enter goes down: {}", browser.focused());
    browser.keys(&format!("{UP}{UP}"));
    assert!(browser.focused().starts_with("Tin, bài đăng trên cổng"), "{}", browser.focused());
    browser.keys(DOWN);
    assert_eq!(browser.value("Tin, bài đăng hoặc chia sẻ trên mạng xã hội"), "46");
    assert!(browser.url().ends_with("/draft"), "Enter in a cell sends nothing");
    tab_to(browser, "Kiểm tra và trình ký");
    browser.keys(ENTER);
    browser.see("Chưa gửi được");
}
