//! A compiler brings the table of a year before the system: columns, names, preview, and the comparison that then has something to say.

use super::Desk;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

fn brings_a_table(screen: Screen, name: &str) {
    let folder = TempDir::new();
    let path = folder.0.join("Bảng 6T 2023.xlsx");
    std::fs::write(&path, crate::legacy_tables::made("")).expect("a table on the compiler's disk");
    let desk = Desk::open(screen);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    let regime = crate::legacy_tables::regime(&desk.app, "bac-giang");
    desk.go(&format!("/regimes/{regime}"));
    browser.click_text("Bảng số liệu cũ");
    browser.see("Bảng của kỳ nào");
    desk.sound();
    browser.screenshot(&format!("last-years-begin-{name}"));
    browser.choose("Bảng của kỳ nào", "6 tháng đầu năm 2023");
    browser.press("Tệp Excel", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("đã nhận ra 4 trên 6");
    desk.sound();
    browser.screenshot(&format!("last-years-columns-{name}"));
    browser.tick("Nhân các số của cột E");
    browser.click_text("Tiếp tục");
    browser.see("2 tên chưa rõ là đơn vị nào");
    desk.sound();
    browser.click_text("Chọn đơn vị");
    browser.see("Thành phố BG");
    desk.sound();
    browser.screenshot(&format!("last-years-names-{name}"));
    browser.choose("Đơn vị của tên Thành phố BG", "UBND thành phố Bắc Giang");
    browser.choose("Đơn vị của tên Thị xã Chũ", "Không nhập dòng này");
    browser.click_text("Lưu và xem trước");
    browser.see("1 ô không đọc được");
    browser.see("Nhập 22 số của 12 đơn vị");
    desk.sound();
    browser.screenshot(&format!("last-years-preview-{name}"));
    browser.tick("Bỏ qua 1 ô không đọc được");
    browser.tick("Tôi đã xem");
    browser.click_text("Xác nhận nhập");
    browser.see("Đã nhập 22 số của 12 đơn vị.");
    desk.sound();
    browser.screenshot(&format!("last-years-applied-{name}"));
    browser.click_text("UBND huyện Lục Nam");
    browser.see("Nhập từ bảng cũ");
    desk.sound();
    browser.screenshot(&format!("last-years-report-{name}"));
    let next = crate::drops::period(&desk.app, "2024-H1");
    desk.go(&format!("/periods/{next}/comparison"));
    browser.see("12 đơn vị nhập từ bảng cũ");
    desk.sound();
    browser.screenshot(&format!("last-years-comparison-{name}"));
}

#[test]
fn a_compiler_brings_last_years_table_at_a_desk() {
    brings_a_table(Screen::Desktop, "desktop");
}

#[test]
fn a_compiler_brings_last_years_table_on_a_phone() {
    brings_a_table(Screen::Phone, "phone");
}
