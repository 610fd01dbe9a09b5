//! All SQL of the log: rows of a province newest first, how many there are, and the people and bodies to choose from.
//! Pages are found by the key of their last row, never by counting rows off.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Filter;
use crate::db::Conn;
use crate::db::ids::{AuditId, PersonId, UnitId};
use crate::db::schema::{audit_log, memberships, people, unit_reach};
use crate::units::{self, UnitOn};
use crate::vietnamese::person_sort_key;

/// One row of the log.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_log)]
pub struct Row {
    pub id: AuditId,
    /// UTC.
    pub at: NaiveDateTime,
    pub actor_name: String,
    pub actor_title: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Option<i64>,
    pub subject_label: String,
    pub unit_id: Option<UnitId>,
    pub before_json: Option<String>,
    pub after_json: Option<String>,
    pub sha256: String,
}

/// The provinces whose log somebody reads.
#[derive(Debug, Clone, Default)]
pub struct Provinces {
    pub all: Vec<UnitId>,
    /// Those of them they administer.
    pub administered: Vec<UnitId>,
}

/// Whose steps a reader may read: the bodies of their provinces, ended ones too, and those who are or were in them.
#[derive(Debug, Clone)]
pub struct Circle {
    /// In protocol order.
    pub units: Vec<UnitOn>,
    /// Name and account, by given name.
    pub people: Vec<(PersonId, String)>,
    ids: Vec<UnitId>,
    persons: Vec<PersonId>,
    inside: HashSet<UnitId>,
}

impl Circle {
    /// Whether the reader may read what went on inside the body a row is about: its province is one they administer.
    pub fn reads_inside(&self, row: &Row) -> bool {
        row.unit_id.is_some_and(|unit| self.inside.contains(&unit))
    }
}

/// The circle of some provinces, of which the reader administers some. Three queries.
///
/// # Errors
/// The queries' own.
pub fn circle(conn: &mut Conn, read: &Provinces, today: NaiveDate) -> QueryResult<Circle> {
    let below: Vec<(UnitId, UnitId)> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(&read.all))
        .filter(unit_reach::relation.eq("descendant"))
        .select((unit_reach::unit_id, unit_reach::reaches_id))
        .load(conn)?;
    let own = below.iter().filter(|(province, _)| read.administered.contains(province));
    let inside = own.map(|(_, unit)| *unit).chain(read.administered.iter().copied()).collect();
    let mut ids: Vec<UnitId> = below.into_iter().map(|(_, unit)| unit).collect();
    ids.extend(&read.all);
    ids.sort_unstable();
    ids.dedup();
    let mut units: Vec<UnitOn> = units::queries::on_day(conn, &ids, today)?.into_values().collect();
    units.sort_by_key(UnitOn::protocol_key);
    let mut people: Vec<(PersonId, String, String)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(&ids))
        .select((people::id, people::full_name, people::username))
        .distinct()
        .load(conn)?;
    people.sort_by_key(|(id, name, _)| (person_sort_key(name), *id));
    let persons = people.iter().map(|person| person.0).collect();
    let people = people.into_iter().map(|(id, name, account)| (id, format!("{name} ({account})"))).collect();
    Ok(Circle { units, people, ids, persons, inside })
}

macro_rules! asked {
    ($circle:expr, $filter:expr) => {{
        let (circle, filter): (&Circle, &Filter) = ($circle, $filter);
        let persons: Vec<i64> = circle.persons.iter().map(|id| id.0).collect();
        let of_somebody = audit_log::person_id
            .eq_any(circle.persons.clone())
            .or(audit_log::subject_kind.eq("person").and(audit_log::subject_id.eq_any(persons)))
            .or(audit_log::subject_kind.eq("installation"));
        let mut rows = audit_log::table
            .filter(
                audit_log::unit_id
                    .eq_any(circle.ids.clone())
                    .or(audit_log::unit_id.is_null().and(of_somebody)),
            )
            .into_boxed();
        if let Some(from) = filter.from {
            rows = rows.filter(audit_log::at.ge(from));
        }
        if let Some(to) = filter.to {
            rows = rows.filter(audit_log::at.lt(to));
        }
        if let Some(person) = filter.person {
            rows = rows.filter(audit_log::person_id.eq(person));
        }
        if let Some(unit) = filter.unit {
            rows = rows.filter(audit_log::unit_id.eq(unit));
        }
        if let Some(step) = filter.step.clone() {
            rows = rows.filter(audit_log::action.eq(step));
        }
        if let Some(subject) = filter.subject.clone() {
            rows = rows.filter(audit_log::subject_kind.eq(subject));
        }
        if let Some(id) = filter.id {
            rows = rows.filter(audit_log::subject_id.eq(id));
        }
        rows
    }};
}

/// The rows asked for, newest first, below the key of the page, `most` at most. One query.
///
/// # Errors
/// The query's own.
pub fn rows(conn: &mut Conn, circle: &Circle, filter: &Filter, most: i64) -> QueryResult<Vec<Row>> {
    let mut rows = asked!(circle, filter);
    if let Some(before) = filter.before {
        rows = rows.filter(audit_log::id.lt(before));
    }
    rows.order(audit_log::id.desc()).limit(most).select(Row::as_select()).load(conn)
}

/// How many rows there are, on whatever page. One query.
///
/// # Errors
/// The query's own.
pub fn count(conn: &mut Conn, circle: &Circle, filter: &Filter) -> QueryResult<i64> {
    asked!(circle, filter).count().get_result(conn)
}
