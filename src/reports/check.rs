//! What stands in the way of sending, and what must be explained first. Pure: content, outline and the past in,
//! findings out; the page before sending, the verbs that send and the collector's review all ask here.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::check_amended::stale_words;
use super::check_days::{actual_day, late_rows};
use super::finding::{Finding, Findings};
use super::foreign_period::{foreign_period, looks_ahead};
use super::ledger;
use super::outline::{AskedIndicator, AskedTask};
use super::plausible::implausible;
use super::silence::{YES_OR_NO, ZERO_IF_NONE};
use super::trivial::{trivial, unchanged};
use super::{ClaimedElsewhere, Content, Entry, Outline, Past, Reading, TaskResult, form, shown, year};
use crate::calendar::{Cycle, Window};
use crate::error::Problems;
use crate::indicators::PeriodRule;
use crate::plans::{Part, shortened};
use crate::vietnamese::{Level, group_thousands, search_key};

/// A figure this many times the earlier one, or this small a part of it, is asked about.
const LEAP: i64 = 10;
/// Begins the key of what could be read in two ways.
const READ: &str = "read";
/// A shorter text may well be the same twice ("Không có.").
const EQUAL_TEXT: usize = 80;

/// The dates a check is made by.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    pub cycle: Option<Cycle>,
    pub window: Option<Window>,
    pub today: NaiveDate,
}

/// Checks a report before it leaves the unit. `confirmed` are the keys ticked so far.
pub fn check(
    content: &Content,
    outline: &Outline,
    past: &Past,
    dates: Dates,
    confirmed: &BTreeSet<String>,
) -> Findings {
    let mut findings = Findings::default();
    blockers(&mut findings, content, outline);
    let mut warn = |field: String, place: &str, key: String, message: String, noted: bool| {
        let explained = noted || confirmed.contains(&key);
        findings.warnings.push(Finding { field, place: place.to_owned(), message, key, explained, noted });
    };
    for asked in outline.typed() {
        let blank = Entry::default();
        let entry = content.entries.get(&asked.id).unwrap_or(&blank);
        if let Some((half, message)) = year::below_half(asked, entry, &past.halves) {
            let year = entry.reading.value().unwrap_or_default();
            let key = format!("half:{}:{year}:{half}", asked.code);
            warn(format!("figure.{}", asked.code), &asked.code, key, message, !entry.note.is_empty());
        }
        if let Some((logged, message)) = past.ledger.above(asked, entry) {
            let key = format!(
                "{}{}:{}:{logged}",
                ledger::KEY,
                asked.code,
                entry.reading.value().unwrap_or_default()
            );
            warn(format!("figure.{}", asked.code), &asked.code, key, message, !entry.note.is_empty());
        }
        for (kind, message) in figure_warnings(asked, entry, past) {
            let before = past.nearest(asked.id).map_or(String::new(), |(value, _)| value.to_string());
            let value = entry.reading.value().map_or(String::new(), |value| value.to_string());
            let key = format!("{kind}:{}:{value}:{before}", asked.code);
            // A note says why a figure is what it is, not that its digits were read as they were meant.
            let noted = kind != READ && !entry.note.is_empty();
            warn(format!("figure.{}", asked.code), &asked.code, key, message, noted);
        }
    }
    for over in over_100(content, outline).into_iter().filter(|over| !is_share(over.part, over.whole)) {
        let noted = content.entries.get(&over.part.id).is_some_and(|entry| !entry.note.is_empty());
        let message = over.message();
        warn(format!("figure.{}", over.part.code), &over.part.code, over.key, message, noted);
    }
    for found in implausible(content, outline, past) {
        warn(format!("figure.{}", found.code), &found.code, found.key, found.message, found.noted);
    }
    if let Some(found) = trivial(content, outline, past) {
        let message = format!("{} Đơn vị tổng hợp sẽ xem có tiếp nhận hay không.", found.message());
        warn("main".to_owned(), "", found.key(), message, false);
    }
    if let Some(found) = unchanged(content, outline, past) {
        let first = outline.typed().next().map_or(String::new(), |asked| format!("figure.{}", asked.code));
        let message = format!("{} Kiểm tra lại số liệu của kỳ này.", found.message());
        warn(first, "", found.key, message, false);
    }
    for section in &outline.sections {
        let body = content.section(&section.code);
        let field = format!("section.{}", section.code);
        let place = format!("Phần {}", section.label);
        if let Some(word) = foreign_period(body, dates.cycle, looks_ahead(&section.title)) {
            let key = format!("period:{}:{word}", section.code);
            let message = format!("Có nhắc “{word}”: kiểm tra có đúng kỳ báo cáo không.");
            warn(field.clone(), &place, key, message, false);
        }
        if let Some((label, before)) = past.section(&section.code)
            && body.chars().count() >= EQUAL_TEXT
            && search_key(body) == search_key(before)
        {
            let message = format!("Giống hệt nội dung kỳ trước ({label}).");
            let key = format!("same:{}:{}", section.code, body.chars().count());
            warn(field, &place, key, message, false);
        }
    }
    for (at, key, message) in claimed_twice(content, past) {
        warn(format!("evidence.{at}.url"), "Minh chứng", key, message, false);
    }
    if let Some((field, key, message)) = unanswered(content, outline) {
        warn(field, "", key, message, false);
    }
    for remark in &outline.remarks {
        let answer = content.answers.get(&remark.id).cloned().unwrap_or_default();
        if !answer.done {
            let message = format!("Góp ý chưa đánh dấu “Đã sửa”: {}", remark.body);
            let (field, place) = (format!("remark.{}", remark.id), remark.place.words(outline));
            warn(field.clone(), &place, field, message, !answer.text.is_empty());
        }
    }
    for found in stale_words(content, outline, past) {
        warn(found.field, "", found.key, found.message, found.noted);
    }
    for found in late_rows(content, outline, dates).into_iter().chain(actual_day(content, outline, dates)) {
        warn(found.field, "", found.key, found.message, found.noted);
    }
    findings
}

/// Letters of a title in a warning.
const NAMED: usize = 100;

/// Posts that stand in this report twice, or in another one too: row, key, words.
fn claimed_twice(content: &Content, past: &Past) -> Vec<(usize, String, String)> {
    let mut met: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (at, link) in content.evidence.iter().enumerate() {
        let key = link.url_key();
        if key.is_empty() {
            continue;
        }
        if let Some(first) = met.get(&key) {
            let message = format!("Trùng với dòng {}: cùng một bài viết.", first + 1);
            found.push((at, format!("link:twice:{key}"), message));
            continue;
        }
        let others: Vec<&ClaimedElsewhere> = past.claimed.iter().filter(|other| other.key == key).collect();
        met.insert(key.clone(), at);
        if !others.is_empty() {
            let all = |words: &dyn Fn(&ClaimedElsewhere) -> String, mark: &str| {
                others.iter().map(|other| words(other)).collect::<Vec<_>>().join(mark)
            };
            let name = if link.title.trim().is_empty() { &link.url } else { &link.title };
            let elsewhere = all(&ClaimedElsewhere::words, "; ");
            let message = format!("“{}”. Đường dẫn này cũng có trong {elsewhere}.", shortened(name, NAMED));
            found.push((at, format!("link:{key}:{}", all(&ClaimedElsewhere::key, ";")), message));
        }
    }
    found
}

fn blockers(findings: &mut Findings, content: &Content, outline: &Outline) {
    if content.is_blank() {
        findings.block("main", "Báo cáo chưa có nội dung nào.");
        return;
    }
    for section in outline.sections.iter().filter(|section| section.required) {
        if content.section(&section.code).trim().is_empty() {
            let message = format!("Chưa nhập phần {}. {}.", section.label, section.title);
            findings.block_blank(format!("section.{}", section.code), message);
        }
    }
    for asked in outline.typed().filter(|asked| asked.required) {
        let reading = content.entries.get(&asked.id).map_or(&Reading::Blank, |entry| &entry.reading);
        if *reading == Reading::Blank {
            let how = if asked.is_bool() { YES_OR_NO } else { ZERO_IF_NONE };
            let message = format!("Chưa nhập {} {}.{how}", asked.code, asked.name);
            findings.block_blank(format!("figure.{}", asked.code), message);
        }
    }
    for problem in contradictions(content, outline).0.into_iter().chain(form::problems(content, outline).0) {
        findings.block(problem.field, problem.message);
    }
}

/// Figures that cannot both be right, at the field of the first: a part larger than its whole.
pub fn contradictions(content: &Content, outline: &Outline) -> Problems {
    let mut problems = Problems::default();
    for over in over_100(content, outline).into_iter().filter(|over| is_share(over.part, over.whole)) {
        let message = format!("{}: {} Sửa một trong hai số.", over.part.code, over.message());
        problems.add(format!("figure.{}", over.part.code), message);
    }
    problems
}

/// A ratio whose typed parts make more than 100 %.
struct Over<'a> {
    part: &'a AskedIndicator,
    whole: &'a AskedIndicator,
    whole_value: i64,
    key: String,
}

impl Over<'_> {
    fn message(&self) -> String {
        let whole = self.whole;
        format!("Lớn hơn {} ({}), tỷ lệ vượt 100%.", whole.code, shown(self.whole_value, whole))
    }
}

fn over_100<'a>(content: &Content, outline: &'a Outline) -> Vec<Over<'a>> {
    let over = |asked: &'a AskedIndicator| {
        let (part, whole) = asked.parts?;
        let (part_value, whole_value) = (content.value(part)?, content.value(whole)?);
        let (part, whole) = (outline.indicator(part)?, outline.indicator(whole)?);
        let key = format!("over:{}:{part_value}:{whole_value}", asked.code);
        (part_value > whole_value && part.scale == whole.scale).then_some(Over {
            part,
            whole,
            whole_value,
            key,
        })
    };
    outline.indicators.iter().filter_map(over).collect()
}

/// Whether the numerator is counted out of the denominator, so that more than 100 % cannot be. Not so where what
/// happened in a period is set against those there at its end: who has left since is in the first and not the second.
fn is_share(part: &AskedIndicator, whole: &AskedIndicator) -> bool {
    part.period_rule != PeriodRule::Flow || whole.period_rule == PeriodRule::Flow
}

fn figure_warnings(asked: &AskedIndicator, entry: &Entry, past: &Past) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let before = past.nearest(asked.id);
    match (&entry.reading, before) {
        (Reading::Value(value), _) if entry.ambiguous => {
            let message = format!("“{}” được đọc là {}. Đúng không?", entry.typed, shown(*value, asked));
            found.push((READ, message));
        }
        (Reading::Blank, Some((before, label))) if !asked.required && before != 0 => {
            let message = format!("Để trống, trong khi {label} có {}.", shown(before, asked));
            found.push(("dropped", message));
        }
        _ => {}
    }
    if let (Reading::Value(value), Some((before, label))) = (&entry.reading, before)
        && !asked.is_bool()
        && before > 0
        && *value > 0
    {
        let (now, then) = (shown(*value, asked), shown(before, asked));
        if before.checked_mul(LEAP).is_some_and(|limit| *value >= limit) {
            let times = value / before;
            found.push(("leap", format!("{now} gấp {} lần {label} ({then}).", group_thousands(times))));
        } else if value.checked_mul(LEAP).is_some_and(|limit| limit <= before) {
            let times = before / value;
            found.push(("fall", format!("{now} bằng 1/{} {label} ({then}).", group_thousands(times))));
        }
    }
    if entry.reading == Reading::Value(0) && entry.level() != Level::default() && !asked.is_bool() {
        let level = entry.level().label();
        found.push(("zero", format!("“{level} 0”: 0 không phải số {level}. Không có thì chọn “chính xác”.")));
    }
    found
}

/// The tasks the unit leads and says nothing about, or all where it says nothing about any, as one warning at the
/// first of them: a unit may have had nothing to do for some, and says so by confirming.
fn unanswered(content: &Content, outline: &Outline) -> Option<(String, String, String)> {
    let blank = |task: &&AskedTask| content.tasks.get(&task.id).is_none_or(TaskResult::is_blank);
    let mut left: Vec<&AskedTask> = outline.tasks.iter().filter(blank).collect();
    if left.len() < outline.tasks.len() {
        left.retain(|task| task.part == Part::Lead.name());
    }
    let first = left.first().filter(|_| !content.is_blank())?;
    let ids: Vec<String> = left.iter().map(|task| task.id.to_string()).collect();
    let mut clauses: Vec<&str> = left.iter().map(|task| task.clause.as_str()).collect();
    clauses.dedup();
    let message = format!(
        "Chưa nhập kết quả của {}/{} nhiệm vụ (mục {}). Chưa triển khai thì chọn “chưa triển khai”.",
        left.len(),
        outline.tasks.len(),
        clauses.join(", ")
    );
    Some((format!("task.{}.body", first.id), format!("tasks:{}", ids.join(":")), message))
}
