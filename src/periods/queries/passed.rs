//! Whose part of the work an obligation is, where it passed to another body when units were rearranged.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, UnitChangeId, UnitId};
use crate::db::schema::{obligations, unit_change_effects, unit_change_lines, unit_changes};
use crate::units::queries::on_days;

/// One passage on record: obligation, whose it was before, the event, its first day.
type Passage = (i64, String, UnitChangeId, NaiveDate);

/// Period, part and unit of an obligation.
type Place = (ObligationId, PeriodId, String, UnitId);

/// "Sở Tư pháp": whose report each of some obligations is, as the body was called, where it passed from that body to
/// another and the other predecessors answer for themselves; an obligation that covers all that became one body is nobody's
/// part. One query where nothing passed, else five.
///
/// # Errors
/// The query's own.
pub fn passed_from(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, String>> {
    let rows: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let passages: Vec<Passage> = unit_change_effects::table
        .inner_join(unit_changes::table.on(unit_changes::id.eq(unit_change_effects::change_id)))
        .filter(unit_change_effects::what.eq("set:obligation_unit"))
        .filter(unit_change_effects::row_id.eq_any(rows))
        .order(unit_change_effects::id)
        .select((
            unit_change_effects::row_id,
            unit_change_effects::before_text,
            unit_changes::id,
            unit_changes::effective_on,
        ))
        .load(conn)?;
    // Of one that passed twice, the first body it was of.
    let mut first: HashMap<ObligationId, (UnitId, UnitChangeId, NaiveDate)> = HashMap::new();
    for (row, before, change, on) in passages {
        if let Ok(unit) = before.parse() {
            first.entry(ObligationId(row)).or_insert((UnitId(unit), change, on));
        }
    }
    if first.is_empty() {
        return Ok(HashMap::new());
    }
    let changes: Vec<UnitChangeId> = first.values().map(|(_, change, _)| *change).collect();
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
    let mut named: Vec<ObligationId> = first.keys().copied().collect();
    named.extend(ended.iter().map(|(_, row)| ObligationId(*row)));
    let places: Vec<Place> = obligations::table
        .filter(obligations::id.eq_any(named))
        .select((obligations::id, obligations::period_id, obligations::part, obligations::unit_id))
        .load(conn)?;
    let place = |id: ObligationId| places.iter().find(|(of, ..)| *of == id);
    let eve = |day: NaiveDate| day.pred_opt().unwrap_or(day);
    let days: Vec<NaiveDate> = first.values().map(|(.., on)| eve(*on)).collect();
    let units: Vec<UnitId> = lines.iter().filter_map(|(_, from, _)| *from).collect();
    let names = on_days(conn, &units, &days)?;
    let part = |id: ObligationId, (unit, change, on): (UnitId, UnitChangeId, NaiveDate)| {
        let (_, period, part, _) = place(id)?;
        let heirs: BTreeSet<UnitId> = lines
            .iter()
            .filter(|(of, from, _)| *of == change && *from == Some(unit))
            .filter_map(|l| l.2)
            .collect();
        let before: BTreeSet<UnitId> = lines
            .iter()
            .filter(|(of, _, to)| *of == change && to.is_some_and(|to| heirs.contains(&to)))
            .filter_map(|(_, from, _)| *from)
            .collect();
        let joined =
            ended.iter().filter(|(of, _)| *of == change).filter_map(|(_, row)| place(ObligationId(*row)));
        let joined = joined.filter(|(_, of, same, _)| of == period && same == part).map(|(.., unit)| *unit);
        let covers: BTreeSet<UnitId> = joined.filter(|unit| before.contains(unit)).chain([unit]).collect();
        if covers.len() > 1 && covers == before {
            return None;
        }
        let on = names.get(&eve(on))?;
        let words: Vec<&str> = covers.iter().filter_map(|unit| Some(on.get(unit)?.name.as_str())).collect();
        Some((id, words.join(", ")))
    };
    Ok(first.into_iter().filter_map(|(id, passage)| part(id, passage)).collect())
}
