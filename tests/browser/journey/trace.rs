//! From a clause to the number it became, and back: board, clause, the revision that speaks of it, the figure in the
//! edition, the work behind that figure, the clause again.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn a_clause_is_followed_to_a_figure_and_back_in_the_office() {
    journey(Screen::Desktop);
}

#[test]
fn a_clause_is_followed_to_a_figure_and_back_from_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.open_menu();
    browser.click_text("Kế hoạch");
    browser.click_text("Kế hoạch Đề án THNCĐ năm 2024");
    browser.click_text("Bảng theo dõi");
    browser.see("Tiến độ của từng đơn vị");
    desk.sound();
    browser.click_text("Đang làm");
    browser.see("Nhiệm vụ đang làm");
    desk.sound();
    browser.click_text("II.3 Dạy nghề");
    browser.see("Từ nhiệm vụ đến báo cáo và bản tổng hợp");
    browser.see("Phiên giao dịch việc làm lưu động tại Lục Nam");
    desk.sound();
    let clause = browser.url();

    browser.click_text("6 tháng đầu năm 2024, lần gửi 1");
    browser.see("Kết quả nhiệm vụ");
    browser.see("Tư vấn, giới thiệu việc làm tại trung tâm và phiên lưu động.");
    browser.script("history.back()", serde_json::json!([]));
    browser.see("Từ nhiệm vụ đến báo cáo và bản tổng hợp");

    browser.click_text("F02");
    browser.see("Nguồn số liệu của Sở Lao động");
    browser.see("Từng đơn vị");
    desk.sound();
    browser.click_text("mục II.3");
    browser.see("Từ nhiệm vụ đến báo cáo và bản tổng hợp");
    browser.see("Phiên giao dịch việc làm lưu động tại Lục Nam");
    desk.sound();
    assert!(browser.url().split(['?', '#']).next() == clause.split(['?', '#']).next(), "the same clause");
}
