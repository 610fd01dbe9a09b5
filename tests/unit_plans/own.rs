//! The unit's officer brings its plan, reviews what answers what, and uses it.

use tonghop::db::schema::{
    audit_log, brought_documents, brought_links, draft_files, draft_rows, draft_sections, drafts, files,
};

use super::*;
use crate::papers::word::{package, plain};

/// The document as Word keeps it.
pub fn word() -> Vec<u8> {
    let body: String = PLAN.lines().map(|line| plain(&line.replace('&', "&amp;"))).collect();
    package(&body, "", "")
}

/// Path of the clause and beginning of the task, of every link of an upload.
fn links(scene: &Scene<'_>, review: &str) -> Vec<(String, String)> {
    let id: i64 = review.rsplit('/').next().and_then(|n| n.parse().ok()).expect("a number");
    scene.read(|conn| {
        brought_links::table
            .inner_join(tasks::table)
            .filter(brought_links::document_id.eq(id))
            .order((brought_links::position, brought_links::task_id))
            .select((brought_links::clause_path, tasks::text))
            .load(conn)
    })
}

/// Rows of the lists of the draft.
fn rows(scene: &Scene<'_>) -> i64 {
    scene.read(|conn| draft_rows::table.filter(draft_rows::report_id.eq(scene.id)).count().get_result(conn))
}

fn version(scene: &Scene<'_>) -> i32 {
    scene.read(|conn| {
        let row = drafts::table.find(scene.id).select(drafts::version).first(conn).optional()?;
        Ok(row.unwrap_or_default())
    })
}

fn section(scene: &Scene<'_>, code: &str) -> String {
    scene.read(|conn| {
        let body = draft_sections::table
            .filter(draft_sections::report_id.eq(scene.id))
            .filter(draft_sections::section_code.eq(code))
            .select(draft_sections::body)
            .first(conn)
            .optional()?;
        Ok(body.unwrap_or_default())
    })
}

#[test]
fn the_document_becomes_the_units_plan_at_once() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let before = version(&scene);
    let review = send(&scene.officer, scene.id, "Kế hoạch 412.docx", &word()).redirected();
    let page = scene.officer.get(&review).ok();
    assert!(page.contains("Kế hoạch số 412/KH-STP ngày 13/02/2025"), "{page}");
    let (open, answered) =
        (page.find("chưa có mục nào trả lời").unwrap(), page.find("đã có mục trả lời").unwrap());
    assert!(open < answered, "what nothing answers first");
    assert!(page.contains("nêu đúng mục của nhiệm vụ") && page.contains("chưa rõ"));
    assert_eq!(version(&scene), before, "nothing is written by reading");
    let used = press(&scene.officer, &review, "apply", &[]);
    assert_eq!(used.redirected(), format!("/reports/{}/draft", scene.id));
    assert_eq!(version(&scene), before + 1, "one save");
    // The plan's own text stands in the sections of the form, its row among the documents issued.
    assert_eq!(
        section(&scene, "KH.1"),
        "1. Người mãn hạn tù và gia đình biết quyền của mình, biết đến đâu để hỏi.\n\
         2. Thông tin ngắn gọn, dễ hiểu, đúng pháp luật."
    );
    let work = section(&scene, "KH.2");
    assert!(work.contains("phiếu lý lịch tư pháp") && work.contains("Mua sắm trang thiết bị"), "{work}");
    let last = section(&scene, "KH.3");
    assert!(last.ends_with("Văn phòng Sở theo dõi, đôn đốc việc thực hiện."), "{last}");
    let row = "412/KH-STP · 13/02/2025 · Kế hoạch tuyên truyền về tái hòa nhập cộng đồng trên không gian mạng năm 2025";
    assert!(page.contains("Thêm 1 dòng vào “Văn bản đã ban hành”") && page.contains(row), "{page}");
    assert_eq!(rows(&scene), 1);
    let draft = scene.officer.get(&format!("/reports/{}/draft", scene.id)).ok();
    for value in ["412", "KH-STP", "13/02/2025", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thu Hằng"] {
        assert!(draft.contains(&format!("value=\"{value}\"")), "{value}");
    }
    let held: Vec<(String, String)> = scene.read(|conn| {
        draft_files::table
            .inner_join(files::table)
            .filter(draft_files::report_id.eq(scene.id))
            .select((files::file_name, draft_files::purpose))
            .load(conn)
    });
    assert_eq!(held, [("Kế hoạch 412.docx".to_owned(), "evidence".to_owned())]);
    let linked = links(&scene, &review);
    let paths: Vec<&str> = linked.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["II.1.a", "II.1.b", "II.2.a", "III.1", "toàn văn"]);
    // The task that asks for this very plan is answered by it.
    let (_, asks) = linked.last().expect("the whole");
    assert!(asks.contains("lập kế hoạch triển khai gửi UBND tỉnh"), "{asks}");
    assert!(page.contains("chính văn bản này là kế hoạch được yêu cầu"), "{page}");
    let steps: Vec<String> = scene.read(|conn| {
        let of = audit_log::table
            .filter(audit_log::action.like("unit_plan.%"))
            .filter(audit_log::subject_id.eq(scene.id.0))
            .order(audit_log::id);
        of.select(audit_log::action).load(conn)
    });
    assert_eq!(steps, ["unit_plan.take_in", "unit_plan.apply"]);
    // Used once; the page says so.
    let page = scene.officer.get(&review).ok();
    assert!(page.contains("đã được dùng làm kế hoạch của đơn vị") && !page.contains("Dùng làm kế hoạch"));
    let again = scene.officer.post(&review, &[("version", "2"), ("draft", "1"), ("do", "apply")]);
    assert_eq!(again.status, 422);
    let number: i64 = review.rsplit('/').next().and_then(|n| n.parse().ok()).expect("a number");
    let kept = scene.officer.post(&scene.at(&format!("/{number}/removal")), &[("version", "2")]);
    assert!(kept.status == 422 && kept.text().contains("nên được giữ lại"), "{}", kept.text());
    // The unit sees it before it is sent, and nobody else.
    let task = format!("/tasks/{}", scene.task("Tuyên truyền qua việc cấp phiếu"));
    assert!(scene.officer.get(&task).ok().contains("chưa gửi</span>"));
    for stranger in [COMPILER, "lanhdao.ubnd.bariavungtau", "canbo.taichinh.bariavungtau"] {
        assert!(!scene.app.client(stranger).get(&task).ok().contains("412/KH-STP"), "{stranger}");
    }
}

#[test]
fn what_stands_in_the_draft_stays() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let draft = format!("/reports/{}/draft", scene.id);
    let now = hidden(&scene.officer.get(&draft).ok(), "version").expect("a version");
    let typed = [
        ("version", now.as_str()),
        ("section.KH.1", "Viết từ trước."),
        ("doc_number", "7"),
        ("doc_symbol", "KH-CU"),
        ("signatory_name", "Người Ký Trước"),
    ];
    scene.officer.post(&draft, &typed).redirected();
    let review = scene.paste(PLAN);
    press(&scene.officer, &review, "apply", &[]).redirected();
    assert_eq!(section(&scene, "KH.1"), "Viết từ trước.");
    assert!(section(&scene, "KH.3").contains("Văn phòng Sở theo dõi"), "what was blank is filled");
    let page = scene.officer.get(&draft).ok();
    for value in ["7", "KH-CU", "13/02/2025", "Người Ký Trước"] {
        assert!(page.contains(&format!("value=\"{value}\"")), "{value}");
    }
    assert!(
        !page.contains("value=\"412\"") && !page.contains("Lê Thu Hằng"),
        "facts of one paper are not mixed"
    );
    let files: i64 = scene
        .read(|conn| draft_files::table.filter(draft_files::report_id.eq(scene.id)).count().get_result(conn));
    assert_eq!(files, 0, "pasted text is no file");
}

#[test]
fn the_form_is_filled_with_what_is_ticked_alone() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    let page = scene.officer.get(&review).ok();
    let pieces = crate::reports::names_of(&page, "piece.");
    assert!(!pieces.is_empty(), "{page}");
    let mut out: Vec<(&str, &str)> = pieces.iter().map(|name| (name.as_str(), "")).collect();
    out.push(("table.0", "-"));
    // What was decided is kept when the page is left.
    press(&scene.officer, &review, "save", &out).redirected();
    let fields = review_form(&scene.officer.get(&review).ok(), &[]);
    assert!(fields.iter().all(|(name, _)| name != "table.0"), "{fields:?}");
    let kept: Vec<_> = fields.iter().filter(|(name, _)| name.starts_with("piece.")).collect();
    assert_eq!(kept.len(), pieces.len(), "{fields:?}");
    assert!(kept.iter().all(|(_, code)| code.is_empty()), "{fields:?}");
    press(&scene.officer, &review, "apply", &[]).redirected();
    // Nothing of its text: the first section says in one sentence what was issued.
    let told = "Đơn vị đã ban hành Kế hoạch số 412/KH-STP ngày 13/02/2025 “Tuyên truyền về tái hòa nhập cộng đồng trên không \
                gian mạng năm 2025”, trả lời 4/5 nhiệm vụ của đơn vị.";
    assert_eq!(section(&scene, "KH.1"), told);
    assert_eq!((section(&scene, "KH.2"), rows(&scene)), (String::new(), 0));
}

#[test]
fn a_number_that_stands_in_the_list_is_not_added_beside_it() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let draft = format!("/reports/{}/draft", scene.id);
    let now = hidden(&scene.officer.get(&draft).ok(), "version").expect("a version");
    let typed = [
        ("version", now.as_str()),
        ("list.documents.0.number", "412/KH-STP"),
        ("list.documents.0.date", "14/02/2025"),
        ("list.documents.0.subject", "Kế hoạch của Sở"),
    ];
    scene.officer.post(&draft, &typed).redirected();
    assert_eq!(rows(&scene), 1);
    let review = scene.paste(PLAN);
    let page = scene.officer.get(&review).ok();
    assert!(page.contains("name=\"table.0\""), "it is offered");
    let fields = review_form(&page, &[]);
    assert!(!fields.is_empty() && fields.iter().all(|(name, _)| name != "table.0"), "not ticked: {fields:?}");
    press(&scene.officer, &review, "apply", &[]).redirected();
    assert_eq!(rows(&scene), 1);
}

#[test]
fn a_plan_is_not_asked_for_results() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let at = |rest: &str| format!("/reports/{}{rest}", scene.id);
    let draft = scene.officer.get(&at("/draft")).ok();
    assert_eq!(crate::reports::names_of(&draft, "task."), Vec::<String>::new());
    scene.answer_with_its_plan();
    let sent = app.client(COMPILER).get(&at("")).ok();
    assert!(!sent.contains("Kết quả nhiệm vụ"), "{sent}");
    // The tasks stand beside the clauses that answer them.
    assert!(sent.contains("Tuyên truyền qua việc cấp phiếu lý lịch tư pháp"), "{sent}");
}

#[test]
fn links_are_taken_out_and_added_without_a_script() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    let (records, spread) = (scene.task("Tuyên truyền qua việc cấp phiếu"), scene.task("Vận động cán bộ"));
    let page = scene.officer.get(&review).ok();
    let item = |words: &str| -> usize {
        let at = page.find(words).expect("a choice");
        let from = page[..at].rfind("<option value=\"").expect("its option") + 15;
        page[from..].split('"').next().and_then(|n| n.parse().ok()).expect("a number")
    };
    let (first, office) = (item("Mục II.1.a: "), item("Mục III.2: "));
    let out = format!("link.{records}.{first}");
    let add = format!("add.{spread}");
    let office = office.to_string();
    press(&scene.officer, &review, "save", &[(&out, "-"), (&add, &office)]).redirected();
    let fields = review_form(&scene.officer.get(&review).ok(), &[]);
    let has = |name: &str| fields.iter().any(|(known, _)| known == name);
    assert!(!has(&out) && has(&format!("link.{spread}.{office}")), "kept: {fields:?}");
    // The same document again is the same upload, with what was decided of it.
    assert_eq!(scene.paste(PLAN), review);
    press(&scene.officer, &review, "apply", &[]).redirected();
    let linked = links(&scene, &review);
    assert!(
        linked.iter().any(|(path, text)| path == "III.2" && text.starts_with("Vận động cán bộ")),
        "{linked:?}"
    );
    assert!(!linked.iter().any(|(path, _)| path == "II.1.a"), "{linked:?}");
}

#[test]
fn a_plan_that_answers_nothing_is_not_used() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    let page = scene.officer.get(&review).ok();
    let ticks = crate::reports::names_of(&page, "link.");
    let out: Vec<(&str, &str)> = ticks.iter().map(|name| (name.as_str(), "-")).collect();
    let refused = press(&scene.officer, &review, "apply", &out);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Chưa chọn mục nào trả lời nhiệm vụ nào"), "{}", refused.text());
    // Nothing of another unit or plan is taken, whatever is posted.
    let far = format!("link.{}.0", scene.task("Cân đối, bố trí ngân sách"));
    press(&scene.officer, &review, "save", &[(&far, "1"), ("link.x.y", "1")]).redirected();
    let refused = press(&scene.officer, &review, "apply", &[(&far, "1")]);
    assert_eq!(refused.status, 422);
    let kept: i64 = scene.read(|conn| {
        let own = brought_links::table.inner_join(brought_documents::table);
        own.filter(brought_documents::report_id.eq(scene.id)).count().get_result(conn)
    });
    assert_eq!(kept, 0);
}

#[test]
fn whoever_saved_meanwhile_is_named_and_nothing_is_written() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let review = scene.paste(PLAN);
    let mut fields = review_form(&scene.officer.get(&review).ok(), &[]);
    fields.push(("do".to_owned(), "apply".to_owned()));
    let draft = format!("/reports/{}/draft", scene.id);
    let now = hidden(&scene.officer.get(&draft).ok(), "version").expect("a version");
    scene.officer.post(&draft, &[("version", &now), ("section.KH.3", "Viết trong lúc đó.")]).redirected();
    let answer = scene.officer.post(&review, &pairs(&fields));
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert_eq!(section(&scene, "KH.1"), "");
    // Two who decide at once: the second is told.
    assert_eq!(scene.officer.post(&review, &[("version", "1"), ("do", "save")]).status, 409);
    let used: i64 = scene.read(|conn| {
        brought_documents::table
            .filter(brought_documents::report_id.eq(scene.id))
            .filter(brought_documents::applied_at.is_not_null())
            .count()
            .get_result(conn)
    });
    assert_eq!(used, 0);
}

#[test]
fn the_original_comes_back_byte_by_byte_and_goes_when_dropped() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let bytes = word();
    let review = send(&scene.officer, scene.id, "ke-hoach.docx", &bytes).redirected();
    assert_eq!(scene.officer.get(&format!("{review}/file")).bytes, bytes);
    assert_eq!(
        scene.officer.post(&format!("{review}/removal"), &[("version", "7")]).status,
        409,
        "not as it was seen"
    );
    scene.officer.post(&format!("{review}/removal"), &[("version", "1")]).redirected();
    assert_eq!(scene.officer.get(&review).status, 404);
    let kept: i64 = scene.read(|conn| {
        brought_documents::table.filter(brought_documents::report_id.eq(scene.id)).count().get_result(conn)
    });
    assert_eq!(kept, 0);
}

#[test]
fn the_way_leads_there_from_the_draft_and_from_the_plan() {
    let app = TestApp::demo();
    let scene = Scene::over(&app);
    let way = format!("href=\"{}\"", scene.at(""));
    assert!(scene.officer.get(&format!("/reports/{}/draft", scene.id)).ok().contains(&way));
    let plan = scene.plan();
    assert!(scene.officer.get(&format!("/plans/{plan}")).ok().contains(&way));
    let other = scene.app.client("canbo.taichinh.bariavungtau");
    assert!(!other.get(&format!("/plans/{plan}")).ok().contains("/unit-plan"), "it has sent its plan");
}
