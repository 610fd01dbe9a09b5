//! The leader of a unit, on a phone: what waits, and approving it. Also the leader of the province, for the README.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn a_leader_approves_on_the_phone() {
    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    desk.sign_in("lanhdao.gddt.bacgiang");
    browser.see("Xem và duyệt");
    desk.keep_screen("lanh-dao-viec-cua-toi");
    browser.click_text("Xem và duyệt");
    browser.click_text("Kiểm tra, duyệt và gửi");
    browser.see("Lãnh đạo duyệt");
    browser.see("Tôi đã xem các chỗ cán bộ giải thích");
    browser.see("Chuyển lại cán bộ để sửa");
    desk.keep("lanh-dao-duyet", &["#check > section", "#check > section:has(.btn.main)"]);
}

#[test]
fn the_leader_of_the_province_looks() {
    let desk = Desk::open(Screen::Desktop);
    desk.sign_in("lanhdao.ubnd.bacgiang");
    desk.browser.see("Quá hạn lâu nhất");
    desk.keep_for_readme("overview");
}
