//! Nơi nhận of the demo's units: what each names at the end of its papers, since before its first one. Stands between
//! reports/recipients.csv and the rows that a paper reads.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;

use super::files::{fault, table};
use super::known::Known;
use crate::db::Conn;
use crate::db::schema::paper_recipients;
use crate::error::Error;

const FILE: &str = "reports/recipients.csv";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipientsRow {
    regime: String,
    unit: String,
    /// Parted by semicolons.
    names: String,
    drafter: String,
    copies: Option<i32>,
}

/// Loads them, saved at `at` (UTC) by the first person of each unit.
///
/// # Errors
/// The line that names nobody; the queries' own.
pub fn load(conn: &mut Conn, known: &Known, at: NaiveDateTime) -> Result<(), Error> {
    for row in table::<RecipientsRow>(FILE)? {
        let unit = known.unit(FILE, &row.unit)?;
        let member = known.members.iter().find(|member| member.unit == unit);
        let member = member.ok_or_else(|| fault(FILE, format!("nobody is in {}", row.unit)))?;
        let names: Vec<&str> = row.names.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        diesel::insert_into(paper_recipients::table)
            .values((
                paper_recipients::regime_id.eq(known.regime(FILE, &row.regime)?),
                paper_recipients::unit_id.eq(Some(unit)),
                paper_recipients::names.eq(names.join("\n")),
                paper_recipients::drafter.eq(&row.drafter),
                paper_recipients::copies.eq(row.copies),
                paper_recipients::membership_id.eq(member.id),
                paper_recipients::saved_at.eq(at),
            ))
            .execute(conn)?;
    }
    Ok(())
}
