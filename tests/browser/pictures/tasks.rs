//! From the plan to the work: noting it on a phone, the ledger of what proves it, the department's own plan, the board.

use super::Desk;
use crate::reports::report_of;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

#[test]
fn an_officer_notes_work_on_the_phone() {
    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    desk.go("/tasks");
    browser.see("Ghi nhanh");
    desk.keep_screen("ghi-cong-viec");
}

#[test]
fn an_officer_looks_at_the_proofs() {
    let desk = Desk::open(Screen::Desktop);
    desk.sign_in("canbo.vietyen.bacgiang");
    desk.go("/evidence");
    desk.browser.see("Theo nền tảng");
    desk.keep_screen("minh-chung");
}

#[test]
fn a_department_answers_with_its_plan() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    let folder = TempDir::new();
    let path = folder.0.join("Ke hoach 412.docx");
    std::fs::write(&path, crate::unit_plans::own::word()).expect("a plan on the officer's disk");
    let id = report_of(&desk.app, "vt.tuphap", "2025-PLAN");
    desk.sign_in(crate::unit_plans::OFFICER);
    desk.go(&format!("/reports/{id}/draft"));
    browser.click_text("Đưa kế hoạch của đơn vị lên");
    browser.press("Tệp kế hoạch", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("Đối chiếu kế hoạch với nhiệm vụ");
    desk.keep_screen("ke-hoach-don-vi");
}

#[test]
fn a_compiler_follows_the_tasks_of_a_plan() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("Kế hoạch");
    browser.click_text("Kế hoạch THNCĐ trên không gian mạng");
    browser.click_text("Bảng theo dõi");
    browser.see("Tiến độ của từng đơn vị");
    desk.keep_screen("bang-theo-doi");
}
