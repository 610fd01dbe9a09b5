//! The live preview: what the collector's next edition of a period would say now, and the button that freezes it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::{EditionContent, MissingUnit};
use super::super::filings::was_sent;
use super::super::outdated::is_outdated;
use super::super::queries::EditionRow;
use super::super::{make, queries};
use super::todays_units::TodaysUnits;
use super::view::{Asked, View, local};
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::once;
use crate::periods::{Period, Regime};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};

#[derive(Template)]
#[template(path = "consolidation/preview.html")]
struct PreviewPage<'a> {
    page: Page,
    period: &'a Period,
    regime: &'a Regime,
    content: &'a EditionContent,
    view: View<'a>,
    editions: &'a [EditionRow],
    base: String,
    /// The bodies of this period for which the reader collects, where they are several.
    bodies: Vec<(UnitId, String)>,
    /// The one shown, and the one asked for by its address.
    body: UnitId,
    asked: Option<UnitId>,
}

impl PreviewPage<'_> {
    fn is_shown(&self, body: &UnitId) -> bool {
        *body == self.body
    }

    /// Where a figure comes from, unit by unit.
    fn figure_href(&self, code: &str) -> String {
        format!("/periods/{}/indicators/{code}", self.period.id)
    }

    /// The draft that has to be approved first.
    fn draft(&self) -> Option<&EditionRow> {
        self.editions.first().filter(|edition| edition.is_draft())
    }

    fn local(&self, at: &chrono::NaiveDateTime) -> String {
        local(at)
    }
}

/// `GET /periods/{id}/consolidation`.
///
/// # Errors
/// As [`make::preview`]; 404 for a group that is not there.
pub async fn preview(
    me: SignedIn,
    state: State,
    id: web::Path<PeriodId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let (lens, body) = (asked.lens()?, asked.collector);
    let (found, units, bodies) = state
        .read(move |conn| {
            let found = make::preview(conn, &actor.collecting_for(body), id, moment)?;
            let units = TodaysUnits::load(conn, lens, &found.content, moment.today)?;
            let bodies = make::bodies(conn, &actor, &found.period)?;
            Ok((found, units, bodies))
        })
        .await?;
    // Whoever consolidates has read the reports themselves: nothing is hidden here.
    let view = View::new(&found.content, true, &asked).ok_or(Error::NotFound)?.through(units);
    render(&PreviewPage {
        page: me.page(format!("Tổng hợp số liệu, {}", found.period.label), Nav::Periods),
        period: &found.period,
        regime: &found.regime,
        content: &found.content,
        view,
        editions: &found.editions,
        base: format!("/periods/{id}/consolidation"),
        bodies: if bodies.len() > 1 { bodies } else { vec![] },
        body: found.collector_id,
        asked: body,
    })
}

#[derive(Template)]
#[template(path = "consolidation/make.html")]
struct MakePage<'a> {
    page: Page,
    period: &'a Period,
    content: &'a EditionContent,
    view: View<'a>,
    /// The body asked for, of several the compiler collects for.
    asked: Option<UnitId>,
}

impl<'a> MakePage<'a> {
    /// Units whose report was sent and waits to be received.
    fn waiting(&self) -> Vec<&'a MissingUnit> {
        self.content.missing.iter().filter(|unit| is_sent(unit)).collect()
    }

    /// Units that have not sent: assigned first, requested apart.
    fn unsent(&self, requested: bool) -> Vec<&'a MissingUnit> {
        let unsent = |unit: &&MissingUnit| !is_sent(unit) && unit.requested == requested;
        self.content.missing.iter().filter(unsent).collect()
    }
}

/// Whether there is something to say before an edition is made: reports are missing, or its text rests on words that
/// their units have written anew.
fn asks_first(content: &EditionContent) -> bool {
    let mut blocks = content.narrative.iter().flat_map(|section| &section.blocks);
    !content.missing.is_empty() || blocks.any(|block| is_outdated(content, block))
}

/// Whether a unit without a received report has sent one.
fn is_sent(unit: &MissingUnit) -> bool {
    was_sent(&unit.progress)
}

/// `POST /periods/{id}/editions`. While reports are missing the first answer is a page that names them.
///
/// # Errors
/// As [`make::make_edition`].
pub async fn make(posted: Posted, state: State, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let asked: Option<UnitId> = posted.form.get("collector").parse().ok();
    let actor = posted.me.actor.collecting_for(asked);
    let (moment, id) = (state.clock.moment(), id.into_inner());
    let asking = actor.clone();
    let found = state.read(move |conn| make::preview(conn, &asking, id, moment)).await?;
    // While a draft waits there is nothing to make, which `make_edition` says.
    if !found.editions.first().is_some_and(EditionRow::is_draft) {
        if !posted.form.has("confirmed") && asks_first(&found.content) {
            let of = Asked { collector: asked, ..Asked::default() };
            let view = View::new(&found.content, true, &of).ok_or(Error::NotFound)?;
            let page = posted.me.page("Lập bản tổng hợp", Nav::Periods);
            let page = MakePage { page, period: &found.period, content: &found.content, view, asked };
            return render(&page);
        }
        // Outside the transaction, which the other writers wait for.
        state.block(move || make::try_workbooks(found.content)).await?;
    }
    let (person, digest) = (actor.person_id, posted.form.digest());
    let key = digest.clone();
    let made = state
        .freeze(move |conn| {
            let mut number = None;
            let to = once::only(conn, person, key.as_deref(), moment.recorded, |conn| {
                let made = make::make_edition(conn, &actor, id, moment)?;
                let (row, ..) = queries::edition(conn, &actor.scope(), made)?;
                number = Some(row.number);
                Ok(format!("/editions/{made}"))
            })?;
            Ok((to, number))
        })
        .await;
    let (to, number) = match made {
        // On PostgreSQL the second of a double click does not see what the first one made while it waited for it.
        Err(Error::Conflict(words)) => {
            let led = state.read(move |conn| Ok(once::led_to(conn, person, digest.as_deref())?)).await?;
            (led.ok_or(Error::Conflict(words))?, None)
        }
        made => made?,
    };
    // Sent twice by a double click, it was made by the first.
    let which = number.map(|number| format!(" lần {number}")).unwrap_or_default();
    Ok(redirect_with(&to, format!("Đã lập bản tổng hợp{which}, còn là dự thảo cho đến khi lãnh đạo chốt.")))
}
