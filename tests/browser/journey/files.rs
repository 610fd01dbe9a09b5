//! A file's way: the officer attaches a PDF while writing, sends, and the compiler downloads what was sent.

use super::Desk;
use crate::attachments::samples::pdf;
use crate::support::app::TempDir;
use crate::support::browser::Screen;

#[test]
fn an_officer_attaches_a_file_and_the_compiler_fetches_it() {
    let folder = TempDir::new();
    let path = folder.0.join("Kế hoạch tuyên truyền.pdf");
    let bytes = pdf("tuyên truyền", 700_000);
    std::fs::write(&path, &bytes).expect("a file on the officer's disk");
    let program = folder.0.join("Chương trình.exe");
    std::fs::write(&program, b"MZ").expect("another");

    let desk = Desk::open(Screen::Desktop);
    let browser = &desk.browser;
    desk.sign_in("canbo.doan.bacgiang");
    desk.go("/reports");
    browser.click_text("Báo cáo 6 tháng đầu năm 2025");
    browser.click_text("Soạn tiếp");
    browser.see("Minh chứng");
    browser.click_text("Lưu và đính kèm tệp");
    browser.see("Chọn tệp");
    desk.sound();
    browser.press("Chọn tệp", &program.to_string_lossy());
    browser.click_text("Tải lên");
    browser.see("không thuộc loại được nhận");
    desk.sound();
    browser.press("Chọn tệp", &path.to_string_lossy());
    browser.click_text("Tải lên");
    browser.see("Đã đính kèm tệp “Kế hoạch tuyên truyền.pdf”");
    browser.see("684 KB");
    desk.sound();
    browser.screenshot("files-attached-desktop");
    browser.click_text("Quay lại soạn");
    browser.see("Kế hoạch tuyên truyền.pdf");
    browser.click_text("Kiểm tra và");
    browser.see("1 tệp");

    let report =
        browser.url().split("/reports/").nth(1).and_then(|rest| rest.split('/').next().map(str::to_owned));
    let report = report.expect("the report's address");
    let officer = desk.app.client("canbo.doan.bacgiang");
    let id = tonghop::db::ids::ReportId(report.parse().expect("a number"));
    crate::attachments::send(&desk.app, &officer, id);

    desk.sign_in("tonghop.catinh.bacgiang");
    desk.go(&format!("/reports/{report}"));
    browser.see("Tệp đính kèm");
    let found = "return [...document.links].find((link) => link.textContent.startsWith(arguments[0])).href";
    let address = browser.script(found, serde_json::json!(["Kế hoạch tuyên truyền.pdf"]));
    assert!(
        browser.bytes(address.as_str().expect("an address")) == bytes,
        "what was attached is what is fetched"
    );
    desk.sound();
}
