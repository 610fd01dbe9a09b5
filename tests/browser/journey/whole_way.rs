//! One report's whole way: a correction under a paper of its own, the body merged into another, a second correction sent by
//! the successor's people, and the edition with the last figure, as each role in turn, at both screens.

use super::{Desk, sheets};
use crate::support::browser::Screen;

const OFFICER: &str = "canbo.vhttdl.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";
const UNIT: &str = "Sở Văn hóa, Thể thao và Du lịch";
/// B04, which both corrections change.
const FIGURE: &str = "Tin, bài đăng trên cổng/trang thông tin điện tử";

#[test]
fn paper_amendment_reorganisation_amendment_edition_on_an_office_screen() {
    journey(Screen::Desktop);
}

#[test]
fn paper_amendment_reorganisation_amendment_edition_on_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    compiler_asks(&desk, "Đếm lại tin, bài của cổng.");
    desk.sign_in(OFFICER);
    desk.browser.click_text("Chỉnh lý báo cáo");
    unit_sends(&desk, "77", "212", 2);
    compiler_receives(&desk);
    administrator_merges(&desk);
    let again = "Bỏ bài đăng hai lần.";
    compiler_asks(&desk, again);
    desk.sign_in(OFFICER);
    // Of two corrections that the successor owes, the one asked for in these words.
    desk.browser.see(again);
    let link = format!(
        "[...document.querySelectorAll('.duty')].filter((one) => one.innerText.includes('{again}')).at(-1)\
         .querySelector('a.btn').click()"
    );
    desk.browser.script(&link, serde_json::json!([]));
    unit_sends(&desk, "75", "9", 3);
    compiler_receives(&desk);
    the_edition_has_it(&desk);
}

fn to_the_report(desk: &Desk) {
    desk.browser.see("Theo dõi");
    desk.browser.click_text("6 tháng đầu năm 2025");
    desk.browser.click_text(UNIT);
    desk.browser.see("Các lần gửi");
}

fn compiler_asks(desk: &Desk, why: &str) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    let received = browser.readable().contains("Mở lại báo cáo");
    browser.click_text(if received { "Mở lại báo cáo" } else { "Đề nghị chỉnh lý, bổ sung" });
    if received {
        browser.see("Mở lại báo cáo?");
        browser.fill("Lý do mở lại", why);
        browser.click_text("Mở lại báo cáo");
        browser.see("Đã mở lại báo cáo để đơn vị chỉnh lý, bổ sung.");
    } else {
        browser.fill("Nội dung cần chỉnh lý, bổ sung", why);
        browser.click_text("Gửi đề nghị chỉnh lý, bổ sung");
        browser.see("Đã đề nghị đơn vị chỉnh lý, bổ sung.");
    }
    desk.sound();
}

fn unit_sends(desk: &Desk, figure: &str, paper: &str, revision: u32) {
    let browser = &desk.browser;
    browser.fill(FIGURE, figure);
    browser.see("Có thay đổi chưa lưu");
    browser.see_no("Có thay đổi chưa lưu");
    browser.see_no("Đang lưu");
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Hoặc gửi theo văn bản lãnh đạo đã ký");
    let boxes =
        "document.querySelectorAll('input[name=confirmed]').forEach((box) => { box.checked = true; })";
    browser.script(boxes, serde_json::json!([]));
    browser.fill("Số", paper);
    browser.fill("Ngày ký", "10/6/2025");
    browser.fill("Họ và tên người ký", "Trần Thế Khánh");
    desk.sound();
    browser.click_text("Gửi, lãnh đạo đã ký văn bản");
    browser.see("Xác nhận đã gửi số");
    browser.see(&format!("lần gửi {revision}"));
    desk.sound();
}

fn compiler_receives(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    browser.click_text("Tiếp nhận");
    browser.see("Đã tiếp nhận báo cáo.");
}

fn administrator_merges(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in("quantri.bacgiang");
    desk.go("/unit-changes/new?kind=merge");
    browser.fill("Loại văn bản", "Nghị quyết");
    browser.fill("Số, ký hiệu", "18/NQ-HĐND");
    browser.fill("Ngày ban hành", "02/6/2025");
    browser.fill("Cơ quan ban hành", "HĐND tỉnh Bắc Giang");
    browser.fill("Có hiệu lực từ ngày", "10/6/2025");
    browser.choose("Đơn vị 1", UNIT);
    browser.choose("Nhập vào", "Sở Khoa học và Công nghệ");
    browser.click_text("Xem trước");
    browser.see("Xem trước: hợp nhất, sáp nhập");
    desk.sound();
    browser.click_text("Ghi nhận sắp xếp");
    browser.see("Đã ghi nhận:");
    desk.sound();
}

fn the_edition_has_it(desk: &Desk) {
    let browser = &desk.browser;
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Tổng hợp số liệu");
    browser.click_text("Lập bản tổng hợp");
    browser.click_text("Vẫn lập bản tổng hợp");
    browser.see("Bản tổng hợp lần 1, 6 tháng đầu năm 2025");
    desk.sign_in("lanhdao.catinh.bacgiang");
    browser.open_menu();
    browser.click_text("Bản tổng hợp");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Chốt bản tổng hợp");
    browser.see("Chốt bản tổng hợp lần 1?");
    browser.tick("Tôi đã đọc và đồng ý chốt");
    browser.click_text("Chốt bản tổng hợp");
    browser.see("Đã chốt");
    desk.sound();
    let link = "return [...document.querySelectorAll('a')].find((link) => link.innerText.includes('bản gửi Bộ')).href";
    let address = browser.script(link, serde_json::json!([]));
    let rows = sheets::data_rows(&browser.bytes(address.as_str().expect("an address")));
    let ours = rows
        .iter()
        .find(|row| sheets::text(row, "ma_chi_tieu") == "B04" && sheets::text(row, "don_vi") == UNIT)
        .expect("the body's row");
    assert_eq!(sheets::value(ours), Some(75.0));
}
