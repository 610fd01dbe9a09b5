//! One obligation with its history, and the small pages of its decisions: nil, exemption, extension, unlocking.

use std::future::Future;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::decide::{self, Case, Decision};
use super::super::queries::{self, DecisionRow};
use super::super::{Due, ExtensionWord, Standing};
use super::kinds::Kind;
use super::papers::waiting_papers;
use crate::access::{Action, Role};
use crate::calendar::{Moment, Now, to_local};
use crate::chasing;
use crate::db::ids::ObligationId;
use crate::error::{Error, Problems};
use crate::once;
use crate::reports::{ReportState, Step};
use crate::units;
use crate::vietnamese::{date_time, parse_date, short_date, weekday_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// An obligation as its pages show it.
struct Shown {
    case: Case,
    unit: String,
    collector: String,
    history: Vec<DecisionRow>,
    due: Option<Due>,
    /// The last working day before a last day that is a rest day.
    working_day: Option<String>,
}

#[derive(Template)]
#[template(path = "periods/obligation.html")]
struct ObligationPage {
    page: Page,
    shown: Shown,
    /// (address, words) of what this person can do now.
    acts: Vec<(String, &'static str)>,
    /// Where somebody could type in for the unit, but for its leader, who has the report: whom to ask.
    with_leader: Option<String>,
    /// Documents brought for the report that wait to be looked at, for who writes it: number, name.
    papers: Vec<(String, String)>,
    /// Where the period is listed for this person.
    back: String,
}

#[derive(Template)]
#[template(path = "periods/decision.html")]
struct DecisionPage {
    page: Page,
    shown: Shown,
    kind: Kind,
    withdraw: bool,
    action: String,
    reason: String,
    until: String,
    problems: Problems,
    /// A declaration by the officer where the regime has the leader's step: their consent is asked for, or must be
    /// stated.
    consent: Option<bool>,
    /// What speaks against a declaration of nil.
    doubts: Vec<String>,
}

async fn shown(state: &State, me: &SignedIn, id: ObligationId) -> Result<Shown, Error> {
    let (actor, now) = (me.actor.clone(), Now::from(state.clock.moment()));
    let today = now.today;
    state
        .read(move |conn| {
            let case = Case::load(conn, &actor, id)?;
            let mut history = queries::decisions(conn, id)?;
            history.extend(queries::taken_back(conn, case.duty.report.id)?);
            history.sort_by_key(|row| row.decided_at);
            let obligation = &case.duty.obligation;
            let names =
                units::queries::names_on(conn, &[obligation.unit_id, obligation.collector_id], today)?;
            let name = |id| names.get(&id).cloned().unwrap_or_default();
            let (unit, collector) = (name(obligation.unit_id), name(obligation.collector_id));
            let holidays = queries::holidays(conn)?;
            let due = case.duty.due(case.regime.rolling, &holidays, now);
            let last = case.duty.pressing_day(case.regime.rolling, &holidays);
            let working_day = last
                .filter(|day| !holidays.is_working_day(*day))
                .map(|day| weekday_date(holidays.last_working_day_on_or_before(day)));
            Ok(Shown { case, unit, collector, history, due, working_day })
        })
        .await
}

impl Shown {
    fn version(&self) -> i32 {
        self.case.duty.obligation.version
    }

    fn id(&self) -> ObligationId {
        self.case.duty.obligation.id
    }

    /// The unit's request that waits for an answer.
    fn request(&self) -> Option<&ExtensionWord> {
        self.case.request.as_ref()
    }

    /// Why the period was opened late for the unit, with a day of its own.
    fn late_reason(&self) -> Option<&str> {
        let row = self.history.iter().rev().find(|row| row.kind == "late_opening")?;
        (!row.reason.is_empty()).then_some(row.reason.as_str())
    }

    /// A day that was set carries its hour while it holds; of one set before nobody kept it.
    fn words(&self, row: &DecisionRow) -> String {
        if let Some(step) = Step::from_code(&row.kind).filter(|step| step.takes_sending_back()) {
            return step.words().to_owned();
        }
        let last = self.history.iter().rev().find(|other| other.kind == "due_set");
        match last {
            Some(last) if last == row => decide::due_words(self.case.duty.rule(), row.until_on),
            _ => decide::words(&row.kind, row.until_on),
        }
    }

    fn at(&self, row: &DecisionRow) -> String {
        date_time(to_local(row.decided_at))
    }
}

/// Whether this person collects or oversees, and so comes from the period's page.
fn back(me: &SignedIn, case: &Case) -> String {
    let own = me.scope().own_units.contains(&case.duty.obligation.unit_id);
    let collects = me.scope().collector_units.contains(&case.regime.collector_id);
    if own && !collects { "/my".to_owned() } else { format!("/periods/{}", case.period.id) }
}

/// `GET /obligations/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign obligation.
pub async fn obligation(
    state: State,
    me: SignedIn,
    id: web::Path<ObligationId>,
) -> Result<HttpResponse, Error> {
    let shown = shown(&state, &me, id.into_inner()).await?;
    let today = state.clock.today();
    let standing = shown.case.duty.standing();
    let offers = [
        (Kind::Nil, standing == Standing::Nil, "Khai không phát sinh", "Rút khai không phát sinh"),
        (Kind::NilReturn, false, "Đề nghị báo cáo lại", ""),
        (Kind::ExtensionRequest, false, "Đề nghị gia hạn", ""),
        (Kind::Extension, false, "Gia hạn", ""),
        (Kind::ExtensionRefusal, false, "Không gia hạn", ""),
        (Kind::Exemption, standing == Standing::Exempt, "Miễn báo cáo", "Thôi miễn báo cáo"),
        (Kind::Unlock, false, "Mở khóa số liệu", ""),
    ];
    let acts = offers
        .into_iter()
        .filter(|(kind, withdraw, ..)| {
            let probe = kind.probe(*withdraw);
            let locked_enough = *kind != Kind::Unlock || shown.case.is_locked(today);
            locked_enough
                && shown.case.membership(&me.actor, &probe).is_ok()
                && !matches!(shown.case.check(&probe, today), Err(Error::Refused(_)))
        })
        .map(|(kind, withdraw, take, undo)| {
            (format!("/obligations/{}/{}", shown.id(), kind.path()), if withdraw { undo } else { take })
        })
        .collect();
    let mut acts: Vec<(String, &'static str)> = acts;
    acts.extend(type_for_unit(&me, &shown.case));
    let regime = &shown.case.regime;
    if chasing::may_chase(&me.actor, shown.case.duty.obligation.collector_id, regime).is_ok() {
        acts.push((format!("/obligations/{}/contacts", shown.id()), "Liên hệ, đôn đốc"));
    }
    let papers = waiting_papers(&state, &me, &shown.case).await?;
    let back = back(&me, &shown.case);
    let waits = shown.case.duty.state() == ReportState::WithLeader && may_type(&me, &shown.case);
    let with_leader = waits.then(|| format!("/obligations/{}/contacts", shown.id()));
    let page = me.page(shown.unit.clone(), Nav::Periods);
    render(&ObligationPage { page, shown, acts, with_leader, papers, back })
}

/// Whether this person types in for the unit, while it still owes its report.
fn may_type(me: &SignedIn, case: &Case) -> bool {
    let obligation = &case.duty.obligation;
    let types = obligation.part == "own" && obligation.unit_id != obligation.collector_id;
    let may = me.actor.for_unit(obligation.collector_id, Action::TypeOnBehalf).is_some();
    case.duty.standing() == Standing::Owed && types && may
}

/// Typing in for the unit, for who collects its report while the unit still owes it.
fn type_for_unit(me: &SignedIn, case: &Case) -> Option<(String, &'static str)> {
    let open = case.duty.state().is_open() && may_type(me, case);
    open.then(|| (format!("/reports/{}/on-behalf", case.duty.report.id), "Nhập thay từ văn bản giấy"))
}

/// The form of a decision, or why it cannot be taken.
async fn form(state: &State, me: &SignedIn, id: ObligationId, kind: Kind) -> Result<HttpResponse, Error> {
    let shown = shown(state, me, id).await?;
    let withdraw = match kind {
        Kind::Nil => shown.case.duty.standing() == Standing::Nil,
        Kind::Exemption => shown.case.duty.standing() == Standing::Exempt,
        _ => false,
    };
    let probe = kind.probe(withdraw);
    shown.case.membership(&me.actor, &probe)?;
    if let Err(refused @ Error::Refused(_)) = shown.case.check(&probe, state.clock.today()) {
        return Err(refused);
    }
    // What the unit asked for is proposed to whoever answers it.
    let asked = shown.case.request.as_ref().filter(|_| kind == Kind::Extension);
    let until = asked.and_then(|word| word.until).map(short_date).unwrap_or_default();
    let today = state.clock.today();
    render(&page(me, shown, kind, withdraw, (String::new(), until), Problems::default(), today))
}

fn page(
    me: &SignedIn,
    shown: Shown,
    kind: Kind,
    withdraw: bool,
    (reason, until): (String, String),
    problems: Problems,
    today: NaiveDate,
) -> DecisionPage {
    let end = if withdraw { "/withdrawal" } else { "" };
    let action = format!("/obligations/{}/{}{end}", shown.id(), kind.path());
    let declares = me.actor.for_unit(shown.case.duty.obligation.unit_id, Action::DeclareNil);
    let consent = declares
        .filter(|m| {
            kind == Kind::Nil && !withdraw && shown.case.regime.leader_step && m.role != Role::UnitLeader
        })
        .map(|m| shown.case.wants_consent(m, today));
    let doubts = match (kind, withdraw) {
        (Kind::Nil, false) => shown.case.doubts(today),
        _ => Vec::new(),
    };
    let page = me.page(kind.question(withdraw), Nav::None);
    DecisionPage { page, shown, kind, withdraw, action, reason, until, problems, consent, doubts }
}

/// Takes the decision, or shows its form again with what was typed.
async fn take(
    state: State,
    posted: Posted,
    id: ObligationId,
    kind: Kind,
    withdraw: bool,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let reason = if kind == Kind::Nil { form.get("consent") } else { form.get("reason") };
    let (reason, until) = (reason.trim().to_owned(), form.line("until"));
    let version = form.line("version").parse().unwrap_or_default();
    let mut problems = Problems::default();
    let asks_day = kind.day_label().is_some();
    let day = match parse_date(&until) {
        Ok(day) => day,
        Err(error) if asks_day => {
            problems.add("until", error.to_string());
            NaiveDate::MAX
        }
        Err(_) => NaiveDate::MAX,
    };
    let mut decision = kind.probe(withdraw);
    match &mut decision {
        Decision::Exempt { reason: r }
        | Decision::ExemptWithdrawn { reason: r }
        | Decision::RefuseExtension { reason: r } => r.clone_from(&reason),
        Decision::NilReturned { until, reason: r }
        | Decision::Extend { until, reason: r }
        | Decision::AskExtension { until, reason: r }
        | Decision::Unlock { until, reason: r } => {
            *until = day;
            r.clone_from(&reason);
        }
        Decision::Nil { consent, drop, aware } => {
            consent.clone_from(&reason);
            *drop = form.has("drop");
            *aware = form.has("aware");
        }
        Decision::NilWithdrawn => {}
    }
    let moment = state.clock.moment();
    let outcome = match problems.is_empty() {
        true => write(&state, (&me, form.digest()), id, version, decision, moment).await,
        false => {
            // The day cannot be read: the other fields are still checked, so that one answer names everything.
            let case = shown(&state, &me, id).await?.case;
            case.membership(&me.actor, &decision)?;
            match case.check(&decision, moment.today) {
                Err(Error::Invalid(more)) => problems.0.extend(more.0),
                Err(other) => return Err(other),
                Ok(()) => {}
            }
            Err(Error::Invalid(problems))
        }
    };
    match outcome {
        Ok(to) => Ok(redirect_with(&to, kind.done(withdraw))),
        Err(Error::Invalid(problems)) => {
            let shown = shown(&state, &me, id).await?;
            let page = page(&me, shown, kind, withdraw, (reason, until), problems, moment.today);
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// Takes it, once for one form, and gives back the page it leads to.
fn write<'a>(
    state: &'a State,
    (me, digest): (&SignedIn, Option<String>),
    id: ObligationId,
    version: i32,
    decision: Decision,
    moment: Moment,
) -> impl Future<Output = Result<String, Error>> + 'a {
    let me = me.clone();
    state.write(move |conn| {
        once::only(conn, me.actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            let case = decide::decide(conn, &me.actor, id, version, &decision, moment)?;
            Ok(back(&me, &case))
        })
    })
}

macro_rules! handlers {
    ($($(#[$doc:meta])* $get:ident, $post:ident, $kind:expr;)+) => {$(
        /// The form of the decision.
        ///
        /// # Errors
        /// [`Error::NotFound`] for a foreign obligation, [`Error::Forbidden`] for another role,
        /// [`Error::Refused`] when it cannot be taken now.
        pub async fn $get(state: State, me: SignedIn, id: web::Path<ObligationId>) -> Result<HttpResponse, Error> {
            form(&state, &me, id.into_inner(), $kind).await
        }

        $(#[$doc])*
        ///
        /// # Errors
        /// As the form's; what is to mend shows it again with 422.
        pub async fn $post(state: State, posted: Posted, id: web::Path<ObligationId>) -> Result<HttpResponse, Error> {
            take(state, posted, id.into_inner(), $kind, false).await
        }
    )+};
}

handlers! {
    /// `POST /obligations/{id}/nil`.
    nil_form, declare_nil, Kind::Nil;
    /// `POST /obligations/{id}/nil-return`.
    return_nil_form, return_nil, Kind::NilReturn;
    /// `POST /obligations/{id}/exemption`.
    exemption_form, exempt, Kind::Exemption;
    /// `POST /obligations/{id}/extension`.
    extension_form, extend, Kind::Extension;
    /// `POST /obligations/{id}/extension-request`.
    ask_extension_form, ask_extension, Kind::ExtensionRequest;
    /// `POST /obligations/{id}/extension-refusal`.
    refuse_extension_form, refuse_extension, Kind::ExtensionRefusal;
    /// `POST /obligations/{id}/unlock`.
    unlock_form, unlock, Kind::Unlock;
}

/// `POST /obligations/{id}/nil/withdrawal`.
///
/// # Errors
/// As [`declare_nil`].
pub async fn withdraw_nil(
    state: State,
    posted: Posted,
    id: web::Path<ObligationId>,
) -> Result<HttpResponse, Error> {
    take(state, posted, id.into_inner(), Kind::Nil, true).await
}

/// `POST /obligations/{id}/exemption/withdrawal`.
///
/// # Errors
/// As [`exempt`].
pub async fn withdraw_exemption(
    state: State,
    posted: Posted,
    id: web::Path<ObligationId>,
) -> Result<HttpResponse, Error> {
    take(state, posted, id.into_inner(), Kind::Exemption, true).await
}
