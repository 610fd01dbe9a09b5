//! The list of editions a person may see: of their own body, of the province they oversee, or, for the Ministry, the
//! approved ones of every province that reports to it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;

use super::super::queries::{self, EditionRow};
use super::super::{EditionCopy, copies_for};
use super::view::local;
use crate::access::Action;
use crate::db::ids::{EditionId, UnitId};
use crate::error::Error;
use crate::periods::{Period, Regime};
use crate::units;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "consolidation/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    compiles: bool,
    /// Merges the workbooks of provinces.
    merges: bool,
}

struct Row {
    edition: EditionRow,
    period: Period,
    regime: Regime,
    agency: String,
    copies: Vec<EditionCopy>,
    /// To whom it went, and when.
    sent: Vec<(String, String)>,
}

impl ListPage {
    fn local(&self, at: &chrono::NaiveDateTime) -> String {
        local(at)
    }
}

/// `GET /editions`.
///
/// # Errors
/// [`Error::Forbidden`] for roles that read no editions.
pub async fn list(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    if !me.actor.may_somewhere(Action::ReadEdition) {
        return Err(Error::Forbidden(
            "Bản tổng hợp dành cho đơn vị tổng hợp, lãnh đạo tỉnh và Bộ Công an.".to_owned(),
        ));
    }
    let (scope, today) = (me.scope(), state.clock.today());
    let (rows, names, sent) = state
        .read(move |conn| {
            let rows = queries::editions(conn, &scope)?;
            let ids: Vec<UnitId> = rows.iter().map(|(edition, ..)| edition.collector_id).collect();
            let names: HashMap<UnitId, String> = units::queries::names_on(conn, &ids, today)?;
            let ids: Vec<EditionId> = rows.iter().map(|(edition, ..)| edition.id).collect();
            let sent = queries::dispatches(conn, &ids)?;
            Ok((rows, names, sent))
        })
        .await?;
    let rows = rows
        .into_iter()
        .map(|(edition, period, regime)| Row {
            agency: names.get(&edition.collector_id).cloned().unwrap_or_default(),
            copies: copies_for(&me.actor, &edition),
            sent: sent
                .iter()
                .filter(|sent| sent.edition_id == edition.id && !sent.is_struck())
                .map(|sent| (sent.recipient.clone(), local(&sent.sent_at)))
                .collect(),
            edition,
            period,
            regime,
        })
        .collect();
    let compiles = me.actor.may_somewhere(Action::Consolidate);
    let merges = me.actor.may_somewhere(Action::MergeProvinces);
    render(&ListPage { page: me.page("Bản tổng hợp", Nav::Editions), rows, compiles, merges })
}
