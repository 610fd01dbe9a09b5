//! Accounts and what their people are in which unit. All share one password, hashed once; the demo refuses to be
//! served to other machines with it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

use super::PASSWORD;
use super::files::{fault, table};
use super::known::{Known, Member, uid};
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId};
use crate::db::schema::{memberships, people};
use crate::error::Error;
use crate::people::Passwords;
use crate::{on_each, vietnamese};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    username: String,
    full_name: String,
    phone: String,
    email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberRow {
    username: String,
    unit: String,
    role: String,
    title: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

/// Loads people and memberships.
pub fn load(conn: &mut Conn, known: &mut Known, now: NaiveDateTime) -> Result<(), Error> {
    let hash = Passwords::new(1).hash(PASSWORD).map_err(|e| Error::Internal(e.to_string()))?;
    let mut persons = std::collections::HashMap::new();
    for row in table::<PersonRow>("people.csv")? {
        let id: PersonId = on_each!(conn, |c| diesel::insert_into(people::table)
            .values((
                people::uid.eq(uid("person", &row.username)),
                people::username.eq(&row.username),
                people::full_name.eq(&row.full_name),
                people::name_key.eq(vietnamese::person_sort_key(&row.full_name)),
                people::phone.eq(&row.phone),
                people::email.eq(&row.email),
                people::password_hash.eq(&hash),
                people::must_change_password.eq(false),
                people::created_at.eq(now),
            ))
            .returning(people::id)
            .get_result(c))?;
        persons.insert(row.username, (id, row.full_name));
    }
    const FILE: &str = "memberships.csv";
    for row in table::<MemberRow>(FILE)? {
        let (person, full_name) = persons
            .get(&row.username)
            .cloned()
            .ok_or_else(|| fault(FILE, format!("there is no person {}", row.username)))?;
        let unit = known.unit(FILE, &row.unit)?;
        let id: MembershipId = on_each!(conn, |c| diesel::insert_into(memberships::table)
            .values((
                memberships::person_id.eq(person),
                memberships::unit_id.eq(unit),
                memberships::role.eq(&row.role),
                memberships::title.eq(&row.title),
                memberships::valid_from.eq(row.valid_from),
                memberships::valid_to.eq(row.valid_to),
            ))
            .returning(memberships::id)
            .get_result(c))?;
        known.members.push(Member {
            id,
            person,
            username: row.username,
            full_name,
            unit,
            role: row.role,
            title: row.title,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        });
    }
    Ok(())
}
