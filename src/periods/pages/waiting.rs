//! What waits for the collector, as the list of periods and the page of one period both show it.

use std::collections::HashMap;

use super::super::queries;
use super::super::{Duty, ExtensionWord};
use crate::db::Conn;
use crate::db::ids::ObligationId;
use crate::error::Error;

/// A report that waits for the collector.
pub struct Waiting {
    pub href: String,
    pub unit: String,
    pub sent_at: String,
    pub revision: i32,
}

/// The requests for an extension among some duties that wait for an answer. One query.
pub(super) fn waiting_requests(
    conn: &mut Conn,
    duties: &[Duty],
) -> Result<HashMap<ObligationId, ExtensionWord>, Error> {
    let ids: Vec<ObligationId> =
        duties.iter().filter(|d| d.waits_for_extension()).map(|d| d.obligation.id).collect();
    let mut words = queries::last_extensions(conn, &ids)?;
    words.retain(|_, word| word.waits());
    Ok(words)
}
