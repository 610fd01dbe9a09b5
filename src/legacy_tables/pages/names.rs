//! `/legacy-tables/{id}/names`: names of the table that are nobody's for sure, each asked once; and any line whose unit is to be another.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::list::period_words;
use super::opened;
use crate::db::ids::{LegacyTableId, UnitId};
use crate::error::Error;
use crate::legacy_tables::apply::weigh;
use crate::legacy_tables::open::Opened;
use crate::legacy_tables::queries::TableRow;
use crate::legacy_tables::read::{ReadLine, Reading, Who};
use crate::legacy_tables::settle::{answered, keep};
use crate::legacy_tables::{TableState, form};
use crate::periods::Regime;
use crate::units::names::Names;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, render};

/// Names asked on one page, and choices of all of them together.
const MOST: usize = 100;
const MOST_CHOICES: usize = 20_000;

/// A name to be asked about.
struct Asked {
    key: String,
    name: String,
    cell: String,
    /// Why it is not taken: a body that did not exist then.
    remark: String,
    like: Vec<(UnitId, String)>,
    /// "out", a unit, or "".
    answer: String,
}

impl Asked {
    fn is(&self, unit: &UnitId) -> bool {
        self.answer == unit.to_string()
    }
}

#[derive(Template)]
#[template(path = "legacy_tables/names.html")]
struct NamesPage {
    page: Page,
    row: TableRow,
    regime: Regime,
    period: String,
    asked: Vec<Asked>,
    more: usize,
    /// Each unit has a column of the sheet.
    turned: bool,
    /// Headings of kinds with their units.
    groups: Vec<(String, Vec<(UnitId, String)>)>,
}

/// A line whose unit is to be chosen anew, by the cell of its name.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    cell: String,
}

/// `GET /legacy-tables/{id}/names`.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body.
pub async fn names(
    me: SignedIn,
    state: State,
    id: web::Path<LegacyTableId>,
    chosen: web::Query<Chosen>,
) -> Result<HttpResponse, Error> {
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let (opened, grids) = opened(&state, &me.actor, id, moment).await?;
    if opened.row.state() != TableState::Open {
        return Ok(redirect(&format!("/legacy-tables/{id}")));
    }
    if !opened.settings.settled {
        return Ok(redirect(&format!("/legacy-tables/{id}/columns")));
    }
    let (reading, _) = weigh(&opened, &grids)?;
    render(&view(&me, opened, &reading, &chosen.cell))
}

fn view(me: &SignedIn, opened: Opened, reading: &Reading, cell: &str) -> NamesPage {
    let mut keys = BTreeSet::new();
    let wanted = |line: &&ReadLine| {
        let asked = match cell {
            "" => {
                matches!(line.who, Who::Unknown(_) | Who::LeftOut)
                    || opened.settings.answers.contains_key(&line.key)
            }
            cell => line.place.cell == cell,
        };
        asked && keys.insert(line.key.clone())
    };
    let mut lines: Vec<&ReadLine> = reading.lines.iter().filter(wanted).collect();
    // What is still open first.
    lines.sort_by_key(|line| !matches!(line.who, Who::Unknown(_)));
    let most = (MOST_CHOICES / opened.bodies.len().max(1)).clamp(5, MOST);
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    let all = opened.all_names();
    let asked = lines.into_iter().map(|line| asked(&opened, &all, line)).collect();
    let mut groups: Vec<(String, Vec<(UnitId, String)>)> = Vec::new();
    for unit in opened.units.iter().filter(|unit| opened.bodies.contains_key(&unit.id)) {
        let entry = (unit.id, unit.name.clone());
        match groups.last_mut() {
            Some((heading, units)) if *heading == unit.kind_heading => units.push(entry),
            _ => groups.push((unit.kind_heading.clone(), vec![entry])),
        }
    }
    NamesPage {
        page: me.page(format!("Tên đơn vị trong bảng {}", opened.row.file_name), Nav::Regimes),
        period: period_words(&opened.row),
        asked,
        more,
        turned: opened.settings.turned,
        groups,
        regime: opened.regime,
        row: opened.row,
    }
}

fn asked(opened: &Opened, all: &Names, line: &ReadLine) -> Asked {
    let like: &[UnitId] = match &line.who {
        Who::Unknown(like) => like,
        _ => &[],
    };
    Asked {
        key: line.key.clone(),
        name: line.name.clone(),
        cell: line.place.cell.clone(),
        remark: match line.who {
            Who::Unknown(_) => opened.not_then(all, &line.name).unwrap_or_default(),
            _ => String::new(),
        },
        like: like
            .iter()
            .filter(|unit| opened.bodies.contains_key(unit))
            .map(|unit| (*unit, opened.name(*unit)))
            .collect(),
        answer: match (&line.who, opened.settings.answers.get(&line.key)) {
            (_, Some(None)) => "out".to_owned(),
            (_, Some(Some(unit))) | (Who::Unit(unit), None) => unit.to_string(),
            _ => String::new(),
        },
    }
}

/// `POST /legacy-tables/{id}/names`: the answers there are are kept; unanswered names are asked again.
///
/// # Errors
/// As [`names`], [`answered`] and [`keep`].
pub async fn save_names(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let (opened, _) = opened(&state, &me.actor, id, moment).await?;
    let settings = answered(&opened, &form::answers(&form))?;
    let (seen, actor) = (form::version(&form), me.actor.clone());
    state.write(move |conn| keep(conn, &actor, (id, seen), &settings)).await?;
    Ok(redirect(&format!("/legacy-tables/{id}")))
}
