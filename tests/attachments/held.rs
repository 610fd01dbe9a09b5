//! Who may fetch which file, and what a revision names for good.

use diesel::prelude::*;
use sha2::{Digest, Sha256};
use tonghop::db::DbError;
use tonghop::db::ids::{FileId, RevisionId};
use tonghop::db::schema::{audit_log, file_blocks, revision_files, revisions};

use super::samples::pdf;
use super::{attach, attached, files_on, report_of, send, stored};
use crate::support::app::TestApp;

fn canonical(app: &TestApp, id: RevisionId) -> (serde_json::Value, bool) {
    let (bytes, sha256): (Vec<u8>, String) = app
        .db
        .read(|conn| {
            let row = revisions::table.find(id).select((revisions::canonical, revisions::sha256));
            row.first(conn).map_err(DbError::Query)
        })
        .expect("a revision");
    let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    (serde_json::from_slice(&bytes).expect("JSON"), hash == sha256)
}

#[test]
fn a_draft_keeps_its_files_to_itself_and_a_revision_for_good() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let leader = app.client("lanhdao.khcn.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let boss = app.client("lanhdao.ubnd.bacgiang");
    let (one, two) = (pdf("một", 300_000), pdf("hai", 400));
    let kept = attached(&officer, report, "Một.pdf", &one);
    let dropped = attached(&officer, report, "Hai.pdf", &two);
    // Before it is sent: the unit alone.
    assert!(leader.get(&kept).bytes == one);
    for client in [&compiler, &boss, &app.client("canbo.vhttdl.bacgiang"), &app.client("canbo.khcn.longan")] {
        assert_eq!(client.get(&kept).status, 404);
        assert_eq!(client.get(&format!("/reports/{report}/attachments")).status, 404);
        assert_eq!(attach(client, report, "evidence", "a.pdf", &two).status, 404);
        assert_eq!(client.post(&format!("{kept}/removal"), &[]).status, 404);
    }
    // A file of one report is not one of another's.
    let file = kept.rsplit('/').next().expect("an id");
    let elsewhere = report_of(&app, "bg.khcn", "2025-Y");
    assert_eq!(officer.get(&format!("/reports/{elsewhere}/attachments/{file}")).status, 404);

    let first = send(&app, &leader, report);
    let (said, sound) = canonical(&app, first);
    assert!(sound);
    let names: Vec<&str> =
        said["files"].as_array().expect("files").iter().filter_map(|f| f["name"].as_str()).collect();
    assert_eq!(names, ["Một.pdf", "Hai.pdf"]);
    assert_eq!(said["files"][0]["size"], 300_000);
    assert_eq!(said["files"][0]["purpose"], "evidence");
    let hash: String = Sha256::digest(&one).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(said["files"][0]["sha256"], hash);
    assert!(compiler.get(&kept).bytes == one && compiler.get(&dropped).bytes == two);
    assert_eq!(boss.get(&kept).status, 404, "not received yet");
    assert!(officer.get(&format!("/reports/{report}/confirmation/1")).ok().contains(&hash));
    // Sent is sent.
    assert_eq!(officer.post(&format!("{kept}/removal"), &[]).status, 422);
    assert_eq!(attach(&officer, report, "evidence", "c.pdf", &pdf("c", 99)).status, 422);

    // A correction begins with the same files and may send others; the first revision keeps its own.
    let version = super::hidden(&compiler.get(&format!("/reports/{report}")).ok(), "version").expect("one");
    compiler
        .post(
            &format!("/reports/{report}/amendment-request"),
            &[("version", version.as_str()), ("reason", "Bổ sung minh chứng"), ("due_on", "20/6/2025")],
        )
        .redirected();
    assert_eq!(
        files_on(&officer, &format!("/reports/{report}/attachments")),
        [kept.clone(), dropped.clone()]
    );
    officer.post(&format!("{dropped}/removal"), &[]).redirected();
    let third = attached(&officer, report, "Ba.pdf", &pdf("ba", 600));
    assert_eq!(compiler.get(&third).status, 404);
    assert!(compiler.get(&dropped).bytes == two, "the revision still has it");
    let second = send(&app, &leader, report);
    let (said, sound) = canonical(&app, second);
    assert!(sound);
    assert_eq!(said["files"].as_array().map(Vec::len), Some(2));
    let (said, sound) = canonical(&app, first);
    assert!(sound && said["files"][1]["name"] == "Hai.pdf");
    assert_eq!(files_on(&compiler, &format!("/reports/{report}?revision=1")), [kept.clone(), dropped]);
    assert_eq!(files_on(&compiler, &format!("/reports/{report}?revision=2")), [kept, third]);

    let changed = compiler.get(&format!("/reports/{report}/changes?from=1&to=2")).ok();
    assert!(changed.contains("Tệp đính kèm") && changed.contains("Hai.pdf") && changed.contains("Ba.pdf"));

    // Every step that changed what the draft holds was audited.
    let steps: Vec<String> = app
        .db
        .read(|conn| {
            audit_log::table
                .filter(audit_log::action.like("attachment.%"))
                .order(audit_log::id.desc())
                .limit(4)
                .select(audit_log::action)
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("steps");
    assert_eq!(steps, ["attachment.add", "attachment.remove", "attachment.add", "attachment.add"]);
}

/// A report without files says nothing of files: the bytes of every earlier revision stay as they were.
#[test]
fn a_revision_without_files_has_the_bytes_it_always_had() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.doan", "2025-H1");
    let leader = app.client("canbo.doan.bacgiang");
    let (said, sound) = canonical(&app, send(&app, &leader, report));
    assert!(sound && said.get("files").is_none());
}

#[test]
fn what_is_taken_out_of_a_draft_is_gone_with_its_bytes() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let before = stored(&app);
    let path = attached(&officer, report, "Nhầm.pdf", &pdf("n", 700_000));
    assert_eq!(stored(&app).len(), before.len() + 1);
    officer.post(&format!("{path}/removal"), &[]).redirected();
    assert_eq!(stored(&app), before);
    assert_eq!(officer.get(&path).status, 404);
    assert_eq!(officer.post(&format!("{path}/removal"), &[]).status, 404, "twice is once");
}

/// The first file begins a report nobody has begun.
#[test]
fn a_file_begins_a_report() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-Y");
    let officer = app.client("canbo.khcn.bacgiang");
    let path = attached(&officer, report, "Sớm.pdf", &pdf("s", 200));
    assert!(officer.get(&format!("/reports/{report}")).ok().contains("Soạn tiếp"));
    assert_eq!(officer.get(&path).status, 200);
}

#[test]
fn the_signed_paper_may_come_after_sending() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.vhttdl", "2025-H1");
    let officer = app.client("canbo.vhttdl.bacgiang");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let form = format!("/reports/{report}/revisions/1/signed-paper");
    assert!(officer.get(&format!("/reports/{report}")).ok().contains(&form));
    assert!(!compiler.get(&format!("/reports/{report}")).ok().contains(&form));
    let before = officer.get(&format!("/reports/{report}/confirmation/1")).ok();
    let with = files_on(&compiler, &format!("/reports/{report}"));
    let post = |client: &crate::support::client::Client, name: &str, bytes: &[u8]| {
        client.post_file(&form, &[("csrf", client.csrf.as_str())], ("file", name, bytes))
    };
    assert_eq!(post(&compiler, "a.pdf", &pdf("a", 99)).status, 404);
    assert_eq!(post(&officer, "a.png", &super::samples::png()).status, 422);
    let (first, second) = (pdf("bản ký", 500_000), pdf("bản ký rõ hơn", 900));
    assert_eq!(post(&officer, "Bản ký.pdf", &first).redirected(), format!("/reports/{report}?revision=1"));
    post(&officer, "Bản ký rõ hơn.pdf", &second).redirected();
    assert_eq!(post(&officer, "lần nữa.pdf", &second).status, 422);
    let mut seen = files_on(&compiler, &format!("/reports/{report}"));
    seen.retain(|file| !with.contains(file));
    assert_eq!(seen.len(), 2);
    assert!(compiler.get(&seen[0]).bytes == first && compiler.get(&seen[1]).bytes == second);
    assert_eq!(officer.post(&format!("{}/removal", seen[0]), &[]).status, 404, "it is in no draft");
    // What was sent stays what it was.
    let hash = |page: &str| page.split("class=\"mono\">").nth(1).map(|rest| rest[..64].to_owned());
    assert_eq!(hash(&before), hash(&officer.get(&format!("/reports/{report}/confirmation/1")).ok()));
}

/// The database itself keeps what a revision names; a file that no revision names may go.
#[test]
fn the_database_forbids_changes_to_what_was_sent() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    attached(&officer, report, "Một.pdf", &pdf("một", 300_000));
    let sent = stored(&app).last().expect("a file").0;
    send(&app, &app.client("lanhdao.khcn.bacgiang"), report);
    let other = report_of(&app, "bg.doan", "2025-H1");
    attached(&app.client("canbo.doan.bacgiang"), other, "Hai.pdf", &pdf("hai", 300_000));
    let free = stored(&app).last().expect("a file").0;
    let refused = |file: FileId| {
        let delete = app.db.write(|conn| {
            diesel::delete(file_blocks::table.filter(file_blocks::file_id.eq(file)))
                .execute(conn)
                .map_err(DbError::Query)
        });
        delete.is_err()
    };
    assert!(refused(sent) && !refused(free));
    let more = |file: FileId| {
        let row = (file_blocks::file_id.eq(file), file_blocks::number.eq(99), file_blocks::bytes.eq(vec![1]));
        app.db.write(|conn| {
            diesel::insert_into(file_blocks::table).values(row).execute(conn).map_err(DbError::Query)
        })
    };
    assert!(more(sent).is_err() && more(free).is_err(), "a complete file takes no more");
    let named: i64 = app
        .db
        .read(|conn| {
            let of = revision_files::table.filter(revision_files::file_id.eq(sent));
            of.count().get_result(conn).map_err(DbError::Query)
        })
        .expect("a count");
    assert_eq!(named, 1);
}

/// Files, links and the signed paper are the unit's work as figures are: none of it is declared away unasked.
#[test]
fn a_draft_that_holds_nothing_but_a_file_is_not_declared_nil_unasked() {
    let app = TestApp::demo();
    let report = report_of(&app, "bg.hiephoa", "2025-H1");
    let officer = app.client("canbo.hiephoa.bacgiang");
    attached(&officer, report, "Biên bản.pdf", &pdf("một", 400));
    let (duty, version): (i64, i32) = app
        .db
        .read(|conn| {
            use tonghop::db::schema::{obligations, reports};
            let row = obligations::table.inner_join(reports::table).filter(reports::id.eq(report));
            row.select((obligations::id, obligations::version)).first(conn).map_err(DbError::Query)
        })
        .expect("its obligation");
    let path = format!("/obligations/{duty}/nil");
    let page = officer.get(&path).ok();
    assert!(page.contains("1 tệp đính kèm") && page.contains("name=\"drop\""), "{page}");
    let version = version.to_string();
    let refused = officer.post(&path, &[("version", &version)]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("href=\"#f-drop\"") && text.contains("href=\"#f-consent\""), "{text}");
    let said =
        [("version", version.as_str()), ("drop", "1"), ("aware", "1"), ("consent", "Công văn số 15/CV")];
    officer.post(&path, &said).redirected();
}
