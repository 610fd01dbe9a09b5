//! The officer of a department: what is owed, writing, checking, nil, extension, the paper, an amendment.

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn an_officer_works_at_the_desk() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    browser.see("Soạn tiếp");
    desk.keep_for_readme("my");
    desk.keep("viec-cua-toi", &[".cols section.flush"]);

    browser.click_text("Không phát sinh");
    browser.see("Khai không phát sinh kỳ này?");
    browser.see("không gửi nội dung đã nhập");
    desk.keep("khong-phat-sinh", &["main"]);
    desk.go("/my");
    browser.click_text("Đề nghị gia hạn");
    browser.see("Đề nghị gia hạn gửi báo cáo");
    browser.fill("Đề nghị gia hạn đến hết ngày", "20/6/2025");
    browser.fill("Lý do", "Chờ số liệu của trung tâm trực thuộc, có ngày 18/6.");
    desk.keep("xin-gia-han", &["main"]);

    desk.go("/my");
    browser.click_text("Soạn tiếp");
    browser.see("Công tác chỉ đạo, triển khai");
    desk.keep_for_readme("report");
    browser.fill("Tin, bài đăng hoặc chia sẻ trên mạng xã hội", "46");
    browser.see("Có thay đổi chưa lưu");
    browser.see_no("Có thay đổi chưa lưu");
    browser.see_no("Đang lưu");
    browser.see("Đã lưu");
    browser.click_text("Xem công việc đã thực hiện trong kỳ");
    browser.see("Đưa vào báo cáo");
    desk.keep("cong-viec-vao-bao-cao", &["#tasks tr:has(details[open])"]);
    browser.click_text("Kiểm tra và trình ký");
    browser.see("Chưa gửi được: có");
    browser.see("Cần giải thích hoặc xác nhận");
    desk.keep("kiem-tra", &[".head", ".summary", "#check > section"]);
}

/// A district that has figures of the year before beside its own.
#[test]
fn an_officer_types_beside_last_year() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.lucnam.bacgiang");
    browser.click_text("Soạn tiếp");
    browser.see("Cùng kỳ");
    browser.fill("#figures input[data-cell]", "12");
    browser.see("Có thay đổi chưa lưu");
    browser.see_no("Có thay đổi chưa lưu");
    browser.see_no("Đang lưu");
    browser.see("Đã lưu");
    desk.scroll_to("#figures .table");
    desk.keep_screen("soan-bao-cao");
}

#[test]
fn an_officer_mends_and_proves() {
    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.mttq.bacgiang");
    browser.click_text("Chỉnh lý báo cáo");
    browser.see("Cần chỉnh lý (3)");
    desk.keep("chinh-ly", &[".head", "main > .quote", "#mend"]);

    desk.sign_in("canbo.vhttdl.bacgiang");
    browser.click_text("xác nhận đã gửi số");
    browser.see("Xác nhận đã gửi số");
    browser.see("gửi đúng hạn");
    desk.keep("xac-nhan-da-gui", &["main"]);

    desk.sign_in("canbo.noivu.bacgiang");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Sửa số, ngày văn bản");
    browser.see("Nội dung và số liệu đã gửi không thay đổi");
    desk.keep("so-ngay-van-ban", &["main .head", "main section"]);
}

#[test]
fn an_officer_looks_on_the_phone() {
    let desk = Desk::open(Screen::Phone);
    desk.sign_in("canbo.khcn.bacgiang");
    desk.browser.see("Soạn tiếp");
    desk.keep_screen("viec-cua-toi-dien-thoai");
}
