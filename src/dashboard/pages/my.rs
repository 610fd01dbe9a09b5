//! `/my`: the first screen of a unit. Always live: nothing here is kept.

use std::collections::{BTreeSet, HashMap};

use actix_web::HttpResponse;
use askama::Template;

use super::super::duties::{Card, Source, title};
use super::super::queries::{self, NilPeriod, Sending};
use super::super::twice::{self, Twice};
use crate::access::{Action, Role};
use crate::calendar::{Now, to_local};
use crate::chasing::queries::promises;
use crate::db::ids::{ReportId, UnitId};
use crate::error::Error;
use crate::periods::queries::DraftEdition;
use crate::periods::{Duty, Progress, RegimeKind, Standing, queries as periods};
use crate::plans::queries::Latest;
use crate::plans::quick_log::QuickLog;
use crate::plans::{HeldTask, one_per_task, queries as plans};
use crate::reports::ReportState;
use crate::reports::paper_duty::{self, PaperDuty};
use crate::reports::queries::typings;
use crate::reports::revision::confirmation_number;
use crate::units;
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, SignedIn, State, render};

/// How many sendings and tasks the first screen shows.
const RECENT: i64 = 6;
const TASKS: usize = 8;

/// A sending with its words.
struct Sent {
    href: String,
    title: String,
    progress: Progress,
    words: String,
    confirmation: String,
    /// "0007/2024".
    number: String,
    /// Whose it was, where that is not the one unit of the person.
    unit: Option<String>,
}

impl Sent {
    fn new(sending: Sending, unit: Option<String>) -> Sent {
        let kind = RegimeKind::from_code(&sending.kind).unwrap_or(RegimeKind::Report);
        let state = ReportState::from_code(&sending.state).unwrap_or(ReportState::Sent);
        let standing = Standing::from_code(&sending.standing).unwrap_or(Standing::Owed);
        let sent_on = to_local(sending.sent_at).date();
        let day = short_date(sent_on);
        let late = match sending.days_late {
            ..=0 => String::new(),
            days => format!(", muộn {days} ngày"),
        };
        let revision =
            if sending.number > 1 { format!(" · lần gửi {}", sending.number) } else { String::new() };
        Sent {
            href: format!("/reports/{}", sending.report_id),
            title: title(kind, &sending.label),
            progress: Progress::of(standing, state),
            words: format!("{day}{late}{revision}"),
            confirmation: format!("/reports/{}/confirmation/{}", sending.report_id, sending.number),
            number: confirmation_number(sending.revision_id, sent_on),
            unit,
        }
    }
}

#[derive(Template)]
#[template(path = "dashboard/my.html")]
struct MyPage {
    page: Page,
    units: Vec<String>,
    cards: Vec<Card>,
    tasks: Vec<HeldTask>,
    task_count: usize,
    quick: QuickLog,
    latest: HashMap<crate::db::ids::TaskId, Latest>,
    recent: Vec<Sent>,
    /// Something was sent that stands among the duties again.
    sent_before: bool,
    nil: Vec<(NilPeriod, Option<String>)>,
    /// Editions that wait for this person's approval.
    editions: Vec<DraftEdition>,
    /// Reports sent without what their regimes ask of the signed paper.
    papers: Vec<PaperDuty>,
    /// Posts somebody else claims too.
    twice: Twice,
}

impl MyPage {
    /// "1 báo cáo cần chỉnh lý, 1 báo cáo sắp đến hạn, 2 báo cáo quá hạn".
    fn counts(&self) -> String {
        let count = |wanted: &dyn Fn(&Card) -> bool| self.cards.iter().filter(|c| wanted(c)).count();
        let parts = [
            (self.editions.len(), "bản tổng hợp chờ chốt"),
            (count(&|c| c.approves), "báo cáo chờ duyệt"),
            (count(&|c| c.correcting && !c.approves), "báo cáo cần chỉnh lý"),
            (count(&Card::is_overdue), "báo cáo quá hạn"),
            (count(&Card::is_near), "báo cáo sắp đến hạn"),
        ];
        let words: Vec<String> =
            parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")).collect();
        if words.is_empty() {
            "không có báo cáo nào sắp đến hạn".to_owned()
        } else {
            words.join(", ")
        }
    }

    fn entry(&self, task: &HeldTask) -> Option<&Latest> {
        self.latest.get(&task.task_id)
    }
}

/// `GET /my`: what the unit owes by when, its tasks, what it sent. A fixed number of queries.
///
/// # Errors
/// [`Error::Forbidden`] for people who belong to no unit that reports.
pub async fn my(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    if !(me.actor.is(Role::Officer) || me.actor.is(Role::UnitLeader)) {
        return Err(Error::Forbidden(
            "Trang này dành cho cán bộ đầu mối và lãnh đạo của đơn vị gửi báo cáo.".into(),
        ));
    }
    let moment = state.clock.moment();
    let (actor, now, page) = (me.actor.clone(), Now::from(moment), me.page("Việc của tôi", Nav::Mine));
    let today = now.today;
    let page = state
        .read(move |conn| {
            let own = actor.scope().own_units;
            let holidays = periods::holidays(conn)?;
            let rows = periods::open_duties_of_units(conn, &own)?;
            let duties: Vec<&Duty> = rows.iter().map(|(duty, ..)| duty).collect();
            let filled = periods::filled(conn, &duties)?;
            let amendments =
                queries::amendments(conn, &duties.iter().map(|d| d.report.id).collect::<Vec<_>>())?;
            let handed_back =
                queries::handed_back(conn, &duties.iter().map(|d| d.report.id).collect::<Vec<_>>())?;
            let typings = typings(conn, &duties.iter().map(|d| d.report.id).collect::<Vec<_>>())?;
            let unlocked =
                periods::unlocked(conn, &duties.iter().map(|d| d.obligation.id).collect::<Vec<_>>())?;
            let words =
                periods::last_extensions(conn, &duties.iter().map(|d| d.obligation.id).collect::<Vec<_>>())?;
            let promised = promises(conn, &duties.iter().map(|d| d.obligation.id).collect::<Vec<_>>())?;
            let passed =
                periods::passed_from(conn, &duties.iter().map(|d| d.obligation.id).collect::<Vec<_>>())?;
            let parts = periods::parts(
                conn,
                &rows.iter().map(|(duty, period, _)| (duty, period)).collect::<Vec<_>>(),
            )?;
            let names = units::queries::names_on(conn, &own, today)?;
            let own_units: BTreeSet<UnitId> = actor
                .memberships
                .iter()
                .filter(|m| matches!(m.role, Role::Officer | Role::UnitLeader))
                .map(|m| m.unit_id)
                .collect();
            let foreign = |unit: UnitId| {
                let told = own_units.len() > 1 || !own_units.contains(&unit);
                told.then(|| names.get(&unit).cloned()).flatten()
            };
            let mut cards: Vec<Card> = rows
                .iter()
                .map(|(duty, period, regime)| {
                    let source = Source {
                        duty,
                        period,
                        regime,
                        unit: foreign(duty.obligation.unit_id),
                        part_of: passed.get(&duty.obligation.id).cloned(),
                        amendment: amendments.get(&duty.report.id),
                        handed_back: handed_back.get(&duty.report.id),
                        typing: typings.get(&duty.report.id),
                        unlocked_until: unlocked.get(&duty.obligation.id).copied(),
                        filled: filled.of(duty),
                        extension: words.get(&duty.obligation.id),
                        promised: promised.get(&duty.obligation.id).copied(),
                        had_part: parts.contains_key(&duty.obligation.id),
                    };
                    Card::new(&source, &actor, &holidays, now)
                })
                .collect();
            cards.sort_by_key(Card::press);
            // One main action a page: what presses most.
            for card in cards.iter_mut().filter(|card| card.button.main).skip(1) {
                card.button.main = false;
            }
            let mut tasks = one_per_task(plans::tasks_held(conn, &own, today, None)?);
            let task_count = tasks.len();
            let quick = QuickLog::over(&tasks, "/my");
            // Lead parts first; the plans' own order inside each.
            tasks.sort_by_key(|task| task.part);
            tasks.truncate(TASKS);
            let latest = plans::latest_entries(conn, &own)?;
            // What stands among the duties as being corrected is not told a second time.
            let shown: Vec<ReportId> = rows.iter().map(|(duty, ..)| duty.report.id).collect();
            let recent = queries::recent_sendings(conn, &own, &shown, RECENT)?;
            let sent = |sending: Sending| {
                let unit = foreign(sending.unit_id);
                Sent::new(sending, unit)
            };
            let recent = recent.into_iter().map(sent).collect();
            let sent_before = duties.iter().any(|duty| duty.report.first_sent_at.is_some());
            let mut nil = queries::nil_periods(conn, &own)?;
            nil.retain(|n| n.lock_on.is_none_or(|day| today <= day));
            let nil = nil.into_iter().map(|n| {
                let unit = foreign(n.unit_id);
                (n, unit)
            });
            let nil = nil.collect();
            let editions = periods::draft_editions(conn, &actor.units_for(Action::ApproveEdition))?;
            let papers = paper_duty::of_units(conn, &own)?;
            let twice = twice::of_own(conn, &actor, moment)?;
            let units = own_units.iter().filter_map(|id| names.get(id).cloned()).collect();
            Ok(MyPage {
                page,
                units,
                cards,
                tasks,
                task_count,
                quick,
                latest,
                recent,
                sent_before,
                nil,
                editions,
                papers,
                twice,
            })
        })
        .await?;
    render(&page)
}
