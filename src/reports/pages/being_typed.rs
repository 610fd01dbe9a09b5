//! What a unit finds at the address of its draft while that cannot be opened: why, and where to go.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::db::ids::{ObligationId, ReportId};
use crate::error::Error;
use crate::reports::queries;
use crate::web::{Nav, Page, SignedIn, State, render_status};

#[derive(Template)]
#[template(path = "reports/being_typed.html")]
struct ClosedPage {
    page: Page,
    heading: &'static str,
    title: String,
    words: String,
    obligation: ObligationId,
}

/// The page; 422, as every refusal.
///
/// # Errors
/// 404 outside the unit.
pub(super) async fn page(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    words: String,
) -> Result<HttpResponse, Error> {
    let scope = me.actor.scope();
    let case = state.read(move |conn| Ok::<_, Error>(queries::find(conn, &scope, id)?)).await?;
    let heading = if case.behalf.is_some() {
        "Nơi nhận đang nhập thay báo cáo này"
    } else {
        "Chưa soạn được báo cáo này"
    };
    let page = ClosedPage {
        page: me.page(case.title(), Nav::Reports),
        heading,
        title: case.title(),
        words,
        obligation: case.obligation.id,
    };
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
