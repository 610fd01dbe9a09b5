//! A person has read what they were told.

use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::DigestId;
use crate::error::Error;

use super::queries;

/// Marks as read: one digest, or every one up to the newest the page showed. Nothing of the province changes by it, so no row of
/// the log is written, as for the day somebody was last seen.
///
/// # Errors
/// The query's own.
pub fn read(
    conn: &mut Conn,
    actor: &Actor,
    only: Option<DigestId>,
    up_to: DigestId,
    moment: Moment,
) -> Result<usize, Error> {
    Ok(queries::mark_read(conn, actor.person_id, (only, up_to), moment.at)?)
}
