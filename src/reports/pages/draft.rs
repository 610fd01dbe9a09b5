//! `/reports/{id}/draft`: the page on which a report is typed, its save and its autosave. Whoever saves over
//! somebody else's version gets the page again with what they typed, and what the other saved beside it.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::body::{Beside, Body, LogLine};
use super::facts::Facts;
use super::remarks::Remarks;
use super::{Asked, fields, version};
use crate::attachments::Purpose;
use crate::calendar::{Cycle, Holidays, Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::plans::queries::Entry;
use crate::reports::check::{Dates, Finding, Findings, check, contradictions};
use crate::reports::draft::{self, Open};
use crate::reports::queries::{self, Transition};
use crate::reports::{Case, Content, Outline, Past, Step, TaskStatus, form, work_log, year};
use crate::vietnamese::{Level, date_time};
use crate::web::{
    FormData, Nav, Page, PostedLong, SignedIn, State, redirect, redirect_with, render, render_status,
};

/// One line of the list of parts beside the form.
struct Part {
    href: String,
    name: String,
    words: String,
    tag: &'static str,
}

#[derive(Template)]
#[template(path = "reports/draft.html")]
struct DraftPage {
    page: Page,
    facts: Facts,
    version: i32,
    saved: Option<String>,
    body: Body,
    parts: Vec<Part>,
    problems: Problems,
    warnings: Vec<Finding>,
    /// Who asked to amend, when, why.
    amendment: Option<Asked>,
    /// Why the leader handed it back.
    handed_back: Option<(String, String)>,
    /// Who saved meanwhile; the page then holds what was typed, not what is saved.
    conflict: Option<String>,
    /// Predecessors whose figures stand in the earlier columns.
    past_from: Option<String>,
    levels: Vec<(&'static str, &'static str)>,
    statuses: Vec<(&'static str, &'static str)>,
    platforms: [&'static str; 6],
    paper_rule: String,
    leader_step: bool,
    /// Neither the regime nor its leader's step asks for a signed paper.
    hides_paper: bool,
    /// The edition a consolidated report takes its figures from.
    lower: Option<(String, String)>,
    consolidated: bool,
}

/// What the page reads from the database.
struct Read {
    open: Open,
    past: Past,
    past_units: Vec<String>,
    holidays: Holidays,
    unlocked: Option<NaiveDate>,
    history: Vec<Transition>,
    log: Vec<Entry>,
}

/// `GET /reports/{id}/draft`
///
/// # Errors
/// 404 outside the unit.
pub async fn draft(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let read = load(&me, &state, id).await?;
    if !read.open.case.is_typed() {
        return Ok(redirect(&format!("/reports/{id}")));
    }
    let content = read.open.draft.content.clone();
    render(&view(&me, read, &content, None, state.clock.moment()))
}

/// `POST /reports/{id}/draft`: saves, and goes on by the button pressed.
///
/// # Errors
/// 404 outside the unit; a refusal when the report cannot be typed into now. A conflict is a page of its own.
pub async fn save(
    posted: PostedLong,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let go = posted.form.get("go").to_owned();
    match write(&posted.me, &state, id, posted.form.clone()).await {
        Err(Error::Conflict(who)) => conflicting(&posted.me, &posted.form, &state, id, who).await,
        // Too long to be kept: the page again with everything typed; what is to mend stands at its field.
        Err(Error::Invalid(_)) => {
            let read = load(&posted.me, &state, id).await?;
            let typed =
                form::parse(&fields(&posted.form), &read.open.outline, read.open.draft.content.clone());
            let page = view(&posted.me, read, &typed, None, state.clock.moment());
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
        Ok((_, unread)) => Ok(match go.split_once('.') {
            Some(("add", part)) => redirect(&format!("/reports/{id}/draft#list-{part}")),
            Some(("log", task)) if task.bytes().all(|b| b.is_ascii_digit()) => {
                redirect(&format!("/reports/{id}/draft#f-task.{task}.body"))
            }
            Some(("files", purpose)) if Purpose::from_code(purpose).is_some() => {
                redirect(&format!("/reports/{id}/attachments?for={purpose}"))
            }
            _ if go == "sum" => redirect(&format!("/reports/{id}/draft#figures")),
            _ if go == "check" => redirect(&format!("/reports/{id}/check")),
            _ if go == "close" && unread > 0 => {
                redirect_with(&format!("/reports/{id}"), format!("Đã lưu. Còn {unread} chỗ cần sửa."))
            }
            _ if go == "close" => redirect_with(&format!("/reports/{id}"), "Đã lưu báo cáo."),
            _ => redirect_with(&format!("/reports/{id}/draft"), "Đã lưu báo cáo."),
        }),
    }
}

/// The page with everything that was typed, beside what the other saved; 409.
///
/// # Errors
/// [`Error::Conflict`] when the report cannot be typed into any more.
pub(super) async fn conflicting(
    me: &SignedIn,
    posted: &FormData,
    state: &State,
    id: ReportId,
    who: String,
) -> Result<HttpResponse, Error> {
    let read = load(me, state, id).await?;
    if !read.open.case.state().is_open() {
        return Err(Error::Conflict(format!("{who} Báo cáo không còn ở bước soạn.")));
    }
    let mut typed = form::parse(&fields(posted), &read.open.outline, read.open.draft.content.clone());
    year::fill(&mut typed, &read.open.outline, &read.past.halves, &rests(posted), false);
    let mut page = view(me, read, &typed, Some(who), state.clock.moment());
    for list in &mut page.body.lists {
        posted.block(&format!("paste.{}", list.code)).clone_into(&mut list.pasted);
    }
    render_status(StatusCode::CONFLICT, &page)
}

/// `POST /reports/{id}/draft/autosave`: the same, for the module that saves while one types. Answers JSON.
///
/// # Errors
/// None but faults of ours; refusals are answers.
pub async fn autosave(
    posted: Result<PostedLong, Error>,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let outcome = match posted {
        Ok(posted) => write(&posted.me, &state, id, posted.form).await,
        Err(error) => Err(error),
    };
    Ok(match outcome {
        Ok((saved, _)) => {
            let at = to_local(saved.at).format("%H:%M").to_string();
            HttpResponse::Ok().json(serde_json::json!({ "version": saved.version, "saved_at": at }))
        }
        Err(Error::SignedOut) => HttpResponse::Unauthorized().json(serde_json::json!({})),
        Err(Error::Conflict(who)) => HttpResponse::Conflict()
            .json(serde_json::json!({ "message": who, "url": format!("/reports/{id}/draft") })),
        Err(Error::NotFound) => HttpResponse::NotFound().json(serde_json::json!({})),
        Err(Error::Forbidden(who)) => HttpResponse::Forbidden().json(serde_json::json!({ "message": who })),
        Err(fault @ (Error::Db(_) | Error::Internal(_))) => return Err(fault),
        Err(refusal) => {
            HttpResponse::UnprocessableEntity().json(serde_json::json!({ "message": refusal.to_string() }))
        }
    })
}

/// Saves what was posted; gives back the save and how many places could not be read.
pub(super) async fn write(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    posted: FormData,
) -> Result<(draft::Saved, usize), Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    state
        .write(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let mut content = form::parse(&fields(&posted), &open.outline, open.draft.content.clone());
            if let Some(task) = posted.get("go").strip_prefix("log.") {
                let chosen = posted.all("entry");
                let log = queries::work_done(conn, &open.case)?;
                let is_chosen =
                    |e: &&Entry| e.task_id.to_string() == task && chosen.contains(&e.id.to_string());
                work_log::tell(&mut content, log.iter().filter(is_chosen));
            }
            add_halves(conn, &open.case, &open.outline, &mut content, &posted)?;
            let unread = form::problems(&content, &open.outline).0.len();
            let saved = draft::save(conn, &actor, &open, &content, version(&posted, "version"), moment)?;
            Ok((saved, unread))
        })
        .await
}

/// Adds the rest of a year, as typed beside its first half, to that half; by the button also the second half.
fn add_halves(
    conn: &mut Conn,
    case: &Case,
    outline: &Outline,
    content: &mut Content,
    posted: &FormData,
) -> Result<(), Error> {
    let rests = rests(posted);
    let both = posted.get("go") == "sum";
    if case.cycle() == Some(Cycle::Year) && (both || !rests.is_empty()) {
        let past = queries::past(conn, case)?;
        year::fill(content, outline, &past.halves, &rests, both);
    }
    Ok(())
}

/// What was typed for the rest of the year, by indicator.
fn rests(posted: &FormData) -> BTreeMap<String, String> {
    let typed = posted.with_prefix("rest.").filter(|(_, typed)| !typed.trim().is_empty());
    typed.map(|(code, typed)| (code.to_owned(), typed.to_owned())).collect()
}

async fn load(me: &SignedIn, state: &State, id: ReportId) -> Result<Read, Error> {
    let actor = me.actor.clone();
    state
        .read(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let past = queries::past(conn, &open.case)?;
            let past_units = queries::other_units(conn, &open.case, &past)?;
            let holidays = periods::queries::holidays(conn)?;
            let history = queries::transitions(conn, id)?;
            let unlocked = periods::queries::unlocked_until(conn, open.case.obligation.id)?;
            let log = queries::work_done(conn, &open.case)?;
            Ok(Read { open, past, past_units, holidays, unlocked, history, log })
        })
        .await
}

fn view(me: &SignedIn, read: Read, content: &Content, conflict: Option<String>, moment: Moment) -> DraftPage {
    let Open { case, outline, draft, .. } = &read.open;
    let dates = Dates { cycle: case.cycle(), window: case.window(), today: moment.today };
    let mut findings = check(content, outline, &read.past, dates, &content.confirmed);
    if case.is_consolidated() {
        findings.forget_actual_day();
    }
    let mut problems = form::problems(content, outline);
    problems.0.extend(contradictions(content, outline).0);
    let warned = Findings {
        blockers: Vec::new(),
        warnings: findings.open_warnings().filter(|w| !w.is_remark()).cloned().collect(),
    };
    let beside = Beside {
        past: &read.past,
        findings: &warned,
        problems: &problems,
        other: conflict.is_some().then_some(&draft.content),
        typing: true,
    };
    let mut body = Body::new(outline, content, &beside);
    for task in &mut body.tasks {
        let of_task = read.log.iter().filter(|entry| entry.task_id.to_string() == task.id);
        let view = |entry: &Entry| LogLine {
            id: entry.id.to_string(),
            text: work_log::line(entry).trim_start_matches("- ").to_owned(),
            link: entry.link.clone(),
            told: work_log::is_told(content, entry),
        };
        task.log = of_task.map(view).collect();
    }
    body.remarks = Remarks::to_mend(outline, content, true);
    let hides_paper = case.regime.paper_rule == "none" && !case.regime.leader_step && case.behalf.is_none();
    let told = |step: Step| {
        let last = read.history.iter().rev().find(|t| {
            Step::from_code(&t.step)
                .is_some_and(|step| matches!(step, Step::Send | Step::HandBack) || step.asks_correction())
        })?;
        (last.step == step.code()).then(|| {
            let when = date_time(to_local(last.at));
            (format!("{}, {} ({when})", last.actor_name, last.actor_title), last.reason.clone())
        })
    };
    let amendment = read.history.iter().rev().find(|t| t.asks_correction()).filter(|_| case.correcting());
    DraftPage {
        page: me.page(case.title(), Nav::Reports),
        facts: Facts::new(case, &read.holidays, moment.today).with_lock(case, read.unlocked, moment.today),
        version: draft.version,
        saved: draft.saved.as_ref().map(|s| format!("{} bởi {}", date_time(to_local(s.at)), s.name)),
        parts: parts(&body, content, hides_paper),
        body,
        problems,
        warnings: warned.warnings,
        amendment: amendment.map(Asked::of),
        handed_back: told(Step::HandBack),
        conflict,
        past_from: (!read.past_units.is_empty()).then(|| read.past_units.join(", ")),
        levels: Level::ALL.iter().map(|l| (l.code(), l.label())).collect(),
        statuses: TaskStatus::ALL.iter().map(|s| (s.code(), s.words())).collect(),
        platforms: ["Cổng, trang TTĐT", "Facebook", "Zalo", "YouTube", "TikTok", "Khác"],
        paper_rule: case.regime.paper_rule.clone(),
        leader_step: case.regime.leader_step,
        hides_paper,
        lower: read.open.lower.as_ref().map(|lower| {
            let words = format!(
                "bản tổng hợp lần {}, {} ({}/{} đơn vị)",
                lower.number, lower.when, lower.reported, lower.of
            );
            (format!("/editions/{}", lower.id), words)
        }),
        consolidated: case.is_consolidated(),
    }
}

fn parts(body: &Body, content: &Content, no_paper: bool) -> Vec<Part> {
    let counted = |href: &str, name: &str, filled: usize, of: usize| Part {
        href: href.to_owned(),
        name: name.to_owned(),
        words: if filled == of { "Xong".to_owned() } else { format!("{filled}/{of}") },
        tag: if filled == of { "done" } else { "due" },
    };
    let mut parts: Vec<Part> = Vec::new();
    for section in &body.sections {
        let written = !section.text.trim().is_empty();
        parts.push(Part {
            href: format!("#f-section.{}", section.code),
            name: format!("{}. {}", section.label, section.title),
            words: if written { "Xong" } else { "Chưa nhập" }.to_owned(),
            tag: if written {
                "done"
            } else if section.required {
                "due"
            } else {
                ""
            },
        });
    }
    let figures = (body.asked > 0).then(|| counted("#figures", "Số liệu", body.filled, body.asked));
    let tasks = (!body.tasks.is_empty())
        .then(|| counted("#tasks", "Kết quả nhiệm vụ", body.tasks_filled, body.tasks.len()));
    let at = parts.len().min(1);
    parts.splice(at..at, figures.into_iter().chain(tasks));
    for list in &body.lists {
        parts.push(Part {
            href: format!("#list-{}", list.code),
            name: list.title.clone(),
            words: format!("{} dòng", list.filled),
            tag: if list.filled > 0 { "done" } else { "" },
        });
    }
    parts.push(Part {
        href: "#list-evidence".to_owned(),
        name: "Minh chứng".to_owned(),
        words: format!("{} liên kết", body.links_filled),
        tag: if body.links_filled > 0 { "done" } else { "" },
    });
    parts.push(Part {
        href: "#files".to_owned(),
        name: "Tệp đính kèm".to_owned(),
        words: format!("{} tệp", body.files.len()),
        tag: if body.files.is_empty() { "" } else { "done" },
    });
    if !no_paper {
        let known = !content.paper.is_blank();
        parts.push(Part {
            href: "#paper".to_owned(),
            name: "Văn bản đã ký".to_owned(),
            words: if known { content.paper.reference() } else { "Chưa nhập".to_owned() },
            tag: if known { "done" } else { "" },
        });
    }
    parts
}
