//! The page of one period: who has not sent, and what waits.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::bar::Bar;
use super::super::board::{self, Group, Narrow, STATUSES, Source};
use super::super::queries;
use super::super::queries::Begun;
use super::super::set_dates::may_set;
use super::super::summary::{Summary, reads_for};
use super::super::withdraw::may_withdraw;
use super::super::{Due, Duty, ExtensionWord, Progress};
use super::waiting::{Waiting, waiting_requests};
use crate::access::Action;
use crate::calendar::{Holidays, Now};
use crate::chasing;
use crate::db::ids::{ObligationId, PeriodId, ReportId, UnitId};
use crate::error::Error;
use crate::reports::open_plans::{self, OpenPlan};
use crate::reports::paper_duty::{MissingPaper, missing};
use crate::units::{self, UnitOn};
use crate::web::{Nav, Page, SignedIn, State, render};

/// A consolidated report of a body that collects.
struct LowerLine {
    href: String,
    report: String,
    unit: String,
    /// This reader's own body writes it.
    own: bool,
    progress: Progress,
    due: Option<Due>,
    /// Units below it that have sent, and that owe.
    sent: usize,
    of: usize,
}

#[derive(Template)]
#[template(path = "periods/show.html")]
struct PeriodPage {
    page: Page,
    today: NaiveDate,
    summary: Summary,
    collector: String,
    last_working_day: Option<NaiveDate>,
    groups: Vec<Group>,
    waiting: Vec<Waiting>,
    overdue: Vec<(String, ObligationId, i64)>,
    /// Who asked for an extension, and to which day.
    asking: Vec<(String, ObligationId, String)>,
    lower: Vec<LowerLine>,
    /// Units whose signed paper is still to come: name, address of the report, what is missing.
    papers: Vec<(String, ReportId, String)>,
    /// Plans that the units' papers cite without number or day.
    open_plans: Vec<OpenPlan>,
    /// Compiles for the body that collects what is reported of them, and so edits them.
    edits_plans: bool,
    narrow: Narrow,
    may_consolidate: bool,
    /// Other bodies of this period for which the reader consolidates, by name.
    bodies: Vec<(UnitId, String)>,
    may_set: bool,
    /// Enters reports for those who send to the reader's body.
    may_enter: bool,
    /// Opened by mistake, as far as can be seen: nobody has begun anything.
    untouched: bool,
    may_decide: bool,
    /// Reports received after the newest edition was made.
    since_edition: usize,
    /// Units that declared "không phát sinh" after it: no receipt tells of them.
    nil_since_edition: usize,
}

impl PeriodPage {
    /// The statuses that occur, for the filter.
    fn statuses(&self) -> Vec<(&'static str, &'static str)> {
        let occurs = |p: &Progress| self.summary.duties.iter().any(|d| d.progress() == *p);
        STATUSES.iter().filter(|(_, p)| occurs(p)).map(|(code, p)| (*code, p.words())).collect()
    }

    /// Days from today to the deadline, in words for the facts.
    fn left(&self) -> String {
        match self.summary.deadline().map(|day| (day - self.today).num_days()) {
            None => String::new(),
            Some(0) => "hôm nay".to_owned(),
            Some(days @ 1..) => format!("còn {days} ngày"),
            Some(days) => format!("đã qua {} ngày", -days),
        }
    }

    fn bar(&self) -> Bar {
        self.summary.bar()
    }
}

/// The filter of the page's address.
#[derive(serde::Deserialize)]
pub struct Filter {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
}

/// What the page of one period reads in one transaction.
struct Loaded {
    summary: Summary,
    units: HashMap<UnitId, UnitOn>,
    collector: String,
    last_sent: HashMap<ReportId, chrono::NaiveDateTime>,
    filled: queries::Filled,
    holidays: Holidays,
    asking: HashMap<ObligationId, ExtensionWord>,
    promised: HashMap<ObligationId, NaiveDate>,
    passed: HashMap<ObligationId, String>,
    typed: HashMap<ReportId, Option<NaiveDate>>,
    since_edition: usize,
    /// Consolidated reports of the level below, or of this reader's own body.
    lower: Vec<Duty>,
    reader: UnitId,
    missing: HashMap<ReportId, MissingPaper>,
    open_plans: Vec<OpenPlan>,
    begun: Begun,
}

/// `GET /periods/{id}`. Twenty-nine queries, four more where a report passed from one unit to another, whatever the size of the province.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period.
pub async fn period(
    state: State,
    me: SignedIn,
    id: web::Path<PeriodId>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Error> {
    let (scope, now, id) = (me.scope(), Now::from(state.clock.moment()), id.into_inner());
    let today = now.today;
    let read = state
        .read(move |conn| {
            let (period, regime) = queries::period(conn, &scope, id)?;
            let holidays = queries::holidays(conn)?;
            let duties = queries::duties_of_periods(conn, &scope, &[id])?;
            let reader = reads_for(&scope, &regime, &duties);
            let edition = queries::newest_editions(conn, &[(id, reader)])?.remove(&id);
            let level = queries::level_dues(conn, &[id])?.remove(&(id, reader));
            let lower = queries::consolidated_duties(conn, &scope, &[id])?;
            let since_edition = match &edition {
                Some(edition) => queries::received_after(conn, edition.id)?,
                None => 0,
            };
            let last_sent = queries::last_sent(conn, &[id])?;
            let filled = queries::filled(conn, &duties.iter().collect::<Vec<_>>())?;
            let mut ids: Vec<UnitId> = duties.iter().map(|d| d.obligation.unit_id).collect();
            ids.extend([regime.collector_id, reader]);
            ids.extend(lower.iter().map(|d| d.obligation.unit_id));
            ids.extend(duties.iter().map(|d| d.obligation.collector_id));
            // The names of the period's own day: a later rename does not change what was asked then.
            let units = units::queries::on_day(conn, &ids, period.reference_on)?;
            let collector = units.get(&reader).map(|u| u.name.clone()).unwrap_or_default();
            let asking = waiting_requests(conn, &duties)?;
            let owed: Vec<_> = duties.iter().map(|d| d.obligation.id).collect();
            let promised = chasing::queries::promises(conn, &owed)?;
            let passed = queries::passed_from(conn, &owed)?;
            let reports: Vec<_> = duties.iter().map(|d| d.report.id).collect();
            let typed = crate::reports::queries::last_typed_in(conn, &reports)?;
            let sent = duties.iter().chain(&lower).map(|duty| (duty, &regime));
            let missing = missing(conn, sent)?;
            let open_plans = open_plans::of_period(conn, regime.id, (period.reference_on, period.year))?;
            let summary =
                Summary::new((period, regime), duties, edition, &holidays, now).at_level(level, &holidays);
            Ok(Loaded {
                summary,
                units,
                collector,
                last_sent,
                filled,
                holidays,
                asking,
                promised,
                passed,
                typed,
                since_edition,
                lower,
                reader,
                missing,
                open_plans,
                begun: queries::begun(conn, id)?,
            })
        })
        .await?;
    let rolling = read.summary.regime.rolling;
    let narrow = Narrow { words: filter.q.clone(), status: filter.status.clone() };
    let source = Source {
        units: &read.units,
        last_sent: &read.last_sent,
        filled: &read.filled,
        asking: &read.asking,
        promised: &read.promised,
        passed: &read.passed,
        typed: &read.typed,
        reader: read.reader,
        rolling,
        holidays: &read.holidays,
        now,
    };
    let groups = board::groups(&read.summary.duties, &source, &narrow);
    let name =
        |duty: &Duty| read.units.get(&duty.obligation.unit_id).map(|u| u.name.clone()).unwrap_or_default();
    let mut waits: Vec<&Duty> = read
        .summary
        .duties
        .iter()
        .chain(read.lower.iter().filter(|d| d.obligation.unit_id != read.reader))
        .filter(|d| d.progress() == Progress::Sent)
        .collect();
    waits.sort_by_key(|d| (read.last_sent.get(&d.report.id).copied(), d.obligation.id));
    let waiting = waits
        .into_iter()
        .map(|duty| Waiting {
            href: format!("/reports/{}", duty.report.id),
            unit: if duty.is_consolidated() {
                format!("{} (báo cáo tổng hợp)", name(duty))
            } else {
                name(duty)
            },
            sent_at: read
                .last_sent
                .get(&duty.report.id)
                .copied()
                .map(board::short_moment)
                .unwrap_or_default(),
            revision: duty.report.last_revision,
        })
        .collect();
    let mut overdue: Vec<(String, ObligationId, i64)> = read
        .summary
        .duties
        .iter()
        .filter_map(|d| Some((name(d), d.obligation.id, d.overdue_days(rolling, &read.holidays, now)?)))
        .collect();
    overdue.sort_by_key(|(_, id, days)| (std::cmp::Reverse(*days), *id));
    let papers = read
        .summary
        .duties
        .iter()
        .chain(read.lower.iter().filter(|d| d.obligation.unit_id != read.reader))
        .filter_map(|d| Some((name(d), d.report.id, read.missing.get(&d.report.id)?.words())))
        .collect();
    let asking = read
        .summary
        .duties
        .iter()
        .filter_map(|d| Some((name(d), d.obligation.id, read.asking.get(&d.obligation.id)?.day())))
        .collect();
    // Where the deadline is a rest day, the last working day before it is named too.
    let last_working_day = read
        .summary
        .deadline()
        .filter(|day| !read.holidays.is_working_day(*day))
        .map(|day| read.holidays.last_working_day_on_or_before(day));
    let untouched = may_withdraw(&me.actor, &read.summary.regime).is_ok() && read.begun == Begun::Nothing;
    let lower = read
        .lower
        .iter()
        .map(|duty| {
            let below: Vec<&Duty> = read
                .summary
                .duties
                .iter()
                .filter(|d| d.obligation.collector_id == duty.obligation.unit_id && d.standing().counts())
                .collect();
            LowerLine {
                href: match duty.report.last_revision {
                    0 => format!("/obligations/{}", duty.obligation.id),
                    _ => format!("/reports/{}", duty.report.id),
                },
                report: format!("/reports/{}", duty.report.id),
                unit: name(duty),
                own: duty.obligation.unit_id == read.reader,
                progress: duty.progress(),
                due: duty.due(rolling, &read.holidays, now),
                sent: below.iter().filter(|d| d.progress().has_sent()).count(),
                of: below.len(),
            }
        })
        .collect();
    // Whoever works for several bodies of a period reads it for one of them, and consolidates for each.
    let others: BTreeSet<UnitId> = read
        .summary
        .duties
        .iter()
        .map(|duty| duty.obligation.collector_id)
        .filter(|id| *id != read.reader && me.actor.for_unit(*id, Action::Consolidate).is_some())
        .collect();
    let bodies = others.into_iter().filter_map(|id| Some((id, read.units.get(&id)?.name.clone()))).collect();
    let made_at = read.summary.edition.as_ref().map(|edition| edition.created_at);
    let nil_since = |duty: &&Duty| made_at.zip(duty.nil_at).is_some_and(|(made, nil)| made < nil);
    let nil_since_edition = read.summary.duties.iter().filter(nil_since).count();
    render(&PeriodPage {
        page: me.page(read.summary.period.label.clone(), Nav::Periods),
        today,
        collector: read.collector,
        last_working_day,
        groups,
        waiting,
        overdue,
        asking,
        lower,
        papers,
        open_plans: read.open_plans,
        edits_plans: me.actor.for_unit(read.summary.regime.collector_id, Action::Compile).is_some(),
        narrow,
        may_consolidate: me.actor.for_unit(read.reader, Action::Consolidate).is_some(),
        bodies,
        may_enter: me.actor.for_unit(read.reader, Action::TypeOnBehalf).is_some(),
        may_set: may_set(&me.actor, &read.summary.regime).is_ok(),
        untouched,
        may_decide: me.actor.may_somewhere(Action::Compile),
        since_edition: read.since_edition,
        nil_since_edition,
        summary: read.summary,
    })
}
