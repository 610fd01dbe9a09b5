//! The days off and made up of the ninety days to come as a leader reads them: by name, a run of days in one line, and those
//! the law leads one to expect while the year's notice is not entered. Pure; it stands between the table of days, the law and
//! the leader's screen.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::overview::{AHEAD, Event};
use crate::calendar::{DayKind, ProposedDay, public_holidays};
use crate::days::KeptDay;
use crate::vietnamese::day_month;

/// Days of one kind with nothing but rest days between them.
struct Run {
    from: NaiveDate,
    to: NaiveDate,
    kind: DayKind,
    names: Vec<String>,
    /// At least one of them is decided by a notice that is not entered.
    expected: bool,
}

/// The days of the next ninety, of those on record (`kept`) and, in years without a notice, of those the law proposes.
pub fn days_off(kept: &[KeptDay], noticed: &[i64], today: NaiveDate) -> Vec<Event> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let law: Vec<ProposedDay> = (today.year()..=end.year()).flat_map(public_holidays).collect();
    let open = law.iter().filter(|one| !noticed.contains(&i64::from(one.day.year())));
    let mut days: BTreeMap<NaiveDate, (DayKind, String, bool)> =
        open.map(|one| (one.day, (one.kind, one.name.to_owned(), !one.certain))).collect();
    for day in kept {
        // The law's name holds a run together: "Tết Âm lịch", and not "Mùng 1" on one of its days.
        let by_law = law.iter().find(|one| one.day == day.day && one.kind == day.kind);
        let name = by_law.map_or_else(|| day.name.clone(), |one| one.name.to_owned());
        days.insert(day.day, (day.kind, name, false));
    }
    let mut runs: Vec<Run> = Vec::new();
    for (day, (kind, name, expected)) in days.into_iter().filter(|(day, _)| today <= *day && *day <= end) {
        match runs.last_mut() {
            Some(run) if run.kind == kind && follows(run.to, day) => {
                run.to = day;
                run.expected |= expected;
                if !run.names.contains(&name) {
                    run.names.push(name);
                }
            }
            _ => runs.push(Run { from: day, to: day, kind, names: vec![name], expected }),
        }
    }
    runs.iter().map(event).collect()
}

/// Whether only rest days lie between two days.
fn follows(last: NaiveDate, day: NaiveDate) -> bool {
    let mut between = last.iter_days().skip(1).take_while(|between| *between < day);
    between.all(|between| matches!(between.weekday(), Weekday::Sat | Weekday::Sun))
}

/// "Tết Âm lịch, 16/02–20/02 (dự kiến)".
fn event(run: &Run) -> Event {
    let mut words = run.names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    if words.is_empty() {
        words = run.kind.label().to_lowercase();
    }
    if run.from != run.to {
        let short = |day: NaiveDate| day_month(day.day(), day.month());
        words.push_str(&format!(", {}–{}", short(run.from), short(run.to)));
    }
    if run.expected {
        words.push_str(" (dự kiến)");
    }
    Event { day: run.from, words, href: String::new() }
}
