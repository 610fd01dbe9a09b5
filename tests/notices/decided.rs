//! What was decided about what a unit owes stands on its page of notices, with the reason and who decided.

use tonghop::db::ids::ObligationId;

use crate::periods::{obligation, standing};
use crate::support::app::TestApp;
use crate::support::client::Client;

fn decide(app: &TestApp, client: &Client, id: ObligationId, path: &str, fields: &[(&str, &str)]) {
    let version = standing(app, id).1.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    client.post(&format!("/obligations/{id}/{path}"), &all).redirected();
}

#[test]
fn a_unit_is_told_what_was_decided_about_its_report() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let (asking, other) = (app.client("canbo.khcn.bacgiang"), app.client("canbo.vhttdl.bacgiang"));
    let id = obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    assert!(!asking.get("/notices").ok().contains("id=\"decided\""));
    decide(
        &app,
        &asking,
        id,
        "extension-request",
        &[("until", "20/6/2025"), ("reason", "Chờ số liệu huyện")],
    );
    assert!(!asking.get("/notices").ok().contains("id=\"decided\""), "its own request is no news to it");
    decide(&app, &compiler, id, "extension-refusal", &[("reason", "Kỳ này không gia hạn thêm")]);
    let page = asking.get("/notices").ok();
    assert!(page.contains("Không gia hạn</b>. Lý do: Kỳ này không gia hạn thêm"), "{page}");
    decide(
        &app,
        &compiler,
        id,
        "extension",
        &[("until", "19/6/2025"), ("reason", "Đồng ý theo báo cáo miệng")],
    );
    decide(&app, &compiler, id, "unlock", &[("until", "27/6/2025"), ("reason", "Bổ sung số liệu")]);
    decide(&app, &compiler, id, "exemption", &[("reason", "Gửi chung trong báo cáo khác")]);
    let page = asking.get("/notices").ok();
    for words in [
        "Gia hạn đến 19/6</b>. Lý do: Đồng ý theo báo cáo miệng",
        "Mở khóa số liệu đến 27/6</b>. Lý do: Bổ sung số liệu",
        "Miễn báo cáo</b>. Lý do: Gửi chung trong báo cáo khác",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains(&format!("/obligations/{id}")) && page.contains("10/6/2025"), "{page}");
    // The newest first; what is another unit's is nobody else's.
    let at = |words: &str| page.find(words).expect("a decision");
    assert!(at("Miễn báo cáo</b>") < at("Không gia hạn</b>"));
    assert!(!other.get("/notices").ok().contains("Gửi chung trong báo cáo khác"));
}
