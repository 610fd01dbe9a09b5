//! What cannot be read, an address, a filter or a form, is answered by a page in Vietnamese, never by the
//! words of the web library.

use crate::support::app::TestApp;
use crate::support::client::Answer;

fn page(answer: &Answer, status: u16) -> String {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    assert!(answer.content_type.starts_with("text/html"), "{}: {text}", answer.content_type);
    assert!(text.contains("<html lang=\"vi\""), "{text}");
    for english in ["error", "Error", "parse", "digit", "invalid", "Query", "Form ", "limit"] {
        let main = text.split_once("<main").expect("a page").1;
        let words = main.split(['<', '>']).skip(1).step_by(2).collect::<String>();
        assert!(!words.contains(english), "{english}: {words}");
    }
    text
}

#[test]
fn an_address_with_a_word_for_a_number_is_the_page_of_nothing() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    for path in ["/reports/abc", "/periods/x/consolidation", "/units/99999999999999999999"] {
        let text = page(&client.get(path), 404);
        assert!(text.contains("Không tìm thấy"), "{path}");
    }
}

#[test]
fn a_filter_that_cannot_be_read_says_what_to_do() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let regimes = client.get("/regimes").ok();
    let regime = regimes
        .split("class=\"wide\"><a href=\"/regimes/")
        .nth(1)
        .and_then(|rest| rest.split_once('"'))
        .expect("one")
        .0;
    let text = page(&client.get(&format!("/regimes/{regime}/periods/new?year=abc")), 422);
    assert!(text.contains("Mở lại trang từ danh sách"));
}

#[test]
fn a_form_that_cannot_be_read_says_what_to_do() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let text = page(&client.post_json_body("/password", "{}"), 422);
    assert!(text.contains("Không đọc được biểu mẫu"));
    let huge = "a".repeat(3 << 20);
    let text = page(&client.post("/password", &[("current", &huge)]), 422);
    assert!(text.contains("quá lớn"));
    let anonymous = app.anonymous();
    page(&anonymous.post_json_body("/session", "{}"), 422);
}
