//! What the units of one collector filed for one period, loaded in a fixed number of queries, and turned into the
//! units' lines of an edition. This year's figures and last year's take the same road.

use std::collections::{HashMap, HashSet};

use super::catalogue::{Catalogue, Indicator};
use super::content::{
    FigureStatus, NarrativeParagraph, NarrativeSection, Reading, StackedList, UnitFigure, UnitLine,
};
use super::levels::Levels;
use super::narrative::{Heading, Kept, Material};
use super::queries::{self, FigureRow, FormSectionRow, RevisionRow};
use super::stack::{UnitRows, merged, stack_lists};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, RevisionId, UnitId};
use crate::error::Error;
use crate::indicators::{FigureState, PeriodRule, UnitRule, ValueType};
use crate::lists::{ListTable, Row};
use crate::periods::{Duty, Period, Progress, Standing};
use crate::reports::printed::usual_title;
use crate::reports::queries::{Typed, typed_in};
use crate::units::{self, UnitOn};
use crate::vietnamese::Qualifier;

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
    figures: HashMap<ObligationId, HashMap<IndicatorId, FigureRow>>,
    sections: HashMap<ObligationId, HashMap<String, String>>,
    asked: HashMap<FormId, Vec<(IndicatorId, bool)>>,
    form_sections: HashMap<FormId, Vec<FormSectionRow>>,
    form_lists: HashMap<FormId, Vec<ListTable>>,
    rows: HashMap<ObligationId, HashMap<String, Vec<Row>>>,
}

impl Filings {
    /// Loads them. Thirteen queries.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn load(conn: &mut Conn, period: &Period, collector: UnitId) -> Result<Filings, Error> {
        let (mut duties, reasons) = queries::duties(conn, period.id, collector)?;
        let ids: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).collect();
        let units = units::queries::on_day(conn, &ids, period.reference_on)?;
        let uids = queries::uids(conn, &ids)?;
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
        let revisions = queries::received_revisions(conn, period.id, collector)?;
        let ids: Vec<RevisionId> = revisions.iter().map(|row| row.id).collect();
        let typed = typed_in(conn, &ids)?;
        let revisions: HashMap<ObligationId, RevisionRow> =
            revisions.into_iter().map(|row| (row.obligation_id, row)).collect();
        let received = revisions.iter().map(|(id, row)| (*id, row.id)).collect();
        let levels = Levels::load(conn, period.id, &duties, &received)?;
        let mut figures: HashMap<ObligationId, HashMap<IndicatorId, FigureRow>> = HashMap::new();
        for row in queries::received_figures(conn, period.id, collector)? {
            figures.entry(row.obligation_id).or_default().insert(row.indicator_id, row);
        }
        let mut sections: HashMap<ObligationId, HashMap<String, String>> = HashMap::new();
        for row in queries::received_sections(conn, period.id, collector)? {
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
            figures,
            sections,
            asked,
            form_sections,
            form_lists: queries::form_lists(conn, &forms)?,
            rows: queries::received_rows(conn, period.id, collector)?,
        })
    }

    /// Everything some form of the period asks.
    pub(super) fn asked_indicators(&self) -> HashSet<IndicatorId> {
        let here = self.asked.values().flatten().map(|(id, _)| *id);
        here.chain(self.levels.asked_indicators()).collect()
    }

    /// The name of a unit on the reference day.
    pub(super) fn name(&self, duty: &Duty) -> String {
        let name = self.unit_name(duty);
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
                        false => self.unit_figures(catalogue, duty)?,
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
        for owned in catalogue.indicators.iter().filter(|indicator| indicator.rule == UnitRule::Owner) {
            let mut given: Vec<(bool, &mut UnitFigure)> = lines
                .iter_mut()
                .flat_map(|(unit, line)| {
                    let is_nil = nil.contains(&(*unit, line.consolidated));
                    line.figures.iter_mut().map(move |figure| (is_nil, figure))
                })
                .filter(|(_, figure)| {
                    figure.indicator == owned.code && figure.counts && figure.now.value.is_some()
                })
                .collect();
            if given.len() < 2 {
                continue;
            }
            for (_, figure) in given.iter_mut().filter(|(is_nil, _)| *is_nil) {
                figure.state = FigureStatus::Blank;
                figure.now.value = None;
            }
        }
    }

    fn unit_figures(&self, catalogue: &Catalogue, duty: &Duty) -> Result<Vec<UnitFigure>, Error> {
        let mut figures: HashMap<IndicatorId, UnitFigure> = HashMap::new();
        for &(id, counts) in self.asked.get(&duty.obligation.form_id).into_iter().flatten() {
            let Some(indicator) = catalogue.get(id).filter(|indicator| indicator.rule != UnitRule::Ratio)
            else {
                continue;
            };
            figures.insert(id, self.figure(indicator, duty, counts)?);
        }
        // A ratio is never typed: whoever is asked for both of its parts is asked for it.
        for ratio in &catalogue.indicators {
            let Some((above, below)) = ratio.parts else { continue };
            if let (Some(above), Some(below)) = (figures.get(&above), figures.get(&below)) {
                let figure = quotient(ratio, above, below);
                figures.insert(ratio.id, figure);
            }
        }
        let mut figures: Vec<(IndicatorId, UnitFigure)> = figures.into_iter().collect();
        figures.sort_by_key(|(id, _)| catalogue.place(*id));
        Ok(figures.into_iter().map(|(_, figure)| figure).collect())
    }

    fn figure(&self, indicator: &Indicator, duty: &Duty, counts: bool) -> Result<UnitFigure, Error> {
        let mut figure = UnitFigure {
            indicator: indicator.code.as_str().into(),
            state: FigureStatus::NotReported,
            counts,
            now: Reading::default(),
            same_period: Reading::default(),
            cumulative: Reading::default(),
            estimate: false,
            qualifier: Qualifier::Exact,
            note: String::new(),
            total: None,
            compared: None,
        };
        let id = duty.obligation.id;
        match duty.standing() {
            Standing::Exempt | Standing::Ended => {
                figure.state = FigureStatus::Exempt;
                figure.counts = false;
            }
            // "Không phát sinh" says that nothing happened in the period, and nothing about what is.
            Standing::Nil if counts && indicator.period_rule == PeriodRule::Flow => {
                figure.state = FigureStatus::Nil;
                figure.now.value = Some(0);
            }
            Standing::Nil => figure.state = FigureStatus::Blank,
            Standing::Owed if !self.revisions.contains_key(&id) => {}
            Standing::Owed => match self.figures.get(&id).and_then(|rows| rows.get(&indicator.id)) {
                None => figure.state = FigureStatus::Blank,
                Some(row) => {
                    let state = FigureState::from_parts(&row.state, row.value)
                        .map_err(|e| Error::Internal(format!("{}: {e}", indicator.code)))?;
                    figure.counts = row.counts;
                    figure.now.value = state.value();
                    figure.state = match state {
                        FigureState::NotApplicable => FigureStatus::NotAsked,
                        FigureState::Value(0) if indicator.value_type != ValueType::Bool => FigureStatus::Nil,
                        FigureState::Value(_) => FigureStatus::Given,
                    };
                    figure.estimate = row.estimate;
                    figure.qualifier = Qualifier::from_code(&row.qualifier).unwrap_or_default();
                    figure.note.clone_from(&row.note);
                }
            },
        }
        Ok(figure)
    }

    /// The sections of the period's forms. Where they have parts of the results only, the head of the chapter comes before
    /// them: there the collector says what belongs to none of the parts.
    pub(super) fn headings(&self) -> Vec<Heading> {
        let heading = |section: &FormSectionRow| Heading {
            code: section.code.clone(),
            label: section.label.clone(),
            title: section.title.clone(),
        };
        let mut headings: Vec<Heading> = self.outline().into_iter().map(heading).collect();
        let is_head = |one: &Heading| one.label == RESULTS || one.code == RESULTS;
        let parts = |one: &Heading| one.label.strip_prefix(RESULTS).is_some_and(|rest| rest.starts_with('.'));
        if let Some(at) = headings.iter().position(parts)
            && !headings.iter().any(is_head)
            && !self.asked_indicators().is_empty()
        {
            let title = usual_title(RESULTS).to_owned();
            headings.insert(at, Heading { code: RESULTS.to_owned(), label: RESULTS.to_owned(), title });
        }
        headings
    }

    /// The texts of a received revision by section.
    pub(super) fn texts(&self, obligation: ObligationId) -> Option<&HashMap<String, String>> {
        self.sections.get(&obligation)
    }

    /// The narrative, heading by heading, each unit's words under its name, in protocol order; and the consolidated
    /// text made from them.
    pub(super) fn narrative(
        &self,
        material: &Material,
        written: &HashMap<String, Kept>,
    ) -> Vec<NarrativeSection> {
        self.headings()
            .into_iter()
            .map(|section| NarrativeSection {
                paragraphs: self
                    .duties
                    .iter()
                    .filter(|duty| duty.standing() == Standing::Owed)
                    .filter_map(|duty| {
                        let text = self.sections.get(&duty.obligation.id)?.get(&section.code)?;
                        let written = !text.trim().is_empty();
                        written.then(|| NarrativeParagraph { unit: self.name(duty), text: text.clone() })
                    })
                    .collect(),
                blocks: written
                    .get(&section.code)
                    .map(|kept| material.frozen(&section.code, &kept.blocks))
                    .unwrap_or_default(),
                code: section.label,
                heading: section.title,
            })
            .collect()
    }

    /// One outline from those of all forms: the longest, with what it lacks put where the others have it.
    fn outline(&self) -> Vec<&FormSectionRow> {
        let mut forms: Vec<(&FormId, &Vec<FormSectionRow>)> = self.form_sections.iter().collect();
        forms.sort_by_key(|(id, _)| **id);
        let order =
            merged(forms.iter().map(|(_, sections)| sections.iter().map(|s| s.code.as_str()).collect()));
        // The form with most sections gives them their words.
        forms.sort_by_key(|(_, sections)| std::cmp::Reverse(sections.len()));
        let section =
            |code: &str| forms.iter().find_map(|(_, sections)| sections.iter().find(|s| s.code == code));
        order.into_iter().filter_map(section).collect()
    }

    /// The rows of the list tables, each unit's under its name, in protocol order.
    pub(super) fn lists(&self) -> Vec<StackedList> {
        let owed = self.duties.iter().filter(|duty| duty.standing() == Standing::Owed);
        let units: Vec<UnitRows<'_>> = owed
            .map(|duty| UnitRows {
                unit: self.name(duty),
                lists: self.form_lists.get(&duty.obligation.form_id).map_or(&[], Vec::as_slice),
                rows: self.rows.get(&duty.obligation.id),
            })
            .collect();
        stack_lists(&units)
    }
}

/// A ratio from its two parts, each as the unit gave it.
fn quotient(ratio: &Indicator, above: &UnitFigure, below: &UnitFigure) -> UnitFigure {
    use FigureStatus::{Blank, Exempt, Given, NotAsked, NotReported};
    let either = |state| above.state == state || below.state == state;
    let state = match () {
        () if either(Exempt) => Exempt,
        () if either(NotReported) => NotReported,
        () if either(NotAsked) => NotAsked,
        () if above.now.value.is_some() && below.now.value.is_some() => Given,
        () => Blank,
    };
    let approximate = [above, below].into_iter().find(|part| part.is_approximate());
    UnitFigure {
        indicator: ratio.code.as_str().into(),
        state,
        counts: above.counts && below.counts,
        now: Reading { value: None, numerator: above.now.value, denominator: below.now.value },
        same_period: Reading::default(),
        cumulative: Reading::default(),
        estimate: above.is_estimate() || below.is_estimate(),
        qualifier: approximate.map_or(Qualifier::Exact, |part| part.qualifier),
        note: String::new(),
        total: None,
        compared: None,
    }
}

/// The chapter of the results.
const RESULTS: &str = "II";

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
