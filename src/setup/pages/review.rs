//! The last page: everything to be written, in words, and the button that writes it.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::answers::{Administrator, ProvinceAnswer};
use super::super::finish::finish;
use super::super::preview::preview;
use super::super::{SetupStep, queries};
use super::guard::{COOKIE, Guarded, GuardedForm};
use super::{Frame, page_of};
use crate::error::Error;
use crate::standard::catalogue::{self, Extent};
use crate::units::preview::Preview;
use crate::web::{Page, State, device_of, redirect, redirect_with, render, session_cookie};

#[derive(Template)]
#[template(path = "setup/review.html")]
struct ReviewPage {
    page: Page,
    frame: Frame,
    administrator: Administrator,
    province: ProvinceAnswer,
    /// "Thành phố Bắc Ninh".
    province_name: String,
    preview: Preview,
    extent: Extent,
}

/// `GET /setup/review`.
///
/// # Errors
/// The queries' own.
pub async fn review(setup: Guarded, state: State) -> Result<HttpResponse, Error> {
    let answers = state.read(queries::answers).await?;
    if let Some(step) = answers.missing() {
        return Ok(redirect(&step.path()));
    }
    let frame = Frame::new(&setup.0.csrf, &answers, None);
    let (Some(administrator), Some(province), Some(units)) =
        (answers.administrator, answers.province, answers.units)
    else {
        return Ok(redirect("/setup"));
    };
    let (_, naming) = province.province()?;
    let preview = preview(&province, &units)?;
    if !preview.problems.is_empty() {
        return Ok(redirect(&SetupStep::Units.path()));
    }
    render(&ReviewPage {
        page: page_of(&state, None),
        frame,
        administrator,
        province_name: naming.title(),
        province,
        preview,
        extent: catalogue::extent()?,
    })
}

/// `POST /setup/completion`: writes everything, and signs the administrator in.
///
/// # Errors
/// As [`finish`].
pub async fn complete(req: HttpRequest, state: State, posted: GuardedForm) -> Result<HttpResponse, Error> {
    let (lifetimes, moment) = (state.lifetimes, state.clock.moment());
    let (setup, device) = (posted.setup, device_of(&req));
    let token = state.write(move |conn| finish(conn, &setup, &device, lifetimes, moment)).await?;
    let mut response = redirect_with("/start", "Đã thiết lập xong. Mã thiết lập không còn hiệu lực.");
    let cookie = session_cookie(&state, token);
    let mut spent = Cookie::new(COOKIE, "");
    spent.set_path("/setup");
    spent.make_removal();
    for cookie in [cookie, spent] {
        response.add_cookie(&cookie).map_err(|e| Error::Internal(e.to_string()))?;
    }
    Ok(response)
}
