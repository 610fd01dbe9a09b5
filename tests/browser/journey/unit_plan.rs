//! A department answers the provincial plan with its own: brought as a Word file, each clause beside the task it answers, used, sent, and read
//! by who collects. At both screens; the review also without scripts.

use super::Desk;
use crate::reports::report_of;
use crate::support::app::TempDir;
use crate::support::browser::Screen;
use crate::unit_plans::own::word;
use crate::unit_plans::{COMPILER, OFFICER};

fn answers_with_its_plan(desk: &Desk, name: &str, scripts: bool) {
    let sound = || {
        if scripts {
            desk.sound();
        }
    };
    let folder = TempDir::new();
    let path = folder.0.join("Ke hoach 412.docx");
    std::fs::write(&path, word()).expect("a plan on the officer's disk");
    let id = report_of(&desk.app, "vt.tuphap", "2025-PLAN");
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    desk.go(&format!("/reports/{id}/draft"));
    browser.click_text("Đưa kế hoạch của đơn vị lên");
    browser.see("đối chiếu với 5 nhiệm vụ giao cho đơn vị");
    sound();
    browser.screenshot(&format!("unit-plan-begin-{name}"));
    browser.press("Tệp kế hoạch", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("Đối chiếu kế hoạch với nhiệm vụ");
    browser.see("chưa có mục nào trả lời");
    browser.see("Lời văn theo phần");
    browser.see("Thêm 1 dòng vào “Văn bản đã ban hành”");
    sound();
    browser.screenshot(&format!("unit-plan-review-{name}"));
    browser.click_text("Lưu lựa chọn");
    browser.see("Đã lưu lựa chọn; báo cáo chưa thay đổi.");
    browser.click_text("Dùng làm kế hoạch của đơn vị");
    browser.see(
        "Đã dùng làm kế hoạch của đơn vị: trả lời 4/5 nhiệm vụ của đơn vị; ghi 3 phần, 1 dòng danh sách.",
    );
    browser.screenshot(&format!("unit-plan-draft-{name}"));
    desk.go(&format!("/reports/{id}"));
    browser.see("chưa có trong kế hoạch của đơn vị");
    sound();
    browser.screenshot(&format!("unit-plan-read-{name}"));
}

#[test]
fn a_department_answers_with_its_plan_at_a_desk() {
    answers_with_its_plan(&Desk::open(Screen::Desktop), "desktop", true);
}

#[test]
fn a_department_answers_with_its_plan_on_a_phone() {
    answers_with_its_plan(&Desk::open(Screen::Phone), "phone", true);
}

#[test]
fn and_without_scripts() {
    answers_with_its_plan(&Desk::without_scripts(Screen::Desktop), "without-scripts", false);
}

fn is_read_by_the_collector(desk: &Desk, name: &str) {
    let scene = crate::unit_plans::Scene::over(&desk.app);
    scene.answer_with_its_plan();
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    desk.go(&format!("/plans/{}", scene.plan()));
    browser.click_text("Kế hoạch của đơn vị");
    browser.see("Nhiệm vụ đã trả lời");
    browser.see("Sở Tư pháp");
    desk.sound();
    browser.screenshot(&format!("unit-plan-answers-{name}"));
    desk.go(&format!("/tasks/{}", scene.task("Tuyên truyền qua việc cấp phiếu")));
    browser.see("Kế hoạch của đơn vị về nhiệm vụ này");
    desk.sound();
    browser.screenshot(&format!("unit-plan-task-{name}"));
}

#[test]
fn the_collector_reads_the_answers_at_a_desk() {
    is_read_by_the_collector(&Desk::open(Screen::Desktop), "desktop");
}

#[test]
fn the_collector_reads_the_answers_on_a_phone() {
    is_read_by_the_collector(&Desk::open(Screen::Phone), "phone");
}
