//! What follows from an event, row by row. Pure: facts and choices in; effects, and what a person is shown before
//! they confirm, out. The preview and the confirmation take the same road.

mod bodies;
mod check;
mod duties;
mod members;
mod routes;
mod unasked;

use std::collections::HashMap;

use super::effect::Effect;
use super::facts::{DutyRow, Facts, MemberRow};
use super::{Body, Event};
use crate::db::ids::{FunctionId, MembershipId, ObligationId, PeriodId, ReportId};
use crate::error::Problems;

/// What becomes of an open obligation of a body that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It stays in the name of the old body; the people of its successor finish it. Only where the body still
    /// existed on the period's reference day.
    Stay,
    /// The successor owes it from now on, with its draft.
    Pass(Body),
    /// The successor owes one already and has not begun it: the draft goes there, this obligation ends.
    Draft(Body),
    /// It ends, out of the denominator; what was typed stays readable.
    End,
}

impl std::fmt::Display for Fate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fate::Stay => write!(f, "stay"),
            Fate::Pass(body) => write!(f, "pass-{body}"),
            Fate::Draft(body) => write!(f, "draft-{body}"),
            Fate::End => write!(f, "end"),
        }
    }
}

impl std::str::FromStr for Fate {
    type Err = ();

    fn from_str(text: &str) -> Result<Fate, ()> {
        match text.split_once('-') {
            None if text == "stay" => Ok(Fate::Stay),
            None if text == "end" => Ok(Fate::End),
            Some(("pass", body)) => body.parse().map(Fate::Pass),
            Some(("draft", body)) => body.parse().map(Fate::Draft),
            _ => Err(()),
        }
    }
}

/// What the administrator chose on the preview; what is not chosen follows the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub duties: HashMap<ObligationId, Fate>,
    /// Where a member goes; none ends the membership.
    pub members: HashMap<MembershipId, Option<Body>>,
}

/// A body before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyChange {
    /// It has its last day on the eve.
    Ends {
        name: String,
        heirs: Vec<Body>,
    },
    Founded {
        body: Body,
    },
    /// Another name, kind, parent or place.
    Renamed {
        before: String,
        after: String,
    },
    /// It stood below a body that ends.
    Moved {
        name: String,
        parent: Option<Body>,
    },
}

/// A function that changes hands; `to` none leaves it without a holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionMove {
    pub function: FunctionId,
    pub from: String,
    pub to: Option<Body>,
    /// Tasks given by this function.
    pub tasks: i64,
}

/// An open obligation with what may become of it, and what does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyMove {
    pub duty: DutyRow,
    pub options: Vec<Fate>,
    pub fate: Fate,
}

/// A membership with where it may go, and where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberMove {
    pub member: MemberRow,
    pub options: Vec<Body>,
    pub to: Option<Body>,
    /// The person already holds the role there.
    pub already: bool,
}

/// The denominator of a period before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denominator {
    pub regime: String,
    pub period: String,
    pub before: i64,
    pub after: i64,
}

/// An obligation the plan writes to, as it was seen: a sending at the same moment loses to it or wins over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub obligation: ObligationId,
    pub version: i32,
    pub report: ReportId,
    pub report_version: i32,
}

/// A decision to append to the history of an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub obligation: ObligationId,
    /// `passed` or `ended`.
    pub kind: &'static str,
    pub reason: String,
}

/// Everything that follows from an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order they are carried out.
    pub effects: Vec<Effect>,
    pub bodies: Vec<BodyChange>,
    pub functions: Vec<FunctionMove>,
    pub duties: Vec<DutyMove>,
    /// Sent, received, nil, exempt, or of a closed period: left as they are.
    pub untouched: Vec<DutyRow>,
    /// New obligations of successors, by period.
    pub founded_duties: Vec<(DutyRow, Body)>,
    /// Obligations that are sent to another collector from now on, by period.
    pub collected: Vec<(PeriodId, String, usize)>,
    pub members: Vec<MemberMove>,
    /// Routes of regimes that pass.
    pub routes: usize,
    pub denominators: Vec<Denominator>,
    /// Tasks given by name to bodies that end; their successors hold them.
    pub tasks_named: i64,
    /// What to look at before confirming; nothing here forbids it.
    pub warnings: Vec<String>,
    pub seen: Vec<Seen>,
    pub notes: Vec<Note>,
}

/// The plan of an event.
///
/// # Errors
/// Everything that stands against it, in words.
pub fn plan(event: &Event, choices: &Choices, facts: &Facts) -> Result<Plan, Problems> {
    let mut problems = Problems::default();
    check::check(event, facts, &mut problems);
    let mut plan = Plan::default();
    if problems.is_empty() {
        bodies::bodies(event, facts, &mut plan, &mut problems);
        bodies::functions(event, facts, &mut plan);
        routes::routes(event, facts, &mut plan);
        members::members(event, choices, facts, &mut plan, &mut problems);
        // Before the duties: one founded on the terms of another takes over its collector too.
        routes::collectors(event, facts, &mut plan);
        duties::duties(event, choices, facts, &mut plan, &mut problems);
        plan.tasks_named = event.ended().iter().filter_map(|unit| facts.tasks_named.get(unit)).sum();
    }
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}

impl Event {
    /// What a body is called from the first day of the new order.
    pub fn name(&self, facts: &Facts, body: Body) -> String {
        match body {
            Body::Known(unit) => {
                let renamed = self.lines.iter().zip(&self.renamed).find(|(line, _)| line.from == unit);
                renamed
                    .map_or_else(|| facts.name(unit, self.effective_on).to_owned(), |(_, n)| n.name.clone())
            }
            Body::New(at) => self.new_units.get(at).map(|new| new.named.name.clone()).unwrap_or_default(),
        }
    }

    /// The kind of body on that day.
    pub(super) fn kind_of<'a>(&'a self, facts: &'a Facts, body: Body) -> &'a str {
        match body {
            Body::Known(unit) => facts.version(unit, self.effective_on).map_or("", |v| &v.kind_code),
            Body::New(at) => self.new_units.get(at).map_or("", |new| &new.named.kind_code),
        }
    }

    /// The main successor of a body that ends; the body itself where it lives on.
    pub(super) fn stands_for(&self, unit: crate::db::ids::UnitId) -> Option<Body> {
        if self.ends(unit) { self.heirs(unit).first().copied() } else { Some(Body::Known(unit)) }
    }
}
