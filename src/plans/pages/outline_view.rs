//! A plan's tree as it is drawn: clauses within clauses, tasks under clauses, and who holds each.

use std::collections::{HashMap, HashSet};

use askama::Template;
use chrono::NaiveDate;

use crate::db::Conn;
use crate::db::ids::{ClauseId, TaskId, UnitId};
use crate::plans::state::Held;
use crate::plans::{
    Assignment, Clause, DEEPEST, Landscape, Mode, Part, Plan, Task, held_on, queries, reading_order,
};
use crate::vietnamese;

/// Everything of one plan, loaded with a fixed number of queries.
pub struct Whole {
    pub plan: Plan,
    pub clauses: Vec<Clause>,
    pub tasks: Vec<Task>,
    pub assignments: Vec<Assignment>,
    pub landscape: Landscape,
    /// The bodies that collect what is reported of it.
    pub keepers: Vec<UnitId>,
    /// The day the holders are shown for.
    pub day: NaiveDate,
}

/// One line of holders under a task.
pub struct HolderLine {
    pub part: Part,
    pub mode: Mode,
    /// The name of the body, of the group, or of the function that nobody holds.
    pub name: String,
    /// The members of a group that answer now.
    pub members: Vec<String>,
    /// "theo chức năng …", where the work follows one.
    pub function: Option<String>,
    /// "trước đây: …", where it changed hands.
    pub before: Option<String>,
}

/// A task under its clause.
pub struct TaskView {
    pub task: Task,
    pub withdrawn: Option<String>,
    pub due: Option<String>,
    pub lines: Vec<HolderLine>,
}

/// What the editing form of the tree needs at each clause.
#[derive(Clone)]
pub struct Handles {
    pub csrf: String,
    pub version: i32,
}

/// One clause with all below it; draws itself and them.
#[derive(Template)]
#[template(path = "plans/clause.html")]
pub struct ClauseNode {
    pub clause: Clause,
    pub tasks: Vec<TaskView>,
    pub children: Vec<ClauseNode>,
    pub handles: Option<Handles>,
    pub first: bool,
    pub last: bool,
    /// It leads to what became of its tasks, or of those below it.
    pub traced: bool,
}

impl Whole {
    /// # Errors
    /// The query's own.
    pub fn load(conn: &mut Conn, plan: Plan, today: NaiveDate) -> diesel::QueryResult<Whole> {
        let day = plan.day_shown(today);
        let clauses = queries::clauses_of(conn, plan.id)?;
        let tasks = queries::tasks_of(conn, &[plan.id])?;
        let assignments = queries::assignments_of(conn, &[plan.id])?;
        let landscape = queries::landscape(conn, &assignments, day)?;
        let keepers = queries::keepers(conn, plan.id)?;
        Ok(Whole { plan, clauses, tasks, assignments, landscape, keepers, day })
    }

    /// The tasks somebody holds on the day shown, in the document's order, each with its clause.
    pub fn live(&self) -> Vec<(&Clause, &Task)> {
        let nodes: Vec<_> = self.clauses.iter().map(|c| (c.id, c.parent_id)).collect();
        let clauses: HashMap<ClauseId, &Clause> = self.clauses.iter().map(|c| (c.id, c)).collect();
        let mut found = Vec::new();
        for (id, _) in reading_order(&nodes) {
            let Some(clause) = clauses.get(&id) else { continue };
            let tasks = self.tasks.iter().filter(|task| task.clause_id == id);
            found.extend(tasks.filter(|task| self.is_live(task)).map(|task| (*clause, task)));
        }
        found
    }

    /// The live tasks, each with each unit that answers for it on the day shown.
    pub fn held(&self) -> Vec<Held> {
        let tasks = self.live().into_iter().map(|(_, task)| task);
        held_on(tasks, &self.assignments, &self.landscape, self.plan.province_id, self.day)
    }

    fn is_live(&self, task: &Task) -> bool {
        task.withdrawn_on.is_none_or(|since| self.day < since)
    }

    /// Who answers for an assignment on the day shown.
    pub fn answering(&self, assignment: &Assignment) -> Vec<UnitId> {
        self.landscape.answering(assignment, self.plan.province_id, self.day)
    }

    /// The lines of holders of one task: bodies one by one, a group as one line.
    pub fn lines(&self, task: TaskId) -> Vec<HolderLine> {
        let mut lines: Vec<(Option<&str>, HolderLine)> = Vec::new();
        for a in self.assignments.iter().filter(|a| a.task_id == task && a.holds_on(self.day)) {
            let names: Vec<String> =
                self.answering(a).iter().map(|unit| self.landscape.name(*unit).to_owned()).collect();
            if let Some(kind) = a.group_kind.as_deref() {
                let same = lines
                    .iter_mut()
                    .find(|(group, line)| *group == Some(kind) && line.part == a.part && line.mode == a.mode);
                match same {
                    Some((_, line)) => {
                        for name in names {
                            if !line.members.contains(&name) {
                                line.members.push(name);
                            }
                        }
                    }
                    None => {
                        let name = self.landscape.kinds.get(kind).cloned().unwrap_or_else(|| kind.to_owned());
                        let line = HolderLine {
                            part: a.part,
                            mode: a.mode,
                            name,
                            members: names,
                            function: None,
                            before: None,
                        };
                        lines.push((Some(kind), line));
                    }
                }
                continue;
            }
            let function = a.function_id.and_then(|f| self.landscape.functions.get(&f).cloned());
            let name = if names.is_empty() { "chưa rõ đơn vị".to_owned() } else { names.join(", ") };
            let line = HolderLine {
                part: a.part,
                mode: a.mode,
                name,
                members: vec![],
                function,
                before: self.before(a),
            };
            lines.push((None, line));
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn before(&self, assignment: &Assignment) -> Option<String> {
        let (unit, until) = self.landscape.before(assignment, self.plan.province_id, self.day)?;
        let name = self.landscape.name(unit);
        Some(match until {
            Some(day) => format!("{name}, đến {}", vietnamese::short_date(day)),
            None => name.to_owned(),
        })
    }

    fn view(&self, task: &Task) -> TaskView {
        TaskView {
            task: task.clone(),
            withdrawn: task.withdrawn_on.map(vietnamese::short_date),
            due: task.due_on.map(vietnamese::short_date),
            lines: self.lines(task.id),
        }
    }

    /// The tree as it is read; `traced`: the reader sees what became of tasks.
    pub fn tree(&self, traced: bool) -> Vec<ClauseNode> {
        self.below(None, 0, (None, traced))
    }

    /// The tree as it is edited: it shows withdrawn tasks too.
    pub fn tree_to_edit(&self, handles: &Handles) -> Vec<ClauseNode> {
        self.below(None, 0, (Some(handles), false))
    }

    /// A clause and everything below it, in reading order.
    pub fn within(&self, id: ClauseId) -> Vec<&Clause> {
        let own = self.clauses.iter().filter(|clause| clause.id == id);
        own.chain(self.all_below(Some(id))).collect()
    }

    /// Everything below a clause, in reading order.
    fn all_below(&self, parent: Option<ClauseId>) -> Vec<&Clause> {
        let nodes: Vec<_> = self.clauses.iter().map(|c| (c.id, c.parent_id)).collect();
        let mut inside: HashSet<ClauseId> = HashSet::new();
        let mut found = Vec::new();
        for (id, _) in reading_order(&nodes) {
            let Some(clause) = self.clauses.iter().find(|c| c.id == id) else { continue };
            let is_below =
                clause.parent_id == parent || clause.parent_id.is_some_and(|p| inside.contains(&p));
            if is_below {
                inside.insert(id);
                found.push(clause);
            }
        }
        found
    }

    fn below(
        &self,
        parent: Option<ClauseId>,
        depth: usize,
        (handles, traced): (Option<&Handles>, bool),
    ) -> Vec<ClauseNode> {
        // Each level is drawn inside the one above. Should the data be deeper than any plan may be, what lies below the
        // last level stands side by side in it, so that nothing is hidden and nothing runs out of stack.
        let last = depth + 1 >= DEEPEST;
        let here: Vec<&Clause> = match last {
            true => self.all_below(parent),
            false => self.clauses.iter().filter(|c| c.parent_id == parent).collect(),
        };
        let count = here.len();
        here.into_iter()
            .enumerate()
            .map(|(i, clause)| {
                let of = self.tasks.iter().filter(|task| task.clause_id == clause.id);
                let of = of.filter(|task| handles.is_some() || self.is_live(task));
                let tasks: Vec<TaskView> = of.map(|task| self.view(task)).collect();
                let children = match last {
                    true => vec![],
                    false => self.below(Some(clause.id), depth + 1, (handles, traced)),
                };
                ClauseNode {
                    traced: traced && (!tasks.is_empty() || children.iter().any(|child| child.traced)),
                    tasks,
                    children,
                    clause: clause.clone(),
                    handles: handles.cloned(),
                    first: i == 0,
                    last: i + 1 == count,
                }
            })
            .collect()
    }
}
