//! Signing in and changing one's password: rule, queries and audit in one write each.
//! The hash itself is computed outside the transaction: it takes tens of milliseconds.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde_json::json;

use super::invitation;
use super::password::{Passwords, weakness};
use super::queries::{self, PersonRow};
use super::session::{self, Lifetimes};
use crate::audit::{self, By, Step};
use crate::db::Db;
use crate::db::ids::{PersonId, SessionId};
use crate::db::schema::people;
use crate::error::{Error, Problems};

/// Wrong passwords in a row after which an account rests.
pub const TRIES: i32 = 10;
/// How long it rests.
pub const REST: TimeDelta = TimeDelta::minutes(15);

/// One sentence for every failure, so that names cannot be probed: it says of every name what holds of those
/// that rest.
const WRONG: &str = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt. \
     Nhập sai 10 lần liền thì tài khoản tạm nghỉ 15 phút; cần gấp thì báo quản trị.";

/// Checks name and password and opens a session; returns its token.
///
/// # Errors
/// [`Error::Invalid`] with one sentence after the time of one hash, whether the name is unknown, the password
/// wrong, the account disabled or at rest.
pub fn sign_in(
    db: &Db,
    passwords: &Passwords,
    username: &str,
    password: &str,
    device: &str,
    lifetimes: Lifetimes,
    now: NaiveDateTime,
) -> Result<String, Error> {
    let username = username.trim().to_lowercase();
    let person = db.read(|conn| Ok::<_, Error>(queries::person_by_username(conn, &username)?))?;
    let Some(person) = person else {
        passwords.waste(password);
        return Err(wrong());
    };
    let right =
        passwords.verify(password, &person.password_hash).map_err(|e| Error::Internal(e.to_string()))?;
    if person.locked_until.is_some_and(|until| now < until) {
        return Err(wrong());
    }
    if !right || person.disabled_at.is_some() {
        db.write(|conn| note_failure(conn, &person, now))?;
        return Err(wrong());
    }
    db.write(|conn| {
        diesel::update(people::table.find(person.id))
            .set((people::failed_sign_ins.eq(0), people::locked_until.eq(None::<NaiveDateTime>)))
            .execute(conn)?;
        let token = session::open(conn, person.id, device, lifetimes, now)?;
        let step = step("session.open", &person, None);
        audit::record(conn, &By::person(person.id, &person.full_name), &step, now)?;
        Ok(token)
    })
}

/// Changes the person's own password and ends their other sessions.
///
/// # Errors
/// [`Error::Invalid`] at `current`, `new` or `again`.
pub fn change_password(
    db: &Db,
    passwords: &Passwords,
    person: PersonId,
    keep: SessionId,
    change: &PasswordChange,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let row = db.read(|conn| Ok::<_, Error>(queries::person(conn, person)?))?;
    let internal = |e: super::password::PasswordError| Error::Internal(e.to_string());
    let mut problems = Problems::default();
    if !passwords.verify(&change.current, &row.password_hash).map_err(internal)? {
        problems.add("current", "Mật khẩu đang dùng chưa đúng.");
    }
    if let Some(weak) = weakness(&change.new, &row.username) {
        problems.add("new", weak);
    } else if change.new == change.current {
        problems.add("new", "Mật khẩu mới phải khác mật khẩu đang dùng.");
    }
    if change.new != change.again {
        problems.add("again", "Hai lần nhập mật khẩu mới chưa giống nhau.");
    }
    problems.or(())?;
    let hash = passwords.hash(&change.new).map_err(internal)?;
    db.write(|conn| {
        diesel::update(people::table.find(person))
            .set((people::password_hash.eq(&hash), people::must_change_password.eq(false)))
            .execute(conn)?;
        session::end_others(conn, person, Some(keep))?;
        // A slip for a new password that is still on its way has lost its reason.
        invitation::void(conn, person, now)?;
        let step = step("person.change_password", &row, None);
        Ok(audit::record(conn, &By::person(person, &row.full_name), &step, now)?)
    })
}

/// What the password form carries.
#[derive(Debug, Clone, Default)]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
    pub again: String,
}

fn note_failure(conn: &mut crate::db::Conn, person: &PersonRow, now: NaiveDateTime) -> Result<(), Error> {
    // Counted in the database, so that two tries at once count as two.
    diesel::update(people::table.find(person.id))
        .set(people::failed_sign_ins.eq(people::failed_sign_ins + 1))
        .execute(conn)?;
    let failed: i32 = people::table.find(person.id).select(people::failed_sign_ins).first(conn)?;
    if failed >= TRIES {
        diesel::update(people::table.find(person.id))
            .set((people::failed_sign_ins.eq(0), people::locked_until.eq(now + REST)))
            .execute(conn)?;
    }
    let step = step("session.refuse", person, Some(json!({ "failed": failed })));
    Ok(audit::record(conn, &By::person(person.id, &person.full_name), &step, now)?)
}

fn step<'a>(action: &'a str, person: &'a PersonRow, after: Option<serde_json::Value>) -> Step<'a> {
    Step {
        action,
        subject_kind: "person",
        subject_id: Some(person.id.0),
        subject_label: &person.username,
        unit_id: None,
        before: None,
        after,
    }
}

fn wrong() -> Error {
    let mut problems = Problems::default();
    problems.add("username", WRONG);
    Error::Invalid(problems)
}
