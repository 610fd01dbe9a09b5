//! Bringing people in: accounts without a password, each with a role and a slip. One write for a whole list, so that
//! either every slip is good or none was made.

use std::collections::HashSet;

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde_json::json;

use super::administer;
use super::invitation::{self, Slip};
use super::membership::{NewRole, insert};
use super::person::State;
use super::resolve::NewPerson;
use crate::access::{Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PersonId, UnitId};
use crate::db::schema::people;
use crate::error::Error;
use crate::{on_each, units, vietnamese};

/// Writes everybody of a list for the province the membership administers; roles hold from `moment.today` on.
///
/// # Errors
/// [`Error::Conflict`] when an account name or a unit is no longer free to use; nothing is written then.
pub fn invite(
    conn: &mut Conn,
    actor: &Actor,
    membership: &Membership,
    province: UnitId,
    new: &[NewPerson],
    life: TimeDelta,
    moment: Moment,
) -> Result<Vec<Slip>, Error> {
    let names: Vec<&str> = new.iter().map(|person| person.username.as_str()).collect();
    let taken: i64 = people::table.filter(people::username.eq_any(&names)).count().get_result(conn)?;
    let there: HashSet<UnitId> =
        units::queries::of_province(conn, province, moment.today)?.into_iter().map(|unit| unit.id).collect();
    if taken > 0 || new.iter().any(|person| !there.contains(&person.unit_id)) {
        return Err(Error::Conflict(
            "Danh mục vừa thay đổi: có tên đăng nhập đã dùng hoặc đơn vị không còn. Xem lại danh sách rồi mời lại.".into(),
        ));
    }
    let by = By::member(actor, membership);
    let mut slips = Vec::with_capacity(new.len());
    for person in new {
        let id = insert_person(conn, person, moment.recorded)?;
        let role = NewRole {
            unit_id: person.unit_id,
            role: person.role,
            title: person.title.clone(),
            from: moment.today,
            to: None,
        };
        insert(conn, id, &role)?;
        let (code, expires_at) = invitation::issue(conn, id, false, membership.id, life, moment.recorded)?;
        let after = json!({
            "full_name": person.full_name, "unit": person.unit, "role": person.role.code(), "title": person.title,
            "until": expires_at.to_string(),
        });
        let step = Step {
            action: "person.invite",
            subject_kind: "person",
            subject_id: Some(id.0),
            subject_label: &person.username,
            unit_id: Some(person.unit_id),
            before: None,
            after: Some(after),
        };
        audit::record(conn, &by, &step, moment.recorded)?;
        slips.push(Slip {
            full_name: person.full_name.clone(),
            title: person.title.clone(),
            unit: person.unit.clone(),
            username: person.username.clone(),
            code,
            expires_at,
            reset: false,
        });
    }
    Ok(slips)
}

fn insert_person(conn: &mut Conn, new: &NewPerson, now: NaiveDateTime) -> Result<PersonId, Error> {
    Ok(on_each!(conn, |c| diesel::insert_into(people::table)
        .values((
            people::uid.eq(uuid::Uuid::now_v7().to_string()),
            people::username.eq(&new.username),
            people::full_name.eq(&new.full_name),
            people::name_key.eq(vietnamese::person_sort_key(&new.full_name)),
            people::phone.eq(&new.phone),
            people::email.eq(&new.email),
            people::password_hash.eq(""),
            people::must_change_password.eq(false),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(c))?)
}

/// New slips for people who have no password yet; the marks say what the page showed of each.
///
/// # Errors
/// As [`administer::find_shown`]; [`Error::Conflict`] for somebody who has set a password meanwhile.
pub fn print_again(
    conn: &mut Conn,
    actor: &Actor,
    chosen: &[(PersonId, String)],
    life: TimeDelta,
    moment: Moment,
) -> Result<Vec<Slip>, Error> {
    let mut slips = Vec::with_capacity(chosen.len());
    for (id, shown) in chosen {
        let found = administer::find_shown(conn, actor, *id, shown, moment.today)?;
        if found.person.state() != State::Invited {
            let words = format!("{} vừa đặt mật khẩu hoặc bị khóa.", found.person.full_name);
            return Err(Error::Conflict(format!("{words} Mở lại trang rồi chọn lại.")));
        }
        slips.push(invitation::invite_again(conn, actor, *id, shown, false, life, moment)?);
    }
    Ok(slips)
}
