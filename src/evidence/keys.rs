//! Stored keys of addresses, of databases whose rows were made by an earlier spelling of the rule: recomputed when a server starts,
//! once a version of the rule.

use diesel::prelude::*;

use crate::db::ids::{EvidenceId, TaskEntryId};
use crate::db::schema::{computed_columns, evidence, task_entries};
use crate::db::{Conn, Db};
use crate::error::Error;
use crate::on_each;
use crate::reports::link_key::{RULE, link_key};

const NAME: &str = "url_key";
/// Rows of one short write.
const PIECE: i64 = 500;

/// Recomputes what another version of the rule made; gives back how many rows changed. One query when nothing is to do. Stopped
/// midway, or done by two servers at once, it ends the same.
///
/// # Errors
/// The queries' own; it is done again at the next start.
pub fn refresh(db: &Db) -> Result<usize, Error> {
    let made_by: Option<i32> = db.read(|conn| {
        Ok::<_, Error>(
            computed_columns::table.find(NAME).select(computed_columns::rule).first(conn).optional()?,
        )
    })?;
    if made_by == Some(RULE) {
        return Ok(0);
    }
    let mut changed = 0;
    let mut after = EvidenceId(0);
    while let Some((last, count)) = db.write(|conn| claims(conn, after))? {
        (after, changed) = (last, changed + count);
    }
    let mut after = TaskEntryId(0);
    while let Some((last, count)) = db.write(|conn| entries(conn, after))? {
        (after, changed) = (last, changed + count);
    }
    db.write(|conn| {
        let row = (computed_columns::name.eq(NAME), computed_columns::rule.eq(RULE));
        diesel::delete(computed_columns::table.find(NAME)).execute(conn)?;
        on_each!(conn, |c| diesel::insert_into(computed_columns::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        Ok::<_, Error>(())
    })?;
    Ok(changed)
}

/// The next piece of the links of reports: the last of it, and how many changed; none at the end.
fn claims(conn: &mut Conn, after: EvidenceId) -> Result<Option<(EvidenceId, usize)>, Error> {
    let rows: Vec<(EvidenceId, String, String)> = evidence::table
        .filter(evidence::id.gt(after))
        .order(evidence::id)
        .limit(PIECE)
        .select((evidence::id, evidence::url, evidence::url_key))
        .load(conn)?;
    let Some((last, ..)) = rows.last() else { return Ok(None) };
    let (last, mut changed) = (*last, 0);
    for (id, url, was) in rows {
        let key = stored(&url);
        if key != was {
            changed +=
                diesel::update(evidence::table.find(id)).set(evidence::url_key.eq(key)).execute(conn)?;
        }
    }
    Ok(Some((last, changed)))
}

/// The same of the log of work.
fn entries(conn: &mut Conn, after: TaskEntryId) -> Result<Option<(TaskEntryId, usize)>, Error> {
    let rows: Vec<(TaskEntryId, String, String)> = task_entries::table
        .filter(task_entries::id.gt(after).and(task_entries::link.ne("")))
        .order(task_entries::id)
        .limit(PIECE)
        .select((task_entries::id, task_entries::link, task_entries::url_key))
        .load(conn)?;
    let Some((last, ..)) = rows.last() else { return Ok(None) };
    let (last, mut changed) = (*last, 0);
    for (id, link, was) in rows {
        let key = stored(&link);
        if key != was {
            let row = task_entries::table.find(id);
            changed += diesel::update(row).set(task_entries::url_key.eq(key)).execute(conn)?;
        }
    }
    Ok(Some((last, changed)))
}

fn stored(address: &str) -> String {
    if address.trim().is_empty() { String::new() } else { link_key(address) }
}
