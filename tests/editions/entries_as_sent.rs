//! Behind a figure of an edition stands the work as it was when the report was sent, whatever is noted, corrected or taken out later.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::consolidation::content::EditionContent;
use tonghop::db::DbError;
use tonghop::db::ids::{IndicatorId, TaskEntryId, TaskId};
use tonghop::db::schema::{editions, indicators, task_entries, units};

use super::{make, period_id, report};
use crate::support::app::TestApp;
use crate::support::client::hidden;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const OFFICER: &str = "canbo.vietyen.bacgiang";

/// The list of a page with this id; "" without one.
fn list<'a>(page: &'a str, id: &str) -> &'a str {
    let from = page.split(&format!("<ul class=\"plain\" id=\"{id}\">")).nth(1);
    from.and_then(|rest| rest.split("</ul>").next()).unwrap_or_default()
}

#[test]
fn what_happens_to_the_log_after_the_sending_changes_nothing_behind_a_figure() {
    // The day after the sending: at whatever hour this runs, what is noted now was noted later.
    let app = TestApp::demo_on(NaiveDate::from_ymd_opt(2025, 6, 11).expect("a day"));
    let compiler = app.client(COMPILER);
    let period = period_id(&app, "bac-giang", "2025-H1");
    let (waiting, seen) = report(&app, period, "bg.vietyen");
    compiler.post(&format!("/reports/{waiting}/receipt"), &[("version", &seen.to_string())]).redirected();
    let address = make(&compiler, period);
    let edition: i64 = address.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an edition");
    let (text, indicator, (task, entry)): (String, IndicatorId, (TaskId, TaskEntryId)) = app
        .db
        .read(|conn| {
            let of = task_entries::table
                .inner_join(units::table.on(units::id.eq(task_entries::unit_id)))
                .filter(units::code.eq("bg.vietyen"))
                .filter(task_entries::indicator_id.is_not_null());
            let code = indicators::table.filter(indicators::code.eq("B05"));
            Ok::<_, DbError>((
                editions::table.find(edition).select(editions::content_json).first(conn)?,
                code.select(indicators::id).first(conn)?,
                of.select((task_entries::task_id, task_entries::id)).first(conn)?,
            ))
        })
        .expect("the edition and the log");
    let frozen = EditionContent::from_canonical(&text).expect("it reads");
    let unit = frozen.units.iter().find(|unit| unit.code == "bg.vietyen").expect("the unit");
    let path = format!("/editions/{edition}/figures/B05?unit={}", unit.uid);
    let look = || compiler.get(&path).ok();
    let page = look();
    assert!(page.contains("1 lần ghi cộng vào chỉ tiêu này, tổng <b>9</b>"), "{page}");
    // The report tells more than was noted, and the page says so.
    assert!(page.contains("nhiều hơn tổng các lần ghi"), "{page}");
    assert!(!page.contains("id=\"later\"") && !page.contains("sau khi gửi</span>"), "{page}");
    let officer = app.client(OFFICER);
    let indicator = indicator.to_string();
    let later = [
        ("done_on", "09/6/2025"),
        ("text", "Việc ghi muộn"),
        ("quantity", "50"),
        ("measure_unit", "tin, bài"),
        ("indicator", indicator.as_str()),
    ];
    officer.post(&format!("/tasks/{task}/entries"), &later).redirected();
    let at = format!("/task-entries/{entry}");
    let seen = hidden(&officer.get(&at).ok(), "seen").expect("what was seen");
    let corrected = [
        ("seen", seen.as_str()),
        ("done_on", "17/5/2025"),
        ("text", "Chữ đã sửa"),
        ("quantity", "30"),
        ("measure_unit", "tin, bài"),
        ("indicator", indicator.as_str()),
    ];
    officer.post(&at, &corrected).redirected();
    let page = look();
    assert!(page.contains("1 lần ghi cộng vào chỉ tiêu này, tổng <b>9</b>"), "{page}");
    let counted = list(&page, "counted");
    assert!(counted.contains("mô hình tại cơ sở") && counted.contains("đã sửa sau khi gửi"), "{counted}");
    assert!(!page.contains("Chữ đã sửa"), "{page}");
    assert!(list(&page, "later").contains("Việc ghi muộn") && !counted.contains("Việc ghi muộn"), "{page}");
    let seen = hidden(&officer.get(&at).ok(), "seen").expect("what was seen");
    officer.post(&format!("{at}/removal"), &[("seen", &seen)]).redirected();
    let page = look();
    assert!(page.contains("1 lần ghi cộng vào chỉ tiêu này, tổng <b>9</b>"), "{page}");
    assert!(list(&page, "counted").contains("đã xóa sau khi gửi"), "{page}");
}
