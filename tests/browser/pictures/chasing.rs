//! Deadlines and chasing: notices, the call list, the reminder letter, a calendar on the telephone, a unit that came late, and
//! the tables of years before the system.

use chrono::NaiveDate;
use tonghop::mail::Settings;

use super::Desk;
use crate::notices::{day, run_day};
use crate::support::app::{TempDir, TestApp, demo_day};
use crate::support::browser::{Browser, Screen};

/// The morning of 20/6/2025, three days after the last one.
fn late_desk() -> Desk {
    let late = NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day");
    Desk { app: TestApp::demo_on(late), browser: Browser::start(Screen::Desktop) }
}

#[test]
fn an_officer_reads_what_is_due_and_takes_it_along() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    for on in [day("2025-06-09"), demo_day()] {
        run_day(&desk.app.db, &Settings::default(), on);
    }
    desk.sign_in("canbo.khcn.bacgiang");
    desk.go("/notices");
    browser.see("Nhắc việc ngày 10/6/2025");
    desk.keep_screen("thong-bao");
    desk.go("/my");
    browser.click_text("Lịch trên điện thoại");
    browser.see("Lịch của tôi");
    desk.keep_screen("lich-thoi-han");
}

#[test]
fn a_compiler_calls_and_writes() {
    let desk = late_desk();
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Danh sách liên hệ");
    browser.see("Cần liên hệ");
    desk.keep_screen("danh-sach-lien-he");
    browser.click_text("Công văn đôn đốc");
    browser.see("V/v đề nghị gửi");
    desk.keep_screen("cong-van-don-doc");
}

#[test]
fn a_compiler_adds_a_unit_that_came_late() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    let period = crate::periods::period(&desk.app, "bac-giang", "2025-DX1");
    desk.go(&format!("/periods/{period}/late-opening"));
    browser.see("Giao bổ sung cho đơn vị mới");
    browser.choose("Đơn vị", "Sở Tư pháp");
    browser.fill("Thời hạn gửi: chậm nhất ngày", "15/6/2025");
    browser.fill("Lý do", "Mới được giao nhiệm vụ theo Kế hoạch số 563/KH-UBND.");
    desk.keep("giao-bo-sung", &["main"]);
}

#[test]
fn a_compiler_brings_the_table_of_a_past_year() {
    let folder = TempDir::new();
    let path = folder.0.join("Bảng 6T 2023.xlsx");
    std::fs::write(&path, crate::legacy_tables::made("")).expect("a table on the compiler's disk");
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    let regime = crate::legacy_tables::regime(&desk.app, "bac-giang");
    desk.go(&format!("/regimes/{regime}"));
    browser.click_text("Bảng số liệu cũ");
    browser.choose("Bảng của kỳ nào", "6 tháng đầu năm 2023");
    browser.press("Tệp Excel", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("đã nhận ra 4 trên 6");
    desk.keep_screen("bang-so-lieu-cu");
}

#[test]
fn a_leader_reads_the_order_of_the_units() {
    let desk = late_desk();
    desk.sign_in("lanhdao.ubnd.bacgiang");
    desk.go("/overview/units");
    desk.browser.see("Đơn vị được giao");
    desk.keep_screen("thu-tu-don-vi");
}
