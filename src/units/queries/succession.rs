//! SQL of who acts for a body that has ended.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_change_lines, unit_changes, units};
use crate::units::UnitOn;

/// Who took a body over whole that had ended before `day`: its main successor, the first that was named, and where that has ended
/// too its own, and so on. None of a body that was there on the day, or that nobody took over. One query for each successor.
///
/// # Errors
/// The queries' own.
pub fn heir_on(conn: &mut Conn, body: &UnitOn, day: NaiveDate) -> QueryResult<Option<UnitId>> {
    let (mut at, mut last) = (body.id, body.existed_to);
    while let Some(first) = last.filter(|last| *last < day).and_then(|last| last.succ_opt()) {
        let next: Option<(UnitId, Option<NaiveDate>)> = unit_change_lines::table
            .inner_join(unit_changes::table)
            .inner_join(units::table.on(unit_change_lines::to_unit_id.eq(units::id.nullable())))
            .filter(unit_change_lines::from_unit_id.eq(at))
            .filter(unit_change_lines::function_id.is_null())
            .filter(unit_changes::effective_on.eq(first))
            .filter(units::id.ne(at))
            .order(unit_change_lines::id)
            .select((units::id, units::existed_to))
            .first(conn)
            .optional()?;
        // Who ended before it took over took nothing over.
        let next = next.filter(|(_, last)| last.is_none_or(|last| first <= last));
        let Some((heir, its_last)) = next else { return Ok(None) };
        (at, last) = (heir, its_last);
    }
    Ok(Some(at).filter(|heir| *heir != body.id))
}
