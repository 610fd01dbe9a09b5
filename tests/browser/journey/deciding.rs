//! An ad hoc period for chosen units, a nil declaration, an exemption: the denominators follow on the page.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn denominators_follow_decisions_on_an_office_screen() {
    journey(Screen::Desktop);
}

#[test]
fn denominators_follow_decisions_on_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("Mở kỳ báo cáo");
    browser.click_text("Tái hòa nhập cộng đồng tỉnh Bắc Giang");
    browser.click_text("Mở kỳ báo cáo");
    browser.choose("Chu kỳ", "Đột xuất");
    browser.click_text("Lấy thời gian theo chu kỳ");
    browser.see("Đơn vị được yêu cầu");
    browser.fill("Tên kỳ", "Đột xuất: vay vốn giải quyết việc làm");
    browser.fill("Mã kỳ", "2025-DX2");
    browser.fill("Chốt số liệu từ ngày", "01/01/2025");
    browser.fill("đến hết ngày", "31/5/2025");
    browser.click_text("Chậm nhất ngày");
    browser.fill("Ngày ghi trong văn bản", "20/6/2025");
    browser.fill("Căn cứ của thời hạn", "Công văn số 2701/CAT-PC10 ngày 09/6/2025");
    browser.click_text("Xem lại và mở kỳ");
    browser.see("chỗ cần sửa");
    assert_eq!(browser.value("Tên kỳ"), "Đột xuất: vay vốn giải quyết việc làm", "what was typed stays");
    desk.sound();
    for unit in ["Sở Nội vụ", "Sở Y tế", "Sở Tài chính"] {
        browser.click_text(unit);
    }
    browser.click_text("Xem lại và mở kỳ");
    browser.see("cho 3 đơn vị?");
    desk.sound();
    browser.click_text("Mở kỳ báo cáo");
    browser.see("0 / 3 đơn vị đã gửi");
    let period = browser.url();

    desk.sign_in("canbo.yte.bacgiang");
    browser.click_text("Báo cáo đột xuất: vay vốn giải quyết việc làm");
    desk.go("/my");
    let nil = "const card = [...document.querySelectorAll('.duty')].find((one) => one.innerText.includes('vay vốn'));
        [...card.querySelectorAll('a')].find((link) => link.innerText.includes('Không phát sinh')).click()";
    browser.script(nil, serde_json::json!([]));
    browser.see("Khai không phát sinh kỳ này?");
    desk.sound();
    browser.click_text("Khai không phát sinh");
    browser.see("Đã khai không phát sinh.");

    desk.sign_in("tonghop.catinh.bacgiang");
    browser.goto(&period);
    browser.see("1 / 3 đơn vị đã gửi");
    browser.see("1 không phát sinh");
    browser.click_text("Sở Tài chính");
    browser.click_text("Miễn báo cáo");
    browser.click_text("Miễn báo cáo");
    browser.see("chỗ cần sửa");
    browser.fill("Lý do", "Số vay vốn do Ngân hàng Chính sách xã hội báo cáo.");
    desk.sound();
    browser.click_text("Miễn báo cáo");
    browser.see("Đã miễn báo cáo kỳ này cho đơn vị.");
    browser.goto(&period);
    browser.see("1 / 2 đơn vị đã gửi");
    browser.see("1 được miễn");
    desk.sound();
}
