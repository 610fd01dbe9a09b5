//! What the units of one collector filed for one period, loaded in a fixed number of queries, and turned into the
//! units' lines of an edition. This year's figures and last year's take the same road.

mod figures;
mod texts;

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use self::figures::{Asked, in_order};
use super::catalogue::Catalogue;
use super::content::{FigureStatus, UnitFigure, UnitLine};
use super::levels::Levels;
use super::queries::{self, FigureRow, FormSectionRow, RevisionRow};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, RevisionId, UnitId};
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::lists::{ListTable, Row};
use crate::periods::queries::passed_from;
use crate::periods::{Duty, Period, Progress, Standing};
use crate::reports::queries::{Typed, typed_in};
use crate::units::{self, UnitOn};

/// Everything filed for one period, by obligation, in protocol order.
pub(super) struct Filings {
    /// In protocol order of the reference day.
    pub(super) duties: Vec<Duty>,
    /// Why a unit is exempt.
    pub(super) reasons: HashMap<ObligationId, String>,
    /// The received revisions.
    pub(super) revisions: HashMap<ObligationId, RevisionRow>,
    /// Which of them were typed in from paper.
    pub(super) typed: HashMap<RevisionId, Typed>,
    /// What consolidated reports stand for.
    pub(super) levels: Levels,
    pub(super) units: HashMap<UnitId, UnitOn>,
    uids: HashMap<UnitId, String>,
    /// Of which body some are that passed to another.
    passed: HashMap<ObligationId, String>,
    figures: HashMap<ObligationId, HashMap<IndicatorId, FigureRow>>,
    sections: HashMap<ObligationId, HashMap<String, String>>,
    asked: HashMap<FormId, Vec<(IndicatorId, bool)>>,
    form_sections: HashMap<FormId, Vec<FormSectionRow>>,
    form_lists: HashMap<FormId, Vec<ListTable>>,
    rows: HashMap<ObligationId, HashMap<String, Vec<Row>>>,
}

/// How much of what was filed is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// What the forms ask, and nothing of what units answered.
    Outline,
    /// The units' texts too, and none of their figures, rows and papers.
    Texts,
    /// The units' figures and who sent them, and none of their texts and rows.
    Figures,
    Everything,
}

impl Filings {
    /// Loads them. Fourteen queries, four more where a report passed from one unit to another.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn load(conn: &mut Conn, period: &Period, collector: UnitId) -> Result<Filings, Error> {
        Filings::to_depth(conn, period, collector, Depth::Everything)
    }

    /// Loads as much of them as is asked for: what is not is empty.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn to_depth(
        conn: &mut Conn,
        period: &Period,
        collector: UnitId,
        depth: Depth,
    ) -> Result<Filings, Error> {
        let everything = depth == Depth::Everything;
        let (texts, counted) = (everything || depth == Depth::Texts, everything || depth == Depth::Figures);
        let (mut duties, reasons) = queries::duties(conn, period.id, collector)?;
        let ids: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).collect();
        let units = units::queries::on_day(conn, &ids, period.reference_on)?;
        let uids = queries::uids(conn, &ids)?;
        let passed = passed_from(conn, &duties.iter().map(|duty| duty.obligation.id).collect::<Vec<_>>())?;
        // Consolidated reports stand after the units' own.
        duties.sort_by_key(|duty| {
            (duty.is_consolidated(), units.get(&duty.obligation.unit_id).map(UnitOn::protocol_key))
        });
        let forms: HashSet<FormId> = duties.iter().map(|duty| duty.obligation.form_id).collect();
        let forms: Vec<FormId> = forms.into_iter().collect();
        let (asked_rows, section_rows) = queries::asked(conn, &forms)?;
        let mut asked: HashMap<FormId, Vec<(IndicatorId, bool)>> = HashMap::new();
        for row in asked_rows {
            asked.entry(row.form_id).or_default().push((row.indicator_id, row.counts));
        }
        let mut form_sections: HashMap<FormId, Vec<FormSectionRow>> = HashMap::new();
        for row in section_rows {
            form_sections.entry(row.form_id).or_default().push(row);
        }
        let revisions = match texts || counted {
            true => queries::received_revisions(conn, period.id, collector)?,
            false => vec![],
        };
        let ids: Vec<RevisionId> = revisions.iter().map(|row| row.id).collect();
        let typed = if counted { typed_in(conn, &ids)? } else { HashMap::new() };
        let revisions: HashMap<ObligationId, RevisionRow> =
            revisions.into_iter().map(|row| (row.obligation_id, row)).collect();
        let received = revisions.iter().map(|(id, row)| (*id, row.id)).collect();
        let levels = match counted {
            true => Levels::load(conn, period.id, &duties, &received)?,
            false => Levels::asking(conn, period.id, &duties)?,
        };
        let mut figures: HashMap<ObligationId, HashMap<IndicatorId, FigureRow>> = HashMap::new();
        let rows = match counted {
            true => queries::received_figures(conn, period.id, collector)?,
            false => vec![],
        };
        for row in rows {
            let of_unit = figures.entry(row.obligation_id);
            of_unit.or_insert_with(|| HashMap::with_capacity(64)).insert(row.indicator_id, row);
        }
        let mut sections: HashMap<ObligationId, HashMap<String, String>> = HashMap::new();
        let rows = match texts {
            true => queries::received_sections(conn, period.id, collector)?,
            false => vec![],
        };
        for row in rows {
            sections.entry(row.obligation_id).or_default().insert(row.code, row.body);
        }
        Ok(Filings {
            duties,
            reasons,
            revisions,
            typed,
            levels,
            units,
            uids,
            passed,
            figures,
            sections,
            asked,
            form_sections,
            form_lists: if everything { queries::form_lists(conn, &forms)? } else { HashMap::new() },
            rows: if everything {
                queries::received_rows(conn, period.id, collector)?
            } else {
                HashMap::new()
            },
        })
    }

    /// Everything some form of the period asks.
    pub(super) fn asked_indicators(&self) -> HashSet<IndicatorId> {
        let here = self.asked.values().flatten().map(|(id, _)| *id);
        here.chain(self.levels.asked_indicators()).collect()
    }

    /// The name of a unit on the reference day, with whose part it is where that passed to the unit from another.
    pub(super) fn name(&self, duty: &Duty) -> String {
        let name = match self.passed.get(&duty.obligation.id) {
            Some(before) => format!("{} (phần của {before})", self.unit_name(duty)),
            None => self.unit_name(duty),
        };
        if duty.is_consolidated() { format!("{name} (báo cáo tổng hợp)") } else { name }
    }

    /// The identifier of the body that stays the same in every installation.
    pub(super) fn uid(&self, duty: &Duty) -> String {
        self.uids.get(&duty.obligation.unit_id).cloned().unwrap_or_default()
    }

    /// The name of the body, whichever report of it is meant.
    pub(super) fn unit_name(&self, duty: &Duty) -> String {
        self.units.get(&duty.obligation.unit_id).map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// Its code on the reference day.
    pub(super) fn code(&self, duty: &Duty) -> String {
        self.units.get(&duty.obligation.unit_id).map(|unit| unit.code.clone()).unwrap_or_default()
    }

    /// The lines of the units that existed, in protocol order; the column of the same period is still empty.
    ///
    /// # Errors
    /// [`Error::Internal`] for a stored figure that contradicts itself.
    pub(super) fn unit_lines(&self, catalogue: &Catalogue) -> Result<Vec<(UnitId, UnitLine)>, Error> {
        let forms: HashMap<FormId, Vec<Asked<'_>>> =
            self.asked.iter().map(|(form, asked)| (*form, in_order(catalogue, asked))).collect();
        let mut lines = Vec::new();
        for duty in self.duties.iter().filter(|duty| duty.standing() != Standing::Ended) {
            let id = duty.obligation.unit_id;
            let Some(unit) = self.units.get(&id) else { continue };
            lines.push((
                id,
                UnitLine {
                    uid: self.uids.get(&id).cloned().unwrap_or_default(),
                    code: unit.code.clone(),
                    name: self.name(duty),
                    kind: unit.kind_code.clone(),
                    kind_name: match duty.is_consolidated() {
                        true => "Báo cáo tổng hợp của cấp dưới".to_owned(),
                        false => unit.kind_heading.clone(),
                    },
                    progress: outward(duty).to_owned(),
                    figures: match duty.is_consolidated() {
                        true => self.levels.figures(catalogue, duty),
                        false => match forms.get(&duty.obligation.form_id) {
                            Some(asked) => self.unit_figures(asked, duty)?,
                            None => vec![],
                        },
                    },
                    consolidated: duty.is_consolidated(),
                    took_in: vec![],
                    revision: (duty.standing() == Standing::Owed)
                        .then(|| self.revisions.get(&duty.obligation.id))
                        .flatten()
                        .and_then(|revision| u32::try_from(revision.number).ok()),
                },
            ));
        }
        self.leave_to_owners(catalogue, &mut lines);
        Ok(lines)
    }

    /// "Không phát sinh" claims no figure that has one owner: its zero stands only where nobody else gave one.
    fn leave_to_owners(&self, catalogue: &Catalogue, lines: &mut [(UnitId, UnitLine)]) {
        let nil = self.duties.iter().filter(|duty| duty.standing() == Standing::Nil);
        // A body's own report and its consolidated one are two.
        let nil: HashSet<(UnitId, bool)> =
            nil.map(|duty| (duty.obligation.unit_id, duty.is_consolidated())).collect();
        let owned = catalogue.indicators.iter().filter(|indicator| indicator.rule == UnitRule::Owner);
        let owned: HashSet<&str> = owned.map(|indicator| indicator.code.as_str()).collect();
        let mut given: HashMap<SmolStr, Vec<(bool, &mut UnitFigure)>> = HashMap::new();
        for (unit, line) in lines {
            let is_nil = nil.contains(&(*unit, line.consolidated));
            for figure in &mut line.figures {
                if owned.contains(figure.indicator.as_str()) && figure.counts && figure.now.value.is_some() {
                    given.entry(figure.indicator.clone()).or_default().push((is_nil, figure));
                }
            }
        }
        for of_indicator in given.values_mut().filter(|of_indicator| of_indicator.len() > 1) {
            for (_, figure) in of_indicator.iter_mut().filter(|(is_nil, _)| *is_nil) {
                figure.state = FigureStatus::Blank;
                figure.now.value = None;
            }
        }
    }
}

/// The word for a report that was sent and waits.
const SENT: &str = "Đã gửi, chờ tiếp nhận";

/// Whether the word of a unit without a received report says that one was sent.
pub(super) fn was_sent(progress: &str) -> bool {
    progress == SENT || progress == Progress::Amend.words()
}

/// Progress as it leaves the collector: what goes on inside a unit before it sends is the unit's own.
pub(super) fn outward(duty: &Duty) -> &'static str {
    match duty.progress() {
        Progress::NotBegun | Progress::Draft | Progress::WithLeader | Progress::Sent | Progress::Amend
            if duty.report.received_revision_id.is_some() =>
        {
            Progress::Received.words()
        }
        Progress::NotBegun | Progress::Draft | Progress::WithLeader => "Chưa gửi",
        Progress::Sent => SENT,
        progress => progress.words(),
    }
}
