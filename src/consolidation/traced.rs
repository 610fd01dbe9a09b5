//! Where a unit's revision stands in editions, and the figures it gave. It leads from a task, whose result is in the revision,
//! to the papers made of it. Only what the reader may see of each.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use smol_str::SmolStr;

use super::content::{IndicatorGroup, Reading};
use super::queries::{self, EditionRow, UseRow};
use super::{guard, sees_everything};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{EditionId, RevisionId};
use crate::error::Error;
use crate::periods::Period;

/// One edition made from a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    pub edition: EditionId,
    /// "Bản tổng hợp lần 1, 6 tháng đầu năm 2025".
    pub words: String,
    /// "Đã chốt", and the class of its tag.
    pub status: &'static str,
    pub tag: &'static str,
    /// Identifier of the unit in it.
    pub uid: String,
    /// Codes of the figures it gave that count, as far as the reader may see single units'.
    pub figures: Vec<String>,
}

/// Of a frozen content what is asked here: a province's figures are not read for it.
#[derive(Deserialize)]
struct Outline {
    groups: Vec<IndicatorGroup>,
    units: Vec<UnitOutline>,
}

#[derive(Deserialize)]
struct UnitOutline {
    uid: String,
    #[serde(default)]
    consolidated: bool,
    figures: Vec<FigureOutline>,
}

#[derive(Deserialize)]
struct FigureOutline {
    indicator: SmolStr,
    counts: bool,
    #[serde(default)]
    now: Reading,
}

/// The editions made from some revisions, by revision, the latest made first. Three queries.
///
/// # Errors
/// The queries' own; [`Error::Internal`] for a content that cannot be read.
pub fn stands(
    conn: &mut Conn,
    actor: &Actor,
    revisions: &[RevisionId],
) -> Result<HashMap<RevisionId, Vec<Stand>>, Error> {
    let uses = queries::uses(conn, revisions)?;
    let ids: HashSet<EditionId> = uses.iter().map(|one| one.edition_id).collect();
    let seen = queries::editions_among(conn, &actor.scope(), &ids.into_iter().collect::<Vec<_>>())?;
    let texts = queries::contents(conn, &seen.iter().map(|(edition, _)| edition.id).collect::<Vec<_>>())?;
    let mut outlines: BTreeMap<EditionId, Outline> = BTreeMap::new();
    for (id, text) in texts {
        let outline =
            serde_json::from_str(&text).map_err(|e| Error::Internal(format!("edition {id}: {e}")))?;
        outlines.insert(id, outline);
    }
    let mut found: HashMap<RevisionId, Vec<Stand>> = HashMap::new();
    for (edition, period) in &seen {
        let Some(outline) = outlines.get(&edition.id) else { continue };
        let everything = sees_everything(actor, edition);
        for one in uses.iter().filter(|one| one.edition_id == edition.id) {
            let stand = outline.stand(one, edition, period, everything);
            found.entry(one.revision_id).or_default().push(stand);
        }
    }
    Ok(found)
}

impl Outline {
    fn stand(&self, one: &UseRow, edition: &EditionRow, period: &Period, everything: bool) -> Stand {
        let lines =
            self.groups.iter().flat_map(|g| g.indicators.iter().map(move |line| (g.classified, line)));
        let closed = if everything { HashSet::new() } else { guard::classified(lines) };
        let consolidated = one.part == "consolidated";
        let of_unit = self.units.iter().find(|unit| unit.uid == one.uid && unit.consolidated == consolidated);
        let figures = of_unit.into_iter().flat_map(|unit| &unit.figures);
        Stand {
            edition: edition.id,
            words: format!("Bản tổng hợp lần {}, {}", edition.number, period.label),
            status: edition.status_words(),
            tag: edition.tag(),
            uid: one.uid.clone(),
            figures: figures
                .filter(|figure| figure.counts && !figure.now.is_empty())
                .filter(|figure| !closed.contains(figure.indicator.as_str()))
                .map(|figure| figure.indicator.to_string())
                .collect(),
        }
    }
}
