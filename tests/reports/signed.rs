//! Which paper a report goes out under, who signs it by which title, and what a paper that was typed in does not say.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{audit_log, reports, revision_figures, revision_papers, revisions};
use tonghop::reports::difference::Difference;
use tonghop::reports::signed::is_same;
use tonghop::reports::{Content, Paper, TypedDay};

use super::{filled, pairs, report_of, state_of, ticked, values_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::Client;

fn typed(client: &Client, id: ReportId, changes: &[(&str, &str)]) -> String {
    let page = client.get(&format!("/reports/{id}/draft")).ok();
    client.post(&format!("/reports/{id}/draft"), &pairs(&filled(&page, changes))).redirected();
    client.get(&format!("/reports/{id}/check")).ok()
}

fn steps_of(app: &TestApp, id: ReportId, action: &str) -> Vec<String> {
    app.db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.eq(action))
                .filter(audit_log::subject_id.eq(id.0))
                .order(audit_log::id)
                .select(audit_log::after_json.assume_not_null())
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("the steps")
}

#[test]
fn a_correction_under_the_same_paper_is_a_choice_that_everybody_sees() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let check = typed(&officer, id, &[("figure.B04", "312")]);
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    // What the leader is called follows from the title: nobody types it.
    for offered in ["Phan Tuấn Trung", "KT. GIÁM ĐỐC", "Phó Giám đốc", "BC-SKHCN"] {
        assert!(check.contains(&format!("value=\"{offered}\"")), "{offered}");
    }
    let paper = [("doc_number", "78"), ("doc_date", "09/6/2025"), ("signatory_name", "Phan Tuấn Trung")];
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    let confirmation = officer.get(&sent).ok();
    assert!(confirmation.contains("78/BC-SKHCN") && confirmation.contains("KT. GIÁM ĐỐC, Phó Giám đốc"));

    let version = values_of(&compiler.get(&at("")).ok(), "version")[0].clone();
    let asked = [("version", version.as_str()), ("reason", "Rà soát lại B04.")];
    compiler.post(&at("/amendment-request"), &asked).redirected();
    let check = typed(&officer, id, &[("figure.B04", "31")]);
    assert!(check.contains("name=\"doc_number\" class=\"short\" value=\"\""), "no number is taken over");
    assert!(check.contains("Lần gửi trước theo văn bản số 78/BC-SKHCN, ngày 09/6/2025"));
    let refused = officer.post(&at("/submission"), &pairs(&ticked(&check, &paper)));
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("đã dùng cho lần gửi 1") && page.contains("href=\"#f-same_paper\""), "{page}");
    assert_eq!(state_of(&app, id), "amend");
    let knowingly = ticked(&page, &paper);
    officer.post(&at("/submission"), &pairs(&knowingly)).redirected();
    let read = compiler.get(&at("")).ok();
    assert!(read.contains("Cùng văn bản với lần gửi 1, nội dung đã khác"), "{read}");
    let said = steps_of(&app, id, "report.send");
    assert!(said[0].contains("Lãnh đạo đơn vị duyệt trên hệ thống") && said[0].contains("78/BC-SKHCN"));
    assert!(said[1].contains("Lãnh đạo không duyệt trên hệ thống"), "{}", said[1]);
    assert!(said[1].contains("cùng văn bản với lần gửi 1"), "{}", said[1]);
}

#[test]
fn one_paper_whatever_the_spelling() {
    let paper = |number: &str, symbol: &str, day: &str| Paper {
        number: number.into(),
        symbol: symbol.into(),
        date: TypedDay::read(day),
        ..Paper::default()
    };
    let base = paper("05", "BC-SKHCN", "9/6/2025");
    for (other, same) in [
        (paper("5", "BC-SKHCN", "09/6/2025"), true),
        (paper("5/BC-SKHCN", "", "09/6/2025"), true),
        (paper("05", "", ""), true),
        (paper("05", "BC-STP", "9/6/2025"), false),
        (paper("05", "BC-SKHCN", "10/6/2025"), false),
        (paper("50", "BC-SKHCN", "9/6/2025"), false),
        (paper("", "BC-SKHCN", "9/6/2025"), false),
    ] {
        assert_eq!(is_same(&base, &other), same, "{other:?}");
        assert_eq!(is_same(&other, &base), same);
    }
    assert_eq!(paper("5", "BC-SKHCN", "").reference(), "05/BC-SKHCN");
    assert_eq!(paper("", "BC-STTTT", "").reference(), "", "a symbol alone is no number");
}

#[test]
fn whose_title_nobody_knows_says_it() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let check = typed(&officer, id, &[]);
    let paper = |name, title| {
        let fields = [
            ("doc_number", "7"),
            ("doc_date", "10/6/2025"),
            ("signatory_name", name),
            ("signatory_title", title),
        ];
        officer.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &fields)))
    };
    let refused = paper("Trần Văn Bảy", "");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("href=\"#f-signatory_title\""));
    let sent = officer.get(&paper("Trần Văn Bảy", "GIÁM ĐỐC").redirected()).ok();
    assert!(sent.contains("Số 07/BC-SKHCN") && sent.contains("GIÁM ĐỐC Trần Văn Bảy"), "{sent}");
}

#[test]
fn what_the_paper_does_not_say_stays_blank_and_is_said() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let version = app
        .db
        .read(|conn| {
            reports::table.find(id).select(reports::version).first::<i32>(conn).map_err(DbError::Query)
        })
        .expect("a version")
        .to_string();
    let begin = [("version", version.as_str()), ("number", "412"), ("arrived_on", "10/6/2025")];
    compiler.post(&format!("/reports/{id}/on-behalf"), &begin).redirected();
    let check = typed(&compiler, id, &[("figure.D03", ""), ("section.I", "")]);
    assert!(check.contains("Văn bản giấy không nêu D03") && !check.contains("Không phát sinh thì nhập 0"));
    let paper = [
        ("doc_number", "27"),
        ("doc_date", "09/6/2025"),
        ("signatory_title", "CHỦ TỊCH"),
        ("signatory_name", "Nguyễn Thị Sen"),
    ];
    let fields = ticked(&check, &paper);
    let unsaid: Vec<(String, String)> =
        fields.iter().filter(|(_, value)| !value.starts_with("silent:figure.D03")).cloned().collect();
    assert!(unsaid.len() < fields.len());
    assert_eq!(compiler.post(&format!("/reports/{id}/submission"), &pairs(&unsaid)).status, 422);
    compiler.post(&format!("/reports/{id}/submission"), &pairs(&fields)).redirected();
    let read = app.client("tonghop2.catinh.bacgiang").get(&format!("/reports/{id}")).ok();
    assert!(read.contains("<span class=\"muted\">văn bản không nêu</span>"), "{read}");
    assert!(read.contains("người nhập thay đã ghi chú hoặc xác nhận, không phải đơn vị"));
    let zeros: i64 = app
        .db
        .read(|conn| {
            use tonghop::db::schema::indicators;
            revision_figures::table
                .inner_join(revisions::table)
                .inner_join(indicators::table)
                .filter(revisions::report_id.eq(id))
                .filter(indicators::code.eq("D03"))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(zeros, 0, "no row: blank is not zero");
}

#[test]
fn a_received_papers_number_changes_for_a_reason_that_is_read() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let (officer, compiler) = (app.client("canbo.vhttdl.bacgiang"), app.client("tonghop.catinh.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    if state_of(&app, id) == "sent" {
        let version = values_of(&compiler.get(&at("")).ok(), "version")[0].clone();
        compiler.post(&at("/receipt"), &[("version", &version)]).redirected();
    }
    let entry = |reason| {
        let fields = [
            ("seen", "0"),
            ("doc_number", "5"),
            ("doc_date", "9/6/2025"),
            ("signatory_name", "Trần Thế Khánh"),
            ("reason", reason),
        ];
        officer.post(&at("/revisions/1/paper"), &fields)
    };
    let refused = entry(" ");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("href=\"#f-reason\""));
    entry("Văn thư cấp lại số").redirected();
    let read = compiler.get(&at("")).ok();
    let history = read.split("class=\"timeline\"").nth(1).expect("the history");
    assert!(history.contains("số 05/BC-SVHTTDL") && history.contains("Văn thư cấp lại số"), "{history}");
    let kept: (String, String) = app
        .db
        .read(|conn| {
            revision_papers::table
                .inner_join(revisions::table)
                .filter(revisions::report_id.eq(id))
                .select((revision_papers::reason, revision_papers::signatory_capacity))
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the entry");
    assert_eq!(kept, ("Văn thư cấp lại số".to_owned(), "KT. GIÁM ĐỐC".to_owned()));
    assert!(steps_of(&app, id, "report.paper")[0].contains("Văn thư cấp lại số"));
}

#[test]
fn number_and_symbol_are_the_same_in_every_place() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let symbol = |client: &Client, page: &str| values_of(&client.get(&at(page)).ok(), "doc_symbol");
    // The symbol is the unit's own wherever the number is shown.
    typed(&officer, id, &[("doc_number", "5"), ("doc_symbol", "")]);
    assert_eq!(symbol(&officer, "/draft"), ["BC-SKHCN"]);
    assert!(officer.get(&at("")).ok().contains("05/BC-SKHCN"));
    // Typed with its number it is not said twice.
    let check = typed(&officer, id, &[("doc_number", "45/BC-SKHCN"), ("doc_symbol", "BC-SKHCN")]);
    assert!(check.contains("name=\"doc_number\" class=\"short\" value=\"45\""), "{check}");
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let read = leader.get(&at("")).ok();
    assert!(read.contains("45/BC-SKHCN") && !read.contains("BC-SKHCN/BC-SKHCN"), "{read}");
    let check = leader.get(&at("/check")).ok();
    let paper = [("doc_number", "45/BC-SKHCN"), ("doc_date", "09/6/2025")];
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    assert!(leader.get(&sent).ok().contains("Số 45/BC-SKHCN,"));
}

#[test]
fn a_number_typed_with_its_symbol_is_two_facts() {
    let split = |number: &str, symbol: &str| {
        let paper = Paper { number: number.into(), symbol: symbol.into(), ..Paper::default() }.split();
        (paper.number, paper.symbol)
    };
    for (number, symbol) in [("45/BC-UBND", "BC-UBND"), ("45/BC-UBND", ""), ("45 / BC-UBND", "BC-STP")] {
        assert_eq!(split(number, symbol), ("45".into(), "BC-UBND".into()));
    }
    assert_eq!(split("45", "BC-UBND"), ("45".into(), "BC-UBND".into()));
    assert_eq!(split("45/", "BC-UBND"), ("45".into(), "BC-UBND".into()));
}

#[test]
fn a_day_to_come_is_said_before_anybody_is_asked_to_sign() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let check = typed(&officer, id, &[("doc_number", "5"), ("doc_date", "24/12/2025")]);
    assert!(check.contains("<a href=\"#f-doc_date\">Ngày ký 24/12/2025 chưa tới."), "{check}");
    assert!(check.contains("id=\"e-doc_date\""), "and at its field");
    assert!(!typed(&officer, id, &[("doc_date", "09/6/2025")]).contains("chưa tới"));
}

#[test]
fn capitals_of_a_title_are_no_change() {
    let of = |capacity: &str, title: &str| Content {
        paper: Paper { capacity: capacity.into(), title: title.into(), ..Paper::default() },
        ..Content::default()
    };
    let facts = |old: &Content, new: &Content| Difference::between(old, new).facts.len();
    assert_eq!(facts(&of("KT. Giám đốc", "Phó Giám đốc"), &of("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), 0);
    assert_eq!(facts(&of("", "Giám đốc"), &of("KT. GIÁM ĐỐC", "Phó Giám đốc")), 2);
}

/// The records clerk numbers what is signed: the copy for it bears no mark of a draft.
#[test]
fn what_goes_to_be_signed_is_not_marked_as_a_draft() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let marked = |client: &Client, query: &str| {
        let file = client.get(&at(&format!("/document{query}")));
        assert_eq!(file.status, 200);
        paragraphs(&file.bytes).iter().any(|paragraph| paragraph.text.contains("DỰ THẢO"))
    };
    let check = typed(&officer, id, &[("doc_number", ""), ("doc_date", "")]);
    let link = format!("href=\"{}\"", at("/document?for=signing"));
    assert!(officer.get(&at("/draft")).ok().contains(&link));
    assert!(marked(&officer, "") && !marked(&officer, "?for=signing"));
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    assert!(leader.get(&at("")).ok().contains(&link));
    assert!(marked(&leader, "") && !marked(&leader, "?for=signing"));
    // With a number it is the paper itself, and there is one.
    let check = leader.get(&at("/check")).ok();
    let paper = [("doc_number", "45"), ("doc_date", "09/6/2025")];
    leader.post(&at("/submission"), &pairs(&ticked(&check, &paper))).redirected();
    assert!(!leader.get(&at("")).ok().contains("for=signing"));
    assert_eq!(app.client("canbo.yte.bacgiang").get(&at("/document?for=signing")).status, 404);
}
