//! What lower collectors bring to an edition: the totals frozen in their own editions, and for one whose
//! consolidated report is not here yet, the units below it that N must count all the same.

use std::collections::{HashMap, HashSet};

use super::catalogue::Catalogue;
use super::content::{Below, EditionContent, FigureStatus, MissingUnit, Reading, UnitFigure};
use super::queries::{self, BelowRow};
use super::total::Total;
use crate::audit::sha256_hex;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, PeriodId, RevisionId, UnitId};
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::{Duty, Standing};
use crate::vietnamese::Qualifier;

/// The consolidated reports owed to one collector.
#[derive(Default)]
pub(super) struct Levels {
    /// The edition behind each received one.
    editions: HashMap<ObligationId, EditionContent>,
    /// Everything owed for the period, own and consolidated, by whom to whom.
    owed: Vec<BelowRow>,
    /// Which figures the forms of the units below ask, and whether they count.
    asked: HashMap<FormId, Vec<(IndicatorId, bool)>>,
}

impl Levels {
    /// Loads what the consolidated reports among some duties stand for. No query where there is none, else four.
    ///
    /// # Errors
    /// [`Error::Internal`] for a frozen edition that cannot be read; the queries' own.
    pub(super) fn load(
        conn: &mut Conn,
        period: PeriodId,
        duties: &[Duty],
        received: &HashMap<ObligationId, RevisionId>,
    ) -> Result<Levels, Error> {
        let mut levels = Levels::asking(conn, period, duties)?;
        let lower: Vec<ObligationId> =
            duties.iter().filter(|duty| duty.is_consolidated()).map(|duty| duty.obligation.id).collect();
        if lower.is_empty() {
            return Ok(levels);
        }
        let revisions: HashMap<RevisionId, ObligationId> =
            lower.iter().filter_map(|id| Some((*received.get(id)?, *id))).collect();
        for (revision, text, sha256) in
            queries::editions_behind(conn, &revisions.keys().copied().collect::<Vec<_>>())?
        {
            if sha256_hex(text.as_bytes()) != sha256 {
                return Err(Error::Internal(format!(
                    "edition behind revision {revision}: the content does not match its SHA-256"
                )));
            }
            let content = EditionContent::from_canonical(&text)
                .map_err(|e| Error::Internal(format!("edition behind revision {revision}: {e}")))?;
            if let Some(obligation) = revisions.get(&revision) {
                levels.editions.insert(*obligation, content);
            }
        }
        Ok(levels)
    }

    /// What the forms of the units below ask, without what their collectors filed. No query where there is no consolidated
    /// report among the duties, else three.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn asking(conn: &mut Conn, period: PeriodId, duties: &[Duty]) -> Result<Levels, Error> {
        if !duties.iter().any(Duty::is_consolidated) {
            return Ok(Levels::default());
        }
        let owed = queries::owed(conn, period)?;
        let forms: HashSet<FormId> = owed.iter().map(|row| row.form_id).collect();
        let mut asked: HashMap<FormId, Vec<(IndicatorId, bool)>> = HashMap::new();
        for row in queries::asked(conn, &forms.into_iter().collect::<Vec<_>>())?.0 {
            asked.entry(row.form_id).or_default().push((row.indicator_id, row.counts));
        }
        Ok(Levels { editions: HashMap::new(), owed, asked })
    }

    /// How many units below owe and have reported; none for a duty outside the denominator or not of this kind.
    pub(super) fn below(&self, duty: &Duty) -> Option<Below> {
        if !duty.is_consolidated() || !duty.standing().counts() {
            return None;
        }
        Some(match self.edition(duty) {
            Some(edition) => {
                let count = edition.reporting();
                Below {
                    edition: Some(edition.identity.edition_number),
                    reported: count.reported,
                    of: count.of,
                }
            }
            None => {
                let of = self.leaves(duty.obligation.unit_id).len();
                Below { edition: None, reported: 0, of: u32::try_from(of).unwrap_or(u32::MAX) }
            }
        })
    }

    /// The units missing from the editions below, each with the body it reports through.
    pub(super) fn missing(&self, duty: &Duty, through: &str) -> Vec<MissingUnit> {
        let Some(edition) = self.edition(duty) else { return Vec::new() };
        let name = |unit: &MissingUnit| MissingUnit {
            name: format!("{} (qua {through})", unit.name),
            ..unit.clone()
        };
        edition.missing.iter().map(name).chain(edition.missing_below.iter().cloned()).collect()
    }

    /// Everything some form of the levels below asks.
    pub(super) fn asked_indicators(&self) -> impl Iterator<Item = IndicatorId> {
        self.asked.values().flatten().map(|(id, _)| *id)
    }

    fn edition(&self, duty: &Duty) -> Option<&EditionContent> {
        self.editions.get(&duty.obligation.id).filter(|_| duty.standing() == Standing::Owed)
    }

    /// The reporting units below a collector, through every level, that are in the denominator.
    fn leaves(&self, collector: UnitId) -> Vec<&BelowRow> {
        let (mut waiting, mut seen, mut leaves) = (vec![collector], HashSet::new(), Vec::new());
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            for row in self.owed.iter().filter(|row| row.collector_id == at) {
                if row.part == "consolidated" {
                    waiting.push(row.unit_id);
                } else if Standing::from_code(&row.standing).is_some_and(Standing::counts) {
                    leaves.push(row);
                }
            }
        }
        leaves
    }

    /// The figures of a consolidated report: totals of its units, each with n and N.
    pub(super) fn figures(&self, catalogue: &Catalogue, duty: &Duty) -> Vec<UnitFigure> {
        let leaves = self.leaves(duty.obligation.unit_id);
        let edition = self.edition(duty);
        let counting = |id: IndicatorId| -> HashSet<UnitId> {
            let asks = |row: &&&BelowRow| {
                self.asked.get(&row.form_id).is_some_and(|asked| asked.contains(&(id, true)))
            };
            leaves.iter().filter(asks).map(|row| row.unit_id).collect()
        };
        let mut figures = Vec::new();
        // Of an indicator and its successor under one code, the one these reports answered.
        let asked = catalogue.asked(&self.asked_indicators().collect());
        for indicator in &asked.indicators {
            let line = edition.and_then(|edition| edition.line(&indicator.code)).map(|(_, line)| line);
            let total = match (edition, line) {
                (Some(_), Some(line)) => line.total,
                (Some(_), None) => continue,
                (None, _) => {
                    let of = match (indicator.rule, indicator.parts) {
                        (UnitRule::Ratio, Some((above, below))) => {
                            counting(above).intersection(&counting(below)).count()
                        }
                        (UnitRule::Ratio, None) => 0,
                        _ => counting(indicator.id).len(),
                    };
                    Total { of: u32::try_from(of).unwrap_or(u32::MAX), ..Total::default() }
                }
            };
            if total.of == 0 {
                continue;
            }
            let exempt = !duty.standing().counts();
            figures.push(UnitFigure {
                indicator: indicator.code.as_str().into(),
                state: match () {
                    () if exempt => FigureStatus::Exempt,
                    () if edition.is_none() => FigureStatus::NotReported,
                    () if total.n == 0 => FigureStatus::Blank,
                    () => FigureStatus::Given,
                },
                counts: !exempt,
                now: total.reading(),
                same_period: line
                    .and_then(|line| line.same_period)
                    .map_or_else(Reading::default, |total| total.reading()),
                cumulative: line
                    .and_then(|line| line.cumulative)
                    .map_or_else(Reading::default, |total| total.reading()),
                estimate: total.estimated,
                qualifier: if total.approximate { Qualifier::Nearly } else { Qualifier::Exact },
                note: String::new(),
                total: Some(Box::new(total)),
                compared: line
                    .and_then(|line| line.comparison.as_ref())
                    .map(|both| Box::new((both.now, both.before))),
            });
        }
        figures
    }
}
