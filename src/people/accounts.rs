//! Accounts from the command line: add, new password, disable. Each is one write with its audit row.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::invitation;
use super::queries;
use super::session;
use crate::access::Role;
use crate::audit::{self, By, Step};
use crate::db::Conn;
use crate::db::ids::{PersonId, UnitId};
use crate::db::schema::{memberships, people, units};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::{LINE, SIGN};
use crate::{on_each, vietnamese};

/// A new account with its first membership.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub username: String,
    pub full_name: String,
    pub unit_code: String,
    pub role: Role,
    pub title: String,
    pub password_hash: String,
    pub valid_from: NaiveDate,
}

/// What is wrong with a user name, if anything.
pub fn username_fault(username: &str) -> Option<&'static str> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    (username.is_empty() || !username.chars().all(fine))
        .then_some("Tên đăng nhập chỉ gồm chữ thường không dấu, số và các dấu . - _")
}

/// Adds a person and their first membership; the password must be changed at the first sign-in.
///
/// # Errors
/// [`Error::Invalid`] when the name is taken or malformed, or the unit unknown.
pub fn add(conn: &mut Conn, account: &NewAccount, now: NaiveDateTime) -> Result<PersonId, Error> {
    let mut problems = Problems::default();
    if let Some(message) = username_fault(&account.username) {
        problems.add("username", message);
    } else if queries::person_by_username(conn, &account.username)?.is_some() {
        problems.add("username", format!("Tên đăng nhập {} đã có.", account.username));
    }
    if vietnamese::clean_line(&account.full_name).is_empty() {
        problems.add("full_name", "Nhập họ và tên.");
    }
    problems.add_fault("username", SIGN.fault("Tên đăng nhập", &account.username));
    problems.add_fault("full_name", LINE.fault("Họ và tên", &account.full_name));
    problems.add_fault("title", LINE.fault("Chức vụ", &account.title));
    let unit: Option<UnitId> =
        units::table.filter(units::code.eq(&account.unit_code)).select(units::id).first(conn).optional()?;
    if unit.is_none() {
        problems.add("unit", format!("Không có đơn vị mã {}.", account.unit_code));
    }
    problems.or(())?;
    let unit = unit.ok_or(Error::NotFound)?;
    let person: PersonId = on_each!(conn, |c| diesel::insert_into(people::table)
        .values((
            people::uid.eq(uuid::Uuid::now_v7().to_string()),
            people::username.eq(&account.username),
            people::full_name.eq(vietnamese::clean_line(&account.full_name)),
            people::name_key.eq(vietnamese::person_sort_key(&account.full_name)),
            people::password_hash.eq(&account.password_hash),
            people::must_change_password.eq(true),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(c))?;
    diesel::insert_into(memberships::table)
        .values((
            memberships::person_id.eq(person),
            memberships::unit_id.eq(unit),
            memberships::role.eq(account.role.code()),
            memberships::title.eq(vietnamese::clean_line(&account.title)),
            memberships::valid_from.eq(account.valid_from),
        ))
        .execute(conn)?;
    let after = json!({ "unit": account.unit_code, "role": account.role.code() });
    note(conn, "person.add", person, &account.username, Some(after), now)?;
    Ok(person)
}

/// Gives an account a new password, to be changed at the next sign-in, and ends its sessions.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub fn set_password(conn: &mut Conn, username: &str, hash: &str, now: NaiveDateTime) -> Result<(), Error> {
    let person = queries::person_by_username(conn, username)?.ok_or(Error::NotFound)?;
    diesel::update(people::table.find(person.id))
        .set((
            people::password_hash.eq(hash),
            people::must_change_password.eq(true),
            people::failed_sign_ins.eq(0),
            people::locked_until.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    session::end_others(conn, person.id, None)?;
    invitation::void(conn, person.id, now)?;
    note(conn, "person.set_password", person.id, username, None, now)
}

/// Disables an account and ends its sessions. Its history stays.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account.
pub fn disable(conn: &mut Conn, username: &str, now: NaiveDateTime) -> Result<(), Error> {
    let person = queries::person_by_username(conn, username)?.ok_or(Error::NotFound)?;
    diesel::update(people::table.find(person.id)).set(people::disabled_at.eq(now)).execute(conn)?;
    session::end_others(conn, person.id, None)?;
    invitation::void(conn, person.id, now)?;
    note(conn, "person.disable", person.id, username, None, now)
}

fn note(
    conn: &mut Conn,
    action: &str,
    person: PersonId,
    username: &str,
    after: Option<serde_json::Value>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "person",
        subject_id: Some(person.0),
        subject_label: username,
        unit_id: None,
        before: None,
        after,
    };
    Ok(audit::record(conn, &By::command_line(), &step, now)?)
}
