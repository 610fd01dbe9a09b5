//! Who may open a document as it came: the unit what was brought by it, whoever types in for it what was brought so, and whoever
//! reads a sent report what goes with it. Any other does not exist for them.

use super::Kind;
use super::queries::{self, DocumentRow};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{BroughtId, ReportId};
use crate::error::Error;
use crate::reports;

/// The document with its bytes, also after the report was sent.
///
/// # Errors
/// [`Error::NotFound`] for what is absent, foreign, or not sent and not the actor's to write.
pub fn original<K: Kind>(
    conn: &mut Conn,
    actor: &Actor,
    (id, document): (ReportId, BroughtId),
) -> Result<(DocumentRow, Vec<u8>), Error> {
    let scope = actor.scope();
    let case = reports::queries::find(conn, &scope, id)?;
    let (own, collects) = (case.is_own(&scope), case.is_collected(&scope));
    let mut revisions = reports::queries::revisions(conn, id)?;
    if !own && !collects {
        revisions.retain(|row| Some(row.id) == case.report.received_revision_id);
    }
    let numbers: Vec<i32> = revisions.iter().map(|row| row.number).collect();
    let sent = K::sent_with(conn, id, &numbers)?;
    let mut brought = Vec::new();
    if own {
        brought.push(false);
    }
    if case.is_typist(actor) || (own && case.behalf.is_none()) {
        brought.push(true);
    }
    let row = queries::readable(conn, (id, document), K::ABOUT, (&brought, &sent))?;
    let bytes = queries::bytes(conn, row.id)?;
    Ok((row, bytes))
}
