//! A new plan entered by the compiler, and work noted on it by the officer who holds the task.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn a_plan_is_entered_and_worked_on_in_the_office() {
    journey(Screen::Desktop);
}

#[test]
fn a_plan_is_entered_and_worked_on_from_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.open_menu();
    browser.click_text("Kế hoạch");
    browser.click_text("Thêm kế hoạch");
    browser.click_text("Lưu");
    browser.see("chỗ cần sửa");
    desk.sound();
    browser.fill("Số", "77");
    browser.fill("Ngày", "02");
    browser.fill("Tháng", "6");
    browser.fill("Năm", "2025");
    browser.fill("Địa danh", "Bắc Giang");
    browser.fill("Cơ quan ban hành", "UBND tỉnh Bắc Giang");
    browser.fill("Trích yếu nội dung", "Tháng cao điểm tuyên truyền về tái hòa nhập cộng đồng");
    browser.fill("Tên gọi tắt", "Tháng cao điểm 2025");
    browser.fill("Có hiệu lực từ ngày", "02/6/2025");
    browser.click_text("Lưu");
    browser.see("Tháng cao điểm 2025");
    if !browser.url().ends_with("/clauses") {
        browser.click_text("Sửa mục, nhiệm vụ");
    }
    browser.click_text("Thêm mục");
    browser.fill("Số của mục", "I");
    browser.fill("Tiêu đề", "Nhiệm vụ");
    browser.click_text("Lưu");
    browser.click_text("Thêm nhiệm vụ");
    browser.fill("Nội dung nhiệm vụ", "Nhắn tin cảnh báo thủ đoạn lừa đảo tới thuê bao trong tỉnh");
    browser.choose("Đơn vị hoặc nhóm, dòng 1", "Sở Khoa học và Công nghệ");
    desk.sound();
    browser.click_text("Lưu nhiệm vụ");
    browser.see("Nhắn tin cảnh báo thủ đoạn lừa đảo");
    browser.see("Sở Khoa học và Công nghệ");
    desk.sound();

    // From the first page to the noted work: one choice, one line, one tap.
    desk.sign_in("canbo.khcn.bacgiang");
    browser.choose("Nhiệm vụ", "Nhắn tin cảnh báo thủ đoạn lừa đảo");
    browser.fill("Việc đã làm hôm nay", "Chốt lịch nhắn tin với ba nhà mạng");
    browser.click_text("Ghi lại");
    browser.see("Đã ghi");
    browser.open_menu();
    browser.click_text("Công việc đã thực hiện");
    browser.see("Chốt lịch nhắn tin với ba nhà mạng");
    browser.click_text("Nhắn tin cảnh báo thủ đoạn lừa đảo tới thuê bao trong tỉnh");
    browser.see("1 lần ghi");
    browser.see("10/6/2025 · Sở Khoa học và Công nghệ");
    desk.sound();
}
