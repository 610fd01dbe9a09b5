//! The collector brings the plan a unit sent on paper: a draft on its behalf, with the file as proof.

use tonghop::db::schema::{draft_files, files, reports};

use super::own::word;
use super::*;

#[test]
fn the_file_becomes_the_proof() {
    let app = TestApp::demo();
    let id = report_of(&app, "vt.tuphap", "2025-PLAN");
    let compiler = app.client(COMPILER);
    let at = format!("/reports/{id}/unit-plan");
    assert_eq!(compiler.get(&at).status, 404, "not before it begins");
    let begin = compiler.get(&format!("/reports/{id}/on-behalf")).ok();
    assert!(begin.contains("Đưa kế hoạch của đơn vị lên"), "{begin}");
    let version: i32 = app
        .db
        .read(|conn| reports::table.find(id).select(reports::version).first(conn).map_err(DbError::Query))
        .expect("a version");
    let version = version.to_string();
    let fields =
        [("version", version.as_str()), ("number", "88"), ("arrived_on", "14/2/2025"), ("then", "unit-plan")];
    assert_eq!(compiler.post(&format!("/reports/{id}/on-behalf"), &fields).redirected(), at);
    assert!(compiler.get(&at).ok().contains("số đến 88, ngày 14/02/2025"));
    let review = send(&compiler, id, "Kế hoạch 412.docx", &word()).redirected();
    press(&compiler, &review, "apply", &[]).redirected();
    let held: Vec<(String, String)> = app
        .db
        .read(|conn| {
            draft_files::table
                .inner_join(files::table)
                .filter(draft_files::report_id.eq(id))
                .select((files::file_name, draft_files::purpose))
                .load(conn)
                .map_err(DbError::Query)
        })
        .expect("files");
    assert_eq!(held, [("Kế hoạch 412.docx".to_owned(), "incoming".to_owned())]);
    let read = compiler.get(&format!("/reports/{id}")).ok();
    assert!(read.contains("trả lời 4/5 nhiệm vụ"), "{read}");
    // The unit does not get at it while it is typed in for it.
    let officer = app.client(OFFICER);
    assert_eq!(officer.get(&review).status, 303, "to the report, which says who types");
    assert_eq!(officer.get(&format!("{review}/file")).status, 404);
}

#[test]
fn what_the_unit_brought_to_its_own_draft_stays_its_own() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let own = scene.paste(PLAN);
    press(&scene.officer, &own, "apply", &[]).redirected();
    let compiler = app.client(COMPILER);
    let begin = format!("/reports/{}/on-behalf", scene.id);
    let version = hidden(&compiler.get(&begin).ok(), "version").expect("a version");
    let fields = [
        ("version", version.as_str()),
        ("number", "88"),
        ("arrived_on", "14/2/2025"),
        ("put_aside", "1"),
        ("then", "unit-plan"),
    ];
    assert_eq!(compiler.post(&begin, &fields).redirected(), scene.at(""));
    assert!(!compiler.get(&scene.at("")).ok().contains("Kế hoạch đã tải lên"), "nothing of the unit's");
    assert_eq!(compiler.get(&own).status, 404);
    assert!(!compiler.get(&format!("/reports/{}", scene.id)).ok().contains("412/KH-STP"));
    // What was brought on its behalf and given up counts for nobody; the unit's own draft has its own again.
    let typed =
        compiler.post(&scene.at("/text"), &[("text", &PLAN.replace("412/KH", "499/KH"))]).redirected();
    press(&compiler, &typed, "apply", &[]).redirected();
    assert!(compiler.get(&format!("/reports/{}", scene.id)).ok().contains("Kế hoạch số 499/KH-STP"));
    let version = hidden(&compiler.get(&begin).ok(), "version").expect("a version");
    compiler.post(&format!("{begin}/end"), &[("version", &version)]).redirected();
    let read = scene.officer.get(&format!("/reports/{}", scene.id)).ok();
    assert!(read.contains("Kế hoạch số 412/KH-STP") && !read.contains("Kế hoạch số 499/KH-STP"), "{read}");
    scene.send_report();
    let task = format!("/tasks/{}", scene.task("Tuyên truyền qua việc cấp phiếu"));
    let seen = compiler.get(&task).ok();
    assert!(seen.contains("412/KH-STP") && !seen.contains("499/KH-STP"), "{seen}");
}
