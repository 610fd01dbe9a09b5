//! Rows of lists and results of tasks that a document has: offered, and written when they are taken.

use diesel::prelude::*;
use tonghop::db::ids::TaskId;
use tonghop::db::schema::{draft_rows, draft_task_results, tasks};

use super::*;

/// The document with more after its first section.
fn with(more: &str) -> String {
    REPORT.replace("2. Kết quả cụ thể", &format!("{more}\n\n2. Kết quả cụ thể"))
}

fn rows(scene: &Scene) -> i64 {
    scene.read(|conn| draft_rows::table.filter(draft_rows::report_id.eq(scene.id)).count().get_result(conn))
}

#[test]
fn rows_of_a_table_go_to_the_list_once() {
    let scene = Scene::open();
    scene.blank();
    let before = rows(&scene);
    let table = "TT | Số, ký hiệu | Ngày | Trích yếu\n1 | 921/KH-SKHCN | 10/02/2025 | Kế hoạch thử một\n\
                 2 | 922/CV-SKHCN | 12/3/2025 | Công văn thử hai";
    let review = scene.paste(&with(table));
    let page = scene.officer.get(&review).ok();
    assert!(page.contains("Thêm 2 dòng vào “Văn bản đã ban hành”"), "{page}");
    assert!(page.contains("921/KH-SKHCN · 10/02/2025 · Kế hoạch thử một"), "{page}");
    press(&scene.officer, &review, "apply", &[]).redirected();
    assert_eq!(rows(&scene), before + 2);
    let draft = scene.officer.get(&format!("/reports/{}/draft", scene.id)).ok();
    assert_eq!(draft.matches("921/KH-SKHCN").count(), 1, "in the list, and not in the text as well");
    // The same rows again are none.
    let more = format!("{table}\n3 | 923/BC-SKHCN | 12/4/2025 | Báo cáo thử ba");
    let again = scene.paste(&with(&more));
    let page = scene.officer.get(&again).ok();
    assert!(
        page.contains("Thêm 1 dòng vào") && page.contains("2 dòng danh sách đã có, không thêm lại"),
        "{page}"
    );
    press(&scene.officer, &again, "apply", &[]).redirected();
    assert_eq!(rows(&scene), before + 3);
}

#[test]
fn a_table_that_is_not_taken_leaves_the_list_alone() {
    let scene = Scene::open();
    scene.blank();
    let before = rows(&scene);
    let table = "Số, ký hiệu | Ngày | Trích yếu\n921/KH-SKHCN | 10/02/2025 | Kế hoạch thử một";
    let review = scene.paste(&with(table));
    press(&scene.officer, &review, "apply", &[("table.0", "-")]).redirected();
    assert_eq!(rows(&scene), before);
}

#[test]
fn what_is_said_of_a_task_becomes_its_result() {
    let scene = Scene::open();
    scene.blank();
    let draft = scene.officer.get(&format!("/reports/{}/draft", scene.id)).ok();
    let names = crate::reports::names_of(&draft, "task.");
    let task = names.first().and_then(|name| name.split('.').nth(1)).expect("a task").to_owned();
    let id = TaskId(task.parse().expect("a number"));
    let text: String = scene.read(|conn| tasks::table.find(id).select(tasks::text).first(conn));
    let said = format!("{} Các phòng đã làm xong việc này.", text.trim_end_matches('.'));
    let review = scene.paste(&with(&said));
    let page = scene.officer.get(&review).ok();
    let offer = page.split("id=\"task-").skip(1).find(|offer| {
        offer.split("</li>").next().is_some_and(|offer| offer.contains("đã làm xong việc này"))
    });
    let at = offer.and_then(|offer| offer.split('"').next()).unwrap_or_else(|| panic!("no offer: {page}"));
    // Ticked without a task it stands in the way.
    let (tick, code) = (format!("task.{at}"), format!("task.{at}.code"));
    let refused = press(&scene.officer, &review, "apply", &[(&tick, "1"), (&code, "")]);
    assert!(refused.status == 422 && refused.text().contains("Chọn nhiệm vụ của kết quả này"));
    press(&scene.officer, &review, "apply", &[(&tick, "1"), (&code, &task)]).redirected();
    let body: String = scene.read(|conn| {
        draft_task_results::table.find((scene.id, id)).select(draft_task_results::body).first(conn)
    });
    assert!(body.contains("đã làm xong việc này"), "{body}");
}

#[test]
fn numbers_that_name_something_are_listed() {
    let scene = Scene::open();
    let page = scene.officer.get(&scene.paste(REPORT)).ok();
    assert!(page.contains("số khác trong văn bản"), "{page}");
    for name in ["<b>số 21/KH-SKHCN</b>", "<b>ngày 10/02/2025</b>"] {
        assert!(page.contains(name), "{name}: {page}");
    }
}
