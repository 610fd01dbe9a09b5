//! Who sees which report page: what is foreign does not exist, what is seen but not theirs to do is refused.

use super::report_of;
use crate::support::app::TestApp;

const PAGES: [&str; 4] = ["", "/draft", "/check", "/confirmation/1"];
const ACTS: [&str; 7] = [
    "/draft",
    "/leader-request",
    "/leader-return",
    "/leader-withdrawal",
    "/submission",
    "/receipt",
    "/amendment-request",
];

#[test]
fn a_foreign_report_does_not_exist() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    for stranger in
        ["canbo.khcn.bacgiang", "tonghop.catinh.longan", "lanhdao.ubnd.longan", "quantri.bacgiang"]
    {
        let client = app.client(stranger);
        for page in PAGES {
            assert_eq!(client.get(&format!("/reports/{id}{page}")).status, 404, "{stranger} GET {page}");
        }
        for act in ACTS {
            let answer = client.post(&format!("/reports/{id}{act}"), &[("version", "1"), ("reason", "x")]);
            assert_eq!(answer.status, 404, "{stranger} POST {act}");
        }
        let list = client.get("/reports");
        assert!([200, 403].contains(&list.status), "{stranger}: {}", list.status);
        assert!(!list.text().contains(&format!("/reports/{id}\"")), "{stranger}");
    }
    for page in PAGES {
        let to = app.anonymous().get(&format!("/reports/{id}{page}")).redirected();
        assert!(to.starts_with(&format!("/sign-in?next=/reports/{id}")), "{to}");
    }
    let officer = app.client("canbo.noivu.bacgiang");
    assert_eq!(officer.get("/reports/999999").status, 404);
    assert_eq!(officer.get(&format!("/reports/{id}/confirmation/7")).status, 404);
    assert!(officer.get("/reports").ok().contains(&format!("/reports/{id}\"")));
}

#[test]
fn the_collector_may_not_act_for_the_unit_nor_the_unit_for_the_collector() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for act in ["/leader-return", "/leader-withdrawal"] {
        let answer = compiler.post(&format!("/reports/{id}{act}"), &[("version", "1"), ("reason", "x")]);
        assert_eq!(answer.status, 403, "{act}");
    }
    for act in ["/draft", "/submission", "/leader-request"] {
        assert_eq!(compiler.post(&format!("/reports/{id}{act}"), &[("version", "1")]).status, 404, "{act}");
    }
    for own in ["canbo.noivu.bacgiang", "lanhdao.noivu.bacgiang"] {
        let client = app.client(own);
        for act in ["/receipt", "/amendment-request"] {
            let answer = client.post(&format!("/reports/{id}{act}"), &[("version", "1"), ("reason", "x")]);
            assert_eq!(answer.status, 403, "{own} {act}");
        }
    }
}

/// The cells of an indicator's row, text only.
fn row(html: &str, code: &str) -> Vec<String> {
    let rows = html.split("<tr").find(|row| row.contains(&format!(">{code}<")));
    let row = rows.unwrap_or_else(|| panic!("no row of {code}: {html}"));
    let row = row.split("</tr").next().expect("a row");
    let text = |cell: &str| -> String { cell.split(['<', '>']).step_by(2).collect() };
    row.split("<td")
        .skip(1)
        .map(|cell| text(cell.split_once('>').expect("a cell").1).trim().to_owned())
        .collect()
}

#[test]
fn a_successor_reads_what_its_predecessor_sent() {
    let app = TestApp::demo();
    let officer = app.client("canbo.khcn.bacgiang");
    let old = report_of(&app, "bg.tttt", "2024-H1");
    assert!(officer.get(&format!("/reports/{old}")).ok().contains("Sở Thông tin và Truyền thông"));
    let now = report_of(&app, "bg.khcn", "2025-H1");
    assert!(officer.get(&format!("/reports/{now}/draft")).ok().contains("tham khảo, không cộng"));
}

/// The city took over the whole of Yên Dũng on 01/01/2025. By the file of figures the two reported 27 and 18 of B04.
#[test]
fn a_body_that_took_another_whole_is_compared_with_both() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.tpbacgiang", "2025-H1");
    let page = app.client("canbo.tpbacgiang.bacgiang").get(&format!("/reports/{id}")).ok();
    assert!(page.contains("Cùng kỳ"), "{page}");
    // Both bodies had said "ước": the word stays beside the figure made of theirs.
    assert!(row(&page, "B04").contains(&"ước 45".to_owned()), "{:?}", row(&page, "B04"));
}

/// Sở TT&TT and Sở LĐ-TB&XH were divided among several bodies: as in the edition, none of these is compared.
#[test]
fn a_body_pieced_together_from_parts_is_compared_with_nothing() {
    let app = TestApp::demo();
    for (unit, user) in [("bg.khcn", "canbo.khcn.bacgiang"), ("bg.noivu", "canbo.noivu.bacgiang")] {
        let id = report_of(&app, unit, "2025-H1");
        let client = app.client(user);
        for page in ["", "/draft", "/check"] {
            let answer = client.get(&format!("/reports/{id}{page}"));
            let html = answer.text();
            assert!(!html.contains(">Cùng kỳ<") && !html.contains("Cùng kỳ: "), "{unit}{page}: {html}");
            assert!(!html.contains("trước khi sắp xếp"), "{unit}{page}");
        }
    }
}

#[test]
fn a_document_is_named_by_its_regime_and_has_no_data_window() {
    let app = TestApp::demo();
    let id = report_of(&app, "vt.ca", "2025-PLAN");
    let page = app.client("canbo.catinh.bariavungtau").get(&format!("/reports/{id}")).ok();
    assert!(page.contains("<h1>Kế hoạch triển khai của đơn vị") && page.contains("Đã tiếp nhận"));
    assert!(page.contains("trước ngày 15/02/2025") && !page.contains("Thời gian chốt số liệu"));
}

#[test]
fn the_address_of_a_step_leads_to_its_page() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    for (step, page) in [
        (format!("/reports/{id}/submission"), format!("/reports/{id}/check")),
        (format!("/reports/{id}/leader-return"), format!("/reports/{id}/check")),
        (format!("/reports/{id}/receipt"), format!("/reports/{id}")),
        ("/task-entries".to_owned(), "/tasks".to_owned()),
        ("/session/end".to_owned(), "/".to_owned()),
    ] {
        assert_eq!(officer.get(&step).redirected(), page, "{step}");
    }
    for nowhere in ["/nowhere", "/reports//receipt", "/submission"] {
        assert_eq!(officer.get(nowhere).status, 404, "{nowhere}");
    }
    // The address of a step that no report has: it is there to be posted to, not to be read.
    assert_eq!(officer.get("/reports/x/receipt").status, 405);
    // A foreign report stays foreign behind the redirect.
    let stranger = app.client("canbo.vhttdl.bacgiang");
    let page = stranger.get(&format!("/reports/{id}/receipt")).redirected();
    assert_eq!(stranger.get(&page).status, 404);
}
