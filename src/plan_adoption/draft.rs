//! What would be made of a document, item by item, with what the compiler has decided about each. Kept as JSON with the upload. Pure;
//! stands between the reading, which says what is written, and the outcome, which says what it becomes.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::plan_reader::Sure;
use crate::plans::form::PlanForm;
use crate::plans::task_form::HolderRow;

/// A proposal. Texts are kept as typed; keys tell items apart and are never used again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub facts: PlanForm,
    /// Fields of the facts that the reader put together or guessed.
    pub guessed: Vec<String>,
    pub bases: Vec<BasisItem>,
    /// In the document's order.
    pub clauses: Vec<ClauseItem>,
    pub tasks: Vec<TaskItem>,
    pub duties: Vec<DutyItem>,
    /// Whose name it is, by the key of the name; see [`super::naming::key`].
    pub answers: BTreeMap<String, Answer>,
    /// A letter for each line of the text; see [`super::marks`].
    pub roles: String,
    /// The last key that was given.
    pub last_key: u32,
    /// Somebody said that it is another document than the one with its number that there is.
    pub another: bool,
}

/// A document the plan rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasisItem {
    pub key: u32,
    pub taken: bool,
    /// A code of [`crate::plans::BASIS_KINDS`].
    pub kind: String,
    pub number: String,
    /// As typed in a form: "17/4/2020", or "".
    pub issued_on: String,
    pub issuer: String,
    pub subject: String,
    /// The citation as written.
    pub written: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseItem {
    pub key: u32,
    pub taken: bool,
    pub parent: Option<u32>,
    pub label: String,
    pub title: String,
    /// A paragraph a line.
    pub body: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A task with those it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskItem {
    pub key: u32,
    pub taken: bool,
    /// Key of its clause.
    pub clause: u32,
    pub text: String,
    pub target: String,
    pub due_on: String,
    /// As written.
    pub lead: Vec<String>,
    pub cooperating: Vec<String>,
    /// A code of [`crate::plans::Mode`].
    pub mode: String,
    /// Holders as somebody chose them; none: those of the names.
    pub rows: Option<Vec<HolderRow>>,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A duty to report, or to send in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyItem {
    pub key: u32,
    pub taken: bool,
    /// "report" or "document".
    pub what: String,
    /// A field of [`crate::regimes::cycles::Group`], "adhoc", or "" where the words name none.
    pub cycle: String,
    /// "before", "by", "days_after_window", "working_days_after_window", "undated"; of what is asked when something happens "hours",
    /// "days" or "working_days" too.
    pub rule: String,
    /// "15/11", of a month or quarter "15", of something asked once "20/02/2025", or a number of days or hours.
    pub when: String,
    /// Of a cycle whose day the document names with its year, that day: "5/12/2026"; "" where the day comes back.
    #[serde(default)]
    pub only_on: String,
    /// The year of the one period the document names: 2025 of "6 tháng đầu năm 2025". Its first period is of no other.
    #[serde(default)]
    pub year: Option<i32>,
    /// The first year it is asked for: 2026 of "từ năm 2026 trở đi".
    #[serde(default)]
    pub since: Option<i32>,
    /// The days the document has the figures of that period counted over, "15/12/2024-14/6/2025", or "".
    #[serde(default)]
    pub counted: String,
    /// "16:00", or "".
    pub hour: String,
    /// Who owes it, as written.
    pub units: Vec<String>,
    /// "unit:7", "group:district", "not:9" of a group without one of its bodies: as somebody chose them; none: those of the names.
    pub who: Option<Vec<String>>,
    pub to: String,
    pub via: String,
    /// What the regime made of it would be called.
    pub name: String,
    /// "new"; "with:3": a cycle of the regime of that duty; "regime:7": of a regime there is.
    pub regime: String,
    /// Whether its first period is opened; none: where its day has not passed and its window has begun.
    pub open: Option<bool>,
    /// The last day of its first period where the document names none, as typed.
    #[serde(default)]
    pub first_on: String,
    /// Whether it is reported in words alone, on the plain form.
    #[serde(default)]
    pub plain: bool,
    pub text: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// Whose name it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Unit(i64),
    /// All bodies of a kind.
    Kind(String),
    /// Nobody's of the province: it stays in the words.
    Nobody,
}

impl Draft {
    /// A key nothing has.
    pub fn new_key(&mut self) -> u32 {
        self.last_key += 1;
        self.last_key
    }

    pub fn clause(&self, key: u32) -> Option<&ClauseItem> {
        self.clauses.iter().find(|clause| clause.key == key)
    }

    /// "III.1" of a clause, whatever is left out above it.
    pub fn path(&self, key: u32) -> String {
        let mut labels = Vec::new();
        let mut at = self.clause(key);
        // A circle, which nothing here makes, ends too.
        while let Some(clause) = at.filter(|_| labels.len() <= self.clauses.len()) {
            labels.push(clause.label.as_str());
            at = clause.parent.and_then(|parent| self.clause(parent));
        }
        labels.reverse();
        labels.join(".")
    }

    /// The clauses that are made: each that is taken or has a task that is, and those above it.
    pub fn kept(&self) -> HashSet<u32> {
        let parents: HashMap<u32, Option<u32>> =
            self.clauses.iter().map(|clause| (clause.key, clause.parent)).collect();
        let taken = self.clauses.iter().filter(|clause| clause.taken).map(|clause| clause.key);
        let of_tasks = self.tasks.iter().filter(|task| task.taken).map(|task| task.clause);
        let mut kept = HashSet::new();
        for key in taken.chain(of_tasks) {
            let mut at = Some(key);
            while let Some(key) = at.filter(|key| kept.insert(*key)) {
                at = parents.get(&key).copied().flatten();
            }
        }
        kept
    }

    /// Takes everything, the unclear too.
    pub fn take_all(&mut self) {
        self.bases.iter_mut().for_each(|item| item.taken = true);
        self.clauses.iter_mut().for_each(|item| item.taken = true);
        self.tasks.iter_mut().for_each(|item| item.taken = true);
        self.duties.iter_mut().for_each(|item| item.taken = true);
    }

    /// Forgets items that were begun and never filled in.
    pub fn drop_blanks(&mut self) {
        self.tasks.retain(|task| !task.is_blank());
        self.duties.retain(|duty| !duty.is_blank());
        let used: Vec<u32> = self.tasks.iter().map(|task| task.clause).collect();
        let parents: Vec<Option<u32>> = self.clauses.iter().map(|clause| clause.parent).collect();
        let used = |key: u32| used.contains(&key) || parents.contains(&Some(key));
        self.clauses.retain(|clause| !clause.is_blank() || used(clause.key));
    }

    /// How many items are not taken.
    pub fn left_out(&self) -> usize {
        let kept = self.kept();
        self.bases.iter().filter(|item| !item.taken).count()
            + self.clauses.iter().filter(|item| !kept.contains(&item.key)).count()
            + self.tasks.iter().filter(|item| !item.taken).count()
            + self.duties.iter().filter(|item| !item.taken).count()
    }
}

/// Begun by somebody and not filled in yet: nothing of the document stands behind it.
impl ClauseItem {
    pub fn is_blank(&self) -> bool {
        !self.taken && self.lines.is_empty() && self.title.is_empty() && self.body.is_empty()
    }
}

impl TaskItem {
    pub fn is_blank(&self) -> bool {
        !self.taken && self.lines.is_empty() && self.text.is_empty()
    }
}

impl DutyItem {
    pub fn is_blank(&self) -> bool {
        !self.taken && self.lines.is_empty() && self.text.is_empty()
    }
}
