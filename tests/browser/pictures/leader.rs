//! The leader's screen, and what stands behind one of its figures for the compiler.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn a_leader_sees_where_every_period_stands() {
    let desk = Desk::open(Screen::Desktop);
    desk.sign_in("lanhdao.ubnd.bacgiang");
    desk.browser.see("Kết quả so với cùng kỳ");
    desk.keep_screen("tinh-hinh-chung");
}

#[test]
fn a_compiler_follows_a_figure_to_its_units() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("6 tháng đầu năm 2025");
    browser.see("đơn vị đã gửi");
    browser.click_text("Số liệu theo chỉ tiêu");
    browser.see("Tổng của các báo cáo đã tiếp nhận");
    browser.click_text("Tin, bài đăng trên cổng/trang thông tin điện tử");
    browser.see("Từng đơn vị");
    desk.keep_screen("so-lieu-chi-tieu");
}
