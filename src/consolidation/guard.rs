//! What of a classified group leaves its collector: totals that no single unit's figure can be told by (product rule
//! 11). Pure; it stands between a content and every reader who is not the collector: pages, the Ministry's workbook, the
//! Word paper. A total that only one of the units asked gave is that unit's figure; so is what is left between a total and
//! another one over all units but one.

use std::borrow::Cow;
use std::collections::HashMap;

use super::content::{EditionContent, IndicatorGroup, IndicatorLine, Reading, UnitFigure};
use super::total::Total;
use crate::indicators::UnitRule;

/// Beside a total that is not shown.
const ALONE: &str = "không hiện: nhóm số liệu hạn chế, mới có số của một đơn vị";
/// Beside a ratio that is over other units than the figures it is made of.
const APART: &str = "không hiện: nhóm số liệu hạn chế, tỷ lệ tính trên ít đơn vị hơn tử số hoặc mẫu số";

/// The content for whoever is not its collector: of classified groups no figure of a unit, and no total of this or another
/// period that gives one away. What is given is changed in its place; of what is lent a copy is made.
pub fn guarded<'a>(content: impl Into<Cow<'a, EditionContent>>) -> EditionContent {
    let mut content = content.into().into_owned();
    let mut closed: Vec<String> = Vec::new();
    for group in content.groups.iter_mut().filter(|group| group.classified) {
        guard_group(group);
        closed.extend(group.indicators.iter().map(|line| line.code.clone()));
    }
    if closed.is_empty() {
        return content;
    }
    let open = |figure: &UnitFigure| !closed.contains(&figure.indicator);
    for unit in &mut content.units {
        unit.figures.retain(open);
    }
    content
}

/// Units with a figure now and in the period beside, by code of indicator.
pub(super) type Counts = HashMap<String, (u32, Option<u32>)>;

pub(super) fn counted(line: &IndicatorLine) -> (String, (u32, Option<u32>)) {
    (line.code.clone(), (line.total.n, line.same_period.map(|total| total.n)))
}

fn guard_group(group: &mut IndicatorGroup) {
    let counts: Counts = group.indicators.iter().map(counted).collect();
    for line in &mut group.indicators {
        guard(line, &counts);
    }
}

/// Takes out of one line what a single unit's figure can be told by; `counts` are those of the indicators beside it, for what
/// a ratio is made of.
pub(super) fn guard(line: &mut IndicatorLine, counts: &Counts) {
    let parts = line.ratio.iter().flat_map(|ratio| [&ratio.numerator, &ratio.denominator]);
    let parts: Vec<(u32, Option<u32>)> = parts.filter_map(|code| counts.get(code).copied()).collect();
    // What one body counts for all, alone asked, is the total by its nature: that goes further, and nothing else does.
    let alone = |total: &Total| total.n == 1 && total.of > 1 && line.rule != UnitRule::Owner;
    let apart = parts.iter().any(|(n, _)| *n != line.total.n);
    let withheld = if alone(&line.total) {
        Some(ALONE)
    } else if apart {
        Some(APART)
    } else {
        None
    };
    let kept = |then: &Total| !alone(then) && parts.iter().all(|(_, n)| n.is_none_or(|n| n == then.n));
    let same_period = line.same_period.filter(kept);
    let whole =
        |then: Total| line.comparison.filter(|both| both.now.n == line.total.n && both.before.n == then.n);
    line.comparison = same_period.and_then(whole).filter(|_| withheld.is_none());
    // A year so far over other units than this period tells those that make the difference.
    let nothing_new = |so_far: &Total| {
        so_far.n == line.total.n && so_far.reading() == line.total.reading() && withheld.is_none()
    };
    line.cumulative = line.cumulative.filter(nothing_new);
    line.same_period = same_period;
    if let Some(why) = withheld {
        line.total = Total { n: line.total.n, of: line.total.of, ..Total::default() };
        line.note = why.to_owned();
    }
}

/// Beside a year so far.
pub(super) const OVER_THE_YEAR: &str =
    "không hiện: nhóm số liệu hạn chế, lũy kế chỉ gồm đơn vị có số của mọi kỳ";

/// Takes every number out of a line, and says why.
pub(super) fn close(line: &mut IndicatorLine, why: &str) {
    line.total = Total { n: line.total.n, of: line.total.of, ..Total::default() };
    (line.same_period, line.comparison, line.cumulative) = (None, None, None);
    line.note = why.to_owned();
}

impl IndicatorLine {
    /// Whether units have figures and their total is not shown.
    pub fn is_withheld(&self) -> bool {
        self.total.n > 0 && self.total.reading() == Reading::default()
    }
}
