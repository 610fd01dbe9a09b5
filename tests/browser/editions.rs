//! From what was received to the Ministry's screen, at both sizes: the compiler makes the edition, the leader approves
//! it, the Ministry reads it.

use super::journey::Desk;
use crate::support::browser::{Browser, Screen};

fn loop_at(screen: Screen, size: &str) {
    let desk = Desk::open(screen);
    let check = |browser: &Browser, name: &str| {
        browser.screenshot(&format!("{name}-{size}"));
        assert_eq!(browser.axe(), Vec::<String>::new(), "{name} {size}");
    };
    desk.sign_in("tonghop.catinh.bacgiang");
    desk.go("/periods");
    let compiler = &desk.browser;
    compiler.click_text("6 tháng đầu năm 2025");
    compiler.click_text("Tổng hợp số liệu");
    compiler.see("9 / 26 đơn vị có báo cáo trong bản tổng hợp");
    check(compiler, "consolidation");
    // A paragraph into the consolidated text, edited; then back.
    compiler.click_text("Biên tập thuyết minh");
    compiler.see("Chưa có đoạn nào.");
    compiler.click_text("Đưa vào");
    compiler.see("Nguồn: ");
    compiler.fill("Đoạn 1", "Các đơn vị đã triển khai đồng bộ.");
    compiler.click_text("Lưu");
    compiler.see("lưu lúc");
    check(compiler, "narrative");
    compiler.click_text("Xem trước bản tổng hợp");
    compiler.see("Các đơn vị đã triển khai đồng bộ.");
    compiler.click_text("Nhóm B");
    compiler.see("theo đơn vị");
    check(compiler, "consolidation-group");
    compiler.click_text("Lập bản tổng hợp");
    compiler.see("Lập bản tổng hợp khi chưa đủ báo cáo?");
    check(compiler, "edition-missing");
    compiler.click_text("Vẫn lập bản tổng hợp");
    compiler.see("Đã lập bản tổng hợp lần 1");
    check(compiler, "edition-draft");
    let address = compiler.url();

    let leader = desk.another(screen, "lanhdao.catinh.bacgiang", "/");
    leader.goto(&address);
    leader.click_text("Chốt bản tổng hợp");
    leader.see("Chốt bản tổng hợp lần 1?");
    check(&leader, "edition-approval");
    leader.tick("Tôi đã đọc và đồng ý chốt");
    leader.click_text("Chốt bản tổng hợp");
    leader.see("Đã chốt bản tổng hợp.");

    leader.click_text("Ghi nhận đã gửi");
    leader.see("Cách gửi");
    leader.fill("Số, ký hiệu văn bản gửi kèm", "125/BC-CAT");
    leader.fill("Ngày văn bản", "10/6/2025");
    check(&leader, "edition-dispatch");
    leader.click_text("Ghi nhận đã gửi");
    leader.see("Đã ghi nhận việc gửi bản tổng hợp.");
    check(&leader, "edition-sent");

    let ministry = desk.another(screen, "c11.bocongan", "/");
    ministry.goto(&format!("{}/editions", desk.app.base));
    check(&ministry, "editions");
    ministry.click_text("6 tháng đầu năm 2025");
    ministry.see("Tải Excel, bản gửi Bộ");
    ministry.see_no("bản nội bộ");
    check(&ministry, "edition-ministry");
}

#[test]
fn the_edition_goes_from_preview_to_the_ministry_on_a_desk() {
    loop_at(Screen::Desktop, "desktop");
}

#[test]
fn the_edition_goes_from_preview_to_the_ministry_on_a_phone() {
    loop_at(Screen::Phone, "phone");
}
