//! `/periods`: the compiler's first screen: how every period stands, and what waits, the most urgent first.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::NaiveDate;

use super::super::nil::{against, is_unasked};
use super::super::queue::{self, Known, Matter};
use super::super::summary::{Summaries, Summary, summaries};
use super::super::{Duty, Earlier, Period, Standing, board, queries};
use super::waiting::waiting_requests;
use crate::access::Action;
use crate::calendar::Now;
use crate::chasing;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, UnitId};
use crate::error::Error;
use crate::units;
use crate::vietnamese::{short_date, weekday_date};
use crate::web::{Nav, Page, SignedIn, State, render};

/// How many locked periods the list shows, and how much of what waits stands at its side.
const FINISHED: usize = 12;
const WAITING: usize = 12;
/// So few more are shown too.
const FEW: usize = 3;

#[derive(Template)]
#[template(path = "periods/list.html")]
struct ListPage {
    page: Page,
    /// The body of whoever reads, at the head of the paper.
    agency: String,
    today: NaiveDate,
    now: Now,
    all: Summaries,
    /// What waits, the most urgent first, and how much more there is.
    queue: Vec<Item>,
    more: usize,
    waiting_count: u32,
    asking_count: usize,
    overdue: u32,
    may_open: bool,
    /// Editions that wait for this person's approval.
    editions: Vec<queries::DraftEdition>,
}

/// One thing that waits, in words.
struct Item {
    href: String,
    /// "Sở Nội vụ (lần gửi 2)", "4 đơn vị quá hạn".
    who: String,
    tag: &'static str,
    /// "chờ tiếp nhận", "đề nghị gia hạn đến 20/6", "lâu nhất 12 ngày".
    what: String,
    /// The period, since when it waits, and the day after which it is too late.
    words: String,
}

impl Item {
    /// `chases`: the reader may open the call list; for others the same leads to the pages they may read.
    fn new(waiting: queue::Waiting, names: &HashMap<UnitId, String>, chases: bool, today: NaiveDate) -> Item {
        let list = if chases { "/calls" } else { "" };
        let log = if chases { "/contacts" } else { "" };
        let named = |unit: UnitId| names.get(&unit).cloned().unwrap_or_default();
        let mut words = waiting.label;
        if let Some(at) = waiting.since {
            words.push_str(&format!(" · từ {}", board::short_moment(at)));
        }
        let last = waiting.day.map(short_date);
        let shut = waiting.day.is_some_and(|day| day < today);
        let lock = last.as_ref().map(|day| format!(" · {}khóa số liệu {day}", if shut { "đã " } else { "" }));
        let to_call = |who: String, tag: &'static str, what: String| {
            (format!("/periods/{}{list}", waiting.period), who, tag, what)
        };
        let (href, who, tag, what) = match waiting.matter {
            Matter::Broken { unit, obligation, promised } => (
                format!("/obligations/{obligation}{log}"),
                named(unit),
                "late",
                format!("đã hẹn {}, chưa gửi", short_date(promised)),
            ),
            Matter::Extension { unit, obligation, until: day } => {
                words.extend(last.map(|day| format!(" · thời hạn gửi {day}")));
                (
                    format!("/obligations/{obligation}"),
                    named(unit),
                    "due",
                    format!("đề nghị gia hạn đến {day}"),
                )
            }
            Matter::Receipt { unit, report, revision } => {
                words.extend(lock);
                let again = if revision > 1 { format!(" (lần gửi {revision})") } else { String::new() };
                (
                    format!("/reports/{report}"),
                    format!("{}{again}", named(unit)),
                    "wait",
                    "chờ tiếp nhận".to_owned(),
                )
            }
            Matter::GivenBack { edition, number } => {
                words.extend(lock);
                (
                    format!("/editions/{edition}"),
                    format!("Bản tổng hợp lần {number}"),
                    "due",
                    "lãnh đạo trả lại dự thảo".to_owned(),
                )
            }
            Matter::Overdue { units, longest } => {
                words.extend(lock);
                to_call(format!("{units} đơn vị quá hạn"), "late", format!("lâu nhất {longest} ngày"))
            }
            Matter::Uncorrected { units, longest } => to_call(
                format!("{units} đơn vị quá hạn chỉnh lý"),
                "late",
                format!("lâu nhất {longest} ngày"),
            ),
            Matter::Due { units, asked, on } => {
                let when = match (on - today).num_days() {
                    0 => "hôm nay".to_owned(),
                    1 => "ngày mai".to_owned(),
                    _ => weekday_date(on),
                };
                // Who is asked is counted apart here as everywhere.
                let who = match (units, asked) {
                    (units, 0) => format!("{units} đơn vị chưa gửi"),
                    (0, asked) => format!("{asked} đơn vị được đề nghị chưa gửi"),
                    (units, asked) => format!("{units} đơn vị chưa gửi và {asked} đơn vị được đề nghị"),
                };
                to_call(who, "due", format!("đến hạn {when}"))
            }
            // They are asked: nobody tells them that they are late.
            Matter::Asked { units } => {
                words.extend(lock);
                to_call(format!("{units} đơn vị được đề nghị"), "wait", "chưa gửi".to_owned())
            }
            Matter::AskedCorrection { units } => {
                to_call(format!("{units} đơn vị được đề nghị"), "wait", "chưa gửi bản chỉnh lý".to_owned())
            }
            Matter::Unreceived { reports } => {
                words.extend(lock);
                (
                    format!("/periods/{}", waiting.period),
                    format!("{reports} báo cáo"),
                    "wait",
                    "chờ tiếp nhận".to_owned(),
                )
            }
            Matter::Unconsolidated { locked_on } => {
                words.push_str(&format!(" · kỳ đã khóa số liệu ngày {}", short_date(locked_on)));
                let make = if chases { "/consolidation" } else { "" };
                (
                    format!("/periods/{}{make}", waiting.period),
                    "Bản tổng hợp".to_owned(),
                    "due",
                    "chưa lập bản tổng hợp".to_owned(),
                )
            }
        };
        Item { href, who, tag, what, words }
    }
}

/// Units of open periods that declared nil although they reported figures before, or for a part of the period, until somebody has spoken with them about
/// it. Four queries.
fn nil_against(conn: &mut Conn, all: &Summaries, today: NaiveDate) -> Result<Vec<Item>, Error> {
    let nil: Vec<(&Duty, &Period)> = all
        .open
        .iter()
        .flat_map(|s| s.duties.iter().map(move |duty| (duty, &s.period)))
        .filter(|(duty, _)| duty.standing() == Standing::Nil)
        .collect();
    let ids: Vec<ObligationId> = nil.iter().map(|(duty, _)| duty.obligation.id).collect();
    let spoken = queries::last_contacts(conn, &ids)?;
    let (parts, earlier) = (queries::parts(conn, &nil)?, queries::earlier(conn, &nil)?);
    let none = Vec::new();
    let doubted: Vec<(&Duty, &Period, &Earlier)> = nil
        .into_iter()
        .filter(|(duty, _)| is_unasked(duty, spoken.get(&duty.obligation.id).copied()))
        .filter_map(|(duty, period)| {
            let id = duty.obligation.id;
            let (parts, earlier) = (parts.get(&id).unwrap_or(&none), earlier.get(&id).unwrap_or(&none));
            Some((duty, period, against(parts, earlier).next()?))
        })
        .collect();
    let units: Vec<UnitId> = doubted.iter().map(|(duty, ..)| duty.obligation.unit_id).collect();
    let names = units::queries::names_on(conn, &units, today)?;
    let item = |(duty, period, earlier): (&Duty, &Period, &Earlier)| Item {
        href: format!("/obligations/{}", duty.obligation.id),
        who: names.get(&duty.obligation.unit_id).cloned().unwrap_or_default(),
        tag: "wait",
        what: "khai không phát sinh".to_owned(),
        words: format!("{} · {} có {} số liệu khác 0", period.label, earlier.label, earlier.figures.len()),
    };
    Ok(doubted.into_iter().map(item).collect())
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
    let (scope, now) = (me.scope(), Now::from(state.clock.moment()));
    let today = now.today;
    let approves = me.actor.units_for(Action::ApproveEdition);
    let compiles = me.actor.units_for(Action::Consolidate);
    let chases = me.actor.may_somewhere(Action::Compile);
    let (all, queue, asking_count, more, editions) = state
        .read(move |conn| {
            let all = summaries(conn, &scope, now, FINISHED)?;
            let ids: Vec<PeriodId> = all.every().map(|s| s.period.id).collect();
            let sent = queries::last_sent(conn, &ids)?;
            let duties: Vec<Duty> = all.every().flat_map(|s| s.duties.iter().cloned()).collect();
            let asked = waiting_requests(conn, &duties)?;
            let chased: Vec<_> = duties.iter().map(|duty| duty.obligation.id).collect();
            let promised = chasing::queries::promises(conn, &chased)?;
            let given_back = queries::given_back(conn, &ids, &compiles)?;
            let unlocked = queries::unlocked(conn, &chased)?;
            let known = Known {
                sent: &sent,
                asked: &asked,
                promised: &promised,
                given_back: &given_back,
                unlocked: &unlocked,
                holidays: &all.holidays,
                now,
            };
            let mut queue = queue::queue(all.every(), &known);
            let shown = if queue.len() <= WAITING + FEW { queue.len() } else { WAITING };
            let more = queue.len() - shown;
            queue.truncate(shown);
            let units: Vec<UnitId> = queue.iter().filter_map(|waiting| waiting.matter.unit()).collect();
            let names = units::queries::names_on(conn, &units, today)?;
            let mut queue: Vec<Item> =
                queue.into_iter().map(|waiting| Item::new(waiting, &names, chases, today)).collect();
            let mut nil = nil_against(conn, &all, today)?;
            let more = more + nil.len().saturating_sub(WAITING);
            nil.truncate(WAITING);
            queue.extend(nil);
            let editions = queries::draft_editions(conn, &approves)?;
            Ok((all, queue, asked.len(), more, editions))
        })
        .await?;
    let waiting_count = all.every().map(|s| s.tally.waiting()).sum();
    let overdue = all.open.iter().map(|s| s.tally.assigned.overdue).sum();
    let may_open = me.actor.may_somewhere(Action::Compile);
    let agency = me.actor.bodies_for(Action::ReadOverview).join("; ");
    let page = me.page("Theo dõi", Nav::Periods);
    render(&ListPage {
        page,
        agency,
        today,
        now,
        all,
        queue,
        more,
        waiting_count,
        asking_count,
        overdue,
        may_open,
        editions,
    })
}
