//! The same period last year beside this one, and whose figures of then stand beside whose of today.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::base::Base;
use super::catalogue::{Catalogue, Indicator};
use super::content::Reading;
use super::fold::UnitRow;
use super::queries;
use super::succession::Succession;
use super::total::{Amount, FoldError, Total, checked};
use crate::calendar::{Cycle, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::periods::Period;

/// The earlier period.
pub(super) struct Past {
    base: Base,
    carried: Carried,
    succession: Succession,
    /// The period in words.
    label: String,
}

impl Past {
    /// Loads the same cycle of the year before in the same regime; none where there was no such period. Two
    /// queries, and those of [`Base::load`].
    ///
    /// # Errors
    /// As [`Base::load`].
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
        let base = Base::load(conn, catalogue, &past, collector)?;
        let carried = Carried::over(&base, &succession);
        Ok(Some(Past { base, carried, succession, label: past.label }))
    }

    /// What its figures are of, where it is not what units sent; "" else.
    pub(super) fn note(&self) -> String {
        match self.base.from_tables {
            0 => String::new(),
            units => format!("Số liệu cùng kỳ ({}) của {units} đơn vị nhập từ bảng cũ.", self.label),
        }
    }

    /// As [`Base::same_measure`].
    pub(super) fn same_measure(&self, indicator: &Indicator) -> bool {
        self.base.same_measure(indicator)
    }

    /// As [`Base::tells_one`].
    pub(super) fn tells_one(&self, code: &str) -> bool {
        self.base.tells_one(code)
    }

    /// As [`Base::total`].
    ///
    /// # Errors
    /// Its own.
    pub(super) fn total(&self, code: &str, rule: UnitRule) -> Result<Total, FoldError> {
        self.base.total(code, rule)
    }

    /// As [`Base::word`].
    pub(super) fn word(&self, indicator: &Indicator, total: &Total) -> &'static str {
        self.base.word(indicator, total)
    }

    /// The bodies of then that are part of a unit of today, as they were called, without the unit itself.
    pub(super) fn took_in(&self, unit: UnitId) -> Vec<String> {
        let others = self.base.units.iter().filter(|(id, line)| *id != unit && !line.consolidated);
        let became = others.filter(|(id, _)| self.succession.today(*id) == Some(unit));
        became.map(|(_, line)| line.name.clone()).collect()
    }

    /// As [`Carried::beside`].
    ///
    /// # Errors
    /// Its own.
    pub(super) fn beside(
        &self,
        code: &str,
        rule: UnitRule,
        unit: UnitId,
    ) -> Result<Option<UnitRow>, FoldError> {
        self.carried.beside(code, rule, unit)
    }
}

/// Figures of then by unit of today and code of indicator.
pub(super) struct Carried(HashMap<UnitId, HashMap<SmolStr, Vec<UnitRow>>>);

impl Carried {
    /// Carries the figures of a period over to the units that its bodies became.
    pub(super) fn over(base: &Base, succession: &Succession) -> Carried {
        let mut carried: HashMap<UnitId, HashMap<SmolStr, Vec<UnitRow>>> = HashMap::new();
        // What a lower collector brought is compared in its own edition.
        for (unit, line) in base.units.iter().filter(|(_, line)| !line.consolidated) {
            let Some(today) = succession.today(*unit) else { continue };
            let of_unit = carried.entry(today).or_default();
            of_unit.reserve(line.figures.len());
            for figure in &line.figures {
                of_unit.entry(figure.indicator.clone()).or_default().push(figure.row());
            }
        }
        Carried(carried)
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
        let found = self.0.get(&unit).and_then(|of_unit| of_unit.get(code)).map_or(&[][..], Vec::as_slice);
        if let [one] = found {
            return Ok(Some(*one).filter(|one| one.enters() && one.has_figure(rule)));
        }
        let rows: Vec<UnitRow> = found.iter().copied().filter(UnitRow::enters).collect();
        if !rows.iter().all(|row| row.has_figure(rule)) {
            return Ok(None);
        }
        as_one(code, rule, &rows)
    }
}

/// The rows of bodies that are one now as the row of that one; none without any.
///
/// # Errors
/// [`FoldError::Overflow`].
pub(super) fn as_one(code: &str, rule: UnitRule, rows: &[UnitRow]) -> Result<Option<UnitRow>, FoldError> {
    let Some((first, others)) = rows.split_first() else { return Ok(None) };
    let mut merged = *first;
    for row in others {
        merged.value = together(code, rule, merged.value, row.value)?;
        merged.denominator = together(code, rule, merged.denominator, row.denominator)?;
    }
    Ok(Some(merged))
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
