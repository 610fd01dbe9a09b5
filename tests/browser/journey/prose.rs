//! A unit sent its report as a Word file: entered on its behalf without copying a paragraph. And an officer pastes their own.

use super::Desk;
use crate::prose_reader::REPORT;
use crate::prose_reports::word;
use crate::reports::report_of;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

fn enters_a_document(desk: &Desk, name: &str, scripts: bool) {
    let sound = || {
        if scripts {
            desk.sound();
        }
    };
    let folder = TempDir::new();
    let path = folder.0.join("Bao cao 78.docx");
    std::fs::write(&path, word()).expect("a report on the compiler's disk");
    let id = report_of(&desk.app, "bg.hiephoa", "2025-H1");
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    desk.go(&format!("/reports/{id}/on-behalf"));
    browser.fill("Số đến", "215");
    browser.fill("Ngày đến", "09/6/2025");
    sound();
    browser.click_text("Đọc từ tệp của đơn vị");
    browser.see("Hoặc dán nội dung");
    sound();
    browser.screenshot(&format!("prose-begin-{name}"));
    browser.press("Tệp báo cáo", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("Xem lại nội dung đọc được");
    browser.see("báo cáo này của UBND huyện Hiệp Hòa");
    sound();
    browser.tick("Đúng là của đơn vị này, kỳ này");
    browser.screenshot(&format!("prose-review-{name}"));
    browser.click_text("Lưu lựa chọn");
    browser.see("Đã lưu lựa chọn; báo cáo chưa thay đổi.");
    browser.click_text("Ghi vào báo cáo");
    browser.see("Đã ghi từ văn bản vào báo cáo");
    browser.see("Đang nhập thay cho");
    browser.see("Bao cao 78.docx");
    browser.screenshot(&format!("prose-draft-{name}"));
}

#[test]
fn a_document_is_entered_on_the_units_behalf_at_a_desk() {
    enters_a_document(&Desk::open(Screen::Desktop), "desktop", true);
}

#[test]
fn a_document_is_entered_on_the_units_behalf_on_a_phone() {
    enters_a_document(&Desk::open(Screen::Phone), "phone", true);
}

#[test]
fn and_without_scripts() {
    enters_a_document(&Desk::without_scripts(Screen::Desktop), "without-scripts", false);
}

#[test]
fn an_officer_pastes_their_own_report() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    let id = report_of(&desk.app, "bg.khcn", "2025-H1");
    desk.sign_in("canbo.khcn.bacgiang");
    desk.go(&format!("/reports/{id}/draft"));
    browser.click_text("Đọc từ văn bản");
    browser.see("Hoặc dán nội dung");
    browser.fill("Nội dung báo cáo", REPORT);
    browser.click_text("Đọc nội dung đã dán");
    browser.see("Xem lại nội dung đọc được");
    browser.see("mỗi dòng ghi đã đọc thành gì");
    desk.sound();
    browser.screenshot("prose-own-desktop");
}
