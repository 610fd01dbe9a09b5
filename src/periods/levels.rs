//! The levels of a period: which bodies collect for others, to whom each sends its consolidated report, and by when
//! the units below it must have sent theirs (NĐ 09/2019 Điều 8.5.b). Pure; it stands between routes and obligations.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveTime};

use crate::calendar::{DueRule, Holidays, Window, hour_words};
use crate::db::ids::UnitId;
use crate::vietnamese::short_date;

/// Working days between a lower level's last day and its upper one's, where nothing else was said.
pub const LEAD: i32 = 1;

/// Who sends a consolidated report to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upward {
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub mode: String,
}

/// What was typed for a lower level; a part that is none is left to the level's lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// The last day of the units below it.
    pub day: Option<NaiveDate>,
    /// The hour of that day at which it is over, local time.
    pub hour: Option<NaiveTime>,
}

/// A body below the regime's collector that collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub collector: UnitId,
    /// Where its consolidated report goes.
    pub upper: UnitId,
    pub mode: String,
    /// How the units below it are told their last day.
    pub due: DueRule,
    /// How it is told its own last day towards the upper body.
    pub above: DueRule,
}

/// The bodies below `top` that collect from units of `own` (unit, collector), upper ones first. The second part names
/// bodies whose consolidated report leads nowhere, or round in a circle.
pub fn chain(
    top: UnitId,
    own: &[(UnitId, UnitId)],
    upward: &[Upward],
) -> (Vec<(UnitId, Upward)>, Vec<UnitId>) {
    let collectors: BTreeSet<UnitId> = own.iter().map(|(_, collector)| *collector).collect();
    let route = |unit: UnitId| upward.iter().find(|up| up.unit_id == unit);
    let (mut found, mut lost): (Vec<(usize, Upward)>, BTreeSet<UnitId>) = (Vec::new(), BTreeSet::new());
    for start in collectors {
        let (mut at, mut path): (UnitId, Vec<Upward>) = (start, Vec::new());
        let arrives = loop {
            if at == top {
                break true;
            }
            match route(at) {
                Some(up) if path.iter().all(|earlier| earlier.unit_id != up.unit_id) => {
                    path.push(up.clone());
                    at = up.collector_id;
                }
                _ => break false,
            }
        };
        if !arrives {
            lost.insert(start);
            continue;
        }
        let depth = path.len();
        for (place, up) in path.into_iter().enumerate() {
            if found.iter().all(|(_, other)| other.unit_id != up.unit_id) {
                found.push((depth - place, up));
            }
        }
    }
    found.sort_by_key(|(depth, up)| (*depth, up.unit_id));
    (found.into_iter().map(|(_, up)| (up.unit_id, up)).collect(), lost.into_iter().collect())
}

/// The levels with their due words: as given, else `leads` working days (one where nothing is said) before the upper
/// level's last day; undated below an undated level. An hour holds where one is given, or where the day is the upper
/// level's own, which ends at an hour.
pub fn dated(
    chain: Vec<(UnitId, Upward)>,
    top: DueRule,
    given: &HashMap<UnitId, Given>,
    leads: &HashMap<UnitId, i32>,
    holidays: &Holidays,
) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for (collector, up) in chain {
        let upper = levels.iter().find(|level| level.collector == up.collector_id);
        let above = upper.map_or(top, |level| level.due);
        let lead = leads.get(&collector).copied().unwrap_or(LEAD);
        let typed = given.get(&collector).copied().unwrap_or_default();
        let day = typed.day.or(above.last_day().map(|last| before(last, lead, holidays)));
        let due = match (day, typed.hour) {
            (Some(day), Some(hour)) => DueRule::BeforeHour(day, hour),
            // On the upper level's own day its own words hold: "trước 16 giờ 00" or "chậm nhất 16 giờ 00".
            (Some(_), None) if day == above.last_day() && above.hour().is_some() => above,
            (Some(day), None) => DueRule::By(day),
            (None, _) => DueRule::Undated,
        };
        levels.push(Level { collector, upper: up.collector_id, mode: up.mode, due, above });
    }
    levels
}

/// So many working days before a day; the day itself for none.
pub fn before(day: NaiveDate, working_days: i32, holidays: &Holidays) -> NaiveDate {
    (0..working_days).fold(day, |day, _| holidays.last_working_day_before(day))
}

impl Level {
    /// Why the day or its hour cannot stand: the units below would be due after the body that consolidates them.
    pub fn problem(&self, name: &str) -> Option<String> {
        let (day, upper) = (self.due.last_day()?, self.above.last_day()?);
        let later = match (self.due.hour(), self.above.hour()) {
            (Some(hour), Some(above)) => hour > above,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let at = |day: NaiveDate, hour: Option<NaiveTime>| match hour.filter(|_| day == upper) {
            Some(hour) => format!("{} ngày {}", hour_words(hour), short_date(day)),
            None => short_date(day),
        };
        (day > upper || (day == upper && later)).then(|| {
            format!(
                "Thời hạn các đơn vị gửi {name} ({}) sau thời hạn {name} phải gửi báo cáo tổng hợp ({}). Nhập thời \
                 hạn sớm hơn.",
                at(day, self.due.hour()),
                at(upper, self.above.hour())
            )
        })
    }

    /// What a person must confirm: no working day to consolidate in, or less than one after the cut-off.
    /// `rolling`: the regime moves a last day on a rest day to the next working day.
    pub fn warning(
        &self,
        name: &str,
        window: Option<Window>,
        rolling: bool,
        holidays: &Holidays,
    ) -> Option<String> {
        let day = self.due.last_day()?;
        if self.above.last_day() == Some(day) {
            return Some(format!(
                "Các đơn vị gửi {name} cùng ngày {name} phải gửi báo cáo tổng hợp ({}); không còn ngày nào để tổng hợp.",
                short_date(day)
            ));
        }
        let earliest = holidays.next_working_day_on_or_after(window?.to.succ_opt()?);
        let day = if rolling { holidays.next_working_day_on_or_after(day) } else { day };
        (day < earliest).then(|| {
            format!(
                "Thời hạn các đơn vị gửi {name} ({}) chưa cách ngày chốt số liệu ít nhất 01 ngày làm việc như Điều 8 \
                 Nghị định 09/2019/NĐ-CP; sớm nhất nên là ngày {}.",
                short_date(day),
                short_date(earliest)
            )
        })
    }
}
