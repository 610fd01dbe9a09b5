//! An administrator has a letter tried once more that was given up: the address was mended, the server set right.

use serde_json::json;

use super::outbox;
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{MailId, PersonId};
use crate::error::Error;
use crate::people::administer::administering;
use crate::people::queries::register;

/// The people whose letters an administrator sees: those of the province.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators; the queries' own.
pub fn readers(conn: &mut Conn, actor: &Actor, moment: Moment) -> Result<Vec<PersonId>, Error> {
    let (membership, _) = administering(actor)?;
    let people = register::of_provinces(conn, &membership.province_reach, moment.today)?;
    Ok(people.into_iter().map(|(person, _)| person.id).collect())
}

/// Puts a letter back among those that wait.
///
/// # Errors
/// As [`readers`]; [`Error::NotFound`] for a letter to somebody of another province, [`Error::Conflict`] for one that was not
/// given up.
pub fn take_up(conn: &mut Conn, actor: &Actor, id: MailId, moment: Moment) -> Result<(), Error> {
    let (membership, _) = administering(actor)?;
    let people = readers(conn, actor, moment)?;
    let letter = outbox::letter(conn, id, &people)?;
    if !outbox::put_back(conn, id, &people, moment.recorded)? {
        return Err(Error::Conflict("Thư này đang chờ gửi hoặc đã gửi.".into()));
    }
    let step = Step {
        action: "mail.retry",
        subject_kind: "mail",
        subject_id: Some(id.0),
        subject_label: &letter.subject,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(json!({ "email": letter.address })),
    };
    Ok(audit::record(conn, &By::member(actor, &membership), &step, moment.recorded)?)
}
