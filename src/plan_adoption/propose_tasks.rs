//! From a reading to a proposal: tasks on their clauses, with the bodies as written. Pure.

use super::draft::{ClauseItem, Draft, TaskItem};
use super::propose::{Paths, one_line};
use crate::plan_reader::{Given, Mode, Reading, Rule, Sure};
use crate::plans;
use crate::vietnamese::{search_key, short_date};

/// Adds the tasks of a reading.
pub(super) fn propose(reading: &Reading, paths: &Paths, draft: &mut Draft) {
    for given in &reading.assignments {
        let clause = given
            .clause
            .as_ref()
            .and_then(|path| paths.iter().find(|(known, _)| known == path).map(|(_, key)| *key));
        let clause = clause.unwrap_or_else(|| whole(draft));
        let mode = match given.mode {
            Mode::Assign => plans::Mode::Assign,
            Mode::Request => plans::Mode::Request,
        };
        for task in &given.tasks {
            let clause = own_clause(reading, paths, (given.clause.as_deref(), clause), &task.lines);
            let key = draft.new_key();
            draft.tasks.push(TaskItem {
                key,
                taken: given.sure > Sure::Guess || names_its_owners(reading, given),
                clause,
                text: task.text.split('\n').map(one_line).collect::<Vec<_>>().join("\n").trim().to_owned(),
                target: task.target.as_deref().map(one_line).unwrap_or_default(),
                due_on: task.complete_by.map_or_else(|| due_on(reading, &task.lines), short_date),
                lead: given.units.iter().map(|name| one_line(name)).collect(),
                cooperating: task.cooperating.iter().map(|name| one_line(name)).collect(),
                mode: mode.code().to_owned(),
                rows: None,
                lines: task.lines.clone(),
                sure: given.sure,
            });
        }
    }
}

/// Whether the clause itself names those it gives work: names nobody knows are asked about, and their work is not left out.
fn names_its_owners(reading: &Reading, given: &Given) -> bool {
    let clause = reading.clauses.iter().find(|clause| Some(&clause.path) == given.clause.as_ref());
    clause.is_some_and(|clause| {
        given.units.iter().any(|unit| search_key(&clause.text).contains(&search_key(unit)))
    })
}

/// The clause whose own words a task is, where that stands below the clause of its owners: "III.1.a" of "III.1".
fn own_clause(reading: &Reading, paths: &Paths, (path, key): (Option<&str>, u32), lines: &[usize]) -> u32 {
    let Some((path, first)) = path.zip(lines.first()) else { return key };
    let below = |known: &str| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    let own =
        reading.clauses.iter().find(|clause| below(&clause.path) && clause.lines.first() == Some(first));
    own.and_then(|own| paths.iter().find(|(known, _)| *known == own.path)).map_or(key, |(_, key)| *key)
}

/// The one clause of a text without any.
fn whole(draft: &mut Draft) -> u32 {
    if let Some(first) = draft.clauses.first() {
        return first.key;
    }
    let key = draft.new_key();
    draft.clauses.push(ClauseItem {
        key,
        taken: true,
        parent: None,
        label: "1".to_owned(),
        title: "Nội dung".to_owned(),
        body: String::new(),
        lines: vec![],
        sure: Sure::Guess,
    });
    key
}

/// The last day in time of what is to be sent within these lines, where they name one day of one year.
fn due_on(reading: &Reading, lines: &[usize]) -> String {
    let days = reading.duties.iter().filter(|duty| duty.lines.iter().any(|line| lines.contains(line)));
    let day = days.filter_map(|duty| match (duty.due.rule, duty.due.date, duty.due.clock) {
        (Rule::Before, Some(date), None) => date.pred_opt(),
        (_, date, _) => date,
    });
    day.min().map(short_date).unwrap_or_default()
}
