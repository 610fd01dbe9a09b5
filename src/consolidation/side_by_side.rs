//! One period beside another: the same one last year, the one before, or the year to date beside last year's. Only units
//! with figures in both enter a difference, with their number; bodies are taken as they reported then, or as they stand
//! today. Each side is the last approved edition of its period, else what was received.

use std::collections::{HashMap, HashSet};

use super::base::Base;
use super::beside::Beside;
use super::catalogue::Catalogue;
use super::compared::{Compared, both};
use super::content::{Reading, UnitLine};
use super::cumulative::YearSoFar;
use super::guard;
use super::queries;
use super::succession::Succession;
use super::total::FoldError;
use crate::calendar::{Cycle, preceding, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::Period;
use crate::units::lens::Lens;

/// Where the figures of one side are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The period in words.
    pub label: String,
    /// Number of its edition; none where it is what was received, or of several bodies that are one now.
    pub edition: Option<i32>,
    /// Units whose figures are of a table of before the system.
    pub from_tables: usize,
}

/// Both sides.
#[derive(Clone, Debug)]
pub struct SideBySide {
    pub now: Side,
    /// None where there is nothing to put it beside.
    pub then: Option<Side>,
    /// Code, name and whether single units are hidden, of every group that has an indicator.
    pub groups: Vec<(String, String, bool)>,
    pub indicators: Vec<Compared>,
}

impl SideBySide {
    /// The codes whose single units are for the collector alone ([`guard::classified`]).
    pub(super) fn classified(&self) -> HashSet<String> {
        let hidden = |group: &str| self.groups.iter().any(|(code, _, hidden)| code == group && *hidden);
        guard::classified(self.indicators.iter().map(|one| (hidden(&one.group), &one.line)))
    }

    /// The same for whoever is not the collector: of classified groups totals only, and none that gives a single unit's
    /// figure away ([`guard`]). A year so far is over units that gave every period: beside the totals of the periods it
    /// would tell the others.
    pub(super) fn guarded(mut self, beside: Beside) -> SideBySide {
        let closed = self.classified();
        let counts: guard::Counts =
            self.indicators.iter().map(|indicator| guard::counted(&indicator.line)).collect();
        for indicator in self.indicators.iter_mut().filter(|one| closed.contains(&one.line.code)) {
            (indicator.kinds, indicator.units) = (vec![], vec![]);
            match beside {
                Beside::YearToDate => guard::close(&mut indicator.line, guard::OVER_THE_YEAR),
                Beside::SamePeriod | Beside::Previous => guard::guard(&mut indicator.line, &counts),
            }
        }
        self
    }
}

/// Puts a period of a collector beside another. About fifty queries at most, whatever the number of units.
///
/// # Errors
/// As [`Base::load`]; [`Error::Refused`] for a total that does not fit.
pub(super) fn side_by_side(
    conn: &mut Conn,
    period: &Period,
    collector: UnitId,
    beside: Beside,
    lens: Lens,
) -> Result<SideBySide, Error> {
    let (groups, rows) = queries::catalogue(conn)?;
    let catalogue = Catalogue::read(groups, rows)?;
    let now = Base::load(conn, &catalogue, period, collector)?;
    let now = counted(conn, &catalogue, (period, now), collector, beside)?;
    let cycle = Cycle::from_code(&period.cycle);
    let before = cycle.and_then(|cycle| match beside {
        Beside::SamePeriod | Beside::YearToDate => same_period_last_year(cycle, period.year),
        Beside::Previous => preceding(cycle, period.year),
    });
    let past = match before {
        Some((cycle, year)) => queries::period_of(conn, period.regime_id, &cycle.code(), year)?,
        None => None,
    };
    let then = match &past {
        Some(past) => {
            let handovers = queries::handovers(conn, past.reference_on, period.reference_on)?;
            let succession = match lens {
                Lens::Today => Succession::over(handovers.iter().map(Vec::as_slice)),
                Lens::Reported => Succession::default(),
            };
            let base = Base::load(conn, &catalogue, past, collector)?;
            Some((counted(conn, &catalogue, (past, base), collector, beside)?, succession))
        }
        None => None,
    };
    let indicators = both(&catalogue, &now, then.as_ref(), beside)
        .map_err(|e| Error::Refused(format!("{e}. Kiểm tra lại số liệu của chỉ tiêu này.")))?;
    let has = |code: &str| indicators.iter().any(|indicator| indicator.group == code);
    let side = |period: &Period, base: &Base| Side {
        label: period.label.clone(),
        edition: base.edition,
        from_tables: base.from_tables,
    };
    Ok(SideBySide {
        now: side(period, &now),
        then: past.as_ref().zip(then.as_ref()).map(|(past, (base, _))| side(past, base)),
        groups: catalogue
            .groups
            .iter()
            .filter(|group| has(&group.code))
            .map(|group| (group.code.clone(), group.name.clone(), group.classified))
            .collect(),
        indicators,
    })
}

/// One side; of the year to date, every figure is that of the year so far, where the unit gave all that its rule adds up.
fn counted(
    conn: &mut Conn,
    catalogue: &Catalogue,
    (period, mut base): (&Period, Base),
    collector: UnitId,
    beside: Beside,
) -> Result<Base, Error> {
    if beside == Beside::YearToDate {
        let year = YearSoFar::load(conn, catalogue, period, collector)?;
        for (unit, line) in &mut base.units {
            so_far(catalogue, year.as_ref(), *unit, line)
                .map_err(|e| Error::Refused(format!("{e}. Kiểm tra lại số liệu của chỉ tiêu này.")))?;
        }
        base.forget_totals();
    }
    Ok(base)
}

fn so_far(
    catalogue: &Catalogue,
    year: Option<&YearSoFar>,
    unit: UnitId,
    line: &mut UnitLine,
) -> Result<(), FoldError> {
    let mut parts: HashMap<String, Option<i64>> = HashMap::new();
    for figure in &mut line.figures {
        let indicator = catalogue.indicators.iter().find(|one| one.code == figure.indicator);
        let Some(indicator) = indicator.filter(|one| one.rule != UnitRule::Ratio) else { continue };
        let now = figure.row().value;
        // What a lower collector brought is a total: its units are compared in its own edition.
        figure.now.value = match year.filter(|_| !line.consolidated) {
            Some(year) => {
                let so_far = year.of_unit(indicator, unit, now)?;
                so_far.amount.filter(|_| so_far.whole).map(|amount| amount.value)
            }
            None => None,
        };
        figure.total = None;
        parts.insert(figure.indicator.to_string(), figure.now.value);
    }
    for ratio in catalogue.indicators.iter().filter(|one| one.rule == UnitRule::Ratio) {
        let part = |id| catalogue.get(id).and_then(|part| *parts.get(&part.code)?);
        let now = ratio.parts.and_then(|(above, below)| part(above).zip(part(below)));
        if let Some(figure) = line.figures.iter_mut().find(|figure| figure.indicator == ratio.code) {
            figure.now = now.map_or_else(Reading::default, |(above, below)| Reading {
                value: None,
                numerator: Some(above),
                denominator: Some(below),
            });
        }
    }
    Ok(())
}
