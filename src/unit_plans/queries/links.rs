//! The links of a unit's plan as they are written, and the numbers of the plans its tasks are of.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{BroughtId, TaskId};
use crate::db::schema::{brought_links, plans, tasks};
use crate::on_each;

/// Writes the links of a document: task, place in the document, path and words of the clause. One statement.
///
/// # Errors
/// The query's own.
pub(in crate::unit_plans) fn put_links(
    conn: &mut Conn,
    id: BroughtId,
    links: &[(TaskId, i32, &str, &str)],
) -> QueryResult<()> {
    use brought_links as l;
    let rows: Vec<_> = links
        .iter()
        .map(|(task, position, path, text)| {
            (
                l::document_id.eq(id),
                l::task_id.eq(*task),
                l::position.eq(*position),
                l::clause_path.eq(*path),
                l::clause_text.eq(*text),
            )
        })
        .collect();
    for some in rows.chunks(100) {
        on_each!(conn, |c| diesel::insert_into(l::table).values(some.to_vec()).execute(c))?;
    }
    Ok(())
}

/// The number and symbol of the plan that each task is of: "13/KH-UBND"; "" while it has no number. One query.
///
/// # Errors
/// The query's own.
pub fn numbers_of(conn: &mut Conn, ids: &[TaskId]) -> QueryResult<HashMap<TaskId, String>> {
    let rows: Vec<(TaskId, String, String)> = tasks::table
        .inner_join(plans::table.on(plans::id.eq(tasks::plan_id)))
        .filter(tasks::id.eq_any(ids))
        .select((tasks::id, plans::number, plans::symbol))
        .load(conn)?;
    let number = |number: String, symbol: String| match number.is_empty() {
        true => String::new(),
        false => format!("{number}/{symbol}"),
    };
    Ok(rows.into_iter().map(|(id, n, symbol)| (id, number(n, symbol))).collect())
}
