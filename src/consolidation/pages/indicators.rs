//! The figures of a period by indicator: the totals, and behind each what every unit contributed with the revision it
//! stands in. For who collects the period and for leaders, who see no single unit's figures of a classified group.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::{EditionContent, IndicatorGroup, IndicatorLine, Reading, UnitFigure, UnitLine};
use super::super::small::withheld;
use super::super::{as_received, queries};
use super::view::{Asked, Cell, TotalView, View};
use crate::access::Action;
use crate::calendar::Moment;
use crate::db::ids::PeriodId;
use crate::error::Error;
use crate::periods::summary::reads_for;
use crate::periods::{self, Period, Regime};
use crate::units;
use crate::web::{Nav, Page, SignedIn, State, render};

/// Shown in place of a small count.
const WITHHELD: &str = "không hiện";

/// What both pages read.
struct Loaded {
    period: Period,
    regime: Regime,
    /// Whose totals these are.
    collector: String,
    content: EditionContent,
    origins: Vec<queries::Origin>,
    /// The reader consolidates them, and sees everything.
    everything: bool,
    /// Classified groups whose single units are open to leaders.
    opened: HashSet<String>,
}

/// About thirty-five queries, whatever the number of units.
async fn load(me: &SignedIn, state: &State, id: PeriodId) -> Result<Loaded, Error> {
    let (actor, moment): (_, Moment) = (me.actor.clone(), state.clock.moment());
    state
        .read(move |conn| {
            let scope = actor.scope();
            let (period, regime) = periods::queries::period(conn, &scope, id)?;
            let duties = periods::queries::duties_of_periods(conn, &scope, &[id])?;
            let collector = reads_for(&scope, &regime, &duties);
            let content = as_received(conn, &period, &regime, collector, moment)?;
            let origins = queries::origins(conn, id, collector)?;
            let names = units::queries::names_on(conn, &[collector], period.reference_on)?;
            let everything = actor.for_unit(collector, Action::Consolidate).is_some();
            let collector = names.get(&collector).cloned().unwrap_or_default();
            let openings = queries::openings(conn, regime.id)?;
            let opened = openings.into_iter().filter(|group| group.is_open()).map(|group| group.code);
            let opened = opened.collect();
            Ok(Loaded { period, regime, collector, content, origins, everything, opened })
        })
        .await
}

#[derive(Template)]
#[template(path = "consolidation/indicators.html")]
struct ListPage<'a> {
    page: Page,
    found: &'a Loaded,
    view: View<'a>,
}

/// `GET /periods/{id}/indicators`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period; [`Error::Refused`] for a period that collects no figures.
pub async fn indicators(me: SignedIn, state: State, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let found = load(&me, &state, id.into_inner()).await?;
    let view = View::new(&found.content, found.everything, &Asked::default()).ok_or(Error::NotFound)?;
    let page = me.page(format!("Số liệu theo chỉ tiêu, {}", found.period.label), Nav::Periods);
    render(&ListPage { page, found: &found, view })
}

/// What one unit contributed.
struct Contribution<'a> {
    unit: &'a UnitLine,
    opens_kind: bool,
    cell: Cell,
    before: String,
    /// Address and number of the revision the figure stands in.
    revision: Option<(String, i32)>,
}

#[derive(Template)]
#[template(path = "consolidation/indicator.html")]
struct IndicatorPage<'a> {
    page: Page,
    found: &'a Loaded,
    group: &'a IndicatorGroup,
    total: TotalView<'a>,
    /// None where the reader may not see single units.
    contributions: Option<Vec<Contribution<'a>>>,
}

/// `GET /periods/{id}/indicators/{code}`.
///
/// # Errors
/// As [`indicators`]; [`Error::NotFound`] for an indicator the period does not ask.
pub async fn indicator(
    me: SignedIn,
    state: State,
    path: web::Path<(PeriodId, String)>,
) -> Result<HttpResponse, Error> {
    let (id, code) = path.into_inner();
    let found = load(&me, &state, id).await?;
    let (group, line) = found.content.line(&code).ok_or(Error::NotFound)?;
    let view = View::new(&found.content, found.everything, &Asked::default()).ok_or(Error::NotFound)?;
    let total = view.totals(group).into_iter().find(|total| total.line.code == code);
    let total = total.ok_or(Error::NotFound)?;
    let shown = found.everything || !group.classified || found.opened.contains(&group.code);
    let page = me.page(format!("{} {}, {}", line.code, line.name, found.period.label), Nav::Periods);
    let mut contributions = shown.then(|| contributions(&found, &code));
    if let Some(rows) = contributions.as_mut().filter(|_| !found.everything && group.classified) {
        withhold(rows, line);
    }
    render(&IndicatorPage { page, found: &found, group, total, contributions })
}

/// Takes small counts out of what a leader reads: now, and the same period last year.
fn withhold(rows: &mut [Contribution<'_>], line: &IndicatorLine) {
    let counts = |of: fn(&UnitFigure) -> Reading| -> Vec<bool> {
        let reading = |row: &Contribution<'_>| {
            let figure = row.unit.figures.iter().find(|figure| figure.indicator == line.code);
            figure.map(of).unwrap_or_default()
        };
        let values: Vec<Option<i64>> = rows.iter().map(|row| reading(row).value).collect();
        let parts: Vec<Option<i64>> = rows.iter().map(|row| reading(row).numerator).collect();
        let hidden = withheld(&values, line.decimals);
        let parted = withheld(&parts, line.part_decimals().numerator);
        hidden.into_iter().zip(parted).map(|(value, part)| value || part).collect()
    };
    let (now, before) = (counts(|figure| figure.now), counts(|figure| figure.same_period));
    for ((row, now), before) in rows.iter_mut().zip(now).zip(before) {
        if now {
            row.cell.text = WITHHELD.to_owned();
        }
        if before {
            row.before = WITHHELD.to_owned();
        }
    }
}

fn contributions<'a>(found: &'a Loaded, code: &str) -> Vec<Contribution<'a>> {
    let Some((_, line)) = found.content.line(code) else { return Vec::new() };
    let origins: HashMap<(&str, bool), &queries::Origin> =
        found.origins.iter().map(|o| ((o.uid.as_str(), o.part == "consolidated"), o)).collect();
    let mut kind: Option<&str> = None;
    let mut all = Vec::new();
    for unit in &found.content.units {
        let Some(figure) = unit.figures.iter().find(|figure| figure.indicator == code) else { continue };
        let opens_kind = kind != Some(unit.kind_name.as_str());
        kind = Some(&unit.kind_name);
        let origin = origins.get(&(unit.uid.as_str(), unit.consolidated));
        all.push(Contribution {
            unit,
            opens_kind,
            cell: Cell::of(line, figure),
            before: line.unit_words(figure.same_period).unwrap_or_else(|| "–".to_owned()),
            revision: origin
                .map(|o| (format!("/reports/{}?revision={}", o.report_id, o.revision), o.revision)),
        });
    }
    all
}
