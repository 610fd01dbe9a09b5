//! Whether there is anybody in a unit to approve what its officer passes on.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Role;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{memberships, people};

/// Whether one of these units has a leader with an account on `today`. One query.
///
/// # Errors
/// The query's own.
pub fn someone_leads(conn: &mut Conn, units: &[UnitId], today: NaiveDate) -> QueryResult<bool> {
    let leads = memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(units))
        .filter(memberships::role.eq(Role::UnitLeader.code()))
        .filter(people::disabled_at.is_null())
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)));
    let found: i64 = leads.count().get_result(conn)?;
    Ok(found > 0)
}
