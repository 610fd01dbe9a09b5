//! What the collecting body itself is to report further up: its edition goes there, and no regime of its own asks for it. The day is kept
//! at the body's own task. Pure.

use chrono::NaiveDate;

use super::draft::{Draft, DutyItem, TaskItem};
use super::ground::Ground;
use super::holders::whom;
use super::regimes_made::plans;
use crate::calendar::Preset;
use crate::plans::shortened;
use crate::vietnamese::{parse_date, search_key, short_date};

/// Notes the next day of each of some duties at the collector's tasks in the same lines, where those have none.
pub(super) fn keep_days(draft: &mut Draft, ground: &Ground, duties: &[u32]) {
    let mut days: Vec<(u32, NaiveDate)> = Vec::new();
    for duty in draft.duties.iter().filter(|duty| duties.contains(&duty.key)) {
        let Some(day) = next_day(duty, ground) else { continue };
        let without = draft.tasks.iter().filter(|task| task.due_on.is_empty());
        let of = without.filter(|task| shares_lines(task, duty) && is_own(draft, ground, task));
        days.extend(of.map(|task| (task.key, day)));
    }
    days.sort_unstable();
    for (key, day) in days {
        if let Some(task) = draft.tasks.iter_mut().find(|task| task.key == key && task.due_on.is_empty()) {
            task.due_on = short_date(day);
        }
    }
}

/// Why the collector's own duty makes no regime, and what to do; none where it goes to nobody else.
pub(super) fn words(draft: &Draft, ground: &Ground, all: &[&DutyItem]) -> Option<String> {
    let own = &ground.collector_name;
    let itself = search_key(own);
    let to = all.iter().map(|duty| duty.to.trim()).find(|to| {
        let key = search_key(to);
        !key.is_empty() && !itself.starts_with(&key)
    })?;
    let tasks = draft.tasks.iter().filter(|task| task.taken && !task.due_on.is_empty());
    let task = tasks
        .filter(|task| is_own(draft, ground, task))
        .find(|task| all.iter().any(|duty| shares_lines(task, duty)));
    let kept = match task {
        Some(task) => format!(
            "Thời hạn được giữ ở nhiệm vụ “{}”: chậm nhất ngày {}.",
            shortened(&task.text, 60),
            parse_date(&task.due_on).map_or_else(|_| task.due_on.clone(), short_date)
        ),
        None => format!("Thêm nhiệm vụ có ngày hoàn thành cho {own} để giữ thời hạn này."),
    };
    Some(format!(
        "{own} là nơi tổng hợp, không tự gửi cho mình; báo cáo gửi {to} lập từ bản tổng hợp. {kept} Bỏ nghĩa vụ này; nếu {to} thu báo cáo trên \
         hệ thống thì quản trị lập chế độ báo cáo do {to} thu."
    ))
}

fn shares_lines(task: &TaskItem, duty: &DutyItem) -> bool {
    task.lines.iter().any(|line| duty.lines.contains(line))
}

/// Whether the collector alone leads a task.
fn is_own(draft: &Draft, ground: &Ground, task: &TaskItem) -> bool {
    let own = format!("unit:{}", ground.collector);
    let leads: Vec<String> = task.lead.iter().flat_map(|name| whom(draft, ground, name)).collect();
    !leads.is_empty() && leads.iter().all(|who| *who == own)
}

/// The next last day in time of a duty, today included.
fn next_day(duty: &DutyItem, ground: &Ground) -> Option<NaiveDate> {
    use chrono::Datelike;
    let from = ground.today;
    let plans = plans(duty, Preset::Nd09).ok()?;
    let of_year = |year: i32| {
        let days = plans.iter().filter_map(move |plan| plan.due.for_year(year)?.at(plan.hour).last_day());
        days.collect::<Vec<_>>()
    };
    (from.year()..=from.year() + 1).flat_map(of_year).filter(|day| *day >= from).min()
}
