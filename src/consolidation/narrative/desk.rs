//! Everything the page of the consolidated text needs: the material, and the blocks as they stand. Reads only.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;

use super::{Block, Material, live};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::consolidation::composed::{Composed, composed};
use crate::consolidation::content::EditionContent;
use crate::consolidation::filings::{Depth, Filings};
use crate::consolidation::guard::guarded;
use crate::consolidation::make::{as_received, collects};
use crate::consolidation::outdated::changed_totals;
use crate::consolidation::queries::{self, DraftRow, EditionRow};
use crate::db::Conn;
use crate::db::ids::{PeriodId, RevisionId, UnitId};
use crate::error::Error;
use crate::periods::{self, Period, Regime};

/// The blocks of a section as they were saved last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// 0 when nobody has saved any.
    pub version: i32,
    pub blocks: Vec<Block>,
    /// Who saved last, and when (UTC).
    pub by: String,
    pub at: NaiveDateTime,
}

/// A collector's working text of a period.
pub struct Desk {
    pub period: Period,
    pub regime: Regime,
    pub collector_id: UnitId,
    pub material: Material,
    kept: HashMap<String, Kept>,
    /// The editions already made, the latest first.
    pub editions: Vec<EditionRow>,
}

impl Desk {
    /// The blocks of a section; none of one nobody has begun.
    pub fn kept(&self, code: &str) -> Kept {
        self.kept.get(code).cloned().unwrap_or_default()
    }
}

/// Opens the working text for whoever consolidates, with all that units say. About twenty queries, whatever the number of
/// units.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who sees the period and does not collect.
pub fn desk<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    period_id: PeriodId,
) -> Result<(Desk, &'a Membership), Error> {
    desk_to(conn, actor, period_id, Depth::Texts)
}

/// The same for a step that takes nothing from the units' reports: of the material only the headings are there.
///
/// # Errors
/// As [`desk`].
pub(super) fn own_desk<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    period_id: PeriodId,
) -> Result<(Desk, &'a Membership), Error> {
    desk_to(conn, actor, period_id, Depth::Outline)
}

fn desk_to<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    period_id: PeriodId,
    depth: Depth,
) -> Result<(Desk, &'a Membership), Error> {
    let (period, regime) = periods::queries::period(conn, &actor.scope(), period_id)?;
    let (collector_id, membership) = collects(conn, actor, &period, &regime)?;
    let filings = Filings::to_depth(conn, &period, collector_id, depth)?;
    let kept = read(queries::narrative_drafts(conn, period.id, collector_id)?)?;
    let cited = match depth {
        Depth::Outline => vec![],
        _ => queries::cited(conn, period.id, collector_id, &revisions(&kept))?,
    };
    let editions = queries::editions_of(conn, period.id, collector_id)?;
    let material = Material::new(&filings, cited);
    Ok((Desk { period, regime, collector_id, material, kept, editions }, membership))
}

/// The text proposed for the section of this label; none where nobody says anything in it or the period has no figures
/// to add up yet. About forty queries, whatever the number of units.
///
/// # Errors
/// The queries' own.
pub fn proposed(
    conn: &mut Conn,
    desk: &Desk,
    label: &str,
    moment: Moment,
) -> Result<Option<Composed>, Error> {
    let Some(content) = content_now(conn, desk, moment)? else { return Ok(None) };
    let at = content.narrative.iter().position(|section| section.code == label);
    let found = at.and_then(|at| composed(&content).into_iter().nth(at));
    Ok(found.filter(|composed| !composed.offered().is_empty()))
}

/// By label of the section, the blocks whose proposed text quotes totals as they no longer are, and which, in words. Nothing is read
/// where no block quotes any; else about forty queries.
///
/// # Errors
/// The queries' own.
pub fn totals_changed(
    conn: &mut Conn,
    desk: &Desk,
    moment: Moment,
) -> Result<HashMap<String, Vec<Vec<String>>>, Error> {
    let mut blocks = desk.kept.values().flat_map(|kept| live(&kept.blocks));
    if !blocks.any(|block| !block.figures.is_empty()) {
        return Ok(HashMap::new());
    }
    let Some(content) = content_now(conn, desk, moment)? else { return Ok(HashMap::new()) };
    let of_section = content.narrative.iter().map(|section| {
        let blocks = section.blocks.iter().map(|block| changed_totals(&content, block));
        (section.code.clone(), blocks.filter(|words| !words.is_empty()).collect())
    });
    Ok(of_section.collect())
}

/// What an edition would say now; none where the period has nothing to add up yet.
fn content_now(conn: &mut Conn, desk: &Desk, moment: Moment) -> Result<Option<EditionContent>, Error> {
    match as_received(conn, &desk.period, &desk.regime, desk.collector_id, moment) {
        Ok(content) => Ok(Some(guarded(&content))),
        // Totals that do not fit are told where the edition is made.
        Err(Error::Refused(_) | Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The material of a collector's working text and its blocks by section, over filings that are loaded already. Two
/// queries.
///
/// # Errors
/// The queries' own; [`Error::Internal`] for stored blocks that cannot be read.
pub(in crate::consolidation) fn cited_in(
    conn: &mut Conn,
    filings: &Filings,
    period: PeriodId,
    collector: UnitId,
) -> Result<(Material, HashMap<String, Kept>), Error> {
    let kept = read(queries::narrative_drafts(conn, period, collector)?)?;
    let cited = queries::cited(conn, period, collector, &revisions(&kept))?;
    Ok((Material::new(filings, cited), kept))
}

fn read(rows: Vec<DraftRow>) -> Result<HashMap<String, Kept>, Error> {
    let mut kept = HashMap::new();
    for row in rows {
        let blocks: Vec<Block> = serde_json::from_str(&row.blocks_json)
            .map_err(|e| Error::Internal(format!("blocks of section {}: {e}", row.code)))?;
        kept.insert(row.code, Kept { version: row.version, blocks, by: row.by, at: row.at });
    }
    Ok(kept)
}

fn revisions(kept: &HashMap<String, Kept>) -> Vec<RevisionId> {
    let blocks = kept.values().flat_map(|kept| &kept.blocks);
    let cited: HashSet<RevisionId> =
        blocks.flat_map(|block| &block.sources).map(|source| source.revision).collect();
    cited.into_iter().collect()
}
