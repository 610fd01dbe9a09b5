//! Regimes and their forms, to read: what is reported, by whom, to whom, how often, on what.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::queries::{self, FormIndicatorRow, FormRow, ListRow, SectionRow, ServedPlan};
use super::super::{Period, Regime, RegimeCycle, RegimeKind, span};
use crate::access::Action;
use crate::db::ids::{FormId, RegimeId, UnitId};
use crate::error::Error;
use crate::forms;
use crate::plans::Mode;
use crate::regimes;
use crate::units::{self, UnitOn};
use crate::vietnamese::sort_key;
use crate::web::{Nav, Page, SignedIn, State, render};

struct RegimeLine {
    regime: Regime,
    collector: String,
    plans: Vec<String>,
}

#[derive(Template)]
#[template(path = "regimes/list.html")]
struct ListPage {
    page: Page,
    lines: Vec<RegimeLine>,
    may_found: bool,
    /// A regime from a template is the compilers' own.
    compiles: bool,
}

/// `GET /regimes`: those of the person's province. Three queries.
///
/// # Errors
/// [`Error::Forbidden`] for people who belong to no province.
pub async fn regimes(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    readable(&me)?;
    let (scope, today) = (me.scope(), state.clock.today());
    let lines = state
        .read(move |conn| {
            let mut regimes = queries::visible_regimes(conn, &scope)?;
            regimes.sort_by_key(|r| (sort_key(&r.name), r.id));
            let ids: Vec<RegimeId> = regimes.iter().map(|r| r.id).collect();
            let plans = queries::served_plans(conn, &ids)?;
            let collectors: Vec<UnitId> = regimes.iter().map(|r| r.collector_id).collect();
            let names = units::queries::names_on(conn, &collectors, today)?;
            let line = |regime: Regime| RegimeLine {
                collector: names.get(&regime.collector_id).cloned().unwrap_or_default(),
                plans: plans.iter().filter(|p| p.regime_id == regime.id).map(ServedPlan::name).collect(),
                regime,
            };
            Ok(regimes.into_iter().map(line).collect())
        })
        .await?;
    let may_found = regimes::founding(&me.actor).is_ok();
    let compiles = me.actor.may_somewhere(Action::Compile);
    render(&ListPage { page: me.page("Chế độ báo cáo", Nav::Regimes), lines, may_found, compiles })
}

fn readable(me: &SignedIn) -> Result<(), Error> {
    if me.actor.may_somewhere(Action::ReadProvince) {
        return Ok(());
    }
    Err(Error::Forbidden("Trang này dành cho người của tỉnh có chế độ báo cáo.".into()))
}

struct RouteLine {
    unit: String,
    mode: Mode,
    collector: String,
    consolidated: bool,
    past: bool,
    span: String,
}

#[derive(Template)]
#[template(path = "regimes/show.html")]
struct RegimePage {
    page: Page,
    today: NaiveDate,
    regime: Regime,
    collector: String,
    plans: Vec<ServedPlan>,
    cycles: Vec<RegimeCycle>,
    groups: Vec<(String, Vec<RouteLine>)>,
    units: usize,
    forms: Vec<FormRow>,
    periods: Vec<Period>,
    may_open: bool,
    /// May bring tables of past periods.
    may_enter: bool,
    may_route: bool,
    may_keep: bool,
    sees_periods: bool,
    /// Names of those who receive and review.
    reviewers: Vec<String>,
}

impl RegimePage {
    fn has_other_forms(&self) -> bool {
        self.forms.iter().any(|form| !form.holds_on(self.today))
    }
}

/// `GET /regimes/{id}`. Eight queries.
///
/// # Errors
/// [`Error::NotFound`] for a regime of another province.
pub async fn regime(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let (scope, today, id) = (me.scope(), state.clock.today(), id.into_inner());
    let actor = me.actor.clone();
    let page = me.page("Chế độ báo cáo", Nav::Regimes);
    let page = state
        .read(move |conn| {
            let regime = queries::visible_regime(conn, &scope, id)?;
            let plans = queries::served_plans(conn, &[id])?;
            let cycles = queries::cycles(conn, id)?;
            let routes = queries::routes(conn, id)?;
            let forms = queries::forms_of_regime(conn, id)?;
            let mut periods = queries::periods_of_regime(conn, &scope, id)?;
            periods.reverse();
            let mut ids: Vec<UnitId> = routes.iter().flat_map(|r| [r.unit_id, r.collector_id]).collect();
            ids.push(regime.collector_id);
            ids.sort_unstable();
            ids.dedup();
            let names = units::queries::on_day(conn, &ids, today)?;
            let name = |id: UnitId| names.get(&id).map(|u| u.name.clone()).unwrap_or_default();
            let (groups, units) = route_groups(&routes, &names, today);
            Ok(RegimePage {
                page,
                today,
                collector: name(regime.collector_id),
                plans,
                cycles,
                groups,
                units,
                forms,
                sees_periods: !periods.is_empty()
                    || scope.collector_units.contains(&regime.collector_id)
                    || scope.overseen_provinces.contains(&regime.province_id),
                periods,
                may_route: actor.in_province(regime.province_id, Action::Administer).is_some(),
                may_open: actor.for_unit(regime.collector_id, Action::Compile).is_some(),
                may_enter: actor.for_unit(regime.collector_id, Action::TypeOnBehalf).is_some()
                    && regime.kind() == RegimeKind::Report,
                may_keep: regimes::keeper(&actor, &regime).is_some(),
                reviewers: regimes::queries::reviewers(conn, regime.collector_id, today)?
                    .into_iter()
                    .map(|(name, _)| name)
                    .collect(),
                regime,
            })
        })
        .await?;
    render(&page)
}

/// The routes by kind in protocol order, and how many units report today.
fn route_groups(
    routes: &[queries::DatedRoute],
    units: &HashMap<UnitId, UnitOn>,
    today: NaiveDate,
) -> (Vec<(String, Vec<RouteLine>)>, usize) {
    let mut known: Vec<_> = routes.iter().filter_map(|r| Some((units.get(&r.unit_id)?, r))).collect();
    known.sort_by_key(|(unit, r)| (unit.protocol_key(), r.part.clone(), r.valid_from));
    let mut groups: Vec<(String, Vec<RouteLine>)> = Vec::new();
    let mut now = 0;
    for (unit, route) in known {
        let holds = route.valid_from.is_none_or(|d| d <= today) && route.valid_to.is_none_or(|d| today <= d);
        let past = !holds || !unit.existed_on(today);
        let consolidated = route.part == "consolidated";
        now += usize::from(!past && !consolidated);
        let line = RouteLine {
            unit: unit.name.clone(),
            mode: Mode::from_code(&route.mode).unwrap_or(Mode::Assign),
            collector: units.get(&route.collector_id).map(|u| u.name.clone()).unwrap_or_default(),
            consolidated,
            past,
            span: span(route.valid_from, route.valid_to),
        };
        match groups.last_mut() {
            Some((heading, lines)) if *heading == unit.kind_heading => lines.push(line),
            _ => groups.push((unit.kind_heading.clone(), vec![line])),
        }
    }
    (groups, now)
}

/// A list table with the titles of its columns.
struct ListLine {
    title: String,
    columns: Vec<String>,
}

#[derive(Template)]
#[template(path = "regimes/form.html")]
struct FormPage {
    page: Page,
    today: NaiveDate,
    form: FormRow,
    regime: Regime,
    sections: Vec<SectionRow>,
    figures: Vec<(String, Vec<FormIndicatorRow>)>,
    figure_count: usize,
    lists: Vec<ListLine>,
    kinds: Vec<String>,
    units: Vec<String>,
    may_keep: bool,
    /// The version after the latest, where one is being written.
    draft: Option<crate::db::ids::FormDraftId>,
    /// Every version of the form, newest first.
    versions: Vec<FormRow>,
}

/// `GET /forms/{id}`. Nine queries.
///
/// # Errors
/// [`Error::NotFound`] for a form of another province; [`Error::Internal`] when a list's columns cannot be read.
pub async fn form(state: State, me: SignedIn, id: web::Path<FormId>) -> Result<HttpResponse, Error> {
    let (scope, today, id) = (me.scope(), state.clock.today(), id.into_inner());
    let (page, actor) = (me.page("Biểu mẫu", Nav::Forms), me.actor.clone());
    let page = state
        .read(move |conn| {
            let (form, regime) = queries::form(conn, &scope, id)?;
            let sections = queries::sections(conn, id)?;
            let rows = queries::form_figures(conn, id)?;
            let figure_count = rows.len();
            let mut figures: Vec<(String, Vec<FormIndicatorRow>)> = Vec::new();
            for row in rows {
                match figures.last_mut() {
                    Some((group, rows)) if *group == row.group_name => rows.push(row),
                    _ => figures.push((row.group_name.clone(), vec![row])),
                }
            }
            let lists = queries::lists(conn, id)?.iter().map(columns).collect::<Result<Vec<_>, _>>()?;
            let (kinds, ids) = queries::audience(conn, id)?;
            let mut named: Vec<UnitOn> = units::queries::on_day(conn, &ids, today)?.into_values().collect();
            named.sort_by_key(UnitOn::protocol_key);
            let units = named.into_iter().map(|u| u.name).collect();
            let mut versions = queries::forms_of_regime(conn, regime.id)?;
            versions.retain(|other| other.code == form.code);
            versions.sort_by_key(|other| std::cmp::Reverse(other.version));
            Ok(FormPage {
                page,
                today,
                draft: forms::queries::draft_of(conn, regime.id, &form.code)?,
                may_keep: regimes::keeper(&actor, &regime).is_some(),
                versions,
                form,
                regime,
                sections,
                figures,
                figure_count,
                lists,
                kinds,
                units,
            })
        })
        .await?;
    render(&page)
}

fn columns(list: &ListRow) -> Result<ListLine, Error> {
    #[derive(serde::Deserialize)]
    struct Column {
        title: String,
    }
    let columns: Vec<Column> = serde_json::from_str(&list.columns_json)
        .map_err(|e| Error::Internal(format!("columns of list {}: {e}", list.title)))?;
    Ok(ListLine { title: list.title.clone(), columns: columns.into_iter().map(|c| c.title).collect() })
}
