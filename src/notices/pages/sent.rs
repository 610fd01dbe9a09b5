//! `/notices/sent`: what the units a compiler collects from were told, those of lower collectors among them, when, by which
//! channel, and what became of the letters.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::queries::{self, Sent, SentRow};
use super::super::release;
use crate::access::Action;
use crate::calendar::to_local;
use crate::db::ids::{NoticeId, PeriodId, UnitId};
use crate::error::Error;
use crate::units;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, render};

/// Rows of one page.
const MOST: usize = 100;

/// `?period=7&before=4711`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    period: Option<PeriodId>,
    before: Option<NoticeId>,
}

#[derive(Template)]
#[template(path = "notices/sent.html")]
struct SentPage {
    page: Page,
    rows: Vec<SentRow>,
    /// The bodies for which the reader compiles, and the names of the others that collect.
    own: Vec<UnitId>,
    names: HashMap<UnitId, String>,
    period: Option<PeriodId>,
    older: Option<String>,
}

impl SentPage {
    /// The lower collector whose unit was told; none for the reader's own.
    fn through(&self, row: &SentRow) -> Option<&str> {
        let lower = Some(row.collector).filter(|collector| !self.own.contains(collector))?;
        self.names.get(&lower).map(String::as_str)
    }

    fn at(&self, row: &SentRow) -> String {
        date_time(to_local(row.at))
    }

    /// How it went: on the page at once, a letter as it was settled.
    fn way(&self, row: &SentRow) -> String {
        let Some((state, address, settled)) = &row.letter else {
            return "trên trang Thông báo".to_owned();
        };
        let settled = settled.map(|at| format!(" {}", date_time(to_local(at)))).unwrap_or_default();
        match state.as_str() {
            "sent" => format!("thư đến {address}, đã gửi{settled}"),
            "failed" => format!("thư đến {address}, không gửi được{settled}"),
            _ => format!("thư đến {address}, đang chờ gửi"),
        }
    }

    fn tag(&self, row: &SentRow) -> &'static str {
        match row.letter.as_ref().map(|(state, ..)| state.as_str()) {
            Some("failed") => "late",
            Some("waiting") => "wait",
            _ => "done",
        }
    }
}

/// `GET /notices/sent`.
///
/// # Errors
/// [`Error::Forbidden`] for those who do not compile.
pub async fn sent(state: State, me: SignedIn, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    release::may_release(&me.actor)?;
    let collectors = me.actor.units_for(Action::Compile);
    let (period, before) = (asked.period, asked.before);
    let wanted = Sent { collectors: collectors.clone(), period, before };
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let today = state.clock.today();
    let (mut rows, names) = state
        .read(move |conn| {
            let rows = queries::sent(conn, &wanted, most + 1)?;
            let mut bodies: Vec<UnitId> = rows.iter().map(|row| row.collector).collect();
            bodies.sort_unstable();
            bodies.dedup();
            let names = units::queries::names_on(conn, &bodies, today)?;
            Ok((rows, names))
        })
        .await?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let narrowed = period.map(|period| format!("period={period}&")).unwrap_or_default();
    let older = rows.last().filter(|_| more).map(|row| format!("/notices/sent?{narrowed}before={}", row.id));
    let page = me.page("Thông báo đã gửi", Nav::Periods);
    render(&SentPage { page, rows, own: collectors, names, period, older })
}
