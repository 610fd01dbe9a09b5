//! What is decided about a table: it is applied, taken back or dropped, earlier figures give way or not; and its bytes as they came.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::list::period_words;
use super::opened;
use super::show::preview;
use crate::access::Action;
use crate::db::ids::LegacyTableId;
use crate::error::{Error, Problems};
use crate::legacy_tables::queries::{self, TableRow};
use crate::legacy_tables::settle::{self, keep};
use crate::legacy_tables::take_back::{self, examine};
use crate::legacy_tables::upload::home;
use crate::legacy_tables::{Settings, apply as applying, form};
use crate::web::{
    Nav, Page, Posted, SignedIn, State, download, redirect, redirect_with, render, render_status,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `POST /legacy-tables/{id}/application`.
///
/// # Errors
/// As [`applying::apply`]; what is to be done first is said on the preview, 422.
pub async fn apply(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, confirmed) = (id.into_inner(), state.clock.moment(), form::confirmed(&form));
    let (opened, grids) = opened(&state, &me.actor, id, moment).await?;
    let read = state.block(move || applying::ReadTable::of(opened, grids)).await?;
    let actor = me.actor.clone();
    match state.write(move |conn| applying::apply(conn, &actor, (id, &read), &confirmed, moment)).await {
        Ok(done) => Ok(redirect_with(
            &format!("/legacy-tables/{id}"),
            format!("Đã nhập {} số của {} đơn vị.", done.figures, done.units),
        )),
        Err(Error::Refused(why)) => preview(&me, &state, id, why).await,
        Err(other) => Err(other),
    }
}

/// `POST /legacy-tables/{id}/choice`: whether figures of earlier tables give way to those of this one.
///
/// # Errors
/// As [`keep`].
pub async fn save_choice(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, actor, seen) = (id.into_inner(), me.actor.clone(), form::version(&form));
    let replaces = form.get("replaces") == "1";
    state
        .write(move |conn| {
            let row = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
            let settings = Settings { replaces, ..row.settings() };
            keep(conn, &actor, (id, seen), &settings)
        })
        .await?;
    Ok(redirect(&format!("/legacy-tables/{id}#conflicts")))
}

/// `POST /legacy-tables/{id}/removal`.
///
/// # Errors
/// As [`settle::remove`].
pub async fn remove(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, seen, moment) = (id.into_inner(), form::version(&form), state.clock.moment());
    let actor = me.actor.clone();
    let row = state.write(move |conn| settle::remove(conn, &actor, (id, seen), moment)).await?;
    Ok(redirect_with(
        &home(row.regime_id),
        format!("Đã bỏ bảng “{}”; chưa có số nào được nhập.", row.file_name),
    ))
}

#[derive(Template)]
#[template(path = "legacy_tables/withdrawal.html")]
struct WithdrawalPage {
    page: Page,
    row: TableRow,
    period: String,
    reports: usize,
    reason: String,
    problems: Problems,
}

async fn asking(
    me: &SignedIn,
    state: &State,
    id: LegacyTableId,
    (reason, problems): (String, Problems),
) -> Result<WithdrawalPage, Error> {
    let actor = me.actor.clone();
    let found = state.read(move |conn| examine(conn, &actor, id)).await?;
    Ok(WithdrawalPage {
        page: me.page("Rút bảng số liệu cũ", Nav::Regimes),
        period: period_words(&found.row),
        reports: found.came.len(),
        row: found.row,
        reason,
        problems,
    })
}

/// `GET /legacy-tables/{id}/withdrawal`.
///
/// # Errors
/// As [`examine`].
pub async fn ask_withdrawal(
    me: SignedIn,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    render(&asking(&me, &state, id.into_inner(), (String::new(), Problems::default())).await?)
}

/// `POST /legacy-tables/{id}/withdrawal`.
///
/// # Errors
/// As [`take_back::take_back`]; without a reason the page again, 422.
pub async fn withdraw(
    posted: Posted,
    state: State,
    id: web::Path<LegacyTableId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, seen, moment) = (id.into_inner(), form::version(&form), state.clock.moment());
    let (actor, reason) = (me.actor.clone(), form.get("reason").to_owned());
    let given = reason.clone();
    match state.write(move |conn| take_back::take_back(conn, &actor, id, (seen, &given), moment)).await {
        Ok(row) => Ok(redirect_with(
            &format!("/legacy-tables/{id}"),
            format!("Đã rút bảng “{}”. Báo cáo của các đơn vị trở lại như trước khi nhập.", row.file_name),
        )),
        Err(Error::Invalid(problems)) => {
            let page = asking(&me, &state, id, (reason, problems)).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `GET /legacy-tables/{id}/file`: the bytes as they came.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body.
pub async fn file(me: SignedIn, state: State, id: web::Path<LegacyTableId>) -> Result<HttpResponse, Error> {
    let (id, actor) = (id.into_inner(), me.actor.clone());
    let (name, bytes) = state
        .read(move |conn| {
            let row = queries::table(conn, &actor.units_for(Action::TypeOnBehalf), id)?;
            Ok((row.file_name, queries::bytes(conn, id)?))
        })
        .await?;
    Ok(download(XLSX, &name, bytes))
}
