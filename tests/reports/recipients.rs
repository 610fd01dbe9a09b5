//! Nơi nhận of a unit's paper: proposed, saved, remembered, frozen with what was sent.

use super::report_of;
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::{Answer, hidden};

/// The lines under "Nơi nhận:".
fn lines(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let texts: Vec<String> =
        paragraphs(&answer.bytes).into_iter().map(|p| p.text.replace('\u{a0}', " ")).collect();
    let at = texts.iter().position(|text| text == "Nơi nhận:").expect("the recipients");
    texts[at + 1..].iter().take_while(|text| text.starts_with("- ")).cloned().collect()
}

#[test]
fn a_unit_names_its_recipients_once_for_its_papers_of_the_regime() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let (way, paper) = (format!("/reports/{id}/recipients"), format!("/reports/{id}/document"));
    let whole = ["- Như trên;", "- Công an tỉnh Bắc Giang (để tổng hợp);", "- Lưu: VT."];
    assert_eq!(lines(&officer.get(&paper)), whole, "nobody has typed anything");
    assert!(officer.get(&format!("/reports/{id}")).ok().contains(&format!("href=\"{way}\"")));

    let page = officer.get(&way).ok();
    assert_eq!(hidden(&page, "seen").as_deref(), Some("0"));
    let typed =
        "- Ban Giám đốc Sở (để báo cáo);\nCông an tỉnh Bắc Giang (để tổng hợp)\n\nCác phòng thuộc Sở.";
    let saved = officer
        .post(&way, &[("seen", "0"), ("names", typed), ("drafter", "VP"), ("copies", "2")])
        .redirected();
    assert_eq!(saved, format!("/reports/{id}"));
    let wanted = [
        "- Như trên;",
        "- Ban Giám đốc Sở (để báo cáo);",
        "- Công an tỉnh Bắc Giang (để tổng hợp);",
        "- Các phòng thuộc Sở;",
        "- Lưu: VT, VP (02 bản).",
    ];
    assert_eq!(lines(&officer.get(&paper)), wanted);
    // The year's paper of the same unit has them too; another unit's has not.
    let year = report_of(&app, "bg.khcn", "2025-Y");
    let page = officer.get(&format!("/reports/{year}/recipients")).ok();
    assert!(page.contains("Ban Giám đốc Sở (để báo cáo)") && page.contains("value=\"VP\""), "{page}");
    let other = report_of(&app, "bg.tuphap", "2025-H1");
    let others = app.client("canbo.tuphap.bacgiang").get(&format!("/reports/{other}/recipients")).ok();
    assert!(!others.contains("Ban Giám đốc Sở"));
}

#[test]
fn what_cannot_stand_there_is_said_and_a_second_writer_is_told() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let way = format!("/reports/{id}/recipients");
    let wrong = [("seen", "0"), ("names", "A\nLưu: VT\nA"), ("drafter", "VP"), ("copies", "trăm")];
    let answer = officer.post(&way, &wrong);
    assert_eq!(answer.status, 422);
    for words in ["“Lưu: VT” do hệ thống ghi", "“A” có hai lần", "từ 1 đến 99", "value=\"trăm\""]
    {
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    let fine = [("seen", "0"), ("names", "A"), ("drafter", ""), ("copies", "")];
    officer.post(&way, &fine).redirected();
    assert_eq!(officer.post(&way, &fine).status, 409, "what was shown is not what stands");
    assert_eq!(app.client("tonghop.catinh.bacgiang").get(&way).status, 403);
    assert_eq!(app.client("canbo.tuphap.bacgiang").get(&way).status, 404);
}

#[test]
fn a_sent_paper_keeps_the_recipients_of_its_sending() {
    let app = TestApp::demo();
    let sent = report_of(&app, "bg.noivu", "2025-H1");
    let officer = app.client("canbo.noivu.bacgiang");
    let paper = format!("/reports/{sent}/revisions/1/document");
    let before = lines(&officer.get(&paper));
    let typed = [("seen", "0"), ("names", "Nơi khác"), ("drafter", "TH"), ("copies", "1")];
    officer.post(&format!("/reports/{sent}/recipients"), &typed).redirected();
    assert_eq!(lines(&officer.get(&paper)), before);
}

#[test]
fn a_regime_names_recipients_for_all_its_units_but_never_a_unit_to_itself() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let regime = crate::periods::regime(&app, "bac-giang");
    let way = format!("/regimes/{regime}/recipients");
    let page = compiler.get(&way).ok();
    assert!(page.contains("Nơi nhận ghi trên báo cáo của các đơn vị"), "{page}");
    let typed = [("seen", "0"), ("paper_names", "Công an tỉnh Bắc Giang (để tổng hợp)\nVPUB tỉnh")];
    compiler.post(&format!("/regimes/{regime}/paper-recipients"), &typed).redirected();
    let department = report_of(&app, "bg.khcn", "2025-H1");
    let of = lines(&app.client("canbo.khcn.bacgiang").get(&format!("/reports/{department}/document")));
    assert_eq!(of[1..], ["- Công an tỉnh Bắc Giang (để tổng hợp);", "- VPUB tỉnh;", "- Lưu: VT."]);
    let police = report_of(&app, "bg.ca", "2025-Y");
    let own = lines(&app.client("canbo.catinh.bacgiang").get(&format!("/reports/{police}/document")));
    assert!(own.iter().all(|line| !line.contains("Công an tỉnh")), "{own:?}");
    assert!(own.contains(&"- VPUB tỉnh;".to_owned()), "{own:?}");
    let refused = compiler.post(&format!("/regimes/{regime}/paper-recipients"), &[("seen", "0")]);
    assert_eq!(refused.status, 409);
    assert_eq!(app.client("canbo.khcn.bacgiang").get(&way).status, 403);
}
