//! The administrator: units of a new installation, units by a list, a merger seen before it is recorded.

use chrono::NaiveDate;
use tonghop::calendar::Clock;
use tonghop::setup::code::issue;

use super::Desk;
use crate::support::app::TestApp;
use crate::support::browser::{Browser, Screen};

#[test]
fn an_administrator_sets_up() {
    let app = TestApp::empty_on(NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day"));
    let code = app.db.write(|conn| issue(conn, Clock::system().now_utc())).expect("a code");
    let desk = Desk { app, browser: Browser::start(Screen::Desktop) };
    let browser = &desk.browser;
    desk.go("/guide/quan-tri");
    browser.see("Thiết lập lần đầu");
    desk.go("/");
    browser.fill("Mã thiết lập", &code);
    browser.click_text("Bắt đầu thiết lập");
    browser.fill("Họ và tên", "Nguyễn Thị Thanh Bình");
    browser.fill("Tên đăng nhập", "quantri.bacninh");
    browser.fill("Mật khẩu", "mot-mat-khau-dai");
    browser.fill("Nhập lại mật khẩu", "mot-mat-khau-dai");
    browser.click_text("Lưu và tiếp tục");
    browser.choose("Tỉnh, thành phố", "Bắc Ninh");
    browser.click_text("Lưu và tiếp tục");
    browser.see("Danh sách có sẵn");
    browser.click_text("Sở, cơ quan chuyên môn nơi nào cũng có");
    browser.click_text("Đưa vào danh sách và xem");
    browser.see("Sẽ thêm");
    desk.keep_screen("thiet-lap-don-vi");
}

#[test]
fn an_administrator_keeps_the_units() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("quantri.bacgiang");
    desk.go("/units");
    browser.click_text("Thêm theo danh sách");
    browser.fill(
        "Danh sách đơn vị",
        "Hội Người cao tuổi tỉnh | | HNCT | | | Hội NCT\nTrường Cao đẳng nghề tỉnh\nUBND phường Đa Mai",
    );
    browser.click_text("Đưa vào danh sách và xem");
    browser.see("Danh sách đơn vị");
    desk.keep("them-don-vi", &["main"]);

    desk.go("/people/new");
    browser.fill("Họ và tên", "Nguyễn Thị An");
    browser.fill("Chức vụ", "Chuyên viên Văn phòng");
    browser.choose("Đơn vị", "Sở Tư pháp");
    browser.choose("Vai trò", "cán bộ đầu mối");
    browser.click_text("Mời và in phiếu");
    browser.see("Mã chỉ hiện lần này");
    desk.keep("phieu-tai-khoan", &["main .quote", ".slip"]);

    desk.go("/unit-changes/new?kind=merge");
    browser.fill("Loại văn bản", "Nghị quyết");
    browser.fill("Số, ký hiệu", "18/NQ-HĐND");
    browser.fill("Ngày ban hành", "20/6/2025");
    browser.fill("Cơ quan ban hành", "HĐND tỉnh Bắc Giang");
    browser.fill("Có hiệu lực từ ngày", "01/7/2025");
    browser.choose("Đơn vị 1", "Sở Y tế");
    browser.choose("Nhập vào", "Sở Khoa học và Công nghệ");
    browser.click_text("Xem trước");
    browser.see("Xem trước: hợp nhất, sáp nhập");
    browser.see("Báo cáo chưa gửi");
    desk.keep_screen("xem-truoc-sap-xep");
}

#[test]
fn an_administrator_writes_an_indicator_and_a_form() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("quantri.bacgiang");
    desk.go("/indicators");
    browser.click_text("Thêm chỉ tiêu địa phương");
    browser.see("Bắt đầu bằng DP.");
    browser.fill("Tên chỉ tiêu", "Câu lạc bộ giúp đỡ người tái hòa nhập");
    browser.choose("Nhóm", "I. Giám sát, đoàn thể");
    browser.fill("Đơn vị tính", "câu lạc bộ");
    browser.click_text("Số tại thời điểm cuối kỳ");
    desk.keep("them-chi-tieu", &["#f-unit_rule", "#f-period_rule"]);
    browser.click_text("Thêm chỉ tiêu");
    browser.see("Đã thêm chỉ tiêu.");

    desk.go("/forms");
    browser.click_text("Sở, ngành");
    browser.see("Lập phiên bản mới");
    browser.click_text("Lập phiên bản mới");
    browser.see("Chưa đơn vị nào phải báo cáo theo dự thảo này");
    browser.click_text("Thêm chỉ tiêu từ danh mục");
    browser.click_text("DP.01 Câu lạc bộ giúp đỡ người tái hòa nhập");
    browser.click_text("Lưu và thêm chỉ tiêu đã đánh dấu");
    browser.see("Đã lưu dự thảo.");
    desk.scroll_to("#f-figures");
    desk.keep_screen("soan-bieu-mau");
    browser.click_text("Lưu và xem trước");
    browser.see("Như đơn vị thấy khi soạn báo cáo");
    browser.see("DP.01");
    assert_eq!(browser.axe(), Vec::<String>::new());
    browser.click_text("Quay lại");
    browser.see("Lưu và phát hành…");
    browser.click_text("Lưu và phát hành…");
    browser.see("Thêm chỉ tiêu DP.01");
    browser.fill("Áp dụng từ ngày", "01/7/2025");
    browser.click_text("Phát hành");
    browser.see("Đã phát hành biểu mẫu.");
}
