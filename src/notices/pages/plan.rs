//! `/notices/plan`: what will be said in the coming days to the units a compiler collects from, in which words, and the words
//! to leaders that wait for a click.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::super::queries::{self, Among};
use super::super::release::{self, Ready};
use super::super::{FURTHEST, Line, plan};
use crate::access::Action;
use crate::db::ids::{EscalationId, PeriodId, PersonId};
use crate::error::{Error, Problems};
use crate::vietnamese::{short_date, weekday_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Days shown after today.
const AHEAD: u64 = 15;

/// `?period=7`
#[derive(Debug, Default, Deserialize)]
pub struct Narrow {
    period: Option<PeriodId>,
}

/// One thing that will be said, and to whom.
struct Saying {
    words: String,
    people: String,
}

/// A day with something to say.
struct Day {
    day: NaiveDate,
    today: bool,
    /// Said already.
    done: bool,
    sayings: Vec<Saying>,
    people: usize,
}

/// A prepared word to a leader.
struct Waiting {
    id: EscalationId,
    words: String,
    level: &'static str,
    people: String,
    since: String,
}

#[derive(Template)]
#[template(path = "notices/plan.html")]
struct PlanPage {
    page: Page,
    /// The body of whoever reads, at the head of the paper.
    agency: String,
    days: Vec<Day>,
    waiting: Vec<Waiting>,
    /// Units overdue of which nobody leads here: no word to a leader can be prepared.
    leaderless: Vec<String>,
    period: Option<PeriodId>,
    letters: bool,
    from_hour: u32,
    problems: Problems,
}

impl PlanPage {
    fn weekday(&self, day: &NaiveDate) -> String {
        weekday_date(*day)
    }
}

/// Names, and with letters on who of them gets one.
fn names(told: &[PersonId], contacts: &HashMap<PersonId, (String, String)>, letters: bool) -> String {
    let named = told.iter().filter_map(|person| contacts.get(person));
    let words =
        named.map(
            |(name, address)| {
                if !letters || address.is_empty() { name.clone() } else { format!("{name} (có thư)") }
            },
        );
    words.collect::<Vec<_>>().join(", ")
}

/// `GET /notices/plan`.
///
/// # Errors
/// [`Error::Forbidden`] for those who do not compile.
pub async fn ahead(state: State, me: SignedIn, narrow: web::Query<Narrow>) -> Result<HttpResponse, Error> {
    build(&state, &me, narrow.period, Problems::default()).await
}

async fn build(
    state: &State,
    me: &SignedIn,
    period: Option<PeriodId>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    release::may_release(&me.actor)?;
    let (today, settings) = (state.clock.today(), state.mail.clone());
    let collectors = me.actor.units_for(Action::Compile);
    let from_hour = settings.hours.from;
    let letters = settings.smtp.is_some();
    let (days, waiting, leaderless) = state
        .read(move |conn| {
            let last = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
            let begun = queries::open_run(conn, today)?;
            let after = match &begun {
                Some(run) => Some(run.after()),
                None => queries::last_finished(conn, today)?,
            };
            let after = after.or(today.pred_opt()).unwrap_or(today);
            let facts = queries::facts(conn, &Among::Collected(collectors.clone()), (today, last))?;
            let mut plans: Vec<(NaiveDate, plan::Plan)> = Vec::new();
            for day in today.iter_days().take_while(|day| *day <= last) {
                let after = if day == today { after } else { day.pred_opt().unwrap_or(day) };
                plans.push((day, plan::plan(&facts, (after, day), settings.hours.opens())));
            }
            let since =
                today.checked_sub_days(Days::new(u64::from(FURTHEST.unsigned_abs()))).unwrap_or(today);
            let prepared = queries::prepared(conn, &collectors, since)?;
            let ready = release::ready(&facts, prepared, today);
            let leaderless = plan::leaderless(&facts, today);
            let everybody: Vec<PersonId> = plans
                .iter()
                .flat_map(|(_, plan)| plan.people.keys())
                .chain(ready.iter().flat_map(|one| one.told.iter()))
                .copied()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect();
            let contacts = queries::contacts(conn, &everybody)?;
            let done = begun.is_some_and(|run| run.finished_at.is_some());
            let days = plans
                .into_iter()
                .map(|(day, plan)| {
                    shown((day, day == today, done && day == today), &plan, period, (&contacts, letters))
                })
                .filter(|day| day.today || !day.sayings.is_empty())
                .collect::<Vec<Day>>();
            let of_period = |one: &Ready| period.is_none_or(|period| one.line.period == period);
            let waiting: Vec<Waiting> = ready
                .into_iter()
                .filter(of_period)
                .map(|one| Waiting {
                    id: one.prepared.id,
                    level: one.prepared.level.name(),
                    people: names(&one.told, &contacts, letters),
                    since: short_date(one.prepared.prepared_on),
                    words: one.line.words,
                })
                .collect();
            Ok((days, waiting, leaderless))
        })
        .await?;
    let agency = me.actor.bodies_for(Action::Compile).join("; ");
    let page = me.page("Nhắc việc sắp gửi", Nav::Periods);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_status(
        status,
        &PlanPage { page, agency, days, waiting, leaderless, period, letters, from_hour, problems },
    )
}

fn shown(
    (day, today, done): (NaiveDate, bool, bool),
    plan: &plan::Plan,
    period: Option<PeriodId>,
    (contacts, letters): (&HashMap<PersonId, (String, String)>, bool),
) -> Day {
    let mut told: Vec<Vec<PersonId>> = vec![Vec::new(); plan.lines.len()];
    for (person, lines) in &plan.people {
        for at in lines {
            if let Some(of) = told.get_mut(*at) {
                of.push(*person);
            }
        }
    }
    let mut kept: Vec<(&Line, Vec<PersonId>)> = plan
        .lines
        .iter()
        .zip(told)
        .filter(|(line, _)| period.is_none_or(|period| line.period == period))
        .collect();
    kept.sort_by(|(a, _), (b, _)| (a.due_on, &a.words).cmp(&(b.due_on, &b.words)));
    let people: std::collections::BTreeSet<PersonId> =
        kept.iter().flat_map(|(_, told)| told.iter().copied()).collect();
    let sayings = kept
        .into_iter()
        .map(|(line, told)| Saying { words: line.words.clone(), people: names(&told, contacts, letters) })
        .collect();
    Day { day, today, done, sayings, people: people.len() }
}

/// `POST /notices/releases`: the chosen words go to the leaders.
///
/// # Errors
/// As [`release::release`].
pub async fn let_go(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    release::may_release(&me.actor)?;
    // Everything that was shown, and not what has come since.
    let field = if form.get("all").is_empty() { "chosen" } else { "shown" };
    let ids: Result<Vec<EscalationId>, _> = form.all(field).iter().map(|id| id.parse()).collect();
    let ids = ids.map_err(|_| Error::NotFound)?;
    if ids.is_empty() {
        let mut problems = Problems::default();
        problems.add("chosen", "Chọn ít nhất một dòng để gửi, hoặc bấm “Gửi tất cả”.");
        return build(&state, &me, form.line("period").parse().ok(), problems).await;
    }
    let (moment, settings, actor) = (state.clock.moment(), state.mail.clone(), me.actor.clone());
    let said = state.write(move |conn| release::release(conn, &actor, &ids, &settings, moment)).await?;
    let back = form.line("period");
    let to = match back.parse::<PeriodId>() {
        Ok(period) => format!("/notices/plan?period={period}"),
        Err(_) => "/notices/plan".to_owned(),
    };
    Ok(redirect_with(&to, format!("Đã gửi {said} thông báo lên lãnh đạo.")))
}
