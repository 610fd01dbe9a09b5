//! Rows of a list from a spreadsheet: pasted, one found faulty, mended, sent, and read stacked by the collector.

use serde_json::json;

use super::Desk;
use crate::support::browser::Screen;

const BLOCK: &str = "Ngày\tTrích yếu\tSố, ký hiệu\r\n\
    15/4/2025\t\"Triển khai \"\"tháng cao điểm\"\"\nquý II\"\t901/KH-SKHCN\r\n\
    31/4/2025\tĐôn đốc báo cáo\t902/SKHCN\r\n\
    08.5.2025\tHướng dẫn đưa tin\t903/SKHCN\r\n\
    10/5/2025\tCử đầu mối\t904/SKHCN\r\n\
    12/5/2025\tTổng kết đợt một\t905/SKHCN\r\n";

#[test]
fn pasted_rows_are_mended_sent_and_stacked() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    browser.click_text("Soạn tiếp");
    browser.see("dán được cả khối từ Excel vào bảng");
    browser.fill("II.1. Kết quả tuyên truyền", "Chia sẻ 51 bài trên mạng xã hội.");
    browser.fill("Tin, bài đăng hoặc chia sẻ trên mạng xã hội", "51");
    browser.fill("IV. Phương hướng", "Tiếp tục nhắn tin cảnh báo.");

    // Into the first blank row: five rows where three are free, by their headings.
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        const table = document.querySelector('table[data-list=documents]');
        const free = [...table.querySelectorAll('input[name$=\".number\"]')].find((field) => !field.value);
        free.dispatchEvent(event);
        return free.name;";
    let first = browser.script(paste, json!([BLOCK]));
    browser.see("Đã dán 5 dòng. Lưu để kiểm tra từng ô.");
    browser.see("Đã lưu");
    let first = first.as_str().unwrap_or_default().trim_end_matches(".number").to_owned();
    assert_eq!(browser.value(&format!("[name='{first}.number']")), "901/KH-SKHCN");
    assert_eq!(browser.value(&format!("[name='{first}.subject']")), "Triển khai \"tháng cao điểm\" quý II");
    browser.click_text("Thêm dòng");
    desk.sound();

    browser.click_text("Kiểm tra và trình ký");
    browser.see("Chưa gửi được: có 1 chỗ cần sửa");
    browser.see("Tháng 4 năm 2025 không có ngày 31.");
    browser.click_text("Tháng 4 năm 2025 không có ngày 31.");
    browser.see("1 ô cần sửa");
    browser.see_no("mà chưa lưu");
    desk.sound();
    let faulty = browser.script("return document.querySelector('[aria-invalid=true]').name;", json!([]));
    browser.fill(&format!("[name='{}']", faulty.as_str().unwrap_or_default()), "30/4/2025");
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Cần giải thích hoặc xác nhận");
    browser.see("30/4/2025");
    browser.tick("Chưa nhập kết quả của");
    browser.fill("Số", "215");
    browser.fill("Ký hiệu", "BC-SKHCN");
    browser.fill("Ngày ký", "10/6/2025");
    browser.fill("Chức vụ người ký", "GIÁM ĐỐC");
    browser.fill("Họ và tên người ký", "Lê Văn Minh");
    browser.click_text("Gửi, lãnh đạo đã ký văn bản");
    browser.see("Xác nhận đã gửi số");

    desk.sign_in("tonghop.catinh.bacgiang");
    browser.see("Theo dõi");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Sở Khoa học và Công nghệ");
    browser.see("Kiểm tra, tiếp nhận");
    browser.see("Triển khai \"tháng cao điểm\" quý II");
    browser.click_text("Tiếp nhận");
    browser.see("Đã tiếp nhận");
    browser.click_text("6 tháng đầu năm 2025");
    browser.see("đơn vị đã gửi");
    let consolidation = format!("{}/consolidation", browser.url());
    browser.goto(&consolidation);
    browser.click_text("Danh sách");
    browser.see("dòng của");
    browser.fill("Lọc dòng", "khoa hoc cao diem");
    browser.see("901/KH-SKHCN");
    browser.see_no("KH-CAT");
    desk.sound();
    browser.screenshot("list-stacked-desktop");
}
