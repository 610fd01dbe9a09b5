//! The matrix of a regime: units by its last periods, the progress of each in words and colour; every body as it reported,
//! or as the bodies stand today, with the periods of those they took over.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::queries;
use super::super::{Duty, Period, Progress, Regime};
use crate::calendar::{Holidays, Now};
use crate::db::ids::{PeriodId, RegimeId, UnitId};
use crate::error::Error;
use crate::units::lens::{Lens, Of, Stands, Structure};
use crate::units::{self, UnitOn};
use crate::web::{Nav, Page, SignedIn, State, render};

/// How many periods fit beside the names.
const PERIODS: usize = 6;

/// What one unit did in one period.
struct Cell {
    href: String,
    /// The body that did it, where it is another than the row's.
    by: String,
    progress: Progress,
    overdue: bool,
}

impl Cell {
    fn class(&self) -> &'static str {
        if self.overdue { "late" } else { self.progress.tag() }
    }
}

/// A unit's row; nothing in a cell where it owed nothing, several things where it stands for several bodies.
struct Row {
    unit: String,
    ended: bool,
    /// Whom it stands for beside itself, or with whom it is one group.
    with: String,
    cells: Vec<Vec<Cell>>,
}

/// `?lens=today`.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    lens: Option<String>,
}

#[derive(Template)]
#[template(path = "periods/matrix.html")]
struct MatrixPage {
    page: Page,
    regime: Regime,
    periods: Vec<Period>,
    groups: Vec<(String, Vec<Row>)>,
    lens: Lens,
}

impl MatrixPage {
    fn lenses(&self) -> [(String, &'static str, bool); 2] {
        let at = |lens: Lens| format!("/regimes/{}/matrix?lens={}", self.regime.id, lens.code());
        Lens::ALL.map(|lens| (at(lens), lens.words(), lens == self.lens))
    }
}

/// `GET /regimes/{id}/matrix`. Seven queries.
///
/// # Errors
/// [`Error::NotFound`] for a lens that is none, and when the regime is foreign or none of its periods can be seen.
pub async fn matrix(
    state: State,
    me: SignedIn,
    id: web::Path<RegimeId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (scope, now, id) = (me.scope(), Now::from(state.clock.moment()), id.into_inner());
    let today = now.today;
    let lens = Lens::from_code(asked.lens.as_deref().unwrap_or(Lens::Reported.code()));
    let lens = lens.ok_or(Error::NotFound)?;
    let (regime, periods, duties, units, structure, holidays) = state
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
            let structure = match lens {
                Lens::Reported => Structure::default(),
                Lens::Today => Structure::load(conn, today, Of::Duties)?,
            };
            let ids: BTreeSet<UnitId> = structure.heirs(duties.iter().map(|d| d.obligation.unit_id));
            let units = units::queries::on_day(conn, &ids.into_iter().collect::<Vec<_>>(), today)?;
            let holidays = queries::holidays(conn)?;
            Ok((regime, periods, duties, units, structure, holidays))
        })
        .await?;
    // As the regime was for each period.
    let rolling: HashMap<PeriodId, bool> =
        periods.iter().map(|period| (period.id, period.rolling.unwrap_or(regime.rolling))).collect();
    let cell = |duty: &Duty| {
        let rolling = rolling.get(&duty.obligation.period_id).copied().unwrap_or(regime.rolling);
        cell(duty, rolling, &holidays, now)
    };
    let groups = groups(&periods, &duties, &units, &structure, cell, today);
    let page = me.page(format!("Ma trận: {}", regime.name), Nav::Periods);
    render(&MatrixPage { page, regime, periods, groups, lens })
}

fn cell(duty: &Duty, rolling: bool, holidays: &Holidays, now: Now) -> Cell {
    let href = match duty.report.last_revision {
        0 => format!("/obligations/{}", duty.obligation.id),
        _ => format!("/reports/{}", duty.report.id),
    };
    let overdue = duty.overdue_days(rolling, holidays, now).is_some();
    Cell { href, by: String::new(), progress: duty.progress(), overdue }
}

fn groups(
    periods: &[Period],
    duties: &[Duty],
    units: &HashMap<UnitId, UnitOn>,
    structure: &Structure,
    cell: impl Fn(&Duty) -> Cell,
    today: chrono::NaiveDate,
) -> Vec<(String, Vec<Row>)> {
    let name = |id: &UnitId| units.get(id).map(|unit| unit.name.clone()).unwrap_or_default();
    let names = |ids: &BTreeSet<UnitId>| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    // By row and period; the row's own first.
    let mut at: HashMap<(UnitId, PeriodId), Vec<(bool, Cell)>> = HashMap::new();
    let mut notes: BTreeMap<UnitId, (BTreeSet<UnitId>, BTreeSet<UnitId>)> = BTreeMap::new();
    for duty in duties {
        let unit = duty.obligation.unit_id;
        let row = match structure.stands(unit) {
            Stands::Itself => unit,
            Stands::In(heir) => {
                notes.entry(heir).or_default().0.insert(unit);
                heir
            }
            Stands::Among(heirs) => {
                notes.entry(unit).or_default().1.extend(&heirs);
                unit
            }
        };
        let by = if row == unit { String::new() } else { name(&unit) };
        let cells = at.entry((row, duty.obligation.period_id)).or_default();
        cells.push((row != unit, Cell { by, ..cell(duty) }));
        notes.entry(row).or_default();
    }
    let mut rows: Vec<&UnitOn> = notes.keys().filter_map(|id| units.get(id)).collect();
    rows.sort_by_key(|unit| unit.protocol_key());
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    for unit in rows {
        let cells = periods.iter().map(|period| {
            let mut cells = at.remove(&(unit.id, period.id)).unwrap_or_default();
            cells.sort_by_key(|(other, _)| *other);
            cells.into_iter().map(|(_, cell)| cell).collect()
        });
        let cells = cells.collect();
        let with = match notes.get(&unit.id) {
            Some((_, heirs)) if !heirs.is_empty() => {
                format!("đã chia, tách; để nguyên một nhóm với {}", names(heirs))
            }
            Some((before, _)) if !before.is_empty() => format!("gồm cả {}", names(before)),
            _ => String::new(),
        };
        let row = Row { ended: !unit.existed_on(today), unit: unit.name.clone(), with, cells };
        match groups.last_mut() {
            Some((heading, rows)) if *heading == unit.kind_heading => rows.push(row),
            _ => groups.push((unit.kind_heading.clone(), vec![row])),
        }
    }
    groups
}
