//! Editing the tree of clauses: add, change, move, remove. After each step the whole plan is numbered again
//! from top to bottom, so that `position` and `path` are always those of the document as it reads.

use serde_json::json;

use super::edit::Editor;
use super::form::ClauseFacts;
use super::queries::{self, NewClause};
use super::{Clause, DEEPEST, height, level_under, reading_order};
use crate::db::Conn;
use crate::db::ids::{ClauseId, PlanId};
use crate::error::{Error, Problems};

/// Which way a clause moves among its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Adds a clause as the last of its parent's.
///
/// # Errors
/// As [`Editor::claim`]; `Invalid` when the parent is not of the plan or the sign is taken.
pub fn add(
    conn: &mut Conn,
    editor: Editor<'_>,
    plan: PlanId,
    facts: &ClauseFacts,
) -> Result<ClauseId, Error> {
    let edit = editor.claim(conn, plan)?;
    let existing = queries::clauses_of(conn, plan)?;
    check(&existing, None, facts)?;
    let row = NewClause {
        plan_id: plan,
        parent_id: facts.parent,
        position: after_all(&existing),
        label: facts.label.clone(),
        path: facts.label.clone(),
        title: facts.title.clone(),
        body: facts.body.clone(),
    };
    let id = queries::add_clause(conn, &row)?;
    let clauses = queries::clauses_of(conn, plan)?;
    number_again(conn, clauses)?;
    edit.record(conn, "clause.add", ("clause", id.0, &facts.label), (None, Some(json!(facts))))?;
    Ok(id)
}

/// Changes a clause; under another parent it becomes the last.
///
/// # Errors
/// As [`add`].
pub fn save(conn: &mut Conn, editor: Editor<'_>, id: ClauseId, facts: &ClauseFacts) -> Result<PlanId, Error> {
    let before = queries::clause(conn, id)?;
    let edit = editor.claim(conn, before.plan_id)?;
    let existing = queries::clauses_of(conn, before.plan_id)?;
    check(&existing, Some(id), facts)?;
    queries::put_clause(conn, id, facts.parent, &facts.label, &facts.title, &facts.body)?;
    let mut clauses = queries::clauses_of(conn, before.plan_id)?;
    if facts.parent != before.parent_id {
        let last = after_all(&clauses);
        clauses.iter_mut().filter(|c| c.id == id).for_each(|c| c.position = last);
    }
    number_again(conn, clauses)?;
    let was =
        ClauseFacts { parent: before.parent_id, label: before.label, title: before.title, body: before.body };
    let change = (Some(json!(was)), Some(json!(facts)));
    edit.record(conn, "clause.edit", ("clause", id.0, &before.path), change)?;
    Ok(before.plan_id)
}

/// Moves a clause past its neighbour; at the end of the row it stays.
///
/// # Errors
/// As [`Editor::claim`].
pub fn step(
    conn: &mut Conn,
    editor: Editor<'_>,
    id: ClauseId,
    direction: Direction,
) -> Result<PlanId, Error> {
    let clause = queries::clause(conn, id)?;
    let edit = editor.claim(conn, clause.plan_id)?;
    let mut clauses = queries::clauses_of(conn, clause.plan_id)?;
    let siblings: Vec<usize> =
        (0..clauses.len()).filter(|&i| clauses[i].parent_id == clause.parent_id).collect();
    let at = siblings.iter().position(|&i| clauses[i].id == id);
    let other = at.and_then(|at| match direction {
        Direction::Up => at.checked_sub(1),
        Direction::Down => Some(at + 1).filter(|next| *next < siblings.len()),
    });
    if let (Some(at), Some(other)) = (at, other) {
        clauses.swap(siblings[at], siblings[other]);
        // The order of the list is what counts from here on.
        for (position, clause) in (1_i32..).zip(&mut clauses) {
            clause.position = position;
        }
        let before = clause.position;
        number_again(conn, clauses)?;
        let after = queries::clause(conn, id)?.position;
        let change = (Some(json!({ "position": before })), Some(json!({ "position": after })));
        edit.record(conn, "clause.move", ("clause", id.0, &clause.path), change)?;
    }
    Ok(clause.plan_id)
}

/// Removes a clause that holds nothing.
///
/// # Errors
/// As [`Editor::claim`]; `Refused` while it still has clauses or tasks.
pub fn remove(conn: &mut Conn, editor: Editor<'_>, id: ClauseId) -> Result<PlanId, Error> {
    let clause = queries::clause(conn, id)?;
    let edit = editor.claim(conn, clause.plan_id)?;
    let clauses = queries::clauses_of(conn, clause.plan_id)?;
    let below = clauses.iter().any(|c| c.parent_id == Some(id));
    let tasks = queries::tasks_of(conn, &[clause.plan_id])?.iter().any(|t| t.clause_id == id);
    if below || tasks {
        return Err(Error::Refused(format!(
            "Mục {} còn mục con hoặc nhiệm vụ. Chuyển hoặc bỏ các mục con, nhiệm vụ đó trước.",
            clause.path
        )));
    }
    queries::remove_clause(conn, id)?;
    let left = queries::clauses_of(conn, clause.plan_id)?;
    number_again(conn, left)?;
    let was = json!({ "path": clause.path, "title": clause.title, "body": clause.body });
    edit.record(conn, "clause.remove", ("clause", id.0, &clause.path), (Some(was), None))?;
    Ok(clause.plan_id)
}

/// Whether `id` may stand where `facts` put it.
fn check(clauses: &[Clause], id: Option<ClauseId>, facts: &ClauseFacts) -> Result<(), Error> {
    let mut problems = Problems::default();
    if facts.parent.is_some_and(|parent| clauses.iter().all(|c| c.id != parent)) {
        problems.add("parent", "Chọn mục cấp trên trong danh sách.");
    }
    let mut above = facts.parent;
    for _ in clauses {
        let Some(parent) = above else { break };
        if Some(parent) == id {
            problems.add("parent", "Một mục không thể đứng dưới chính nó. Chọn mục cấp trên khác.");
            break;
        }
        above = clauses.iter().find(|c| c.id == parent).and_then(|c| c.parent_id);
    }
    if level_under(clauses, facts.parent) + id.map_or(1, |id| height(clauses, id)) > DEEPEST + 1 {
        let message = format!("Kế hoạch có nhiều nhất {DEEPEST} cấp mục. Chọn mục cấp trên khác.");
        problems.add("parent", message);
    }
    let taken =
        clauses.iter().any(|c| c.parent_id == facts.parent && c.label == facts.label && Some(c.id) != id);
    if taken {
        problems.add("label", format!("Đã có mục {} ở cùng cấp. Nhập số khác.", facts.label));
    }
    problems.or(())
}

fn after_all(clauses: &[Clause]) -> i32 {
    clauses.iter().map(|c| c.position).max().unwrap_or(0).saturating_add(1)
}

/// Writes position and path wherever they differ from what the tree says.
fn number_again(conn: &mut Conn, mut clauses: Vec<Clause>) -> Result<(), Error> {
    clauses.sort_by_key(|c| (c.position, c.id));
    let nodes: Vec<(ClauseId, Option<ClauseId>)> = clauses.iter().map(|c| (c.id, c.parent_id)).collect();
    let stored: std::collections::HashMap<ClauseId, (i32, String)> = match clauses.first() {
        Some(first) => queries::clauses_of(conn, first.plan_id)?
            .into_iter()
            .map(|c| (c.id, (c.position, c.path)))
            .collect(),
        None => return Ok(()),
    };
    let mut paths: std::collections::HashMap<ClauseId, String> = std::collections::HashMap::new();
    for (position, (id, _)) in (1_i32..).zip(reading_order(&nodes)) {
        let Some(clause) = clauses.iter().find(|c| c.id == id) else { continue };
        let path = match clause.parent_id.and_then(|parent| paths.get(&parent)) {
            Some(above) => format!("{above}.{}", clause.label),
            None => clause.label.clone(),
        };
        if stored.get(&id) != Some(&(position, path.clone())) {
            queries::put_clause_place(conn, id, position, &path)?;
        }
        paths.insert(id, path);
    }
    Ok(())
}
