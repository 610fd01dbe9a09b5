//! Whose data a member of a unit may see, computed from the dated facts: self, descendants, predecessors.
//! Stands between units' versions and changes, which people enter, and `unit_reach`, which every scope asks.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_change_lines, unit_changes, unit_reach, unit_versions, units};
use crate::on_each;

/// How a unit reaches another; the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Itself,
    /// A body it took over as a whole: its people act for it.
    Predecessor,
    /// Below it now or at any time, or gone before one that is: it sees, and does not act.
    Descendant,
}

impl Relation {
    /// The code stored in `unit_reach.relation`.
    pub fn code(self) -> &'static str {
        match self {
            Relation::Itself => "self",
            Relation::Predecessor => "predecessor",
            Relation::Descendant => "descendant",
        }
    }
}

/// The facts reach is made of.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub units: Vec<UnitId>,
    /// Units that have a last day.
    pub ended: BTreeSet<UnitId>,
    /// (parent, child) of every version, past ones too: an old report stays with the body it was made under.
    pub parents: Vec<(UnitId, UnitId)>,
    /// (from, to) of whole bodies merged, renamed, split or abolished. A line with a function is not one:
    /// taking over a function opens nothing of the body that had it.
    pub successions: Vec<(UnitId, UnitId)>,
}

/// One row of `unit_reach`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    pub unit: UnitId,
    pub reaches: UnitId,
    pub relation: Relation,
}

/// Every pair, sorted, each once.
///
/// A body is a predecessor only once it has ended: one that lives on beside its offshoot keeps its reports to
/// itself. Of what stood below a predecessor only the ended bodies come along; a living one is seen by those
/// it now stands under. Cycles in the facts are walked once.
pub fn compute(facts: &Facts) -> Vec<Reach> {
    let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for &(parent, child) in &facts.parents {
        children.entry(parent).or_default().push(child);
    }
    let mut predecessors: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for &(from, to) in facts.successions.iter().filter(|(from, _)| facts.ended.contains(from)) {
        predecessors.entry(to).or_default().push(from);
    }
    let below = |unit: UnitId| children.get(&unit).into_iter().flatten().copied();
    let before = |unit: UnitId| predecessors.get(&unit).into_iter().flatten().copied();
    let ended_below = |unit: UnitId| below(unit).filter(|child| facts.ended.contains(child));

    let mut rows = Vec::new();
    for &unit in &facts.units {
        let taken_over = walk(BTreeSet::from([unit]), before);
        let below = walk(BTreeSet::from([unit]), below);
        let all = walk(&taken_over | &below, |at| before(at).chain(ended_below(at)));
        rows.extend(all.into_iter().map(|reaches| {
            let relation = if reaches == unit {
                Relation::Itself
            } else if taken_over.contains(&reaches) {
                Relation::Predecessor
            } else {
                Relation::Descendant
            };
            Reach { unit, reaches, relation }
        }));
    }
    rows.sort();
    rows
}

/// Everything that can be come to from `seen` along `edges`, `seen` included.
fn walk<E: Iterator<Item = UnitId>>(
    mut seen: BTreeSet<UnitId>,
    edges: impl Fn(UnitId) -> E,
) -> BTreeSet<UnitId> {
    let mut waiting: Vec<UnitId> = seen.iter().copied().collect();
    while let Some(at) = waiting.pop() {
        waiting.extend(edges(at).filter(|reached| seen.insert(*reached)));
    }
    seen
}

/// Rows of one insert: three variables each, well under SQLite's limit.
const CHUNK: usize = 500;

/// Recomputes `unit_reach` from the whole of units, versions and changes. Call it in the transaction that
/// changed any of them. Three reads, one delete, one insert per 500 rows.
///
/// # Errors
/// The queries' own.
pub fn rebuild(conn: &mut Conn) -> QueryResult<()> {
    let facts = facts(conn)?;
    diesel::delete(unit_reach::table).execute(conn)?;
    for chunk in compute(&facts).chunks(CHUNK) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|row| {
                (
                    unit_reach::unit_id.eq(row.unit),
                    unit_reach::reaches_id.eq(row.reaches),
                    unit_reach::relation.eq(row.relation.code()),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(unit_reach::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn facts(conn: &mut Conn) -> QueryResult<Facts> {
    let all: Vec<(UnitId, bool)> =
        units::table.select((units::id, units::existed_to.is_not_null())).order(units::id).load(conn)?;
    let parents: Vec<(UnitId, Option<UnitId>)> =
        unit_versions::table.select((unit_versions::unit_id, unit_versions::parent_id)).load(conn)?;
    let lines: Vec<(Option<UnitId>, Option<UnitId>)> = unit_change_lines::table
        .inner_join(unit_changes::table)
        .filter(unit_change_lines::function_id.is_null())
        .filter(unit_changes::kind.eq_any(["rename", "merge", "split", "abolish"]))
        .select((unit_change_lines::from_unit_id, unit_change_lines::to_unit_id))
        .load(conn)?;
    Ok(Facts {
        units: all.iter().map(|(id, _)| *id).collect(),
        ended: all.iter().filter(|(_, ended)| *ended).map(|(id, _)| *id).collect(),
        parents: parents.into_iter().filter_map(|(child, parent)| Some((parent?, child))).collect(),
        successions: lines.into_iter().filter_map(|(from, to)| Some((from?, to?))).collect(),
    })
}
