//! `/periods/{id}/dates`: the last day, its document and the lock of a period that is open.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::set_dates::{AWARE, NewDates, may_set, set_dates};
use super::super::{Period, Regime, queries};
use crate::calendar::{DueRule, parse_hour};
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
    due_basis: String,
    lock_on: String,
    aware: bool,
}

impl Typed {
    fn of(period: &Period) -> Typed {
        let date = |day: Option<NaiveDate>| day.map(short_date).unwrap_or_default();
        Typed {
            due_rule: period.due_rule.clone(),
            stated_on: date(period.stated_on),
            stated_time: period.stated_time.clone().unwrap_or_default(),
            // What says that no day is set is no basis of the day that will be.
            due_basis: match period.due() {
                DueRule::Undated => String::new(),
                _ => period.due_basis.clone(),
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
            due_basis: form.line("due_basis"),
            lock_on: form.line("lock_on"),
            aware: form.has(AWARE),
        }
    }

    /// # Errors
    /// [`Error::Invalid`] with a message at each field that cannot be read.
    fn parse(&self) -> Result<NewDates, Error> {
        let mut problems = Problems::default();
        let mut day = |field: &str, text: &str| {
            if text.is_empty() {
                return None;
            }
            parse_date(text).map_err(|error| problems.add(field, error.to_string())).ok()
        };
        let (stated, lock_on) = (day("stated_on", &self.stated_on), day("lock_on", &self.lock_on));
        let due = match (self.due_rule.as_str(), stated) {
            ("undated", _) => DueRule::Undated,
            (code @ ("before" | "by"), Some(day)) => {
                DueRule::from_parts(code, Some(day)).unwrap_or(DueRule::Undated)
            }
            ("before" | "by", None) => {
                if self.stated_on.is_empty() {
                    problems.add("stated_on", "Nhập ngày ghi trong văn bản.");
                }
                DueRule::Undated
            }
            _ => {
                problems.add("due_rule", "Chọn cách văn bản ghi thời hạn gửi.");
                DueRule::Undated
            }
        };
        let hour = parse_hour(&self.stated_time);
        if hour.is_none() && !self.stated_time.is_empty() {
            problems.add("stated_time", "Nhập giờ và phút, ví dụ 16:00; để trống nếu văn bản không ghi giờ.");
        }
        problems.or(NewDates {
            due: due.at(hour),
            due_basis: self.due_basis.clone(),
            lock_on,
            aware: self.aware,
        })
    }
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
    /// Who collects below, with the words of what its units are told now.
    lower: Vec<(String, String)>,
}

impl DatesPage {
    /// How a document words a due day: code, words, chosen.
    fn rules(&self) -> Vec<(&'static str, &'static str, bool)> {
        [
            ("before", "Trước ngày (ngày cuối cùng là hôm trước)"),
            ("by", "Chậm nhất ngày (tính cả ngày đó)"),
            ("undated", "Theo quy định, chưa ấn định ngày"),
        ]
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
    let (period, regime, duties, lower) = state
        .read(move |conn| {
            let (period, regime) = queries::period(conn, &scope, id)?;
            let duties = queries::duties_of_periods(conn, &scope, &[id])?;
            let dues = queries::level_dues(conn, &[id])?;
            let ids: Vec<UnitId> = dues.keys().map(|(_, collector)| *collector).collect();
            let names = units::queries::names_on(conn, &ids, today)?;
            let mut lower: Vec<(String, String)> = dues
                .into_iter()
                .filter_map(|((_, collector), due)| Some((names.get(&collector)?.clone(), due.text())))
                .collect();
            lower.sort();
            Ok((period, regime, duties, lower))
        })
        .await?;
    may_set(&me.actor, &regime)?;
    let sent = duties.iter().filter(|duty| duty.report.first_sent_at.is_some()).count();
    Ok(DatesPage {
        page: me.page("Ấn định thời hạn", Nav::Periods),
        typed: typed.unwrap_or_else(|| Typed::of(&period)),
        period,
        regime,
        problems,
        sent,
        open: duties.len() - sent,
        lower,
    })
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
    let outcome = match typed.parse() {
        Ok(new) => {
            let actor = me.actor.clone();
            state.write(move |conn| set_dates(conn, &actor, id, version, &new, moment)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(0) => Ok(redirect_with(&format!("/periods/{id}"), "Đã lưu các mốc thời gian của kỳ.")),
        Ok(units) => {
            let text = format!("Đã ấn định thời hạn; {units} đơn vị chưa gửi theo thời hạn này.");
            Ok(redirect_with(&format!("/periods/{id}"), text))
        }
        Err(Error::Invalid(problems)) => {
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &DatesPage { problems, ..shown })
        }
        Err(other) => Err(other),
    }
}
