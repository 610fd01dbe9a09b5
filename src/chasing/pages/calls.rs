//! `/periods/{id}/calls`: whom to call, the most urgent first, with numbers and words ready.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::message::{Occasion, message};
use super::super::queries::Reachable;
use super::super::telephone::dialled;
use super::super::{Contact, Promise, Urgency, is_courteous, lines, may_chase, queries};
use crate::calendar::Now;
use crate::db::ids::{ObligationId, PeriodId, UnitId};
use crate::error::Error;
use crate::periods::summary::reads_for;
use crate::periods::{Due, Duty, Period, Progress, Regime, queries as periods};
use crate::units;
use crate::vietnamese::{day_month, short_date};
use crate::web::{Nav, Page, SignedIn, State, render};

/// One body to call, in words.
pub struct Row {
    pub obligation: ObligationId,
    pub body: UnitId,
    pub unit: String,
    pub requested: bool,
    pub progress: Progress,
    pub due: Option<Due>,
    /// "đã hẹn gửi ngày 13/11, chưa gửi", with the class of its tag.
    pub promise: Option<(String, &'static str)>,
    pub phone: String,
    pub people: Vec<Reachable>,
    pub last: Option<Contact>,
    pub message: String,
}

impl Row {
    /// The numbers of the office, each to be tapped.
    fn office(&self) -> Vec<(String, &str)> {
        dialled(&self.phone)
    }

    /// Whether there is anybody's number at all.
    pub fn has_number(&self) -> bool {
        !self.phone.is_empty() || self.people.iter().any(|person| !person.phone.is_empty())
    }
}

/// The rows of one heading.
struct Part {
    id: &'static str,
    heading: &'static str,
    hint: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "chasing/calls.html")]
struct CallsPage {
    page: Page,
    today: NaiveDate,
    period: Period,
    regime: Regime,
    collector: String,
    parts: Vec<Part>,
    broken: usize,
    to_call: usize,
    promised: usize,
}

impl CallsPage {
    /// The day after which the figures are locked, once it has passed.
    fn shut(&self) -> Option<String> {
        self.period.lock_on.filter(|day| *day < self.today).map(short_date)
    }
}

/// What a promise is called in a tag.
pub fn promise_words(promise: Promise) -> (String, &'static str) {
    use chrono::Datelike;
    let date = |day: NaiveDate| day_month(day.day(), day.month());
    match promise {
        Promise::Runs(day) => (format!("hẹn gửi {}", date(day)), "wait"),
        Promise::Broken(day) => (format!("đã hẹn {}, chưa gửi", date(day)), "late"),
    }
}

/// `GET /periods/{id}/calls`. Fifteen queries whatever the size of the province.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period, [`Error::Forbidden`] for who does not collect.
pub async fn calls(state: State, me: SignedIn, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let (actor, now, id) = (me.actor.clone(), Now::from(state.clock.moment()), id.into_inner());
    let today = now.today;
    let (period, regime, collector, rows) = state
        .read(move |conn| {
            let scope = actor.scope();
            let (period, regime) = periods::period(conn, &scope, id)?;
            let mut duties = periods::duties_of_periods(conn, &scope, &[id])?;
            let reader = reads_for(&scope, &regime, &duties);
            may_chase(&actor, reader, &regime)?;
            duties.extend(periods::consolidated_duties(conn, &scope, &[id])?);
            duties.retain(|duty| duty.obligation.collector_id == reader && duty.obligation.unit_id != reader);
            let holidays = periods::holidays(conn)?;
            let ids: Vec<ObligationId> = duties.iter().map(|duty| duty.obligation.id).collect();
            let mut owing: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).collect();
            owing.push(reader);
            let promises = queries::promises(conn, &ids)?;
            let mut last = queries::last_contacts(conn, &ids)?;
            let phones = queries::phones(conn, &owing)?;
            let people = queries::reachable(conn, &owing, today)?;
            let bodies = units::queries::on_day(conn, &owing, today)?;
            let collector = bodies.get(&reader).map(|unit| unit.name.clone()).unwrap_or_default();
            let courteous = |duty: &Duty| {
                bodies.get(&duty.obligation.unit_id).is_some_and(|unit| is_courteous(duty, &unit.kind_code))
            };
            let mut rows: Vec<(Urgency, Row)> = Vec::new();
            for line in lines(&duties, &promises, regime.rolling, &holidays, now, courteous) {
                let obligation = &line.duty.obligation;
                let Some(unit) = bodies.get(&obligation.unit_id) else { continue };
                let occasion = Occasion {
                    duty: line.duty,
                    unit,
                    period: &period,
                    rolling: regime.rolling,
                    holidays: &holidays,
                    promise: line.promise,
                    collector: &collector,
                    sender: &actor.full_name,
                    now,
                };
                let row = Row {
                    obligation: obligation.id,
                    body: unit.id,
                    unit: match line.duty.is_consolidated() {
                        true => format!("{} (báo cáo tổng hợp)", unit.name),
                        false => unit.name.clone(),
                    },
                    requested: line.duty.is_request(),
                    progress: line.duty.progress(),
                    due: line.duty.due(regime.rolling, &holidays, now),
                    promise: line.promise.map(promise_words),
                    phone: phones.get(&unit.id).cloned().unwrap_or_default(),
                    people: people.get(&unit.id).cloned().unwrap_or_default(),
                    last: last.remove(&obligation.id),
                    message: message(&occasion),
                };
                rows.push((line.urgency, row));
            }
            Ok((period, regime, collector, rows))
        })
        .await?;
    // Bodies, and not reports: one may owe its own and the one on what it collected.
    let bodies = |wanted: fn(Urgency) -> bool| {
        let of = rows.iter().filter(|(urgency, _)| wanted(*urgency)).map(|(_, row)| row.body);
        of.collect::<std::collections::BTreeSet<UnitId>>().len()
    };
    let broken = bodies(|urgency| urgency == Urgency::Broken);
    let to_call = bodies(Urgency::is_to_call);
    let promised = bodies(|urgency| urgency == Urgency::Promised);
    let mut parts = vec![
        Part {
            id: "to-call",
            heading: "Cần liên hệ",
            hint: "lỡ hẹn trước, rồi quá hạn lâu nhất, rồi sắp đến hạn",
            rows: vec![],
        },
        Part {
            id: "promised",
            heading: "Đã hẹn, chưa đến ngày",
            hint: "không cần gọi lại trước ngày hẹn; qua ngày hẹn sẽ tự chuyển lên trên",
            rows: vec![],
        },
        Part {
            id: "later",
            heading: "Chưa gửi, chưa đến hạn",
            hint: "còn hơn 7 ngày hoặc chưa ấn định thời hạn",
            rows: vec![],
        },
    ];
    for (urgency, row) in rows {
        let at = match urgency {
            Urgency::Promised => 1,
            Urgency::Later => 2,
            _ => 0,
        };
        parts[at].rows.push(row);
    }
    parts.retain(|part| part.id == "to-call" || !part.rows.is_empty());
    let page = me.page(format!("Danh sách liên hệ: {}", period.label), Nav::Periods);
    render(&CallsPage { page, today, period, regime, collector, parts, broken, to_call, promised })
}

impl CallsPage {
    fn date(&self, day: &NaiveDate) -> String {
        short_date(*day)
    }
}
