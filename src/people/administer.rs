//! What an administrator does with an account: finds it, corrects the person's particulars, disables, reinstates, ends
//! sessions. Each is one write with its audit row. Stands between the pages and the rule that a province always has
//! somebody who administers it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::administered::covered_for_good;
use super::person::{Held, Person};
use super::queries::register;
use super::session;
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PersonId, SessionId, UnitId};
use crate::db::schema::{people, units};
use crate::error::Error;
use crate::vietnamese;

/// Who may do what is on these pages.
pub const ADMINISTRATORS_ONLY: &str = "Người dùng của tỉnh do quản trị của tỉnh quản lý.";

/// A person the actor administers, and the membership under which they do.
#[derive(Debug, Clone)]
pub struct Administered {
    pub person: Person,
    /// Their roles in the province, past ones too.
    pub held: Vec<Held>,
    pub membership: Membership,
    pub province: UnitId,
    /// They hold a role in another province or at the Ministry as well: the account is not this administrator's alone.
    pub elsewhere: bool,
}

/// The membership under which the actor administers a province, and that province.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub fn administering(actor: &Actor) -> Result<(Membership, UnitId), Error> {
    let may = |m: &&Membership| m.role.may(Action::Administer);
    let found = actor.memberships.iter().filter(may).find_map(|m| Some((m.clone(), m.province_id?)));
    found.ok_or_else(|| Error::Forbidden(ADMINISTRATORS_ONLY.into()))
}

/// A person of a province the actor administers.
///
/// # Errors
/// [`Error::NotFound`] for somebody of another province, [`Error::Forbidden`] without the role.
pub fn find(conn: &mut Conn, actor: &Actor, id: PersonId, today: NaiveDate) -> Result<Administered, Error> {
    let provinces = actor.scope().provinces;
    let (_, seen) = register::one(conn, &provinces, id, today)?;
    let units: Vec<UnitId> = seen.iter().map(|held| held.unit_id).collect();
    let of = register::provinces_with(conn, &provinces, &units)?;
    let membership = of.iter().find_map(|province| actor.in_province(*province, Action::Administer));
    let found = membership.and_then(|m| Some((m, m.province_id?)));
    let (membership, province) = found.ok_or_else(|| Error::Forbidden(ADMINISTRATORS_ONLY.into()))?;
    let (person, held) = register::one(conn, &membership.province_reach, id, today)?;
    let elsewhere = register::holds_elsewhere(conn, &membership.province_reach, id, today)?;
    Ok(Administered { person, held, membership: membership.clone(), province, elsewhere })
}

/// The same, where the account is still as a page showed it and is the actor's alone to change.
///
/// # Errors
/// As [`find`]; [`Error::Conflict`] when it changed, [`Error::Refused`] when another province has a part in it.
pub fn find_shown(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    shown: &str,
    today: NaiveDate,
) -> Result<Administered, Error> {
    let found = find(conn, actor, id, today)?;
    if found.person.mark() != shown {
        return Err(changed());
    }
    if found.elsewhere {
        return Err(Error::Refused(format!(
            "{} còn giữ vai trò ở tỉnh khác hoặc ở Bộ, nên tài khoản không do riêng tỉnh này quản lý. Ở đây chỉ giao và \
             kết thúc được vai trò trong tỉnh.",
            found.person.full_name
        )));
    }
    Ok(found)
}

fn changed() -> Error {
    Error::Conflict("Tài khoản vừa thay đổi. Mở lại trang của người này để xem trước khi làm tiếp.".into())
}

/// Refuses a write after which some day to come would find nobody who can administer the province.
///
/// # Errors
/// [`Error::Refused`] with what to do first; the query's own.
pub fn keep_administered(conn: &mut Conn, province: UnitId, today: NaiveDate) -> Result<(), Error> {
    // Two administrators who take the role from each other at once would each still see the other: on PostgreSQL the
    // province's row makes the second wait for the first, and read what it left.
    diesel::update(units::table.find(province)).set(units::code.eq(units::code)).execute(conn)?;
    if covered_for_good(&register::administrator_spans(conn, province)?, today) {
        return Ok(());
    }
    Err(Error::Refused(
        "Đây là người quản trị cuối cùng của tỉnh. Giao vai trò quản trị cho người khác, chờ người đó đặt mật khẩu, rồi \
         mới thôi vai trò, khóa tài khoản hoặc hủy mật khẩu này."
            .into(),
    ))
}

/// A person's particulars as they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars {
    pub full_name: String,
    pub phone: String,
    pub email: String,
}

/// Corrects name, telephone and mail address. What was done keeps the name it was done under.
///
/// # Errors
/// As [`find_shown`].
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    new: &Particulars,
    shown: &str,
    moment: Moment,
) -> Result<(), Error> {
    let found = find_shown(conn, actor, id, shown, moment.today)?;
    let old = &found.person;
    let rows = diesel::update(
        people::table
            .find(id)
            .filter(people::full_name.eq(&old.full_name))
            .filter(people::phone.eq(&old.phone))
            .filter(people::email.eq(&old.email)),
    )
    .set((
        people::full_name.eq(&new.full_name),
        people::name_key.eq(vietnamese::person_sort_key(&new.full_name)),
        people::phone.eq(&new.phone),
        people::email.eq(&new.email),
    ))
    .execute(conn)?;
    if rows == 0 {
        return Err(changed());
    }
    let words =
        |name: &str, phone: &str, email: &str| json!({ "full_name": name, "phone": phone, "email": email });
    let before = words(&old.full_name, &old.phone, &old.email);
    let after = words(&new.full_name, &new.phone, &new.email);
    note(conn, actor, &found, "person.correct", Some(before), Some(after), moment.recorded)
}

/// Disables an account, ends its sessions and voids its code. Its history stays.
///
/// # Errors
/// As [`find_shown`]; [`Error::Refused`] for oneself and for the last administrator.
pub fn disable(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    shown: &str,
    moment: Moment,
) -> Result<(), Error> {
    let found = find_shown(conn, actor, id, shown, moment.today)?;
    if id == actor.person_id {
        return Err(Error::Refused(
            "Không tự khóa tài khoản của mình; đề nghị quản trị khác làm việc này.".into(),
        ));
    }
    let rows = diesel::update(people::table.find(id).filter(people::disabled_at.is_null()))
        .set(people::disabled_at.eq(moment.recorded))
        .execute(conn)?;
    if rows == 0 {
        return Err(changed());
    }
    if found.administers(moment.today) {
        keep_administered(conn, found.province, moment.today)?;
    }
    session::end_others(conn, id, None)?;
    super::invitation::void(conn, id, moment.recorded)?;
    note(conn, actor, &found, "person.disable", None, None, moment.recorded)
}

/// Lets a disabled account be used again, with the password it had.
///
/// # Errors
/// As [`find_shown`].
pub fn reinstate(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    shown: &str,
    moment: Moment,
) -> Result<(), Error> {
    let found = find_shown(conn, actor, id, shown, moment.today)?;
    let rows = diesel::update(people::table.find(id).filter(people::disabled_at.is_not_null()))
        .set(people::disabled_at.eq(None::<NaiveDateTime>))
        .execute(conn)?;
    if rows == 0 {
        return Err(changed());
    }
    note(conn, actor, &found, "person.reinstate", None, None, moment.recorded)
}

/// Ends every session of a person; the administrator's own, where they do it to themselves, is kept.
///
/// # Errors
/// As [`find_shown`].
pub fn end_sessions(
    conn: &mut Conn,
    actor: &Actor,
    own: SessionId,
    id: PersonId,
    shown: &str,
    moment: Moment,
) -> Result<(), Error> {
    let found = find_shown(conn, actor, id, shown, moment.today)?;
    session::end_others(conn, id, (id == actor.person_id).then_some(own))?;
    note(conn, actor, &found, "person.end_sessions", None, None, moment.recorded)
}

impl Administered {
    /// Whether they administer the province on `day` or later.
    pub fn administers(&self, day: NaiveDate) -> bool {
        self.held.iter().any(|held| held.role.may(Action::Administer) && !held.ended_by(day))
    }

    /// The unit under which the audit log files the person: of the role they hold today, else the latest.
    pub fn unit(&self, day: NaiveDate) -> Option<UnitId> {
        let today = self.held.iter().find(|held| held.holds_on(day));
        today.or_else(|| self.held.iter().max_by_key(|held| held.to)).map(|held| held.unit_id)
    }
}

/// The audit row of a step on an account.
pub(super) fn note(
    conn: &mut Conn,
    actor: &Actor,
    of: &Administered,
    action: &str,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "person",
        subject_id: Some(of.person.id.0),
        subject_label: &of.person.username,
        unit_id: of.unit(now.date()),
        before,
        after,
    };
    Ok(audit::record(conn, &By::member(actor, &of.membership), &step, now)?)
}
