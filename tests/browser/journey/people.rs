//! An administrator pastes three people and prints their slips; one of them signs in with the code on a phone.

use super::Desk;
use crate::support::browser::{Browser, Screen};

#[test]
fn three_people_are_invited_and_one_comes_in_by_the_slip_on_a_phone() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    let look = |name: &str| {
        browser.screenshot(&format!("people-{name}-desktop"));
        desk.sound();
    };
    desk.sign_in("quantri.bacgiang");
    browser.open_menu();
    browser.click_text("Người dùng");
    browser.see("Mời theo danh sách");
    browser.fill("Tìm người dùng", "le bich thao");
    look("list");
    browser.click_text("Mời theo danh sách");
    browser.see("Mời nhiều người theo danh sách");
    let list = "Nguyễn Thị An | Chuyên viên | Sở KH&CN | cán bộ đầu mối\n\
                Trần Văn Bình | Phó Giám đốc | Sở Y tế | lãnh đạo đơn vị\n\
                Lê Thị Chi | Chuyên viên | Sở Không Có | cán bộ đầu mối";
    browser.fill("Danh sách người dùng", list);
    browser.click_text("Xem trước");
    browser.see("2 người mời được, 1 dòng cần sửa");
    browser.see("Không thấy đơn vị “Sở Không Có”");
    look("import-fault");
    browser.fill("Danh sách người dùng", &list.replace("Sở Không Có", "Sở Tư pháp"));
    browser.click_text("Xem trước");
    browser.see("Sẽ mời 3 người");
    look("import");
    browser.click_text("Mời và in phiếu");
    browser.see("Mã chỉ hiện lần này");
    browser.see("canbo2.khcn.bacgiang");
    look("slips");
    let code = browser.script(
        "return [...document.querySelectorAll('.slip')].find((slip) => slip.textContent.includes('Nguyễn Thị An'))\
         .querySelectorAll('dd.mono')[1].textContent",
        serde_json::json!([]),
    );
    let code = code.as_str().expect("a code").to_owned();

    let phone = Desk { app: desk.app, browser: Browser::start(Screen::Phone) };
    let look = |name: &str| {
        phone.browser.screenshot(&format!("people-{name}-phone"));
        phone.sound();
    };
    phone.go("/sign-in");
    phone.browser.click_text("Quên mật khẩu?");
    phone.browser.see("Công an tỉnh Bắc Giang");
    look("forgotten-password");
    phone.go("/sign-in");
    phone.browser.click_text("Có phiếu cấp tài khoản?");
    phone.browser.see("Đặt mật khẩu bằng mã trên phiếu");
    phone.browser.fill("Tên đăng nhập", "canbo2.khcn.bacgiang");
    phone.browser.fill("Mã", &code.to_uppercase());
    phone.browser.fill("Mật khẩu mới", "mot-mat-khau-rieng");
    phone.browser.fill("Nhập lại mật khẩu mới", "mot-mat-khau-khac");
    phone.browser.click_text("Đặt mật khẩu và đăng nhập");
    phone.browser.see("Hai lần nhập mật khẩu chưa giống nhau");
    look("invitation");
    phone.browser.fill("Mật khẩu mới", "mot-mat-khau-rieng");
    phone.browser.fill("Nhập lại mật khẩu mới", "mot-mat-khau-rieng");
    phone.browser.click_text("Đặt mật khẩu và đăng nhập");
    phone.browser.see("Đã đặt mật khẩu");
    phone.browser.see("Việc của tôi");
    look("first-page");
}
