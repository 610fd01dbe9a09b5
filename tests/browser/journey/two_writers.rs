//! Two people type into one report at once, a session ends, and the server is away for a moment: nobody loses a word.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{obligations, periods, reports, sessions, units};

use super::Desk;
use crate::support::browser::Screen;

#[test]
fn two_people_on_one_report_and_a_session_that_ends() {
    let desk = Desk::open(Screen::Desktop);
    let id: i64 = desk
        .app
        .db
        .read(|conn| {
            reports::table
                .inner_join(obligations::table.inner_join(periods::table))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(units::code.eq("bg.khcn"))
                .filter(periods::code.eq("2025-H1"))
                .select(reports::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the report");
    let draft = format!("/reports/{id}/draft");
    let officer = &desk.browser;
    desk.sign_in("canbo.khcn.bacgiang");
    desk.go(&draft);
    let leader = desk.another(Screen::Phone, "lanhdao.khcn.bacgiang", &draft);
    leader.see("Lê Bích Thảo cũng đang mở báo cáo này, từ ");

    // Each in a place of their own: both are saved, and the leader's page takes over what the officer wrote.
    officer.fill("#f-section\\.I", "Cán bộ viết phần một");
    officer.see("Đã lưu lúc ");
    leader.fill("#f-section\\.III\\.1", "Lãnh đạo viết phần ba");
    leader.see("gộp cùng nội dung Lê Bích Thảo vừa lưu");
    assert_eq!(leader.value("#f-section\\.I"), "Cán bộ viết phần một");
    officer.fill("#f-section\\.II\\.1", "Cán bộ viết phần hai");
    officer.see("gộp cùng nội dung Phan Tuấn Trung vừa lưu");
    officer.see("Phan Tuấn Trung cũng đang mở báo cáo này");
    assert_eq!(officer.value("#f-section\\.III\\.1"), "Lãnh đạo viết phần ba");

    // Both in one place.
    officer.fill("#f-section\\.IV", "Phương hướng của cán bộ");
    officer.see("Đã lưu lúc ");
    leader.fill("#f-section\\.IV", "Phương hướng của lãnh đạo");
    leader.see("Cả hai nội dung đều được giữ");
    leader.click_text("Xem và chọn");
    leader.see("Đang có trong báo cáo");
    leader.see("Phương hướng của cán bộ");
    assert!(leader.overflow() <= 0);
    assert_eq!(leader.axe(), Vec::<String>::new());
    leader.screenshot("two-writers-choose-phone");
    leader.tick("Ghép cả hai");
    leader.click_text("Lưu lựa chọn");
    leader.see("Nội dung không chọn vẫn được giữ");
    assert_eq!(leader.value("#f-section\\.IV"), "Phương hướng của cán bộ\n\nPhương hướng của lãnh đạo");

    // The officer's session ends in the middle of a sentence.
    desk.app
        .db
        .write(|conn| diesel::delete(sessions::table).execute(conn).map_err(DbError::Query))
        .expect("no session is left");
    officer.fill("#f-section\\.V", "Viết khi phiên đã hết");
    officer.see("Phiên làm việc đã hết, nội dung được giữ trên máy này");
    officer.click_text("Đăng nhập lại");
    officer.see("Đăng nhập lại để trở về trang đang mở");
    officer.enter("canbo.khcn.bacgiang");
    officer.see("Đã lưu lúc ");
    assert!(officer.url().ends_with(&draft), "{}", officer.url());
    assert_eq!(officer.value("#f-section\\.V"), "Viết khi phiên đã hết");
    // The page that is opened says when it was saved last before what was kept has been saved.
    officer.until(
        "what is saved kept nowhere else",
        "return !Object.keys(localStorage).some((key) => key.startsWith('draft:'))",
    );
    officer.click_text("Lưu và đóng");
    officer.see("Đã lưu báo cáo.");
}
