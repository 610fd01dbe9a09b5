//! What was entered for a unit by mistake is taken back while nobody has received it: the report is where it was, the revision
//! stays on record, and a second entering is a first sending again.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{audit_log, reports, revisions};
use tonghop::reports::Step;
use tonghop::reports::queries::Transition;
use tonghop::reports::withdraw::{sent_last, was_taken_back};

use super::on_behalf::{begin, type_and_send, version_of};
use super::{filled, pairs, report_of, state_of};
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::{Answer, Client};

pub fn withdraw(app: &TestApp, client: &Client, id: ReportId, reason: &str) -> Answer {
    let version = version_of(app, id);
    let fields = [("version", version.as_str()), ("withdrawal_reason", reason)];
    client.post(&format!("/reports/{id}/on-behalf/withdrawal"), &fields)
}

/// Its revisions, and whether it counts as sent.
fn sendings(app: &TestApp, id: ReportId) -> (i64, bool) {
    app.db
        .read(|conn| {
            let of = revisions::table.filter(revisions::report_id.eq(id));
            let count: i64 = of.count().get_result(conn)?;
            let sent: Option<chrono::NaiveDateTime> =
                reports::table.find(id).select(reports::first_sent_at).first(conn)?;
            Ok::<_, DbError>((count, sent.is_some()))
        })
        .expect("the rows")
}

#[test]
fn a_wrong_entering_is_taken_back_and_the_units_draft_is_there_again() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(&page, &[("section.I", "Câu chỉ đơn vị biết")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    begin(&app, &compiler, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    type_and_send(&compiler, id);
    assert_eq!(sendings(&app, id), (1, true));

    assert!(compiler.get(&format!("/reports/{id}")).ok().contains("Rút lần nhập thay"));
    assert!(!officer.get(&format!("/reports/{id}")).ok().contains("Nhập thay nhầm?"));
    assert_eq!(withdraw(&app, &officer, id, "nhầm").status, 403);
    let refused = withdraw(&app, &compiler, id, " ");
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Nhập lý do rút lần nhập thay."));
    assert_eq!(state_of(&app, id), "sent");

    // Another compiler of the same body may.
    let second = app.client("tonghop2.catinh.bacgiang");
    withdraw(&app, &second, id, "Nhập nhầm tệp của đơn vị khác").redirected();
    assert_eq!(state_of(&app, id), "draft");
    assert_eq!(sendings(&app, id), (1, false), "the revision stays, the report is owed again");
    let draft = officer.get(&format!("/reports/{id}/draft")).ok();
    assert!(draft.contains("Câu chỉ đơn vị biết") && !draft.contains("Nhập từ văn bản giấy."));
    let read = compiler.get(&format!("/reports/{id}")).ok();
    for said in ["Đã rút", "Nhập nhầm tệp của đơn vị khác", "Bản đang soạn chỉ đơn vị xem được."]
    {
        assert!(read.contains(said), "{said}: {read}");
    }
    // Nothing is praised, no number stands in the heading, and the figures are read by those who ask for them.
    assert!(!read.contains("gửi đúng hạn") && !read.contains("<br>Số:"), "{read}");
    let old = compiler.get(&format!("/reports/{id}?revision=1")).ok();
    assert!(old.contains("Lần gửi 1, đã rút") && !old.contains("<br>Số:"), "{old}");
    let duty: i64 = app
        .db
        .read(|conn| {
            reports::table.find(id).select(reports::obligation_id).first(conn).map_err(DbError::Query)
        })
        .expect("its obligation");
    for reader in [&compiler, &officer] {
        let decisions = reader.get(&format!("/obligations/{duty}")).ok();
        assert!(
            decisions.contains("Rút lần nhập thay") && decisions.contains("Nhập nhầm tệp của đơn vị khác"),
            "{decisions}"
        );
    }
    let noted: i64 = app
        .db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.eq("report.withdraw_giving_back"))
                .filter(audit_log::subject_id.eq(id.0))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(noted, 1);
    // It does not wait any more.
    assert_eq!(withdraw(&app, &compiler, id, "lần nữa").status, 422);
}

#[test]
fn what_is_entered_after_that_is_a_first_sending_again_and_can_be_taken_back_too() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for count in 1..=2 {
        begin(&app, &compiler, id, "10/6/2025", &[]).redirected();
        type_and_send(&compiler, id);
        assert_eq!(sendings(&app, id), (count, true));
        withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
        assert_eq!((state_of(&app, id), sendings(&app, id)), ("not_begun".to_owned(), (count, false)));
    }
    begin(&app, &compiler, id, "10/6/2025", &[]).redirected();
    type_and_send(&compiler, id);
    let second = app.client("tonghop2.catinh.bacgiang");
    let version = version_of(&app, id);
    second.post(&format!("/reports/{id}/receipt"), &[("version", &version)]).redirected();
    assert_eq!(withdraw(&app, &compiler, id, "muộn").status, 422, "what was received stays");
    assert_eq!(state_of(&app, id), "received");
}

fn at(hour: u32, minute: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day");
    day.and_hms_opt(hour, minute, 0).expect("an hour")
}

/// A history of steps, each at an hour of its own.
fn history(steps: &[(Step, u32)]) -> Vec<Transition> {
    let of = |(step, hour): &(Step, u32)| Transition {
        step: step.code().to_owned(),
        reason: String::new(),
        due_on: None,
        actor_name: String::new(),
        actor_title: String::new(),
        at: at(*hour, 0),
        revision: None,
    };
    steps.iter().map(of).collect()
}

#[test]
fn only_what_stands_was_sent() {
    use Step::{Receive, Save, Send, TypeForUnit, Withdraw, WithdrawGivingBack};
    let all = history(&[
        (Save, 7),
        (TypeForUnit, 8),
        (TypeForUnit, 9),
        (Send, 10),
        (WithdrawGivingBack, 11),
        (TypeForUnit, 12),
        (Send, 13),
        (Withdraw, 14),
        (TypeForUnit, 15),
        (Send, 16),
        (Receive, 17),
    ]);
    let sent = [None, None, None, None, Some(10), None, None, Some(13), None, None, Some(16), Some(16)];
    for (steps, expected) in sent.into_iter().enumerate() {
        assert_eq!(sent_last(&all[..steps]), expected.map(|hour| at(hour, 0)), "after {steps} steps");
    }
    let taken_back = |steps: usize| -> Vec<u32> {
        (7..18).filter(|hour| was_taken_back(&all[..steps], at(*hour, 30))).collect()
    };
    assert_eq!(taken_back(4), Vec::<u32>::new(), "it was sent, and stands");
    assert_eq!(taken_back(5), [8, 9]);
    assert_eq!(taken_back(11), [8, 9, 12], "the last one stands");
    assert!(was_taken_back(&all, at(8, 0)) && was_taken_back(&all, at(10, 0)), "both ends are of it");
}

const WAITS: &str = "Tệp Excel đã tải lên, chưa áp dụng";

#[test]
fn a_workbook_the_unit_brought_before_waits_again() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (compiler, officer) = (app.client("tonghop.catinh.bacgiang"), app.client("canbo.khcn.bacgiang"));
    let draft = format!("/reports/{id}/draft");
    let book = officer.get(&format!("/reports/{id}/workbook")).bytes;
    let fields = [("csrf", officer.csrf.as_str())];
    officer.post_file(&format!("/reports/{id}/workbooks"), &fields, ("file", "mau.xlsx", &book)).redirected();
    assert!(officer.get(&draft).ok().contains(WAITS));
    begin(&app, &compiler, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    type_and_send(&compiler, id);
    withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
    let page = officer.get(&draft).ok();
    assert!(page.contains(WAITS) && page.contains("mau.xlsx"), "nothing was sent since: {page}");
}

#[test]
fn the_paper_of_what_was_taken_back_says_so() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "10/6/2025", &[]).redirected();
    type_and_send(&compiler, id);
    let path = format!("/reports/{id}/revisions/1/document");
    let texts = |bytes: &[u8]| -> Vec<String> { paragraphs(bytes).into_iter().map(|p| p.text).collect() };
    let before = texts(&compiler.get(&path).bytes);
    assert!(!before.iter().any(|text| text == "ĐÃ RÚT"), "{before:#?}");
    withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
    let answer = compiler.get(&path);
    assert_eq!(answer.status, 200);
    let all = texts(&answer.bytes);
    let at = all.iter().position(|text| text == "ĐÃ RÚT").unwrap_or_else(|| panic!("no mark: {all:#?}"));
    assert!(all[at - 1].starts_with("Số: "), "under the number: {all:#?}");
    assert!(all[at + 1].starts_with("BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (số đến 215"), "{all:#?}");
    assert_eq!(all.len(), before.len() + 1, "and nothing else");
    let read = compiler.get(&format!("/reports/{id}?revision=1")).ok();
    assert!(read.contains("Tải bản Word đã rút (.docx)") && read.contains("Bản Word đã rút"), "{read}");
    let confirmation = compiler.get(&format!("/reports/{id}/confirmation/1")).ok();
    assert!(confirmation.contains("Lần gửi này đã rút."), "{confirmation}");
}

/// Posts the same step for two compilers at once: what came back, the better answer first.
fn both(clients: [&Client; 2], path: &str, fields: &[(&str, &str)]) -> [u16; 2] {
    let mut statuses = std::thread::scope(|scope| {
        let posts = clients.map(|client| scope.spawn(move || client.post(path, fields).status));
        posts.map(|post| post.join().expect("an answer"))
    });
    statuses.sort_unstable();
    statuses
}

#[test]
fn of_two_who_end_or_take_back_at_once_the_second_is_told() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let compilers = ["tonghop.catinh.bacgiang", "tonghop2.catinh.bacgiang"].map(|user| app.client(user));
    let [first, second] = &compilers;
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    let typed = filled(&page, &[("section.I", "Câu chỉ đơn vị biết")]);
    officer.post(&format!("/reports/{id}/draft"), &pairs(&typed)).redirected();
    let told = |statuses: [u16; 2]| statuses[0] == 303 && [409, 422].contains(&statuses[1]);

    begin(&app, first, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    let version = version_of(&app, id);
    let ended = both([first, second], &format!("/reports/{id}/on-behalf/end"), &[("version", &version)]);
    assert!(told(ended), "{ended:?}");

    begin(&app, first, id, "10/6/2025", &[("put_aside", "1")]).redirected();
    type_and_send(first, id);
    let version = version_of(&app, id);
    let fields = [("version", version.as_str()), ("withdrawal_reason", "Nhập nhầm")];
    let back = both([first, second], &format!("/reports/{id}/on-behalf/withdrawal"), &fields);
    assert!(told(back), "{back:?}");
    let draft = officer.get(&format!("/reports/{id}/draft")).ok();
    assert!(draft.contains("Câu chỉ đơn vị biết"), "and the unit has its draft once");
}
