//! Lũy kế: the figures of a unit from the beginning of the reporting year to the end of a period. Periods fold first,
//! within each unit and by each indicator's rule, then units (product rule 3). A body that passed whole into another
//! within the year brings its figures along.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use smol_str::SmolStr;

use super::base::Base;
use super::catalogue::{Catalogue, Indicator};
use super::content::{FigureStatus, IndicatorLine, Reading, UnitFigure, UnitLine};
use super::fold::{UnitRow, fold_units};
use super::past::as_one;
use super::periods::{PeriodReading, fold_periods};
use super::queries;
use super::succession::Succession;
use super::total::{Amount, FoldError, Total};
use crate::calendar::Cycle;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::Period;

/// The periods of one reporting year before a period, by unit of today and code of indicator.
pub(super) struct YearSoFar {
    year: i32,
    ends: NaiveDate,
    /// Last days of the earlier periods.
    earlier: BTreeSet<NaiveDate>,
    said: HashMap<UnitId, HashMap<SmolStr, Vec<(NaiveDate, UnitRow)>>>,
}

/// What one unit says of the year so far.
pub(super) struct SoFar {
    pub(super) amount: Option<Amount>,
    /// It gave a figure in every period that its rule adds up.
    pub(super) whole: bool,
}

/// Periods of the year that must stand before one of this cycle; none where a cycle has no year to date: what is asked
/// once, or when needed. The year and its nine months hold everything from its beginning themselves.
fn before(cycle: Cycle) -> Option<usize> {
    match cycle {
        Cycle::FirstHalf | Cycle::Year | Cycle::NineMonths => Some(0),
        Cycle::SecondHalf => Some(1),
        Cycle::Quarter(number) | Cycle::Month(number) => Some(usize::from(number) - 1),
        Cycle::OneOff | Cycle::AdHoc => None,
    }
}

impl YearSoFar {
    /// Loads what was counted before a period in its year; none where a period of the year is not on record. Two
    /// queries, and those of [`Base::load`] for each earlier period of the year.
    ///
    /// # Errors
    /// As [`Base::load`].
    pub(super) fn load(
        conn: &mut Conn,
        catalogue: &Catalogue,
        period: &Period,
        collector: UnitId,
    ) -> Result<Option<YearSoFar>, Error> {
        let Some((cycle, ends)) = Cycle::from_code(&period.cycle).zip(period.window_to) else {
            return Ok(None);
        };
        let Some(needed) = before(cycle) else { return Ok(None) };
        let mut so_far =
            YearSoFar { year: period.year, ends, earlier: BTreeSet::new(), said: HashMap::new() };
        if needed == 0 {
            return Ok(Some(so_far));
        }
        for past in queries::periods_of_year(conn, period.regime_id, period.year)? {
            let beside = Cycle::from_code(&past.cycle).is_some_and(|other| other.is_beside(cycle));
            let Some(past_ends) = past.window_to.filter(|day| beside && *day < ends) else { continue };
            if !so_far.earlier.insert(past_ends) {
                continue;
            }
            let handovers = queries::handovers(conn, past.reference_on, period.reference_on)?;
            let succession = Succession::over(handovers.iter().map(Vec::as_slice));
            let base = Base::load(conn, catalogue, &past, collector)?;
            for (unit, line) in base.units.iter().filter(|(_, line)| !line.consolidated) {
                // A body that was divided keeps its figures under its own name: the year had them.
                let unit = succession.today(*unit).unwrap_or(*unit);
                let said = so_far.said.entry(unit).or_default();
                said.reserve(line.figures.len());
                for (code, row) in line.figures.iter().map(|figure| (&figure.indicator, figure.row())) {
                    if row.enters() {
                        said.entry(code.clone()).or_default().push((past_ends, row));
                    }
                }
            }
        }
        Ok((so_far.earlier.len() == needed).then_some(so_far))
    }

    /// The year so far of one unit for an indicator that is no ratio, from what it says now.
    ///
    /// # Errors
    /// [`FoldError`], which names the indicator.
    pub(super) fn of_unit(
        &self,
        indicator: &Indicator,
        unit: UnitId,
        now: Option<Amount>,
    ) -> Result<SoFar, FoldError> {
        let (code, rule) = (indicator.code.as_str(), indicator.rule);
        let mut readings = vec![PeriodReading { year: self.year, ends: self.ends, amount: now }];
        let said = self.said.get(&unit).and_then(|said| said.get(code)).map_or(&[][..], Vec::as_slice);
        for &ends in &self.earlier {
            let rows: Vec<UnitRow> = said.iter().filter(|(day, _)| *day == ends).map(|(_, r)| *r).collect();
            let given: Vec<UnitRow> = rows.iter().copied().filter(|row| row.has_figure(rule)).collect();
            let amount = as_one(code, rule, &given)?.and_then(|row| row.value);
            readings.push(PeriodReading { year: self.year, ends, amount });
        }
        use crate::indicators::PeriodRule::{Flow, Max, Ratio, Stock, YearToDate};
        let whole = match indicator.period_rule {
            Flow | Max => readings.iter().all(|reading| reading.amount.is_some()),
            Stock | YearToDate | Ratio => now.is_some(),
        };
        Ok(SoFar { amount: fold_periods(code, indicator.period_rule, &readings)?, whole })
    }

    /// Fills in the column of the year so far of every unit and gives back its totals by code of indicator.
    ///
    /// # Errors
    /// [`FoldError`], which names the indicator.
    pub(super) fn fill(
        &self,
        catalogue: &Catalogue,
        units: &mut [(UnitId, UnitLine)],
    ) -> Result<HashMap<String, Total>, FoldError> {
        let mut rows: HashMap<SmolStr, Vec<UnitRow>> = HashMap::new();
        for (unit, line) in units.iter_mut() {
            if line.consolidated {
                // Its own edition has folded its units over the year.
                for figure in &line.figures {
                    let row = figure.row_of_reading(figure.cumulative);
                    rows.entry(figure.indicator.clone()).or_default().push(row);
                }
                continue;
            }
            let said = self.fill_unit(catalogue, *unit, line)?;
            for figure in &line.figures {
                let mut row = figure.row_of(figure.cumulative);
                // Rounded or estimated is the year so far where one of its periods was, and not where this one is.
                if let Some((value, denominator)) = said.get(figure.indicator.as_str()) {
                    (row.value, row.denominator) = (Some(*value), *denominator);
                }
                row.leaves = Some((1, 1));
                rows.entry(figure.indicator.clone()).or_default().push(row);
            }
        }
        self.gone(catalogue, units, &mut rows)?;
        let rules: HashMap<&str, UnitRule> =
            catalogue.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator.rule)).collect();
        let total = |(code, rows): (SmolStr, Vec<UnitRow>)| {
            let rule = *rules.get(code.as_str())?;
            Some(fold_units(&code, rule, &rows).map(|total| (code.to_string(), total)))
        };
        rows.into_iter().filter_map(total).collect()
    }

    /// Fills in the column of one unit and gives back, by code of indicator, what stands in it with its marks: the number, or
    /// the two parts of a ratio.
    fn fill_unit<'a>(
        &self,
        catalogue: &'a Catalogue,
        unit: UnitId,
        line: &mut UnitLine,
    ) -> Result<HashMap<&'a str, (Amount, Option<Amount>)>, FoldError> {
        let mut said: HashMap<&str, (Amount, Option<Amount>)> = HashMap::new();
        let at: HashMap<SmolStr, usize> =
            (0..).zip(&line.figures).map(|(at, f)| (f.indicator.clone(), at)).collect();
        for indicator in catalogue.indicators.iter().filter(|i| i.rule != UnitRule::Ratio) {
            let figure = at.get(indicator.code.as_str()).map(|at| &mut line.figures[*at]);
            let Some(figure) = figure.filter(|figure| figure.counts) else { continue };
            let now = figure.row().value;
            let amount = self.of_unit(indicator, unit, now)?.amount;
            figure.cumulative.value = amount.map(|amount| amount.value);
            said.extend(amount.map(|amount| (indicator.code.as_str(), (amount, None))));
        }
        for ratio in &catalogue.indicators {
            let Some((above, below)) = ratio.parts else { continue };
            let part =
                |id| catalogue.get(id).and_then(|part| said.get(part.code.as_str())).map(|(part, _)| *part);
            let Some((above, below)) = part(above).zip(part(below)) else { continue };
            let figure = at.get(ratio.code.as_str()).map(|at| &mut line.figures[*at]);
            if let Some(figure) = figure.filter(|figure| figure.counts) {
                let (numerator, denominator) = (Some(above.value), Some(below.value));
                figure.cumulative = Reading { value: None, numerator, denominator };
                said.insert(&ratio.code, (above, Some(below)));
            }
        }
        Ok(said)
    }

    /// Bodies that said something earlier in the year and are not asked now: what flowed through them is part of the
    /// year. Ratios come from their parts and are not among them.
    fn gone(
        &self,
        catalogue: &Catalogue,
        units: &[(UnitId, UnitLine)],
        rows: &mut HashMap<SmolStr, Vec<UnitRow>>,
    ) -> Result<(), FoldError> {
        let here: HashSet<(&str, UnitId)> = units
            .iter()
            .flat_map(|(unit, line)| line.figures.iter().map(|figure| (figure.indicator.as_str(), *unit)))
            .collect();
        let added = catalogue.indicators.iter().filter(|indicator| indicator.rule != UnitRule::Ratio);
        let by_code: HashMap<&str, &Indicator> = added.map(|i| (i.code.as_str(), i)).collect();
        let said = self.said.iter().flat_map(|(unit, said)| said.keys().map(move |code| (code, unit)));
        for (code, unit) in said.filter(|(code, unit)| !here.contains(&(code.as_str(), **unit))) {
            let Some(indicator) = by_code.get(code.as_str()) else { continue };
            let amount = self.of_unit(indicator, *unit, None)?.amount;
            if amount.is_some() {
                let row = UnitRow { leaves: Some((1, 1)), ..UnitRow::plain(amount) };
                rows.entry(code.clone()).or_default().push(row);
            }
        }
        Ok(())
    }
}

impl UnitFigure {
    /// The row of a lower collector's figure with another reading in place of its total.
    fn row_of_reading(&self, reading: Reading) -> UnitRow {
        let mut row = UnitFigure { total: None, ..self.clone() }.row_of(reading);
        row.leaves = self.total.as_ref().map(|total| (total.n, total.of));
        row.asked = self.state != FigureStatus::Exempt;
        row
    }
}

/// Puts the totals of the year so far into the lines of an edition.
pub(super) fn put(totals: &HashMap<String, Total>, lines: &mut [IndicatorLine]) {
    for line in lines {
        line.cumulative = totals.get(&line.code).copied();
    }
}
