//! The compiler of the standing agency: who has sent, receipt, request to amend, typing in from paper, the edition.

use super::Desk;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

#[test]
fn a_compiler_receives() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("6 tháng đầu năm 2025");
    browser.see("đơn vị đã gửi");
    desk.keep_for_readme("period");
    desk.keep_screen("theo-doi-ky");
    let period = browser.url();
    browser.click_text("Sở Văn hóa, Thể thao và Du lịch");
    browser.see("Kiểm tra, tiếp nhận");
    desk.keep("tiep-nhan", &["main .head", "#review"]);
    browser.click_text("Góp ý B04.");
    browser.see("Đơn vị đã gửi");
    browser.tick("Số liệu");
    browser.fill("Nội dung góp ý", "Thấp hơn số trên cổng của sở; đề nghị đếm lại.");
    browser.click_text("Lưu góp ý");
    browser.see("Đã ghi góp ý.");
    browser.click_text("Đề nghị chỉnh lý, bổ sung (1 góp ý)");
    browser.see("Góp ý từng chỗ (1)");
    browser.fill("Nội dung cần chỉnh lý, bổ sung", "Đề nghị kiểm tra một chỗ dưới đây rồi gửi lại.");
    browser.fill("Thời hạn gửi bản chỉnh lý", "12/6/2025");
    desk.keep("de-nghi-chinh-ly", &["main"]);

    browser.goto(&period);
    browser.click_text("UBND huyện Sơn Động");
    browser.see("Nghĩa vụ báo cáo");
    browser.click_text("Nhập thay từ văn bản giấy");
    browser.see("Ngày đến quyết định báo cáo đúng hạn hay muộn");
    browser.fill("Số đến", "1208");
    browser.fill("Ngày đến", "09/6/2025");
    desk.keep("nhap-thay", &["main"]);
    // The unit sent its report as a Word file.
    let folder = TempDir::new();
    let path = folder.0.join("Bao cao 78.docx");
    std::fs::write(&path, crate::prose_reports::word()).expect("a report on the compiler's disk");
    browser.click_text("Đọc từ tệp của đơn vị");
    browser.see("Hoặc dán nội dung");
    browser.press("Tệp báo cáo", &path.to_string_lossy());
    browser.click_text("Tải lên và đọc");
    browser.see("Xem lại nội dung đọc được");
    desk.scroll_to("#figures");
    desk.keep_screen("doc-tu-van-ban");
}

#[test]
fn a_compiler_shows_an_edition() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("tonghop.catinh.bacgiang");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Tổng hợp số liệu");
    browser.click_text("Biên tập thuyết minh");
    browser.see("Chưa có đoạn nào.");
    browser.click_text("Đưa vào");
    browser.see("Nguồn: ");
    browser
        .fill("Đoạn 1", "Các sở, ban, ngành đã chủ động triển khai kế hoạch; phân công cụ thể từng đầu mối.");
    browser.click_text("Lưu");
    browser.see("lưu lúc");
    desk.keep("thuyet-minh", &["main"]);
    browser.click_text("Bản tổng hợp");
    browser.click_text("6 tháng đầu năm 2024");
    browser.see("Bản tổng hợp lần");
    browser.see("Đã chốt");
    desk.keep_for_readme("edition");
    desk.keep_screen("ban-tong-hop");
}
