//! Many indicators by a pasted list: looked at line by line before anything is kept.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::super::Group;
use super::super::add::{self, Setting};
use super::super::keeping::adding;
use super::super::listing::{self, Row};
use crate::error::{Error, Problems};
use crate::once;
use crate::vietnamese::limits::SECTION;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "indicators/import.html")]
struct ImportPage {
    page: Page,
    text: String,
    rows: Vec<Row>,
    groups: Vec<Group>,
    problems: Problems,
}

impl ImportPage {
    fn faults(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_err()).count()
    }

    fn sound(&self) -> usize {
        self.rows.len() - self.faults()
    }
}

async fn build(
    state: &State,
    me: &SignedIn,
    text: String,
    problems: Problems,
    refused: bool,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let frame = me.page("Thêm chỉ tiêu theo danh sách", Nav::Indicators);
    let page = state
        .read(move |conn| {
            adding(&actor)?;
            let setting = Setting::load(conn, &actor)?;
            let rows = listing::read(&text, &setting.against());
            Ok(ImportPage { page: frame, text, rows, groups: setting.groups, problems })
        })
        .await?;
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(status, &page)
}

/// `GET /indicators/import`.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub async fn import_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    build(&state, &me, String::new(), Problems::default(), false).await
}

/// `POST /indicators/import`: looks, and with `do=take` adds them all.
///
/// # Errors
/// As [`import_form`]; what is to mend shows the page again with 422.
pub async fn import(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    adding(&me.actor)?;
    let text = form.block("text").to_owned();
    let mut problems = Problems::default();
    problems.add_fault("text", SECTION.fault("Danh sách", &text));
    if form.line("do") != "take" {
        if text.trim().is_empty() {
            problems.add("text", "Dán ít nhất một dòng.");
        }
        let refused = !problems.is_empty();
        return build(&state, &me, text, problems, refused).await;
    }
    let (actor, moment, digest, typed) =
        (me.actor.clone(), state.clock.moment(), form.digest(), text.clone());
    let added = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            add::add_list(conn, &actor, &typed, moment)?;
            Ok("/indicators".to_owned())
        })
    });
    match added.await {
        Ok(to) => {
            Ok(redirect_with(&to, "Đã thêm các chỉ tiêu. Chọn chúng trong biểu mẫu để đơn vị báo cáo."))
        }
        Err(Error::Invalid(problems)) => build(&state, &me, text, problems, true).await,
        Err(other) => Err(other),
    }
}
