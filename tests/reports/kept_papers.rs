//! A paper that was sent stays the one that was signed, whatever is entered, renamed or corrected afterwards.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{
    legal_bases, obligations, plans, regimes, revision_frames, revisions, routes, unit_versions, units,
};
use tonghop::on_each;

use super::on_behalf::{begin, type_and_send};
use super::report_of;
use super::withdrawn::withdraw;
use crate::documents::read::paragraphs;
use crate::support::app::TestApp;
use crate::support::client::Client;

fn bytes(client: &Client, path: &str) -> Vec<u8> {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.bytes
}

fn texts(bytes: &[u8]) -> Vec<String> {
    paragraphs(bytes).into_iter().map(|p| p.text.replace('\u{a0}', " ")).collect()
}

fn opening(all: &[String]) -> &String {
    all.iter().find(|text| text.starts_with("Thực hiện ")).expect("an opening")
}

/// Types the number and day of every plan, as a clerk does once it is issued.
fn number_the_plans(app: &TestApp) {
    app.db
        .write(|conn| {
            let typed = (
                plans::number.eq("8"),
                plans::symbol.eq("KH-UBND"),
                plans::issued_month.eq(Some(1)),
                plans::issued_day.eq(Some(20)),
            );
            diesel::update(plans::table.filter(plans::number.eq("")))
                .set(typed)
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("plans with a number");
}

#[test]
fn what_changes_after_sending_changes_no_sent_paper() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    let draft = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.noivu.bacgiang");
    let other = app.client("canbo.khcn.bacgiang");
    let (sent, open) = (format!("/reports/{id}/revisions/1/document"), format!("/reports/{draft}/document"));
    let before = bytes(&officer, &sent);
    let said = opening(&texts(&before)).clone();
    assert!(said.starts_with("Thực hiện Kế hoạch năm 2025 của UBND tỉnh Bắc Giang về"), "{said}");
    assert!(!said.contains('…'), "what is sent has no dots: {said}");
    number_the_plans(&app);
    app.db
        .write(|conn| {
            let bodies = ["bg.noivu", "bg.ca"];
            let ids: Vec<i64> =
                units::table.filter(units::code.eq_any(bodies)).select(units::id).load(conn)?;
            diesel::update(unit_versions::table.filter(unit_versions::unit_id.eq_any(&ids)))
                .set((unit_versions::name.eq("Sở Tên Khác"), unit_versions::short_name.eq("Sở TK")))
                .execute(conn)?;
            diesel::update(legal_bases::table).set(legal_bases::subject.eq("điều khác")).execute(conn)?;
            let regime = (regimes::addressee.eq("Nơi khác"), regimes::subject.eq("việc khác"));
            diesel::update(regimes::table).set(regime).execute(conn)?;
            // Its reports go to another body from now on.
            let unit: i64 = units::table.filter(units::code.eq("bg.noivu")).select(units::id).first(conn)?;
            let to: i64 = units::table.filter(units::code.eq("bg.mttq")).select(units::id).first(conn)?;
            diesel::update(routes::table.filter(routes::unit_id.eq(unit)))
                .set(routes::collector_id.eq(to))
                .execute(conn)?;
            diesel::update(obligations::table.filter(obligations::unit_id.eq(unit)))
                .set(obligations::collector_id.eq(to))
                .execute(conn)?;
            Ok::<_, DbError>(())
        })
        .expect("everything around it is another");
    assert_eq!(bytes(&officer, &sent), before, "the very bytes");
    let now = texts(&bytes(&other, &open));
    assert!(
        opening(&now).contains("Kế hoạch số 08/KH-UBND ngày 20 tháng 01 năm 2025"),
        "what is not sent yet names it as it is called now, its number with a zero: {now:#?}"
    );
    assert!(now.iter().any(|text| text == "Kính gửi: Nơi khác"), "{now:#?}");
}

/// A paper is stamped after sending: its number, day and signatory change on it, and nothing else.
#[test]
fn a_number_entered_later_stands_on_the_kept_paper() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.vhttdl", "2025-H1");
    let officer = app.client("canbo.vhttdl.bacgiang");
    let sent = format!("/reports/{id}/revisions/1/document");
    let before = texts(&bytes(&officer, &sent));
    number_the_plans(&app);
    let paper = [
        ("seen", "0"),
        ("doc_number", "88"),
        ("doc_symbol", "BC-SVHTTDL"),
        ("doc_date", "9/6/2025"),
        ("signatory_capacity", "KT. GIÁM ĐỐC"),
        ("signatory_title", "PHÓ GIÁM ĐỐC"),
        ("signatory_name", "Trần Thế Khánh"),
    ];
    officer.post(&format!("/reports/{id}/revisions/1/paper"), &paper).redirected();
    let after = texts(&bytes(&officer, &sent));
    assert!(after.contains(&"Số: 88/BC-SVHTTDL".to_owned()), "{after:#?}");
    assert_eq!(opening(&after), opening(&before));
    assert_eq!(before.len(), after.len());
}

/// What was sent before the words were kept reads as it would now.
#[test]
fn an_older_sending_is_printed_from_what_is_on_record() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    let officer = app.client("canbo.noivu.bacgiang");
    let sent = format!("/reports/{id}/revisions/1/document");
    let before = bytes(&officer, &sent);
    forget(&app, id);
    assert_eq!(bytes(&officer, &sent), before, "the same words, made anew");
    number_the_plans(&app);
    assert!(opening(&texts(&bytes(&officer, &sent))).contains("số 08/KH-UBND"));
}

/// Whoever types a report in today had no hand in what was sent of it then.
#[test]
fn an_older_sending_is_marked_by_the_paper_it_was_entered_from() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begin(&app, &compiler, id, "10/6/2025", &[]).redirected();
    type_and_send(&compiler, id);
    let sent = format!("/reports/{id}/revisions/1/document");
    let before = texts(&bytes(&compiler, &sent));
    let mark = "BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (số đến 215 ngày 10/6/2025)";
    assert!(before.iter().any(|text| text == mark), "{before:#?}");
    forget(&app, id);
    assert_eq!(texts(&bytes(&compiler, &sent)), before, "nobody types any more");
    // It is typed in anew, from a paper of another day.
    withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
    begin(&app, &compiler, id, "09/6/2025", &[]).redirected();
    let now = texts(&bytes(&compiler, &sent));
    let marks: Vec<&String> = now.iter().filter(|text| text.starts_with("BẢN NHẬP LẠI")).collect();
    assert_eq!(marks, [mark], "{now:#?}");
    assert!(!now.iter().any(|text| text.starts_with("Căn cứ ")), "{now:#?}");
}

/// Takes away what was kept with a report's sendings, as if it had been sent before anything was.
fn forget(app: &TestApp, id: ReportId) {
    let free = match app.db.backend() {
        "sqlite" => "DROP TRIGGER revision_frames_no_delete",
        _ => "ALTER TABLE revision_frames DISABLE TRIGGER USER",
    };
    app.db
        .write(|conn| {
            on_each!(conn, |c| c.batch_execute(free))?;
            let sent: Vec<i64> =
                revisions::table.filter(revisions::report_id.eq(id)).select(revisions::id).load(conn)?;
            diesel::delete(revision_frames::table.filter(revision_frames::revision_id.eq_any(sent)))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("forgotten");
}
