//! `/reports/{id}`: one report read. The unit sees its draft or its last revision with the history; the collector
//! the revisions and the review; a leader the received revision. An unsent draft never leaves its unit.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::Asked;
use super::body::{Beside, Body};
use super::facts::Facts;
use super::paper::PaperPanel;
use super::reading::{Read, load};
use super::remarks::{Outcome, Remarks, outcomes};
use super::timeline::{HistoryLine, timeline};
use crate::access::Action;
use crate::calendar::{Moment, to_local};
use crate::db::ids::{PeriodId, ReportId};
use crate::error::{Error, Problems};
use crate::periods::{Progress, Standing};
use crate::reports::behalf::source;
use crate::reports::check::{Dates, check};
use crate::reports::check_amended::figures;
use crate::reports::difference::Difference;
use crate::reports::finding::{Finding, Findings};
use crate::reports::queries::{RevisionRow, Transition, Typed};
use crate::reports::{Case, Content, Outline, Past, ReportState, Step, form, withdraw};
use crate::unit_plans::linked::Linked;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, render, render_status};

struct RevisionLine {
    number: i32,
    at: String,
    sender: String,
    late: String,
    late_tag: &'static str,
    received: bool,
    shown: bool,
    /// It was entered by mistake and taken back.
    withdrawn: bool,
    /// "nhập thay theo số đến 215, ngày 12/6/2025", and by whom.
    typed: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "reports/read.html")]
struct ReadPage {
    page: Page,
    facts: Facts,
    /// Where a collector goes back to.
    period: (PeriodId, String),
    version: i32,
    own: bool,
    /// The actor may type into it now, as the unit or for it.
    types: bool,
    collects: bool,
    /// "Đang soạn", "Lần gửi 2": what the body is.
    what: String,
    body: Option<Body>,
    /// The signed paper of what is shown.
    panel: Option<PaperPanel>,
    head: Option<RevisionRow>,
    head_at: String,
    revisions: Vec<RevisionLine>,
    history: Vec<HistoryLine>,
    findings: Findings,
    /// What is decided about before a unit's own report is received.
    decide: Option<Finding>,
    /// The number of the revision the shown one is held against.
    compared: Option<i32>,
    changed: usize,
    is_open: bool,
    with_leader: bool,
    correcting: bool,
    leader: bool,
    /// The actor may receive or ask to amend, and the last revision waits for it.
    reviews: bool,
    waits: bool,
    /// The last revision was received, and this reader may reopen it.
    reopens: bool,
    amendment: Option<Asked>,
    /// Why nothing is to be sent.
    settled: Option<&'static str>,
    /// It was declared that there is nothing to report: that has a paper of its own.
    is_nil: bool,
    /// Why the unit's leader handed it back, where that is the last thing that happened.
    handed_back: Option<(String, String)>,
    problems: Problems,
    still_counts: Option<i32>,
    /// What the shown revision answers to remarks on the one before.
    outcomes: Vec<Outcome>,
    /// What is shown was typed in from paper.
    typed_in: bool,
    /// The file of the table of before the system it is of, and where whoever collects it finds that.
    table: Option<String>,
    table_href: Option<String>,
    /// The revision that waits was entered for its unit, and this reader may take it back.
    withdraws: bool,
    /// The last revision was typed in by the actor, who would receive their own typing.
    own_typing: bool,
    /// The unit has a draft that was put aside.
    kept: bool,
    /// The edition the shown revision took its figures from: address and number.
    from_edition: Option<(String, i32)>,
    /// A newer edition of the collecting unit: address, number and when; with whether the actor may take it over.
    newer: Option<(String, i32, String)>,
    may_renew: bool,
    /// The unit's own plan that is shown with it.
    unit_plan: Option<Linked>,
    /// What waits for this reviewer next, where this one does not any more: address, unit, how many.
    next: Option<(String, String, usize)>,
}

impl ReadPage {
    /// Sections with a text, of how many.
    fn written(&self) -> (usize, usize) {
        let sections = self.body.as_ref().map_or(&[][..], |body| body.sections.as_slice());
        (sections.iter().filter(|section| !section.text.trim().is_empty()).count(), sections.len())
    }

    /// What is shown was taken back: its paper says so.
    fn shows_withdrawn(&self) -> bool {
        self.revisions.iter().any(|revision| revision.shown && revision.withdrawn)
    }

    /// Remarks on the revision before that the unit says it has mended.
    fn mended(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.remark.done()).count()
    }

    /// Those of them at whose places nothing changed.
    fn unmended(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.is_unmended()).count()
    }
}

/// `?revision=2`; `?review=1` offers to write remarks on what was received.
#[derive(Deserialize)]
pub struct Which {
    revision: Option<i32>,
    review: Option<String>,
}

/// `GET /reports/{id}`
///
/// # Errors
/// 404 outside the scope, and for a revision the actor may not see.
pub async fn read(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
    which: web::Query<Which>,
) -> Result<HttpResponse, Error> {
    let read = load(&me, &state, path.into_inner(), which.revision).await?;
    render(&view(&me, read, which.review.is_some(), Problems::default(), state.clock.moment()))
}

/// The page again, 422, with what kept the receipt from being taken.
pub(super) async fn again(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let read = load(me, state, id, None).await?;
    let page = view(me, read, false, problems, state.clock.moment());
    render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn view(me: &SignedIn, read: Read, reviewing: bool, problems: Problems, moment: Moment) -> ReadPage {
    let case = &read.case;
    let entries = read.sent.iter().filter(|_| read.own || read.collects).flat_map(|sent| &sent.papers);
    let history = timeline(&read.history, entries);
    let shown = read.sent.as_ref().map(|s| s.row.number);
    let is_last = shown == Some(case.report.last_revision);
    let reviews = me.actor.for_unit(case.obligation.collector_id, Action::Review).is_some();
    let waits = case.state() == ReportState::Sent && is_last;
    let reopens = reviews && case.progress() == Progress::Received && is_last;
    // What was sent is looked at as it was on that day, beside the sending before it.
    let today = read.sent.as_ref().map_or(moment.today, |sent| to_local(sent.row.sent_at).date());
    let dates = Dates { cycle: case.cycle(), window: case.window(), today };
    let past = match &read.sent {
        Some(_) => {
            let sent = read.before.as_ref().map(|before| figures(&before.content)).unwrap_or_default();
            Past { sent, ..read.past.clone() }
        }
        None => read.past.clone(),
    };
    let mut findings = Findings::default();
    let table = read.sent.as_ref().and_then(|sent| read.typed.get(&sent.row.id)?.from_table.clone());
    let from_file = match &read.sent {
        Some(sent) => read.typed.get(&sent.row.id).map(|typed| typed.from_file),
        None => case.behalf.as_ref().map(|typing| typing.from_file),
    };
    let source = from_file.map(source);
    let mut body = None;
    let mut what = String::new();
    let mut compared = None;
    let mut show = |outline: &Outline, content: &Content, other: Option<&Content>| {
        findings = check(content, outline, &past, dates, &content.confirmed);
        // A note of the page before sending; it says nothing about what was sent.
        findings.forget_open_window();
        if case.is_consolidated() {
            findings.forget_actual_day();
            findings.forget_trivial();
        }
        findings.warnings.retain(|w| !w.is_remark());
        // A table of before the system answers what it has; nobody is asked for the rest.
        if table.is_some() {
            findings = Findings::default();
        }
        if let Some(source) = source {
            findings.typed_from(source, &content.confirmed);
        }
        let fields = form::problems(content, outline);
        let beside = Beside { past: &past, findings: &findings, problems: &fields, other, typing: false };
        let mut body = Body::new(outline, content, &beside);
        body.mark_silent(&findings);
        body
    };
    if let Some((outline, draft)) = &read.draft {
        what = match case.state() {
            ReportState::WithLeader => "Bản đã trình lãnh đạo",
            _ if case.standing() == Standing::Ended => "Nội dung soạn dở khi nghĩa vụ kết thúc",
            _ if case.behalf.is_some() => "Bản đang nhập thay",
            _ => "Bản đang soạn",
        }
        .to_owned();
        // What was typed before it was declared that there is nothing to send stays out of sight; what a body that ended
        // had begun does not: nobody else can read it any more.
        let shown = matches!(case.standing(), Standing::Owed | Standing::Ended)
            && (draft.version > 0 || case.correcting());
        body = shown.then(|| {
            let remarks = Remarks::to_mend(outline, &draft.content, false);
            Body { remarks, ..show(outline, &draft.content, None) }
        });
    } else if let Some(sent) = &read.sent {
        what = format!("Lần gửi {}", sent.row.number);
        if is_withdrawn(&read.history, sent.row.number) {
            what.push_str(", đã rút");
        }
        compared = read.before.as_ref().map(|b| b.row.number);
        let shown = show(&sent.outline, &sent.content, read.before.as_ref().map(|b| &b.content));
        let remarks = Remarks::on(&sent.outline, read.remarks.0, read.remarks.1);
        let waits = waits || (reopens && (reviewing || remarks.unsent() > 0));
        body = Some(Body { remarks: Remarks { adds: reviews && waits, ..remarks }, ..shown });
    }
    let changed = match (&read.before, &read.sent) {
        (Some(before), Some(sent)) => Difference::between(&before.content, &sent.content).places(),
        _ => 0,
    };
    let received = read.revisions.iter().find(|r| Some(r.id) == case.report.received_revision_id);
    let asked = read.history.iter().rev().find(|t| t.asks_correction());
    let amending = case.state() == ReportState::Amend
        || (case.state() == ReportState::WithLeader && case.correcting() && (read.own || read.collects));
    ReadPage {
        page: me.page(case.title(), if read.own { Nav::Reports } else { Nav::Periods }),
        facts: Facts::new(case, &read.holidays, moment),
        period: (case.period.id, case.period.label.clone()),
        version: case.report.version,
        own: read.own,
        types: read.types,
        collects: read.collects,
        what,
        panel: body.as_ref().map(|body| {
            let content = read.draft.as_ref().map(|(_, draft)| &draft.content);
            let content = content.or(read.sent.as_ref().map(|sent| &sent.content));
            let files = content.map_or(&[][..], |content| &content.files);
            let panel = PaperPanel::new(case, &me.actor, read.sent.as_ref(), &body.paper, files);
            PaperPanel { same_as: read.same_as, ..panel }
        }),
        body,
        head_at: read.sent.as_ref().map(|s| local(s.row.sent_at)).unwrap_or_default(),
        head: read.sent.as_ref().map(|s| s.row.clone()),
        revisions: read
            .revisions
            .iter()
            .rev()
            .map(|r| RevisionLine {
                withdrawn: is_withdrawn(&read.history, r.number),
                ..revision_line(r, case, shown, read.typed.get(&r.id))
            })
            .collect(),
        history,
        typed_in: source.is_some(),
        table_href: table
            .as_ref()
            .filter(|_| me.actor.for_unit(case.obligation.collector_id, Action::TypeOnBehalf).is_some())
            .map(|table| format!("/legacy-tables/{}", table.id)),
        table: table.map(|table| table.file),
        decide: findings.to_decide().filter(|_| !case.is_consolidated()).cloned(),
        findings,
        compared,
        changed,
        is_open: case.is_typed(),
        with_leader: case.state() == ReportState::WithLeader,
        correcting: case.correcting(),
        leader: me.actor.for_unit(case.obligation.unit_id, Action::ApproveForUnit).is_some()
            || (case.is_consolidated()
                && me.actor.for_unit(case.obligation.unit_id, Action::ApproveEdition).is_some()),
        reviews,
        waits,
        reopens,
        amendment: asked.filter(|_| amending).map(Asked::of),
        still_counts: received.map(|r| r.number).filter(|_| case.state() != ReportState::Received),
        outcomes: match (&read.before, &read.sent) {
            (Some(before), Some(sent)) if read.own || read.collects => outcomes(before, sent),
            _ => vec![],
        },
        is_nil: case.standing() == Standing::Nil,
        settled: match case.standing() {
            Standing::Owed => None,
            Standing::Nil => Some("Đơn vị đã khai không phát sinh kỳ này"),
            Standing::Exempt => Some("Đơn vị được miễn báo cáo kỳ này"),
            Standing::Ended => Some("Nghĩa vụ báo cáo kỳ này đã kết thúc theo sắp xếp tổ chức"),
        },
        handed_back: read
            .history
            .last()
            .filter(|t| read.own && t.step == Step::HandBack.code())
            .map(|t| (format!("{}, {} ({})", t.actor_name, t.actor_title, local(t.at)), t.reason.clone())),
        problems,
        own_typing: read.revisions.last().and_then(|last| read.typed.get(&last.id)).is_some_and(|typed| {
            typed.people.contains(&me.actor.person_id) && case.state() == ReportState::Sent
        }),
        withdraws: me.actor.for_unit(case.obligation.collector_id, Action::TypeOnBehalf).is_some()
            && is_last
            && withdraw::can_be(case, &read.history),
        kept: read.kept,
        from_edition: read.from_edition.map(|(id, number)| (format!("/editions/{id}"), number)),
        may_renew: read.own && matches!(case.state(), ReportState::Sent | ReportState::Received),
        unit_plan: read.unit_plan,
        next: read.next.map(|(id, unit, count)| (format!("/reports/{id}"), unit, count)),
        newer: read.newer.as_ref().map(|l| (format!("/editions/{}", l.id), l.number, l.when.clone())),
    }
}

/// Whether a revision was entered for the unit by mistake and taken back.
fn is_withdrawn(history: &[Transition], number: i32) -> bool {
    let of = |transition: &&Transition| transition.revision == Some(number);
    history.iter().filter(of).any(|t| Step::from_code(&t.step).is_some_and(Step::takes_sending_back))
}

fn local(at: NaiveDateTime) -> String {
    date_time(to_local(at))
}

fn revision_line(row: &RevisionRow, case: &Case, shown: Option<i32>, typed: Option<&Typed>) -> RevisionLine {
    let (late, late_tag) = match (row.due_on, row.days_late) {
        (None, _) => ("chưa ấn định".to_owned(), ""),
        (Some(_), 0) => ("gửi đúng hạn".to_owned(), "done"),
        (Some(_), days) => (format!("gửi muộn {days} ngày"), "late"),
    };
    RevisionLine {
        number: row.number,
        at: local(row.sent_at),
        sender: format!("{}, {}", row.sender_name, row.sender_title),
        late,
        late_tag,
        received: case.report.received_revision_id == Some(row.id),
        shown: shown == Some(row.number),
        withdrawn: false,
        typed: typed.map(|typed| (typed.words(), typed.typist.clone())),
    }
}
