//! What is to be said on a day, to whom, and which words to leaders are to be prepared. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use super::facts::{Facts, Owed};
use super::schedule::Press;
use super::{Aim, Level, Line, Steps, words};
use crate::db::ids::PersonId;

/// The plan of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Everything to be said, each once.
    pub lines: Vec<Line>,
    /// Who is told which of them, by their place in `lines`.
    pub people: BTreeMap<PersonId, Vec<usize>>,
    /// Words to leaders to be prepared, and who would be told today.
    pub escalations: Vec<(Line, Vec<PersonId>)>,
}

impl Plan {
    /// How many single notices these are.
    pub fn count(&self) -> usize {
        self.people.values().map(Vec::len).sum()
    }
}

/// The plan of `today`, where `after` is the last day whose notices were seen to; notices come at `opens`.
pub fn plan(facts: &Facts, (after, today): (NaiveDate, NaiveDate), opens: NaiveTime) -> Plan {
    let mut plan = Plan::default();
    // On a day off nobody is told anything.
    if !facts.holidays.is_working_day(today) {
        return plan;
    }
    let usual = Steps::default();
    let by_unit = facts.by_unit();
    for owed in facts.owed.iter().filter(|owed| owed.opened_on <= today && !owed.is_shut(today)) {
        let promised = facts.promised.get(&owed.duty.obligation.id).copied();
        let Some((aim, press)) = owed.press(promised, &facts.holidays) else { continue };
        let steps = facts.steps.get(&owed.regime).unwrap_or(&usual);
        let Some(step) = press.step_on(steps, (after, today), opens, &facts.holidays) else { continue };
        let own = (aim, Level::Own, step);
        let told = facts.told(&by_unit, &owed.duty, (Level::Own, step), today);
        if !told.is_empty() {
            let at = plan.lines.len();
            plan.lines.push(line(facts, owed, own, (&press, today)));
            for person in told {
                plan.people.entry(person).or_default().push(at);
            }
        }
        for level in levels(steps, step, owed.duty.is_request()) {
            let told = facts.told(&by_unit, &owed.duty, (level, step), today);
            if !told.is_empty() {
                let line = line(facts, owed, (aim, level, step), (&press, today));
                plan.escalations.push((line, told));
            }
        }
    }
    plan
}

/// The leaders whom a word is prepared for at a step. A requested body is asked, and nobody is told on it.
pub fn levels(steps: &Steps, step: i32, requested: bool) -> Vec<Level> {
    if requested || step <= 0 {
        return vec![];
    }
    let from = |first: Option<i32>| first.is_some_and(|first| step >= first);
    let levels =
        [(Level::UnitLeader, from(steps.first_after())), (Level::CompilingLeader, from(steps.last_after()))];
    levels.into_iter().filter(|(_, reached)| *reached).map(|(level, _)| level).collect()
}

/// The units overdue on `today` whose leader would be told, and that have none here, with what each owes; each once, in
/// protocol order.
pub fn leaderless(facts: &Facts, today: NaiveDate) -> Vec<String> {
    let (usual, by_unit) = (Steps::default(), facts.by_unit());
    let mut names = BTreeSet::new();
    let chased = |owed: &&Owed| owed.opened_on <= today && !owed.duty.is_request() && !owed.is_shut(today);
    for owed in facts.owed.iter().filter(chased) {
        let promised = facts.promised.get(&owed.duty.obligation.id).copied();
        let Some((_, press)) = owed.press(promised, &facts.holidays) else { continue };
        let steps = facts.steps.get(&owed.regime).unwrap_or(&usual);
        let late = press.deadline < today && steps.first_after().is_some();
        if late && facts.told(&by_unit, &owed.duty, (Level::UnitLeader, 1), today).is_empty() {
            let unit = owed.duty.obligation.unit_id;
            let name = facts.names.get(&unit);
            names.extend(name.map(|name| (facts.order.get(&unit), format!("{name} ({})", owed.title))));
        }
    }
    names.into_iter().map(|(_, name)| name).collect()
}

/// One line about an obligation.
pub fn line(
    facts: &Facts,
    owed: &Owed,
    (aim, level, step): (Aim, Level, i32),
    (press, day): (&Press, NaiveDate),
) -> Line {
    let obligation = &owed.duty.obligation;
    let requested = owed.duty.is_request();
    let unit = facts.names.get(&obligation.unit_id).map_or("", String::as_str);
    Line {
        obligation: obligation.id,
        report: owed.duty.report.id,
        period: owed.period,
        unit: obligation.unit_id,
        collector: obligation.collector_id,
        aim,
        due_on: press.deadline,
        step,
        level,
        requested,
        day,
        words: words::line(&owed.title, unit, (aim, level, requested), (press, day), &facts.holidays),
    }
}
