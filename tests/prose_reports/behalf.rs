//! The collector brings the document a unit sent: a draft on its behalf, with the file as proof.

use diesel::prelude::*;
use tonghop::db::schema::{draft_files, files, reports};

use super::*;
use crate::reports::on_behalf::type_and_send;
use crate::reports::withdrawn::withdraw;

/// The document is another body's: whoever types it in says that it is this one's all the same.
const OF_ANOTHER: &[(&str, &str)] = &[("own", "1")];

pub(super) fn begun(app: &TestApp, compiler: &Client, id: ReportId) -> String {
    begun_on(app, compiler, id, "09/6/2025")
}

fn begun_on(app: &TestApp, compiler: &Client, id: ReportId, day: &str) -> String {
    let version: i32 = app
        .db
        .read(|conn| reports::table.find(id).select(reports::version).first(conn).map_err(DbError::Query))
        .expect("a version");
    let fields = [
        ("version", version.to_string()),
        ("number", "215".into()),
        ("arrived_on", day.to_owned()),
        ("then", "prose".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    compiler.post(&format!("/reports/{id}/on-behalf"), &fields).redirected()
}

#[test]
fn the_file_becomes_the_proof_and_the_unit_sees_who_typed() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    assert_eq!(compiler.get(&format!("/reports/{id}/prose")).status, 404, "not before it begins");
    assert_eq!(begun(&app, &compiler, id), format!("/reports/{id}/prose"));
    assert!(compiler.get(&format!("/reports/{id}/prose")).ok().contains("số đến 215, ngày 09/6/2025"));
    let review = send(&compiler, id, "Báo cáo 78.docx", &word()).redirected();
    let page = compiler.get(&review).ok();
    assert!(
        page.contains("Văn bản ghi cơ quan ban hành “Sở Khoa học và Công nghệ”"),
        "the wrong unit is pointed out"
    );
    press(&compiler, &review, "apply", OF_ANOTHER).redirected();
    let held: Vec<(String, String, String)> = app
        .db
        .read(|conn| {
            draft_files::table
                .inner_join(files::table)
                .filter(draft_files::report_id.eq(id))
                .select((files::file_name, draft_files::purpose, files::kind.assume_not_null()))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("files");
    assert_eq!(held, [("Báo cáo 78.docx".to_owned(), "incoming".to_owned(), "docx".to_owned())]);
    let draft = compiler.get(&format!("/reports/{id}/draft")).ok();
    assert!(draft.contains("Đang nhập thay cho") && draft.contains("Sở đã ban hành Kế hoạch số 21/KH-SKHCN"));
    assert!(draft.contains("value=\"78\"") && draft.contains("Trần Văn Hậu"), "the paper's facts");
    let files = compiler.get(&format!("/reports/{id}/attachments")).ok();
    assert!(files.contains("Văn bản đơn vị gửi (Word)"), "{files}");
    // The unit's officer does not get at it while it is typed in for them.
    let officer = app.client("canbo.hiephoa.bacgiang");
    assert_eq!(officer.get(&review).status, 303, "to the report, which says who types");
    assert_eq!(officer.get(&format!("{review}/file")).status, 404);
}

#[test]
fn a_second_document_is_a_second_proof_and_the_same_one_is_not() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begun(&app, &compiler, id);
    let review = send(&compiler, id, "bao-cao.docx", &word()).redirected();
    press(&compiler, &review, "apply", OF_ANOTHER).redirected();
    // Brought again after it was written: another upload, nothing new to write, one file.
    let again = send(&compiler, id, "bao-cao-lai.docx", &word());
    let again = again.redirected();
    let answer = press(&compiler, &again, "apply", &[("how.I", "append"), ("own", "1")]);
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("Chưa có gì để ghi"), "{}", answer.text());
    let held: i64 = app
        .db
        .read(|conn| {
            draft_files::table
                .filter(draft_files::report_id.eq(id))
                .count()
                .get_result(conn)
                .map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(held, 1);
}

#[test]
fn the_proof_of_what_was_entered_is_dropped_by_nobody() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let (compiler, officer) = (app.client("tonghop.catinh.bacgiang"), app.client("canbo.hiephoa.bacgiang"));
    let list = format!("/reports/{id}/prose");
    begun(&app, &compiler, id);
    let review = send(&compiler, id, "Báo cáo 78.docx", &word()).redirected();
    let removal = format!("{review}/removal");
    assert!(compiler.get(&list).ok().contains(&removal), "one that waits may be dropped");
    press(&compiler, &review, "apply", OF_ANOTHER).redirected();
    let page = compiler.get(&list).ok();
    assert!(page.contains("đã ghi vào báo cáo lúc") && !page.contains(&removal), "{page}");
    let version = hidden(&compiler.get(&review).ok(), "version").expect("a version");
    let refused = |client: &Client| {
        let answer = client.post(&removal, &[("version", &version)]);
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text().contains("là căn cứ của lần nhập thay nên được giữ lại"), "{}", answer.text());
    };
    refused(&compiler);
    type_and_send(&compiler, id);
    withdraw(&app, &compiler, id, "Nhập nhầm").redirected();
    // Neither does the unit drop it, which writes its own report again; and it is told to be in no report.
    let page = officer.get(&list).ok();
    assert!(page.contains("đã ghi cho lần gửi 1, lần gửi đó đã rút") && !page.contains(&removal), "{page}");
    assert!(!page.contains("đã ghi vào báo cáo lúc"), "{page}");
    refused(&officer);
    assert!(officer.get(&review).ok().contains("nội dung không còn trong báo cáo"));
    // The collector brings it once more, as another upload.
    begun(&app, &compiler, id);
    let again = send(&compiler, id, "Báo cáo 78.docx", &word()).redirected();
    assert_ne!(again, review);
    press(&compiler, &again, "apply", OF_ANOTHER).redirected();
    let page = compiler.get(&list).ok();
    assert!(page.contains("đã ghi vào báo cáo lúc") && page.contains("lần gửi đó đã rút"), "{page}");
}

/// The document is dated 09/6/2025.
#[test]
fn a_document_dated_after_it_came_is_not_written() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    begun_on(&app, &compiler, id, "08/6/2025");
    let review = send(&compiler, id, "Báo cáo 78.docx", &word()).redirected();
    let says = "Ngày ký 09/6/2025 sau ngày văn bản đến (số đến 215, ngày 08/6/2025)";
    let page = compiler.get(&review).ok();
    assert!(page.contains(says) && page.contains("href=\"#paper\""), "{page}");
    let refused = press(&compiler, &review, "apply", OF_ANOTHER);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(says), "{}", refused.text());
}
