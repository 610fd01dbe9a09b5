//! The third step: the list of units, from ready lists, a file or a paste; looked at before it is taken.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::super::answers::{Answers, ProvinceAnswer, UnitsAnswer};
use super::super::preview::preview;
use super::super::{SetupStep, queries};
use super::guard::{Guarded, GuardedUpload};
use super::{Frame, page_of};
use crate::error::{Error, Problems};
use crate::standard::ready::ReadyList;
use crate::units::listing::joined;
use crate::units::preview::{Offered, Preview, offered, ready_lines};
use crate::units::table_file;
use crate::web::{Page, State, redirect, render_status};

#[derive(Template)]
#[template(path = "setup/units.html")]
struct UnitsPage {
    page: Page,
    frame: Frame,
    /// "thành phố Bắc Ninh".
    province: String,
    /// List, and how many bodies it brings.
    lists: Vec<Offered>,
    text: String,
    preview: Preview,
    problems: Problems,
}

impl UnitsPage {
    fn lines(&self) -> usize {
        self.text.lines().count().clamp(8, 24)
    }
}

fn page(
    state: &State,
    csrf: &str,
    answers: &Answers,
    province: &ProvinceAnswer,
    (text, preview): (String, Preview),
    problems: Problems,
) -> Result<UnitsPage, Error> {
    let (official, naming) = province.province()?;
    Ok(UnitsPage {
        page: page_of(state, Some(SetupStep::Units)),
        frame: Frame::new(csrf, answers, Some(SetupStep::Units)),
        province: naming.full(),
        lists: offered(&official.code, &naming)?,
        preview,
        text,
        problems,
    })
}

/// `GET /setup/units`.
///
/// # Errors
/// The queries' own.
pub async fn units(setup: Guarded, state: State) -> Result<HttpResponse, Error> {
    let answers = state.read(queries::answers).await?;
    let Some(province) = answers.province.clone() else { return Ok(redirect(&SetupStep::Province.path())) };
    let text = answers.units.clone().unwrap_or_default().text;
    let (of, answer) = (province.clone(), UnitsAnswer { text: text.clone(), taken: false });
    let seen = state.block(move || preview(&of, &answer)).await?;
    let page = page(&state, &setup.0.csrf, &answers, &province, (text, seen), Problems::default())?;
    render_status(StatusCode::OK, &page)
}

/// `POST /setup/units`: adds ticked lists and the file to the text; `do=take` takes the whole.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn save_units(state: State, posted: GuardedUpload) -> Result<HttpResponse, Error> {
    let GuardedUpload { setup, upload } = posted;
    let answers = state.read(queries::answers).await?;
    let Some(province) = answers.province.clone() else { return Ok(redirect(&SetupStep::Province.path())) };
    let (official, naming) = province.province()?;
    let take = upload.form.get("do") == "take";
    let of = province.clone();
    let (text, seen, mut problems) = state
        .block(move || {
            let form = &upload.form;
            let lists: Vec<ReadyList> =
                form.all("list").iter().filter_map(|code| ReadyList::from_code(code)).collect();
            let typed = joined(form.get("text"), &ready_lines(&lists, &official.code, &naming)?);
            let (text, problems) = table_file::with_file(typed, upload.file.as_deref())?;
            let seen = preview(&of, &UnitsAnswer { text: text.clone(), taken: false })?;
            Ok((text, seen, problems))
        })
        .await?;
    if take && seen.units.is_empty() && seen.problems.is_empty() {
        problems.add("text", "Chưa có đơn vị nào: chọn danh sách có sẵn, tải tệp lên hoặc nhập vào ô.");
    }
    let whole = problems.is_empty() && seen.problems.is_empty();
    // Kept as typed even where something is to be mended: the next visit goes on from here.
    let answer = UnitsAnswer { text: text.clone(), taken: take && whole };
    let now = state.clock.now_utc();
    state.write(move |conn| queries::keep(conn, SetupStep::Units, &answer, now)).await?;
    if take && whole {
        return Ok(redirect("/setup/review"));
    }
    let status = if whole { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_status(status, &page(&state, &setup.csrf, &answers, &province, (text, seen), problems)?)
}
