//! Whose data a member of a unit may see, computed from the dated facts: self, descendants, predecessors.
//! Stands between units' versions and changes, which people enter, and `unit_reach`, which every scope asks.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
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
    /// Units that have a last day, or had ended by the day in question.
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
    let facts = facts(conn, None)?;
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

/// Whom each of some units acts for on `day`: itself, and the bodies it has taken over by then. A merger recorded
/// in advance opens nothing before its day, nor what the body that still lives had taken over itself. One query,
/// and three more while a body that is reached has yet to end.
///
/// # Errors
/// The queries' own.
pub fn taken_over(
    conn: &mut Conn,
    of: &[UnitId],
    day: NaiveDate,
) -> QueryResult<HashMap<UnitId, Vec<UnitId>>> {
    let stored: Vec<(UnitId, UnitId, Option<NaiveDate>)> = unit_reach::table
        .inner_join(units::table.on(units::id.eq(unit_reach::reaches_id)))
        .filter(unit_reach::unit_id.eq_any(of))
        .filter(unit_reach::relation.eq(Relation::Predecessor.code()))
        .order((unit_reach::unit_id, unit_reach::reaches_id))
        .select((unit_reach::unit_id, unit_reach::reaches_id, units::existed_to))
        .load(conn)?;
    let mut all: HashMap<UnitId, Vec<UnitId>> = of.iter().map(|unit| (*unit, vec![*unit])).collect();
    let mut reach = |unit: UnitId, reached: UnitId| all.entry(unit).or_default().push(reached);
    if stored.iter().all(|(.., last)| last.is_some_and(|last| last < day)) {
        stored.into_iter().for_each(|(unit, reached, _)| reach(unit, reached));
        return Ok(all);
    }
    let facts = Facts { units: of.to_vec(), ..facts(conn, Some(day))? };
    for row in compute(&facts) {
        if row.relation == Relation::Predecessor {
            reach(row.unit, row.reaches);
        }
    }
    Ok(all)
}

/// The facts with the units that had ended by `day`, or, without a day, that are known to end at all.
fn facts(conn: &mut Conn, day: Option<NaiveDate>) -> QueryResult<Facts> {
    let all: Vec<(UnitId, Option<NaiveDate>)> =
        units::table.select((units::id, units::existed_to)).order(units::id).load(conn)?;
    let has_ended = |last: &Option<NaiveDate>| last.is_some_and(|last| day.is_none_or(|day| last < day));
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
        ended: all.iter().filter(|(_, last)| has_ended(last)).map(|(id, _)| *id).collect(),
        parents: parents.into_iter().filter_map(|(child, parent)| Some((parent?, child))).collect(),
        successions: lines.into_iter().filter_map(|(from, to)| Some((from?, to?))).collect(),
    })
}
