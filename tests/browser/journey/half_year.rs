//! The half-year of one department, from its draft to the workbook of the Ministry, as each role in turn.

use super::{Desk, sheets};
use crate::support::browser::Screen;

const OFFICER: &str = "canbo.khcn.bacgiang";
const LEADER: &str = "lanhdao.khcn.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";
const UNIT: &str = "Sở Khoa học và Công nghệ";
/// B05, the figure this journey follows: blank in the demo's draft.
const FIGURE: &str = "Tin, bài đăng hoặc chia sẻ trên mạng xã hội";

#[test]
fn from_draft_to_the_ministry_on_an_office_screen() {
    journey(Screen::Desktop);
}

#[test]
fn from_draft_to_the_ministry_on_a_phone() {
    journey(Screen::Phone);
}

fn journey(screen: Screen) {
    let desk = Desk::open(screen);
    let before = total_on_the_page(&desk);
    officer_writes(&desk);
    leader_hands_back(&desk);
    officer_mends(&desk);
    leader_sends(&desk);
    compiler_asks_to_amend(&desk);
    officer_sends_again_with_the_paper(&desk);
    compiler_receives_and_compiles(&desk);
    leader_approves_the_edition(&desk, before);
    others_see_it(&desk);
}

/// B05 over the reports received so far, as the compiler's page has it.
fn total_on_the_page(desk: &Desk) -> f64 {
    let client = desk.app.client(COMPILER);
    let periods = client.get("/periods").ok();
    let link = periods.split("href=\"").find(|rest| rest.contains("<b>6 tháng đầu năm 2025</b>"));
    let period = link.and_then(|rest| rest.split('"').next()).expect("the period's address");
    let page = client.get(&format!("{period}/consolidation")).ok();
    let row = page.split("data-code=\"B05\"").nth(1).expect("the line of B05");
    let cell = row.split("<b>").nth(1).and_then(|rest| rest.split("</b>").next()).expect("its value");
    cell.replace('.', "").parse().expect("a whole number")
}

fn officer_writes(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    browser.see("Việc của tôi");
    browser.click_text("Soạn tiếp");
    browser.see("Công tác chỉ đạo, triển khai");
    browser.fill(FIGURE, "46");
    browser.see("Có thay đổi chưa lưu");
    browser.see_no("Có thay đổi chưa lưu");
    browser.see_no("Đang lưu");
    browser.see("Đã lưu");
    let path = browser.url().split_once("/reports").map(|(_, rest)| format!("/reports{rest}"));
    let stored = desk.app.client(OFFICER).get(&path.expect("the draft's path")).ok();
    assert!(stored.contains("name=\"figure.B05\" value=\"46\""), "autosave reached the server");
    browser.fill("Ghi chú, B04", "Từ tháng 3 gồm cả trang của Sở cũ");
    browser.fill("Kinh phí đã sử dụng", "6");
    browser.click_text("Kiểm tra và trình ký");

    browser.see("Chưa gửi được: có 2 chỗ cần sửa");
    browser.see_no("Trình lãnh đạo duyệt");
    desk.sound();
    browser.click_text("Chưa nhập phần II.1");
    browser.fill("II.1. Kết quả tuyên truyền", "Đăng 312 tin, bài trên cổng và chia sẻ 46 bài.");
    browser.fill("IV. Phương hướng", "Nhắn tin cảnh báo đợt hai trong tháng 8.");
    browser.click_text("Kiểm tra và trình ký");

    browser.click_text("Trình lãnh đạo");
    browser.see("Chưa thực hiện được");
    browser.tick("Chưa nhập kết quả của");
    browser.click_text("Trình lãnh đạo");
    browser.see("Đã trình lãnh đạo đơn vị.");
}

fn leader_hands_back(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(LEADER);
    browser.click_text("Xem và duyệt");
    browser.click_text("Kiểm tra, duyệt và gửi");
    browser.see("Lãnh đạo duyệt");
    browser.click_text("Chuyển lại cán bộ để sửa");
    browser.fill("Lý do chuyển lại", "Thiếu một bài của trung tâm, đề nghị đếm lại.");
    desk.sound();
    browser.click_text("Chuyển lại cán bộ");
    browser.see("Đã chuyển lại cán bộ.");
}

fn officer_mends(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    browser.click_text("Soạn tiếp");
    browser.see("Thiếu một bài của trung tâm, đề nghị đếm lại.");
    browser.fill(FIGURE, "47");
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Nội dung sẽ gửi");
    browser.tick("Chưa nhập kết quả của");
    browser.click_text("Trình lãnh đạo");
    browser.see("Đã trình lãnh đạo đơn vị.");
}

fn leader_sends(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(LEADER);
    browser.click_text("Xem và duyệt");
    browser.click_text("Kiểm tra, duyệt và gửi");
    browser.click_text("Duyệt và gửi");
    browser.see("Chưa thực hiện được");
    desk.sound();
    browser.tick("Tôi đã xem các chỗ cán bộ giải thích");
    browser.click_text("Duyệt và gửi");
    confirmation(desk, "lần gửi 1");
}

/// The page after a sending: a number, and a hash of 64 hexadecimal digits.
fn confirmation(desk: &Desk, revision: &str) {
    desk.browser.see("Xác nhận đã gửi số");
    desk.browser.see(revision);
    let text = desk.browser.readable();
    let number = text.split("Xác nhận đã gửi số ").nth(1).expect("a number").split(' ').next();
    let digits = number.and_then(|number| number.strip_suffix("/2025")).expect("a number of the year");
    assert!(digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit()), "{digits}");
    let hash = text.split("(SHA-256) ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a hash");
    assert!(hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{hash}");
    desk.sound();
}

fn to_the_report(desk: &Desk) {
    desk.browser.see("Theo dõi");
    desk.browser.click_text("6 tháng đầu năm 2025");
    desk.browser.see("14 / 21 đơn vị đã gửi");
    desk.browser.click_text(UNIT);
    desk.browser.see("Kiểm tra, tiếp nhận");
}

fn compiler_asks_to_amend(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    browser.click_text("Đề nghị chỉnh lý, bổ sung");
    browser.click_text("Gửi đề nghị chỉnh lý, bổ sung");
    browser.see("chỗ cần sửa");
    browser.fill("Nội dung cần chỉnh lý, bổ sung", "Số bài chia sẻ chưa gồm tháng 5.");
    browser.click_text("Gửi đề nghị chỉnh lý, bổ sung");
    browser.see("Đã đề nghị đơn vị chỉnh lý, bổ sung.");
    desk.sound();
}

fn officer_sends_again_with_the_paper(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(OFFICER);
    browser.see("Số bài chia sẻ chưa gồm tháng 5.");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Chỉnh lý");
    browser.see("Số bài chia sẻ chưa gồm tháng 5.");
    browser.fill(FIGURE, "58");
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Hoặc gửi theo văn bản lãnh đạo đã ký");
    browser.tick("Chưa nhập kết quả của");
    browser.click_text("Gửi, lãnh đạo đã ký văn bản");
    browser.see("Chưa thực hiện được");
    browser.fill("Số", "212");
    browser.fill("Ký hiệu", "BC-SKHCN");
    browser.fill("Ngày ký", "10/6/2025");
    browser.fill("Chức vụ người ký", "PHÓ GIÁM ĐỐC");
    browser.fill("Họ và tên người ký", "Nguyễn Thị Bình");
    browser.tick("Chưa nhập kết quả của");
    browser.click_text("Gửi, lãnh đạo đã ký văn bản");
    confirmation(desk, "lần gửi 2");
    browser.see("212/BC-SKHCN");
}

fn compiler_receives_and_compiles(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in(COMPILER);
    to_the_report(desk);
    browser.see("1 chỗ thay đổi so với lần gửi trước");
    let changes = "return [document.querySelector('#figures del').innerText, document.querySelector('#figures ins').innerText]";
    assert_eq!(browser.script(changes, serde_json::json!([])), serde_json::json!(["47", "58"]));
    browser.click_text("Tiếp nhận");
    browser.see("Đã tiếp nhận báo cáo.");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Tổng hợp số liệu");
    browser.see("10 / 26 đơn vị có báo cáo trong bản tổng hợp");
    desk.sound();
    browser.click_text("Lập bản tổng hợp");
    browser.see("Lập bản tổng hợp khi chưa đủ báo cáo?");
    browser.click_text("Vẫn lập bản tổng hợp");
    browser.see("Bản tổng hợp lần 1, 6 tháng đầu năm 2025");
    browser.see("Dự thảo");
}

fn leader_approves_the_edition(desk: &Desk, before: f64) {
    let browser = &desk.browser;
    desk.sign_in("lanhdao.catinh.bacgiang");
    browser.open_menu();
    browser.click_text("Bản tổng hợp");
    browser.click_text("6 tháng đầu năm 2025");
    browser.click_text("Chốt bản tổng hợp");
    browser.see("Chốt bản tổng hợp lần 1?");
    desk.sound();
    browser.tick("Tôi đã đọc và đồng ý chốt");
    browser.click_text("Chốt bản tổng hợp");
    browser.see("Đã chốt");
    let link = "return [...document.querySelectorAll('a')].find((link) => link.innerText.includes('bản gửi Bộ')).href";
    let address = browser.script(link, serde_json::json!([]));
    let bytes = browser.bytes(address.as_str().expect("an address"));
    the_figure_is_in_the_workbook(&bytes, before);
}

/// By hand: what the other units had, and 58 more; and the rows of the units that count add up to the total.
fn the_figure_is_in_the_workbook(bytes: &[u8], before: f64) {
    let rows: Vec<_> = sheets::data_rows(bytes)
        .into_iter()
        .filter(|row| sheets::text(row, "ma_chi_tieu") == "B05")
        .collect();
    let ours = rows.iter().find(|row| sheets::text(row, "don_vi") == UNIT).expect("the unit's row");
    assert_eq!(sheets::value(ours), Some(58.0));
    let units: f64 = rows
        .iter()
        .filter(|row| sheets::text(row, "cap") == "don_vi" && sheets::text(row, "cong_vao_tong") == "co")
        .filter_map(sheets::value)
        .sum();
    let total = rows.iter().find(|row| sheets::text(row, "cap") != "don_vi").expect("the total's row");
    assert_eq!(sheets::value(total), Some(before + 58.0));
    assert_eq!(units, before + 58.0);
    assert_eq!(sheets::annex_value(bytes, "B05"), before + 58.0);
}

fn others_see_it(desk: &Desk) {
    let browser = &desk.browser;
    desk.sign_in("c11.bocongan");
    browser.see("Bản tổng hợp");
    browser.click_text("6 tháng đầu năm 2025");
    browser.see("Bản tổng hợp lần 1, 6 tháng đầu năm 2025");
    browser.see("Đã chốt");
    desk.sound();
    desk.sign_in("lanhdao.ubnd.bacgiang");
    browser.see("Tình hình chung");
    browser.see("14/21 đơn vị");
    browser.see("lần 1, đã chốt");
    desk.sound();
}
