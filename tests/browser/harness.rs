//! The harness itself, on a page of our own: what it types arrives, what it reads is there, faults are found.

use serde_json::json;

use super::specimen::Specimen;
use crate::support::browser::{Browser, Screen};

#[test]
fn a_form_filled_by_its_labels_reaches_the_server() {
    let server = Specimen::start();
    for screen in [Screen::Desktop, Screen::Phone] {
        let browser = Browser::start(screen);
        browser.goto(&server.url());
        browser.fill("Họ và tên", "Nguyễn Thị Bình");
        browser.choose("#f-how", "bản giấy");
        assert_eq!(browser.value("Cách gửi"), "paper");
        browser.click_text("Gửi báo cáo");
        browser.see("Xin chào Nguyễn Thị Bình, cách gửi paper");
        browser.see_no("Trang thử");
        assert!(browser.url().ends_with("/greeting"));
    }
}

#[test]
fn the_same_form_works_without_scripts() {
    let server = Specimen::start();
    let browser = Browser::start_without_scripts(Screen::Desktop);
    browser.goto(&server.url());
    browser.see("Số liệu");
    browser.fill("Họ và tên", "Trần Văn Đức");
    browser.click_text("Gửi báo cáo");
    browser.see("Xin chào Trần Văn Đức");
}

#[test]
fn the_screens_are_as_wide_as_they_say() {
    let server = Specimen::start();
    for (screen, width, height) in [(Screen::Desktop, 1366, 768), (Screen::Phone, 390, 844)] {
        let browser = Browser::start(screen);
        browser.goto(&server.url());
        let size =
            browser.script("return [window.outerWidth, window.innerWidth, window.innerHeight]", json!([]));
        assert_eq!(size[2], height);
        assert_eq!(size[1], width, "nothing may stick out sideways: {size}");
        assert!(browser.screenshot(&format!("specimen-{width}")).exists());
    }
}

#[test]
fn the_parts_of_the_stylesheet_have_no_accessibility_fault() {
    let server = Specimen::start();
    for screen in [Screen::Desktop, Screen::Phone] {
        let browser = Browser::start(screen);
        browser.goto(&server.url());
        assert_eq!(browser.axe(), Vec::<String>::new(), "in light");
        browser.prefer_dark();
        assert_eq!(browser.axe(), Vec::<String>::new(), "in dark");
    }
}

#[test]
fn a_fault_is_found_where_there_is_one() {
    let server = Specimen::start();
    let browser = Browser::start(Screen::Desktop);
    browser.goto(&server.url());
    browser.script("document.querySelector('label[for=f-name]').remove()", json!([]));
    let faults = browser.axe();
    assert!(faults.iter().any(|fault| fault.starts_with("label: #f-name")), "{faults:?}");
}
