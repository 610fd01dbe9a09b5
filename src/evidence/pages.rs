//! `/evidence`: the ledger of the person's own units; `/periods/{id}/evidence`: of the units that report for a period.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::Platform;
use super::ledger::{Filter, Line, totals, words_of};
use super::read::{self, Ledger};
use crate::db::ids::{IndicatorId, PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::periods::RegimeKind;
use crate::plans::shortened;
use crate::vietnamese::{clean_line, group_thousands, parse_date, short_date};
use crate::web::{Nav, Page, SignedIn, State, render};

/// Lines of one page at most; a filter finds the others.
const MOST_LINES: usize = 500;

/// What stands behind the question mark.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
    platform: String,
    q: String,
    twice: String,
    unit: String,
    indicator: String,
}

/// A report that claims a post: its address, or none where it is not the reader's; the label of its period.
struct ReportView {
    href: String,
    label: String,
}

struct TaskView {
    href: String,
    words: String,
    /// "12 tin, bài → B01"
    figure: String,
    photos: Vec<String>,
}

struct Row {
    day: String,
    day_value: String,
    title: String,
    url: String,
    platform: &'static str,
    reach: String,
    unit: String,
    tasks: Vec<TaskView>,
    indicators: String,
    reports: Vec<ReportView>,
    /// Who else claims it.
    twice: Vec<String>,
}

/// The period it is of, where it is not the person's own.
struct OfPeriod {
    id: PeriodId,
    label: String,
    regime: String,
    is_report: bool,
}

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct LedgerPage {
    page: Page,
    heading: String,
    period: Option<OfPeriod>,
    asked: Asked,
    problems: Problems,
    rows: Vec<Row>,
    /// Lines that pass, also those that are not shown.
    found: usize,
    twice: usize,
    totals: Vec<(&'static str, usize, String)>,
    platforms: Vec<(&'static str, &'static str)>,
    bodies: Vec<(String, String)>,
    /// The indicator asked for, and what its entries add up to.
    counted: Option<(String, String)>,
    /// The days are the reader's own choice.
    spanned: bool,
}

impl LedgerPage {
    /// Whether any line counts toward an indicator: a column of blanks tells nothing.
    fn counts(&self) -> bool {
        self.rows.iter().any(|row| !row.indicators.is_empty())
    }

    fn is_filtered(&self) -> bool {
        let asked = &self.asked;
        let typed = [&asked.platform, &asked.q, &asked.twice, &asked.unit, &asked.indicator];
        typed.iter().any(|typed| !typed.is_empty()) || self.spanned
    }
}

/// `GET /evidence`.
///
/// # Errors
/// `Forbidden` for who works for no unit.
pub async fn own(me: SignedIn, state: State, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let (actor, moment, mut asked) = (me.actor.clone(), state.clock.moment(), asked.into_inner());
    let mut problems = Problems::default();
    let year = read::this_year(moment.today);
    let mut day = |typed: &str, field: &str, otherwise: NaiveDate| match clean_line(typed).as_str() {
        "" => otherwise,
        typed => parse_date(typed).unwrap_or_else(|error| {
            problems.add(field, error.to_string());
            otherwise
        }),
    };
    let span = (day(&asked.from, "from", year.0), day(&asked.to, "to", year.1));
    if problems.is_empty() && span.0 > span.1 {
        problems.add("to", "Ngày cuối phải sau ngày đầu.");
    }
    let ledger = state.read(move |conn| read::own(conn, &actor, span, moment)).await?;
    let (filter, spanned) = (filter(&asked), !(asked.from.is_empty() && asked.to.is_empty()));
    if problems.is_empty() {
        (asked.from, asked.to) = (short_date(span.0), short_date(span.1));
    }
    let heading = ledger.bodies.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ");
    let mut page = view(me.page("Minh chứng", Nav::Evidence), ledger, asked, &filter);
    (page.heading, page.problems, page.spanned) = (heading, problems, spanned);
    render(&page)
}

/// `GET /periods/{id}/evidence`.
///
/// # Errors
/// `NotFound` for a foreign period.
pub async fn of_period(
    me: SignedIn,
    state: State,
    id: web::Path<PeriodId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (actor, id, asked) = (me.actor.clone(), id.into_inner(), asked.into_inner());
    let (period, regime, ledger) = state.read(move |conn| read::of_period(conn, &actor, id)).await?;
    let filter = filter(&asked);
    let mut page =
        view(me.page(format!("Minh chứng: {}", period.label), Nav::Periods), ledger, asked, &filter);
    page.period = Some(OfPeriod {
        id,
        label: period.label,
        is_report: regime.kind() == RegimeKind::Report,
        regime: regime.name,
    });
    render(&page)
}

/// What cannot be read asks for nothing.
fn filter(asked: &Asked) -> Filter {
    Filter {
        platform: Platform::from_code(&asked.platform),
        text: clean_line(&asked.q),
        twice: !asked.twice.is_empty(),
        body: asked.unit.parse::<UnitId>().ok(),
        indicator: asked.indicator.parse::<IndicatorId>().ok(),
    }
}

fn view(page: Page, ledger: Ledger, asked: Asked, filter: &Filter) -> LedgerPage {
    let passing: Vec<&Line> = ledger.lines.iter().filter(|line| line.passes(filter)).collect();
    LedgerPage {
        heading: String::new(),
        spanned: false,
        period: None,
        problems: Problems::default(),
        rows: passing.iter().take(MOST_LINES).map(|line| row(line, &ledger)).collect(),
        found: passing.len(),
        twice: passing.iter().filter(|line| !line.twice.is_empty()).count(),
        totals: totals(passing.iter().copied())
            .into_iter()
            .map(|(platform, posts, reach)| {
                let words =
                    |reach: i128| i64::try_from(reach).map_or_else(|_| reach.to_string(), group_thousands);
                let reach = reach.map(words).unwrap_or_default();
                (platform.words(), posts, reach)
            })
            .collect(),
        platforms: Platform::ALL.iter().map(|platform| (platform.code(), platform.words())).collect(),
        bodies: ledger.bodies.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
        counted: filter.indicator.and_then(|id| counted(id, &passing, &ledger)),
        page,
        asked,
    }
}

/// "B01 Tin, bài đăng" and "12 tin, bài (3 lần ghi)".
fn counted(id: IndicatorId, lines: &[&Line], ledger: &Ledger) -> Option<(String, String)> {
    let (code, name, measure) = ledger.names.indicators.get(&id)?;
    let entries = || lines.iter().flat_map(|line| &line.entries).filter(|entry| entry.indicator == Some(id));
    let sum =
        entries().filter_map(|entry| entry.quantity).try_fold(0_i64, |sum, one| sum.checked_add(one))?;
    Some((
        format!("{code} {name}"),
        format!("{} {measure} ({} lần ghi)", group_thousands(sum), entries().count()),
    ))
}

fn row(line: &Line, ledger: &Ledger) -> Row {
    let names = &ledger.names;
    let code = |id| names.indicators.get(&id).map(|(code, ..)| code.as_str());
    let task = |entry: &super::ledger::Noted| {
        let (path, text) = names.tasks.get(&entry.task).cloned().unwrap_or_default();
        let figure = entry.quantity.map_or_else(String::new, |quantity| {
            format!("{} {}", group_thousands(quantity), entry.measure_unit)
        });
        let photos = entry.photos.iter().map(|file| format!("/task-entries/{}/photos/{file}", entry.id));
        TaskView {
            href: format!("/tasks/{}", entry.task),
            words: format!("{path} – {}", shortened(&text, 70)),
            figure,
            photos: photos.collect(),
        }
    };
    let mut indicators: Vec<&str> =
        line.entries.iter().filter_map(|entry| entry.indicator).filter_map(code).collect();
    indicators.sort_unstable();
    indicators.dedup();
    Row {
        day: line.day.map(short_date).unwrap_or_default(),
        day_value: line.day.map(|day| day.to_string()).unwrap_or_default(),
        title: if line.title.is_empty() { line.url.clone() } else { shortened(&line.title, 160) },
        url: line.url.clone(),
        platform: if line.key.is_empty() { "" } else { line.platform.words() },
        reach: line.reach.map(group_thousands).unwrap_or_default(),
        unit: ledger.units.get(&line.body).cloned().unwrap_or_default(),
        tasks: line.entries.iter().map(task).collect(),
        indicators: indicators.join(", "),
        reports: line
            .reports
            .iter()
            .map(|(id, label)| ReportView { href: format!("/reports/{id}"), label: label.clone() })
            .collect(),
        twice: words_of(&line.twice, line.body, &ledger.units),
    }
}
