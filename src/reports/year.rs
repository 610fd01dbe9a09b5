//! A year beside its halves: what happened in the first half and in the rest adds up to the year, and a year is never
//! below its half. Pure; stands between the half-years a unit sent and the page on which it types its year.

use std::collections::BTreeMap;

use super::{AskedIndicator, Content, Entry, Outline, PastPeriod, Reading, read, shown};
use crate::indicators::PeriodRule;
use crate::vietnamese::Level;

/// The halves that lie within the year of a report, as far as the unit has sent them; none for other periods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Halves {
    pub first: Option<PastPeriod>,
    pub second: Option<PastPeriod>,
}

impl Halves {
    /// Those that have figures, with the words for their columns.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &PastPeriod)> {
        let halves = [("6 tháng đầu năm", &self.first), ("6 tháng cuối năm", &self.second)];
        let filled = |half: &&PastPeriod| !half.figures.is_empty();
        halves.into_iter().filter_map(move |(words, half)| Some((words, half.as_ref().filter(filled)?)))
    }
}

/// Whether the figures of the parts of a year add up to the year's: only what happened in each does.
pub fn adds_up(asked: &AskedIndicator) -> bool {
    asked.period_rule == PeriodRule::Flow && !asked.is_bool() && !asked.is_ratio()
}

/// Whether the figure of a year cannot be below that of a part of it. What stands at the end of a period may fall.
fn never_falls(asked: &AskedIndicator) -> bool {
    let grows = matches!(asked.period_rule, PeriodRule::Flow | PeriodRule::YearToDate | PeriodRule::Max);
    grows && !asked.is_bool() && !asked.is_ratio()
}

/// The half-year's figure and a sentence, where the year's is below it.
pub fn below_half(asked: &AskedIndicator, entry: &Entry, halves: &Halves) -> Option<(i64, String)> {
    let half = halves.first.as_ref()?;
    let (year, before) = (entry.reading.value()?, half.figures.get(&asked.id).copied()?);
    (never_falls(asked) && year < before).then(|| {
        let (year, label) = (shown(year, asked), &half.label);
        (before, format!("Cả năm là {year}, trong khi {label} đã có {}.", shown(before, asked)))
    })
}

/// Fills the blank figures of a year out of its parts, where they add up: the first half and what was typed for the
/// rest of the year (by code of the indicator) or, with `second`, the second half's figure. A figure that stands there
/// is left alone. What cannot be read comes into the figure as a sum that cannot be read, so that nothing typed is lost.
/// Gives back how many figures were filled.
pub fn fill(
    content: &mut Content,
    outline: &Outline,
    halves: &Halves,
    rests: &BTreeMap<String, String>,
    second: bool,
) -> usize {
    let Some(first) = &halves.first else { return 0 };
    let mut filled = 0;
    for asked in outline.typed().filter(|asked| adds_up(asked)) {
        let Some(half) = part(first, asked) else { continue };
        let standing = content.entries.get(&asked.id);
        if standing.is_some_and(|entry| entry.reading != Reading::Blank) {
            continue;
        }
        let typed = rests.get(&asked.code).map(|typed| read(typed, Level::default(), "", asked));
        let sent = || halves.second.as_ref().filter(|_| second).and_then(|second| part(second, asked));
        let typed = typed.filter(|rest| rest.reading != Reading::Blank);
        let Some(rest) = typed.or_else(sent) else { continue };
        let note = standing.map_or(String::new(), |entry| entry.note.clone());
        content.entries.insert(asked.id, Entry { note, ..sum(&half, &rest, asked) });
        filled += 1;
    }
    filled
}

/// What a half said of one line.
fn part(half: &PastPeriod, asked: &AskedIndicator) -> Option<Entry> {
    let value = half.figures.get(&asked.id).copied()?;
    let level = half.levels.get(&asked.id).copied().unwrap_or_default();
    Some(Entry {
        typed: shown(value, asked),
        reading: Reading::Value(value),
        estimate: level.estimate,
        qualifier: level.qualifier,
        ..Entry::default()
    })
}

/// Two parts of a year as one figure. Parts said in two ways add up to an estimate.
fn sum(half: &Entry, rest: &Entry, asked: &AskedIndicator) -> Entry {
    let both = half.reading.value().zip(rest.reading.value());
    let unreadable = |words: &str| Entry {
        typed: format!("{} + {}", half.typed, rest.typed),
        reading: Reading::Unreadable(words.to_owned()),
        ..Entry::default()
    };
    let Some((half_value, rest_value)) = both else {
        return unreadable("Không đọc được phần còn lại của năm. Nhập số của cả năm.");
    };
    let Some(value) = half_value.checked_add(rest_value) else {
        return unreadable("Số quá lớn. Nhập số của cả năm.");
    };
    let level = match (half.level(), rest.level()) {
        (one, other) if one == other => one,
        _ => Level { estimate: true, ..Level::default() },
    };
    Entry {
        typed: shown(value, asked),
        reading: Reading::Value(value),
        estimate: level.estimate,
        qualifier: level.qualifier,
        ..Entry::default()
    }
}
