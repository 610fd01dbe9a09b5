//! Remarks over HTTP: the collector's own until they are issued, ticked and answered by the unit, seen again with what
//! changed.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{audit_log, draft_remarks, remarks, revision_remark_answers};

use super::{filled, names_of, pairs, report_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::Client;

const OFFICER: &str = "canbo.vhttdl.bacgiang";
const COMPILER: &str = "tonghop.catinh.bacgiang";

/// The addresses of the unsent remarks on a page, in its order.
fn unsent(html: &str, report: &str) -> Vec<String> {
    let mark = format!("href=\"{report}/remarks/");
    let rest = html.split(&mark).skip(1).filter_map(|rest| rest.split('"').next());
    let mut found: Vec<String> =
        rest.filter(|id| id.parse::<i64>().is_ok()).map(|id| format!("{report}/remarks/{id}")).collect();
    found.dedup();
    found
}

fn send(officer: &Client, report: &str, changes: &[(&str, &str)]) -> String {
    let page = officer.get(&format!("{report}/draft")).ok();
    officer.post(&format!("{report}/draft"), &pairs(&filled(&page, changes))).redirected();
    let check = officer.get(&format!("{report}/check")).ok();
    // Every sending has a paper of its own.
    let number = format!("4{}", values_of(&check, "version")[0]);
    let paper =
        [("doc_number", number.as_str()), ("doc_date", "10/6/2025"), ("signatory_name", "Trần Thế Khánh")];
    officer.post(&format!("{report}/submission"), &pairs(&ticked(&check, &paper))).redirected()
}

#[test]
fn from_the_first_remark_to_the_answers() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let report = format!("/reports/{id}");
    let at = |rest: &str| format!("{report}{rest}");
    let (officer, compiler) = (app.client(OFFICER), app.client(COMPILER));
    let leader = app.client("lanhdao.ubnd.bacgiang");

    // Written at their places, corrected, one removed; nobody but the collector sees them.
    let form = compiler.get(&at("/remarks/new?place=figure.B04")).ok();
    assert!(form.contains("value=\"figure.B04.note\"") && form.contains("Đơn vị đã gửi"));
    let refused = compiler.post(&at("/remarks"), &[("place", "figure.B04"), ("body", "  ")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập nội dung góp ý"));
    let long = "á".repeat(2_001);
    assert_eq!(compiler.post(&at("/remarks"), &[("place", "whole"), ("body", &long)]).status, 422);
    assert_eq!(compiler.post(&at("/remarks"), &[("place", "figure.Z99"), ("body", "x")]).status, 422);
    let places = [
        ("section.I", "Phần I chưa nêu kế hoạch của sở <b>."),
        ("figure.B04.value", "B04 thấp hơn kỳ trước."),
        ("whole", "Sẽ xóa."),
    ];
    for (place, body) in places {
        let back = compiler.post(&at("/remarks"), &[("place", place), ("body", body)]).redirected();
        assert!(back.starts_with(&format!("{report}#")), "{back}");
    }
    let page = compiler.get(&report).ok();
    assert!(
        page.contains("Phần I chưa nêu kế hoạch của sở &#60;b&#62;.") && page.contains("3 góp ý chưa gửi")
    );
    let addresses = unsent(&page, &report);
    assert_eq!(addresses.len(), 3, "each with a way to change it");
    for other in [&officer, &leader] {
        assert!(!other.get(&report).ok().contains("B04 thấp hơn kỳ trước"));
    }
    assert!(!officer.get("/my").ok().contains("B04 thấp hơn"));
    assert_eq!(officer.get(&addresses[0]).status, 403);
    let whole = addresses.iter().find(|a| compiler.get(a).ok().contains("Sẽ xóa.")).expect("the third");
    compiler.post(&format!("{whole}/removal"), &[("version", "1")]).redirected();
    let value =
        addresses.iter().find(|a| *a != whole && compiler.get(a).ok().contains("B04 thấp")).expect("it");
    let better =
        [("version", "1"), ("place", "figure.B04.value"), ("body", "B04 thấp hơn kỳ trước, kiểm tra lại.")];
    compiler.post(value, &better).redirected();
    let logged: Vec<String> = app
        .db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::action.like("report.%_remark"));
            let of = of.filter(audit_log::subject_id.eq(id.0)).order(audit_log::id);
            of.select(audit_log::action).load(conn).map_err(DbError::from)
        })
        .expect("the log");
    let wrote = "report.write_remark";
    assert_eq!(logged, [wrote, wrote, wrote, "report.remove_remark", "report.change_remark"]);
    assert_eq!(compiler.post(value, &better).status, 409, "the second save is over a newer version");
    assert_eq!(compiler.post(&format!("{value}/removal"), &[("version", "1")]).status, 409);

    // The page of the request lists them; with it they are the unit's to read, and nobody's to change.
    let request = compiler.get(&at("/amendment-request")).ok();
    assert!(
        request.contains("Góp ý từng chỗ (2)") && request.contains("B04 thấp hơn kỳ trước, kiểm tra lại.")
    );
    let version = values_of(&request, "version")[0].clone();
    let refused = compiler.post(&at("/amendment-request"), &[("version", &version), ("reason", "")]);
    assert!(refused.status == 422 && refused.text().contains("B04 thấp hơn kỳ trước"));
    let asked = [("version", version.as_str()), ("reason", "Hai chỗ cần xem lại."), ("due_on", "12/6/2025")];
    compiler.post(&at("/amendment-request"), &asked).redirected();
    assert_eq!(compiler.post(value, &better).status, 422, "the report is the unit's now");
    assert_eq!(compiler.post(&at("/remarks"), &[("place", "whole"), ("body", "muộn")]).status, 422);
    let page = compiler.get(&report).ok();
    assert!(page.contains("B04 thấp hơn kỳ trước, kiểm tra lại.") && unsent(&page, &report).is_empty());
    assert!(!leader.get(&report).ok().contains("B04 thấp hơn"));

    // The unit: a list on top, each at its place with a tick; what is neither ticked nor answered is asked about.
    let page = officer.get(&at("/draft")).ok();
    assert!(page.contains("Cần chỉnh lý (2)") && page.contains("Hai chỗ cần xem lại."));
    let answers: Vec<String> =
        names_of(&page, "remark.").into_iter().filter(|n| n.ends_with(".answer")).collect();
    assert_eq!(answers.len(), 2);
    // The first section stands above the figures.
    let (section, figure) = (answers[0].clone(), answers[1].clone());
    let done = figure.replace(".answer", ".done");
    let typed = filled(
        &page,
        &[
            ("figure.B04", "77"),
            ("section.I", "Sở đã ban hành kế hoạch 21/KH."),
            (&done, "1"),
            (&figure, ""),
            (&section, ""),
        ],
    );
    officer.post(&at("/draft"), &pairs(&typed)).redirected();
    let page = officer.get(&at("/draft")).ok();
    assert!(page.contains(&format!("name=\"{done}\" value=\"1\" checked")), "ticks are kept with the draft");
    let check = officer.get(&at("/check")).ok();
    assert!(check.contains("Góp ý chưa đánh dấu “Đã sửa”: Phần I chưa nêu"), "one is open");
    assert!(!check.contains("“Đã sửa”: B04 thấp"), "the other is ticked");
    let open = section.replace(".answer", "");
    let keys: Vec<String> = values_of(&check, "confirmed").into_iter().filter(|key| *key != open).collect();
    let mut fields: Vec<(&str, String)> =
        ["version", "draft"].map(|n| (n, values_of(&check, n)[0].clone())).into();
    fields.extend(keys.into_iter().map(|key| ("confirmed", key)));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let refused = officer.post(&at("/leader-request"), &fields);
    assert!(refused.status == 422 && refused.text().contains("Chưa xác nhận: Phần I"), "{}", refused.status);
    let sent = send(
        &officer,
        &report,
        &[
            ("figure.B04", "77"),
            ("section.I", "Sở đã ban hành kế hoạch 21/KH."),
            (&done, "1"),
            (&figure, ""),
            (&section, "Kế hoạch ban hành tháng 3."),
        ],
    );
    assert_eq!(sent, at("/confirmation/2"));

    // The collector sees each with tick, answer, old and new; and every change on a page of its own.
    let review = compiler.get(&report).ok();
    assert!(
        review.contains("1/2 góp ý đơn vị đánh dấu đã sửa") && review.contains("Kế hoạch ban hành tháng 3.")
    );
    let outcome = review.split("id=\"answers\"").nth(1).expect("the answers");
    assert!(outcome.contains("<ins>77</ins>"), "old and new of the figure");
    let changes = compiler.get(&at("/changes")).ok();
    assert!(changes.contains("Lần gửi 2") && changes.contains("<ins><b>77</b></ins>"));
    assert_eq!(changes, compiler.get(&at("/changes?from=2&to=1")).ok(), "the earlier one is the old one");
    assert!(compiler.get(&at("/changes?from=2&to=2")).ok().contains("chưa có gì để so sánh"));
    assert!(officer.get(&at("/changes?from=1&to=2")).ok().contains("<ins><b>77</b></ins>"));
    assert_eq!(leader.get(&at("/changes")).status, 404);

    app.db
        .read(|conn| {
            let left: i64 =
                draft_remarks::table.filter(draft_remarks::report_id.eq(id.0)).count().get_result(conn)?;
            assert_eq!(left, 0);
            let answered: Vec<(String, bool, String)> = revision_remark_answers::table
                .inner_join(remarks::table.inner_join(tonghop::db::schema::revisions::table))
                .filter(tonghop::db::schema::revisions::report_id.eq(id.0))
                .order(remarks::place)
                .select((remarks::place, revision_remark_answers::done, revision_remark_answers::answer))
                .load(conn)?;
            let answered: Vec<_> = answered.iter().map(|(p, d, a)| (p.as_str(), *d, a.as_str())).collect();
            assert_eq!(
                answered,
                [("figure.B04.value", true, ""), ("section.I", false, "Kế hoạch ban hành tháng 3.")]
            );
            Ok::<_, DbError>(())
        })
        .expect("the answers went with the revision");
}

#[test]
fn the_demo_shows_remarks_asked_and_answered() {
    let app = TestApp::demo();
    let asked = report_of(&app, "bg.mttq", "2025-H1");
    let page = app.client("canbo.mttq.bacgiang").get(&format!("/reports/{asked}/draft")).ok();
    assert!(page.contains("Cần chỉnh lý (3)") && page.contains("cộng cả số của các tổ chức thành viên"));
    let answered = report_of(&app, "bg.tanyen", "2025-H1");
    let page = app.client(COMPILER).get(&format!("/reports/{answered}")).ok();
    assert!(page.contains("1/2 góp ý đơn vị đánh dấu đã sửa"));
    let outcome = page.split("id=\"answers\"").nth(1).expect("the answers");
    assert!(outcome.contains("82</del>") && outcome.contains("42</ins>"), "82 became 42");
}
