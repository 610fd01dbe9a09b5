//! Opens the demo's periods with the verb the pages use, so that obligations follow from routes and forms and
//! are written nowhere. Stands between periods.toml and what the units then did.

use serde::Deserialize;

use super::files::{Day, LocalTime, document, fault};
use super::known::Known;
use crate::calendar::{Cycle, DueRule, Moment, Window, parse_hour};
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::periods::NewPeriod;
use crate::periods::open::open_period;

const FILE: &str = "periods.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodFile {
    periods: Vec<Period>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    regime: String,
    code: String,
    label: String,
    cycle: String,
    year: i32,
    window_from: Option<Day>,
    window_to: Option<Day>,
    due_rule: String,
    stated_on: Option<Day>,
    stated_time: Option<String>,
    due_basis: String,
    lock_on: Option<Day>,
    reference_on: Day,
    opened_at: LocalTime,
    form: Option<String>,
    units: Option<Vec<String>>,
}

/// A period that was opened, by the codes of its files.
pub struct Opened {
    pub regime: String,
    pub code: String,
    pub id: PeriodId,
}

/// Opens every period, the earliest first.
pub fn load(conn: &mut Conn, known: &Known) -> Result<Vec<Opened>, Error> {
    let mut rows = document::<PeriodFile>(FILE)?.periods;
    rows.sort_by_key(|p| p.opened_at.0);
    rows.into_iter().map(|row| open(conn, known, row)).collect()
}

fn open(conn: &mut Conn, known: &Known, row: Period) -> Result<Opened, Error> {
    let named = |reason: &str| fault(FILE, format!("{} {}: {reason}", row.regime, row.code));
    let window = match (row.window_from, row.window_to) {
        (Some(from), Some(to)) => {
            Some(Window::new(from.0, to.0).ok_or_else(|| named("the window ends before it begins"))?)
        }
        (None, None) => None,
        _ => return Err(named("a window has two ends")),
    };
    let units: Option<Vec<UnitId>> = row
        .units
        .as_ref()
        .map(|codes| codes.iter().map(|code| known.unit(FILE, code)).collect::<Result<_, _>>())
        .transpose()?;
    let hour = match &row.stated_time {
        None => None,
        Some(text) => Some(parse_hour(text).ok_or_else(|| named("the hour cannot be read"))?),
    };
    let new = NewPeriod {
        code: row.code.clone(),
        label: row.label.clone(),
        cycle: Cycle::from_code(&row.cycle).ok_or_else(|| named("unknown cycle"))?,
        year: row.year,
        window,
        due: DueRule::from_parts(&row.due_rule, row.stated_on.map(|d| d.0))
            .ok_or_else(|| named("due_rule and stated_on do not belong together"))?
            .at(hour),
        due_basis: row.due_basis.clone(),
        lock_on: row.lock_on.map(|d| d.0),
        reference_on: row.reference_on.0,
        form_code: row.form.clone(),
        units,
    };
    let regime = known.regime(FILE, &row.regime)?;
    let moment = Moment::local(row.opened_at.0);
    let collector = known.collectors.get(&regime).copied().ok_or_else(|| named("no collector"))?;
    let by = known.acting(collector, "compiler", moment.today).ok_or_else(|| named("nobody compiles yet"))?;
    let id = open_period(conn, regime, &new, &by, moment).map_err(|e| named(&e.to_string()))?;
    Ok(Opened { regime: row.regime, code: row.code, id })
}
