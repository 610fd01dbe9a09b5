//! `/regimes/{id}/notices`: the days on which a regime's units are reminded.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::change_steps::{self, StepsInput};
use super::super::{FURTHEST, Steps};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "notices/steps.html")]
struct StepsPage {
    page: Page,
    regime: Regime,
    input: StepsInput,
    /// The version the reader has before them.
    seen: i32,
    usual: String,
    furthest: i32,
    problems: Problems,
}

impl StepsPage {
    /// Name, label, what stands in it, and what it means.
    fn fields(&self) -> [(&'static str, &'static str, String, &'static str); 2] {
        let before = "Trùng ngày nghỉ thì nhắc vào ngày làm việc liền trước.";
        let after = "Trùng ngày nghỉ thì nhắc vào ngày làm việc liền sau. Từ lần đầu, hệ thống chuẩn bị thông báo lên lãnh \
                     đạo đơn vị; ở lần cuối, lên lãnh đạo đơn vị tổng hợp. Cán bộ tổng hợp bấm gửi thì mới gửi.";
        [
            ("before", "Trước thời hạn (ngày)", self.input.before.clone(), before),
            ("after", "Sau thời hạn (ngày)", self.input.after.clone(), after),
        ]
    }
}

async fn build(
    state: &State,
    me: &SignedIn,
    id: RegimeId,
    typed: Option<(StepsInput, i32)>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (regime, row) = state.read(move |conn| change_steps::shown(conn, &actor, id)).await?;
    let (input, seen) = typed.unwrap_or((StepsInput::shown(&row.steps), row.version));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Lịch nhắc", Nav::Regimes);
    let usual = Steps::default().words();
    render_status(status, &StepsPage { page, regime, input, seen, usual, furthest: FURTHEST, problems })
}

/// `GET /regimes/{id}/notices`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub async fn steps_form(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    build(&state, &me, id.into_inner(), None, Problems::default()).await
}

/// `POST /regimes/{id}/notices`.
///
/// # Errors
/// As [`steps_form`]; [`Error::Conflict`] when somebody was faster; what is to mend shows the form again with 422.
pub async fn keep_steps(
    state: State,
    posted: Posted,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let input = StepsInput {
        before: form.line("before"),
        on_the_day: form.has("on_the_day"),
        after: form.line("after"),
    };
    let seen: i32 = form.get("seen").parse().unwrap_or(-1);
    let typed = input.clone();
    let outcome =
        state.write(move |conn| change_steps::change_steps(conn, &actor, id, (&typed, seen), moment)).await;
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/regimes/{id}"), "Đã lưu lịch nhắc.")),
        Err(Error::Invalid(problems)) => build(&state, &me, id, Some((input, seen)), problems).await,
        Err(other) => Err(other),
    }
}
