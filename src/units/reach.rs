//! Whose data a member of a unit may see: its own, that of everything under it, and that of the bodies whose work
//! it took over once they ended. Derived from versions and changes, kept as rows so that scope is one join.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_change_lines, unit_changes, unit_reach, unit_versions, units};
use crate::on_each;

/// Rows of one batch insert: three values each stay well under SQLite's 32,766 bound values.
const BATCH: usize = 2000;

/// How one unit reaches another; the codes of `unit_reach.relation`. `Predecessor` wins over `Descendant`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Own,
    Predecessor,
    Descendant,
}

impl Relation {
    pub fn code(self) -> &'static str {
        match self {
            Relation::Own => "self",
            Relation::Predecessor => "predecessor",
            Relation::Descendant => "descendant",
        }
    }
}

/// Everything each unit reaches. `parents` are all (unit, parent) pairs there ever were; `takeovers` are
/// (successor, ended body) pairs. A chain of takeovers reaches back to its beginning; descendants are those of
/// the unit itself, at any depth. Cycles end where they close.
pub fn reach(
    all: &[UnitId],
    parents: &[(UnitId, UnitId)],
    takeovers: &[(UnitId, UnitId)],
) -> BTreeMap<(UnitId, UnitId), Relation> {
    let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for &(unit, parent) in parents {
        children.entry(parent).or_default().push(unit);
    }
    let mut before: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for &(successor, ended) in takeovers {
        before.entry(successor).or_default().push(ended);
    }
    let mut found = BTreeMap::new();
    for &unit in all {
        for (edges, relation) in [(&before, Relation::Predecessor), (&children, Relation::Descendant)] {
            for reached in closure(unit, edges) {
                found.entry((unit, reached)).or_insert(relation);
            }
        }
        found.insert((unit, unit), Relation::Own);
    }
    found
}

fn closure(start: UnitId, edges: &HashMap<UnitId, Vec<UnitId>>) -> BTreeSet<UnitId> {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(unit) = open.pop() {
        for &next in edges.get(&unit).into_iter().flatten() {
            if next != start && seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen
}

/// Computes the reach of every unit again. Call it in the write that changed a version or recorded a change.
///
/// # Errors
/// The query's own.
pub fn rebuild(conn: &mut Conn) -> QueryResult<()> {
    let ended: HashMap<UnitId, Option<NaiveDate>> =
        units::table.select((units::id, units::existed_to)).load(conn)?.into_iter().collect();
    let parents: Vec<(UnitId, Option<UnitId>)> =
        unit_versions::table.select((unit_versions::unit_id, unit_versions::parent_id)).load(conn)?;
    let lines: Vec<(Option<UnitId>, Option<UnitId>, NaiveDate)> = unit_change_lines::table
        .inner_join(unit_changes::table)
        .select((unit_change_lines::from_unit_id, unit_change_lines::to_unit_id, unit_changes::effective_on))
        .load(conn)?;
    let all: Vec<UnitId> = ended.keys().copied().collect();
    let parents: Vec<(UnitId, UnitId)> = parents.into_iter().filter_map(|(u, p)| Some((u, p?))).collect();
    // A body that lives on keeps its data to itself: only what ended by that change is taken over.
    let takeovers: Vec<(UnitId, UnitId)> = lines
        .into_iter()
        .filter_map(|(from, to, on)| Some((to?, from?, on)))
        .filter(|(to, from, on)| to != from && ended.get(from).copied().flatten().is_some_and(|end| end < *on))
        .map(|(to, from, _)| (to, from))
        .collect();
    diesel::delete(unit_reach::table).execute(conn)?;
    let rows: Vec<_> = reach(&all, &parents, &takeovers)
        .into_iter()
        .map(|((unit, reached), relation)| {
            (
                unit_reach::unit_id.eq(unit),
                unit_reach::reaches_id.eq(reached),
                unit_reach::relation.eq(relation.code()),
            )
        })
        .collect();
    for batch in rows.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(unit_reach::table).values(batch.to_vec()).execute(c))?;
    }
    Ok(())
}
