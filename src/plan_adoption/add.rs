//! What the compiler adds to a proposal that the reader missed: a clause, a task, a duty. Each begins blank, is filled in on its own
//! page, and is forgotten where nobody fills it in. Pure.

use super::draft::{ClauseItem, Draft, DutyItem, TaskItem};
use crate::error::Error;
use crate::plan_reader::Sure;
use crate::plans::Mode;

/// What is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum New {
    /// To a clause.
    Task(u32),
    /// Behind a clause, beside it.
    Clause(u32),
    Duty,
}

impl New {
    /// The value of a button: "task-4", "clause-4", "duty".
    pub fn of_button(value: &str) -> Option<New> {
        match value.split_once('-') {
            Some(("task", key)) => key.parse().ok().map(New::Task),
            Some(("clause", key)) => key.parse().ok().map(New::Clause),
            None if value == "duty" => Some(New::Duty),
            _ => None,
        }
    }

    /// The part of the address its page has.
    pub fn place(self) -> &'static str {
        match self {
            New::Task(_) => "tasks",
            New::Clause(_) => "clauses",
            New::Duty => "duties",
        }
    }
}

/// Begins an item; its key.
///
/// # Errors
/// [`Error::NotFound`] for a clause there is not.
pub fn begin(draft: &mut Draft, new: New) -> Result<u32, Error> {
    draft.drop_blanks();
    match new {
        New::Task(clause) => task(draft, clause),
        New::Clause(beside) => clause(draft, beside),
        New::Duty => Ok(duty(draft)),
    }
}

fn task(draft: &mut Draft, clause: u32) -> Result<u32, Error> {
    draft.clause(clause).ok_or(Error::NotFound)?;
    let key = draft.new_key();
    // Behind the last one of the clause.
    let at =
        draft.tasks.iter().rposition(|task| task.clause == clause).map_or(draft.tasks.len(), |at| at + 1);
    let item = TaskItem {
        key,
        taken: false,
        clause,
        text: String::new(),
        target: String::new(),
        due_on: String::new(),
        lead: vec![],
        cooperating: vec![],
        mode: Mode::Assign.code().to_owned(),
        rows: None,
        lines: vec![],
        sure: Sure::Certain,
    };
    draft.tasks.insert(at, item);
    Ok(key)
}

fn clause(draft: &mut Draft, beside: u32) -> Result<u32, Error> {
    let before = draft.clause(beside).ok_or(Error::NotFound)?.clone();
    let taken = |label: &str| draft.clauses.iter().any(|c| c.parent == before.parent && c.label == label);
    let numbers = (1..1000_u32).map(|number| number.to_string());
    let label = numbers.into_iter().find(|label| !taken(label)).unwrap_or_default();
    let key = draft.new_key();
    let at = super::amend::behind(draft, beside);
    let item = ClauseItem {
        key,
        taken: false,
        parent: before.parent,
        label,
        title: String::new(),
        body: String::new(),
        lines: vec![],
        sure: Sure::Certain,
    };
    draft.clauses.insert(at, item);
    Ok(key)
}

fn duty(draft: &mut Draft) -> u32 {
    let key = draft.new_key();
    draft.duties.push(DutyItem {
        key,
        taken: false,
        what: "report".to_owned(),
        cycle: String::new(),
        rule: "before".to_owned(),
        when: String::new(),
        only_on: String::new(),
        year: None,
        since: None,
        counted: String::new(),
        hour: String::new(),
        units: vec![],
        who: Some(vec![]),
        to: String::new(),
        via: String::new(),
        name: format!("Báo cáo thực hiện {}", draft.facts.short_name),
        regime: "new".to_owned(),
        open: None,
        first_on: String::new(),
        plain: draft.duties.first().is_some_and(|first| first.plain),
        text: String::new(),
        lines: vec![],
        sure: Sure::Certain,
    });
    key
}
