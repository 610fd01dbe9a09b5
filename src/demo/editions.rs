//! Editions made and approved in the demo's past. Stands between reports/editions.csv and the verbs that freeze
//! what had been received by then.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::files::{fault, table};
use super::openings::Opened;
use crate::access::Actor;
use crate::calendar::Moment;
use crate::consolidation::{approve_edition, make_edition, queries, to_approve};
use crate::db::Conn;
use crate::db::ids::{EditionId, PeriodId};
use crate::error::Error;

const FILE: &str = "reports/editions.csv";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionRow {
    regime: String,
    period: String,
    number: i32,
    made_at: String,
    made_by: String,
    approved_at: String,
    approved_by: String,
}

/// An edition made, or approved.
pub struct EditionStep {
    pub moment: Moment,
    pub by: String,
    period: PeriodId,
    number: i32,
    approval: bool,
}

/// The editions made so far, by period and number.
pub type Made = HashMap<(PeriodId, i32), EditionId>;

/// Both steps of every edition.
pub fn read(opened: &[Opened]) -> Result<Vec<EditionStep>, Error> {
    let mut steps = Vec::new();
    for row in table::<EditionRow>(FILE)? {
        let period = opened
            .iter()
            .find(|p| p.regime == row.regime && p.code == row.period)
            .map(|p| p.id)
            .ok_or_else(|| fault(FILE, format!("there is no period {} {}", row.regime, row.period)))?;
        let both = [(row.made_at, row.made_by, false), (row.approved_at, row.approved_by, true)];
        for (at, by, approval) in both {
            let at = NaiveDateTime::parse_from_str(&at, "%Y-%m-%dT%H:%M").map_err(|e| fault(FILE, e))?;
            steps.push(EditionStep { moment: Moment::local(at), by, period, number: row.number, approval });
        }
    }
    Ok(steps)
}

/// Makes or approves one edition.
pub fn take(conn: &mut Conn, made: &mut Made, actor: &Actor, step: &EditionStep) -> Result<(), Error> {
    let key = (step.period, step.number);
    if !step.approval {
        made.insert(key, make_edition(conn, actor, step.period, step.moment)?);
        return Ok(());
    }
    let id =
        made.get(&key).copied().ok_or_else(|| fault(FILE, "an edition is approved before it is made"))?;
    let (row, ..) = queries::edition(conn, &actor.scope(), id)?;
    let ready = to_approve(conn, actor, id, row.version, step.moment)?.written()?;
    approve_edition(conn, actor, &ready, step.moment)
}
