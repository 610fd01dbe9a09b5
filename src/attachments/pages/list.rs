//! `/reports/{id}/attachments`: what the draft holds, with the form that adds to it. The page of a signed paper that
//! comes after its report was sent is the same with another list.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::attachments::receive::{Target, signed_place};
use crate::attachments::{Attached, FileKind, FileView, Limits, Purpose, kind, queries, remove, size_words};
use crate::db::ids::{FileId, ReportId};
use crate::error::{Error, Problems};
use crate::reports::{Case, draft};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

/// One choice of what a file is for.
struct Choice {
    code: &'static str,
    words: &'static str,
    hint: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "attachments/list.html")]
struct ListPage {
    page: Page,
    heading: &'static str,
    report: ReportId,
    /// Where the report is, and what the way there is called.
    back: (String, String),
    unit: String,
    /// Where the form posts to.
    action: String,
    files: Vec<FileView>,
    /// Each file can be taken out again.
    removable: bool,
    /// Empty where there is nothing to choose.
    choices: Vec<Choice>,
    /// What the only purpose takes, where there is nothing to choose.
    taken: String,
    largest: i64,
    largest_words: String,
    used: String,
    quota: String,
    problems: Problems,
}

impl ListPage {
    fn has_problem(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Where a file is fetched.
    fn action_of(&self, file: &FileView) -> String {
        format!("/reports/{}/attachments/{}", self.report, file.id)
    }
}

/// `?for=signed` chooses what the next file is for.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(rename = "for")]
    purpose: Option<String>,
}

/// What the page reads.
struct Read {
    case: Case,
    files: Vec<Attached>,
    used: i64,
}

/// `GET /reports/{id}/attachments`: a report that is not being written shows itself.
///
/// # Errors
/// 404 outside the unit, and for whoever does not see the draft.
pub async fn draft_files(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Error> {
    let (id, actor) = (path.into_inner(), me.actor.clone());
    let read = state
        .read(move |conn| {
            let case = draft::of_writer(conn, &actor, id)?;
            let used = queries::used_by(conn, case.obligation.unit_id, false)?;
            Ok(Read { files: queries::of_draft(conn, id)?, case, used })
        })
        .await?;
    if draft::may_add_signed(&me.actor, &read.case).is_err() {
        return Ok(redirect(&format!("/reports/{id}")));
    }
    let chosen = wanted.purpose.as_deref().and_then(Purpose::from_code).unwrap_or(Purpose::Evidence);
    render(&of_draft(&me, read, chosen, state.attachments, Problems::default()))
}

/// `GET /reports/{id}/revisions/{n}/signed-paper`
///
/// # Errors
/// 404 outside the unit and for a revision never sent; 403 for roles that do not send.
pub async fn signed_paper(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    let read = read_signed(&me, &state, id, number).await?;
    render(&of_revision(&me, read, number, state.attachments, Problems::default()))
}

/// The page the file was to be added on, 422, with what kept it from being taken.
pub(super) async fn again(
    me: &SignedIn,
    state: &State,
    target: Target,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let page = match target {
        Target::Draft { report, purpose } => {
            let actor = me.actor.clone();
            let read = state
                .read(move |conn| {
                    let case = draft::of_writer(conn, &actor, report)?;
                    let used = queries::used_by(conn, case.obligation.unit_id, false)?;
                    Ok(Read { files: queries::of_draft(conn, report)?, case, used })
                })
                .await?;
            of_draft(me, read, purpose, state.attachments, problems)
        }
        Target::Sent { report, number } => of_revision(
            me,
            read_signed(me, state, report, number).await?,
            number,
            state.attachments,
            problems,
        ),
    };
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn read_signed(me: &SignedIn, state: &State, id: ReportId, number: i32) -> Result<Read, Error> {
    let actor = me.actor.clone();
    state
        .read(move |conn| {
            let (case, _, revision) = signed_place(conn, &actor, id, number)?;
            let (with, later) = queries::of_revision(conn, revision)?;
            let files = with.into_iter().chain(later).filter(|f| f.purpose == Purpose::Signed).collect();
            let used = queries::used_by(conn, case.obligation.unit_id, false)?;
            Ok(Read { case, files, used })
        })
        .await
}

/// `POST /reports/{id}/attachments/{n}/removal`
///
/// # Errors
/// As [`remove::remove`].
pub async fn remove_file(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, FileId)>,
) -> Result<HttpResponse, Error> {
    let (id, file) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let name = state.write(move |conn| remove::remove(conn, &actor, id, file, moment)).await?;
    Ok(redirect_with(&format!("/reports/{id}/attachments"), format!("Đã gỡ tệp “{name}”.")))
}

fn of_draft(me: &SignedIn, read: Read, chosen: Purpose, limits: Limits, problems: Problems) -> ListPage {
    let case = &read.case;
    // What lies with the unit's leader takes the signed paper and nothing else.
    let open = draft::may_change(&me.actor, case).is_ok();
    let offered = Purpose::ALL.into_iter().filter(|purpose| match purpose {
        Purpose::Evidence => open,
        Purpose::Incoming => case.behalf.is_some(),
        Purpose::Signed => case.behalf.is_none() && case.regime.paper_rule != "none",
    });
    let choice = |purpose: Purpose| Choice {
        code: purpose.code(),
        words: purpose.words(),
        hint: taken(purpose),
        chosen: purpose == chosen,
    };
    ListPage {
        action: format!("/reports/{}/attachments", case.report.id),
        back: (format!("/reports/{}/{}", case.report.id, if open { "draft" } else { "check" }), case.title()),
        heading: "Tệp đính kèm",
        removable: open,
        choices: offered.map(choice).collect(),
        ..page(me, read, limits, problems)
    }
}

fn of_revision(me: &SignedIn, read: Read, number: i32, limits: Limits, problems: Problems) -> ListPage {
    let (case, id) = (&read.case, read.case.report.id);
    ListPage {
        action: format!("/reports/{id}/revisions/{number}/signed-paper"),
        back: (format!("/reports/{id}?revision={number}"), format!("{}, lần gửi {number}", case.title())),
        heading: "Bản đã ký, đóng dấu",
        ..page(me, read, limits, problems)
    }
}

fn page(me: &SignedIn, read: Read, limits: Limits, problems: Problems) -> ListPage {
    ListPage {
        page: me.page("Tệp đính kèm", Nav::Reports),
        heading: "",
        report: read.case.report.id,
        back: (String::new(), String::new()),
        unit: read.case.unit.name.clone(),
        action: String::new(),
        files: FileView::all(&read.files),
        removable: false,
        choices: Vec::new(),
        taken: taken(Purpose::Signed),
        largest: limits.largest,
        largest_words: size_words(limits.largest),
        used: size_words(read.used),
        quota: size_words(limits.quota),
        problems,
    }
}

/// The kinds taken for a purpose, in words.
fn taken(purpose: Purpose) -> String {
    match purpose.takes() {
        [FileKind::Pdf] => "PDF".to_owned(),
        kinds if kinds == FileKind::ALL => kind::TAKEN.to_owned(),
        _ => "PDF, ảnh PNG hoặc JPG".to_owned(),
    }
}
