//! A one-time code with which a person sets their own password: made by an administrator, used on the public page.
//! Stands between the slip and the account; tries are limited as at the sign-in, and only the code's hash is kept.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use serde_json::json;
use subtle::ConstantTimeEq;

use super::administer::{self, Administered, keep_administered};
use super::code::{digest, new_code};
use super::password::{PasswordError, Passwords, weakness};
use super::queries::{self, PersonRow};
use super::session::{self, Lifetimes};
use super::sign_in::{REST, TRIES};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::ids::{InvitationId, MembershipId, PersonId};
use crate::db::schema::{invitations, people};
use crate::db::{Conn, Db};
use crate::error::{Error, Problems};

/// A code just made: shown once, on the slip, and nowhere again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub full_name: String,
    pub title: String,
    pub unit: String,
    pub username: String,
    pub code: String,
    pub expires_at: NaiveDateTime,
    /// A new password for somebody who had one, not the first.
    pub reset: bool,
}

/// What the public page carries.
#[derive(Debug, Clone, Default)]
pub struct Acceptance {
    pub username: String,
    pub code: String,
    pub new: String,
    pub again: String,
}

/// One sentence for every failure, so that names cannot be probed.
const WRONG: &str = "Tên đăng nhập hoặc mã chưa đúng, hoặc mã không còn dùng được. Xem lại phiếu: mã gồm bảy nhóm bốn ký \
     tự. Nhập sai 10 lần liền thì mã tạm nghỉ 15 phút; cần mã mới thì hỏi quản trị.";

/// Makes a code for a person; an earlier one nobody used is void.
pub(super) fn issue(
    conn: &mut Conn,
    person: PersonId,
    reset: bool,
    by: MembershipId,
    life: TimeDelta,
    now: NaiveDateTime,
) -> Result<(String, NaiveDateTime), Error> {
    void(conn, person, now)?;
    let (code, expires_at) = (new_code()?, now + life);
    diesel::insert_into(invitations::table)
        .values((
            invitations::person_id.eq(person),
            invitations::kind.eq(if reset { "reset" } else { "first" }),
            invitations::code_hash.eq(digest(&code)),
            invitations::made_by.eq(by),
            invitations::made_at.eq(now),
            invitations::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok((code, expires_at))
}

/// Ends whatever code of a person is open.
pub(super) fn void(conn: &mut Conn, person: PersonId, now: NaiveDateTime) -> QueryResult<usize> {
    let open = invitations::table
        .filter(invitations::person_id.eq(person))
        .filter(invitations::used_at.is_null())
        .filter(invitations::void_at.is_null());
    diesel::update(open).set(invitations::void_at.eq(now)).execute(conn)
}

/// A slip for one person: their first password, or a new one. The old password goes on until the code is used; with
/// `stop` it ends at once, with every session, as is fit where somebody else may know it.
///
/// # Errors
/// As [`administer::find_shown`]; [`Error::Refused`] for a disabled account, and for the last administrator's password.
pub fn invite_again(
    conn: &mut Conn,
    actor: &Actor,
    id: PersonId,
    shown: &str,
    stop: bool,
    life: TimeDelta,
    moment: Moment,
) -> Result<Slip, Error> {
    let found = administer::find_shown(conn, actor, id, shown, moment.today)?;
    let person = &found.person;
    if person.disabled_at.is_some() {
        return Err(Error::Refused("Tài khoản đang khóa. Mở khóa trước rồi mới cấp mã.".into()));
    }
    if stop && person.has_password {
        diesel::update(people::table.find(id)).set(people::password_hash.eq("")).execute(conn)?;
        if found.administers(moment.today) {
            keep_administered(conn, found.province, moment.today)?;
        }
        session::end_others(conn, id, None)?;
    }
    let reset = person.has_password;
    let (code, expires_at) = issue(conn, id, reset, found.membership.id, life, moment.recorded)?;
    let after = json!({ "until": expires_at.to_string(), "stopped": stop && reset });
    let action = if reset { "person.reset" } else { "person.invite" };
    administer::note(conn, actor, &found, action, None, Some(after), moment.recorded)?;
    Ok(slip(&found, code, expires_at, reset, moment))
}

fn slip(of: &Administered, code: String, expires_at: NaiveDateTime, reset: bool, moment: Moment) -> Slip {
    let held = of.held.iter().find(|held| !held.ended_by(moment.today)).or(of.held.last());
    Slip {
        full_name: of.person.full_name.clone(),
        title: held.map(|held| held.title.clone()).unwrap_or_default(),
        unit: held.map(|held| held.unit.clone()).unwrap_or_default(),
        username: of.person.username.clone(),
        code,
        expires_at,
        reset,
    }
}

#[derive(Queryable)]
struct Row {
    id: InvitationId,
    code_hash: Vec<u8>,
    expires_at: NaiveDateTime,
    rests_until: Option<NaiveDateTime>,
    used_at: Option<NaiveDateTime>,
    void_at: Option<NaiveDateTime>,
}

/// Sets the person's own password by their code and opens a session; returns its token. Every other session ends.
///
/// # Errors
/// [`Error::Invalid`] with one sentence at `code` for a wrong name or code and for one that rests; at `new` and `again`
/// where the password is to be mended, with the code unspent. [`Error::Conflict`] when the code was used meanwhile.
pub fn accept(
    db: &Db,
    passwords: &Passwords,
    given: &Acceptance,
    device: &str,
    lifetimes: Lifetimes,
    now: NaiveDateTime,
) -> Result<String, Error> {
    let username = given.username.trim().to_lowercase();
    let found = db.read(|conn| Ok::<_, Error>(latest(conn, &username)?))?;
    let Some((person, row)) = found.filter(|(person, _)| person.disabled_at.is_none()) else {
        return Err(wrong());
    };
    if row.rests_until.is_some_and(|until| now < until) {
        return Err(wrong());
    }
    if !bool::from(digest(&given.code).ct_eq(&row.code_hash)) {
        db.write(|conn| note_failure(conn, &person, row.id, now))?;
        return Err(wrong());
    }
    // Whoever holds the right code may be told what became of it.
    let told = match (row.used_at, row.void_at) {
        (Some(_), _) => Some("Mã này đã dùng để đặt mật khẩu. Đăng nhập bằng mật khẩu đã đặt."),
        (None, Some(_)) => Some("Mã này đã được thay bằng mã mới hoặc bị hủy. Hỏi quản trị."),
        (None, None) if row.expires_at <= now => Some("Mã này đã hết hạn. Đề nghị quản trị in phiếu mới."),
        (None, None) => None,
    };
    let mut problems = Problems::default();
    if let Some(message) = told {
        problems.add("code", message);
        return Err(Error::Invalid(problems));
    }
    if let Some(weak) = weakness(&given.new, &person.username) {
        problems.add("new", weak);
    }
    if given.new != given.again {
        problems.add("again", "Hai lần nhập mật khẩu chưa giống nhau.");
    }
    problems.or(())?;
    let hash = passwords.hash(&given.new).map_err(|e: PasswordError| Error::Internal(e.to_string()))?;
    db.write(|conn| spend(conn, &person, row.id, &hash, device, lifetimes, now))
}

/// An account and its latest code, whatever became of it. Two queries.
fn latest(conn: &mut Conn, username: &str) -> QueryResult<Option<(PersonRow, Row)>> {
    let Some(person) = queries::person_by_username(conn, username)? else { return Ok(None) };
    let row = invitations::table
        .filter(invitations::person_id.eq(person.id))
        .order(invitations::id.desc())
        .select((
            invitations::id,
            invitations::code_hash,
            invitations::expires_at,
            invitations::rests_until,
            invitations::used_at,
            invitations::void_at,
        ))
        .first::<Row>(conn)
        .optional()?;
    Ok(row.map(|row| (person, row)))
}

fn spend(
    conn: &mut Conn,
    person: &PersonRow,
    id: InvitationId,
    hash: &str,
    device: &str,
    lifetimes: Lifetimes,
    now: NaiveDateTime,
) -> Result<String, Error> {
    let open = invitations::table
        .find(id)
        .filter(invitations::used_at.is_null())
        .filter(invitations::void_at.is_null());
    let spent = diesel::update(open).set(invitations::used_at.eq(now)).execute(conn)?;
    let set = diesel::update(people::table.find(person.id).filter(people::disabled_at.is_null()))
        .set((
            people::password_hash.eq(hash),
            people::must_change_password.eq(false),
            people::failed_sign_ins.eq(0),
            people::locked_until.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    if spent == 0 || set == 0 {
        return Err(Error::Conflict(
            "Mã vừa được dùng hoặc thay ở nơi khác. Thử đăng nhập, hoặc hỏi quản trị.".into(),
        ));
    }
    session::end_others(conn, person.id, None)?;
    let token = session::open(conn, person.id, device, lifetimes, now)?;
    note(conn, "invitation.use", person, None, now)?;
    Ok(token)
}

fn note_failure(
    conn: &mut Conn,
    person: &PersonRow,
    id: InvitationId,
    now: NaiveDateTime,
) -> Result<(), Error> {
    // Counted in the database, so that two tries at once count as two.
    let row = invitations::table.find(id);
    diesel::update(row).set(invitations::failed.eq(invitations::failed + 1)).execute(conn)?;
    let failed: i32 = row.select(invitations::failed).first(conn)?;
    if failed >= TRIES {
        diesel::update(row)
            .set((invitations::failed.eq(0), invitations::rests_until.eq(now + REST)))
            .execute(conn)?;
    }
    note(conn, "invitation.refuse", person, Some(json!({ "failed": failed })), now)
}

fn note(
    conn: &mut Conn,
    action: &str,
    person: &PersonRow,
    after: Option<serde_json::Value>,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let step = Step {
        action,
        subject_kind: "person",
        subject_id: Some(person.id.0),
        subject_label: &person.username,
        unit_id: None,
        before: None,
        after,
    };
    Ok(audit::record(conn, &By::person(person.id, &person.full_name), &step, now)?)
}

fn wrong() -> Error {
    let mut problems = Problems::default();
    problems.add("code", WRONG);
    Error::Invalid(problems)
}
