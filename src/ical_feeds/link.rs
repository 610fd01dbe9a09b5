//! Secret links: 128 random bits in the address, their SHA-256 in the database. One living link of a kind for a person:
//! whoever makes a new one ends the old. Stands between the page and the feed.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::access::{Actor, Membership, Role};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{CalendarLinkId, PersonId, UnitId};
use crate::db::schema::{calendar_links, people};
use crate::error::Error;

/// Whose deadlines a link shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everything the person answers for or watches.
    Mine,
    /// What one body owes.
    Unit(UnitId),
}

impl Whose {
    fn unit(self) -> Option<UnitId> {
        match self {
            Whose::Mine => None,
            Whose::Unit(id) => Some(id),
        }
    }
}

/// A living link as its page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LinkRow {
    pub id: CalendarLinkId,
    pub person_id: PersonId,
    pub unit_id: Option<UnitId>,
    pub made_at: NaiveDateTime,
    pub maker: String,
}

/// The memberships under which a person writes for a body: those whose links the person may make and end.
fn writes_for(actor: &Actor) -> impl Iterator<Item = &Membership> {
    actor.memberships.iter().filter(|m| matches!(m.role, Role::Officer | Role::UnitLeader))
}

/// Whether a person has any deadline to see.
///
/// # Errors
/// [`Error::Forbidden`] for people who neither report nor collect nor oversee.
pub fn may_subscribe(actor: &Actor) -> Result<&Membership, Error> {
    let watches = |m: &&Membership| !matches!(m.role, Role::MinistryViewer | Role::Administrator);
    actor.memberships.iter().find(watches).ok_or_else(|| {
        Error::Forbidden(
            "Lịch thời hạn dành cho cán bộ, lãnh đạo của đơn vị báo cáo, đơn vị tổng hợp và lãnh đạo tỉnh."
                .into(),
        )
    })
}

/// The bodies of which a person may make a link, each once.
pub fn bodies(actor: &Actor) -> Vec<(UnitId, String)> {
    let mut found: Vec<(UnitId, String)> = Vec::new();
    for membership in writes_for(actor) {
        if !found.iter().any(|(id, _)| *id == membership.unit_id) {
            found.push((membership.unit_id, membership.unit_name.clone()));
        }
    }
    found
}

fn under(actor: &Actor, whose: Whose) -> Result<&Membership, Error> {
    match whose {
        Whose::Mine => may_subscribe(actor),
        Whose::Unit(unit) => writes_for(actor).find(|m| m.unit_id == unit).ok_or(Error::NotFound),
    }
}

/// What the database keeps of a token.
pub(super) fn hash(token: &str) -> String {
    audit::sha256_hex(token.as_bytes())
}

/// Makes a link, ends the person's earlier one of the same kind, and gives back its token, which nobody can read again.
///
/// # Errors
/// [`Error::NotFound`] for a foreign body; [`Error::Forbidden`] as [`may_subscribe`]; no randomness.
pub fn make(conn: &mut Conn, actor: &Actor, whose: Whose, moment: Moment) -> Result<String, Error> {
    let membership = under(actor, whose)?;
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no randomness: {e}")))?;
    let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let living = calendar_links::table
        .filter(calendar_links::person_id.eq(actor.person_id))
        .filter(calendar_links::revoked_at.is_null());
    let mut old: Vec<(CalendarLinkId, Option<UnitId>)> =
        living.select((calendar_links::id, calendar_links::unit_id)).load(conn)?;
    old.retain(|(_, unit)| *unit == whose.unit());
    let old: Vec<CalendarLinkId> = old.into_iter().map(|(id, _)| id).collect();
    diesel::update(calendar_links::table.filter(calendar_links::id.eq_any(&old)))
        .set(calendar_links::revoked_at.eq(moment.recorded))
        .execute(conn)?;
    diesel::insert_into(calendar_links::table)
        .values((
            calendar_links::person_id.eq(actor.person_id),
            calendar_links::unit_id.eq(whose.unit()),
            calendar_links::token_hash.eq(hash(&token)),
            calendar_links::made_at.eq(moment.recorded),
        ))
        .execute(conn)?;
    note(conn, actor, membership, "calendar_link.make", whose, moment)?;
    Ok(token)
}

/// The living links a person may end: their own, and those of the bodies they write for. One query.
///
/// # Errors
/// The query's own.
pub fn shown(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<LinkRow>> {
    let units: Vec<UnitId> = writes_for(actor).map(|m| m.unit_id).collect();
    calendar_links::table
        .inner_join(people::table)
        .filter(calendar_links::revoked_at.is_null())
        .filter(
            calendar_links::person_id
                .eq(actor.person_id)
                .or(calendar_links::unit_id.eq_any(units.into_iter().map(Some))),
        )
        .order(calendar_links::id)
        .select((
            calendar_links::id,
            calendar_links::person_id,
            calendar_links::unit_id,
            calendar_links::made_at,
            people::full_name,
        ))
        .load(conn)
}

/// Ends a link.
///
/// # Errors
/// [`Error::NotFound`] for a foreign link and for one that was ended already.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: CalendarLinkId, moment: Moment) -> Result<(), Error> {
    let found = shown(conn, actor)?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    let ended = diesel::update(calendar_links::table.find(id))
        .filter(calendar_links::revoked_at.is_null())
        .set(calendar_links::revoked_at.eq(moment.recorded))
        .execute(conn)?;
    if ended != 1 {
        return Err(Error::NotFound);
    }
    let whose = found.unit_id.map_or(Whose::Mine, Whose::Unit);
    let membership = under(actor, whose).or_else(|_| actor.memberships.first().ok_or(Error::NotFound))?;
    note(conn, actor, membership, "calendar_link.revoke", whose, moment)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    membership: &Membership,
    action: &str,
    whose: Whose,
    moment: Moment,
) -> Result<(), Error> {
    let label = match whose {
        Whose::Mine => actor.full_name.clone(),
        Whose::Unit(_) => membership.unit_name.clone(),
    };
    let step = Step {
        action,
        subject_kind: "calendar_link",
        subject_id: None,
        subject_label: &label,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(json!({ "unit": whose.unit() })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
