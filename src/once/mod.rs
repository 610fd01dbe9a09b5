//! A form that makes something, sent twice, makes it once: the second sending leads to the page of the first. Stands
//! between a double click, a lost answer or a proxy that tries again, and the verbs that make rows.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::PersonId;
use crate::db::schema::form_keys;
use crate::error::Error;
use crate::on_each;

/// How long a sending is remembered: longer than any session, so that no page still open is older.
const REMEMBERED: TimeDelta = TimeDelta::days(8);

/// Where a form led that this person has sent already; none when it was not, or when it has no key. For what is checked
/// before the write and would find its own rows in the way. One query.
///
/// # Errors
/// The query's own.
pub fn led_to(conn: &mut Conn, person: PersonId, digest: Option<&str>) -> QueryResult<Option<String>> {
    let Some(digest) = digest else { return Ok(None) };
    form_keys::table.find((person, digest)).select(form_keys::leads_to).first(conn).optional()
}

/// Runs `make` unless this person has sent this very form before, and gives back the page it led to. `digest` stands
/// for the form's one-use key and everything typed beside it; every form that makes something has one. Run it in the
/// write in which `make` makes its rows: what fails is not remembered, and of two at once the second waits.
///
/// # Errors
/// Those of `make`; [`Error::Refused`] for a form without its key; the query's own.
pub fn only(
    conn: &mut Conn,
    person: PersonId,
    digest: Option<&str>,
    now: NaiveDateTime,
    make: impl FnOnce(&mut Conn) -> Result<String, Error>,
) -> Result<String, Error> {
    let Some(digest) = digest else {
        return Err(Error::Refused("Biểu mẫu gửi lên không đầy đủ. Mở lại trang rồi nhập lại.".to_owned()));
    };
    diesel::delete(form_keys::table.filter(form_keys::used_at.lt(now - REMEMBERED))).execute(conn)?;
    let row = (
        form_keys::person_id.eq(person),
        form_keys::digest.eq(digest),
        form_keys::leads_to.eq(""),
        form_keys::used_at.eq(now),
    );
    let first = on_each!(conn, |c| diesel::insert_into(form_keys::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    let key = form_keys::table.find((person, digest));
    if first == 0 {
        return Ok(key.select(form_keys::leads_to).first(conn)?);
    }
    let page = make(conn)?;
    diesel::update(key).set(form_keys::leads_to.eq(&page)).execute(conn)?;
    Ok(page)
}
