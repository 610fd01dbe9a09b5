//! Roles given and ended by day. A membership is never deleted: what was done under it keeps it. One write each, with its
//! audit row.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use super::administer::{self, Administered, keep_administered};
use super::person::Held;
use super::queries::register;
use crate::access::{Actor, Role};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{MembershipId, PersonId, UnitId};
use crate::db::schema::memberships;
use crate::error::{Error, Problems};
use crate::units;
use crate::vietnamese::short_date;

/// A role about to be given. Days are inclusive; no last day is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    pub unit_id: UnitId,
    pub role: Role,
    pub title: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// What may be changed of a role: the title, and the last day while it has not passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub title: String,
    pub to: Option<NaiveDate>,
}

/// How far ahead a day may lie: further is a slip of the pen.
const AHEAD: Months = Months::new(12);

fn too_far(day: NaiveDate, today: NaiveDate) -> bool {
    today.checked_add_months(AHEAD).is_some_and(|limit| day > limit)
}

/// Whether two spans of days, inclusive, share one.
fn overlap(a: (Option<NaiveDate>, Option<NaiveDate>), b: (Option<NaiveDate>, Option<NaiveDate>)) -> bool {
    let before = |last: Option<NaiveDate>, first: Option<NaiveDate>| matches!((last, first), (Some(last), Some(first)) if last < first);
    !before(a.1, b.0) && !before(b.1, a.0)
}

/// Gives a person of the province a role in one of its units.
///
/// # Errors
/// As [`administer::find`]; [`Error::Invalid`] at `unit`, `role`, `from` or `to`.
pub fn give(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    new: &NewRole,
    moment: Moment,
) -> Result<(), Error> {
    let found = administer::find(conn, actor, id, moment.today)?;
    let mut problems = Problems::default();
    let unit = units::queries::of_province(conn, found.province, moment.today)?
        .into_iter()
        .find(|unit| unit.id == new.unit_id);
    match &unit {
        None => problems.add("unit", "Chọn đơn vị trong danh sách."),
        Some(unit) if !unit.existed_on(new.from) => {
            problems.add("from", format!("{} chưa hoạt động vào ngày này.", unit.name));
        }
        Some(_) => {}
    }
    if new.role == Role::MinistryViewer {
        problems.add("role", "Chọn vai trò trong danh sách.");
    }
    if too_far(new.from, moment.today) {
        problems.add("from", "Ngày bắt đầu cách hôm nay quá một năm.");
    }
    if new.to.is_some_and(|to| to < new.from) {
        problems.add("to", "Ngày cuối phải từ ngày bắt đầu trở đi.");
    }
    let same = |held: &&Held| held.unit_id == new.unit_id && held.role == new.role && !held.never_held();
    let twice =
        found.held.iter().filter(same).find(|held| overlap((held.from, held.to), (Some(new.from), new.to)));
    if let Some(held) = twice {
        let until = held
            .to
            .map_or("chưa có ngày kết thúc".into(), |to| format!("đến hết ngày {}", short_date(to)));
        problems.add("role", format!("Người này đã giữ vai trò đó ở đơn vị đó, {until}."));
    }
    problems.or(())?;
    insert(conn, id, new)?;
    let after = json!({
        "unit": unit.map(|unit| unit.code), "role": new.role.code(), "title": new.title, "from": new.from, "to": new.to,
    });
    administer::note(conn, actor, &found, "person.give_role", None, Some(after), moment.recorded)
}

/// Writes a membership; rules and audit are the caller's.
pub(super) fn insert(conn: &mut Conn, person: PersonId, new: &NewRole) -> QueryResult<usize> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::person_id.eq(person),
            memberships::unit_id.eq(new.unit_id),
            memberships::role.eq(new.role.code()),
            memberships::title.eq(&new.title),
            memberships::valid_from.eq(new.from),
            memberships::valid_to.eq(new.to),
        ))
        .execute(conn)
}

/// A role of somebody the actor administers.
///
/// # Errors
/// [`Error::NotFound`] for one of another province, [`Error::Forbidden`] without the role.
pub fn find(
    conn: &mut Conn,
    actor: &Actor,
    id: MembershipId,
    today: NaiveDate,
) -> Result<(Held, Administered), Error> {
    let held = register::membership(conn, &actor.scope().provinces, id, today)?;
    let found = administer::find(conn, actor, held.person_id, today)?;
    // Seen as anybody of the province sees it, administered only where this province's administrator does.
    let held = found.held.iter().find(|one| one.id == id).cloned().ok_or(Error::NotFound)?;
    Ok((held, found))
}

/// Changes title and last day. A role whose last day has passed is history and stays as it is; a last day before the
/// first takes back a role that was given by mistake and has not begun.
///
/// # Errors
/// As [`find`]; [`Error::Conflict`] when it is not as `shown`, [`Error::Invalid`] at `to`, [`Error::Refused`] for the last
/// administrator.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: MembershipId,
    new: &Change,
    shown: &str,
    moment: Moment,
) -> Result<PersonId, Error> {
    let (held, found) = find(conn, actor, id, moment.today)?;
    let conflict = || Error::Conflict("Vai trò này vừa được sửa. Mở lại trang của người này để xem.".into());
    if held.mark() != shown {
        return Err(conflict());
    }
    if held.ended_by(moment.today) {
        return Err(Error::Refused(
            "Vai trò đã kết thúc không sửa được nữa; giao lại thì thêm vai trò mới.".into(),
        ));
    }
    let mut problems = Problems::default();
    if let (Some(to), Some(from)) = (new.to, held.from)
        && to < from
        && (from <= moment.today || from.pred_opt() != Some(to))
    {
        problems.add("to", format!("Ngày cuối phải từ ngày bắt đầu ({}) trở đi.", short_date(from)));
    }
    if new.to.is_some_and(|to| too_far(to, moment.today)) {
        problems.add("to", "Ngày cuối cách hôm nay quá một năm; để trống nếu chưa biết ngày kết thúc.");
    }
    problems.or(())?;
    let row = memberships::table.find(id).filter(memberships::title.eq(&held.title));
    let changed = (memberships::title.eq(&new.title), memberships::valid_to.eq(new.to));
    let rows = match held.to {
        Some(to) => diesel::update(row.filter(memberships::valid_to.eq(to))).set(changed).execute(conn)?,
        None => diesel::update(row.filter(memberships::valid_to.is_null())).set(changed).execute(conn)?,
    };
    if rows == 0 {
        return Err(conflict());
    }
    if held.role == Role::Administrator {
        keep_administered(conn, found.province, moment.today)?;
    }
    let words = |title: &str, to: Option<NaiveDate>| json!({ "title": title, "to": to });
    let role = json!({ "unit": held.unit, "role": held.role.code() });
    let before = json!({ "role": role, "was": words(&held.title, held.to) });
    let after = json!({ "role": role, "is": words(&new.title, new.to) });
    administer::note(conn, actor, &found, "person.change_role", Some(before), Some(after), moment.recorded)?;
    Ok(held.person_id)
}
