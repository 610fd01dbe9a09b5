//! `/legacy-tables/{id}/columns`: where the headings and the units stand, and what each column is; proposed, and corrected here.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::list::period_words;
use super::opened;
use crate::calendar::Moment;
use crate::db::ids::LegacyTableId;
use crate::error::{Error, Problems};
use crate::legacy_tables::open::Opened;
use crate::legacy_tables::queries::TableRow;
use crate::legacy_tables::read::column_scale;
use crate::legacy_tables::settle::{bound, grid, keep, laid_out};
use crate::legacy_tables::table::Table;
use crate::legacy_tables::{Bound, Settings, TableState, form};
use crate::periods::Regime;
use crate::unit_workbook::Grid;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, render_status};

/// Values shown of a column.
const SAMPLES: usize = 3;

/// A column of the table.
struct Column {
    at: u32,
    name: String,
    heading: String,
    samples: String,
    code: String,
    scaled: bool,
    /// "nghìn": what its heading says that its indicator does not.
    scale: String,
}

#[derive(Template)]
#[template(path = "legacy_tables/columns.html")]
struct ColumnsPage {
    page: Page,
    row: TableRow,
    regime: Regime,
    period: String,
    settings: Settings,
    sheets: Vec<String>,
    head: String,
    units: String,
    /// The first names in the column of the units.
    names: Vec<String>,
    columns: Vec<Column>,
    /// Code, name and unit of measure.
    indicators: Vec<(String, String, String)>,
    problems: Problems,
}

impl ColumnsPage {
    fn is_chosen(&self, column: &Column, code: &str) -> bool {
        column.code == code
    }

    fn recognised(&self) -> usize {
        self.columns.iter().filter(|column| !column.code.is_empty()).count()
    }

    fn problem(&self, column: &Column) -> Option<&str> {
        self.problems.at(&format!("column.{}", column.at))
    }
}

/// `GET /legacy-tables/{id}/columns`; of a table that was applied, the table itself.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body.
pub async fn columns(
    me: SignedIn,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let (opened, grids) = opened(&state, &me.actor, id, moment).await?;
    if opened.row.state() != TableState::Open {
        return Ok(redirect(&format!("/legacy-tables/{id}")));
    }
    let settings = opened.settings.clone();
    shown(&me, opened, &grids, settings, Problems::default())
}

fn shown(
    me: &SignedIn,
    opened: Opened,
    grids: &[Grid],
    settings: Settings,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let table = Table::new(grid(grids, &settings.sheet)?, settings.turned);
    let (lines, width) = table.size();
    let below = settings.head + 1..lines;
    let samples = |column: u32, most: usize| -> Vec<String> {
        let own = below.clone().filter(|at| table.is_first(*at, column));
        own.map(|at| table.text(at, column)).filter(|text| !text.is_empty()).take(most).collect()
    };
    let column = |at: u32| -> Option<Column> {
        if at == settings.units || table.is_title(at, settings.units) {
            return None;
        }
        let heading = table.full_heading(settings.head, at, settings.units);
        let samples = samples(at, SAMPLES);
        let bound = settings.columns.get(&at);
        if heading.is_empty() && samples.is_empty() {
            return None;
        }
        let asked = bound.and_then(|bound| opened.asked.iter().find(|one| one.code == bound.code));
        let scale =
            asked.zip(column_scale(table, settings.head, at)).filter(|(asked, scale)| scale.differs(asked));
        Some(Column {
            at,
            name: table.column_name(at),
            heading,
            samples: samples.join(" · "),
            code: bound.map(|bound| bound.code.clone()).unwrap_or_default(),
            scaled: bound.is_some_and(|bound| bound.scaled),
            scale: scale.map(|(_, scale)| scale.words()).unwrap_or_default(),
        })
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ColumnsPage {
        page: me
            .page(format!("Các {} của bảng {}", settings.column_word(), opened.row.file_name), Nav::Regimes),
        period: period_words(&opened.row),
        sheets: grids.iter().map(|grid| grid.sheet.to_string()).collect(),
        head: table.line_name(settings.head),
        units: table.column_name(settings.units),
        names: samples(settings.units, 4),
        columns: (0..width).filter_map(column).collect(),
        indicators: opened
            .asked
            .iter()
            .map(|one| (one.code.clone(), one.name.clone(), one.measure_unit.clone()))
            .collect(),
        regime: opened.regime,
        row: opened.row,
        settings,
        problems,
    };
    render_status(status, &page)
}

/// `POST /legacy-tables/{id}/columns`: `go` is `look` to see another place of the workbook, else the columns are as chosen.
///
/// # Errors
/// As [`columns`] and [`keep`]; what is to mend shows the page again with 422.
pub async fn save_columns(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment): (_, Moment) = (id.into_inner(), state.clock.moment());
    let (opened, grids) = opened(&state, &me.actor, id, moment).await?;
    let (layout, chosen, seen) = (form::layout(&form), form::columns(&form), form::version(&form));
    if seen != opened.row.version {
        let words = "Bảng này vừa được người khác xử lý. Mở lại bảng để xem rồi thực hiện tiếp.";
        return Err(Error::Conflict(words.to_owned()));
    }
    let looks = form.get("go") == "look";
    let found = laid_out(&opened, &grids, &layout).and_then(|settings| {
        let same = place(&settings) == place(&opened.settings);
        match looks || !same {
            true => Ok(settings),
            false => bound(&opened, chosen.clone()),
        }
    });
    let settings = match found {
        Ok(settings) => settings,
        Err(Error::Invalid(problems)) => {
            let typed: BTreeMap<u32, Bound> =
                if chosen.is_empty() { opened.settings.columns.clone() } else { chosen };
            let settings = Settings { columns: typed, ..opened.settings.clone() };
            return shown(&me, opened, &grids, settings, problems);
        }
        Err(other) => return Err(other),
    };
    let next = if settings.settled && !looks { "" } else { "/columns" };
    let actor = me.actor.clone();
    state.write(move |conn| keep(conn, &actor, (id, seen), &settings)).await?;
    Ok(redirect(&format!("/legacy-tables/{id}{next}")))
}

fn place(settings: &Settings) -> (&str, bool, u32, u32) {
    (&settings.sheet, settings.turned, settings.head, settings.units)
}
