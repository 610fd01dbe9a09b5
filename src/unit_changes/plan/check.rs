//! What stands against an event: a body that is gone or not there yet, a date before its last change, a function
//! nobody holds, lines that contradict each other.

use super::super::facts::Facts;
use super::super::{Body, Event, Kind};
use crate::db::ids::UnitId;
use crate::error::Problems;
use crate::vietnamese::short_date;

/// The fields of the form that messages belong to.
const DATE: &str = "effective_on";
const LINES: &str = "lines";

pub(super) fn check(event: &Event, facts: &Facts, problems: &mut Problems) {
    if event.lines.is_empty() {
        problems.add(LINES, "Chọn đơn vị được sắp xếp.");
    }
    for unit in event.froms() {
        gives(event, facts, unit, problems);
    }
    for unit in event.known_takers() {
        takes(event, facts, unit, problems);
    }
    functions(event, facts, problems);
    shape(event, facts, problems);
}

/// A body that gives exists on the eve, and nothing is recorded about it from the day on.
fn gives(event: &Event, facts: &Facts, unit: UnitId, problems: &mut Problems) {
    let (eve, name) = (event.eve(), facts.name(unit, event.eve()));
    let Some(life) = facts.units.get(&unit) else {
        problems.add(LINES, "Đơn vị được chọn không có trong danh mục.");
        return;
    };
    if let Some(last) = life.existed_to.filter(|last| *last < event.effective_on) {
        let last = short_date(last);
        problems.add(LINES, format!("{name} đã kết thúc hoạt động, ngày cuối {last}."));
        return;
    }
    if !life.existed_on(eve) {
        problems
            .add(DATE, format!("{name} chưa được thành lập trước ngày {}.", short_date(event.effective_on)));
        return;
    }
    if matches!(event.kind, Kind::Transfer) || !(event.ends(unit) || event.kind == Kind::Rename) {
        return;
    }
    let later = facts.versions.iter().filter(|v| v.unit_id == unit).filter_map(|v| v.valid_from).max();
    if let Some(day) = later.filter(|day| *day >= event.effective_on) {
        let day = short_date(day);
        problems.add(DATE, format!("{name} đã có thay đổi từ ngày {day}; chọn ngày hiệu lực sau ngày đó."));
    }
    let holder =
        facts.holders.iter().filter(|row| row.unit_id == unit).filter_map(|row| row.valid_from).max();
    if let Some(day) = holder.filter(|day| *day >= event.effective_on) {
        let day = short_date(day);
        problems
            .add(DATE, format!("{name} nhận thêm chức năng từ ngày {day}; chọn ngày hiệu lực sau ngày đó."));
    }
}

/// A body that takes exists on the day and does not end in the same event.
fn takes(event: &Event, facts: &Facts, unit: UnitId, problems: &mut Problems) {
    let name = facts.name(unit, event.effective_on);
    match facts.units.get(&unit) {
        None => problems.add(LINES, "Đơn vị tiếp nhận không có trong danh mục."),
        Some(life) if !life.existed_on(event.effective_on) => {
            let day = short_date(event.effective_on);
            problems.add(LINES, format!("{name} không hoạt động vào ngày {day} nên không tiếp nhận được."));
        }
        Some(_) if event.ends(unit) => {
            problems.add(LINES, format!("{name} vừa tiếp nhận vừa kết thúc hoạt động trong cùng sự kiện."));
        }
        Some(_) => {}
    }
}

fn functions(event: &Event, facts: &Facts, problems: &mut Problems) {
    for line in &event.lines {
        let Some(function) = line.function else { continue };
        let from = facts.name(line.from, event.eve());
        if !facts.functions.contains_key(&function) {
            problems.add(LINES, "Chức năng được chọn không có trong danh mục.");
        } else if !facts.held(line.from, event.eve()).any(|row| row.function_id == function) {
            let (name, day) = (facts.function(function), short_date(event.eve()));
            problems.add(LINES, format!("{from} không giữ chức năng “{name}” vào ngày {day}."));
        }
        if line.to == Some(Body::Known(line.from)) {
            problems.add(LINES, format!("{from} không thể chuyển chức năng cho chính mình."));
        }
        let twice = event.lines.iter().filter(|l| l.from == line.from && l.function == line.function).count();
        if twice > 1 {
            let name = facts.function(function);
            problems.add(LINES, format!("Chức năng “{name}” của {from} được chuyển hai lần."));
        }
    }
}

/// What each kind of event is made of.
fn shape(event: &Event, facts: &Facts, problems: &mut Problems) {
    let whole: Vec<_> = event.lines.iter().filter(|line| line.function.is_none()).collect();
    let mut mend = |ok: bool, words: &str| {
        if !ok {
            problems.add(LINES, words);
        }
    };
    match event.kind {
        Kind::Rename => {
            mend(
                whole.len() == event.lines.len() && event.lines.len() == event.renamed.len(),
                "Đổi tên chỉ áp dụng cho toàn bộ đơn vị.",
            );
            mend(
                whole.iter().all(|line| line.to == Some(Body::Known(line.from))),
                "Đơn vị đổi tên vẫn là đơn vị đó.",
            );
        }
        Kind::Merge => {
            let mut takers: Vec<_> = whole.iter().map(|line| line.to).collect();
            takers.dedup();
            mend(
                takers.len() == 1 && takers.first().is_some_and(Option::is_some),
                "Hợp nhất, sáp nhập cần một đơn vị tiếp nhận toàn bộ.",
            );
            mend(
                whole.iter().all(|line| line.to != Some(Body::Known(line.from))),
                "Đơn vị tiếp nhận không nằm trong số đơn vị được sáp nhập vào nó.",
            );
        }
        Kind::Split => {
            mend(event.froms().len() == 1, "Chia, tách từng đơn vị một.");
            mend(
                whole.iter().filter_map(|line| line.to).count() >= 1 && event.lines.len() >= 2,
                "Chia, tách cần ít nhất hai đơn vị tiếp nhận, trong đó có một đơn vị nhận phần còn lại.",
            );
        }
        Kind::Abolish => mend(
            whole.len() == event.froms().len(),
            "Mỗi đơn vị kết thúc hoạt động có nhiều nhất một đơn vị nhận phần còn lại.",
        ),
        Kind::Transfer => mend(whole.is_empty(), "Chuyển giao nhiệm vụ cần chọn chức năng được chuyển."),
    }
    let mut seen = Vec::new();
    for line in &event.lines {
        if seen.contains(line) {
            let name = facts.name(line.from, event.eve());
            problems.add(LINES, format!("{name} được ghi hai lần với cùng một đơn vị tiếp nhận."));
        }
        seen.push(*line);
    }
}
