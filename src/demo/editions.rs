//! Editions made and approved in the demo's past. Stands between reports/editions.csv and the verbs that freeze
//! what had been received by then.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::files::{fault, table};
use super::openings::Opened;
use crate::access::Actor;
use crate::calendar::Moment;
use crate::consolidation::dispatch::{Dispatching, dispatch, to_dispatch};
use crate::consolidation::{approve_edition, make_edition, queries, to_approve};
use crate::db::Conn;
use crate::db::ids::{EditionId, PeriodId};
use crate::error::Error;

const FILE: &str = "reports/editions.csv";
const SENDINGS: &str = "reports/dispatches.csv";

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

/// What is done with an edition.
enum Doing {
    Make,
    Approve,
    Send(Box<Dispatching>),
}

/// An edition made, approved, or sent.
pub struct EditionStep {
    pub moment: Moment,
    pub by: String,
    period: PeriodId,
    number: i32,
    doing: Doing,
}

/// The editions made so far, by period and number.
pub type Made = HashMap<(PeriodId, i32), EditionId>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendingRow {
    regime: String,
    period: String,
    number: i32,
    recipient: String,
    way: String,
    sent_at: String,
    sent_by: String,
    doc_number: String,
    doc_date: String,
}

/// When something happened, in local time.
fn moment(file: &'static str, at: &str) -> Result<Moment, Error> {
    NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M").map(Moment::local).map_err(|e| fault(file, e))
}

fn period_of(file: &'static str, opened: &[Opened], regime: &str, code: &str) -> Result<PeriodId, Error> {
    let found = opened.iter().find(|p| p.regime == regime && p.code == code).map(|p| p.id);
    found.ok_or_else(|| fault(file, format!("there is no period {regime} {code}")))
}

/// Both steps of every edition, and its recorded sendings.
pub fn read(opened: &[Opened]) -> Result<Vec<EditionStep>, Error> {
    let mut steps = Vec::new();
    for row in table::<EditionRow>(FILE)? {
        let period = period_of(FILE, opened, &row.regime, &row.period)?;
        let both =
            [(row.made_at, row.made_by, Doing::Make), (row.approved_at, row.approved_by, Doing::Approve)];
        for (at, by, doing) in both {
            steps.push(EditionStep { moment: moment(FILE, &at)?, by, period, number: row.number, doing });
        }
    }
    for row in table::<SendingRow>(SENDINGS)? {
        let period = period_of(SENDINGS, opened, &row.regime, &row.period)?;
        let moment = moment(SENDINGS, &row.sent_at)?;
        let doing = Doing::Send(Box::new(Dispatching {
            way: row.way,
            doc_number: row.doc_number,
            doc_date: row.doc_date,
            ..Dispatching::now(Some(&row.recipient), moment)
        }));
        steps.push(EditionStep { moment, by: row.sent_by, period, number: row.number, doing });
    }
    Ok(steps)
}

/// Makes, approves or sends one edition.
pub fn take(conn: &mut Conn, made: &mut Made, actor: &Actor, step: &EditionStep) -> Result<(), Error> {
    let key = (step.period, step.number);
    if matches!(step.doing, Doing::Make) {
        made.insert(key, make_edition(conn, actor, step.period, step.moment)?);
        return Ok(());
    }
    let id = made
        .get(&key)
        .copied()
        .ok_or_else(|| fault(FILE, "an edition is approved or sent before it is made"))?;
    if let Doing::Send(typed) = &step.doing {
        let ready = to_dispatch(conn, actor, id, typed, step.moment)?.written()?;
        return dispatch(conn, actor, ready, step.moment);
    }
    let (row, ..) = queries::edition(conn, &actor.scope(), id)?;
    let ready = to_approve(conn, actor, id, row.version, step.moment)?.written()?;
    approve_edition(conn, actor, &ready, step.moment)
}
