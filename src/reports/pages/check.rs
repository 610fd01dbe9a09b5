//! `/reports/{id}/check`: check your answers before they leave the unit, and the sending itself.

use std::collections::{BTreeSet, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::body::{Beside, Body};
use super::facts::Facts;
use super::remarks::{Remarks, unmended};
use super::steps::settled;
use super::{confirmed, fields, version};
use crate::access::Action;
use crate::calendar::{Holidays, Moment, to_local};
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::reports::behalf::source;
use crate::reports::check::{Dates, check as check_content};
use crate::reports::difference::Difference;
use crate::reports::draft::{self, Open};
use crate::reports::finding::{Finding, Findings};
use crate::reports::leader::{NOBODY, is_led};
use crate::reports::open_plans::{self, OpenPlan};
use crate::reports::paper_duty::file_is_due;
use crate::reports::queries::{Sent, Transition};
use crate::reports::recipients::{self, may_name};
use crate::reports::signed::{self, Reused, Signers};
use crate::reports::submit::{self, AGREED, Sending, Signed, paper_is_due, submit as send};
use crate::reports::{Case, Paper, Past, ReportState, Step, form, level, queries, settle};
use crate::vietnamese::date_time;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect, render, render_status};

#[derive(Template)]
#[template(path = "reports/check.html")]
struct CheckPage {
    page: Page,
    facts: Facts,
    version: i32,
    draft_version: i32,
    body: Body,
    findings: Findings,
    /// Keys ticked on this page or before.
    ticked: BTreeSet<String>,
    problems: Problems,
    paper: Paper,
    with_leader: bool,
    /// The actor approves as the unit's leader.
    leader: bool,
    /// The officer may ask for the leader's approval here.
    asks_leader: bool,
    /// Somebody leads the unit here and could approve it.
    is_led: bool,
    paper_due: bool,
    paper_rule: String,
    /// The signed file must go with the sending.
    file_due: bool,
    reason: String,
    sections_filled: (usize, usize),
    is_correction: bool,
    /// Who passed it to the leader, and when.
    passed_by: Option<String>,
    /// Places this person and another both typed, which wait for a choice.
    clashes: i64,
    /// The paper on this page went with an earlier sending of other content: the key to tick.
    reused: Option<Reused>,
    /// The one before, so that nobody looks for it: "lần gửi 1: số 78/BC-SKHCN, ngày 09/6/2025".
    earlier_paper: Option<String>,
    /// The number of the sending it is held against, and how many places differ.
    compared: Option<i32>,
    changed: usize,
    /// Ticked as mended, though nothing changed there: where it is on the draft's page, and what it is called.
    unmended: Vec<(String, String)>,
    /// What the unit answers to remarks, by the fields of their findings.
    answers: HashMap<String, String>,
    /// Why the unit's leader handed it back before, and when.
    returned: Option<(String, String)>,
    /// What the paper leaves open because nobody has entered it, and whom to ask.
    open_plans: Vec<String>,
    /// Where the part of the unit that drafts is entered, while its paper says "Lưu: VT" alone and the actor may enter it.
    drafter_at: Option<String>,
}

impl CheckPage {
    fn answer(&self, finding: &Finding) -> &str {
        self.answers.get(&finding.field).map_or("", String::as_str)
    }
}

struct Read {
    open: Open,
    is_led: bool,
    signers: Signers,
    reused: Option<Reused>,
    past: Past,
    holidays: Holidays,
    unlocked: Option<NaiveDate>,
    history: Vec<Transition>,
    clashes: i64,
    /// The last sending, which a correction is held against.
    before: Option<Sent>,
    open_plans: Vec<OpenPlan>,
    /// The paper says which part of the unit drafts it.
    has_drafter: bool,
}

/// What somebody typed on this page before it was refused.
#[derive(Default)]
pub(super) struct Typed {
    pub confirmed: BTreeSet<String>,
    pub paper: Option<Paper>,
    pub reason: String,
    pub problems: Problems,
    /// Something was refused: say which warnings still want a tick.
    pub refused: bool,
}

/// `GET /reports/{id}/check`
///
/// # Errors
/// 404 outside the unit.
pub async fn check(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let read = load(&me, &state, id, None).await?;
    if matches!(read.open.case.state(), ReportState::Sent | ReportState::Received) {
        return Ok(redirect(&format!("/reports/{id}")));
    }
    render(&view(&me, read, Typed::default(), state.clock.moment()))
}

/// `POST /reports/{id}/submission`
///
/// # Errors
/// As [`send`]; what is to be mended comes back on the page.
pub async fn submit(posted: Posted, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let form = posted.form.clone();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let sent = state
        .write(move |conn| {
            let sending = Sending {
                version: version(&form, "version"),
                draft: version(&form, "draft"),
                confirmed: confirmed(&form),
                paper: Signed::Typed(fields(&form)),
            };
            send(conn, &actor, id, &sending, moment)
        })
        .await;
    let seen = version(&posted.form, "version");
    match settled((&posted.me, &state), id, (Step::Send, seen), sent, |case: Case| case.report.last_revision)
        .await
    {
        Ok(number) => Ok(redirect(&format!("/reports/{id}/confirmation/{number}"))),
        Err(Error::Invalid(problems)) => {
            let typed = typed(&posted.form, problems);
            again(&posted.me, &state, id, typed).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /reports/{id}/check`: keeps what was ticked and typed here, and goes to the place in the draft to be mended.
///
/// # Errors
/// As [`draft::save`].
pub async fn keep_ticks(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let place: String =
        posted.form.get("go").chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let (actor, moment, form) = (posted.me.actor.clone(), state.clock.moment(), posted.form.clone());
    state
        .write(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let seen = version(&form, "draft");
            if seen != open.draft.version {
                return Err(draft::conflict(&open.draft));
            }
            let mut content = open.draft.content.clone();
            // A tick taken away is taken away; those of warnings that are no more stay with the figures they name.
            for warning in submit::findings(conn, &open, moment)?.warnings {
                content.confirmed.remove(&warning.key);
            }
            content.confirmed.extend(confirmed(&form));
            if form.has("doc_number") {
                content.paper = form::paper(&fields(&form), content.paper);
            }
            draft::save(conn, &actor, &open, &content, seen, moment)?;
            Ok(())
        })
        .await?;
    Ok(redirect(&match place.as_str() {
        "" => format!("/reports/{id}/check"),
        "draft" => format!("/reports/{id}/draft"),
        "files.signed" => format!("/reports/{id}/attachments?for=signed"),
        place => format!("/reports/{id}/draft#{place}"),
    }))
}

/// What was posted from this page, to be shown again with what is to be mended.
pub(super) fn typed(form: &FormData, problems: Problems) -> Typed {
    Typed {
        confirmed: confirmed(form),
        paper: form.has("doc_number").then(|| form::paper(&fields(form), Paper::default())),
        reason: form.get("reason").to_owned(),
        problems,
        refused: true,
    }
}

/// The page again, 422.
pub(super) async fn again(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let read = load(me, state, id, typed.paper.clone()).await?;
    let page = view(me, read, typed, state.clock.moment());
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn load(me: &SignedIn, state: &State, id: ReportId, paper: Option<Paper>) -> Result<Read, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    state
        .read(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let past = queries::past(conn, &open.case)?;
            let unlocked = periods::queries::unlocked_until(conn, open.case.obligation.id)?;
            let history = queries::transitions(conn, id)?;
            let clashes = queries::open_clashes(conn, id, settle::whose(&actor, today))?;
            let signers = Signers::of(conn, &open.case, today)?;
            let mut content = open.draft.content.clone();
            if let Some(mut paper) = paper {
                signers.complete(&mut paper);
                content.paper = paper;
            }
            let reused = signed::reused(conn, &open.case, &open.outline, &content)?;
            let before = match queries::revision_id(conn, id, open.case.report.last_revision)? {
                Some(last) => Some(queries::sent(conn, last)?),
                None => None,
            };
            // Of those who only read it nobody asks for approval.
            let is_led = match is_led(conn, &actor, &open.case, today) {
                Err(Error::Forbidden(_)) => true,
                other => other?,
            };
            let (period, regime) = (&open.case.period, open.case.regime.id);
            let open_plans = open_plans::of_period(conn, regime, (period.reference_on, period.year))?;
            let whose = (open.case.obligation.unit_id, open.case.is_consolidated());
            let recipients = recipients::known(conn, regime, whose, None)?;
            Ok(Read {
                is_led,
                open_plans,
                has_drafter: recipients.is_some_and(|known| !known.drafter.is_empty()),
                past,
                holidays: periods::queries::holidays(conn)?,
                unlocked,
                history,
                clashes,
                signers,
                reused,
                before,
                open,
            })
        })
        .await
}

fn view(me: &SignedIn, read: Read, typed: Typed, moment: Moment) -> CheckPage {
    let Open { case, outline, draft, lower } = &read.open;
    let dates = Dates { cycle: case.cycle(), window: case.window(), today: moment.today };
    let mut findings = check_content(&draft.content, outline, &read.past, dates, &draft.content.confirmed);
    if case.is_consolidated() {
        findings.forget_actual_day();
    }
    if case.is_consolidated() && lower.is_none() {
        findings.block("main", level::NO_EDITION);
    }
    if let Some(typing) = &case.behalf {
        findings.typed_from(source(typing.from_file), &draft.content.confirmed);
    }
    let fields = form::problems(&draft.content, outline);
    let other = read.before.as_ref().map(|before| &before.content);
    let beside = Beside { past: &read.past, findings: &findings, problems: &fields, other, typing: false };
    let mut body = Body::new(outline, &draft.content, &beside);
    body.remarks = Remarks::to_mend(outline, &draft.content, false);
    // Here the report is read as it will be sent; the earlier text was beside it while it was typed.
    body.sections.iter_mut().for_each(|section| section.past = None);
    let unit = case.obligation.unit_id;
    let approves = |action| me.actor.for_unit(unit, action).is_some();
    let leader =
        approves(Action::ApproveForUnit) || (case.is_consolidated() && approves(Action::ApproveEdition));
    let with_leader = case.state() == ReportState::WithLeader;
    // Only what belongs to this page's own fields: blockers and warnings are listed by themselves.
    let agreed = format!("confirm.{AGREED}");
    let own = [
        "doc_number",
        "doc_symbol",
        "doc_date",
        "signatory_title",
        "signatory_name",
        "signed_file",
        signed::SAME_FIELD,
        "reason",
        NOBODY,
        agreed.as_str(),
    ];
    let mut problems =
        Problems(typed.problems.0.into_iter().filter(|p| own.contains(&p.field.as_str())).collect());
    let mut ticked = typed.confirmed;
    if typed.refused {
        for warning in findings.open_warnings().filter(|w| !ticked.contains(&w.key)) {
            problems.add(format!("confirm.{}", warning.key), format!("Chưa xác nhận: {}", warning.text()));
        }
    }
    ticked.extend(draft.content.confirmed.iter().cloned());
    let passed = read.history.iter().rev().find(|t| t.step == Step::PassToLeader.code());
    // Handed back since it was last sent: what the leader wanted mended.
    let since = read.history.iter().rev().take_while(|t| t.step != Step::Send.code());
    let returned = since.filter(|t| t.step == Step::HandBack.code()).last();
    CheckPage {
        compared: read.before.as_ref().map(|before| before.row.number),
        changed: other.map_or(0, |other| Difference::to_draft(other, &draft.content, outline).places()),
        unmended: read
            .before
            .as_ref()
            .map(|before| unmended(before, outline, &draft.content))
            .unwrap_or_default(),
        answers: draft
            .content
            .answers
            .iter()
            .map(|(id, answer)| (format!("remark.{id}"), answer.text.clone()))
            .collect(),
        returned: returned.map(|t| {
            (format!("{}, {} ({})", t.actor_name, t.actor_title, date_time(to_local(t.at))), t.reason.clone())
        }),
        clashes: read.clashes,
        passed_by: passed
            .filter(|_| with_leader)
            .map(|t| format!("{}, {}, trình {}", t.actor_name, t.actor_title, date_time(to_local(t.at)))),
        page: me.page(format!("Kiểm tra: {}", case.title()), Nav::Reports),
        facts: Facts::new(case, &read.holidays, moment).with_lock(case, read.unlocked, moment.today),
        version: case.report.version,
        draft_version: draft.version,
        body,
        ticked,
        problems,
        paper: typed.paper.unwrap_or_else(|| {
            let approves = leader && case.behalf.is_none();
            read.signers
                .proposed(draft.content.paper.clone(), approves.then_some(me.actor.full_name.as_str()))
        }),
        reused: read.reused,
        earlier_paper: read
            .before
            .as_ref()
            .map(|before| before.content.paper.words())
            .filter(|words| !words.is_empty()),
        with_leader,
        leader,
        asks_leader: case.regime.leader_step && !leader && !with_leader && case.behalf.is_none(),
        is_led: read.is_led,
        paper_due: paper_is_due(case, leader),
        paper_rule: case.regime.paper_rule.clone(),
        file_due: file_is_due(case),
        reason: typed.reason,
        sections_filled: draft.content.sections_filled(outline),
        is_correction: case.correcting(),
        // Its own paper; what is typed in from one names whom that paper names.
        drafter_at: (!read.has_drafter
            && case.behalf.is_none()
            && case.regime.paper_rule != "none"
            && may_name(&me.actor, case).is_ok())
        .then(|| format!("/reports/{}/recipients", case.report.id)),
        open_plans: match case.is_document() {
            // A title leaves out what is not on record.
            true => vec![],
            false => read
                .open_plans
                .iter()
                .map(|plan| format!("{} Hỏi số, ngày ở {}.", plan.words(), case.collector.name))
                .collect(),
        },
        findings,
    }
}
