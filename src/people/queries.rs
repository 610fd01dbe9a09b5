//! All SQL about people, memberships and sessions.

pub mod open_work;
pub mod register;

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

/// The person with the memberships that hold on `today`, each with its reach and province. Five queries.
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
    let provinces = provinces_of(conn, &unit_ids, today)?;
    let current: Vec<UnitId> = provinces.values().copied().collect();
    let carried_on = units::reach::taken_over(conn, &current, today)?;
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
                province_reach: provinces
                    .get(&unit_id)
                    .map(|province| carried_on.get(province).cloned().unwrap_or_else(|| vec![*province]))
                    .unwrap_or_default(),
            })
        })
        .collect();
    Ok(Actor { person_id: id, username, full_name, memberships })
}

/// The province each unit stands in. One query.
///
/// # Errors
/// The query's own.
pub fn provinces_of(
    conn: &mut Conn,
    units: &[UnitId],
    today: NaiveDate,
) -> QueryResult<HashMap<UnitId, UnitId>> {
    Ok(unit_reach::table
        .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(unit_reach::unit_id)))
        .filter(unit_reach::reaches_id.eq_any(units))
        .filter(unit_versions::kind_code.eq_any(units::PROVINCE_KINDS))
        .filter(unit_versions::valid_from.is_null().or(unit_versions::valid_from.le(today)))
        .filter(unit_versions::valid_to.is_null().or(unit_versions::valid_to.ge(today)))
        .select((unit_reach::reaches_id, unit_reach::unit_id))
        .load::<(UnitId, UnitId)>(conn)?
        .into_iter()
        .collect())
}

/// A role somebody held, or will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherMembership {
    pub unit_id: UnitId,
    pub unit: String,
    pub title: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// The memberships of a person that do not hold on `today`, the one that ended last first. Two queries.
///
/// # Errors
/// The query's own.
pub fn other_memberships(
    conn: &mut Conn,
    id: PersonId,
    today: NaiveDate,
) -> QueryResult<Vec<OtherMembership>> {
    type Row = (UnitId, String, Option<NaiveDate>, Option<NaiveDate>);
    let mut rows: Vec<Row> = memberships::table
        .filter(memberships::person_id.eq(id))
        .filter(memberships::valid_to.lt(today).or(memberships::valid_from.gt(today)))
        .select((memberships::unit_id, memberships::title, memberships::valid_from, memberships::valid_to))
        .load(conn)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.3));
    let ids: Vec<UnitId> = rows.iter().map(|row| row.0).collect();
    // Units that have ended are called as they were last.
    let names = units::queries::names_on(conn, &ids, today)?;
    Ok(rows
        .into_iter()
        .map(|(unit_id, title, from, to)| {
            let unit = names.get(&unit_id).cloned().unwrap_or_default();
            OtherMembership { unit_id, unit, title, from, to }
        })
        .collect())
}

/// Names and bodies of those who keep the accounts of the provinces some units stand in. Four queries.
///
/// # Errors
/// The query's own.
pub fn administrators_for(
    conn: &mut Conn,
    of: &[UnitId],
    today: NaiveDate,
) -> QueryResult<Vec<(String, String)>> {
    let rows: Vec<(String, UnitId)> = memberships::table
        .inner_join(people::table)
        .filter(people::disabled_at.is_null())
        .filter(memberships::role.eq(Role::Administrator.code()))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .order(memberships::id)
        .select((people::full_name, memberships::unit_id))
        .load(conn)?;
    let ids: Vec<UnitId> = rows.iter().map(|row| row.1).collect();
    let (theirs, wanted) = (provinces_of(conn, &ids, today)?, provinces_of(conn, of, today)?);
    let names = units::queries::names_on(conn, &ids, today)?;
    Ok(rows
        .into_iter()
        .filter(|(_, unit)| theirs.get(unit).is_some_and(|province| wanted.values().any(|w| w == province)))
        .map(|(name, unit)| (name, names.get(&unit).cloned().unwrap_or_default()))
        .collect())
}
