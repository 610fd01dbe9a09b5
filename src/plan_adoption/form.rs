//! What is typed on the pages of a proposal, into values.

use std::collections::BTreeSet;

use super::adopt::{Confirmed, First};
use super::amend::{Choices, TaskTyped};
use super::draft::{Answer, BasisItem, DutyItem};
use crate::plans::form::PlanForm;
use crate::plans::task_form::TaskForm;
use crate::vietnamese::limits::SIGN;
use crate::web::FormData;

/// Bodies and kinds that a duty may name, at most.
const MOST: usize = 500;

/// The version of the proposal on the page; -1 where none is posted, which none has.
pub fn version(form: &FormData) -> i32 {
    form.line("version").parse().unwrap_or(-1)
}

/// The facts and the ticks of the review.
pub fn choices(form: &FormData) -> Choices {
    let keys = |prefix: &str| -> BTreeSet<u32> {
        form.with_prefix(prefix).filter_map(|(key, _)| key.parse().ok()).collect()
    };
    Choices {
        facts: PlanForm::read(|name| form.line(name)),
        bases: keys("basis."),
        clauses: keys("clause."),
        tasks: keys("task."),
        duties: keys("duty."),
        another: form.has("another"),
    }
}

/// A task.
pub fn task(form: &FormData) -> TaskTyped {
    let read = TaskForm::read(|name| match name {
        "text" => form.get(name).to_owned(),
        name => form.line(name),
    });
    TaskTyped {
        clause: read.clause,
        text: read.text,
        target: read.target,
        due_on: read.due_on,
        rows: read.rows,
    }
}

/// A duty over the one there is.
pub fn duty(form: &FormData, known: &DutyItem) -> DutyItem {
    let mut who: Vec<String> = form.all("who").to_vec();
    who.retain(|who| !who.is_empty() && SIGN.holds(who));
    // Of a group whose bodies were shown, those that are no longer ticked.
    let kept = form.all("member").to_vec();
    let shown = form.all("members").iter().filter(|id| id.parse::<i64>().is_ok());
    who.extend(shown.filter(|id| !kept.contains(id)).map(|id| format!("not:{id}")));
    who.truncate(MOST);
    let same_cycle = form.line("cycle") == known.cycle;
    DutyItem {
        what: form.line("what"),
        cycle: form.line("cycle"),
        rule: form.line("rule"),
        when: form.line("when"),
        hour: form.line("hour"),
        to: form.line("to"),
        via: form.line("via"),
        name: form.line("name"),
        regime: form.line("regime"),
        open: match form.line("open").as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        who: Some(who),
        first_on: form.line("first_on"),
        plain: form.line("form") == "plain",
        // The document's one day no longer holds where another was typed.
        only_on: match (same_cycle, form.line("when") == known.when) {
            (true, true) if form.line("rule") == known.rule => known.only_on.clone(),
            _ => String::new(),
        },
        year: known.year.filter(|_| same_cycle),
        since: known.since.filter(|_| same_cycle),
        counted: if same_cycle { known.counted.clone() } else { String::new() },
        ..known.clone()
    }
}

/// A basis over the one there is.
pub fn basis(form: &FormData, known: &BasisItem) -> BasisItem {
    BasisItem {
        kind: form.line("kind"),
        number: form.line("number"),
        issued_on: form.line("issued_on"),
        issuer: form.line("issuer"),
        subject: form.line("subject"),
        ..known.clone()
    }
}

/// Answers about names: "unit:7", "kind:district", "nobody"; "" is no answer.
pub fn answers(form: &FormData) -> Vec<(String, Option<Answer>)> {
    let answer = |value: &str| match value.split_once(':') {
        Some(("unit", id)) => id.parse().ok().map(Answer::Unit),
        Some(("kind", kind)) => Some(Answer::Kind(kind.to_owned())),
        _ if value == "nobody" => Some(Answer::Nobody),
        _ => None,
    };
    form.with_prefix("name.").map(|(key, value)| (key.to_owned(), answer(value))).collect()
}

/// The first periods chosen, and the last days typed for them.
pub fn first(form: &FormData) -> First {
    let days = form.with_prefix("first.").filter_map(|(key, day)| Some((key.parse().ok()?, day.to_owned())));
    First {
        chosen: form.with_prefix("open.").filter_map(|(key, _)| key.parse().ok()).collect(),
        days: days.filter(|(_, day)| SIGN.holds(day)).collect(),
    }
}

/// What the last page posts.
pub fn confirmed(form: &FormData) -> Confirmed {
    Confirmed { seen: version(form), shown: form.line("shown"), first: first(form) }
}
