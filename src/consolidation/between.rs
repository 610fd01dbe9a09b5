//! What two editions of a period tell together: both totals stay readable, so that where one unit's figure makes the
//! difference between them, the later total is that unit's figure (product rule 11). Marked when an edition is gathered, kept
//! with it, and closed to everybody but its collector by [`super::guarded`]. Pure.

use std::collections::{HashMap, HashSet};

use super::content::{EditionContent, IndicatorLine};
use super::guard::guarded_lines;
use crate::indicators::UnitRule;

/// A unit through all editions; a collecting body has two lines, its own and the consolidated one.
type Key<'a> = (&'a str, bool);
/// The number, or the two parts of a ratio.
type Entered = (i64, Option<i64>);

/// Marks the classified totals that, beside one of the earlier editions in which the same total could be read, tell what a
/// single unit gave: one unit's figure came, went or changed; or several did and the totals say what each of them gave.
pub fn mark_telling(content: &mut EditionContent, earlier: &[EditionContent]) {
    let closed = content.classified();
    let mut telling: HashSet<String> = HashSet::new();
    for before in earlier {
        let known = guarded_lines(before);
        let readable = |code: &str| known.iter().any(|line| line.code == code && !line.is_withheld());
        for (_, line) in content.lines().filter(|(_, line)| closed.contains(&line.code)) {
            let (then, now) = (entered(before, line), entered(content, line));
            let asked = before.line(&line.code).map_or(0, |(_, before)| before.total.of).max(line.total.of);
            // What one body counts for all is the total by its nature, in every edition.
            let by_nature = (line.rule == UnitRule::Owner || asked <= 1) && then.len() <= 1 && now.len() <= 1;
            if readable(&line.code) && !by_nature && tells_one(line.rule, &then, &now) {
                telling.insert(line.code.clone());
            }
        }
    }
    // A ratio times its denominator is its numerator.
    let made_of = |line: &IndicatorLine| {
        line.parts().is_some_and(|parts| parts.iter().any(|part| telling.contains(*part)))
    };
    let ratios: Vec<String> =
        content.lines().filter(|(_, line)| made_of(line)).map(|(_, line)| line.code.clone()).collect();
    telling.extend(ratios);
    for line in content.groups.iter_mut().flat_map(|group| &mut group.indicators) {
        line.telling.now = telling.contains(&line.code);
    }
}

/// What enters the total of an indicator, unit by unit.
fn entered<'a>(content: &'a EditionContent, line: &IndicatorLine) -> HashMap<Key<'a>, Entered> {
    let mut all = HashMap::new();
    for unit in &content.units {
        let figure = unit.figures.iter().find(|figure| figure.indicator == line.code);
        let row = figure.map(|figure| figure.row()).filter(|row| row.enters() && row.has_figure(line.rule));
        if let Some((row, value)) = row.and_then(|row| Some((row, row.value?))) {
            let entered = (value.value, row.denominator.map(|amount| amount.value));
            all.insert((unit.uid.as_str(), unit.consolidated), entered);
        }
    }
    all
}

fn tells_one<'a>(rule: UnitRule, then: &HashMap<Key<'a>, Entered>, now: &HashMap<Key<'a>, Entered>) -> bool {
    let units: HashSet<&Key<'a>> = then.keys().chain(now.keys()).collect();
    let changed: Vec<i128> = units
        .into_iter()
        .map(|unit| (then.get(unit), now.get(unit)))
        .filter(|(then, now)| then != now)
        .map(|(then, now)| {
            let value = |entered: Option<&Entered>| entered.map_or(0, |entered| i128::from(entered.0));
            value(now) - value(then)
        })
        .collect();
    // Nothing more among several that came is nothing of each; of yes and no, one more for each is a yes of each.
    let nothing = changed.iter().all(|by| *by == 0);
    let each = rule == UnitRule::CountTrue && changed.iter().all(|by| *by == 1);
    match changed.len() {
        0 => false,
        1 => true,
        _ => nothing || each,
    }
}
