//! `/periods/{id}/drops`: where many files are dropped at once, and the drops there were.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::access::Action;
use crate::audit::sha256_hex;
use crate::calendar::to_local;
use crate::db::ids::PeriodId;
use crate::drops::form::Typed;
use crate::drops::queries::{self, DropRow};
use crate::drops::receive::{self, may_drop};
use crate::drops::{FileState, LARGEST_DROP, MOST_FILES};
use crate::error::{Error, Problems};
use crate::once;
use crate::periods::Period;
use crate::vietnamese::{date_time, short_date};
use crate::web::{Nav, Page, SignedIn, State, read_files, redirect, render, render_status};

/// A drop as the list shows it.
struct Earlier {
    id: String,
    at: String,
    who: String,
    receipt: String,
    files: usize,
    applied: usize,
    /// What still wants somebody.
    left: usize,
}

#[derive(Template)]
#[template(path = "drops/new.html")]
struct FormPage {
    page: Page,
    period: Period,
    typed: Typed,
    earlier: Vec<Earlier>,
    problems: Problems,
}

impl FormPage {
    fn most(&self) -> usize {
        MOST_FILES
    }

    fn largest(&self) -> usize {
        LARGEST_DROP >> 20
    }
}

/// `GET /periods/{id}/drops`.
///
/// # Errors
/// As [`may_drop`].
pub async fn list(me: SignedIn, state: State, path: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let typed = Typed { number: String::new(), on: short_date(state.clock.today()) };
    render(&page(&me, &state, path.into_inner(), typed, Problems::default()).await?)
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: PeriodId,
    typed: Typed,
    problems: Problems,
) -> Result<FormPage, Error> {
    let actor = me.actor.clone();
    let (period, rows) = state
        .read(move |conn| {
            let (period, _) = may_drop(conn, &actor, id)?;
            let bodies = actor.units_for(Action::TypeOnBehalf);
            Ok((period, queries::drops_of_period(conn, &bodies, id)?))
        })
        .await?;
    let earlier = |(row, states): (DropRow, Vec<FileState>)| {
        let count = |wanted: &[FileState]| states.iter().filter(|state| wanted.contains(state)).count();
        Earlier {
            id: row.id.to_string(),
            at: date_time(to_local(row.created_at)),
            who: row.adder_name.clone(),
            receipt: row.receipt().words(),
            files: states.len() - count(&[FileState::LeftOut]),
            applied: count(&[FileState::Applied]),
            left: states.len() - count(&[FileState::LeftOut, FileState::Applied, FileState::Refused]),
        }
    };
    Ok(FormPage {
        page: me.page(format!("Nhận nhiều tệp Excel, {}", period.label), Nav::Periods),
        period,
        typed,
        earlier: rows.into_iter().map(earlier).collect(),
        problems,
    })
}

/// `POST /periods/{id}/drops`: files come in; what is to be mended first is said on the page, 422.
///
/// # Errors
/// As [`may_drop`] and [`receive::take_in`].
pub async fn create(
    me: SignedIn,
    state: State,
    req: HttpRequest,
    path: web::Path<PeriodId>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let actor = me.actor.clone();
    // Nothing is read from who may not send it.
    state.read(move |conn| may_drop(conn, &actor, id).map(|_| ())).await?;
    let limits = (LARGEST_DROP, MOST_FILES, LARGEST_DROP);
    let (form, files) = read_files(&me, &req, payload.into_inner(), limits).await?;
    let typed = Typed::read(&form);
    let receipt = match typed.receipt(state.clock.today()) {
        Ok(receipt) => receipt,
        Err(problems) => return again(&me, &state, id, typed, problems).await,
    };
    let files = match files {
        Ok(files) => files,
        Err(words) => {
            let mut problems = Problems::default();
            problems.add(receive::FIELD, words);
            return again(&me, &state, id, typed, problems).await;
        }
    };
    let opened = state
        .block(move || {
            let shas: Vec<String> = files.iter().map(|(_, bytes)| sha256_hex(bytes)).collect();
            let digest = form.digest().map(|digest| sha256_hex(format!("{digest}{shas:?}").as_bytes()));
            Ok((receive::open(files)?, digest))
        })
        .await;
    let (unpacked, digest) = match opened {
        Err(Error::Invalid(problems)) => return again(&me, &state, id, typed, problems).await,
        other => other?,
    };
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let to = state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let drop = receive::take_in(conn, &actor, id, (&unpacked, &receipt), moment)?;
                Ok(format!("/drops/{drop}"))
            })
        })
        .await?;
    Ok(redirect(&to))
}

async fn again(
    me: &SignedIn,
    state: &State,
    id: PeriodId,
    typed: Typed,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page(me, state, id, typed, problems).await?)
}
