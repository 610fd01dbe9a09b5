//! The administrator: units of a new installation, units by a list, a merger seen before it is recorded.

use chrono::NaiveDate;
use tonghop::calendar::Clock;
use tonghop::setup::code::issue;

use super::Desk;
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

#[test]
fn an_administrator_sets_up() {
    let app = TestApp::empty_on(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day"));
    let code = app.db.write(|conn| issue(conn, Clock::system().now_utc())).expect("a code");
    let desk = Desk { app, browser: Browser::start(Screen::Desktop) };
    let browser = &desk.browser;
    desk.go("/guide/quan-tri");
    browser.see("Thiết lập lần đầu");
    desk.go("/");
    browser.fill("Mã thiết lập", &code);
    browser.click_text("Bắt đầu thiết lập");
    browser.fill("Họ và tên", "Nguyễn Thị Thanh Bình");
    browser.fill("Tên đăng nhập", "quantri.bacninh");
    browser.fill("Mật khẩu", "mot-mat-khau-dai");
    browser.fill("Nhập lại mật khẩu", "mot-mat-khau-dai");
    browser.click_text("Lưu và tiếp tục");
    browser.choose("Tỉnh, thành phố", "Bắc Ninh");
    browser.click_text("Lưu và tiếp tục");
    browser.see("Danh sách có sẵn");
    browser.click_text("Sở, cơ quan chuyên môn nơi nào cũng có");
    browser.click_text("Đưa vào danh sách và xem");
    browser.see("Sẽ thêm");
    desk.keep_screen("thiet-lap-don-vi");
}

#[test]
fn an_administrator_keeps_the_units() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("quantri.bacgiang");
    desk.go("/units");
    browser.click_text("Thêm theo danh sách");
    browser.fill(
        "Danh sách đơn vị",
        "Hội Người cao tuổi tỉnh | | HNCT | | | Hội NCT\nTrường Cao đẳng nghề tỉnh\nUBND phường Đa Mai",
    );
    browser.click_text("Đưa vào danh sách và xem");
    browser.see("Danh sách đơn vị");
    desk.keep("them-don-vi", &["main"]);

    desk.go("/unit-changes/new?kind=merge");
    browser.fill("Loại văn bản", "Nghị quyết");
    browser.fill("Số, ký hiệu", "18/NQ-HĐND");
    browser.fill("Ngày ban hành", "20/6/2025");
    browser.fill("Cơ quan ban hành", "HĐND tỉnh Bắc Giang");
    browser.fill("Có hiệu lực từ ngày", "01/7/2025");
    browser.choose("Đơn vị 1", "Sở Y tế");
    browser.choose("Nhập vào", "Sở Khoa học và Công nghệ");
    browser.click_text("Xem trước");
    browser.see("Xem trước: hợp nhất, sáp nhập");
    browser.see("Báo cáo chưa gửi");
    desk.keep_screen("xem-truoc-sap-xep");
}
