//! All SQL of the first run but the code's own and the last step's.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::SetupStep;
use super::answers::Answers;
use crate::db::Conn;
use crate::db::schema::{people, setup_answers, units};
use crate::error::Error;

/// Whether the installation has nobody and nothing yet.
///
/// # Errors
/// The query's own.
pub fn is_needed(conn: &mut Conn) -> QueryResult<bool> {
    let somebody: i64 = people::table.count().get_result(conn)?;
    if somebody > 0 {
        return Ok(false);
    }
    let somewhere: i64 = units::table.count().get_result(conn)?;
    Ok(somewhere == 0)
}

/// Everything answered so far.
///
/// # Errors
/// The query's own, or an answer that no longer reads.
pub fn answers(conn: &mut Conn) -> Result<Answers, Error> {
    let rows: Vec<(String, String)> =
        setup_answers::table.select((setup_answers::step, setup_answers::answers_json)).load(conn)?;
    let of =
        |step: SetupStep| rows.iter().find(|(code, _)| code == step.code()).map(|(_, json)| json.as_str());
    Ok(Answers {
        administrator: read(of(SetupStep::Administrator))?,
        province: read(of(SetupStep::Province))?,
        units: read(of(SetupStep::Units))?,
    })
}

fn read<T: DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Error> {
    json.map(serde_json::from_str).transpose().map_err(|e| Error::Internal(format!("setup_answers: {e}")))
}

/// Keeps the answers of one step.
///
/// # Errors
/// The query's own.
pub fn keep(
    conn: &mut Conn,
    step: SetupStep,
    answers: &impl Serialize,
    now: NaiveDateTime,
) -> Result<(), Error> {
    let json = serde_json::to_string(answers).map_err(|e| Error::Internal(e.to_string()))?;
    diesel::delete(setup_answers::table.find(step.code())).execute(conn)?;
    diesel::insert_into(setup_answers::table)
        .values((
            setup_answers::step.eq(step.code()),
            setup_answers::answers_json.eq(json),
            setup_answers::saved_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
