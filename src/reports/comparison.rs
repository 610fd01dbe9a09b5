//! What was reported before: the last period and the same period of last year, from the unit itself and the
//! bodies whose work it took over. Pure; stands between past revisions and the columns beside each input.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::ledger::Ledger;
use super::year::Halves;
use super::{AskedIndicator, Outline, value_at};
use crate::db::ids::{IndicatorId, PeriodId, UnitId};
use crate::evidence::ledger::UNSENT;
use crate::indicators::UnitRule;
use crate::vietnamese::{Level, short_date};

/// One earlier period as this unit would have reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPeriod {
    pub id: PeriodId,
    pub label: String,
    /// The bodies whose received figures it comes from.
    pub units: Vec<UnitId>,
    pub figures: HashMap<IndicatorId, i64>,
    /// What was said beside them, where anything was: "ước", "gần".
    pub levels: HashMap<IndicatorId, Level>,
    /// Bodies by section code; of several bodies one after the other.
    pub sections: HashMap<String, String>,
}

impl PastPeriod {
    /// The figure of one line as it was reported, its word with it; a ratio out of its parts.
    pub fn words(&self, asked: &AskedIndicator, outline: &Outline) -> Option<String> {
        let value = value_at(asked, outline, &|id| self.figures.get(&id).copied())?;
        let level = self.levels.get(&asked.id).copied().unwrap_or_default();
        Some(format!("{} {value}", level.before_figure()).trim_start().to_owned())
    }
}

/// What a body reported whose work this unit took over and whose figures it cannot be held against: it was divided, or
/// what it became was pieced together. To be read, never computed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    pub unit: UnitId,
    /// As it was called then.
    pub name: String,
    pub label: String,
    /// Of the same period of last year, not of the period before.
    pub same: bool,
    /// How many bodies it was divided among; 0 or 1 where it was not.
    pub parts: usize,
    pub figures: HashMap<IndicatorId, (i64, Level)>,
}

impl Aside {
    /// "gần 100".
    pub fn figure(&self, asked: &AskedIndicator) -> Option<String> {
        let (value, level) = self.figures.get(&asked.id)?;
        Some(format!("{} {}", level.before_figure(), super::shown(*value, asked)).trim_start().to_owned())
    }

    /// "Sở Thông tin và Truyền thông, đã chia cho 2 đơn vị".
    pub fn who(&self) -> String {
        match self.parts {
            0 | 1 => format!("{}, đã sắp xếp", self.name),
            parts => format!("{}, đã chia cho {parts} đơn vị", self.name),
        }
    }
}

/// The periods a report is compared with: two earlier ones, none where nothing was received, and the halves of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    pub last: Option<PastPeriod>,
    pub same: Option<PastPeriod>,
    /// Of a year's report: its own halves.
    pub halves: Halves,
    /// What cannot be compared, of the same two periods.
    pub asides: Vec<Aside>,
    /// Posts that other reports claim too, as this one was last saved.
    pub claimed: Vec<ClaimedElsewhere>,
    /// What the log of work adds up to, by indicator.
    pub ledger: Ledger,
    /// Of a correction: the figures of the sendings before it, the newest first.
    pub sent: HashMap<IndicatorId, Vec<i64>>,
}

/// A post of this report that another report claims too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedElsewhere {
    /// The key of its address, see [`super::link_key`].
    pub key: String,
    /// Whose it is; "" for the unit's own, and of what another is still writing.
    pub unit: String,
    pub place: ClaimPlace,
}

/// Where a post is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimPlace {
    /// In a report of this period.
    Report(String),
    /// In an entry of the log of work.
    Entry(NaiveDate),
    /// In what another unit is still writing: that much is told, and neither whose nor for what period.
    Unsent,
}

impl ClaimedElsewhere {
    /// "báo cáo của Sở … (6 tháng đầu năm 2025)", "công việc đã ghi ngày 05/6/2025 của đơn vị".
    pub fn words(&self) -> String {
        match (&self.place, self.unit.as_str()) {
            (ClaimPlace::Unsent, _) => format!("báo cáo {UNSENT}"),
            (ClaimPlace::Report(period), "") => format!("báo cáo của kỳ {period} của đơn vị"),
            (ClaimPlace::Report(period), unit) => format!("báo cáo của {unit} ({period})"),
            (ClaimPlace::Entry(day), "") => format!("công việc đã ghi ngày {} của đơn vị", short_date(*day)),
            (ClaimPlace::Entry(day), unit) => format!("công việc đã ghi của {unit} ({})", short_date(*day)),
        }
    }

    /// What a confirmation is kept under.
    pub fn key(&self) -> String {
        match (&self.place, self.unit.as_str()) {
            (ClaimPlace::Unsent, _) => "unsent".to_owned(),
            (ClaimPlace::Report(period), "") => format!("kỳ {period} của đơn vị"),
            (ClaimPlace::Report(period), unit) => format!("{unit} ({period})"),
            (ClaimPlace::Entry(day), unit) => format!("{unit} {day}"),
        }
    }
}

impl Past {
    /// The figure a new one is held against, with the words for its period: the last period's, else last year's.
    pub fn nearest(&self, id: IndicatorId) -> Option<(i64, &'static str)> {
        let of = |past: &Option<PastPeriod>| past.as_ref().and_then(|p| p.figures.get(&id).copied());
        of(&self.last)
            .map(|value| (value, "kỳ trước"))
            .or_else(|| of(&self.same).map(|value| (value, "cùng kỳ năm trước")))
    }

    /// The text a section had before, with the label of its period.
    pub fn section(&self, code: &str) -> Option<(&str, &str)> {
        [&self.last, &self.same]
            .into_iter()
            .flatten()
            .find_map(|p| p.sections.get(code).map(|body| (p.label.as_str(), body.as_str())))
    }
}

/// What one body answered to an indicator it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyFigure {
    /// Whether it reaches the total.
    pub counts: bool,
    /// None where it was left blank or the report was never received.
    pub value: Option<i64>,
}

/// One figure out of those of a unit and the bodies that passed whole into it. A merged body answers for all of
/// them, so sums add and a yes of one is a yes; a figure with one owner is nobody's when two claim it. None on
/// overflow, and where one body's part is missing: half a predecessor is no base.
pub fn fold_predecessors(rule: UnitRule, figures: &[BodyFigure]) -> Option<i64> {
    if let [only] = figures {
        return only.value;
    }
    // Beside figures that are added, one given for reference only would be counted twice.
    let adding = figures.iter().filter(|figure| figure.counts).map(|figure| figure.value);
    let figures: Vec<i64> = adding.collect::<Option<_>>()?;
    match (rule, figures.as_slice()) {
        (_, []) => None,
        (_, [only]) => Some(*only),
        (UnitRule::Sum, many) => many.iter().try_fold(0_i64, |sum, figure| sum.checked_add(*figure)),
        (UnitRule::Max | UnitRule::CountTrue, many) => many.iter().copied().max(),
        (UnitRule::Owner | UnitRule::Ratio, _) => None,
    }
}
