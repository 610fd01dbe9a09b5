//! The figures of a period by indicator: the totals, and behind each what every unit contributed with the revision it
//! stands in. For who collects the period and for leaders, who see no single unit's figures of a classified group.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::{EditionContent, IndicatorGroup, IndicatorLine, Reading, UnitFigure, UnitLine};
use super::super::small::{Withheld, below, withheld};
use super::super::{as_received, collected_beside, guarded, queries};
use super::view::{Asked, Cell, TotalView, View};
use crate::access::Action;
use crate::calendar::Moment;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::summary::{reads_for, whole};
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
    /// Who collected a part of its own beside it.
    beside: Vec<String>,
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
            let others = match whole(&scope, &regime) {
                true => collected_beside(conn, id, collector)?,
                false => vec![],
            };
            let of: Vec<UnitId> = others.iter().copied().chain([collector]).collect();
            let mut names = units::queries::names_on(conn, &of, period.reference_on)?;
            let beside = others.iter().filter_map(|id| names.remove(id)).collect();
            let everything = actor.for_unit(collector, Action::Consolidate).is_some();
            let collector = names.remove(&collector).unwrap_or_default();
            let openings = queries::openings(conn, regime.id)?;
            let opened = openings.into_iter().filter(|group| group.is_open()).map(|group| group.code);
            let opened = opened.collect();
            Ok(Loaded { period, regime, collector, beside, content, origins, everything, opened })
        })
        .await
}

/// The totals as the reader may know them.
fn told(found: &Loaded) -> Cow<'_, EditionContent> {
    match found.everything {
        true => Cow::Borrowed(&found.content),
        false => Cow::Owned(guarded(&found.content)),
    }
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
    let told = told(&found);
    let view = View::new(&told, found.everything, &Asked::default()).ok_or(Error::NotFound)?;
    let page = me.page(format!("Số liệu theo chỉ tiêu, {}", found.period.label), Nav::Periods);
    render(&ListPage { page, found: &found, view })
}

/// What one unit contributed.
pub(super) struct Contribution<'a> {
    pub(super) unit: &'a UnitLine,
    pub(super) opens_kind: bool,
    pub(super) cell: Cell,
    pub(super) before: String,
    /// Address and number of the revision the figure stands in.
    pub(super) revision: Option<(String, i32)>,
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
    let told = told(&found);
    let total = told.line(&code).ok_or(Error::NotFound)?.1;
    let closed = !found.everything && found.content.classified().contains(&code);
    let shown = !closed || (group.classified && found.opened.contains(&group.code));
    let page = me.page(format!("{} {}, {}", line.code, line.name, found.period.label), Nav::Periods);
    let mut contributions = shown.then(|| contributions(&found.content, &found.origins, &code));
    if let Some(rows) = contributions.as_mut().filter(|_| closed) {
        withhold(rows, total, line);
    }
    let total = TotalView::of(total);
    render(&IndicatorPage { page, found: &found, group, total, contributions })
}

/// Takes small counts out of what a leader reads, now and in the same period last year. The total stands on other pages
/// and in the papers too: where it would tell them, no unit's count is shown beside it. A ratio is not shown beside a part
/// that is not.
fn withhold(rows: &mut [Contribution<'_>], total: &IndicatorLine, line: &IndicatorLine) {
    let decimals = line.part_decimals();
    type Part = fn(&Reading) -> Option<i64>;
    let parts: [(Part, u8); 3] = [
        (|reading| reading.value, line.decimals),
        (|reading| reading.numerator, decimals.numerator),
        (|reading| reading.denominator, decimals.denominator),
    ];
    let figures: Vec<Option<&UnitFigure>> =
        rows.iter().map(|row| row.unit.figures.iter().find(|figure| figure.indicator == line.code)).collect();
    // What is there for reference only is in no total.
    let enters = |figure: &&UnitFigure| figure.row().enters();
    let hidden = |of: &dyn Fn(usize) -> Option<Reading>, in_total: &dyn Fn(usize) -> bool| -> Withheld {
        let each = parts.map(|(part, decimals)| {
            let counts = |inside: bool| -> Vec<Option<i64>> {
                let reading = |at: usize| of(at).filter(|_| in_total(at) == inside).and_then(|of| part(&of));
                (0..figures.len()).map(reading).collect()
            };
            let mut found = withheld(&counts(true), decimals);
            for (row, beside) in found.rows.iter_mut().zip(below(&counts(false), decimals)) {
                *row |= beside;
            }
            found
        });
        let at = |at: usize| each.iter().any(|part| part.rows.get(at).copied().unwrap_or_default());
        Withheld { rows: (0..figures.len()).map(at).collect(), total: each.iter().any(|part| part.total) }
    };
    let figure = |at: usize| figures.get(at).copied().flatten();
    let now = hidden(&|at| figure(at).map(|figure| figure.now), &|at| figure(at).is_some_and(|f| enters(&f)));
    // Of the same period only what entered its total is there.
    let mut before = hidden(&|at| figure(at).map(|figure| figure.same_period), &|_| true);
    // Bodies that are not in the table have figures of then too: beside it their total would tell them.
    let listed: i64 = rows
        .iter()
        .filter_map(|row| row.unit.figures.iter().find(|figure| figure.indicator == line.code))
        .filter_map(|figure| figure.same_period.value.or(figure.same_period.numerator))
        .fold(0, i64::saturating_add);
    let told = total.same_period.and_then(|total| total.value.or(total.numerator));
    before.total |= told.is_some_and(|told| told != listed);
    let says = |text: &str| !text.is_empty() && text != "–";
    for ((row, small), small_before) in rows.iter_mut().zip(&now.rows).zip(&before.rows) {
        if *small || (now.total && says(&row.cell.text)) {
            row.cell.text = WITHHELD.to_owned();
        }
        if *small_before || (before.total && says(&row.before)) {
            row.before = WITHHELD.to_owned();
        }
    }
}

/// What every unit contributed to an indicator, in the order of the content; `origins` are the revisions its figures are from.
pub(super) fn contributions<'a>(
    content: &'a EditionContent,
    origins: &[queries::Origin],
    code: &str,
) -> Vec<Contribution<'a>> {
    let Some((_, line)) = content.line(code) else { return Vec::new() };
    let origins: HashMap<(&str, bool), &queries::Origin> =
        origins.iter().map(|o| ((o.uid.as_str(), o.part == "consolidated"), o)).collect();
    let mut kind: Option<&str> = None;
    let mut all = Vec::new();
    for unit in &content.units {
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

/// What the total of the same period last year holds beside the units listed: of bodies that have ended since, which no unit of this
/// period took in whole. None where the listed ones add up to it, where it does not add up, and where one of them is a lower
/// collector, whose own edition has the comparison.
pub(super) fn ended(content: &EditionContent, line: &IndicatorLine) -> Option<String> {
    if !matches!(line.rule, UnitRule::Sum | UnitRule::Owner) {
        return None;
    }
    let mut listed = 0_i64;
    for unit in &content.units {
        for figure in unit.figures.iter().filter(|figure| figure.indicator == line.code.as_str()) {
            match figure.same_period.value {
                Some(value) => listed = listed.checked_add(value)?,
                None if unit.consolidated => return None,
                None => {}
            }
        }
    }
    let rest = line.same_period.as_ref()?.value?.checked_sub(listed)?;
    (rest > 0).then(|| line.words(rest))
}
