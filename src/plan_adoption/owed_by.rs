//! Who owes the duties of a regime, of the bodies there are on the day they are read; and why nobody does. Pure.

use chrono::NaiveDate;

use super::draft::{Draft, DutyItem};
use super::ground::Ground;
use super::holders::whom;
use super::upward;
use crate::db::ids::UnitId;
use crate::units::UnitOn;
use crate::vietnamese::short_date;

/// "unit:7", "group:district": as somebody chose them, else those of the names.
fn chosen(draft: &Draft, ground: &Ground, all: &[&DutyItem]) -> Vec<String> {
    all.iter()
        .flat_map(|duty| match &duty.who {
            Some(chosen) => chosen.clone(),
            None => duty.units.iter().flat_map(|name| whom(draft, ground, name)).collect(),
        })
        .collect()
}

/// Whether a body is one of those chosen: itself, or of a group it was not taken out of.
fn is_among(unit: &UnitOn, chosen: &[String]) -> bool {
    !chosen.contains(&format!("not:{}", unit.id)) && is_chosen(unit, chosen)
}

fn is_chosen(unit: &UnitOn, chosen: &[String]) -> bool {
    chosen.contains(&format!("unit:{}", unit.id)) || chosen.contains(&format!("group:{}", unit.kind_code))
}

/// The bodies of a day that owe the duties, in protocol order, the collector itself left out.
pub(super) fn bodies(draft: &Draft, ground: &Ground, all: &[&DutyItem], day: NaiveDate) -> Vec<UnitId> {
    let chosen = chosen(draft, ground, all);
    let owes = |unit: &&UnitOn| unit.id != ground.collector && is_among(unit, &chosen);
    ground.on(day).iter().filter(owes).map(|unit| unit.id).collect()
}

/// Why nobody owes them: whoever did has ended since, or collects them itself, or the document does not say.
pub(super) fn nobody(draft: &Draft, ground: &Ground, all: &[&DutyItem], day: NaiveDate) -> String {
    let chosen = chosen(draft, ground, all);
    let there = ground.on(day);
    let meant = || ground.bodies.units.iter().filter(|unit| is_among(unit, &chosen));
    let ended: Vec<&str> = meant()
        .filter(|unit| unit.id != ground.collector && there.iter().all(|other| other.id != unit.id))
        .map(|unit| unit.name.as_str())
        .collect();
    if !ended.is_empty() {
        let (names, day) = (ended.join(", "), short_date(day));
        return format!("{names} không còn vào ngày {day}. Chọn đơn vị đang có, hoặc bỏ nghĩa vụ này.");
    }
    match meant().next() {
        Some(own) => upward::words(draft, ground, all).unwrap_or_else(|| {
            format!(
                "{} là nơi tổng hợp, không tự gửi cho mình. Chọn đơn vị khác, hoặc bỏ nghĩa vụ này.",
                own.name
            )
        }),
        None => "chưa rõ đơn vị nào phải gửi. Chọn đơn vị, hoặc bỏ nghĩa vụ này.".to_owned(),
    }
}

/// The kinds of some bodies of a day, in protocol order.
pub(super) fn kinds(ground: &Ground, units: &[UnitId], day: NaiveDate) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for unit in ground.on(day).iter().filter(|unit| units.contains(&unit.id)) {
        if !kinds.contains(&unit.kind_code) {
            kinds.push(unit.kind_code.clone());
        }
    }
    kinds
}
