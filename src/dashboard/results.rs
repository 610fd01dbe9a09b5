//! The main results against the same period last year, as the newest approved edition froze them: what a leader asks
//! after who has reported. Pure; it stands between an edition's content and the leader's screen.

use crate::consolidation::content::{EditionContent, IndicatorLine};
use crate::indicators::UnitRule;

/// How many lines the screen shows.
const MOST: usize = 8;

/// One indicator beside last year's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    pub code: String,
    pub name: String,
    pub measure: String,
    pub before: String,
    pub now: String,
    /// "+248", "−12"; over the units with figures in both periods.
    pub difference: String,
    /// "+12,50%"; blank where there is no base.
    pub change: String,
    /// "up", "down" or nothing: the class of the difference.
    pub class: &'static str,
    /// What is compared, where it is not every unit.
    pub remark: String,
}

/// The first two lines of each group that add up and can be compared, in the order of the catalogue.
pub fn results(content: &EditionContent) -> Vec<Achievement> {
    let main = |line: &&IndicatorLine| {
        let adds_up = matches!(line.rule, UnitRule::Sum | UnitRule::Owner);
        adds_up && line.comparison.as_ref().is_some_and(|comparison| comparison.difference.is_some())
    };
    let of_group = |lines: &[IndicatorLine]| -> Vec<Achievement> {
        lines.iter().filter(main).take(2).filter_map(result).collect()
    };
    content.groups.iter().flat_map(|group| of_group(&group.indicators)).take(MOST).collect()
}

fn result(line: &IndicatorLine) -> Option<Achievement> {
    let comparison = line.comparison.as_ref()?;
    let difference = comparison.difference?;
    let signed = |value: i64, words: String| match value {
        1.. => format!("+{words}"),
        0 => words,
        _ => words.replacen('-', "−", 1),
    };
    Some(Achievement {
        code: line.code.clone(),
        name: line.name.clone(),
        measure: line.measure_unit.clone(),
        before: line.reading_words(line.same_period?.reading())?,
        now: line.reading_words(line.total.reading())?,
        difference: signed(difference, line.words(difference)),
        change: comparison.change.map_or_else(String::new, |change| {
            format!("{}%", signed(change, crate::vietnamese::format_scaled(change, 2)))
        }),
        class: match difference {
            1.. => "up",
            0 => "",
            _ => "down",
        },
        remark: line.compared_words().unwrap_or_default(),
    })
}
