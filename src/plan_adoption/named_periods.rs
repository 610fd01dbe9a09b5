//! The one period a document asks a report for: "báo cáo kết quả 6 tháng đầu năm 2025", the days its figures are counted over, and the
//! day by which another sentence of the document asks for it. Pure.

use chrono::Datelike;

use super::draft::DutyItem;
use crate::calendar::Window;
use crate::plan_reader::Reading;
use crate::plans::deliverable::asks_for_plan;
use crate::vietnamese::{day_month, parse_date, search_key, short_date};

/// Years a document may name.
const YEARS: std::ops::Range<i32> = 1990..2200;

/// What comes back names no one period.
const RECURS: [&str; 3] = ["hang nam", "dinh ki", "dinh ky"];

/// Notes in a duty the year of the period its sentence names, the year from which it is asked, and the days the document counts.
pub(super) fn note(duty: &mut DutyItem, reading: &Reading) {
    if duty.what != "report" {
        return;
    }
    duty.year = named_year(&duty.text, &duty.cycle);
    duty.since = since(&duty.text);
    let window = reading.clauses.iter().find_map(|clause| counted(&clause.text));
    if let Some(window) = window.filter(|window| fits(&duty.cycle, *window))
        && duty.year.is_none_or(|year| year == window.to.year())
    {
        duty.counted = format!("{}-{}", short_date(window.from), short_date(window.to));
    }
}

/// The days noted in a duty.
pub(super) fn window_of(duty: &DutyItem) -> Option<Window> {
    let (from, to) = duty.counted.split_once('-')?;
    Window::new(parse_date(from).ok()?, parse_date(to).ok()?)
}

/// Puts together what a letter says of one report in several sentences: the period, the day, and that it is asked by that day every year.
pub(super) fn gather(duties: &mut Vec<DutyItem>) {
    let named: Vec<u32> = duties.iter().filter(|duty| duty.year.is_some()).map(|duty| duty.key).collect();
    for key in named {
        take_day(duties, key);
        take_later(duties, key);
    }
}

/// The day of a report that is asked for once in a sentence of its own, where there is one such.
fn take_day(duties: &mut Vec<DutyItem>, key: u32) {
    let Some(duty) = duties.iter().find(|duty| duty.key == key && duty.rule == "undated") else { return };
    let year = duty.year.unwrap_or_default();
    let is_of = |other: &&DutyItem| {
        let day = parse_date(&other.when).ok();
        other.what == "document"
            && other.cycle == "once"
            && is_by(other, duty)
            && (other.rule == "before" || other.rule == "by")
            && day.is_some_and(|day| day.year() == year || day.year() == year + 1)
            && search_key(&other.text).contains("bao cao")
            && !asks_for_plan(&other.text)
    };
    let mut found = duties.iter().filter(is_of);
    let (Some(day), None) = (found.next().cloned(), found.next()) else { return };
    let Ok(date) = parse_date(&day.when) else { return };
    duties.retain(|duty| duty.key != day.key);
    if let Some(duty) = duties.iter_mut().find(|duty| duty.key == key) {
        (duty.rule, duty.hour) = (day.rule, day.hour);
        (duty.when, duty.only_on) = (day_month(date.day(), date.month()), short_date(date));
        duty.to = if duty.to.is_empty() { day.to } else { std::mem::take(&mut duty.to) };
        duty.via = if duty.via.is_empty() { day.via } else { std::mem::take(&mut duty.via) };
        duty.sure = duty.sure.min(day.sure);
        duty.taken &= day.taken;
        name_those(duty, day.units);
        add_lines(duty, &day.lines);
    }
}

/// The same report by the same day of every year: one duty, whose first period is the one that is named.
fn take_later(duties: &mut Vec<DutyItem>, key: u32) {
    let Some(duty) = duties.iter().find(|duty| duty.key == key) else { return };
    let same = |other: &&DutyItem| {
        other.key != key
            && other.year.is_none()
            && other.only_on.is_empty()
            && (&other.what, &other.cycle) == (&duty.what, &duty.cycle)
            && is_by(other, duty)
            && (&other.rule, &other.when) == (&duty.rule, &duty.when)
    };
    let Some(later) = duties.iter().find(same).cloned() else { return };
    duties.retain(|duty| duty.key != later.key);
    if let Some(duty) = duties.iter_mut().find(|duty| duty.key == key) {
        duty.only_on.clear();
        name_those(duty, later.units);
        add_lines(duty, &later.lines);
    }
}

/// Whether a sentence is about those who owe a duty: it names them, or nobody; and in a letter "các đơn vị" are those it is written to.
fn is_by(other: &DutyItem, duty: &DutyItem) -> bool {
    other.units == duty.units || other.units.is_empty() || is_everybody(other) || is_everybody(duty)
}

/// Whether a sentence speaks of whoever is meant, without a name.
fn is_everybody(duty: &DutyItem) -> bool {
    let words = |name: &String| {
        let key = search_key(name);
        key.strip_prefix("cac ").is_some_and(|rest| {
            rest.split(' ').all(|word| matches!(word, "co" | "quan" | "don" | "vi" | "dia" | "phuong"))
        })
    };
    !duty.units.is_empty() && duty.units.iter().all(words)
}

/// Names instead of "các đơn vị", where another sentence of the same report has them.
fn name_those(duty: &mut DutyItem, units: Vec<String>) {
    if is_everybody(duty) && !units.is_empty() {
        duty.units = units;
    }
}

fn add_lines(duty: &mut DutyItem, lines: &[usize]) {
    duty.lines.extend(lines);
    duty.lines.sort_unstable();
    duty.lines.dedup();
}

/// Whether a text speaks of the second half of a year and not of the first.
pub(super) fn is_second_half(text: &str) -> bool {
    let key = search_key(text);
    key.contains("thang cuoi nam") && !key.contains("thang dau nam")
}

/// The year of the period that a sentence names for a cycle; of several the last, others are compared with.
fn named_year(text: &str, cycle: &str) -> Option<i32> {
    let heads: &[&str] = match cycle {
        "half" => &["6 thang dau nam", "06 thang dau nam", "sau thang dau nam"],
        "half2" => &["6 thang cuoi nam", "06 thang cuoi nam", "sau thang cuoi nam"],
        "nine" => &["9 thang dau nam", "09 thang dau nam", "9 thang nam", "chin thang dau nam"],
        "year" => &["bao cao nam", "ket qua nam", "tong ket nam", "ca nam"],
        _ => &[],
    };
    let key = format!(" {} ", search_key(text));
    if RECURS.iter().any(|words| key.contains(words)) {
        return None;
    }
    heads.iter().flat_map(|head| years_behind(&key, head)).max()
}

/// The years right behind some words.
fn years_behind<'k>(key: &'k str, words: &str) -> impl Iterator<Item = i32> + use<'k> {
    let behind: Vec<&str> = key.split(&format!(" {words} ")).skip(1).collect();
    behind
        .into_iter()
        .filter_map(|rest| rest.split(' ').next()?.parse().ok())
        .filter(|year| YEARS.contains(year))
}

/// "Từ năm 2026 trở đi"; none of "từ năm 2021 đến năm 2025".
fn since(text: &str) -> Option<i32> {
    let key = format!(" {} ", search_key(text));
    years_behind(&key, "tu nam").find(|year| key.contains(&format!(" tu nam {year} tro di")))
}

/// "Số liệu từ ngày 15/12/2024 đến hết ngày 14/6/2025" in a text that says that figures are meant.
fn counted(text: &str) -> Option<Window> {
    if !search_key(text).contains("so lieu") {
        return None;
    }
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['.', ',', ';', ':', '(', ')'])).collect();
    let keys: Vec<String> = words.iter().map(|word| search_key(word)).collect();
    let day = |mut at: usize| {
        while keys.get(at).is_some_and(|key| key == "ngay" || key == "het") {
            at += 1;
        }
        Some((parse_date(words.get(at)?).ok()?, at + 1))
    };
    (0..words.len()).filter(|at| keys[*at] == "tu").find_map(|at| {
        let (from, next) = day(at + 1)?;
        let (to, _) = keys.get(next).filter(|key| *key == "den").and_then(|_| day(next + 1))?;
        Window::new(from, to)
    })
}

/// Whether some days are as many as a cycle counts.
fn fits(cycle: &str, window: Window) -> bool {
    match cycle {
        "half" | "half2" => (150..=200).contains(&window.days()),
        "nine" => (250..=290).contains(&window.days()),
        "year" => (350..=370).contains(&window.days()),
        _ => false,
    }
}
