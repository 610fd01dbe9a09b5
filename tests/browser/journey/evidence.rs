//! Work noted from a telephone with its picture and its post, on its way to the ledger and into the report; a figure below the log
//! asks for a note.

use super::Desk;
use crate::attachments::samples::jpg;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

#[test]
fn an_entry_with_its_post_becomes_a_figure_on_a_telephone() {
    let folder = TempDir::new();
    let photo = folder.0.join("anh-hien-truong.jpg");
    std::fs::write(&photo, jpg()).expect("a picture in the telephone");

    let desk = Desk::open(Screen::Phone);
    let browser = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    desk.go("/tasks");
    browser.click_text("Giúp các sở, ngành, địa phương");
    browser.see("Ghi công việc đã thực hiện");
    browser.fill("Đã làm gì", "Đăng bài về ngày hội việc làm");
    browser.fill("Số lượng (nếu có)", "3");
    browser
        .choose("Cộng vào chỉ tiêu (nếu có)", "B05 Tin, bài đăng hoặc chia sẻ trên mạng xã hội (tin, bài)");
    browser.fill("Đường dẫn (nếu có)", "https://m.facebook.com/khcnbacgiang/posts/2506?fbclid=IwAR1");
    browser.click_text("Thêm về bài đăng, ảnh");
    browser.fill("Tiêu đề bài", "Ngày hội việc làm");
    browser.fill("Lượt tiếp cận", "1.245");
    browser.press("Ảnh có sẵn", &photo.to_string_lossy());
    desk.sound();
    browser.screenshot("evidence-entry-phone");
    browser.click_text("Ghi công việc");
    browser.see("Đã ghi công việc đã thực hiện");
    browser.see("cộng vào B05");
    browser.see("anh-hien-truong.jpg");
    desk.sound();

    desk.go("/evidence");
    browser.see("Ngày hội việc làm");
    browser.see("Fanpage");
    browser.see("1.245");
    desk.sound();
    browser.screenshot("evidence-ledger-phone");

    desk.go("/reports");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Soạn tiếp");
    browser.see("17 (2 lần ghi)");
    browser.screenshot("evidence-offered-phone");
    browser.click_text("Lấy số này và 1 minh chứng cho B05");
    browser.see("Số liệu thực tế đến ngày");
    assert_eq!(browser.value("#f-figure\\.B05"), "17");
    desk.sound();
    browser.fill("#f-figure\\.B05", "9");
    browser.click_text("Kiểm tra và");
    browser
        .see("9, trong khi nhật ký có 17 (2 lần ghi). Ghi lý do vào ô Ghi chú của chỉ tiêu, hoặc đánh dấu");
    desk.sound();
    browser.screenshot("evidence-below-phone");
    desk.go("/reports");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Soạn tiếp");
    browser.fill("Ghi chú, B05", "8 bài là bài chia sẻ lại, không tính");
    browser.click_text("Kiểm tra và");
    browser.see("Đã ghi lý do ở ô Ghi chú của dòng.");
}
