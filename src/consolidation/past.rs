//! The same period last year beside this one: its approved edition as it was frozen, or, where there is none, what
//! was received then; and whose figures of then stand beside whose of today.

use std::collections::HashMap;

use super::approve::read_content;
use super::catalogue::{Catalogue, Indicator};
use super::content::{Reading, UnitFigure, UnitLine};
use super::filings::Filings;
use super::fold::{UnitRow, fold_units};
use super::queries;
use super::succession::Succession;
use super::total::{Amount, FoldError, Total, checked};
use crate::calendar::{Cycle, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::{UnitRule, ValueType};
use crate::periods::Period;

/// Type, decimals and rule: figures that differ in one of them are not beside each other.
type Counted = (ValueType, u8, UnitRule);

/// The earlier period.
pub(super) struct Past {
    /// Totals by code of indicator, where an edition froze them.
    frozen: Option<HashMap<String, Total>>,
    /// Figures of then by code of indicator.
    all: HashMap<String, Vec<UnitFigure>>,
    /// How each code was counted then.
    counted: HashMap<String, Counted>,
    /// Figures of then by code of indicator and unit of today.
    carried: HashMap<(String, UnitId), Vec<UnitFigure>>,
}

impl Past {
    /// Loads the same cycle of the year before in the same regime; none where there was no such period. Twelve
    /// queries at most.
    ///
    /// # Errors
    /// The queries' own; [`Error::Internal`] for a frozen edition that cannot be read.
    pub(super) fn load(
        conn: &mut Conn,
        catalogue: &Catalogue,
        period: &Period,
        collector: UnitId,
    ) -> Result<Option<Past>, Error> {
        let before =
            Cycle::from_code(&period.cycle).and_then(|cycle| same_period_last_year(cycle, period.year));
        let Some((cycle, year)) = before else { return Ok(None) };
        let Some(past) = queries::period_of(conn, period.regime_id, &cycle.code(), year)? else {
            return Ok(None);
        };
        let handovers = queries::handovers(conn, past.reference_on, period.reference_on)?;
        let succession = Succession::over(handovers.iter().map(Vec::as_slice));
        let editions = queries::editions_of(conn, past.id, collector)?;
        let (units, frozen, counted) = match editions.iter().find(|edition| edition.is_approved()) {
            Some(edition) => frozen(conn, edition)?,
            None => {
                let filings = Filings::load(conn, &past, collector)?;
                let asked = catalogue.asked(&filings.asked_indicators());
                let counted = asked.indicators.iter().map(|i| (i.code.clone(), counted(i))).collect();
                (filings.unit_lines(catalogue)?, None, counted)
            }
        };
        Ok(Some(Past::new(units, frozen, counted, &succession)))
    }

    fn new(
        units: Vec<(UnitId, UnitLine)>,
        frozen: Option<HashMap<String, Total>>,
        counted: HashMap<String, Counted>,
        succession: &Succession,
    ) -> Past {
        let mut all: HashMap<String, Vec<UnitFigure>> = HashMap::new();
        let mut carried: HashMap<(String, UnitId), Vec<UnitFigure>> = HashMap::new();
        for (unit, line) in units {
            let today = succession.today(unit);
            for figure in line.figures {
                // What a lower collector brought is compared in its own edition.
                if let Some(today) = today.filter(|_| !line.consolidated) {
                    carried.entry((figure.indicator.clone(), today)).or_default().push(figure.clone());
                }
                all.entry(figure.indicator.clone()).or_default().push(figure);
            }
        }
        Past { frozen, all, counted, carried }
    }

    /// Whether the code meant the same then: its successor under the same code may be counted in another way.
    pub(super) fn same_measure(&self, indicator: &Indicator) -> bool {
        self.counted.get(&indicator.code).is_none_or(|then| *then == counted(indicator))
    }

    /// The total of then: as frozen, else folded from what was received.
    ///
    /// # Errors
    /// As [`fold_units`].
    pub(super) fn total(&self, code: &str, rule: UnitRule) -> Result<Total, FoldError> {
        if let Some(frozen) = &self.frozen {
            return Ok(frozen.get(code).copied().unwrap_or_default());
        }
        let rows: Vec<UnitRow> = self.all.get(code).into_iter().flatten().map(UnitFigure::row).collect();
        fold_units(code, rule, &rows)
    }

    /// What a unit of today is compared with: its own figure of then with those of the bodies that passed whole
    /// into it. None where one of them is missing: half a predecessor is no base.
    ///
    /// # Errors
    /// [`FoldError::Overflow`].
    pub(super) fn beside(
        &self,
        code: &str,
        rule: UnitRule,
        unit: UnitId,
    ) -> Result<Option<UnitRow>, FoldError> {
        let rows: Vec<UnitRow> = self
            .carried
            .get(&(code.to_owned(), unit))
            .into_iter()
            .flatten()
            .map(UnitFigure::row)
            .filter(UnitRow::enters)
            .collect();
        let Some(first) = rows.first() else { return Ok(None) };
        if !rows.iter().all(|row| row.has_figure(rule)) {
            return Ok(None);
        }
        let mut merged = *first;
        for row in &rows[1..] {
            merged.value = together(code, rule, merged.value, row.value)?;
            merged.denominator = together(code, rule, merged.denominator, row.denominator)?;
        }
        Ok(Some(merged))
    }
}

fn counted(indicator: &Indicator) -> Counted {
    let decimals = if indicator.rule == UnitRule::Ratio { 0 } else { indicator.decimals };
    (indicator.value_type, decimals, indicator.rule)
}

/// The frozen units and totals of an edition, and how it counted.
type Frozen = (Vec<(UnitId, UnitLine)>, Option<HashMap<String, Total>>, HashMap<String, Counted>);

fn frozen(conn: &mut Conn, edition: &queries::EditionRow) -> Result<Frozen, Error> {
    let content = read_content(conn, edition)?;
    let uids: Vec<&str> = content.units.iter().map(|unit| unit.uid.as_str()).collect();
    let ids = queries::by_uid(conn, &uids)?;
    let totals = content.lines().map(|(_, line)| (line.code.clone(), line.total)).collect();
    let counted =
        content.lines().map(|(_, l)| (l.code.clone(), (l.value_type, l.decimals, l.rule))).collect();
    let units = content.units.into_iter().filter_map(|unit| Some((*ids.get(&unit.uid)?, unit))).collect();
    Ok((units, Some(totals), counted))
}

/// Two amounts of bodies that are one now. Two that both said yes are one body that said yes.
fn together(
    code: &str,
    rule: UnitRule,
    one: Option<Amount>,
    other: Option<Amount>,
) -> Result<Option<Amount>, FoldError> {
    let (Some(one), Some(other)) = (one, other) else { return Ok(None) };
    let value = match rule {
        UnitRule::Max | UnitRule::CountTrue => one.value.max(other.value),
        UnitRule::Sum | UnitRule::Owner | UnitRule::Ratio => {
            checked(code, i128::from(one.value) + i128::from(other.value))?
        }
    };
    Ok(Some(Amount { value, ..one.marked_like(other) }))
}

/// A row back as the reading of a unit.
pub(super) fn reading(rule: UnitRule, row: &UnitRow) -> Reading {
    let (value, denominator) = (row.value.map(|a| a.value), row.denominator.map(|a| a.value));
    match rule {
        UnitRule::Ratio => Reading { value: None, numerator: value, denominator },
        _ => Reading { value, ..Reading::default() },
    }
}
