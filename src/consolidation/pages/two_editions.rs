//! Any two editions of one collector side by side: of one period, or of two periods of the same regime. Figures old and
//! new, totals, texts with words taken out and put in, units that came and went.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::content::EditionContent;
use super::super::queries::{self, EditionRow};
use super::super::{changes_between, read_content, sees_everything};
use super::changes_view::ChangesView;
use crate::db::ids::EditionId;
use crate::error::Error;
use crate::periods::{Period, Regime};
use crate::web::{Nav, Page, SignedIn, State, render};

/// The earlier edition.
#[derive(Debug, Default, Deserialize)]
pub struct Against {
    before: Option<EditionId>,
}

#[derive(Template)]
#[template(path = "consolidation/two_editions.html")]
struct ComparisonPage<'a> {
    page: Page,
    edition: &'a EditionRow,
    period: &'a Period,
    regime: &'a Regime,
    /// What it can be compared with, the latest period first.
    others: &'a [(EditionRow, Period)],
    before: Option<&'a (EditionRow, Period)>,
    changes: Option<ChangesView<'a>>,
}

impl ComparisonPage<'_> {
    fn is_chosen(&self, other: &EditionRow) -> bool {
        self.before.is_some_and(|(chosen, _)| chosen.id == other.id)
    }
}

/// `GET /editions/{id}/comparison`. Without a choice: with the edition before it.
///
/// # Errors
/// 404 outside the actor's scope, for either of the two, and for one of another regime or collector.
pub async fn comparison(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
    against: web::Query<Against>,
) -> Result<HttpResponse, Error> {
    let (scope, id, wanted) = (me.scope(), id.into_inner(), against.before);
    type Found = (EditionRow, Period, Regime, Vec<(EditionRow, Period)>, EditionContent);
    let (found, before): (Found, Option<(usize, EditionContent)>) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &scope, id)?;
            let mut others: Vec<(EditionRow, Period)> = queries::editions(conn, &scope)?
                .into_iter()
                .filter(|(other, _, of)| {
                    of.id == regime.id
                        && other.collector_id == edition.collector_id
                        && other.id != id
                        && !other.is_discarded()
                })
                .map(|(other, period, _)| (other, period))
                .collect();
            others.sort_by_key(|(other, period)| std::cmp::Reverse((period.reference_on, other.number)));
            let here = (period.reference_on, edition.number);
            let at = match wanted {
                Some(wanted) => {
                    Some(others.iter().position(|(other, _)| other.id == wanted).ok_or(Error::NotFound)?)
                }
                None => others.iter().position(|(other, of)| (of.reference_on, other.number) < here),
            };
            let before = match at {
                Some(at) => Some((at, read_content(conn, &others[at].0)?)),
                None => None,
            };
            let content = read_content(conn, &edition)?;
            Ok(((edition, period, regime, others, content), before))
        })
        .await?;
    let (edition, period, regime, others, content) = &found;
    let everything = sees_everything(&me.actor, edition);
    let chosen = before.as_ref().map(|(at, _)| &others[*at]);
    let list = before.as_ref().map(|(_, then)| changes_between(then, content));
    let name = |edition: &EditionRow, of: &Period| format!("Lần {}, {}", edition.number, of.label);
    let changes = list.as_ref().zip(chosen).map(|(list, (then, of))| {
        let before = before.as_ref().map(|(_, content)| content);
        let view = ChangesView::new(list, before, content, everything);
        ChangesView { was: name(then, of), is: name(edition, period), ..view }
    });
    render(&ComparisonPage {
        page: me.page("So sánh hai bản tổng hợp", Nav::Editions),
        edition,
        period,
        regime,
        others,
        before: chosen,
        changes,
    })
}
