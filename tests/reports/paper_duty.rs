//! The signed paper by the regime: required at the sending, with its file where the regime wants that; or a duty that
//! stays open on both sides' pages until it is entered, without touching what was sent.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{regimes, revisions};
use tonghop::periods::Regime;
use tonghop::reports::paper_duty::MissingPaper;
use tonghop::reports::{Paper, TypedDay};

use super::{filled, pairs, report_of, state_of, ticked};
use crate::attachments::samples::pdf;
use crate::support::app::TestApp;
use crate::support::client::Client;

const PAPER: [(&str, &str); 5] = [
    ("doc_number", "45"),
    ("doc_symbol", "BC-SKHCN"),
    ("doc_date", "10/6/2025"),
    ("signatory_title", "GIÁM ĐỐC"),
    ("signatory_name", "Trần Thế Khánh"),
];

fn set_rule(app: &TestApp, rule: &str, file: bool) {
    app.db
        .write(|conn| {
            diesel::update(regimes::table)
                .set((regimes::paper_rule.eq(rule), regimes::signed_file.eq(file)))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("the rule");
}

fn regime(app: &TestApp) -> Regime {
    app.db
        .read(|conn| regimes::table.select(Regime::as_select()).first(conn).map_err(DbError::Query))
        .expect("a regime")
}

/// Types the report and gives back the page before sending.
fn typed(officer: &Client, id: ReportId) -> String {
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    officer.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, &[("go", "check")]))).redirected();
    officer.get(&format!("/reports/{id}/check")).ok()
}

fn attach(client: &Client, id: ReportId) {
    let fields = [("csrf", client.csrf.as_str()), ("purpose", "signed")];
    let file = ("file", "45-BC-SKHCN.pdf", &pdf("signed", 2_000)[..]);
    client.post_file(&format!("/reports/{id}/attachments"), &fields, file).redirected();
}

#[test]
fn what_is_missing_by_rule_and_paper() {
    let app = TestApp::demo();
    let base = regime(&app);
    let rule = |rule: &str, signed_file| Regime { paper_rule: rule.into(), signed_file, ..base.clone() };
    let whole = Paper {
        number: "45".into(),
        symbol: "BC-SKHCN".into(),
        date: TypedDay::read("10/6/2025"),
        name: "Trần Thế Khánh".into(),
        ..Paper::default()
    };
    let words = |regime: &Regime, paper: &Paper, file| {
        MissingPaper::of(regime, paper, file).map(|missing| missing.words())
    };
    let half = Paper { number: String::new(), name: String::new(), ..whole.clone() };
    let unread = Paper { date: TypedDay::read("31/02/2025"), ..whole.clone() };
    for (regime, paper, file, expected) in [
        (rule("none", true), Paper::default(), false, None),
        (rule("later", false), Paper::default(), false, Some("số, ký hiệu, ngày ký, người ký")),
        (rule("later", true), Paper::default(), false, Some("số, ký hiệu, ngày ký, người ký; bản PDF")),
        (rule("later", false), half.clone(), false, Some("số, người ký")),
        (rule("later", false), unread, false, Some("ngày ký")),
        (rule("later", true), whole.clone(), false, Some("bản PDF")),
        (rule("required", true), half, true, Some("số, người ký")),
        (rule("required", true), whole.clone(), true, None),
        (rule("later", false), whole, false, None),
    ] {
        let expected = expected.map(|of| format!("Còn thiếu văn bản đã ký: {of}"));
        assert_eq!(words(&regime, &paper, file), expected);
    }
}

#[test]
fn where_the_paper_is_required_nothing_leaves_without_it_and_its_file() {
    let app = TestApp::demo();
    set_rule(&app, "required", true);
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let check = typed(&officer, id);
    assert!(check.contains("Bản đã ký, đóng dấu (PDF)") && check.contains("Chưa đính kèm"));

    // The officer on the strength of a paper: every part of it is asked for.
    for (field, says) in [
        ("doc_number", "Nhập số"),
        ("signatory_title", "Nhập chức vụ người ký"),
        ("doc_date", "Nhập ngày"),
        ("signatory_name", "Nhập họ tên"),
    ] {
        let fields: Vec<(&str, &str)> =
            PAPER.iter().map(|(name, value)| (*name, if *name == field { "" } else { *value })).collect();
        let answer = officer.post(&at("/submission"), &pairs(&ticked(&check, &fields)));
        assert_eq!(answer.status, 422, "{field}");
        let page = answer.text();
        assert!(page.contains(says) && page.contains(&format!("href=\"#f-{field}\"")), "{field}: {page}");
        assert!(page.contains("href=\"#f-signed_file\""), "{page}");
    }

    // With the leader too; the signed file comes in while the leader has it, and nothing else does.
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains(&format!("href=\"/reports/{id}/attachments?for=signed\"")), "{check}");
    let refused = leader.post(&at("/submission"), &pairs(&ticked(&check, &PAPER)));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Đính kèm bản đã ký, đóng dấu (tệp PDF)"));
    let files = leader.get(&at("/attachments?for=signed")).ok();
    assert!(files.contains("name=\"purpose\" value=\"signed\"") && !files.contains("value=\"evidence\""));
    let evidence = [("csrf", leader.csrf.as_str()), ("purpose", "evidence")];
    let file = ("file", "a.pdf", &pdf("x", 900)[..]);
    assert_eq!(leader.post_file(&at("/attachments"), &evidence, file).status, 422);
    attach(&leader, id);
    let check = leader.get(&at("/check")).ok();
    assert!(check.contains("45-BC-SKHCN.pdf"), "{check}");
    leader.post(&at("/submission"), &pairs(&ticked(&check, &PAPER))).redirected();
    assert_eq!(state_of(&app, id), "sent");
    assert!(!officer.get(&at("")).ok().contains("Còn thiếu văn bản đã ký"));
    assert!(!officer.get("/my").ok().contains(&format!("href=\"{}", at("/revisions/1/"))));
}

#[test]
fn what_may_come_later_is_a_duty_on_both_sides_until_it_has_come() {
    let app = TestApp::demo();
    set_rule(&app, "later", true);
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let check = typed(&officer, id);
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    let confirmation = leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();
    let sha256 = || -> String {
        let of = revisions::table.filter(revisions::report_id.eq(id));
        app.db
            .read(|conn| of.select(revisions::sha256).first(conn).map_err(DbError::Query))
            .expect("a revision")
    };
    let sealed = sha256();
    let period = format!("/periods/{}", super::period_of(&app, id));
    let all = "Còn thiếu văn bản đã ký: số, ký hiệu, ngày ký, người ký; bản PDF";
    let told = |words: &str| {
        for (who, path) in [
            (&officer, at("")),
            (&officer, "/my".to_owned()),
            (&officer, "/reports".to_owned()),
            (&officer, confirmation.clone()),
            (&compiler, at("")),
            (&compiler, period.clone()),
        ] {
            let page = who.get(&path).ok();
            assert!(page.contains(words), "{path}: {page}");
        }
    };
    told(all);
    assert!(officer.get("/my").ok().contains(&format!("href=\"{}\"", at("/revisions/1/paper"))));

    let mut entered = PAPER.to_vec();
    entered.push(("seen", "0"));
    officer.post(&at("/revisions/1/paper"), &entered).redirected();
    told("Còn thiếu văn bản đã ký: bản PDF");
    assert!(officer.get("/my").ok().contains(&format!("href=\"{}\"", at("/revisions/1/signed-paper"))));

    let file = ("file", "45.pdf", &pdf("signed", 2_000)[..]);
    let fields = [("csrf", officer.csrf.as_str())];
    officer.post_file(&at("/revisions/1/signed-paper"), &fields, file).redirected();
    for (who, path) in [(&officer, at("")), (&compiler, at("")), (&officer, confirmation)] {
        assert!(!who.get(&path).ok().contains("Còn thiếu văn bản"), "{path}");
    }
    let of_this = format!("href=\"{}", at("/revisions/1/"));
    assert!(!officer.get("/my").ok().contains(&of_this) && !officer.get("/reports").ok().contains(&of_this));
    assert_eq!(sha256(), sealed, "what was sent stays as it was sent");
}

/// The demo's correction was sent before under a paper of its own.
#[test]
fn a_correction_goes_out_under_a_paper_of_its_own() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, compiler) = (app.client("canbo.khcn.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let check = typed(&officer, id);
    officer.post(&at("/submission"), &pairs(&ticked(&check, &PAPER))).redirected();
    let version = super::values_of(&compiler.get(&at("")).ok(), "version")[0].clone();
    let asked = [("version", version.as_str()), ("reason", "Rà soát lại B04.")];
    compiler.post(&at("/amendment-request"), &asked).redirected();

    let check = typed(&officer, id);
    for (name, value) in PAPER {
        let kept = super::values_of(&check, name).first().is_some_and(|found| found == value)
            || check.contains(&format!("name=\"{name}\" class=\"short\" value=\"{value}\""));
        assert_eq!(kept, name == "doc_symbol", "{name}: the symbol is the unit's, the rest the old paper's");
    }
    assert_eq!(
        officer.post(&at("/submission"), &pairs(&ticked(&check, &[]))).status,
        422,
        "no leader, no paper"
    );
    let sent = officer.get(&at("?revision=1")).ok();
    assert!(sent.contains("45/BC-SKHCN"), "what was sent keeps its paper");
}
