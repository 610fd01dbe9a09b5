//! `GET /plans/{id}/answers`: how the units have answered a plan with their own.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::PlanId;
use crate::error::Error;
use crate::periods::Period;
use crate::plans::Plan;
use crate::unit_plans::answers::Board;
use crate::unit_plans::gather::{Gathered, gather};
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "unit_plans/answers.html")]
struct AnswersPage {
    page: Page,
    plan: Plan,
    asked: Vec<Period>,
    board: Board,
    /// The reader sees how far some unit's tasks have come.
    has_board: bool,
}

/// The answers as whoever collects or leads may see them.
///
/// # Errors
/// As [`gather`].
pub async fn answers(me: SignedIn, state: State, path: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), path.into_inner());
    let Gathered { plan, asked, board, has_board } =
        state.read(move |conn| gather(conn, &actor, id, moment)).await?;
    let page = me.page(format!("Kế hoạch của đơn vị: {}", plan.short_name), Nav::Plans);
    render(&AnswersPage { page, plan, asked, board, has_board })
}
