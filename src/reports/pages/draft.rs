//! `/reports/{id}/draft`: the page on which a report is typed. It says who else has it open, and holds again what was
//! typed when a session had ended. Saving is in `saving`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::body::{Beside, Body, LogLine};
use super::facts::Facts;
use super::paper::writable;
use super::remarks::Remarks;
use super::saving::{posted_to, presence_words};
use super::standing::{Part, parts};
use super::workbooks::{UploadView, has_workbook};
use super::{Asked, fields, version};
use crate::brought::queries::DocumentRow;
use crate::brought::{self, Kind};
use crate::calendar::{Holidays, Moment, to_local};
use crate::db::ids::{PersonId, ReportId};
use crate::error::{Error, Problems};
use crate::evidence::Platform;
use crate::people::kept_form::{self, KeptForm};
use crate::periods;
use crate::plans::queries::Entry;
use crate::prose_reports::ProseReport;
use crate::reports::check::{Dates, check, contradictions};
use crate::reports::draft::{self, Open};
use crate::reports::finding::{Finding, Findings};
use crate::reports::paper_duty::file_is_due;
use crate::reports::presence::Presence;
use crate::reports::queries::{self, Transition, UploadRow};
use crate::reports::signed::Signers;
use crate::reports::year::rest_field;
use crate::reports::{Case, Content, Outline, Past, Step, TaskStatus, form, settle, work_log};
use crate::vietnamese::{Level, date_time, short_date};
use crate::web::{FormData, Nav, Page, SignedIn, State, redirect, render, render_status};

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
    /// Who else has the draft open, and since when.
    here: String,
    /// The page holds what was posted when the session had ended, and when; it is not saved yet.
    restored: Option<String>,
    /// Fields this person and another both changed, still to be decided.
    clashes: i64,
    /// Whose page it is: what the browser keeps is given back to the same person only.
    owner: PersonId,
    /// Predecessors whose figures stand in the earlier columns.
    past_from: Option<String>,
    levels: Vec<(&'static str, &'static str)>,
    statuses: Vec<(&'static str, &'static str)>,
    platforms: Vec<&'static str>,
    paper_rule: String,
    /// The signed file must go with the sending.
    file_due: bool,
    leader_step: bool,
    /// Neither the regime nor its leader's step asks for a signed paper.
    hides_paper: bool,
    /// Its Word file can be had as the copy that goes to be signed.
    to_sign: bool,
    /// The edition a consolidated report takes its figures from.
    lower: Option<(String, String)>,
    consolidated: bool,
    /// A plan of the unit's own may be brought.
    takes_plan: bool,
    /// The report can be filled in Excel.
    has_workbook: bool,
    /// Workbooks handed in and not applied yet.
    workbooks: Vec<UploadView>,
    /// Documents brought and not written into it yet: number, name, who and when.
    papers: Vec<(String, String, String)>,
}

/// What the page reads from the database.
struct Read {
    open: Open,
    signers: Signers,
    past: Past,
    past_units: Vec<String>,
    holidays: Holidays,
    unlocked: Option<NaiveDate>,
    history: Vec<Transition>,
    log: Vec<Entry>,
    clashes: i64,
    /// What was posted when the session had ended.
    kept: Option<KeptForm>,
    uploads: Vec<UploadRow>,
    papers: Vec<DocumentRow>,
}

/// `?saved=1`: the draft as saved, whatever is kept beside it.
#[derive(Deserialize)]
pub struct Which {
    saved: Option<String>,
}

/// `GET /reports/{id}/draft`
///
/// # Errors
/// 404 outside the unit.
pub async fn draft(
    me: SignedIn,
    state: State,
    here: web::Data<Presence>,
    path: web::Path<ReportId>,
    which: web::Query<Which>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let mut read = match load(&me, &state, id).await {
        Err(Error::Refused(words)) => return super::being_typed::page(&me, &state, id, words).await,
        read => read?,
    };
    if !read.open.case.is_typed() {
        return Ok(redirect(&format!("/reports/{id}")));
    }
    let moment = state.clock.moment();
    let others = here.enter(id, me.actor.person_id, &me.actor.full_name, moment.at);
    let kept = read.kept.take().filter(|_| which.saved.is_none());
    let mut content = read.open.draft.content.clone();
    if let Some(kept) = &kept {
        let typed = FormData::new(kept.pairs.clone());
        content = form::parse(&fields(&typed), &read.open.outline, content);
        // Saved over the version it was typed from: what others wrote since is merged, not written over.
        read.open.draft.version = version(&typed, "version");
    }
    let mut page = view(&me, read, &content, moment);
    if let Some(kept) = &kept {
        page.put_rests(&FormData::new(kept.pairs.clone()), &Problems::default());
    }
    page.here = presence_words(&others);
    page.restored = kept.map(|kept| date_time(to_local(kept.at)));
    render(&page)
}

/// The page with everything that was typed and what is to be mended at its field; 422.
///
/// # Errors
/// As [`draft`].
pub(super) async fn to_mend(
    me: &SignedIn,
    posted: &FormData,
    state: &State,
    id: ReportId,
) -> Result<HttpResponse, Error> {
    let mut read = load(me, state, id).await?;
    let typed = form::parse(&fields(posted), &read.open.outline, read.open.draft.content.clone());
    read.open.draft.version = version(posted, "version");
    let mut page = view(me, read, &typed, state.clock.moment());
    page.put_rests(posted, &Problems::default());
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The page of a draft that was just saved, with what was typed for the rest of a year and could not be added still in
/// its inputs; 422.
///
/// # Errors
/// As [`draft`].
pub(super) async fn rests_left(
    me: &SignedIn,
    posted: &FormData,
    state: &State,
    id: ReportId,
    left: Problems,
) -> Result<HttpResponse, Error> {
    let read = load(me, state, id).await?;
    let content = read.open.draft.content.clone();
    let mut page = view(me, read, &content, state.clock.moment());
    page.put_rests(posted, &left);
    page.problems.0.extend(left.0);
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl DraftPage {
    /// Puts back what was posted for the rest of a year, beside why it was not added. What was added is used up.
    fn put_rests(&mut self, posted: &FormData, left: &Problems) {
        for line in self.body.groups.iter_mut().flat_map(|group| &mut group.lines) {
            let field = rest_field(&line.code);
            line.rest_error = left.at(&field).map(str::to_owned);
            if left.is_empty() || line.rest_error.is_some() {
                posted.get(&field).clone_into(&mut line.rest);
            }
        }
    }
}

async fn load(me: &SignedIn, state: &State, id: ReportId) -> Result<Read, Error> {
    let (actor, now, today) = (me.actor.clone(), state.clock.now_utc(), state.clock.today());
    state
        .read(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let signers = Signers::of(conn, &open.case, today)?;
            let [page, script] = posted_to(id);
            let kept = kept_form::newest(conn, actor.person_id, &[&page, &script], now)?;
            let clashes = queries::open_clashes(conn, id, settle::whose(&actor, today))?;
            let past = queries::past(conn, &open.case)?;
            let past_units = queries::other_units(conn, &open.case, &past)?;
            let holidays = periods::queries::holidays(conn)?;
            let history = queries::transitions(conn, id)?;
            let unlocked = periods::queries::unlocked_until(conn, open.case.obligation.id)?;
            let log = queries::work_done(conn, &open.case)?;
            let uploads = queries::workbook_uploads_of(conn, id)?;
            let papers =
                brought::queries::of_report(conn, id, ProseReport::ABOUT, open.case.behalf.is_some())?;
            Ok(Read {
                open,
                signers,
                past,
                past_units,
                holidays,
                unlocked,
                history,
                log,
                clashes,
                kept,
                uploads,
                papers,
            })
        })
        .await
}

/// A content as the page shows it, with what is to be mended and looked at.
pub(super) struct Looked {
    pub body: Body,
    pub problems: Problems,
    pub warnings: Vec<Finding>,
}

pub(super) fn look(
    case: &Case,
    outline: &Outline,
    past: &Past,
    content: &Content,
    today: NaiveDate,
) -> Looked {
    let dates = Dates { cycle: case.cycle(), window: case.window(), today };
    let mut findings = check(content, outline, past, dates, &content.confirmed);
    if case.is_consolidated() {
        findings.forget_actual_day();
    }
    let mut problems = form::problems(content, outline);
    problems.0.extend(contradictions(content, outline).0);
    let warned = Findings {
        blockers: Vec::new(),
        // Of what is still blank the page before sending asks: here it is being typed.
        warnings: findings
            .open_warnings()
            .filter(|w| !w.is_remark() && !w.is_about_a_blank())
            .cloned()
            .collect(),
    };
    let beside = Beside { past, findings: &warned, problems: &problems, other: None, typing: true };
    let body = Body::new(outline, content, &beside);
    Looked { body, problems, warnings: warned.warnings }
}

/// Whether neither the regime nor its leader's step asks for a signed paper.
pub(super) fn hides_paper(case: &Case) -> bool {
    case.regime.paper_rule == "none" && !case.regime.leader_step && case.behalf.is_none()
}

fn view(me: &SignedIn, read: Read, content: &Content, moment: Moment) -> DraftPage {
    let Open { case, outline, draft, .. } = &read.open;
    let content = &Content { paper: read.signers.shown(content.paper.clone()), ..content.clone() };
    let Looked { mut body, problems, warnings } = look(case, outline, &read.past, content, moment.today);
    let line = |entry: &Entry| LogLine {
        id: entry.id.to_string(),
        text: work_log::line(entry).trim_start_matches("- ").to_owned(),
        link: entry.link.clone(),
        told: work_log::is_told(content, entry),
    };
    for task in &mut body.tasks {
        let of_task = read.log.iter().filter(|entry| entry.task_id.to_string() == task.id);
        task.log = of_task.map(line).collect();
    }
    for log in body.groups.iter_mut().flat_map(|group| &mut group.lines).filter_map(|of| of.log.as_mut()) {
        let behind = read.log.iter().filter(|entry| entry.indicator_id == Some(log.indicator));
        log.proofs = work_log::unproved(content, behind).into_iter().map(line).collect();
    }
    body.remarks = Remarks::to_mend(outline, content, true);
    body.log_at = log_at(me, case);
    let hides_paper = hides_paper(case);
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
        facts: Facts::new(case, &read.holidays, moment).with_lock(case, read.unlocked, moment.today),
        version: draft.version,
        saved: draft.saved.as_ref().map(|s| format!("{} bởi {}", date_time(to_local(s.at)), s.name)),
        parts: parts(&body, content, hides_paper),
        body,
        problems,
        warnings,
        amendment: amendment.map(Asked::of),
        handed_back: told(Step::HandBack),
        here: String::new(),
        restored: None,
        clashes: read.clashes,
        owner: me.actor.person_id,
        past_from: (!read.past_units.is_empty()).then(|| read.past_units.join(", ")),
        levels: Level::ALL.iter().map(|l| (l.code(), l.label())).collect(),
        statuses: TaskStatus::ALL.iter().map(|s| (s.code(), s.words())).collect(),
        platforms: Platform::ALL.iter().map(|platform| platform.words()).collect(),
        paper_rule: case.regime.paper_rule.clone(),
        file_due: file_is_due(case),
        leader_step: case.regime.leader_step,
        hides_paper,
        to_sign: writable(case, &content.paper),
        lower: read.open.lower.as_ref().map(|lower| {
            let words = format!(
                "bản tổng hợp lần {}, {} ({}/{} đơn vị)",
                lower.number, lower.when, lower.reported, lower.of
            );
            (format!("/editions/{}", lower.id), words)
        }),
        consolidated: case.is_consolidated(),
        takes_plan: read.open.case.is_document() && !read.open.case.is_consolidated(),
        has_workbook: has_workbook(&read.open),
        workbooks: UploadView::waiting(&read.uploads, &read.history),
        papers: read.papers.iter().filter(|row| row.applied_at.is_none()).map(paper).collect(),
    }
}

/// A document that waits to be looked at.
fn paper(row: &DocumentRow) -> (String, String, String) {
    let when = date_time(to_local(row.uploaded_at));
    let what = format!("{}, {} tải lên lúc {when}", row.size_words(), row.adder_name);
    (row.id.to_string(), row.file_name.clone(), what)
}

/// Where the entries behind the sums of the log are read, up to the indicator; who types for a unit reads them as its collector.
fn log_at(me: &SignedIn, case: &Case) -> String {
    let Some(window) = case.window() else { return String::new() };
    if case.is_typist(&me.actor) {
        return format!("/periods/{}/evidence?unit={}&indicator=", case.period.id, case.obligation.unit_id);
    }
    format!("/evidence?from={}&to={}&indicator=", short_date(window.from), short_date(window.to))
}
