//! One edition as frozen: identity, totals, narrative, where it comes from and who is missing.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::EditionContent;
use super::super::dispatch::may_dispatch;
use super::super::queries::{self, EditionRow, Return};
use super::super::{EditionCopy, Ending, copies_for, guarded, may_approve, read_content, sees_everything};
use super::dispatches::Sendings;
use super::doubts::Doubts;
use super::todays_units::TodaysUnits;
use super::view::{Asked, View, local};
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::Error;
use crate::periods::Period;
use crate::recipient_forms::queries as recipient_forms;
use crate::units;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(Template)]
#[template(path = "consolidation/edition.html")]
struct EditionPage<'a> {
    page: Page,
    edition: &'a EditionRow,
    period: &'a Period,
    content: &'a EditionContent,
    view: View<'a>,
    siblings: &'a [EditionRow],
    copies: Vec<EditionCopy>,
    /// The recipients' own forms it can be filled into.
    forms: Vec<recipient_forms::FormRow>,
    may_approve: bool,
    may_discard: bool,
    may_dispatch: bool,
    /// Where it went.
    sendings: Sendings,
    /// The leader who gave it back.
    returned: Option<Return>,
    /// Units received since it was made, while it is the last one.
    since: Vec<String>,
    /// Of a draft, for those who work on it.
    doubts: Doubts,
    base: String,
}

impl EditionPage<'_> {
    /// Where a figure comes from, unit by unit.
    fn figure_href(&self, code: &str) -> String {
        format!("/editions/{}/figures/{code}", self.edition.id)
    }

    fn local(&self, at: &chrono::NaiveDateTime) -> String {
        local(at)
    }

    /// Who made it, with the title of that day.
    fn maker(&self) -> String {
        format!("{}, {}", self.edition.created_by_name, self.edition.created_by_title)
    }

    /// Who approved it, with the title of that day.
    fn approver(&self) -> String {
        format!("{}, {}", self.edition.approved_by_name, self.edition.approved_by_title)
    }
}

/// The names of units received since an edition was made, while it is the last of its period; an earlier one has its
/// successor. Three queries.
pub(super) fn received_since(
    conn: &mut Conn,
    edition: &EditionRow,
    period: &Period,
) -> Result<Vec<String>, Error> {
    let mut last = queries::editions_of(conn, edition.period_id, edition.collector_id)?;
    last.retain(|other| !other.is_discarded());
    if last.first().is_none_or(|last| last.id != edition.id) {
        return Ok(vec![]);
    }
    let units = queries::received_since(conn, edition)?;
    let mut names = units::queries::names_on(conn, &units, period.reference_on)?;
    Ok(units.iter().filter_map(|unit| names.remove(unit)).collect())
}

/// `GET /editions/{id}`.
///
/// # Errors
/// 404 outside the actor's scope, and for a group that is not there or hidden.
pub async fn show(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (scope, id, lens, today) = (me.scope(), id.into_inner(), asked.lens()?, state.clock.today());
    let (edition, period, regime, content, siblings, since, sendings, returned, units, forms) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &scope, id)?;
            let content = read_content(conn, &edition)?;
            let mut siblings = queries::editions_of(conn, edition.period_id, edition.collector_id)?;
            siblings.retain(|other| other.id != edition.id);
            let since = received_since(conn, &edition, &period)?;
            let sendings = Sendings::of(conn, &edition, &period, &regime)?;
            let returned = queries::returned(conn, id)?;
            let units = TodaysUnits::load(conn, lens, &content, today)?;
            let forms = recipient_forms::offered(conn, (regime.province_id, regime.id), id)?;
            Ok((edition, period, regime, content, siblings, since, sendings, returned, units, forms))
        })
        .await?;
    let everything = sees_everything(&me.actor, &edition);
    let content = if everything { content } else { guarded(content) };
    let oversees = me.scope().overseen_provinces.contains(&regime.province_id);
    // The Ministry does not know of drafts.
    let siblings: Vec<EditionRow> =
        siblings.into_iter().filter(|other| everything || oversees || other.is_approved()).collect();
    let view = View::new(&content, everything, &asked).ok_or(Error::NotFound)?.through(units);
    let title = format!("Bản tổng hợp lần {}, {}", edition.number, period.label);
    render(&EditionPage {
        page: me.page(title, Nav::Editions),
        copies: copies_for(&me.actor, &edition),
        forms,
        may_approve: edition.is_draft() && may_approve(&me.actor, &edition).is_ok(),
        may_discard: edition.is_draft() && Ending::GivenUp.allowed(&me.actor, &edition).is_ok(),
        may_dispatch: may_dispatch(&me.actor, &edition).is_ok(),
        sendings,
        returned,
        doubts: if everything && edition.is_draft() { Doubts::of(&content) } else { Doubts::default() },
        since: if everything { since } else { vec![] },
        edition: &edition,
        period: &period,
        content: &content,
        view,
        siblings: &siblings,
        base: format!("/editions/{id}"),
    })
}
