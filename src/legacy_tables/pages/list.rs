//! `/regimes/{id}/legacy-tables`: where a table of a past period is brought, and the tables there were.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Action;
use crate::audit::sha256_hex;
use crate::calendar::{Cycle, label, to_local};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::legacy_tables::open::{FIELD, around, past, sheets};
use crate::legacy_tables::past::Choice;
use crate::legacy_tables::queries::{self, TableRow};
use crate::legacy_tables::upload::{self, Given, Input};
use crate::legacy_tables::{TableState, form};
use crate::once;
use crate::periods::Regime;
use crate::unit_workbook::LARGEST;
use crate::vietnamese::date_time;
use crate::web::{
    FormData, IncomingFile, Nav, Page, PostedFile, SignedIn, State, redirect, render, render_status,
};

/// A table as the list shows it.
struct Line {
    id: String,
    file: String,
    period: String,
    state: TableState,
    what: String,
}

#[derive(Template)]
#[template(path = "legacy_tables/list.html")]
struct ListPage {
    page: Page,
    regime: Regime,
    choices: Vec<Choice>,
    lines: Vec<Line>,
    input: Input,
    problems: Problems,
}

impl ListPage {
    fn largest(&self) -> usize {
        LARGEST >> 20
    }

    /// Periods that are there, or those that would have to be made.
    fn of(&self, there: bool) -> Vec<&Choice> {
        self.choices.iter().filter(|choice| choice.id.is_some() == there).collect()
    }
}

/// What a table is of, in words.
pub(super) fn period_words(row: &TableRow) -> String {
    Cycle::from_code(&row.cycle).map_or_else(|| row.year.to_string(), |cycle| label(cycle, row.year))
}

/// `GET /regimes/{id}/legacy-tables`.
///
/// # Errors
/// As [`past`].
pub async fn list(me: SignedIn, state: State, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    render(&page(&me, &state, id.into_inner(), Input::default(), Problems::default()).await?)
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    input: Input,
    problems: Problems,
) -> Result<ListPage, Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let (found, rows) = state
        .read(move |conn| {
            let found = past(conn, &actor, id, moment)?;
            let bodies = actor.units_for(Action::TypeOnBehalf);
            Ok((found, queries::tables_of(conn, &bodies, id)?))
        })
        .await?;
    let line = |row: &TableRow| Line {
        id: row.id.to_string(),
        file: row.file_name.clone(),
        period: period_words(row),
        state: row.state(),
        what: match (row.state(), row.applied_at, row.taken_back_at) {
            (TableState::TakenBack, _, Some(at)) => {
                format!("{}, {}", row.taken_back_by, date_time(to_local(at)))
            }
            (TableState::Applied, Some(at), _) => format!("{}, {}", row.applied_by, date_time(to_local(at))),
            _ => format!("{}, tải lên {}", row.adder_name, date_time(to_local(row.uploaded_at))),
        },
    };
    Ok(ListPage {
        page: me.page(format!("Bảng số liệu cũ, {}", found.regime.name), Nav::Regimes),
        lines: rows.iter().map(line).collect(),
        choices: found.choices,
        regime: found.regime,
        input,
        problems,
    })
}

/// `POST /regimes/{id}/legacy-tables`: a table comes in; what is to be mended first is said on the page, 422.
///
/// # Errors
/// As [`past`] and [`upload::take_in`].
pub async fn create(
    posted: PostedFile,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let PostedFile { me, form, file, .. } = posted;
    let input = form::input(&form);
    match taken(&me, &state, id, (&form, &input), file).await {
        Ok(to) => Ok(redirect(&to)),
        Err(Error::Invalid(problems)) => {
            let page = page(&me, &state, id, input, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

async fn taken(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    (form, input): (&FormData, &Input),
    file: Option<IncomingFile>,
) -> Result<String, Error> {
    let (actor, moment, asked) = (me.actor.clone(), state.clock.moment(), input.clone());
    // Nothing is read from who may not send it.
    let found = state
        .read(move |conn| {
            let past = past(conn, &actor, id, moment)?;
            let choice = asked.choice(&past)?;
            Ok((past, choice))
        })
        .await;
    let (past, choice) = match (found, &file) {
        (Ok(found), Some(_)) => found,
        (Ok(_), None) => {
            return Err(problem("Chọn tệp Excel có bảng số liệu trên máy rồi bấm “Tải lên và đọc”."));
        }
        (Err(error), _) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let Some(file) = file else { return Err(Error::NotFound) };
    let name = file.name().to_owned();
    let Some(bytes) = file.whole(LARGEST).await? else {
        return Err(problem(&format!(
            "Tệp lớn hơn {} MB. Chép riêng trang có bảng số liệu sang tệp mới rồi tải lên.",
            LARGEST >> 20
        )));
    };
    let given = Given { name, bytes };
    let digest =
        form.digest().map(|typed| sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()));
    let row = upload::row(&past, &choice, &given, &input.source, moment.at);
    let (grids, given) = state
        .block(move || {
            let grids = sheets(&given.bytes)?;
            Ok((grids, given))
        })
        .await?;
    let (actor, kept) = (me.actor.clone(), row.clone());
    let opened = state.read(move |conn| around(conn, &actor, (kept, past))).await?;
    let settings = state.block(move || Ok(upload::propose(&opened, &grids))).await?;
    let actor = me.actor.clone();
    state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let table = upload::take_in(conn, &actor, (&row, &settings), &given.bytes, moment)?;
                Ok(format!("/legacy-tables/{table}/columns"))
            })
        })
        .await
}

fn problem(words: &str) -> Error {
    let mut problems = Problems::default();
    problems.add(FIELD, words);
    Error::Invalid(problems)
}
