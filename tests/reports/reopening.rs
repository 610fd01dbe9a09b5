//! A received report reopened: what was received stays in the totals through every later sending until one is received.

use super::{filled, pairs, report_of, state_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;

const COMPILER: &str = "tonghop.catinh.bacgiang";

/// A figure of the total as the compiler's preview has it.
fn total(compiler: &Client, code: &str) -> i64 {
    let periods = compiler.get("/periods").ok();
    let link = periods.split("href=\"").find(|rest| rest.contains("<b>6 tháng đầu năm 2025</b>"));
    let period = link.and_then(|rest| rest.split('"').next()).expect("the period's address");
    let page = compiler.get(&format!("{period}/consolidation")).ok();
    let row = page.split(&format!("data-code=\"{code}\"")).nth(1).expect("the line");
    let cell = row.split("<b>").nth(1).and_then(|rest| rest.split("</b>").next()).expect("its value");
    cell.replace('.', "").parse().expect("a whole number")
}

fn send(officer: &Client, report: &str, figure: &str) {
    let page = officer.get(&format!("{report}/draft")).ok();
    let answers = super::names_of(&page, "remark.");
    let mut changes = vec![("figure.B04", figure)];
    changes.extend(answers.iter().filter(|n| n.ends_with(".answer")).map(|n| (n.as_str(), "Đã sửa.")));
    officer.post(&format!("{report}/draft"), &pairs(&filled(&page, &changes))).redirected();
    let check = officer.get(&format!("{report}/check")).ok();
    // Every sending has a paper of its own.
    let number = format!("4{}", values_of(&check, "version")[0]);
    let paper =
        [("doc_number", number.as_str()), ("doc_date", "10/6/2025"), ("signatory_name", "Vũ Tuấn Quân")];
    officer.post(&format!("{report}/submission"), &pairs(&ticked(&check, &paper))).redirected();
}

fn step(compiler: &Client, report: &str, what: &str, reason: &str) {
    // The receipt has its button on the report itself.
    let page = if what == "receipt" { report.to_owned() } else { format!("{report}/{what}") };
    let page = compiler.get(&page).ok();
    let version = values_of(&page, "version")[0].clone();
    compiler.post(&format!("{report}/{what}"), &[("version", &version), ("reason", reason)]).redirected();
}

#[test]
fn what_was_received_counts_until_its_correction_is_received() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.tuphap", "2025-H1");
    let report = format!("/reports/{id}");
    let (officer, compiler) = (app.client("canbo.tuphap.bacgiang"), app.client(COMPILER));
    let before = total(&compiler, "B04");

    // Only the collector reopens, with a reason; the period still counts the unit among those that have sent.
    let page = compiler.get(&report).ok();
    assert!(
        page.contains("Mở lại báo cáo") && !page.contains("remarks/new"),
        "nothing to remark on until asked"
    );
    assert!(compiler.get(&format!("{report}?review=1")).ok().contains("remarks/new?place=section.I"));
    let form = compiler.get(&format!("{report}/reopening")).ok();
    assert!(form.contains("Mở lại báo cáo?") && form.contains("lần gửi 1 vẫn được tổng hợp"));
    let version = values_of(&form, "version")[0].clone();
    let no_reason = compiler.post(&format!("{report}/reopening"), &[("version", &version)]);
    assert!(no_reason.status == 422 && no_reason.text().contains("Nhập lý do mở lại"));
    assert_eq!(
        officer.post(&format!("{report}/reopening"), &[("version", &version), ("reason", "x")]).status,
        403
    );
    let remark = [("place", "figure.B04"), ("body", "Đếm lại tin của trung tâm.")];
    compiler.post(&format!("{report}/remarks"), &remark).redirected();
    assert!(compiler.get(&report).ok().contains("hoặc mở lại báo cáo đã tiếp nhận"), "what sends the remark");
    let sent_before = board(&compiler);
    step(&compiler, &report, "reopening", "Trung tâm báo đếm trùng.");
    assert_eq!(state_of(&app, id), "amend");
    assert_eq!(board(&compiler), sent_before, "a first sending stands");
    assert_eq!(total(&compiler, "B04"), before);

    // The unit is told who, why and where.
    let first = officer.get("/my").ok();
    assert!(first.contains("mở lại báo cáo ngày 10/6/2025") && first.contains("Trung tâm báo đếm trùng."));
    let page = officer.get(&format!("{report}/draft")).ok();
    assert!(page.contains("Mở lại báo cáo") && page.contains("Đếm lại tin của trung tâm."));
    assert!(officer.get(&report).ok().contains("Số liệu của lần gửi 1 vẫn được tổng hợp"));
    let own =
        values_of(&page, "figure.B04").first().map_or(0, |typed| typed.parse::<i64>().expect("a number"));

    // While the unit's leader has it, the collector still reads that the first counts.
    let still = "Số liệu của lần gửi 1 vẫn được tổng hợp";
    assert!(compiler.get(&report).ok().contains(still));
    let typed: Vec<(String, String)> = {
        let answers = super::names_of(&page, "remark.");
        let said = answers.iter().filter(|n| n.ends_with(".answer")).map(|n| (n.as_str(), "Đã sửa."));
        filled(&page, &said.collect::<Vec<_>>())
    };
    officer.post(&format!("{report}/draft"), &pairs(&typed)).redirected();
    let check = officer.get(&format!("{report}/check")).ok();
    officer.post(&format!("{report}/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    assert_eq!(state_of(&app, id), "with_leader");
    assert!(compiler.get(&report).ok().contains(still));
    let version = values_of(&officer.get(&report).ok(), "version")[0].clone();
    officer.post(&format!("{report}/leader-withdrawal"), &[("version", &version)]).redirected();

    // Revision 2 is sent and asked to be amended, revision 3 is sent: the first still counts.
    send(&officer, &report, "700");
    assert_eq!(total(&compiler, "B04"), before);
    step(&compiler, &report, "amendment-request", "Vẫn chưa đúng.");
    assert_eq!(total(&compiler, "B04"), before);
    send(&officer, &report, "900");
    assert_eq!((total(&compiler, "B04"), state_of(&app, id).as_str()), (before, "sent"));
    step(&compiler, &report, "receipt", "");
    assert_eq!(total(&compiler, "B04"), before - own + 900);
    assert!(compiler.get(&format!("{report}/changes?from=1&to=3")).ok().contains("<ins><b>900</b></ins>"));
}

/// "n / N đơn vị đã gửi" of the period.
fn board(compiler: &Client) -> String {
    let periods = compiler.get("/periods").ok();
    let link = periods.split("href=\"").find(|rest| rest.contains("<b>6 tháng đầu năm 2025</b>"));
    let page = compiler.get(link.and_then(|rest| rest.split('"').next()).expect("the period's address")).ok();
    let end = page.find("đơn vị đã gửi").expect("the count");
    let start = page[..end].rfind('>').expect("a tag");
    page[start..end].to_owned()
}
