//! The compiler's first screen: every period in view, and what waits.

use actix_web::HttpResponse;
use askama::Template;
use chrono::NaiveDate;

use super::super::board;
use super::super::queries;
use super::super::summary::{Summaries, Summary, summaries};
use super::super::{Duty, Period, Progress};
use super::waiting::{Waiting, waiting_requests};
use crate::access::Action;
use crate::db::ids::{ObligationId, PeriodId, UnitId};
use crate::error::Error;
use crate::units;
use crate::web::{Nav, Page, SignedIn, State, render};

/// How many locked periods the list shows, and how many waiting reports stand at its side.
const FINISHED: usize = 12;
const WAITING: usize = 10;

#[derive(Template)]
#[template(path = "periods/list.html")]
struct ListPage {
    page: Page,
    today: NaiveDate,
    all: Summaries,
    waiting: Vec<Waiting>,
    waiting_count: u32,
    overdue: u32,
    may_open: bool,
    /// Editions that wait for this person's approval.
    editions: Vec<queries::DraftEdition>,
    /// Requests for an extension that wait for an answer.
    asking: Vec<Asking>,
}

/// A unit that asked for an extension.
struct Asking {
    obligation: ObligationId,
    unit: String,
    period: String,
    day: String,
}

impl ListPage {
    /// The open period whose deadline comes next.
    fn next(&self) -> Option<&Summary> {
        self.all.open.iter().find(|s| s.deadline().is_some_and(|day| day >= self.today))
    }
}

/// `GET /periods`.
///
/// # Errors
/// [`Error::Forbidden`] for people who neither collect nor oversee.
pub async fn periods(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    if !me.actor.may_somewhere(Action::ReadOverview) {
        return Err(Error::Forbidden(
            "Trang theo dõi dành cho đơn vị tổng hợp và lãnh đạo. Báo cáo của đơn vị mình ở trang Việc của tôi."
                .into(),
        ));
    }
    let (scope, today) = (me.scope(), state.clock.today());
    let approves = me.actor.units_for(Action::ApproveEdition);
    let (all, waiting, asking, editions) = state
        .read(move |conn| {
            let all = summaries(conn, &scope, today, FINISHED)?;
            let pairs: Vec<(&Period, &Duty)> =
                all.open.iter().flat_map(|s| s.duties.iter().map(move |d| (&s.period, d))).collect();
            let ids: Vec<PeriodId> = all.open.iter().map(|s| s.period.id).collect();
            let sent = queries::last_sent(conn, &ids)?;
            let mut waits: Vec<_> = pairs
                .into_iter()
                .filter(|(_, d)| d.progress() == Progress::Sent)
                .filter_map(|(p, d)| Some((*sent.get(&d.report.id)?, p, d)))
                .collect();
            // Who has waited longest comes first.
            waits.sort_by_key(|(at, _, d)| (*at, d.obligation.id));
            waits.truncate(WAITING);
            let duties: Vec<Duty> = all.open.iter().flat_map(|s| s.duties.iter().cloned()).collect();
            let mut requests = waiting_requests(conn, &duties)?;
            let asked: Vec<_> = all
                .open
                .iter()
                .flat_map(|s| s.duties.iter().map(move |d| (s, &d.obligation)))
                .filter_map(|(s, owed)| Some((s, owed, requests.remove(&owed.id)?)))
                .collect();
            let ids: Vec<UnitId> = waits
                .iter()
                .map(|(.., d)| d.obligation.unit_id)
                .chain(asked.iter().map(|(_, owed, _)| owed.unit_id))
                .collect();
            let names = units::queries::names_on(conn, &ids, today)?;
            let waiting = waits
                .into_iter()
                .map(|(at, period, duty)| Waiting {
                    href: format!("/reports/{}", duty.report.id),
                    unit: names.get(&duty.obligation.unit_id).cloned().unwrap_or_default(),
                    period: period.label.clone(),
                    sent_at: board::short_moment(at),
                    revision: duty.report.last_revision,
                })
                .collect();
            let asking = asked
                .into_iter()
                .map(|(s, owed, word)| Asking {
                    obligation: owed.id,
                    unit: names.get(&owed.unit_id).cloned().unwrap_or_default(),
                    period: s.period.label.clone(),
                    day: word.day(),
                })
                .collect();
            let editions = queries::draft_editions(conn, &approves)?;
            Ok((all, waiting, asking, editions))
        })
        .await?;
    let waiting_count = all.open.iter().map(|s| s.tally.waiting()).sum();
    let overdue = all.open.iter().map(|s| s.tally.assigned.overdue).sum();
    let may_open = me.actor.may_somewhere(Action::Compile);
    let page = me.page("Theo dõi", Nav::Periods);
    render(&ListPage { page, today, all, waiting, waiting_count, overdue, may_open, asking, editions })
}
