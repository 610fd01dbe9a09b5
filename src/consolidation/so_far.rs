//! The figures alone of what was received so far, for a screen that shows a few totals beside last year's: no texts, papers,
//! sendings or year so far. Stands between the received reports and the leader's screen.

use super::assemble::assemble;
use super::between::mark_telling;
use super::catalogue::Catalogue;
use super::content::{EditionContent, Identity};
use super::filings::{Depth, Filings};
use super::gather::{earlier, misfit};
use super::past::Past;
use super::queries;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::periods::Period;

/// What the received reports of a period add up to now at one collector, for whoever oversees it, as [`super::as_received`] does
/// for a page of all figures. Everything but groups and units is blank: it is never frozen and never printed. About twenty-five
/// queries, whatever the number of units.
///
/// # Errors
/// [`Error::NotFound`] when nobody owes that collector anything; [`Error::Refused`] for a total that does not fit, the indicator
/// named; the queries' own.
pub fn figures_received(
    conn: &mut Conn,
    period: &Period,
    collector: UnitId,
) -> Result<EditionContent, Error> {
    let filings = Filings::to_depth(conn, period, collector, Depth::Figures)?;
    if filings.duties.is_empty() {
        return Err(Error::NotFound);
    }
    let (groups, indicators) = queries::catalogue(conn)?;
    let catalogue = Catalogue::read(groups, indicators)?;
    let past = Past::load(conn, &catalogue, period, collector)?;
    let lines = filings.unit_lines(&catalogue)?;
    let asked = catalogue.asked(&filings.asked_indicators());
    let (groups, units) = assemble(&asked, lines, past.as_ref(), None).map_err(misfit)?;
    let mut content = EditionContent {
        identity: Identity::default(),
        groups,
        units,
        narrative: vec![],
        lists: vec![],
        missing: vec![],
        missing_below: vec![],
        outside: vec![],
        sendings: vec![],
        tasks: vec![],
        evidence: vec![],
        changes: None,
        same_period_note: String::new(),
        paper: None,
    };
    if !content.classified().is_empty() {
        let editions = queries::editions_of(conn, period.id, collector)?;
        let approved = earlier(conn, &editions, true)?.into_iter().filter(|(approved, _)| *approved);
        let approved: Vec<EditionContent> = approved.map(|(_, content)| content).collect();
        mark_telling(&mut content, &approved);
    }
    Ok(content)
}
