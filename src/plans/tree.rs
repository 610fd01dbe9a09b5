//! The clauses of a plan as a tree, and the tasks that hang on them. Stands between stored rows, which know
//! their parent and their place among siblings, and the document, which is read from top to bottom.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::ids::{ClauseId, PlanId, TaskId};

/// Levels of clauses a plan may have. NĐ 30/2020 knows seven (phần, chương, mục, tiểu mục, điều, khoản, điểm); pages
/// draw a tree by drawing what is below each clause, so its depth is bounded.
pub const DEEPEST: usize = 10;

/// A clause (mục, khoản, điểm) of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::clauses)]
pub struct Clause {
    pub id: ClauseId,
    pub plan_id: PlanId,
    pub parent_id: Option<ClauseId>,
    /// Place in the plan read from top to bottom, from 1.
    pub position: i32,
    /// Its own sign, e.g. "2".
    pub label: String,
    /// Its sign with those above it, e.g. "III.2".
    pub path: String,
    pub title: String,
    pub body: String,
}

impl Clause {
    /// "III.2. Sở Tài chính", for lists of clauses.
    pub fn name(&self) -> String {
        let words = if self.title.is_empty() { &self.body } else { &self.title };
        format!("{}. {}", self.path, shortened(words, 80))
    }
}

/// A task on a clause.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::tasks)]
pub struct Task {
    pub id: TaskId,
    pub plan_id: PlanId,
    pub clause_id: ClauseId,
    pub position: i32,
    pub text: String,
    pub target: String,
    /// The day the document sets for it; none where it sets none.
    pub due_on: Option<NaiveDate>,
    /// From this day on nobody holds it.
    pub withdrawn_on: Option<NaiveDate>,
}

/// How deep a clause under `parent` would stand: 1 without one. Ends in a circle too.
pub fn level_under(clauses: &[Clause], parent: Option<ClauseId>) -> usize {
    let mut level = 1;
    let mut above = parent;
    while let Some(id) = above.filter(|_| level <= clauses.len()) {
        level += 1;
        above = clauses.iter().find(|clause| clause.id == id).and_then(|clause| clause.parent_id);
    }
    level
}

/// Levels a clause takes with all below it: 1 for one that holds nothing.
pub fn height(clauses: &[Clause], id: ClauseId) -> usize {
    let mut row = vec![id];
    let mut levels = 0;
    while !row.is_empty() && levels <= clauses.len() {
        levels += 1;
        row =
            clauses.iter().filter(|c| c.parent_id.is_some_and(|p| row.contains(&p))).map(|c| c.id).collect();
    }
    levels
}

/// The nodes of a forest from top to bottom with their depth (0 for a root), siblings in the order given.
/// A node whose parent is missing, or that is its own ancestor, is left out.
pub fn reading_order(nodes: &[(ClauseId, Option<ClauseId>)]) -> Vec<(ClauseId, usize)> {
    let mut children: HashMap<Option<ClauseId>, Vec<ClauseId>> = HashMap::new();
    for &(id, parent) in nodes.iter().rev() {
        children.entry(parent).or_default().push(id);
    }
    let mut order = Vec::with_capacity(nodes.len());
    // Siblings were pushed last to first, so the stack gives them first to last.
    let mut stack: Vec<(ClauseId, usize)> =
        children.remove(&None).unwrap_or_default().into_iter().map(|id| (id, 0)).collect();
    while let Some((id, depth)) = stack.pop() {
        order.push((id, depth));
        let below = children.remove(&Some(id)).unwrap_or_default();
        stack.extend(below.into_iter().map(|child| (child, depth + 1)));
    }
    order
}

/// At most `longest` characters, cut between words, with "…" for the rest.
pub fn shortened(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole}…")
}
