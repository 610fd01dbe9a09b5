//! What of a classified group leaves its collector: totals that no single unit's figure can be told by (product rule
//! 11). Pure; it stands between a content and every reader who is not the collector: pages, the Ministry's workbook, the
//! Word paper. A total that only one of the units asked gave is that unit's figure; so is what is left between a total and
//! another one over all units but one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::content::{EditionContent, IndicatorLine, Reading, UnitFigure};
use super::total::Total;
use crate::indicators::UnitRule;

/// Beside a total that is not shown.
const ALONE: &str = "không hiện: nhóm số liệu hạn chế, mới có số của một đơn vị";
/// Beside a ratio that is over other units than the figures it is made of.
const APART: &str = "không hiện: nhóm số liệu hạn chế, tỷ lệ tính trên ít đơn vị hơn tử số hoặc mẫu số";
/// Beside a total that an earlier edition takes one unit's figure from.
const ONE_APART: &str =
    "không hiện: nhóm số liệu hạn chế, so với bản đã chốt trước chỉ khác số của một đơn vị";
/// Beside a total that is every unit's answer by its kind.
const BY_ITS_KIND: &str = "không hiện: nhóm số liệu hạn chế, kết quả cho biết số của từng đơn vị";

/// The content for whoever is not its collector: of what is classified no figure of a unit, and no total of this or another
/// period that gives one away. What is given is changed in its place; of what is lent a copy is made.
pub fn guarded<'a>(content: impl Into<Cow<'a, EditionContent>>) -> EditionContent {
    let mut content = content.into().into_owned();
    let closed = content.classified();
    if closed.is_empty() {
        return content;
    }
    let counts: Counts = content.lines().map(|(_, line)| counted(line)).collect();
    let lines = content.groups.iter_mut().flat_map(|group| &mut group.indicators);
    for line in lines.filter(|line| closed.contains(&line.code)) {
        guard(line, &counts);
    }
    let open = |figure: &UnitFigure| !closed.contains(figure.indicator.as_str());
    for unit in &mut content.units {
        unit.figures.retain(open);
    }
    content
}

/// The classified lines of a content as [`guarded`] leaves them.
pub(super) fn guarded_lines(content: &EditionContent) -> Vec<IndicatorLine> {
    let closed = content.classified();
    let counts: Counts = content.lines().map(|(_, line)| counted(line)).collect();
    let lines = content.lines().filter(|(_, line)| closed.contains(&line.code));
    lines
        .map(|(_, line)| {
            let mut line = line.clone();
            guard(&mut line, &counts);
            line
        })
        .collect()
}

/// Units with a figure now and in the period beside, by code of indicator.
pub(super) type Counts = HashMap<String, (u32, Option<u32>)>;

pub(super) fn counted(line: &IndicatorLine) -> (String, (u32, Option<u32>)) {
    (line.code.clone(), (line.total.n, line.same_period.map(|total| total.n)))
}

/// The codes of some lines, each with whether its group is classified, that are: those of a classified group, and ratios
/// made of one.
pub(super) fn classified<'a>(lines: impl Iterator<Item = (bool, &'a IndicatorLine)>) -> HashSet<String> {
    let lines: Vec<(bool, &IndicatorLine)> = lines.collect();
    let of_group: HashSet<&str> =
        lines.iter().filter(|(classified, _)| *classified).map(|(_, line)| line.code.as_str()).collect();
    let made_of = |line: &IndicatorLine| {
        line.parts().is_some_and(|parts| parts.iter().any(|part| of_group.contains(part)))
    };
    lines
        .iter()
        .filter(|(classified, line)| *classified || made_of(line))
        .map(|(_, line)| line.code.clone())
        .collect()
}

/// Takes out of one line what a single unit's figure can be told by; `counts` are those of the indicators beside it, for what
/// a ratio is made of.
pub(super) fn guard(line: &mut IndicatorLine, counts: &Counts) {
    let parts = line.parts().into_iter().flatten();
    let parts: Vec<(u32, Option<u32>)> = parts.filter_map(|code| counts.get(code).copied()).collect();
    let rule = line.rule;
    // What one body counts for all, alone asked, is the total by its nature: that goes further, and nothing else does.
    let alone = |total: &Total| total.n == 1 && total.of > 1 && rule != UnitRule::Owner;
    let by_its_kind = |total: &Total| total.of > 1 && says_of_each(rule, total);
    let apart = parts.iter().any(|(n, _)| *n != line.total.n);
    let withheld = if alone(&line.total) {
        Some(ALONE)
    } else if by_its_kind(&line.total) {
        Some(BY_ITS_KIND)
    } else if apart {
        Some(APART)
    } else if line.telling.now {
        Some(ONE_APART)
    } else {
        None
    };
    let kept = |then: &Total| {
        !line.telling.same_period
            && !alone(then)
            && !by_its_kind(then)
            && parts.iter().all(|(_, n)| n.is_none_or(|n| n == then.n))
    };
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

/// Whether a total is single units' answers by its kind: the largest figure is one unit's; all yes, or none, is everybody's.
fn says_of_each(rule: UnitRule, total: &Total) -> bool {
    match rule {
        UnitRule::Max => total.value.is_some(),
        UnitRule::CountTrue => {
            total.n > 0 && total.value.is_some_and(|yes| yes == 0 || yes == i64::from(total.n))
        }
        UnitRule::Sum | UnitRule::Owner | UnitRule::Ratio => false,
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

    /// The codes of what a ratio is made of.
    pub(super) fn parts(&self) -> Option<[&str; 2]> {
        self.ratio.as_ref().map(|ratio| [ratio.numerator.as_str(), ratio.denominator.as_str()])
    }
}

impl EditionContent {
    /// The codes of what is classified: the lines of classified groups, and ratios made of one, wherever they stand.
    pub fn classified(&self) -> HashSet<String> {
        classified(self.lines().map(|(group, line)| (group.classified, line)))
    }
}
