//! Remarks on a figure and a section, from the compiler's reading to the correction received and reopened, as each role
//! in turn, at both screens.

use super::Desk;
use crate::support::browser::Screen;

const OFFICER: &str = "canbo.vhttdl.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";
const UNIT: &str = "Sở Văn hóa, Thể thao và Du lịch";
/// B04: what the unit sent, and what it mends it to.
const FIGURE: &str = "Tin, bài đăng trên cổng/trang thông tin điện tử";
const MENDED: &str = "77";
const ON_FIGURE: &str = "Thấp hơn số trên cổng của sở; đề nghị đếm lại.";
const ON_SECTION: &str = "Đề nghị nêu số, ngày của kế hoạch.";

#[test]
fn from_a_remark_to_the_reopening_on_an_office_screen() {
    journey(Screen::Desktop);
}

#[test]
fn from_a_remark_to_the_reopening_on_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    compiler_remarks_and_asks(&desk);
    unit_mends_ticks_and_sends(&desk);
    compiler_sees_old_and_new_and_receives(&desk);
    compiler_reopens(&desk);
    unit_is_told(&desk);
}

fn to_the_report(desk: &Desk) {
    desk.browser.see("Theo dõi");
    desk.browser.click_text("6 tháng đầu năm 2025");
    desk.browser.click_text(UNIT);
    desk.browser.see("Các lần gửi");
}

fn compiler_remarks_and_asks(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    browser.click_text("Góp ý B04.");
    browser.see("Đơn vị đã gửi");
    browser.click_text("Lưu góp ý");
    browser.see("Nhập nội dung góp ý.");
    browser.tick("Số liệu");
    browser.fill("Nội dung góp ý", ON_FIGURE);
    desk.sound();
    browser.click_text("Lưu góp ý");
    browser.see("Đã ghi góp ý.");
    browser.see(ON_FIGURE);
    browser.click_text("Góp ý phần I");
    browser.fill("Nội dung góp ý", "Nháp.");
    browser.click_text("Lưu góp ý");
    browser.see("2 góp ý chưa gửi");
    desk.sound();
    // The second is put better before it is sent.
    browser.click_text("xóa góp ý: Phần I.");
    browser.fill("Nội dung góp ý", ON_SECTION);
    browser.click_text("Lưu góp ý");
    browser.see(ON_SECTION);
    browser.click_text("Đề nghị chỉnh lý, bổ sung (2 góp ý)");
    browser.see("Góp ý từng chỗ (2)");
    browser.see(ON_FIGURE);
    browser.fill("Nội dung cần chỉnh lý, bổ sung", "Hai chỗ cần xem lại.");
    browser.fill("Thời hạn gửi bản chỉnh lý", "12/6/2025");
    desk.sound();
    browser.click_text("Gửi đề nghị chỉnh lý, bổ sung");
    browser.see("Đã đề nghị đơn vị chỉnh lý, bổ sung.");
    browser.see_no("Sửa hoặc xóa");
    desk.sound();
}

fn unit_mends_ticks_and_sends(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    browser.see("Hai chỗ cần xem lại.");
    browser.click_text("Chỉnh lý báo cáo");
    browser.see("Cần chỉnh lý (2)");
    browser.see("Còn 2 góp ý chưa đánh dấu.");
    desk.sound();
    browser.fill(FIGURE, MENDED);
    browser.tick("Đã sửa B04");
    browser.fill("Trả lời góp ý: Phần I", "Kế hoạch chưa có số.");
    browser.see("Có thay đổi chưa lưu");
    browser.see_no("Có thay đổi chưa lưu");
    browser.see_no("Đang lưu");
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Góp ý chưa đánh dấu “Đã sửa”");
    browser.see("Đã trả lời.");
    desk.sound();
    let boxes =
        "document.querySelectorAll('input[name=confirmed]').forEach((box) => { box.checked = true; })";
    browser.script(boxes, serde_json::json!([]));
    browser.fill("Số", "212");
    browser.fill("Ngày ký", "10/6/2025");
    browser.fill("Họ và tên người ký", "Trần Thế Khánh");
    browser.click_text("Gửi, lãnh đạo đã ký văn bản");
    browser.see("lần gửi 2");
}

fn compiler_sees_old_and_new_and_receives(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    browser.see("1/2 góp ý đơn vị đánh dấu đã sửa");
    browser.see("Kế hoạch chưa có số.");
    let figure = "return document.querySelector('#answers ins').innerText";
    assert_eq!(browser.script(figure, serde_json::json!([])), format!("ước {MENDED}"));
    desk.sound();
    browser.click_text("Xem mọi thay đổi");
    browser.see("chỗ thay đổi từ lần gửi 1 đến lần gửi 2");
    desk.sound();
    browser.click_text("So sánh");
    browser.see("chỗ thay đổi từ lần gửi 1 đến lần gửi 2");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Tiếp nhận");
    browser.see("Đã tiếp nhận báo cáo.");
}

fn compiler_reopens(desk: &Desk) {
    let browser = &desk.browser;
    browser.click_text("Mở lại báo cáo");
    browser.see("Mở lại báo cáo?");
    browser.see("Số liệu của lần gửi 2 vẫn được tổng hợp");
    browser.click_text("Mở lại báo cáo");
    browser.see("Nhập lý do mở lại báo cáo.");
    browser.fill("Lý do mở lại", "Sở báo đếm trùng một chuyên mục.");
    desk.sound();
    browser.click_text("Mở lại báo cáo");
    browser.see("Đã mở lại báo cáo để đơn vị chỉnh lý, bổ sung.");
    desk.sound();
    browser.click_text("6 tháng đầu năm 2025");
    // As before the reopening: a first sending stands.
    browser.see("13 / 21 đơn vị đã gửi");
}

fn unit_is_told(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    browser.see("mở lại báo cáo ngày 10/6/2025");
    browser.see("Sở báo đếm trùng một chuyên mục.");
    browser.click_text("Chỉnh lý báo cáo");
    browser.see("Mở lại báo cáo");
    desk.sound();
}
