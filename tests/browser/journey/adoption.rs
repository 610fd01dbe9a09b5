//! A compiler has the plan as a file: review beside its lines, a name answered, a task corrected, and tracked tasks with dated obligations.

use super::Desk;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

fn adopts_a_document(desk: &Desk, name: &str, scripts: bool) {
    // What looks at the page is a script itself.
    let sound = || {
        if scripts {
            desk.sound();
        }
    };
    let folder = TempDir::new();
    let path = folder.0.join("Kế hoạch 13.txt");
    let text = crate::plan_adoption::PLAN
        .replace("3. Sở Lao động - Thương binh và Xã hội, Sở Tư pháp", "3. Sở Việc làm, Sở Tư pháp");
    std::fs::write(&path, text).expect("a plan on the compiler's disk");
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    desk.go("/plans");
    browser.click_text("Lập từ văn bản");
    browser.see("Hoặc dán nội dung");
    sound();
    browser.screenshot(&format!("adoption-begin-{name}"));
    browser.press("Tệp văn bản", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("Rà soát văn bản");
    browser.see("Chưa rõ “Sở Việc làm” là đơn vị nào");
    sound();
    browser.screenshot(&format!("adoption-review-{name}"));
    browser.fill("Số", "13");
    browser.fill("Ngày", "20");
    browser.click_text("Lưu và chọn đơn vị");
    browser.see("Tên đơn vị trong văn bản");
    sound();
    browser.choose("Đơn vị của tên Sở Việc làm", "Sở Nội vụ");
    browser.screenshot(&format!("adoption-names-{name}"));
    browser.click_text("Lưu và về trang rà soát");
    browser.see("Đã lưu tên đơn vị.");
    browser.see_no("Tên đơn vị chưa rõ");
    // What was typed before the names were asked is there.
    assert_eq!(browser.value("Số"), "13");
    browser.click_text("Xem trước khi lập kế hoạch");
    browser.see("Kế hoạch số 13/KH-UBND ngày 20/01/2025");
    browser.see("hạn cuối thứ Sáu, 14/11/2025");
    sound();
    browser.screenshot(&format!("adoption-confirm-{name}"));
    browser.click_text("Lập kế hoạch");
    browser.see("Đã lập kế hoạch: 18 mục, 13 nhiệm vụ, 2 chế độ báo cáo, mở 3 kỳ.");
    browser.see("Kế hoạch 13.txt");
    sound();
    browser.screenshot(&format!("adoption-plan-{name}"));
    browser.click_text("Theo đơn vị");
    browser.see("bố trí kinh phí thực hiện");
    sound();
    // A department sees the obligation with its day.
    desk.sign_in("canbo.khcn.bacgiang");
    browser.see("Báo cáo thực hiện Kế hoạch 2025");
    sound();
    browser.screenshot(&format!("adoption-duty-{name}"));
}

#[test]
fn a_document_becomes_tracked_tasks_at_a_desk() {
    adopts_a_document(&Desk::open(Screen::Desktop), "desktop", true);
}

#[test]
fn a_document_becomes_tracked_tasks_on_a_phone() {
    adopts_a_document(&Desk::open(Screen::Phone), "phone", true);
}

#[test]
fn and_without_scripts() {
    adopts_a_document(&Desk::without_scripts(Screen::Desktop), "without-scripts", false);
}

#[test]
fn items_are_corrected_and_the_document_read_again() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    let compiler = desk.app.client("tonghop.catinh.bacgiang");
    let review = crate::plan_adoption::paste(&compiler, crate::plan_adoption::PLAN);
    desk.sign_in("tonghop.catinh.bacgiang");
    for (page, words) in [
        ("tasks/22", "Sửa nhiệm vụ"),
        ("clauses/5", "Sửa mục"),
        ("bases/1", "Sửa căn cứ"),
        ("duties/37", "Sửa nghĩa vụ báo cáo"),
    ] {
        desk.go(&format!("{review}/{page}"));
        browser.see(words);
        desk.sound();
        browser.screenshot(&format!("adoption-{}", page.replace('/', "-")));
    }
    let plan = crate::plan_adoption::confirm(&compiler, &review).redirected();
    desk.go(&plan);
    browser.click_text("Đối chiếu văn bản");
    browser.see("Đối chiếu văn bản với kế hoạch");
    desk.sound();
    let other = crate::plan_adoption::PLAN.replace("4. Sở Tài chính", "4. Sở Nội vụ");
    browser.fill("Nội dung văn bản", &other);
    browser.click_text("Đọc nội dung đã dán");
    browser.see("chỗ khác nhau");
    browser.see("chỉ có trong văn bản");
    desk.sound();
    browser.screenshot("adoption-compared");
}
