//! `/periods/{id}/dates`: the last day, its document and the lock of a period that is open.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::due_input::{self, RULES};
use super::super::set_dates::{AWARE, NewDates, may_set, redated, set_dates};
use super::super::{Period, Regime, queries};
use crate::calendar::{DueRule, Holidays, Within, parse_hour};
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::units;
use crate::vietnamese::{parse_date, short_date};
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// The fields as typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    due_rule: String,
    stated_on: String,
    /// "16:00"; blank: until the end of the day.
    stated_time: String,
    /// A time told in days, and the day from which they are counted.
    within: String,
    event_on: String,
    due_basis: String,
    lock_on: String,
    aware: bool,
}

impl Typed {
    fn of(period: &Period) -> Typed {
        let date = |day: Option<NaiveDate>| day.map(short_date).unwrap_or_default();
        // A day counted from an event is shown as the document tells it.
        let told = Within::told(&period.due_basis);
        let rule = told.as_ref().map_or(period.due_rule.as_str(), |(within, _)| due_input::code(within));
        let document = told.as_ref().map_or(period.due_basis.as_str(), |(_, document)| document);
        let within = told.as_ref().map(|(within, _)| within);
        Typed {
            due_rule: rule.to_owned(),
            stated_on: date(period.stated_on.filter(|_| within.is_none())),
            stated_time: period.stated_time.clone().unwrap_or_default(),
            within: within.map(|within| within.days.to_string()).unwrap_or_default(),
            event_on: date(within.map(|within| within.from)),
            // What says that no day is set is no basis of the day that will be.
            due_basis: match period.due() {
                DueRule::Undated => String::new(),
                _ => document.to_owned(),
            },
            lock_on: date(period.lock_on),
            aware: false,
        }
    }

    fn posted(form: &FormData) -> Typed {
        Typed {
            due_rule: form.line("due_rule"),
            stated_on: form.line("stated_on"),
            stated_time: form.line("stated_time"),
            within: form.line("within"),
            event_on: form.line("event_on"),
            due_basis: form.line("due_basis"),
            lock_on: form.line("lock_on"),
            aware: form.has(AWARE),
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with a message at each field that cannot be read.
    fn parse(&self, holidays: &Holidays) -> Result<NewDates, Error> {
        let mut problems = Problems::default();
        let (due, basis) = self.due(holidays, &mut problems);
        let lock_on = day("lock_on", &self.lock_on, &mut problems);
        problems.or(NewDates { due, due_basis: basis, lock_on, aware: self.aware })
    }

    /// The last day and the document that sets it, what cannot be read noted at its field.
    fn due(&self, holidays: &Holidays, problems: &mut Problems) -> (DueRule, String) {
        let within = due_input::within(&self.due_rule, &self.within, &self.event_on, problems);
        let counted = due_input::is_within(&self.due_rule);
        // The day that stood there gives way to the one that is counted.
        let stated = day("stated_on", if counted { "" } else { &self.stated_on }, problems);
        let due = match (self.due_rule.as_str(), stated) {
            ("undated", _) => Some(DueRule::Undated),
            _ if counted => within.and_then(|within| within.last_day(holidays)).map(DueRule::By),
            (code @ ("before" | "by"), Some(day)) => DueRule::from_parts(code, Some(day)),
            ("before" | "by", None) => {
                if self.stated_on.is_empty() {
                    problems.add("stated_on", "Nhập ngày ghi trong văn bản.");
                }
                None
            }
            _ => {
                problems.add("due_rule", "Chọn cách văn bản ghi thời hạn gửi.");
                None
            }
        };
        let hour = parse_hour(&self.stated_time);
        if hour.is_none() && !self.stated_time.is_empty() {
            problems.add("stated_time", "Nhập giờ và phút, ví dụ 16:00; để trống nếu văn bản không ghi giờ.");
        }
        // A document that was not named stays missing.
        let basis = match within {
            Some(within) if !self.due_basis.is_empty() => within.beside(&self.due_basis),
            _ => self.due_basis.clone(),
        };
        (due.unwrap_or(DueRule::Undated).at(hour), basis)
    }
}

/// A day as typed; blank is none.
fn day(field: &str, text: &str, problems: &mut Problems) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    parse_date(text).map_err(|error| problems.add(field, error.to_string())).ok()
}

/// Those who collect below: what their units are told now, and what they would be told by the day that is typed.
struct Lower {
    name: String,
    now: String,
    then: Option<String>,
}

#[derive(Template)]
#[template(path = "periods/dates.html")]
struct DatesPage {
    page: Page,
    period: Period,
    regime: Regime,
    typed: Typed,
    problems: Problems,
    /// Units that have sent, which keep their day, and those that have not.
    sent: usize,
    open: usize,
    lower: Vec<Lower>,
    holidays: Holidays,
}

impl DatesPage {
    /// How a document words a due day: code, words, chosen.
    fn rules(&self) -> Vec<(&'static str, &'static str, bool)> {
        RULES
            .into_iter()
            .filter(|(code, _)| *code != "undated" || self.period.due() == DueRule::Undated)
            .map(|(code, words)| (code, words, self.typed.due_rule == code))
            .collect()
    }
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: PeriodId,
    typed: Option<Typed>,
    problems: Problems,
) -> Result<DatesPage, Error> {
    let scope = me.scope();
    let today = state.clock.today();
    let shown = state
        .read(move |conn| {
            let (period, regime) = queries::period(conn, &scope, id)?;
            let typed = typed.unwrap_or_else(|| Typed::of(&period));
            let duties = queries::duties_of_periods(conn, &scope, &[id])?;
            let waiting: BTreeSet<UnitId> =
                queries::open_duties(conn, id)?.into_iter().map(|(_, unit, _)| unit).collect();
            let holidays = queries::holidays(conn)?;
            let dues = queries::level_dues(conn, &[id])?;
            let ids: Vec<UnitId> = dues.keys().map(|(_, collector)| *collector).collect();
            let names = units::queries::names_on(conn, &ids, today)?;
            let mut unread = Problems::default();
            let (due, _) = typed.due(&holidays, &mut unread);
            let levels = redated(conn, &period, &regime, due, &holidays, today)?;
            let moves = unread.is_empty() && due != period.due();
            let mut lower: Vec<Lower> = dues
                .into_iter()
                .filter_map(|((_, collector), now)| {
                    let then = levels.iter().find(|level| moves && level.collector == collector);
                    Some(Lower {
                        name: names.get(&collector)?.clone(),
                        now: now.text(),
                        then: then.map(|level| level.due.text()),
                    })
                })
                .collect();
            lower.sort_by(|a, b| a.name.cmp(&b.name));
            let sent = duties.iter().filter(|duty| duty.report.first_sent_at.is_some()).count();
            Ok((period, regime, typed, sent, waiting.len(), lower, holidays))
        })
        .await?;
    let (period, regime, typed, sent, open, lower, holidays) = shown;
    may_set(&me.actor, &regime)?;
    let page = me.page("Ấn định thời hạn", Nav::Periods);
    Ok(DatesPage { page, period, regime, typed, problems, sent, open, lower, holidays })
}

/// `GET /periods/{id}/dates`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period, [`Error::Forbidden`] for who may not set them.
pub async fn dates_form(state: State, me: SignedIn, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    render(&page(&state, &me, id.into_inner(), None, Problems::default()).await?)
}

/// `POST /periods/{id}/dates`, with the version that was seen.
///
/// # Errors
/// As [`set_dates`]; what is to be mended shows the form again.
pub async fn put_dates(state: State, posted: Posted, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, typed, moment) = (id.into_inner(), Typed::posted(&form), state.clock.moment());
    // Who may not is told so before what is typed is looked at.
    let shown = page(&state, &me, id, Some(typed.clone()), Problems::default()).await?;
    let version = form.line("version").parse().unwrap_or_default();
    let outcome = match typed.parse(&shown.holidays) {
        // Only asked what the levels below would be told.
        Ok(_) if form.has("look") => return render(&shown),
        Ok(new) => {
            let actor = me.actor.clone();
            state.write(move |conn| set_dates(conn, &actor, id, version, &new, moment)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(None) => Ok(redirect_with(&format!("/periods/{id}"), "Đã lưu các mốc thời gian của kỳ.")),
        Ok(Some(moved)) => Ok(redirect_with(&format!("/periods/{id}"), moved.words())),
        Err(Error::Invalid(problems)) => {
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &DatesPage { problems, ..shown })
        }
        Err(other) => Err(other),
    }
}
