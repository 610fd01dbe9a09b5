//! An administrator sets up thành phố Bắc Ninh from the code on the console to the first opened period, at both screens.

use chrono::NaiveDate;
use tonghop::calendar::Clock;
use tonghop::setup::code::issue;

use super::Desk;
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

#[test]
fn a_new_province_opens_its_first_period_on_an_office_screen() {
    journey(Screen::Desktop, "desktop");
}

#[test]
fn a_new_province_opens_its_first_period_on_a_phone() {
    journey(Screen::Phone, "phone");
}

fn journey(screen: Screen, size: &str) {
    let app = TestApp::empty_on(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day"));
    let code = app.db.write(|conn| issue(conn, Clock::system().now_utc())).expect("a code");
    let desk = Desk { app, browser: Browser::start(screen) };
    let browser = &desk.browser;
    let look = |name: &str| {
        browser.screenshot(&format!("setup-{name}-{size}"));
        desk.sound();
    };
    desk.go("/");
    browser.fill("Mã thiết lập", "0000");
    browser.click_text("Bắt đầu thiết lập");
    browser.see("Còn 9 lần nhập");
    look("code");
    browser.fill("Mã thiết lập", &code);
    browser.click_text("Bắt đầu thiết lập");
    browser.see("Người quản trị");
    browser.fill("Họ và tên", "Nguyễn Thị Thanh Bình");
    browser.fill("Tên đăng nhập", "quantri.bacninh");
    browser.fill("Mật khẩu", "ngan");
    browser.fill("Nhập lại mật khẩu", "ngan");
    browser.click_text("Lưu và tiếp tục");
    browser.see("ít nhất 10 ký tự");
    assert_eq!(browser.value("Họ và tên"), "Nguyễn Thị Thanh Bình", "what was typed stays");
    look("administrator");
    browser.fill("Mật khẩu", "mot-mat-khau-dai");
    browser.fill("Nhập lại mật khẩu", "mot-mat-khau-dai");
    browser.click_text("Lưu và tiếp tục");
    browser.choose("Tỉnh, thành phố", "Bắc Ninh");
    look("province");
    browser.click_text("Lưu và tiếp tục");
    browser.see("Các đơn vị của thành phố Bắc Ninh");
    for list in ["Sở, cơ quan chuyên môn nơi nào cũng có", "Mặt trận và các tổ chức", "Ủy ban nhân dân xã"]
    {
        browser.click_text(list);
    }
    browser.click_text("Đưa vào danh sách và xem");
    browser.see("Sẽ thêm 117 đơn vị");
    look("units");
    browser.click_text("Dùng danh sách này");
    browser.see("Thành phố Bắc Ninh");
    look("review");
    browser.click_text("Hoàn tất thiết lập");
    browser.see("Việc cần làm để mở kỳ báo cáo đầu tiên");
    look("start");
    browser.click_text("Lập theo mẫu");
    browser.see("Lập chế độ báo cáo theo mẫu");
    look("regime");
    browser.click_text("Lập chế độ báo cáo");
    browser.see("Mở kỳ báo cáo đầu tiên tại đây.");
    browser.goto(&format!("{}?cycle=Y&year=2026", browser.url()));
    browser.click_text("Xem lại và mở kỳ");
    browser.see("cho 118 đơn vị?");
    look("open-period");
    browser.click_text("Mở kỳ báo cáo");
    // The front and its five organisations are asked, not assigned: they are counted apart.
    browser.see("0 / 112 đơn vị đã gửi");
    browser.see("được đề nghị: 0/6 đã gửi");
    look("period");
    desk.go("/units");
    browser.click_text("Thêm theo danh sách");
    look("import");
    desk.go("/units/new");
    look("new-unit");
    desk.go("/units");
    browser.click_text("Sở Nội vụ");
    browser.click_text("Sửa thông tin");
    look("edit-unit");
}
