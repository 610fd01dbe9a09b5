//! A late morning of the compiler: whom to call, what was promised, what the unit sees of it, the letter, and the calendar on
//! the officer's telephone.

use chrono::NaiveDate;

use super::Desk;
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

#[test]
fn units_are_called_and_written_to_on_an_office_screen() {
    journey(Screen::Desktop, "desktop");
}

#[test]
fn units_are_called_and_written_to_on_a_phone() {
    journey(Screen::Phone, "phone");
}

fn journey(screen: Screen, name: &str) {
    let late = NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day");
    let desk = Desk { app: TestApp::demo_on(late), browser: Browser::start(screen) };
    let browser = &desk.browser;
    let shot = |what: &str| browser.screenshot(&format!("chasing-{what}-{name}"));
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.see("đơn vị quá hạn");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Danh sách liên hệ");
    browser.see("Cần liên hệ");
    desk.sound();
    shot("calls");
    browser.click_text("Sở Khoa học và Công nghệ");
    browser.see("Ghi lần liên hệ");
    browser.fill("Điện thoại của cơ quan", "0204 3854 123");
    browser.click_text("Lưu số điện thoại");
    browser.see("Đã lưu số điện thoại của đơn vị.");
    // The words are there to be copied; the button says what has become of them.
    browser.click_text("Sao chép nội dung nhắn");
    browser.see("Đã ch");
    browser.fill("Người trao đổi", "bà Nguyễn Thị Hoa");
    browser.click_text("Hẹn ngày gửi");
    browser.fill("Hẹn gửi ngày", "mai");
    browser.fill("Ghi chú", "Chờ chỉ huy ký.");
    browser.click_text("Ghi lần liên hệ");
    browser.see("chỗ cần sửa");
    assert_eq!(browser.value("Người trao đổi"), "bà Nguyễn Thị Hoa", "what was typed stays");
    desk.sound();
    browser.fill("Hẹn gửi ngày", "23/6/2025");
    browser.click_text("Ghi lần liên hệ");
    browser.see("Đã ghi lần liên hệ.");
    browser.see("Đã hẹn, chưa đến ngày");
    browser.see("hẹn gửi 23/6");
    browser.see("0204 3854 123");
    browser.click_text("Công văn đôn đốc");
    browser.see("V/v đề nghị gửi");
    desk.sound();
    shot("letter");
    browser.choose("Cơ quan ban hành", "Ủy ban nhân dân tỉnh Bắc Giang (dự thảo)");
    browser.click_text("Xem lại");
    browser.see("TM. ỦY BAN NHÂN DÂN");
    desk.sound();
    shot("letter-committee");

    desk.sign_in("canbo.khcn.bacgiang");
    browser.see("đã hẹn với nơi nhận gửi ngày 23/6/2025");
    browser.see_no("Chờ chỉ huy ký");
    desk.sound();
    shot("my");
    browser.click_text("Lịch trên điện thoại");
    browser.see("Lịch của tôi");
    browser.click_text("Tạo đường dẫn lịch của tôi");
    browser.see("Đường dẫn mới: của tôi");
    assert!(browser.value("Đường dẫn lịch").ends_with(".ics"));
    desk.sound();
    shot("calendar");
    browser.click_text("Thu hồi");
    browser.see("Đã thu hồi đường dẫn.");
    desk.sound();
}
