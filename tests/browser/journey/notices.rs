//! What is overdue, told and chased: the officer reads it and gives an address, the compiler looks ahead and lets a word go to
//! the leader, who reads it; the administrator sets other days.

use super::Desk;
use crate::notices::{day, run_day};
use crate::support::browser::Screen;
use tonghop::mail::Settings;

#[test]
fn notices_are_read_and_let_go_in_the_office() {
    journey(Screen::Desktop);
}

#[test]
fn notices_are_read_and_let_go_from_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    let browser = &desk.browser;
    // The half-year of Bà Rịa - Vũng Tàu was due on Friday 6/6/2025; Sở VHTT&DL has not sent.
    for on in ["2025-06-09", "2025-06-10"] {
        run_day(&desk.app.db, &Settings::default(), day(on));
    }
    desk.sign_in("canbo.vhttdl.bariavungtau");
    browser.open_menu();
    browser.click_text("Thông báo");
    browser.see("quá hạn 3 ngày (thời hạn 06/6/2025)");
    browser.see("chưa đọc");
    desk.sound();
    browser.click_text("Đã đọc");
    browser.see_no("chưa đọc");
    browser.fill("Thư điện tử của tôi", "khong-co-ten-mien");
    browser.click_text("Lưu địa chỉ");
    browser.see("ten@donvi.gov.vn");
    desk.sound();
    browser.fill("Thư điện tử của tôi", "canbo@svhttdl.baria.gov.vn");
    browser.click_text("Lưu địa chỉ");
    browser.see("Đã lưu địa chỉ thư điện tử");
    desk.sound();

    desk.sign_in("tonghop.catinh.bariavungtau");
    browser.click_text("Nhắc việc sắp gửi");
    browser.see("Chờ gửi lên lãnh đạo");
    browser.see("thứ Ba, 10/6/2025 (hôm nay)");
    desk.sound();
    let words = "lãnh đạo đơn vị: Báo cáo 6 tháng đầu năm 2025 của Sở Văn hóa, Thể thao và Du lịch";
    let box_of = format!(
        "return [...document.querySelectorAll('label.choice')].find(label => \
         label.textContent.includes('{words}')).textContent.trim();"
    );
    let label = browser.script(&box_of, serde_json::json!([]));
    browser.tick(label.as_str().expect("the line of the unit"));
    browser.click_text("Gửi các dòng đã chọn lên lãnh đạo");
    browser.see("Đã gửi 1 thông báo lên lãnh đạo");
    browser.click_text("Thông báo đã gửi");
    browser.see("kính báo để lãnh đạo đơn vị chỉ đạo gửi");
    desk.sound();

    desk.sign_in("lanhdao.vhttdl.bariavungtau");
    browser.open_menu();
    browser.click_text("Thông báo");
    browser.see("kính báo để lãnh đạo đơn vị chỉ đạo gửi");
    desk.sound();

    desk.sign_in("quantri.bariavungtau");
    browser.open_menu();
    browser.click_text("Chế độ báo cáo");
    browser.click_text("Tuyên truyền THNCĐ trên không gian mạng tỉnh Bà Rịa - Vũng Tàu");
    browser.click_text("Lịch nhắc");
    browser.see("Lịch thường dùng: trước 15, 7, 3, 1 ngày");
    browser.fill("Trước thời hạn (ngày)", "mười");
    browser.click_text("Lưu lịch nhắc");
    browser.see("chỗ cần sửa");
    desk.sound();
    browser.fill("Trước thời hạn (ngày)", "10, 5");
    browser.click_text("Lưu lịch nhắc");
    browser.see("Đã lưu lịch nhắc");
    desk.go("/mail");
    browser.see("Chưa cài đặt gửi thư");
    desk.sound();
}
