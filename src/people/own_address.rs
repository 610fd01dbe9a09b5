//! The mail address a person gives for themselves. One write with its audit row.

use diesel::prelude::*;
use serde_json::json;

use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::PersonId;
use crate::db::schema::people;
use crate::error::{Error, Problems};
use crate::mail;
use crate::vietnamese::limits::PERSON;

/// What stands as somebody's address; "" for none. One query.
///
/// # Errors
/// `NotFound` for nobody.
pub fn address(conn: &mut Conn, id: PersonId) -> QueryResult<String> {
    people::table.find(id).select(people::email).first(conn)
}

/// What is wrong with an address as typed; none where it may be kept, as a blank one may.
pub fn fault(address: &str) -> Option<&'static str> {
    let fine = address.is_empty() || (mail::is_address(address) && PERSON.holds(address));
    (!fine).then_some("Thư điện tử có dạng ten@donvi.gov.vn; để trống nếu không có.")
}

/// Changes one's own address. `seen` is the one that stood on the page.
///
/// # Errors
/// [`Error::Invalid`] at `email`; [`Error::Conflict`] when it was changed meanwhile.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    (seen, new): (&str, &str),
    moment: Moment,
) -> Result<(), Error> {
    let mut problems = Problems::default();
    if let Some(fault) = fault(new) {
        problems.add("email", fault);
    }
    problems.or(())?;
    if seen == new && address(conn, actor.person_id)? == new {
        return Ok(());
    }
    let as_seen = people::table.find(actor.person_id).filter(people::email.eq(seen));
    if diesel::update(as_seen).set(people::email.eq(new)).execute(conn)? == 0 {
        return Err(Error::Conflict("Địa chỉ vừa được sửa ở nơi khác. Mở lại trang để xem.".into()));
    }
    let by = match actor.memberships.first() {
        Some(membership) => By::member(actor, membership),
        None => By::person(actor.person_id, &actor.full_name),
    };
    let step = Step {
        action: "person.own_address",
        subject_kind: "person",
        subject_id: Some(actor.person_id.0),
        subject_label: &actor.username,
        unit_id: actor.memberships.first().map(|membership| membership.unit_id),
        before: Some(json!({ "email": seen })),
        after: Some(json!({ "email": new })),
    };
    Ok(audit::record(conn, &by, &step, moment.recorded)?)
}
