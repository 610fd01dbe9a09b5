//! All SQL about people, memberships and sessions.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::{Actor, Membership, Role};
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, SessionId, UnitId};
use crate::db::schema::{memberships, people, sessions, unit_reach, unit_versions};
use crate::units;

/// What signing in needs of a person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct PersonRow {
    pub id: PersonId,
    pub username: String,
    pub full_name: String,
    pub password_hash: String,
    pub must_change_password: bool,
    pub failed_sign_ins: i32,
    pub locked_until: Option<NaiveDateTime>,
    pub disabled_at: Option<NaiveDateTime>,
}

/// A session as stored; the token itself is only in the browser.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub id: SessionId,
    pub person_id: PersonId,
    pub csrf_token: String,
    pub last_seen_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

pub fn person_by_username(conn: &mut Conn, username: &str) -> QueryResult<Option<PersonRow>> {
    people::table.filter(people::username.eq(username)).select(PersonRow::as_select()).first(conn).optional()
}

pub fn person(conn: &mut Conn, id: PersonId) -> QueryResult<PersonRow> {
    people::table.find(id).select(PersonRow::as_select()).first(conn)
}

pub fn session_by_token(conn: &mut Conn, token_hash: &[u8]) -> QueryResult<Option<SessionRow>> {
    sessions::table
        .filter(sessions::token_hash.eq(token_hash))
        .select(SessionRow::as_select())
        .first(conn)
        .optional()
}

/// The person with the memberships that hold on `today`, each with its reach and province. Four queries.
///
/// # Errors
/// `NotFound` when the person is disabled or gone.
pub fn actor(conn: &mut Conn, id: PersonId, today: NaiveDate) -> QueryResult<Actor> {
    let (username, full_name) = people::table
        .find(id)
        .filter(people::disabled_at.is_null())
        .select((people::username, people::full_name))
        .first::<(String, String)>(conn)?;
    type Row = (MembershipId, UnitId, String, String);
    let rows: Vec<Row> = memberships::table
        .filter(memberships::person_id.eq(id))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .order(memberships::id)
        .select((memberships::id, memberships::unit_id, memberships::role, memberships::title))
        .load(conn)?;
    let unit_ids: Vec<UnitId> = rows.iter().map(|r| r.1).collect();
    let names = units::queries::names_on(conn, &unit_ids, today)?;
    let reach = units::reach::taken_over(conn, &unit_ids, today)?;
    let provinces: HashMap<UnitId, UnitId> = unit_reach::table
        .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(unit_reach::unit_id)))
        .filter(unit_reach::reaches_id.eq_any(&unit_ids))
        .filter(unit_versions::kind_code.eq("province"))
        .filter(unit_versions::valid_from.is_null().or(unit_versions::valid_from.le(today)))
        .filter(unit_versions::valid_to.is_null().or(unit_versions::valid_to.ge(today)))
        .select((unit_reach::reaches_id, unit_reach::unit_id))
        .load::<(UnitId, UnitId)>(conn)?
        .into_iter()
        .collect();
    let memberships = rows
        .into_iter()
        .filter_map(|(id, unit_id, role, title)| {
            Some(Membership {
                id,
                unit_id,
                unit_name: names.get(&unit_id).cloned().unwrap_or_default(),
                role: Role::from_code(&role)?,
                title,
                reach: reach.get(&unit_id).cloned().unwrap_or_else(|| vec![unit_id]),
                province_id: provinces.get(&unit_id).copied(),
            })
        })
        .collect();
    Ok(Actor { person_id: id, username, full_name, memberships })
}
