//! `/plan-uploads/{id}`: the document with its lines beside what would be made of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::duty_view::{DutyView, duty_view};
use super::{Desk, adopted_already, compared, desk, open_desk, weighed};
use crate::calendar::to_local;
use crate::db::ids::PlanUploadId;
use crate::error::Error;
use crate::plan_adoption::add::{New, begin};
use crate::plan_adoption::draft::BasisItem;
use crate::plan_adoption::lacking::lacking;
use crate::plan_adoption::marks::{Line, lines, place, sure_words};
use crate::plan_adoption::origin::{ahead_of_today, of_another_province};
use crate::plan_adoption::outcome::{Fault, Outcome};
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::unreported::{Unreported, unreported};
use crate::plan_adoption::{UploadState, amend, form, holders, queries, settle};
use crate::plan_reader::Sure;
use crate::plans::form::PlanForm;
use crate::plans::{PLAN_KINDS, Part, shortened};
use crate::vietnamese::{capital, date_time, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

/// Letters of a text shown without unfolding it.
pub(super) const SHOWN: usize = 260;

/// How sure an item is, and where it stands.
pub(super) struct Mark {
    sure: Sure,
    place: String,
    first: usize,
}

impl Mark {
    pub(super) fn of(sure: Sure, lines: &[usize]) -> Mark {
        Mark { sure, place: place(lines), first: lines.first().copied().unwrap_or_default() }
    }

    fn words(&self) -> &'static str {
        sure_words(self.sure)
    }

    fn is_guess(&self) -> bool {
        self.sure == Sure::Guess
    }
}

struct TaskView {
    key: u32,
    taken: bool,
    text: String,
    /// All of it, where it was shortened.
    whole: String,
    lead: Vec<String>,
    cooperating: Vec<String>,
    request: bool,
    /// Names nobody knows yet.
    unknown: Vec<String>,
    target: String,
    due_on: String,
    mark: Mark,
    faults: Vec<String>,
}

struct ClauseView {
    key: u32,
    taken: bool,
    kept: bool,
    path: String,
    title: String,
    body: String,
    whole: String,
    mark: Mark,
    tasks: Vec<TaskView>,
    faults: Vec<String>,
}

struct BasisView {
    item: BasisItem,
    known: bool,
    mark: Mark,
    faults: Vec<String>,
}

#[derive(Template)]
#[template(path = "plan_adoption/review.html")]
struct ReviewPage {
    page: Page,
    row: UploadRow,
    uploaded: String,
    lines: Vec<Line>,
    unread: usize,
    facts: PlanForm,
    guessed: Vec<String>,
    kinds: &'static [(&'static str, &'static str)],
    bases: Vec<BasisView>,
    clauses: Vec<ClauseView>,
    duties: Vec<DutyView>,
    day: String,
    tasks: usize,
    unclear: usize,
    /// A plan that was made of it, in words.
    same: Option<(crate::db::ids::PlanId, String)>,
    /// It says it is another province's.
    stranger: Option<String>,
    ahead_of_today: Option<String>,
    unreported: Unreported,
    /// What is not taken and cannot be as it stands.
    lacks: Vec<Fault>,
    another: bool,
    /// Of the facts.
    faults: Vec<Fault>,
    outcome: Outcome,
}

impl ReviewPage {
    fn is_other_kind(&self) -> bool {
        !self.facts.kind.is_empty() && self.kinds.iter().all(|(code, _)| *code != self.facts.kind)
    }

    fn is_guessed(&self, field: &str) -> bool {
        self.guessed.iter().any(|name| name == field)
    }

    /// What an item that is not taken lacks, without the words that say which item it is.
    fn lack(&self, kind: &str, key: &u32) -> Option<String> {
        let anchor = format!("{kind}-{key}");
        let lack = self.lacks.iter().find(|lack| lack.anchor == anchor)?;
        Some(capital(lack.words.split_once("”: ").map_or(lack.words.as_str(), |(_, words)| words)))
    }

    fn at(&self, field: &str) -> Option<&str> {
        let id = format!("f-{field}");
        self.faults.iter().find(|fault| fault.anchor == id).map(|fault| fault.words.as_str())
    }
}

/// `GET /plan-uploads/{id}`: the review; of one that is compared the comparison; one that was adopted leads to its plan.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn review(me: SignedIn, state: State, id: web::Path<PlanUploadId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let desk = desk(&state, &me, id).await?;
    match desk.row.state() {
        UploadState::Adopted => return Ok(adopted_already(&desk.row)),
        UploadState::Compared => return compared::page(&me, &state, desk).await,
        UploadState::Open => {}
    }
    let text = state.read(move |conn| Ok(queries::text(conn, id)?)).await?;
    render(&view(me.page("Rà soát văn bản", Nav::Plans), desk, &text))
}

/// `POST /plan-uploads/{id}`: what was typed and ticked is kept; by another button everything is taken, or the last page follows.
///
/// # Errors
/// As [`settle::change`].
pub async fn save_review(
    posted: Posted,
    state: State,
    id: web::Path<PlanUploadId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, seen, choices, actor) =
        (id.into_inner(), form::version(&form), form::choices(&form), me.actor.clone());
    let (what, moment) = (form.line("do"), state.clock.moment());
    if !choices.facts.too_long().is_empty() {
        return shown_again(&me, &state, id, choices).await;
    }
    if let Some(new) = New::of_button(&what) {
        let key = state
            .write(move |conn| {
                let mut key = 0;
                settle::change(conn, &actor, (id, seen), |draft| {
                    amend::choose(draft, choices);
                    key = begin(draft, new)?;
                    Ok(())
                })?;
                Ok(key)
            })
            .await?;
        return Ok(redirect(&format!("/plan-uploads/{id}/{}/{key}", new.place())));
    }
    if what == "open" {
        let first = form::first(&form);
        let open = move |draft: &mut crate::plan_adoption::draft::Draft| {
            amend::open_first(draft, &first);
            Ok(())
        };
        state.write(move |conn| settle::change(conn, &actor, (id, seen), open)).await?;
        return Ok(redirect(&format!("/plan-uploads/{id}/adoption")));
    }
    if what == "all" {
        let left =
            state.write(move |conn| settle::take_all(conn, &actor, (id, seen), choices, moment)).await?;
        let words = match left {
            0 => "Đã nhận tất cả, kể cả chỗ chưa rõ. Xem lại rồi lập kế hoạch.".to_owned(),
            left => format!(
                "Đã nhận tất cả, kể cả chỗ chưa rõ; {left} chỗ chưa đủ thông tin nên chưa nhận, xem danh sách dưới đây."
            ),
        };
        return Ok(redirect_with(&format!("/plan-uploads/{id}"), words));
    }
    state
        .write(move |conn| {
            settle::change(conn, &actor, (id, seen), |draft| {
                amend::choose(draft, choices);
                Ok(())
            })
        })
        .await?;
    Ok(match what.as_str() {
        "next" => redirect(&format!("/plan-uploads/{id}/adoption")),
        "names" => redirect(&format!("/plan-uploads/{id}/names")),
        _ => redirect_with(&format!("/plan-uploads/{id}"), "Đã lưu."),
    })
}

/// The review as it was typed, nothing kept: a field is longer than it may be.
async fn shown_again(
    me: &SignedIn,
    state: &State,
    id: PlanUploadId,
    choices: amend::Choices,
) -> Result<HttpResponse, Error> {
    let mut desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    amend::choose(&mut desk.draft, choices);
    let desk = weighed(state, desk).await?;
    let text = state.read(move |conn| Ok(queries::text(conn, id)?)).await?;
    render_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(me.page("Rà soát văn bản", Nav::Plans), desk, &text),
    )
}

pub(super) fn faults_of(outcome: &Outcome, anchor: &str) -> Vec<String> {
    outcome.faults.iter().filter(|fault| fault.anchor == anchor).map(|fault| fault.words.clone()).collect()
}

/// The beginning, and all of it where something was left out.
fn cut(text: &str) -> (String, String) {
    let short = shortened(text, SHOWN);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if short == line && !text.trim().contains('\n') {
        (short, String::new())
    } else {
        (short, text.trim().to_owned())
    }
}

fn view(page: Page, desk: Desk, text: &str) -> ReviewPage {
    let lines = lines(text, &desk.draft);
    let kept = desk.draft.kept();
    let clauses: Vec<ClauseView> = desk
        .draft
        .clauses
        .iter()
        .filter(|item| !item.is_blank())
        .map(|item| clause_view(&desk, item, kept.contains(&item.key)))
        .collect();
    let duties: Vec<DutyView> =
        desk.draft.duties.iter().filter(|item| !item.is_blank()).map(|item| duty_view(&desk, item)).collect();
    let bases = desk.draft.bases.iter().map(|item| BasisView {
        known: desk.ground.bases.iter().any(|basis| !item.number.is_empty() && basis.number == item.number),
        mark: Mark::of(item.sure, &item.lines),
        faults: faults_of(&desk.outcome, &format!("basis-{}", item.key)),
        item: item.clone(),
    });
    let unclear = clauses.iter().filter(|c| c.mark.is_guess() && !c.kept).count()
        + clauses.iter().flat_map(|c| &c.tasks).filter(|t| t.mark.is_guess() && !t.taken).count()
        + desk.draft.duties.iter().filter(|d| !d.taken).count();
    ReviewPage {
        page,
        stranger: of_another_province(&desk.draft.facts, &desk.ground.province_name),
        ahead_of_today: ahead_of_today(&desk.ground),
        unreported: unreported(&desk.outcome, &desk.ground),
        lacks: lacking(&desk.draft, &desk.ground),
        uploaded: format!(
            "{}, {} tải lên lúc {}",
            desk.row.size_words(),
            desk.row.adder_name,
            date_time(to_local(desk.row.uploaded_at))
        ),
        unread: lines.iter().filter(|line| line.role == crate::plan_reader::Role::Unread).count(),
        lines,
        bases: bases.collect(),
        tasks: desk.draft.tasks.len(),
        clauses,
        duties,
        unclear,
        day: short_date(desk.ground.day),
        faults: desk.outcome.faults.iter().filter(|fault| fault.anchor.starts_with("f-")).cloned().collect(),
        same: desk.ground.same_as(&desk.draft).map(|plan| (plan.id, plan.document_label())),
        another: desk.draft.another,
        kinds: &PLAN_KINDS,
        guessed: desk.draft.guessed,
        facts: desk.draft.facts,
        row: desk.row,
        outcome: desk.outcome,
    }
}

fn clause_view(desk: &Desk, item: &crate::plan_adoption::draft::ClauseItem, kept: bool) -> ClauseView {
    // As it would stand: paragraphs that are tasks stand below.
    let made = desk.outcome.clauses.iter().find(|(key, ..)| *key == item.key);
    let (body, whole) = cut(made.map_or(item.body.as_str(), |(.., facts)| facts.body.as_str()));
    ClauseView {
        key: item.key,
        taken: item.taken,
        kept,
        path: desk.draft.path(item.key),
        title: item.title.clone(),
        body,
        whole,
        mark: Mark::of(item.sure, &item.lines),
        tasks: desk
            .draft
            .tasks
            .iter()
            .filter(|task| task.clause == item.key && !task.is_blank())
            .map(|t| task_view(desk, t))
            .collect(),
        faults: faults_of(&desk.outcome, &format!("clause-{}", item.key)),
    }
}

fn task_view(desk: &Desk, item: &crate::plan_adoption::draft::TaskItem) -> TaskView {
    let rows = holders::rows(&desk.draft, &desk.ground, item);
    let of = |part: Part| -> Vec<String> {
        let rows = rows.iter().filter(|row| row.part == part.code());
        rows.map(|row| holders::words(&desk.ground, &row.who)).filter(|words| !words.is_empty()).collect()
    };
    let names = item.lead.iter().chain(&item.cooperating).filter(|_| item.rows.is_none());
    let unknown = names.filter(|name| {
        let key = crate::plan_adoption::naming::key(name);
        desk.outcome.asked.iter().any(|asked| asked.key == key)
    });
    let (text, whole) = cut(&item.text);
    TaskView {
        key: item.key,
        taken: item.taken,
        text,
        whole,
        lead: of(Part::Lead),
        cooperating: of(Part::Cooperating),
        request: item.mode == "request",
        unknown: unknown.cloned().collect(),
        target: item.target.clone(),
        due_on: item.due_on.clone(),
        mark: Mark::of(item.sure, &item.lines),
        faults: faults_of(&desk.outcome, &format!("task-{}", item.key)),
    }
}
