//! How far a task has come in the hands of a unit: not begun, going on, done, overdue. Pure. It stands between what the
//! unit noted and reported, and every page that counts. What makes each state is in decision 48.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::deliverable::{Paper, Stand};
use super::{Mode, Part};
use crate::db::ids::{TaskId, UnitId};
use crate::reports::TaskStatus;

/// The state of a task with one unit. The most urgent sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    Overdue,
    NotStarted,
    GoingOn,
    Done,
}

impl TaskState {
    pub const ALL: [TaskState; 4] =
        [TaskState::Overdue, TaskState::NotStarted, TaskState::GoingOn, TaskState::Done];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            TaskState::Overdue => "overdue",
            TaskState::NotStarted => "not_started",
            TaskState::GoingOn => "going_on",
            TaskState::Done => "done",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<TaskState> {
        TaskState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As it stands in a cell and after a number: "quá hạn", "chưa làm".
    pub fn words(self) -> &'static str {
        match self {
            TaskState::Overdue => "quá hạn",
            TaskState::NotStarted => "chưa làm",
            TaskState::GoingOn => "đang làm",
            TaskState::Done => "đã xong",
        }
    }

    /// The same as a heading.
    pub fn heading(self) -> &'static str {
        match self {
            TaskState::Overdue => "Quá hạn",
            TaskState::NotStarted => "Chưa làm",
            TaskState::GoingOn => "Đang làm",
            TaskState::Done => "Đã xong",
        }
    }

    /// The class of its cell or tag.
    pub fn class(self) -> &'static str {
        match self {
            TaskState::Overdue => "late",
            TaskState::NotStarted => "due",
            TaskState::GoingOn => "go",
            TaskState::Done => "done",
        }
    }
}

/// A task as one unit holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub task: TaskId,
    pub unit: UnitId,
    pub part: Part,
    pub mode: Mode,
    /// The last day it is to be done by; none where the document sets none.
    pub due_on: Option<NaiveDate>,
}

/// The first day on which a unit noted work for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    pub task: TaskId,
    pub unit: UnitId,
    pub first_on: NaiveDate,
}

/// What a sent revision says of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub task: TaskId,
    pub unit: UnitId,
    pub status: TaskStatus,
    /// First and last day of what the report covers.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// UTC.
    pub sent_at: NaiveDateTime,
    /// It is the received revision of its report.
    pub received: bool,
}

/// Whose record counts for a unit beside its own: a body it took over, or one that held the function before, which
/// counts as far as its last day with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub unit: UnitId,
    pub until: Option<NaiveDate>,
}

/// What is on record for some tasks, to tell the state of each with each unit.
#[derive(Debug, Clone, Default)]
pub struct Records {
    noted: HashMap<(TaskId, UnitId), NaiveDate>,
    told: HashMap<(TaskId, UnitId), Vec<Told>>,
    before: HashMap<(TaskId, UnitId), Vec<Before>>,
    since: HashMap<(TaskId, UnitId), NaiveDate>,
    papers: HashMap<(TaskId, UnitId), Paper>,
    courteous: HashSet<UnitId>,
}

impl Records {
    /// From what was noted, in whatever order, what was told and whose record counts for whom.
    pub fn new(
        noted: impl IntoIterator<Item = Noted>,
        told: impl IntoIterator<Item = Told>,
        before: HashMap<(TaskId, UnitId), Vec<Before>>,
    ) -> Records {
        let mut records = Records { before, ..Records::default() };
        for note in noted {
            let first = records.noted.entry((note.task, note.unit)).or_insert(note.first_on);
            *first = (*first).min(note.first_on);
        }
        for word in told {
            records.told.entry((word.task, word.unit)).or_default().push(word);
        }
        records
    }

    /// The same with the first day of those that came to hold a task.
    #[must_use]
    pub fn taken_over(self, since: HashMap<(TaskId, UnitId), NaiveDate>) -> Records {
        Records { since, ..self }
    }

    /// The same with the plans of units that some tasks ask for.
    #[must_use]
    pub fn with_papers(self, papers: HashMap<(TaskId, UnitId), Paper>) -> Records {
        Records { papers, ..self }
    }

    /// The same with the units that nobody gives orders to, whatever a document says.
    #[must_use]
    pub fn with_courteous(self, courteous: HashSet<UnitId>) -> Records {
        Records { courteous, ..self }
    }

    /// The units whose record counts for a task with a unit, itself first.
    pub fn sources(&self, task: TaskId, unit: UnitId) -> impl Iterator<Item = Before> + '_ {
        let earlier = self.before.get(&(task, unit)).into_iter().flatten().copied();
        std::iter::once(Before { unit, until: None }).chain(earlier)
    }

    /// The unit's plan that a task asks for: its own, else one that has come from a body whose record counts, else one that a body it
    /// took over still owes.
    pub fn paper(&self, held: &Held) -> Option<&Paper> {
        if let Some(own) = self.papers.get(&(held.task, held.unit)) {
            return Some(own);
        }
        let earlier = self.sources(held.task, held.unit).skip(1).filter_map(|source| {
            let paper = self.papers.get(&(held.task, source.unit))?;
            let counts = paper.has_come() || source.until.is_none() && paper.is_owed();
            (counts && source.until.is_none_or(|until| paper.on <= until)).then_some(paper)
        });
        earlier.max_by_key(|paper| paper.weight())
    }

    /// The state on `day`. Of a task that asks for the unit's plan that plan decides: received it is done, sent it is going on, and it is
    /// overdue as the plan is, for who is to send it or took over who was. Else done: the newest received word on it says so. Overdue: its
    /// last day is over, it is not done, it was assigned and not asked for, and the unit held it on that day; front and mass organisations
    /// are asked, whatever the document says. Going on: work was noted, or a sent report says
    /// that it has begun.
    pub fn state(&self, held: &Held, day: NaiveDate) -> TaskState {
        let paper = self.paper(held);
        let (said, due_on) = match paper.map(|paper| &paper.stand) {
            Some(Stand::Received(_)) => return TaskState::Done,
            Some(Stand::Sent) => return TaskState::GoingOn,
            Some(Stand::Owed(last)) => (None, last.or(held.due_on)),
            Some(Stand::Excused) => (self.newest_received(held), None),
            None => (self.newest_received(held), held.due_on),
        };
        if said == Some(TaskStatus::Done) {
            return TaskState::Done;
        }
        let since = self.since.get(&(held.task, held.unit));
        // What a body that was taken over owes, its heir owes from the beginning.
        let heir = paper.is_some() && !self.papers.contains_key(&(held.task, held.unit));
        let held_on = |due: NaiveDate| heir || since.is_none_or(|since| *since <= due);
        let owed = paper.filter(|paper| paper.is_owed());
        let requested = owed.map_or(held.mode == Mode::Request, |paper| paper.requested)
            || self.courteous.contains(&held.unit);
        if !requested && due_on.is_some_and(|due| due < day && held_on(due)) {
            return TaskState::Overdue;
        }
        let noted = self.sources(held.task, held.unit).any(|source| {
            let first = self.noted.get(&(held.task, source.unit));
            first.is_some_and(|first| *first <= source.until.unwrap_or(day).min(day))
        });
        let begun = |word: &Told| matches!(word.status, TaskStatus::GoingOn | TaskStatus::Done);
        match noted || self.words(held).any(begun) {
            true => TaskState::GoingOn,
            false => TaskState::NotStarted,
        }
    }

    /// What the state rests on where the task asks for the unit's plan; "" elsewhere.
    pub fn reason(&self, held: &Held) -> String {
        self.paper(held).map(Paper::words).unwrap_or_default()
    }

    /// The sent word by which a task has begun: the unit's own before another's, a received one before one that waits.
    pub fn word_of_beginning(&self, held: &Held) -> Option<Told> {
        let begun = |word: &&Told| matches!(word.status, TaskStatus::GoingOn | TaskStatus::Done);
        let words = self.words(held).filter(begun);
        words.max_by_key(|word| (word.unit == held.unit, word.received, word.to, word.sent_at)).copied()
    }

    /// What the sent reports of all that count for a unit say of a task; what says nothing left out.
    fn words<'a>(&'a self, held: &'a Held) -> impl Iterator<Item = &'a Told> {
        self.sources(held.task, held.unit).flat_map(move |source| {
            let words = self.told.get(&(held.task, source.unit)).into_iter().flatten();
            words
                .filter(move |word| source.until.is_none_or(|until| word.from <= until))
                .filter(|word| word.status != TaskStatus::Unsaid)
        })
    }

    fn newest_received(&self, held: &Held) -> Option<TaskStatus> {
        let received = self.words(held).filter(|word| word.received);
        received.max_by_key(|word| (word.to, word.sent_at, word.from)).map(|word| word.status)
    }
}

/// How many tasks are in each state, each unit that holds one counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([usize; TaskState::ALL.len()]);

impl Counts {
    pub fn add(&mut self, state: TaskState) {
        self.0[state as usize] += 1;
    }

    pub fn of(&self, state: TaskState) -> usize {
        self.0[state as usize]
    }

    pub fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// Those there are, the most urgent first.
    pub fn some(&self) -> Vec<(TaskState, usize)> {
        TaskState::ALL.into_iter().map(|state| (state, self.of(state))).filter(|(_, n)| *n > 0).collect()
    }

    /// "2 quá hạn, 30 đang làm"; "" of nothing.
    pub fn words(&self) -> String {
        let some = self.some().into_iter().map(|(state, n)| format!("{n} {}", state.words()));
        some.collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<TaskState> for Counts {
    fn from_iter<I: IntoIterator<Item = TaskState>>(states: I) -> Self {
        let mut counts = Counts::default();
        for state in states {
            counts.add(state);
        }
        counts
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (mine, its) in self.0.iter_mut().zip(other.0) {
            *mine += its;
        }
    }
}
