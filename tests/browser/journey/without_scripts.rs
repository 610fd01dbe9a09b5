//! Without scripts, as some offices have it: the officer saves, checks and sends.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn saving_checking_and_sending_need_no_script() {
    for screen in [Screen::Desktop, Screen::Phone] {
        let desk = Desk::without_scripts(screen);
        let browser = &desk.browser;
        desk.sign_in("canbo.khcn.bacgiang");
        browser.click_text("Soạn tiếp");
        browser.fill("II.1. Kết quả tuyên truyền", "Chia sẻ 51 bài trên mạng xã hội.");
        browser.fill("Tin, bài đăng hoặc chia sẻ trên mạng xã hội", "51");
        browser.click_text("Lưu và đóng");
        browser.see("Đã lưu báo cáo.");
        browser.see("Chia sẻ 51 bài trên mạng xã hội.");
        browser.click_text("Soạn tiếp");
        browser.fill("IV. Phương hướng", "Tiếp tục nhắn tin cảnh báo.");
        browser.click_text("Kiểm tra và trình ký");
        browser.see("Cần giải thích hoặc xác nhận");
        browser.tick("Chưa nhập kết quả của");
        browser.fill("Số", "215");
        browser.fill("Ký hiệu", "BC-SKHCN");
        browser.fill("Ngày ký", "10/6/2025");
        browser.fill("Chức vụ người ký", "GIÁM ĐỐC");
        browser.fill("Họ và tên người ký", "Lê Văn Minh");
        browser.click_text("Gửi, lãnh đạo đã ký văn bản");
        browser.see("Xác nhận đã gửi số");
        browser.see("215/BC-SKHCN");
    }
}
