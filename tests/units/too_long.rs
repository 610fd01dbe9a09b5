//! Lists of units and people that are too long to be read are told so in a sentence, and not shown again.

use crate::support::app::TestApp;

#[test]
fn a_list_beyond_its_bound_is_not_shown_again() {
    let app = TestApp::demo();
    let admin = app.client("quantri.bacgiang");
    for path in ["/units/import", "/people/import"] {
        for text in ["x".repeat(1_000_001), "x\n".repeat(20_001)] {
            let fields = [("csrf", admin.csrf.as_str()), ("text", &text), ("do", "look")];
            let answer = admin.post_file(path, &fields, ("file", "", b""));
            assert_eq!(answer.status, 422, "{path}");
            assert!(answer.text().contains("Danh sách quá dài"), "{path}");
            assert!(answer.bytes.len() < 100_000, "{path}: {}", answer.bytes.len());
        }
    }
}
