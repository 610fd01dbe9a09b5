//! `/plan-uploads`: where a document is brought, as a file or pasted, and those under review. With `?plan=` it is brought to be
//! compared with that plan.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::Action;
use crate::audit::sha256_hex;
use crate::calendar::to_local;
use crate::db::ids::PlanId;
use crate::error::{Error, Problems};
use crate::plan_adoption::UploadState;
use crate::plan_adoption::queries::{self, UploadHead};
use crate::plan_adoption::upload::{self, FILE, Given, LARGEST, TEXT, bringing, read_file, read_pasted};
use crate::plans::{self, Plan};
use crate::vietnamese::date_time;
use crate::vietnamese::limits::SECTION;
use crate::web::{
    FormData, Nav, Page, PostedFile, PostedLong, SignedIn, State, redirect, render, render_status,
};
use crate::{once, papers};

/// A document as the list shows it.
struct Line {
    to: String,
    file: String,
    name: String,
    state: UploadState,
    what: String,
}

#[derive(Template)]
#[template(path = "plan_adoption/list.html")]
struct ListPage {
    page: Page,
    /// The plan it is to be compared with.
    plan: Option<Plan>,
    lines: Vec<Line>,
    text: String,
    /// Whether .doc can be converted here.
    office: bool,
    problems: Problems,
}

impl ListPage {
    fn largest(&self) -> usize {
        LARGEST >> 20
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct About {
    plan: Option<PlanId>,
}

/// `GET /plan-uploads`.
///
/// # Errors
/// [`Error::Forbidden`] for those who compile nowhere; 404 for a foreign plan.
pub async fn list(me: SignedIn, state: State, about: web::Query<About>) -> Result<HttpResponse, Error> {
    render(&page(&me, &state, about.plan, String::new(), Problems::default()).await?)
}

async fn page(
    me: &SignedIn,
    state: &State,
    plan: Option<PlanId>,
    text: String,
    problems: Problems,
) -> Result<ListPage, Error> {
    let actor = me.actor.clone();
    let (plan, rows, drafts) = state
        .read(move |conn| {
            bringing(&actor)?;
            let plan = match plan {
                Some(plan) => Some(plans::edit::open(conn, &actor, plan)?.0),
                None => None,
            };
            let bodies = actor.units_for(Action::Compile);
            let (rows, drafts) = match plan {
                Some(_) => (vec![], HashMap::new()),
                None => (queries::heads_of(conn, &bodies)?, queries::open_drafts(conn, &bodies)?),
            };
            Ok((plan, rows, drafts))
        })
        .await?;
    let line = |(row, made): (UploadHead, Option<String>)| Line {
        to: match (row.state(), row.plan_id) {
            (UploadState::Adopted, Some(plan)) => format!("/plans/{plan}"),
            _ => format!("/plan-uploads/{}", row.id),
        },
        name: match drafts.get(&row.id) {
            Some(draft) => draft.facts.short_name.clone(),
            None => made.unwrap_or_default(),
        },
        state: row.state(),
        what: match row.adopted_at {
            Some(at) => format!("{}, {}", row.adopted_by, date_time(to_local(at))),
            None => format!("{}, tải lên {}", row.adder_name, date_time(to_local(row.uploaded_at))),
        },
        file: row.file_name,
    };
    let title = if plan.is_some() {
        "Đối chiếu văn bản với kế hoạch"
    } else {
        "Lập kế hoạch từ văn bản"
    };
    Ok(ListPage {
        page: me.page(title, Nav::Plans),
        lines: rows.into_iter().map(line).collect(),
        office: papers::office_is_installed(),
        plan,
        text,
        problems,
    })
}

/// `POST /plan-uploads`: a file comes in; what is to be mended is said on the page, 422.
///
/// # Errors
/// As [`list`] and [`upload::take_in`].
pub async fn create(posted: PostedFile, state: State) -> Result<HttpResponse, Error> {
    let PostedFile { me, form, file, .. } = posted;
    let plan = about(&form);
    // Nothing is read from who may not send it.
    let (actor, asked) = (me.actor.clone(), plan);
    let allowed = state
        .read(move |conn| {
            bringing(&actor)?;
            asked.map_or(Ok(()), |plan| plans::edit::open(conn, &actor, plan).map(drop))
        })
        .await;
    let file = match (allowed, file) {
        (Ok(()), file) => file,
        (Err(error), file) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let name = file.as_ref().map(|file| file.name().to_owned()).unwrap_or_default();
    let bytes = match file {
        Some(file) => Some(file.whole(LARGEST).await?),
        None => None,
    };
    let outcome = match bytes {
        None => Err(problem("Chọn tệp văn bản trên máy rồi bấm “Tải lên và đọc”.".to_owned())),
        Some(None) => Err(problem(format!(
            "Tệp lớn hơn {} MB. Tách riêng phần kế hoạch, hoặc dán nội dung vào ô bên dưới.",
            LARGEST >> 20
        ))),
        Some(Some(bytes)) => {
            let read = state.block(move || read_file(&name, bytes)).await;
            match read {
                Ok(given) => keep(&me, &state, &form, given, (plan, FILE)).await,
                Err(error) => Err(error),
            }
        }
    };
    answer(&me, &state, plan, String::new(), outcome).await
}

/// `POST /plan-uploads/text`: pasted text comes in.
///
/// # Errors
/// As [`create`].
pub async fn paste(posted: PostedLong, state: State) -> Result<HttpResponse, Error> {
    let PostedLong { me, form } = posted;
    let plan = about(&form);
    bringing(&me.actor)?;
    // Tabs stand between columns.
    let text = form.block(TEXT).to_owned();
    let outcome = match SECTION.fault("Nội dung dán vào", &text) {
        Some(fault) => {
            let mut problems = Problems::default();
            problems.add(TEXT, fault);
            Err(Error::Invalid(problems))
        }
        None => {
            let pasted = text.clone();
            match state.block(move || read_pasted(&pasted)).await {
                Ok(given) => keep(&me, &state, &form, given, (plan, TEXT)).await,
                Err(error) => Err(error),
            }
        }
    };
    answer(&me, &state, plan, text, outcome).await
}

fn about(form: &FormData) -> Option<PlanId> {
    form.line("plan").parse().ok()
}

async fn keep(
    me: &SignedIn,
    state: &State,
    form: &FormData,
    given: Given,
    (plan, field): (Option<PlanId>, &'static str),
) -> Result<String, Error> {
    let digest =
        form.digest().map(|typed| sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()));
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let id = upload::take_in(conn, &actor, (&given, plan), field, moment)?;
                Ok(format!("/plan-uploads/{id}"))
            })
        })
        .await
}

async fn answer(
    me: &SignedIn,
    state: &State,
    plan: Option<PlanId>,
    text: String,
    outcome: Result<String, Error>,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(to) => Ok(redirect(&to)),
        Err(Error::Invalid(problems)) => {
            let page = page(me, state, plan, text, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

fn problem(words: String) -> Error {
    let mut problems = Problems::default();
    problems.add(FILE, words);
    Error::Invalid(problems)
}
