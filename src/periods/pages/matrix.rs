//! The matrix of a regime: units by its last periods, the progress of each in words and colour.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::queries;
use super::super::{Duty, Period, Progress, Regime};
use crate::calendar::Holidays;
use crate::db::ids::{PeriodId, RegimeId, UnitId};
use crate::error::Error;
use crate::units::{self, UnitOn};
use crate::web::{Nav, Page, SignedIn, State, render};

/// How many periods fit beside the names.
const PERIODS: usize = 6;

/// What one unit did in one period.
struct Cell {
    href: String,
    progress: Progress,
    overdue: bool,
}

impl Cell {
    fn class(&self) -> &'static str {
        if self.overdue { "late" } else { self.progress.tag() }
    }
}

/// A unit's row; no cell where it owed nothing.
struct Row {
    unit: String,
    ended: bool,
    cells: Vec<Option<Cell>>,
}

#[derive(Template)]
#[template(path = "periods/matrix.html")]
struct MatrixPage {
    page: Page,
    regime: Regime,
    periods: Vec<Period>,
    groups: Vec<(String, Vec<Row>)>,
}

/// `GET /regimes/{id}/matrix`. Six queries.
///
/// # Errors
/// [`Error::NotFound`] when the regime is foreign or none of its periods can be seen.
pub async fn matrix(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let (scope, today, id) = (me.scope(), state.clock.today(), id.into_inner());
    let (regime, periods, duties, units, holidays) = state
        .read(move |conn| {
            let regime = queries::visible_regime(conn, &scope, id)?;
            let mut periods = queries::periods_of_regime(conn, &scope, id)?;
            let collects = scope.collector_units.contains(&regime.collector_id);
            let oversees = scope.overseen_provinces.contains(&regime.province_id);
            if periods.is_empty() && !collects && !oversees {
                return Err(Error::NotFound);
            }
            periods.sort_by_key(|p| (p.reference_on, p.id));
            let periods = periods.split_off(periods.len().saturating_sub(PERIODS));
            let ids: Vec<PeriodId> = periods.iter().map(|p| p.id).collect();
            let duties = queries::duties_of_periods(conn, &scope, &ids)?;
            let ids: BTreeSet<UnitId> = duties.iter().map(|d| d.obligation.unit_id).collect();
            let units = units::queries::on_day(conn, &ids.into_iter().collect::<Vec<_>>(), today)?;
            let holidays = queries::holidays(conn)?;
            Ok((regime, periods, duties, units, holidays))
        })
        .await?;
    // As the regime was for each period.
    let rolling: HashMap<PeriodId, bool> =
        periods.iter().map(|period| (period.id, period.rolling.unwrap_or(regime.rolling))).collect();
    let cell = |duty: &Duty| {
        let rolling = rolling.get(&duty.obligation.period_id).copied().unwrap_or(regime.rolling);
        cell(duty, rolling, &holidays, today)
    };
    let groups = groups(&periods, &duties, units, cell, today);
    let page = me.page(format!("Ma trận: {}", regime.name), Nav::Periods);
    render(&MatrixPage { page, regime, periods, groups })
}

fn cell(duty: &Duty, rolling: bool, holidays: &Holidays, today: chrono::NaiveDate) -> Cell {
    let href = match duty.report.last_revision {
        0 => format!("/obligations/{}", duty.obligation.id),
        _ => format!("/reports/{}", duty.report.id),
    };
    let overdue = duty.overdue_days(rolling, holidays, today).is_some();
    Cell { href, progress: duty.progress(), overdue }
}

fn groups(
    periods: &[Period],
    duties: &[Duty],
    units: HashMap<UnitId, UnitOn>,
    cell: impl Fn(&Duty) -> Cell,
    today: chrono::NaiveDate,
) -> Vec<(String, Vec<Row>)> {
    let at: HashMap<(UnitId, PeriodId), &Duty> =
        duties.iter().map(|d| ((d.obligation.unit_id, d.obligation.period_id), d)).collect();
    let mut units: Vec<UnitOn> = units.into_values().collect();
    units.sort_by_key(UnitOn::protocol_key);
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    for unit in units {
        let cells = periods.iter().map(|p| at.get(&(unit.id, p.id)).map(|d| cell(d))).collect();
        let row = Row { ended: !unit.existed_on(today), unit: unit.name, cells };
        match groups.last_mut() {
            Some((heading, rows)) if *heading == unit.kind_heading => rows.push(row),
            _ => groups.push((unit.kind_heading, vec![row])),
        }
    }
    groups
}
