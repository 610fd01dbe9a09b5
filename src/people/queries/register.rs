//! People as their administrator sees them: those of a province, one of them, their sessions, and who administers.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Role;
use crate::db::Conn;
use crate::db::ids::{InvitationId, MembershipId, PersonId, SessionId, UnitId};
use crate::db::schema::{invitations, memberships, people, sessions, unit_aliases, unit_reach};
use crate::people::administered::Span;
use crate::people::person::{Held, Open, Person};
use crate::people::resolve::{Place, PlaceUnit};
use crate::standard::provinces::Naming;
use crate::units;

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: PersonId,
    username: String,
    full_name: String,
    name_key: String,
    phone: String,
    email: String,
    password_hash: String,
    disabled_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    last_sign_in_at: Option<NaiveDateTime>,
}

type HeldRow = (MembershipId, PersonId, UnitId, String, String, Option<NaiveDate>, Option<NaiveDate>);

/// Who holds, held or will hold a role in a body of `provinces`, with those roles. Four queries.
///
/// # Errors
/// The query's own.
pub fn of_provinces(
    conn: &mut Conn,
    provinces: &[UnitId],
    today: NaiveDate,
) -> QueryResult<Vec<(Person, Vec<Held>)>> {
    let held = held_in(conn, provinces, None, today)?;
    let ids: HashSet<PersonId> = held.iter().map(|held| held.person_id).collect();
    let persons = persons(conn, &ids.into_iter().collect::<Vec<_>>())?;
    let mut of: HashMap<PersonId, Vec<Held>> = HashMap::new();
    for one in held {
        of.entry(one.person_id).or_default().push(one);
    }
    Ok(persons
        .into_iter()
        .map(|person| {
            let held = of.remove(&person.id).unwrap_or_default();
            (person, held)
        })
        .collect())
}

/// One person with the roles they hold, held or will hold in bodies of `provinces`. Four queries.
///
/// # Errors
/// `NotFound` for somebody who never had anything to do with `provinces`.
pub fn one(
    conn: &mut Conn,
    provinces: &[UnitId],
    id: PersonId,
    today: NaiveDate,
) -> QueryResult<(Person, Vec<Held>)> {
    let held = held_in(conn, provinces, Some(id), today)?;
    if held.is_empty() {
        return Err(diesel::result::Error::NotFound);
    }
    let person = persons(conn, &[id])?.pop().ok_or(diesel::result::Error::NotFound)?;
    Ok((person, held))
}

/// Accounts by id, with their open codes, in the order of given names. Two queries.
///
/// # Errors
/// The query's own.
pub fn persons(conn: &mut Conn, ids: &[PersonId]) -> QueryResult<Vec<Person>> {
    let mut rows: Vec<Row> =
        people::table.filter(people::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    // The two databases order text by rules of their own.
    rows.sort_by(|one, other| (&one.name_key, one.id).cmp(&(&other.name_key, other.id)));
    let open: HashMap<PersonId, Open> = invitations::table
        .filter(invitations::person_id.eq_any(ids))
        .filter(invitations::used_at.is_null())
        .filter(invitations::void_at.is_null())
        .select((invitations::person_id, invitations::id, invitations::expires_at))
        .load::<(PersonId, InvitationId, NaiveDateTime)>(conn)?
        .into_iter()
        .map(|(person, id, expires_at)| (person, Open { id, expires_at }))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| Person {
            invitation: open.get(&row.id).copied(),
            id: row.id,
            username: row.username,
            full_name: row.full_name,
            name_key: row.name_key,
            phone: row.phone,
            email: row.email,
            has_password: !row.password_hash.is_empty(),
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            last_sign_in_at: row.last_sign_in_at,
        })
        .collect())
}

/// Roles in bodies of `provinces`, of everybody or of one, in protocol order of the bodies. Two queries.
fn held_in(
    conn: &mut Conn,
    provinces: &[UnitId],
    person: Option<PersonId>,
    today: NaiveDate,
) -> QueryResult<Vec<Held>> {
    let mut query = memberships::table
        .inner_join(unit_reach::table.on(unit_reach::reaches_id.eq(memberships::unit_id)))
        .filter(unit_reach::unit_id.eq_any(provinces))
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(memberships::person_id.eq(person));
    }
    let mut rows: Vec<HeldRow> = query
        .select((
            memberships::id,
            memberships::person_id,
            memberships::unit_id,
            memberships::role,
            memberships::title,
            memberships::valid_from,
            memberships::valid_to,
        ))
        .load(conn)?;
    // A body may be reached by a province and by the one that took it over.
    rows.sort_by_key(|row| row.0);
    rows.dedup_by_key(|row| row.0);
    let units: HashSet<UnitId> = rows.iter().map(|row| row.2).collect();
    let bodies = units::queries::on_day(conn, &units.into_iter().collect::<Vec<_>>(), today)?;
    let mut held: Vec<Held> = rows
        .into_iter()
        .filter_map(|(id, person_id, unit_id, role, title, from, to)| {
            let unit = bodies.get(&unit_id).map(|unit| unit.name.clone()).unwrap_or_default();
            Some(Held { id, person_id, unit_id, unit, role: Role::from_code(&role)?, title, from, to })
        })
        .collect();
    held.sort_by_key(|held| {
        (bodies.get(&held.unit_id).map(units::UnitOn::protocol_key), held.role, held.from, held.id)
    });
    Ok(held)
}

/// Whether a person holds a role on `today` or later in a body outside `provinces`. Two queries.
///
/// # Errors
/// The query's own.
pub fn holds_elsewhere(
    conn: &mut Conn,
    provinces: &[UnitId],
    id: PersonId,
    today: NaiveDate,
) -> QueryResult<bool> {
    let units: Vec<UnitId> = memberships::table
        .filter(memberships::person_id.eq(id))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .select(memberships::unit_id)
        .load(conn)?;
    let within: HashSet<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .filter(unit_reach::reaches_id.eq_any(&units))
        .select(unit_reach::reaches_id)
        .load::<UnitId>(conn)?
        .into_iter()
        .collect();
    Ok(units.iter().any(|unit| !within.contains(unit)))
}

/// One membership as its administrator sees it, with its person's id. Three queries.
///
/// # Errors
/// `NotFound` for one of another province.
pub fn membership(
    conn: &mut Conn,
    provinces: &[UnitId],
    id: MembershipId,
    today: NaiveDate,
) -> QueryResult<Held> {
    let person: PersonId = memberships::table.find(id).select(memberships::person_id).first(conn)?;
    let held = held_in(conn, provinces, Some(person), today)?;
    held.into_iter().find(|held| held.id == id).ok_or(diesel::result::Error::NotFound)
}

/// The provinces of `provinces` in which some units stand. One query.
///
/// # Errors
/// The query's own.
pub fn provinces_with(conn: &mut Conn, provinces: &[UnitId], of: &[UnitId]) -> QueryResult<Vec<UnitId>> {
    unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .filter(unit_reach::reaches_id.eq_any(of))
        .select(unit_reach::unit_id)
        .distinct()
        .order(unit_reach::unit_id)
        .load(conn)
}

/// A live session.
#[derive(Debug, Clone, Queryable)]
pub struct LiveSession {
    pub id: SessionId,
    pub device: String,
    pub created_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
}

/// The sessions of a person that can still be used: not past their end, and seen since `idle_since`. The latest first.
///
/// # Errors
/// The query's own.
pub fn sessions_of(
    conn: &mut Conn,
    person: PersonId,
    now: NaiveDateTime,
    idle_since: NaiveDateTime,
) -> QueryResult<Vec<LiveSession>> {
    sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::last_seen_at.gt(idle_since))
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .select((sessions::id, sessions::device, sessions::created_at, sessions::last_seen_at))
        .load(conn)
}

/// When those administer a province who can sign in: enabled, with a password of their own. Two queries.
///
/// # Errors
/// The query's own.
pub fn administrator_spans(conn: &mut Conn, province: UnitId) -> QueryResult<Vec<Span>> {
    let within: Vec<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq(province))
        .select(unit_reach::reaches_id)
        .load(conn)?;
    memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(within))
        .filter(memberships::role.eq(Role::Administrator.code()))
        .filter(people::disabled_at.is_null())
        .filter(people::password_hash.ne(""))
        .select((memberships::valid_from, memberships::valid_to))
        .load(conn)
}

/// A province as a list of people is read against. Seven queries.
///
/// # Errors
/// The query's own.
pub fn place(conn: &mut Conn, province: UnitId, today: NaiveDate) -> QueryResult<Place> {
    let name = units::queries::names_on(conn, &[province], today)?.remove(&province).unwrap_or_default();
    let bodies = units::queries::of_province(conn, province, today)?;
    let ids: Vec<UnitId> = bodies.iter().map(|unit| unit.id).collect();
    let mut aliases: HashMap<UnitId, Vec<String>> = HashMap::new();
    for (unit, alias) in unit_aliases::table
        .filter(unit_aliases::unit_id.eq_any(&ids))
        .order(unit_aliases::id)
        .select((unit_aliases::unit_id, unit_aliases::alias))
        .load::<(UnitId, String)>(conn)?
    {
        aliases.entry(unit).or_default().push(alias);
    }
    let mut people_of: HashMap<UnitId, Vec<(String, String)>> = HashMap::new();
    for (unit, username, full_name) in memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(&ids))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .order(memberships::id)
        .select((memberships::unit_id, people::username, people::full_name))
        .load::<(UnitId, String, String)>(conn)?
    {
        people_of.entry(unit).or_default().push((username, full_name));
    }
    let units = bodies
        .into_iter()
        .map(|unit| PlaceUnit {
            id: unit.id,
            code: unit.code,
            name: unit.name,
            short_name: unit.short_name,
            kind_code: unit.kind_code,
            aliases: aliases.remove(&unit.id).unwrap_or_default(),
            people: people_of.remove(&unit.id).unwrap_or_default(),
        })
        .collect();
    let taken = people::table.select(people::username).load::<String>(conn)?.into_iter().collect();
    Ok(Place { province: Naming::of_title(&name).name, units, taken })
}

/// Whom to ask for a new password: a province, the bodies of its administrators, and their telephones where set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub province: String,
    pub unit: String,
    pub phones: Vec<String>,
}

/// The administrators' bodies of every province, in the order of their ids. Four queries.
///
/// # Errors
/// The query's own.
pub fn contacts(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<Contact>> {
    let rows: Vec<(UnitId, String)> = memberships::table
        .inner_join(people::table)
        .filter(people::disabled_at.is_null())
        .filter(memberships::role.eq(Role::Administrator.code()))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .order((memberships::unit_id, memberships::id))
        .select((memberships::unit_id, people::phone))
        .load(conn)?;
    let ids: Vec<UnitId> = rows.iter().map(|row| row.0).collect();
    let provinces = super::provinces_of(conn, &ids, today)?;
    let mut all = ids.clone();
    all.extend(provinces.values());
    let names = units::queries::names_on(conn, &all, today)?;
    let name = |id: &UnitId| names.get(id).cloned().unwrap_or_default();
    let mut found: Vec<Contact> = Vec::new();
    for (unit, phone) in &rows {
        let Some(province) = provinces.get(unit) else { continue };
        let (province, unit) = (name(province), name(unit));
        let phones: Vec<String> = Some(phone.clone()).filter(|phone| !phone.is_empty()).into_iter().collect();
        match found.last_mut().filter(|last| last.unit == unit && last.province == province) {
            Some(last) => last
                .phones
                .extend(phones.into_iter().filter(|phone| !last.phones.contains(phone)).collect::<Vec<_>>()),
            None => found.push(Contact { province, unit, phones }),
        }
    }
    Ok(found)
}
