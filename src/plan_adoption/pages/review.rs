//! `/plan-uploads/{id}`: the document with its lines beside what would be made of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Desk, adopted_already, compared, desk, open_desk};
use crate::calendar::to_local;
use crate::db::ids::PlanUploadId;
use crate::error::Error;
use crate::plan_adoption::draft::{BasisItem, DutyItem};
use crate::plan_adoption::marks::{Line, lines, place, sure_words};
use crate::plan_adoption::outcome::{Fault, Outcome, weigh};
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::regimes_made::{self, RegimeMade};
use crate::plan_adoption::{UploadState, amend, form, holders, queries, settle};
use crate::plan_reader::Sure;
use crate::plans::form::PlanForm;
use crate::plans::{PLAN_KINDS, Part, shortened};
use crate::vietnamese::{date_time, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

/// Letters of a text shown without unfolding it.
const SHOWN: usize = 260;

/// How sure an item is, and where it stands.
struct Mark {
    sure: Sure,
    place: String,
    first: usize,
}

impl Mark {
    fn of(sure: Sure, lines: &[usize]) -> Mark {
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

struct DutyView {
    item: DutyItem,
    text: String,
    cycle: String,
    due: String,
    who: String,
    /// What is opened, or what comes next.
    next: String,
    regime: String,
    mark: Mark,
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
    if what == "all" {
        let left =
            state.write(move |conn| settle::take_all(conn, &actor, (id, seen), choices, moment)).await?;
        let words = match left {
            0 => "Đã nhận tất cả, kể cả chỗ chưa rõ. Xem lại rồi lập kế hoạch.".to_owned(),
            left => format!(
                "Đã nhận tất cả, kể cả chỗ chưa rõ; {left} chỗ chưa đủ thông tin nên chưa nhận, bấm Sửa ở chỗ đó để bổ sung."
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
    desk.outcome = weigh(&desk.draft, &desk.ground);
    let text = state.read(move |conn| Ok(queries::text(conn, id)?)).await?;
    render_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(me.page("Rà soát văn bản", Nav::Plans), desk, &text),
    )
}

fn faults_of(outcome: &Outcome, anchor: &str) -> Vec<String> {
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
    let clauses: Vec<ClauseView> = desk.draft.clauses.iter().map(|item| clause_view(&desk, item)).collect();
    let duties: Vec<DutyView> = desk.draft.duties.iter().map(|item| duty_view(&desk, item)).collect();
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
        kinds: &PLAN_KINDS,
        guessed: desk.draft.guessed,
        facts: desk.draft.facts,
        row: desk.row,
        outcome: desk.outcome,
    }
}

fn clause_view(desk: &Desk, item: &crate::plan_adoption::draft::ClauseItem) -> ClauseView {
    // As it would stand: paragraphs that are tasks stand below.
    let made = desk.outcome.clauses.iter().find(|(key, ..)| *key == item.key);
    let (body, whole) = cut(made.map_or(item.body.as_str(), |(.., facts)| facts.body.as_str()));
    ClauseView {
        key: item.key,
        taken: item.taken,
        kept: desk.draft.is_kept(item.key),
        path: desk.draft.path(item.key),
        title: item.title.clone(),
        body,
        whole,
        mark: Mark::of(item.sure, &item.lines),
        tasks: desk
            .draft
            .tasks
            .iter()
            .filter(|task| task.clause == item.key)
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
        desk.outcome.asked.iter().any(|asked| asked.key == crate::plan_adoption::naming::key(name))
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

fn duty_view(desk: &Desk, item: &DutyItem) -> DutyView {
    let made = desk.outcome.regimes.iter().find(|regime| regime.duties.contains(&item.key));
    let plans = regimes_made::plans(item, crate::calendar::Preset::Nd09).unwrap_or_default();
    let rows: Vec<_> = plans.iter().map(crate::regimes::CyclePlan::row).collect();
    let cycle = match item.cycle.as_str() {
        "" => "chưa nêu chu kỳ".to_owned(),
        "quarter" => "Hằng quý".to_owned(),
        "month" => "Hằng tháng".to_owned(),
        _ => rows.first().map(crate::periods::RegimeCycle::name).unwrap_or_else(|| "chưa rõ".to_owned()),
    };
    let due = match (item.rule.as_str(), item.cycle.as_str()) {
        ("before", "once") => format!("trước ngày {}", item.when),
        ("by", "once") => format!("chậm nhất ngày {}", item.when),
        ("before", "quarter" | "month") => format!("trước ngày {} của tháng cuối kỳ", item.when),
        ("by", "quarter" | "month") => format!("chậm nhất ngày {} của tháng cuối kỳ", item.when),
        _ => rows.first().map(crate::periods::RegimeCycle::due_words).unwrap_or_default(),
    };
    DutyView {
        text: shortened(&item.text, SHOWN),
        cycle,
        due,
        who: who(desk, made),
        next: made.map(|made| next(made, item)).unwrap_or_default(),
        regime: regime(desk, item),
        mark: Mark::of(item.sure, &item.lines),
        faults: faults_of(&desk.outcome, &format!("duty-{}", item.key)),
        item: item.clone(),
    }
}

/// "Sở, cơ quan chuyên môn … (18 đơn vị); …": who would report today.
pub(super) fn who(desk: &Desk, made: Option<&RegimeMade>) -> String {
    let Some(made) = made else { return String::new() };
    let mut words: Vec<String> = Vec::new();
    for kind in &made.charter.kinds {
        let of: Vec<&str> = desk
            .ground
            .now
            .iter()
            .filter(|unit| unit.kind_code == *kind && made.units.contains(&unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        words.push(match of.as_slice() {
            few if few.len() <= 3 => few.join(", "),
            many => format!("{} ({} đơn vị)", desk.ground.kind_name(kind), many.len()),
        });
    }
    words.join("; ")
}

fn next(made: &RegimeMade, item: &DutyItem) -> String {
    let is_of = |period: &&crate::periods::NewPeriod| {
        let plans = regimes_made::plans(item, crate::calendar::Preset::Nd09).unwrap_or_default();
        plans.iter().any(|plan| plan.cycle == period.cycle)
    };
    match (made.periods.iter().find(is_of), made.ahead.iter().find(is_of)) {
        (Some(period), _) => format!("mở ngay kỳ “{}”, {}", period.label, period.due.text()),
        (None, Some(period)) => {
            format!("chưa mở kỳ; kỳ tới “{}”, {}", period.label, period.due.text())
        }
        (None, None) => "chưa mở kỳ nào: chưa ấn định ngày".to_owned(),
    }
}

fn regime(desk: &Desk, item: &DutyItem) -> String {
    match item.regime.split_once(':') {
        Some(("with", _)) => "cùng chế độ với nghĩa vụ trên".to_owned(),
        Some(("regime", id)) => {
            let known = desk.ground.regimes.iter().find(|(known, _)| known.to_string() == id);
            format!("theo chế độ đã có “{}”", known.map_or("", |(_, name)| name.as_str()))
        }
        _ => format!("lập chế độ “{}”", item.name),
    }
}
