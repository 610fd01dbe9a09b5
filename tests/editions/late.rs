//! A report that is received after the approval: edition 1 stays as it is, byte for byte; edition 2 says what changed.

use super::{approve, make, open, page, period_id, report, workbook};
use crate::support::app::TestApp;
use calamine::Reader;

fn sent_figure(typed: &[(&str, &str, &str)], code: &str) -> Option<String> {
    typed.iter().find(|(_, indicator, _)| *indicator == code).map(|(.., typed)| (*typed).to_owned())
}

#[test]
fn a_late_report_makes_edition_two_and_leaves_edition_one() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let leader = app.client("lanhdao.catinh.bacgiang");
    let first = make(&compiler, id);
    approve(&app, &leader, &first);
    let before = ["ministry", "internal"].map(|copy| workbook(&compiler, &first, copy));
    let page_before = page::totals(&compiler.get(&first).ok());

    let (report, version) = report(&app, id, "bg.noivu");
    let version = version.to_string();
    compiler.post(&format!("/reports/{report}/receipt"), &[("version", &version)]).redirected();

    let preview = page::totals(&compiler.get(&format!("/periods/{id}/consolidation")).ok());
    assert_ne!(preview["A02"], page_before["A02"], "what is received counts at once");
    let second = make(&compiler, id);
    assert_ne!(first, second);
    assert_eq!(page::totals(&compiler.get(&first).ok()), page_before, "edition 1 says what it said");
    approve(&app, &leader, &second);
    let after = ["ministry", "internal"].map(|copy| workbook(&compiler, &first, copy));
    assert!(before == after, "the files of edition 1 are the same bytes");

    // Sở Nội vụ's own figures as the file of the demo has them.
    let file = include_str!("../../fixtures/demo/reports/figures/bac-giang_2025-H1.csv");
    let typed: Vec<(&str, &str, &str)> = file
        .lines()
        .filter(|line| line.starts_with("bg.noivu,1,"))
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0], cells[2], cells[4]))
        .collect();
    assert!(typed.len() > 3);
    let html = compiler.get(&second).ok();
    let changes = html.split("id=\"changes\"").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap();
    let rows: Vec<String> = changes.split("<tr>").skip(2).map(page::text).collect();
    assert_eq!(rows.len(), typed.len(), "one line for each figure of the late report: {rows:?}");
    let f03 = sent_figure(&typed, "F03").unwrap();
    assert!(
        rows.iter()
            .any(|row| row.starts_with("Sở Nội vụF03") && row.ends_with(&format!("chưa có số liệuước {f03}"))),
        "{rows:?}"
    );

    let sheet = "Thay đổi so với lần trước";
    let sheet = open(workbook(&compiler, &second, "ministry")).worksheet_range(sheet).unwrap();
    let listed: Vec<String> = sheet
        .rows()
        .filter(|row| row[2] == "Số liệu")
        .map(|row| [1, 3, 5, 6].map(|at| row[at].to_string()).join(" | "))
        .collect();
    assert_eq!(listed.len(), typed.len());
    assert!(listed.contains(&format!("Sở Nội vụ | F03 | chưa có số liệu | ước {f03}")), "{listed:?}");
}

#[test]
fn an_edition_says_what_was_received_after_it_while_it_is_the_last() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let draft = make(&compiler, id);
    let says = || compiler.get(&draft).ok().contains("đã tiếp nhận thêm 1 báo cáo: Sở Nội vụ. ");
    let period = || compiler.get(&format!("/periods/{id}")).ok();
    assert!(!says() && !period().contains("tiếp nhận sau bản này"));
    let (report, version) = report(&app, id, "bg.noivu");
    compiler.post(&format!("/reports/{report}/receipt"), &[("version", &version.to_string())]).redirected();
    assert!(says() && period().contains("1 báo cáo được tiếp nhận sau bản này"));
    let leader = app.client("lanhdao.catinh.bacgiang");
    assert!(leader.get(&format!("{draft}/approval")).ok().contains("Sở Nội vụ. "));
    approve(&app, &leader, &draft);
    let approved = compiler.get(&draft).ok();
    assert!(approved.contains("1 báo cáo được tiếp nhận sau bản này:</b> Sở Nội vụ. "), "{approved}");
    assert!(period().contains("1 báo cáo được tiếp nhận sau bản này"));
    assert!(
        !app.client("c11.bocongan").get(&draft).ok().contains("sau bản này"),
        "the Ministry reads what was used"
    );
    make(&compiler, id);
    assert!(!compiler.get(&draft).ok().contains("sau bản này"), "its successor has it");
    assert!(!period().contains("sau bản này"));
}
