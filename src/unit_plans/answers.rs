//! How the units have answered a provincial plan with their own: unit by unit, and task by task with who has answered it and who has
//! not. Pure. A task is missing from a unit's plan only where a plan was sent whose clauses were linked; what was sent without
//! that, and what was not sent, is counted apart.

use std::collections::{HashMap, HashSet};

use super::queries::{Answer, Shown};
use crate::db::ids::{ReportId, TaskId, UnitId};
use crate::periods::{Due, Progress};

/// A unit that owes its own plan.
#[derive(Debug, Clone)]
pub struct Owing {
    pub unit: UnitId,
    pub name: String,
    pub report: ReportId,
    pub progress: Progress,
    pub due: Option<Due>,
    /// It sent something, read by its collector.
    pub sent: bool,
    /// Its plan with linked clauses, as it was sent.
    pub plan: Option<Shown>,
}

impl Owing {
    /// Whether it is asked at all: who is exempt, or has nothing to send, answers nothing.
    fn is_asked(&self) -> bool {
        !matches!(self.progress, Progress::Nil | Progress::Exempt | Progress::Ended)
    }
}

/// A task with the bodies that hold it.
#[derive(Debug, Clone)]
pub struct Held {
    pub task: TaskId,
    pub path: String,
    pub text: String,
    pub holders: Vec<UnitId>,
}

#[derive(Debug, Clone)]
pub struct UnitLine {
    pub owing: Owing,
    /// Its tasks that its plan answers, of those it holds.
    pub answered: usize,
    pub of: usize,
}

/// A unit that has answered a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub unit: String,
    pub report: ReportId,
    /// "mục II.1, mục III.2".
    pub places: String,
}

#[derive(Debug, Clone)]
pub struct TaskLine {
    pub task: TaskId,
    pub path: String,
    pub text: String,
    /// Units that owe a plan and hold it.
    pub holders: usize,
    pub answered: Vec<Answered>,
    /// Those whose plan says nothing of it.
    pub missing: Vec<String>,
    /// Those that sent a plan whose clauses nobody linked, and those that sent none.
    pub unlinked: Vec<String>,
    pub waiting: Vec<String>,
}

/// How far a task is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// By nobody, and a plan with linked clauses says nothing of it.
    Lacking,
    /// By nobody that is known: plans were sent whose clauses nobody linked.
    Unlinked,
    /// No plan was sent that could.
    Waiting,
    Answered,
}

impl TaskLine {
    pub fn stand(&self) -> Stand {
        match (self.answered.is_empty(), self.missing.is_empty(), self.unlinked.is_empty()) {
            (false, ..) => Stand::Answered,
            (true, false, _) => Stand::Lacking,
            (true, true, false) => Stand::Unlinked,
            (true, true, true) => Stand::Waiting,
        }
    }

    pub fn is_lacking(&self) -> bool {
        self.stand() == Stand::Lacking
    }

    /// Instead of those that have answered it, where nobody has.
    pub fn words(&self) -> &'static str {
        match self.stand() {
            Stand::Lacking => "chưa đơn vị nào",
            Stand::Unlinked => "chưa đối chiếu",
            Stand::Waiting => "chưa gửi kế hoạch",
            Stand::Answered => "",
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Board {
    pub units: Vec<UnitLine>,
    /// What linked plans lack first, what is answered last.
    pub tasks: Vec<TaskLine>,
    /// Tasks held by nobody who owes a plan.
    pub outside: usize,
}

impl Board {
    /// Units that are to send a plan, and those of them that did.
    pub fn asked(&self) -> usize {
        self.units.iter().filter(|line| line.owing.is_asked()).count()
    }

    pub fn sent(&self) -> usize {
        self.units.iter().filter(|line| line.owing.is_asked() && line.owing.sent).count()
    }

    /// Tasks by how far they are answered; together they are all.
    pub fn answered(&self) -> usize {
        self.count(Stand::Answered)
    }

    pub fn lacking(&self) -> usize {
        self.count(Stand::Lacking)
    }

    pub fn unlinked(&self) -> usize {
        self.count(Stand::Unlinked)
    }

    pub fn waiting(&self) -> usize {
        self.count(Stand::Waiting)
    }

    fn count(&self, stand: Stand) -> usize {
        self.tasks.iter().filter(|line| line.stand() == stand).count()
    }
}

/// Units and tasks in the order given, tasks by how far they are answered before that.
pub fn board(owing: Vec<Owing>, tasks: Vec<Held>, links: &[Answer]) -> Board {
    let mut said: HashMap<(ReportId, TaskId), Vec<String>> = HashMap::new();
    for unit in &owing {
        let Some(plan) = &unit.plan else { continue };
        for link in links.iter().filter(|link| link.plan == plan.id) {
            said.entry((unit.report, link.task)).or_default().push(link.place());
        }
    }
    let mut made = Board::default();
    let mut counts: HashMap<ReportId, (usize, usize)> = HashMap::new();
    for held in tasks {
        let holders: HashSet<UnitId> = held.holders.iter().copied().collect();
        let asked = || owing.iter().filter(|unit| unit.is_asked() && holders.contains(&unit.unit));
        if asked().next().is_none() {
            made.outside += 1;
            continue;
        }
        let mut line = TaskLine {
            task: held.task,
            path: held.path,
            text: held.text,
            holders: asked().count(),
            answered: vec![],
            missing: vec![],
            unlinked: vec![],
            waiting: vec![],
        };
        for unit in asked() {
            let count = counts.entry(unit.report).or_default();
            count.1 += 1;
            let name = unit.name.clone();
            match (said.get(&(unit.report, held.task)), &unit.plan, unit.sent) {
                (Some(places), ..) => {
                    count.0 += 1;
                    let (report, places) = (unit.report, places.join("; "));
                    line.answered.push(Answered { unit: name, report, places });
                }
                (None, Some(_), _) => line.missing.push(name),
                (None, None, true) => line.unlinked.push(name),
                (None, None, false) => line.waiting.push(name),
            }
        }
        made.tasks.push(line);
    }
    made.tasks.sort_by_key(TaskLine::stand);
    let line = |owing: Owing| {
        let (answered, of) = counts.get(&owing.report).copied().unwrap_or_default();
        UnitLine { owing, answered, of }
    };
    made.units = owing.into_iter().map(line).collect();
    made
}
