//! A year beside its halves: what happened in the first half and in the rest adds up to the year, and a year is never
//! below its half. Pure; stands between the half-years a unit sent and the page on which it types its year.

use std::collections::BTreeMap;

use super::{AskedIndicator, Content, Entry, Outline, PastPeriod, Reading, read, shown};
use crate::error::Problems;
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
/// is left alone. What could not be added is given back, so that it is said at its place.
pub fn fill(
    content: &mut Content,
    outline: &Outline,
    halves: &Halves,
    rests: &BTreeMap<String, String>,
    second: bool,
) -> Added {
    let mut added = Added::default();
    let Some(first) = &halves.first else { return added };
    for asked in outline.typed().filter(|asked| adds_up(asked)) {
        let Some(half) = part(first, asked) else { continue };
        let typed = rests.get(&asked.code).map(|typed| read(typed, Level::default(), "", asked));
        let typed = typed.filter(|rest| rest.reading != Reading::Blank);
        let standing = content.entries.get(&asked.id).cloned().unwrap_or_default();
        if standing.reading != Reading::Blank {
            // A page that adds while one types posts both parts and their sum.
            let is_sum =
                |rest: &Entry| sum(&half, rest, asked).is_ok_and(|sum| sum.reading == standing.reading);
            if let Some(rest) = typed.filter(|rest| !is_sum(rest)) {
                let words = format!(
                    "Chưa cộng phần còn lại của năm “{}” của {}: ô Kỳ này đã có “{}”. Xóa một trong hai ô.",
                    rest.typed, asked.code, standing.typed
                );
                added.left.add(rest_field(&asked.code), words);
            }
            continue;
        }
        let sent = || halves.second.as_ref().filter(|_| second).and_then(|second| part(second, asked));
        let Some(rest) = typed.or_else(sent) else { continue };
        match sum(&half, &rest, asked) {
            Ok(sum) => {
                content.entries.insert(asked.id, Entry { note: standing.note, ..sum });
                added.count += 1;
            }
            Err(why) => added.left.add(rest_field(&asked.code), why),
        }
    }
    added
}

/// What came of adding the parts of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Figures that were filled.
    pub count: usize,
    /// What was typed for the rest of the year and is in no figure, each at its own input, with why.
    pub left: Problems,
}

/// The name of the input for the rest of the year of an indicator.
pub fn rest_field(code: &str) -> String {
    format!("rest.{code}")
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

/// Two parts of a year as one figure, or why they are none. Parts said in two ways add up to an estimate.
fn sum(half: &Entry, rest: &Entry, asked: &AskedIndicator) -> Result<Entry, String> {
    let (code, typed) = (&asked.code, &rest.typed);
    let both = half.reading.value().zip(rest.reading.value());
    let Some((half_value, rest_value)) = both else {
        return Err(format!("Không đọc được phần còn lại của năm “{typed}” của {code}. Nhập một số."));
    };
    let Some(value) = half_value.checked_add(rest_value) else {
        return Err(format!("Phần còn lại của năm “{typed}” của {code} quá lớn. Nhập số của cả năm."));
    };
    let level = match (half.level(), rest.level()) {
        (one, other) if one == other => one,
        _ => Level { estimate: true, ..Level::default() },
    };
    Ok(Entry {
        typed: shown(value, asked),
        reading: Reading::Value(value),
        estimate: level.estimate,
        qualifier: level.qualifier,
        ..Entry::default()
    })
}
