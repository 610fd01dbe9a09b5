//! A document beside the plan made of it: what only one of them says, and what they say otherwise. Pure. Clauses are the same by their
//! signs, tasks by their words, duties by their cycle. What is said of a task is not said of its clause again.

use std::collections::BTreeSet;

use super::propose::one_line;
use super::remainder::remainder;
use crate::vietnamese::search_key;

/// One of the two, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    pub clauses: Vec<SideClause>,
    pub tasks: Vec<SideTask>,
    pub duties: Vec<SideDuty>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideClause {
    pub path: String,
    pub title: String,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideTask {
    pub path: String,
    pub text: String,
    pub target: String,
    /// The last day it is to be done by, in words; "".
    pub due: String,
    /// Names of bodies, kinds and functions.
    pub holders: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideDuty {
    /// "Năm".
    pub cycle: String,
    /// "trước ngày 15/11 hằng năm".
    pub due: String,
    /// The regime.
    pub of: String,
}

/// How the two differ in one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    OnlyDocument(String),
    OnlyPlan(String),
    /// What it is about, what the document says, what the plan says.
    Changed(String, String, String),
}

/// Everything in which two sides differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    pub clauses: Vec<Difference>,
    pub tasks: Vec<Difference>,
    pub holders: Vec<Difference>,
    pub duties: Vec<Difference>,
}

impl Differences {
    pub fn count(&self) -> usize {
        self.clauses.len() + self.tasks.len() + self.holders.len() + self.duties.len()
    }
}

/// Words two tasks share, of a hundred of both, for them to be one task that was reworded.
const ALIKE: usize = 60;

/// Compares a document with a plan.
pub fn compare(document: &Side, plan: &Side) -> Differences {
    let split = Side { tasks: split_as(&document.tasks, &plan.tasks), ..document.clone() };
    let (tasks, holders) = tasks(&split, plan);
    Differences { clauses: clauses(&split, plan), tasks, holders, duties: duties(document, plan) }
}

/// Neighbouring tasks of a plan, at most, that stand for one of the document.
const MOST_PARTS: usize = 8;

/// The tasks of a document, each that a plan has in neighbouring parts in those parts: whoever split it changed none of its words.
pub fn split_as(document: &[SideTask], plan: &[SideTask]) -> Vec<SideTask> {
    // Neighbours stand in one clause; a plan's tasks come in the order of their places in whatever clause.
    let mut plan: Vec<&SideTask> = plan.iter().collect();
    plan.sort_by_key(|task| task.path.as_str());
    let keys: Vec<String> = plan.iter().map(|task| search_key(&task.text)).collect();
    let mut used = vec![false; plan.len()];
    let mut all = Vec::new();
    for task in document {
        let wanted = search_key(&task.text);
        let is_whole = keys.contains(&wanted);
        let parts =
            |from: usize| (2..=MOST_PARTS.min(plan.len() - from)).map(move |parts| from..from + parts);
        let mut runs = (0..plan.len()).filter(|_| !is_whole && !wanted.is_empty()).flat_map(parts);
        let run = runs.find(|run| {
            let of = &plan[run.clone()];
            !used[run.clone()].contains(&true)
                && of.iter().all(|part| part.path == of[0].path)
                && keys[run.clone()].iter().all(|key| !key.is_empty() && wanted.contains(key.as_str()))
                && keys[run.clone()].join(" ") == wanted
        });
        match run {
            Some(run) => {
                used[run.clone()].fill(true);
                all.extend(as_parts(task, &plan[run]));
            }
            None => all.push(task.clone()),
        }
    }
    all
}

/// A task in the words of its parts. What each part still says of the whole is no difference; what none says is told of the first.
fn as_parts(whole: &SideTask, parts: &[&SideTask]) -> Vec<SideTask> {
    let kept = |of: &dyn Fn(&SideTask) -> &str, part: &SideTask| {
        let blank = of(part).is_empty() && parts.iter().any(|one| of(one) == of(whole));
        if blank { String::new() } else { of(whole).to_owned() }
    };
    let held: BTreeSet<&String> = parts.iter().flat_map(|part| &part.holders).collect();
    let nobodys: BTreeSet<String> =
        whole.holders.iter().filter(|name| !held.contains(name)).cloned().collect();
    let of = |(at, part): (usize, &&SideTask)| {
        let mut holders: BTreeSet<String> = whole.holders.intersection(&part.holders).cloned().collect();
        if at == 0 {
            holders.extend(nobodys.iter().cloned());
        }
        SideTask {
            path: whole.path.clone(),
            text: part.text.clone(),
            target: kept(&|task| task.target.as_str(), part),
            due: kept(&|task| task.due.as_str(), part),
            holders,
        }
    };
    parts.iter().enumerate().map(of).collect()
}

/// A clause without what its tasks say.
fn apart(clause: &SideClause, tasks: &[SideTask]) -> String {
    let given: Vec<&str> =
        tasks.iter().filter(|task| task.path == clause.path).map(|task| task.text.as_str()).collect();
    let body = remainder(&clause.body, &given).join("\n");
    words_of(&SideClause { body, ..clause.clone() })
}

fn words_of(clause: &SideClause) -> String {
    let body = clause.body.lines().map(one_line).collect::<Vec<_>>().join("\n");
    [one_line(&clause.title), body].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn clauses(document: &Side, plan: &Side) -> Vec<Difference> {
    let mut found = Vec::new();
    for clause in &document.clauses {
        let label = format!("Mục {}", clause.path);
        match plan.clauses.iter().find(|other| other.path == clause.path) {
            None => found.push(Difference::OnlyDocument(format!("{label}. {}", words_of(clause)))),
            Some(other) if words_of(other) == words_of(clause) => {}
            Some(other) => {
                let (document, plan) = (apart(clause, &document.tasks), apart(other, &plan.tasks));
                if document != plan {
                    found.push(Difference::Changed(label, document, plan));
                }
            }
        }
    }
    let gone = plan.clauses.iter().filter(|clause| !document.clauses.iter().any(|d| d.path == clause.path));
    found.extend(gone.map(|c| Difference::OnlyPlan(format!("Mục {}. {}", c.path, words_of(c)))));
    found
}

/// Pairs of places: the same words first, then words mostly the same, then the only ones left of a clause, each task once.
fn pairs(document: &[SideTask], plan: &[SideTask]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut scored: Vec<(usize, usize, usize)> = Vec::new();
    for (d, left) in document.iter().enumerate() {
        for (p, right) in plan.iter().enumerate() {
            let score = alike(&left.text, &right.text);
            if score >= ALIKE {
                // Of equals, the one on the same clause.
                scored.push((2 * score + usize::from(left.path == right.path), d, p));
            }
        }
    }
    scored.sort_by_key(|(score, d, p)| (std::cmp::Reverse(*score), *d, *p));
    for (_, d, p) in scored {
        if pairs.iter().all(|(left, right)| *left != d && *right != p) {
            pairs.push((d, p));
        }
    }
    let left: Vec<usize> = (0..document.len()).filter(|at| pairs.iter().all(|(d, _)| d != at)).collect();
    let right: Vec<usize> = (0..plan.len()).filter(|at| pairs.iter().all(|(_, p)| p != at)).collect();
    let alone = |all: &[usize], of: &[SideTask], path: &str| -> Option<usize> {
        let mut here = all.iter().filter(|at| of[**at].path == path);
        here.next().copied().filter(|_| here.next().is_none())
    };
    for d in &left {
        let path = document[*d].path.as_str();
        if alone(&left, document, path).is_some()
            && let Some(p) = alone(&right, plan, path)
        {
            pairs.push((*d, p));
        }
    }
    pairs
}

/// How many of a hundred words of both texts stand in both.
pub fn alike(left: &str, right: &str) -> usize {
    let words = |text: &str| {
        let mut words: Vec<String> = search_key(text).split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let (left, right) = (words(left), words(right));
    let (mut l, mut r, mut both) = (0, 0, 0);
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                l += 1;
                r += 1;
            }
        }
    }
    200 * both / (left.len() + right.len()).max(1)
}

fn label(task: &SideTask) -> String {
    format!("Mục {}: {}", task.path, crate::plans::shortened(&task.text, 80))
}

fn tasks(document: &Side, plan: &Side) -> (Vec<Difference>, Vec<Difference>) {
    let pairs = pairs(&document.tasks, &plan.tasks);
    let (mut found, mut holders) = (Vec::new(), Vec::new());
    for (at, task) in document.tasks.iter().enumerate() {
        let Some((_, other)) = pairs.iter().find(|(left, _)| *left == at) else {
            found.push(Difference::OnlyDocument(format!("Mục {}: {}", task.path, one_line(&task.text))));
            continue;
        };
        let other = &plan.tasks[*other];
        if one_line(&task.text) != one_line(&other.text) {
            let of = format!("Nội dung nhiệm vụ ở mục {}", task.path);
            found.push(Difference::Changed(of, one_line(&task.text), one_line(&other.text)));
        }
        if one_line(&task.target) != one_line(&other.target) {
            let of = format!("Chỉ tiêu của {}", label(task));
            found.push(Difference::Changed(of, one_line(&task.target), one_line(&other.target)));
        }
        if task.due != other.due {
            let words =
                |due: &str| if due.is_empty() { "không ấn định".to_owned() } else { due.to_owned() };
            let of = format!("Hạn cuối của {}", label(task));
            found.push(Difference::Changed(of, words(&task.due), words(&other.due)));
        }
        if task.path != other.path {
            let of = format!("Vị trí của {}", label(task));
            found.push(Difference::Changed(of, format!("mục {}", task.path), format!("mục {}", other.path)));
        }
        for name in task.holders.difference(&other.holders) {
            holders.push(Difference::OnlyDocument(format!("{name} ({})", label(task))));
        }
        for name in other.holders.difference(&task.holders) {
            holders.push(Difference::OnlyPlan(format!("{name} ({})", label(task))));
        }
    }
    for (at, task) in plan.tasks.iter().enumerate() {
        if pairs.iter().all(|(_, right)| *right != at) {
            found.push(Difference::OnlyPlan(format!("Mục {}: {}", task.path, one_line(&task.text))));
        }
    }
    (found, holders)
}

fn duties(document: &Side, plan: &Side) -> Vec<Difference> {
    let words = |duty: &SideDuty| format!("{}: {} ({})", duty.cycle, duty.due, duty.of);
    let mut left: Vec<&SideDuty> = plan.duties.iter().collect();
    let mut open: Vec<&SideDuty> = Vec::new();
    // What is the same first, so that it is not taken for a change of another.
    for duty in &document.duties {
        match left.iter().position(|other| (&other.cycle, &other.due) == (&duty.cycle, &duty.due)) {
            Some(at) => drop(left.remove(at)),
            None => open.push(duty),
        }
    }
    let mut found = Vec::new();
    for duty in open {
        match left.iter().position(|other| other.cycle == duty.cycle) {
            Some(at) => {
                let other = left.remove(at);
                found.push(Difference::Changed(duty.cycle.clone(), words(duty), words(other)));
            }
            None => found.push(Difference::OnlyDocument(words(duty))),
        }
    }
    found.extend(left.into_iter().map(|duty| Difference::OnlyPlan(words(duty))));
    found
}
