//! The figures of one unit's line: what its form asks, in catalogue order, with what it gave or why there is none.

use std::collections::HashMap;

use super::super::catalogue::{Catalogue, Indicator};
use super::super::content::{FigureStatus, Reading, UnitFigure};
use super::super::queries::FigureRow;
use super::Filings;
use crate::db::ids::IndicatorId;
use crate::error::Error;
use crate::indicators::{FigureState, PeriodRule, UnitRule, ValueType};
use crate::periods::{Duty, Standing};
use crate::vietnamese::Qualifier;

/// One line that a form asks of every unit that has it.
pub(super) struct Asked<'a> {
    indicator: &'a Indicator,
    source: Source,
}

enum Source {
    /// Typed; whether it counts.
    Typed(bool),
    /// Made of two lines, by their places.
    Quotient(usize, usize),
}

/// What a form asks, in catalogue order. A ratio is never typed: whoever is asked for both of its parts is asked for it.
pub(super) fn in_order<'a>(catalogue: &'a Catalogue, form: &[(IndicatorId, bool)]) -> Vec<Asked<'a>> {
    let counts: HashMap<IndicatorId, bool> = form.iter().copied().collect();
    let typed = |id: IndicatorId| {
        counts.contains_key(&id) && catalogue.get(id).is_some_and(|one| one.rule != UnitRule::Ratio)
    };
    let asks = |indicator: &&Indicator| match indicator.parts {
        Some((above, below)) => typed(above) && typed(below),
        None => typed(indicator.id),
    };
    let asked: Vec<&Indicator> = catalogue.indicators.iter().filter(asks).collect();
    let place: HashMap<IndicatorId, usize> =
        asked.iter().enumerate().map(|(place, indicator)| (indicator.id, place)).collect();
    let source = |indicator: &Indicator| {
        let parts =
            indicator.parts.and_then(|(above, below)| Some((*place.get(&above)?, *place.get(&below)?)));
        match parts {
            Some((above, below)) => Source::Quotient(above, below),
            None => Source::Typed(counts.get(&indicator.id).copied().unwrap_or_default()),
        }
    };
    asked.iter().map(|&indicator| Asked { indicator, source: source(indicator) }).collect()
}

impl Filings {
    /// The figures of a unit for what its form asks.
    ///
    /// # Errors
    /// [`Error::Internal`] for a stored figure that contradicts itself.
    pub(super) fn unit_figures(&self, asked: &[Asked<'_>], duty: &Duty) -> Result<Vec<UnitFigure>, Error> {
        let rows = self.figures.get(&duty.obligation.id);
        let mut figures = Vec::with_capacity(asked.len());
        for line in asked {
            figures.push(match line.source {
                Source::Typed(counts) => self.figure(line.indicator, (duty, rows), counts)?,
                // In its place already; filled in once both its parts are.
                Source::Quotient(..) => self.figure(line.indicator, (duty, None), false)?,
            });
        }
        for (place, line) in asked.iter().enumerate() {
            if let Source::Quotient(above, below) = line.source {
                figures[place] = quotient(line.indicator, &figures[above], &figures[below]);
            }
        }
        Ok(figures)
    }

    fn figure(
        &self,
        indicator: &Indicator,
        (duty, rows): (&Duty, Option<&HashMap<IndicatorId, FigureRow>>),
        counts: bool,
    ) -> Result<UnitFigure, Error> {
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
            Standing::Owed => match rows.and_then(|rows| rows.get(&indicator.id)) {
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
