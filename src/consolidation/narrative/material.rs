//! What the consolidated text is made from: the sections of the period's forms, what each unit says in them now, and
//! the earlier texts that blocks still cite. Pure once loaded; tells of every source whether its unit still says so.

use std::collections::HashMap;

use super::moved::{Moved, moved};
use super::paragraphs::slice;
use super::{Block, Source, live};
use crate::consolidation::content::{BlockSource, NarrativeBlock};
use crate::consolidation::filings::Filings;
use crate::consolidation::queries::CitedRow;
use crate::db::ids::{ObligationId, RevisionId};
use crate::periods::Standing;

/// A section of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Code in the form, by which texts are stored.
    pub code: String,
    /// Number as printed, "II.1".
    pub label: String,
    pub title: String,
}

/// What one unit says in a section now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Name of the unit on the reference day.
    pub unit: String,
    pub revision: RevisionId,
    /// Number of the revision.
    pub number: i32,
    pub text: String,
}

/// The revision of a report, as a source names it.
#[derive(Clone, Debug)]
struct Report {
    obligation: ObligationId,
    number: i32,
    sha256: String,
}

/// Whether a unit still says what was taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceStanding {
    /// It does; in a newer revision perhaps, at another place.
    Fresh(Source),
    /// Its newer revision says otherwise: there, in these words; none where they were taken out.
    Superseded { new: Source, number: i32, now: String },
    /// Its report is not among the received ones any more.
    Left,
}

/// Everything that can be cited.
#[derive(Clone, Debug, Default)]
pub struct Material {
    headings: Vec<Heading>,
    names: HashMap<ObligationId, String>,
    /// In protocol order.
    order: Vec<ObligationId>,
    current: HashMap<ObligationId, RevisionId>,
    reports: HashMap<RevisionId, Report>,
    texts: HashMap<RevisionId, HashMap<String, String>>,
}

impl Material {
    /// From what was received and the earlier texts that blocks cite.
    pub(in crate::consolidation) fn new(filings: &Filings, cited: Vec<CitedRow>) -> Material {
        let mut material = Material { headings: filings.headings(), ..Material::default() };
        for row in cited {
            let report = Report { obligation: row.obligation_id, number: row.number, sha256: row.sha256 };
            material.reports.insert(row.revision_id, report);
            material.texts.entry(row.revision_id).or_default().insert(row.code, row.body);
        }
        for duty in &filings.duties {
            let id = duty.obligation.id;
            material.names.insert(id, filings.name(duty));
            let Some(row) = filings.revisions.get(&id).filter(|_| duty.standing() == Standing::Owed) else {
                continue;
            };
            material.order.push(id);
            material.current.insert(id, row.id);
            let report = Report { obligation: id, number: row.number, sha256: row.sha256.clone() };
            material.reports.insert(row.id, report);
            material.texts.insert(row.id, filings.texts(id).cloned().unwrap_or_default());
        }
        material
    }

    /// The sections, in the order of the outline.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// What the units say in a section now, in protocol order; units that say nothing left out.
    pub fn said(&self, code: &str) -> Vec<Said> {
        let said = |id: &ObligationId| {
            let revision = *self.current.get(id)?;
            let text = self.text(revision, code);
            let report = self.reports.get(&revision)?;
            (!text.trim().is_empty()).then(|| Said {
                unit: self.names.get(id).cloned().unwrap_or_default(),
                revision,
                number: report.number,
                text: text.to_owned(),
            })
        };
        self.order.iter().filter_map(said).collect()
    }

    /// The text a revision has in a section; "" where it has none.
    pub fn text(&self, revision: RevisionId, code: &str) -> &str {
        self.texts.get(&revision).and_then(|texts| texts.get(code)).map_or("", String::as_str)
    }

    /// The words of a source.
    pub fn words(&self, code: &str, source: &Source) -> &str {
        slice(self.text(source.revision, code), source.from, source.to)
    }

    /// Whose words a source is, and the number of the revision.
    pub fn whose(&self, source: &Source) -> (String, i32) {
        let report = self.reports.get(&source.revision);
        let name = report.and_then(|report| self.names.get(&report.obligation)).cloned().unwrap_or_default();
        (name, report.map_or(0, |report| report.number))
    }

    /// Whether a revision is one that is received now.
    pub fn is_current(&self, revision: RevisionId) -> bool {
        self.current.values().any(|current| *current == revision)
    }

    /// Whether a unit still says what was taken from it.
    pub fn standing(&self, code: &str, source: &Source) -> SourceStanding {
        let now = self.reports.get(&source.revision).and_then(|r| self.current.get(&r.obligation)).copied();
        let Some(revision) = now else { return SourceStanding::Left };
        if revision == source.revision {
            return SourceStanding::Fresh(*source);
        }
        let (old, text) = (self.text(source.revision, code), self.text(revision, code));
        let number = self.reports.get(&revision).map_or(0, |report| report.number);
        match moved(old, source.from, source.to, text) {
            Moved::Same { from, to } => SourceStanding::Fresh(Source { revision, from, to }),
            Moved::Changed { from, to } => SourceStanding::Superseded {
                new: Source { revision, from, to },
                number,
                now: slice(text, from, to).to_owned(),
            },
            Moved::Gone => SourceStanding::Superseded {
                new: Source { revision, from: 0, to: 0 },
                number,
                now: String::new(),
            },
        }
    }

    /// How many blocks of a section rest on words that their units no longer say.
    pub fn outdated(&self, code: &str, blocks: &[Block]) -> usize {
        let fresh = |source: &Source| matches!(self.standing(code, source), SourceStanding::Fresh(_));
        live(blocks).filter(|block| !block.sources.iter().all(fresh)).count()
    }

    /// The blocks of a section as an edition freezes them, those without a word left out.
    pub fn frozen(&self, code: &str, blocks: &[Block]) -> Vec<NarrativeBlock> {
        let written = live(blocks).filter(|block| !block.text.trim().is_empty());
        written
            .map(|block| NarrativeBlock {
                text: block.text.trim().to_owned(),
                sources: block.sources.iter().map(|source| self.frozen_source(code, source)).collect(),
                figures: block.figures.clone(),
            })
            .collect()
    }

    fn frozen_source(&self, code: &str, source: &Source) -> BlockSource {
        let (source, newer) = match self.standing(code, source) {
            SourceStanding::Fresh(fresh) => (fresh, None),
            SourceStanding::Superseded { number, .. } => (*source, u32::try_from(number).ok()),
            SourceStanding::Left => (*source, None),
        };
        let (unit, number) = self.whose(&source);
        BlockSource {
            unit,
            revision: u32::try_from(number).unwrap_or_default(),
            sha256: self.reports.get(&source.revision).map(|r| r.sha256.clone()).unwrap_or_default(),
            from: source.from,
            to: source.to,
            text: self.words(code, &source).to_owned(),
            newer,
        }
    }
}
