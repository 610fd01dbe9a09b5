//! Whose part of the work an obligation is, where it passed to another body when units were rearranged.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, UnitChangeId, UnitId};
use crate::db::schema::{obligations, unit_change_effects, unit_change_lines, unit_changes};
use crate::units::queries::on_days;

/// What the journal says of an obligation that passed, and of a report that went on under another obligation.
const OBLIGATION: &str = "set:obligation_unit";
const REPORT: &str = "set:report_obligation";

/// One passage on record: which of the two, its row, what was there before and after, the event, its first day.
type Passage = (String, i64, String, String, UnitChangeId, NaiveDate);

/// Period, part and unit of an obligation.
type Place = (ObligationId, PeriodId, String, UnitId);

/// The bodies an obligation passed from, and whose part of the work it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// Every body it passed from, with those whose own obligation of the same place ended by the same event; and a body
    /// whose draft went on in its report.
    pub bodies: Vec<UnitId>,
    /// "Sở Tư pháp"; see [`passed_from`].
    pub part_of: Option<String>,
}

/// "Sở Tư pháp": whose report each of some obligations is, as the body was called, where it passed from that body to
/// another and the other predecessors answer for themselves; an obligation that covers all that became one body is nobody's
/// part. One query where nothing passed, else six at most.
///
/// # Errors
/// The query's own.
pub fn passed_from(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, String>> {
    let named = |(id, before): (ObligationId, Before)| Some((id, before.part_of?));
    Ok(before(conn, ids)?.into_iter().filter_map(named).collect())
}

/// Of those obligations that passed, whose they were before: by [`passed_from`] in words, and the bodies. As many queries.
///
/// # Errors
/// The query's own.
pub fn before(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, Before>> {
    let rows: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let passages: Vec<Passage> = unit_change_effects::table
        .inner_join(unit_changes::table.on(unit_changes::id.eq(unit_change_effects::change_id)))
        .filter(
            unit_change_effects::what
                .eq(OBLIGATION)
                .and(unit_change_effects::row_id.eq_any(rows))
                // Few: drafts that went on in a report of their heir.
                .or(unit_change_effects::what.eq(REPORT)),
        )
        .order(unit_change_effects::id)
        .select((
            unit_change_effects::what,
            unit_change_effects::row_id,
            unit_change_effects::before_text,
            unit_change_effects::after_text,
            unit_changes::id,
            unit_changes::effective_on,
        ))
        .load(conn)?;
    let (of_reports, passages): (Vec<Passage>, Vec<Passage>) =
        passages.into_iter().partition(|(what, ..)| what == REPORT);
    let mut found = drafts_taken_in(conn, ids, of_reports)?;
    let passages: Vec<Passed> = passages
        .into_iter()
        .filter_map(|(_, row, before, _, change, on)| {
            Some(Passed { id: ObligationId(row), from: UnitId(before.parse().ok()?), change, on })
        })
        .collect();
    if passages.is_empty() {
        return Ok(found);
    }
    let changes: Vec<UnitChangeId> = passages.iter().map(|passed| passed.change).collect();
    let ended: Vec<(UnitChangeId, i64)> = unit_change_effects::table
        .filter(unit_change_effects::what.eq("set:obligation_standing"))
        .filter(unit_change_effects::change_id.eq_any(&changes))
        .select((unit_change_effects::change_id, unit_change_effects::row_id))
        .load(conn)?;
    let lines: Vec<(UnitChangeId, Option<UnitId>, Option<UnitId>)> = unit_change_lines::table
        .filter(unit_change_lines::change_id.eq_any(&changes))
        .filter(unit_change_lines::function_id.is_null())
        .select((
            unit_change_lines::change_id,
            unit_change_lines::from_unit_id,
            unit_change_lines::to_unit_id,
        ))
        .load(conn)?;
    let mut named: Vec<ObligationId> = passages.iter().map(|passed| passed.id).collect();
    named.extend(ended.iter().map(|(_, row)| ObligationId(*row)));
    let places: Vec<Place> = obligations::table
        .filter(obligations::id.eq_any(named))
        .select((obligations::id, obligations::period_id, obligations::part, obligations::unit_id))
        .load(conn)?;
    let days: Vec<NaiveDate> = passages.iter().map(Passed::eve).collect();
    let units: Vec<UnitId> = lines.iter().filter_map(|(_, from, _)| *from).collect();
    let names = on_days(conn, &units, &days)?;
    let mut first: HashSet<ObligationId> = HashSet::new();
    for passed in &passages {
        let Some((covers, all)) = covered(passed, &ended, &lines, &places) else { continue };
        let before = found.entry(passed.id).or_default();
        // Of one that passed twice, the first body it was of.
        if first.insert(passed.id) && !all {
            before.part_of = names.get(&passed.eve()).map(|on| {
                let words = covers.iter().filter_map(|unit| Some(on.get(unit)?.name.as_str()));
                words.collect::<Vec<_>>().join(", ")
            });
        }
        before.bodies.extend(covers);
    }
    Ok(found)
}

/// One passage, read.
struct Passed {
    id: ObligationId,
    from: UnitId,
    change: UnitChangeId,
    on: NaiveDate,
}

impl Passed {
    /// The last day of whoever it passed from.
    fn eve(&self) -> NaiveDate {
        self.on.pred_opt().unwrap_or(self.on)
    }
}

/// The bodies a passed obligation answers for: whose it was, and those whose own ended by the same event; and whether those are
/// more than one and all that became one body.
fn covered(
    passed: &Passed,
    ended: &[(UnitChangeId, i64)],
    lines: &[(UnitChangeId, Option<UnitId>, Option<UnitId>)],
    places: &[Place],
) -> Option<(BTreeSet<UnitId>, bool)> {
    let place = |id: ObligationId| places.iter().find(|(of, ..)| *of == id);
    let (_, period, part, _) = place(passed.id)?;
    let of_change = || lines.iter().filter(|(of, ..)| *of == passed.change);
    let heirs: BTreeSet<UnitId> =
        of_change().filter(|(_, from, _)| *from == Some(passed.from)).filter_map(|line| line.2).collect();
    let before: BTreeSet<UnitId> = of_change()
        .filter(|(.., to)| to.is_some_and(|to| heirs.contains(&to)))
        .filter_map(|line| line.1)
        .collect();
    let joined = ended.iter().filter(|(of, _)| *of == passed.change);
    let joined = joined.filter_map(|(_, row)| place(ObligationId(*row)));
    let joined = joined.filter(|(_, of, same, _)| of == period && same == part).map(|(.., unit)| *unit);
    let covers: BTreeSet<UnitId> = joined.filter(|unit| before.contains(unit)).chain([passed.from]).collect();
    let all = covers.len() > 1 && covers == before;
    Some((covers, all))
}

/// The bodies that ended and whose draft went on as the report of an obligation their heir had. One query where there are any.
fn drafts_taken_in(
    conn: &mut Conn,
    ids: &[ObligationId],
    moved: Vec<Passage>,
) -> QueryResult<HashMap<ObligationId, Before>> {
    let read = |(_, _, from, to, ..): Passage| {
        let (from, to) = (ObligationId(from.parse().ok()?), ObligationId(to.parse().ok()?));
        ids.contains(&to).then_some((from, to))
    };
    let moved: Vec<(ObligationId, ObligationId)> = moved.into_iter().filter_map(read).collect();
    let mut found: HashMap<ObligationId, Before> = HashMap::new();
    if moved.is_empty() {
        return Ok(found);
    }
    let owners: Vec<(ObligationId, UnitId)> = obligations::table
        .filter(obligations::id.eq_any(moved.iter().map(|(from, _)| *from).collect::<Vec<_>>()))
        .select((obligations::id, obligations::unit_id))
        .load(conn)?;
    for (from, to) in moved {
        let owner = owners.iter().find(|(of, _)| *of == from).map(|(_, unit)| *unit);
        found.entry(to).or_default().bodies.extend(owner);
    }
    Ok(found)
}
