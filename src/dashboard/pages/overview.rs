//! `/overview`: the leader's screen, on paper too. Always live: nothing here is kept.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{Days, NaiveDate};

use super::super::ahead;
use super::super::chart::{self, Chart};
use super::super::days_off::days_off;
use super::super::league::{self, Row, Standings};
use super::super::overview::{self, Event};
use super::super::queries;
use super::super::results::{Achievement, results};
use crate::access::{Action, Actor, Scope};
use crate::calendar::{Cycle, Now};
use crate::chasing::queries::promises;
use crate::consolidation;
use crate::consolidation::content::EditionContent;
use crate::days::queries::noticed;
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::periods::bar::breakdown;
use crate::periods::summary::{Summaries, Summary, reads_for, summaries, whole};
use crate::periods::{Period, Regime, queries as periods};
use crate::plans::progress::{self, Progress};
use crate::plans::state::Counts;
use crate::units;
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, SignedIn, State, render};

/// A past period under the chart, with what its rates are made of.
struct Compared {
    period: PeriodId,
    label: String,
    regime: String,
    sent: String,
    on_time: String,
    /// "Đã gửi 15/17 (88%): 13 đã tiếp nhận · …", one line each.
    parts: Vec<String>,
}

impl Compared {
    fn new(summary: &Summary) -> Compared {
        let count = summary.count();
        let percent = |percent: Option<u32>| percent.map_or_else(|| "–".to_owned(), |n| format!("{n}%"));
        let (sent, on_time) = (percent(count.sent_percent()), percent(count.on_time_percent()));
        let asked = if summary.tally.assigned.owed > 0 { "được giao" } else { "được đề nghị" };
        let mut parts = vec![
            format!("Đã gửi {}/{} ({sent}) đơn vị {asked}: {}", count.sent, count.owed, breakdown(count)),
            format!(
                "Đúng hạn {}/{} ({on_time}) đơn vị có thời hạn; {} gửi muộn",
                count.on_time, count.dated, count.late
            ),
        ];
        parts.extend(Some(summary.apart()).filter(|words| !words.is_empty()));
        Compared {
            period: summary.period.id,
            label: summary.period.label.clone(),
            regime: summary.regime.name.clone(),
            sent,
            on_time,
            parts,
        }
    }
}

/// A body overdue, named.
struct Late {
    unit_id: UnitId,
    href: String,
    unit: String,
    period: String,
    days: i64,
    /// "hẹn gửi 13/11/2026": what it promised when it was called; or blank.
    promise: String,
}

#[derive(Template)]
#[template(path = "dashboard/overview.html")]
struct OverviewPage {
    page: Page,
    today: NaiveDate,
    now: Now,
    /// The body of whoever reads, at the head of the paper.
    agency: String,
    all: Summaries,
    chart: Chart,
    compared: Vec<Compared>,
    late: Vec<Late>,
    /// Reports overdue that are not listed.
    late_more: usize,
    coming: Vec<Event>,
    /// Open periods without a last day.
    undated: Vec<(PeriodId, String)>,
    achieved: Option<Achieved>,
    /// How the units kept their last days over the year.
    standings: Standings,
    /// How the tasks of the plans in force stand, plan by plan.
    tasks: Vec<Progress>,
}

/// The main results of the newest approved edition, or of a later period so far.
struct Achieved {
    href: String,
    title: String,
    /// Where each figure comes from, unit by unit.
    period: PeriodId,
    /// Of what was received so far, and not of an approved edition.
    live: bool,
    results: Vec<Achievement>,
}

impl OverviewPage {
    /// Locked periods in which assigned bodies never sent, with how many: nobody waits for these any more.
    fn never_sent(&self) -> Vec<(PeriodId, &str, u32)> {
        let missing = self.all.finished.iter().filter(|s| s.tally.assigned.not_sent > 0);
        missing.map(|s| (s.period.id, s.period.label.as_str(), s.tally.assigned.not_sent)).collect()
    }

    /// Locked periods of which nobody has made an edition, with the day of the lock.
    fn unconsolidated(&self) -> Vec<(PeriodId, &str, String)> {
        let forgotten = self.all.finished.iter().filter_map(|s| {
            let locked_on = s.unconsolidated_since(self.today)?;
            Some((s.period.id, s.period.label.as_str(), short_date(locked_on)))
        });
        forgotten.collect()
    }

    fn never_sent_count(&self) -> u32 {
        self.never_sent().iter().map(|(.., units)| units).sum()
    }

    /// The last places, the worst first, and how many more were late or missing.
    fn behind(&self) -> Vec<Row> {
        self.standings.league.behind().into_iter().take(BEHIND).collect()
    }

    fn behind_more(&self) -> usize {
        self.standings.league.behind().len().saturating_sub(BEHIND)
    }

    /// The tasks of all plans in force.
    fn all_tasks(&self) -> Counts {
        let mut all = Counts::default();
        for one in &self.tasks {
            all += one.counts;
        }
        all
    }

    fn overdue_count(&self) -> u32 {
        self.all.open.iter().map(|s| s.tally.assigned.overdue).sum()
    }
}

/// The main results against last year: of the newest approved edition, or of the reports received so far where a later
/// period has some. Some thirty queries at most, whatever the number of units.
fn achieved(
    conn: &mut Conn,
    actor: &Actor,
    scope: &Scope,
    all: &Summaries,
) -> Result<Option<Achieved>, Error> {
    let mut approved = consolidation::queries::editions(conn, scope)?;
    approved.retain(|(edition, ..)| edition.is_approved());
    let periods: Vec<PeriodId> = approved.iter().map(|(_, period, _)| period.id).collect();
    let lower = consolidation::queries::lower_collectors(conn, &periods)?;
    let newest = approved
        .into_iter()
        // The whole of a regime for whoever may see it; a lower collector's part for nobody but that body.
        .filter(|(edition, period, regime)| {
            edition.collector_id == regime.collector_id
                || !whole(scope, regime)
                || !lower.contains(&(period.id, edition.collector_id))
        })
        .max_by_key(|(edition, period, _)| (period.reference_on, edition.number));
    let frozen_on = newest.as_ref().map(|(_, period, _)| period.reference_on);
    let recurs = |s: &&Summary| Cycle::from_code(&s.period.cycle).is_some_and(Cycle::recurs);
    let running = all
        .open
        .iter()
        .chain(&all.finished)
        .filter(recurs)
        .filter(|s| s.is_report() && s.count().received > 0)
        .filter(|s| frozen_on.is_none_or(|day| day < s.period.reference_on))
        .max_by_key(|s| (s.period.reference_on, s.period.id));
    if let Some(s) = running {
        let collector = reads_for(scope, &s.regime, &s.duties);
        match consolidation::figures_received(conn, &s.period, collector) {
            Ok(content) => {
                let content = for_reader(actor, collector, content);
                let found =
                    Achieved::new(&content, &s.period, &s.regime, format!("/periods/{}", s.period.id));
                if let Some(found) = found {
                    let others = match whole(scope, &s.regime) {
                        true => consolidation::collected_beside(conn, s.period.id, collector)?,
                        false => vec![],
                    };
                    let names = units::queries::names_on(conn, &others, s.period.reference_on)?;
                    let names: Vec<&str> =
                        others.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
                    let title = match names.is_empty() {
                        true => found.title,
                        false => format!("{} (chưa gồm phần do {} tổng hợp)", found.title, names.join(", ")),
                    };
                    return Ok(Some(Achieved { live: true, title, ..found }));
                }
            }
            // A total that cannot be made is told to the compiler; here there is nothing to show.
            Err(Error::Refused(_) | Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let Some((edition, period, regime)) = newest else { return Ok(None) };
    let content = for_reader(actor, edition.collector_id, consolidation::read_content(conn, &edition)?);
    Ok(Achieved::new(&content, &period, &regime, format!("/editions/{}", edition.id)))
}

/// What a reader may know of a content: who consolidates for its collector everything.
fn for_reader(actor: &Actor, collector: UnitId, content: EditionContent) -> EditionContent {
    match actor.for_unit(collector, Action::Consolidate) {
        Some(_) => content,
        None => consolidation::guarded(content),
    }
}

impl Achieved {
    /// None where there is no total to show.
    fn new(content: &EditionContent, period: &Period, regime: &Regime, href: String) -> Option<Achieved> {
        let results = results(content);
        let title = format!("{}, {}", period.label, regime.name);
        let period = period.id;
        (!results.is_empty()).then_some(Achieved { href, title, period, live: false, results })
    }
}

/// How many locked periods are read for the chart.
pub(super) const KEPT: usize = 12;

/// How many of the last places stand here; the whole order has a page of its own.
const BEHIND: usize = 5;

/// Who reads the state of every period.
///
/// # Errors
/// [`Error::Forbidden`] for people who neither oversee nor collect.
pub(super) fn may_read(actor: &Actor) -> Result<(), Error> {
    if actor.may_somewhere(Action::ReadOverview) {
        return Ok(());
    }
    Err(Error::Forbidden(
        "Trang này dành cho lãnh đạo và đơn vị tổng hợp. Báo cáo của đơn vị mình ở trang Việc của tôi."
            .into(),
    ))
}

/// The body of whoever reads, as it heads the paper.
pub(super) fn agency(actor: &Actor) -> String {
    let reader = actor.memberships.iter().find(|m| m.role.may(Action::ReadOverview));
    reader.map(|m| m.unit_name.clone()).unwrap_or_default()
}

/// `GET /overview`: how every period stands, and what was achieved. A fixed number of queries.
///
/// # Errors
/// As [`may_read`].
pub async fn overview(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    may_read(&me.actor)?;
    let (scope, moment, page) = (me.scope(), state.clock.moment(), me.page("Tình hình chung", Nav::Overview));
    let (today, now) = (moment.today, Now::from(moment));
    let agency = agency(&me.actor);
    let page = state
        .read(move |conn| {
            let all = summaries(conn, &scope, now, KEPT)?;
            let mut overdue = overview::longest_overdue(&all.open, &all.holidays, now);
            let late_more = overdue.len().saturating_sub(overview::OVERDUE);
            overdue.truncate(overview::OVERDUE);
            let names =
                units::queries::names_on(conn, &overdue.iter().map(|o| o.unit).collect::<Vec<_>>(), today)?;
            let promised = promises(conn, &overdue.iter().map(|o| o.obligation).collect::<Vec<_>>())?;
            let late = overdue
                .into_iter()
                .map(|o| Late {
                    unit_id: o.unit,
                    href: format!("/obligations/{}", o.obligation),
                    unit: names.get(&o.unit).cloned().unwrap_or_default(),
                    period: o.period,
                    days: o.days,
                    promise: promised.get(&o.obligation).map_or_else(String::new, |day| match *day < today {
                        true => format!("đã hẹn {}, chưa gửi", short_date(*day)),
                        false => format!("hẹn gửi {}", short_date(*day)),
                    }),
                })
                .collect();
            let past = overview::compared(all.open.iter().chain(&all.finished), today);
            let points: Vec<chart::Point> = past.iter().map(|s| overview::point(s)).collect();
            // The newest first: nobody reads downwards to find this year.
            let compared = past.into_iter().rev().map(Compared::new).collect();
            let mut coming = overview::coming(all.every(), &all.holidays, today);
            let regimes = periods::visible_regimes(conn, &scope)?;
            let cycles = queries::cycles_of(conn, &regimes.iter().map(|r| r.id).collect::<Vec<_>>())?;
            let opened = periods::periods(conn, &scope)?;
            coming.extend(ahead::not_opened(&scope, &regimes, &cycles, &opened, &all.holidays, today));
            let end = today.checked_add_days(Days::new(overview::AHEAD)).unwrap_or(today);
            let kept = queries::kept_days(conn, today, end)?;
            coming.extend(days_off(&kept, &noticed(conn)?, today));
            coming.sort_by(|a, b| (a.day, &a.words).cmp(&(b.day, &b.words)));
            let undated = all.open.iter().filter(|s| s.deadline().is_none());
            let undated = undated.map(|s| (s.period.id, s.period.label.clone())).collect();
            let standings = league::load(conn, &scope, &all, &opened, today)?;
            let achieved = achieved(conn, &me.actor, &scope, &all)?;
            let tasks = progress::in_force(conn, &me.actor, today)?;
            Ok(OverviewPage {
                page,
                today,
                now,
                agency,
                chart: chart::chart(&points),
                compared,
                late,
                late_more,
                coming,
                undated,
                achieved,
                standings,
                tasks,
                all,
            })
        })
        .await?;
    render(&page)
}
