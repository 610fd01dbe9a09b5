//! The league of a reader, read from the database: what the leader's screen has loaded already, and the older periods of
//! the two years that it has not.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::QueryResult;

use super::{Body, Filing, League, Span, league};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::periods::summary::{Summaries, Summary};
use crate::periods::{Duty, Period, Regime, queries as periods};
use crate::units;
use crate::units::COURTEOUS_KINDS;

/// The league with what its page says about it.
#[derive(Debug, Clone, Default)]
pub struct Standings {
    pub league: League,
    /// Names as they are today.
    pub names: HashMap<UnitId, String>,
    /// The periods counted, the newest first, each with its span.
    pub counted: Vec<(Span, PeriodId, String)>,
}

impl Standings {
    pub fn name(&self, unit: UnitId) -> &str {
        self.names.get(&unit).map_or("", String::as_str)
    }
}

/// Reads it, of the periods within scope whose last day has passed. `opened` are all of these, `all` those loaded already.
/// Three queries.
///
/// # Errors
/// The queries' own.
pub fn load(
    conn: &mut Conn,
    scope: &Scope,
    all: &Summaries,
    opened: &[(Period, Regime)],
    today: NaiveDate,
) -> QueryResult<Standings> {
    let mut passed: Vec<(NaiveDate, Span, &Period, &Regime)> = opened
        .iter()
        .filter_map(|(period, regime)| {
            let day = period.due_dates(regime.rolling, &all.holidays).deadline()?;
            Some((day, Span::of(day, today)?, period, regime))
        })
        .collect();
    passed.sort_by_key(|(day, _, period, _)| std::cmp::Reverse((*day, period.id)));
    let here: HashMap<PeriodId, &Summary> =
        all.open.iter().chain(&all.finished).map(|summary| (summary.period.id, summary)).collect();
    let older: Vec<PeriodId> =
        passed.iter().map(|(_, _, period, _)| period.id).filter(|id| !here.contains_key(id)).collect();
    let mut loaded: HashMap<PeriodId, Vec<Duty>> = HashMap::new();
    for duty in periods::duties_of_periods(conn, scope, &older)? {
        loaded.entry(duty.obligation.period_id).or_default().push(duty);
    }
    let none = Vec::new();
    let filings: Vec<Filing> = passed
        .iter()
        .flat_map(|(_, span, period, regime)| {
            let known = here.get(&period.id).map(|summary| &summary.duties);
            let duties = known.or_else(|| loaded.get(&period.id)).unwrap_or(&none);
            duties.iter().map(|duty| Filing {
                unit: duty.obligation.unit_id,
                span: *span,
                entry: duty.entry(regime.rolling, &all.holidays),
            })
        })
        .collect();
    let ids: BTreeSet<UnitId> = filings.iter().map(|filing| filing.unit).collect();
    let ids: Vec<UnitId> = ids.into_iter().collect();
    let mut units = units::queries::on_day(conn, &ids, today)?;
    units.retain(|_, unit| unit.existed_on(today));
    let bodies = units.iter().map(|(id, unit)| {
        let courteous = COURTEOUS_KINDS.contains(&unit.kind_code.as_str());
        (*id, Body { courteous, order: unit.protocol_key() })
    });
    let league = league(filings, &bodies.collect(), today);
    let counted =
        passed.iter().map(|(_, span, period, _)| (*span, period.id, period.label.clone())).collect();
    Ok(Standings { league, names: units.into_iter().map(|(id, unit)| (id, unit.name)).collect(), counted })
}
