//! `/regimes/{id}/unit-figures`: which classified groups leaders may read unit by unit, and the decision about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::opening::{may_open, regime, set_opening};
use super::super::queries::{self, GroupOpening};
use super::super::small::SMALL;
use super::view::local;
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "consolidation/opening.html")]
struct OpeningPage {
    page: Page,
    regime: Regime,
    groups: Vec<GroupOpening>,
    may_decide: bool,
    /// What was typed about which group, where it has to be mended.
    typed: (String, String),
    problems: Problems,
}

impl OpeningPage {
    fn local(&self, at: &chrono::NaiveDateTime) -> String {
        local(at)
    }

    fn is_typed(&self, group: &GroupOpening) -> bool {
        self.typed.0 == group.code
    }
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    typed: (String, String),
    problems: Problems,
) -> Result<OpeningPage, Error> {
    let actor = me.actor.clone();
    let (regime, groups) = state
        .read(move |conn| {
            let regime = regime(conn, &actor, id)?;
            Ok((regime, queries::openings(conn, id)?))
        })
        .await?;
    let may_decide = may_open(&me.actor, &regime).is_ok();
    let page = me.page("Số liệu hạn chế theo đơn vị", Nav::Regimes);
    Ok(OpeningPage { page, regime, groups, may_decide, typed, problems })
}

/// `GET /regimes/{id}/unit-figures`.
///
/// # Errors
/// [`Error::NotFound`] for who neither collects nor oversees the regime.
pub async fn unit_figures(
    me: SignedIn,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    render(&page(&me, &state, id.into_inner(), Default::default(), Problems::default()).await?)
}

/// `POST /regimes/{id}/unit-figures`, one decision about one group.
///
/// # Errors
/// As [`set_opening`]; a missing reason shows the page again.
pub async fn decide_unit_figures(
    posted: Posted,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    let (group, opened) = (posted.form.line("group"), posted.form.get("open") == "1");
    let reason = posted.form.get("reason").to_owned();
    let (of, said) = (group.clone(), reason.clone());
    match state.write(move |conn| set_opening(conn, &actor, id, &of, opened, &said, moment)).await {
        Ok(()) => {
            let words = if opened {
                "Đã cho lãnh đạo xem số của từng đơn vị."
            } else {
                "Đã thôi cho xem."
            };
            Ok(redirect_with(&format!("/regimes/{id}/unit-figures"), words))
        }
        Err(Error::Invalid(problems)) => {
            let page = page(&posted.me, &state, id, (group, reason), problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}
