//! The forms of one regime as the first forms of another, indicators brought up to their last versions.

use chrono::NaiveDate;

use super::{queries, write};
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::error::Error;
use crate::indicators;

/// Copies every form of a regime that holds on `day`, with its audience and list tables, as version 1.
///
/// # Errors
/// The queries' own.
pub fn copy_all(conn: &mut Conn, from: RegimeId, to: RegimeId, day: NaiveDate) -> Result<(), Error> {
    let catalogue = indicators::queries::catalogue(conn)?;
    for form in queries::holding(conn, from, day)? {
        let (content, ..) = queries::content(conn, &form)?.brought_up(&catalogue);
        write::version(conn, (to, &form.code, 1), &content, None)?;
    }
    Ok(())
}
