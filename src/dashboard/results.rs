//! The main results against the same period last year, as the newest approved edition froze them: what a leader asks
//! after who has reported. Pure; it stands between an edition's content and the leader's screen.

use crate::consolidation::Total;
use crate::consolidation::content::{EditionContent, IndicatorLine};
use crate::indicators::UnitRule;

/// How many lines the screen shows.
const MOST: usize = 8;
/// Shown where there is no number.
const NOTHING: &str = "–";

/// One indicator beside last year's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    pub code: String,
    pub name: String,
    pub measure: String,
    pub before: String,
    pub now: String,
    /// "4/16 đơn vị": who is behind last year's total and this year's; blank where it is everybody.
    pub before_share: String,
    pub now_share: String,
    /// "+248", "−12"; over the units with figures in both periods; "–" where there is no base.
    pub difference: String,
    /// "+12,50%"; "–" where the base is missing or zero.
    pub change: String,
    /// n: the units compared, which have a figure in both periods.
    pub compared: u32,
    /// "up", "down" or nothing: the class of the difference.
    pub class: &'static str,
    /// What is compared, where it is not every unit.
    pub remark: String,
}

/// The first two lines of each group that add up and have a total, in the order of the catalogue: those that can be
/// compared before those that cannot.
pub fn results(content: &EditionContent) -> Vec<Achievement> {
    let comparable =
        |line: &&&IndicatorLine| line.compared().is_some_and(|comparison| comparison.difference.is_some());
    let of_group = |lines: &[IndicatorLine]| -> Vec<Achievement> {
        let main: Vec<&IndicatorLine> = lines
            .iter()
            .filter(|line| matches!(line.rule, UnitRule::Sum | UnitRule::Owner) && line.total.value.is_some())
            .collect();
        let (first, rest): (Vec<&&IndicatorLine>, Vec<_>) = main.iter().partition(comparable);
        first.into_iter().chain(rest).take(2).filter_map(|line| result(line)).collect()
    };
    content.groups.iter().flat_map(|group| of_group(&group.indicators)).take(MOST).collect()
}

fn result(line: &IndicatorLine) -> Option<Achievement> {
    let signed = |value: i64, words: String| match value {
        1.. => format!("+{words}"),
        0 => words,
        _ => words.replacen('-', "−", 1),
    };
    let comparison = line.compared();
    let difference = comparison.and_then(|comparison| comparison.difference);
    let change = comparison.and_then(|comparison| comparison.change);
    let nothing = || NOTHING.to_owned();
    Some(Achievement {
        code: line.code.clone(),
        name: line.name.clone(),
        measure: line.measure_unit.clone(),
        before: line
            .same_period
            .and_then(|total| line.reading_words(total.reading()))
            .unwrap_or_else(nothing),
        now: line.reading_words(line.total.reading())?,
        before_share: line.same_period.as_ref().map(share).unwrap_or_default(),
        now_share: share(&line.total),
        difference: difference.map_or_else(nothing, |value| signed(value, line.words(value))),
        change: change.map_or_else(nothing, |change| {
            format!("{}%", signed(change, crate::vietnamese::format_scaled(change, 2)))
        }),
        compared: comparison.map_or(0, |comparison| comparison.now.n),
        class: match difference {
            Some(1..) => "up",
            Some(..=-1) => "down",
            Some(0) | None => "",
        },
        remark: line.compared_words().unwrap_or_default(),
    })
}

/// n of N, where a total is not of everybody.
fn share(total: &Total) -> String {
    if total.n < total.of { format!("{}/{} đơn vị", total.n, total.of) } else { String::new() }
}
