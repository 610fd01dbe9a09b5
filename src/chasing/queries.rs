//! SQL of the log of calls and of telephone numbers. What other rooms ask stands first: the promised day of each obligation.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::form::NewContact;
use super::{Channel, Contact, Outcome};
use crate::access::{Actor, Membership, Role};
use crate::db::Conn;
use crate::db::ids::{ContactId, ObligationId, ReportId, UnitId};
use crate::db::schema::{
    contacts, edition_dispatches, editions, memberships, obligations, people, report_transitions, reports,
    units,
};
use crate::reports::Step;

/// The newest promise of each of some obligations, about what is owed now: a promise for the first sending says nothing
/// about a correction asked for later, and one that was corrected says nothing any more. One query.
///
/// # Errors
/// The query's own.
pub fn promises(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, NaiveDate>> {
    type Row = (ContactId, ObligationId, Option<ContactId>, Option<NaiveDate>);
    let rows: Vec<Row> = contacts::table
        .inner_join(obligations::table)
        .inner_join(reports::table.on(reports::obligation_id.eq(contacts::obligation_id)))
        .filter(contacts::obligation_id.eq_any(ids))
        // After what was taken back the first sending is owed again.
        .filter(contacts::after_revision.eq(reports::last_revision).or(reports::first_sent_at.is_null()))
        .order(contacts::id)
        .select((contacts::id, contacts::obligation_id, contacts::corrects_id, contacts::promised_on))
        .load(conn)?;
    let corrected: Vec<ContactId> = rows.iter().filter_map(|(_, _, corrects, _)| *corrects).collect();
    Ok(rows
        .into_iter()
        .filter(|(id, ..)| !corrected.contains(id))
        .filter_map(|(_, obligation, _, day)| Some((obligation, day?)))
        .collect())
}

/// The newest entry about each of some obligations that nothing corrects. One query.
///
/// # Errors
/// The query's own.
pub fn last_contacts(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, Contact>> {
    let all = entries(conn, ids)?;
    let standing = all.into_iter().filter(|(_, contact)| !contact.corrected);
    let mut newest: HashMap<ObligationId, Contact> = HashMap::new();
    for (obligation, contact) in standing {
        let later =
            newest.get(&obligation).is_none_or(|known| (known.on, known.id) <= (contact.on, contact.id));
        if later {
            newest.insert(obligation, contact);
        }
    }
    Ok(newest)
}

/// The log of one obligation, oldest first. One query.
///
/// # Errors
/// The query's own.
pub fn log(conn: &mut Conn, id: ObligationId) -> QueryResult<Vec<Contact>> {
    Ok(entries(conn, &[id])?.into_iter().map(|(_, contact)| contact).collect())
}

fn entries(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<Vec<(ObligationId, Contact)>> {
    type Said = (i32, NaiveDate, String, String, String, Option<NaiveDate>, String);
    type Row = (ContactId, ObligationId, Option<ContactId>, Said, String, String, NaiveDateTime);
    let rows: Vec<Row> = contacts::table
        .filter(contacts::obligation_id.eq_any(ids))
        .order(contacts::id)
        .select((
            contacts::id,
            contacts::obligation_id,
            contacts::corrects_id,
            (
                contacts::after_revision,
                contacts::contacted_on,
                contacts::channel,
                contacts::spoke_with,
                contacts::outcome,
                contacts::promised_on,
                contacts::note,
            ),
            contacts::actor_name,
            contacts::actor_title,
            contacts::recorded_at,
        ))
        .load(conn)?;
    let corrected: Vec<ContactId> = rows.iter().filter_map(|(_, _, corrects, ..)| *corrects).collect();
    Ok(rows
        .into_iter()
        .filter_map(|(id, obligation, corrects, said, name, title, recorded_at)| {
            let (after_revision, on, channel, with, outcome, promised, note) = said;
            let contact = Contact {
                id,
                on,
                channel: Channel::from_code(&channel)?,
                with,
                outcome: Outcome::from_parts(&outcome, promised)?,
                note,
                after_revision,
                corrects,
                corrected: corrected.contains(&id),
                by: format!("{name}, {title}"),
                recorded_at,
            };
            Some((obligation, contact))
        })
        .collect())
}

/// Appends an entry about a duty; `after_revision` is the last revision of which it speaks.
///
/// # Errors
/// The query's own; a violation of uniqueness where the corrected entry was corrected already.
pub fn append(
    conn: &mut Conn,
    (id, after_revision): (ObligationId, i32),
    new: &NewContact,
    (actor, by): (&Actor, &Membership),
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::insert_into(contacts::table)
        .values((
            contacts::obligation_id.eq(id),
            contacts::after_revision.eq(after_revision),
            contacts::corrects_id.eq(new.corrects),
            contacts::contacted_on.eq(new.on),
            contacts::channel.eq(new.channel.code()),
            contacts::spoke_with.eq(&new.with),
            contacts::outcome.eq(new.outcome.code()),
            contacts::promised_on.eq(new.outcome.promised()),
            contacts::note.eq(&new.note),
            contacts::membership_id.eq(by.id),
            contacts::actor_name.eq(&actor.full_name),
            contacts::actor_title.eq(format!("{}, {}", by.title, by.unit_name)),
            contacts::recorded_at.eq(at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// When (UTC) and for what a correction of each of some reports was asked last. One query.
///
/// # Errors
/// The query's own.
pub fn amendments(
    conn: &mut Conn,
    ids: &[ReportId],
) -> QueryResult<HashMap<ReportId, (NaiveDateTime, String)>> {
    let asking = [Step::AskAmendment, Step::Reopen].map(Step::code);
    let rows: Vec<(ReportId, NaiveDateTime, String)> = report_transitions::table
        .filter(report_transitions::report_id.eq_any(ids))
        .filter(report_transitions::step.eq_any(asking))
        .order(report_transitions::id)
        .select((report_transitions::report_id, report_transitions::at, report_transitions::reason))
        .load(conn)?;
    // Of equal keys the last counts.
    Ok(rows.into_iter().map(|(id, at, reason)| (id, (at, reason))).collect())
}

/// The numbers of the last papers with which a body sent its editions, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn paper_numbers(conn: &mut Conn, collector: UnitId) -> QueryResult<Vec<String>> {
    edition_dispatches::table
        .inner_join(editions::table)
        .filter(editions::collector_id.eq(collector))
        .filter(edition_dispatches::doc_number.ne(""))
        .order(edition_dispatches::id.desc())
        .limit(10)
        .select(edition_dispatches::doc_number)
        .load(conn)
}

/// Somebody who can be called about a unit's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reachable {
    pub name: String,
    pub title: String,
    pub leads: bool,
    pub phone: String,
    pub email: String,
}

/// The telephone of some units as such; those without one are left out. One query.
///
/// # Errors
/// The query's own.
pub fn phones(conn: &mut Conn, ids: &[UnitId]) -> QueryResult<HashMap<UnitId, String>> {
    let rows = units::table.filter(units::id.eq_any(ids)).filter(units::phone.ne(""));
    Ok(rows.select((units::id, units::phone)).load::<(UnitId, String)>(conn)?.into_iter().collect())
}

/// Officers and leaders of some units on `today`, officers first. One query.
///
/// # Errors
/// The query's own.
pub fn reachable(
    conn: &mut Conn,
    ids: &[UnitId],
    today: NaiveDate,
) -> QueryResult<HashMap<UnitId, Vec<Reachable>>> {
    type Row = (UnitId, String, String, String, String, String);
    let roles = [Role::Officer.code(), Role::UnitLeader.code()];
    let rows: Vec<Row> = memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq_any(ids))
        .filter(memberships::role.eq_any(roles))
        .filter(people::disabled_at.is_null())
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(today)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(today)))
        .order((memberships::role, people::name_key, memberships::id))
        .select((
            memberships::unit_id,
            people::full_name,
            memberships::title,
            memberships::role,
            people::phone,
            people::email,
        ))
        .load(conn)?;
    let mut found: HashMap<UnitId, Vec<Reachable>> = HashMap::new();
    for (unit, name, title, role, phone, email) in rows {
        let leads = role == Role::UnitLeader.code();
        let person = Reachable { name, title, leads, phone, email };
        let known = found.entry(unit).or_default();
        if !known.contains(&person) {
            known.push(person);
        }
    }
    Ok(found)
}
