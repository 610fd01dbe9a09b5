//! A task that asks a unit for a plan of its own, and the paper by which the unit owes that plan: which belong together, and what the
//! paper makes of the task. Pure; stands between the duties of units and the states of their tasks.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::ids::{PeriodId, PlanId, TaskId, UnitId};
use crate::vietnamese::{search_key, short_date};

/// Words between a verb and the plan it makes: "xây dựng và ban hành kế hoạch".
const BETWEEN: usize = 4;

/// Words behind "kế hoạch" among which it says that it is the one that carries this plan out.
const BEHIND: usize = 4;

/// A task as the document words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub task: TaskId,
    pub plan: PlanId,
    pub text: String,
    pub due_on: Option<NaiveDate>,
}

/// A paper of their own that units were asked for under a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub period: PeriodId,
    pub plan: PlanId,
    /// What its regime is called.
    pub called: String,
    /// The last day in time by the document's words.
    pub stated: Option<NaiveDate>,
    /// The day as of which it was read who owes it.
    pub on: NaiveDate,
}

/// How far a unit has come with the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stand {
    /// It was excused, or had declared that there is nothing to send.
    Excused,
    /// It has not sent it; until when it is in time, an extension counted.
    Owed(Option<NaiveDate>),
    Sent,
    /// Received, with its number and symbol; "" without.
    Received(String),
}

/// The paper of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The day as of which it was asked.
    pub on: NaiveDate,
    /// The unit was asked for it (đề nghị): it is never overdue.
    pub requested: bool,
    pub stand: Stand,
}

impl Paper {
    pub fn has_come(&self) -> bool {
        matches!(self.stand, Stand::Sent | Stand::Received(_))
    }

    pub fn is_owed(&self) -> bool {
        matches!(self.stand, Stand::Owed(_))
    }

    /// Which of the papers of two bodies tells more: the one that came further; of two that are owed the one that is overdue first.
    pub(super) fn weight(&self) -> (u8, bool, Option<Reverse<NaiveDate>>, NaiveDate) {
        let (stand, last) = match self.stand {
            Stand::Excused => (0, None),
            Stand::Owed(last) => (1, last),
            Stand::Sent => (2, None),
            Stand::Received(_) => (3, None),
        };
        (stand, !self.requested, last.map(Reverse), self.on)
    }

    /// What a state rests on: "đã tiếp nhận kế hoạch số 412/KH-STP".
    pub fn words(&self) -> String {
        match &self.stand {
            Stand::Received(name) if name.is_empty() => "đã tiếp nhận kế hoạch của đơn vị".to_owned(),
            Stand::Received(name) => format!("đã tiếp nhận kế hoạch số {name}"),
            Stand::Sent => "đã gửi kế hoạch, chưa được tiếp nhận".to_owned(),
            Stand::Owed(Some(last)) => format!("chưa gửi kế hoạch, hạn {}", short_date(*last)),
            Stand::Owed(None) => "chưa gửi kế hoạch".to_owned(),
            Stand::Excused => "không phải gửi kế hoạch".to_owned(),
        }
    }
}

/// Whether a task's words ask for a plan to be made or sent: "xây dựng kế hoạch …", "lập kế hoạch triển khai gửi …". A plan with a
/// number is another's.
pub fn asks_for_plan(text: &str) -> bool {
    plans_in(&key_words(text)).next().is_some()
}

/// The same, and it is the plan that carries this one out: it is sent in, or says so.
fn asks_for_own(text: &str) -> bool {
    let words = key_words(text);
    let carries = |pair: &[String]| [["thuc", "hien"], ["trien", "khai"]].iter().any(|of| pair == of);
    let own = |at: usize| {
        let behind = words.get(at + 2..).unwrap_or_default();
        let near = behind.get(..BEHIND.min(behind.len())).unwrap_or_default();
        near.windows(2).any(carries) || words.iter().any(|word| word == "gui")
    };
    plans_in(&words).any(own)
}

fn key_words(text: &str) -> Vec<String> {
    search_key(text).split(' ').map(str::to_owned).collect()
}

/// Where the words name a plan that is to be made.
fn plans_in(words: &[String]) -> impl Iterator<Item = usize> + '_ {
    let says = |at: usize, phrase: &[&str]| {
        words.get(at..at + phrase.len()).is_some_and(|here| here.iter().zip(phrase).all(|(a, b)| a == b))
    };
    let makes = move |at: usize| {
        [&["xay", "dung"][..], &["ban", "hanh"], &["lap"], &["gui"]].iter().any(|verb| says(at, verb))
    };
    let numbered = move |at: usize| {
        says(at + 2, &["so"])
            && words.get(at + 3).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    };
    (0..words.len()).filter(move |at| {
        says(*at, &["ke", "hoach"]) && !numbered(*at) && (at.saturating_sub(BETWEEN + 2)..*at).any(makes)
    })
}

/// Whether a regime's papers are plans, by what it is called: "Kế hoạch triển khai của đơn vị", "Gửi kế hoạch thực hiện …". One that
/// names a report first asks for a report on a plan.
pub fn is_of_plans(called: &str) -> bool {
    let key = search_key(called);
    let (plan, report) = (key.find("ke hoach"), key.find("bao cao"));
    plan.is_some_and(|plan| report.is_none_or(|report| plan < report))
}

/// Whether a paper is what a task asks for: of the same plan, and due on the same day. A task without a day asks for the paper where its
/// words say that the plan is sent in, or carries this one out.
pub fn is_answered_by(wanted: &Wanted, asked: &Asked) -> bool {
    wanted.plan == asked.plan
        && is_of_plans(&asked.called)
        && match wanted.due_on {
            Some(due) => asked.stated == Some(due) && asks_for_plan(&wanted.text),
            None => asks_for_own(&wanted.text),
        }
}

/// The paper each task asks for; where there are several the newest.
pub fn linked(wanted: &[Wanted], asked: &[Asked]) -> HashMap<TaskId, PeriodId> {
    let newest = |of: &Wanted| {
        let papers = asked.iter().filter(|paper| is_answered_by(of, paper));
        papers.max_by_key(|paper| (paper.on, paper.period)).map(|paper| (of.task, paper.period))
    };
    wanted.iter().filter_map(newest).collect()
}

/// The papers of units by task, of what is linked and what is on record of each paper.
pub fn papers(
    linked: &HashMap<TaskId, PeriodId>,
    known: &[(PeriodId, UnitId, Paper)],
) -> HashMap<(TaskId, UnitId), Paper> {
    let mut found = HashMap::new();
    for (task, period) in linked {
        for (_, unit, paper) in known.iter().filter(|(of, ..)| of == period) {
            found.insert((*task, *unit), paper.clone());
        }
    }
    found
}
