//! `/overview/units`: every unit in the order in which it has kept its last days, for leaders and those who collect.

use actix_web::HttpResponse;
use askama::Template;
use chrono::NaiveDate;

use super::super::league::{self, Row, Span, Standings};
use super::overview::{KEPT, agency, may_read};
use crate::error::Error;
use crate::periods::queries as periods;
use crate::periods::summary::summaries;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "dashboard/league.html")]
struct LeaguePage {
    page: Page,
    today: NaiveDate,
    /// The body of whoever reads, at the head of the paper.
    agency: String,
    standings: Standings,
}

impl LeaguePage {
    fn ranked(&self) -> &[Row] {
        &self.standings.league.ranked
    }

    fn asked(&self) -> &[Row] {
        &self.standings.league.asked
    }

    /// The periods behind the two years, the newest first.
    fn spans(&self) -> [(&'static str, Vec<&str>); 2] {
        [(Span::Now, "12 tháng qua"), (Span::Before, "12 tháng trước đó")].map(|(span, words)| {
            let of = self.standings.counted.iter().filter(|(other, ..)| *other == span);
            (words, of.map(|(.., label)| label.as_str()).collect())
        })
    }
}

/// `GET /overview/units`. A fixed number of queries.
///
/// # Errors
/// As [`may_read`].
pub async fn units(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    may_read(&me.actor)?;
    let (scope, today) = (me.scope(), state.clock.today());
    let (page, agency) = (me.page("Các đơn vị gửi báo cáo đúng hạn", Nav::Overview), agency(&me.actor));
    let standings = state
        .read(move |conn| {
            let all = summaries(conn, &scope, today, KEPT)?;
            let opened = periods::periods(conn, &scope)?;
            Ok(league::load(conn, &scope, &all, &opened, today)?)
        })
        .await?;
    render(&LeaguePage { page, today, agency, standings })
}
