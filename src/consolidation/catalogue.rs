//! The catalogue of indicators as an edition needs it, read once: types and rules out of their stored codes.
//! Stands between the rows of the database and the folding.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use super::queries::{GroupRow, IndicatorRow};
use crate::audit::sha256_hex;
use crate::db::ids::IndicatorId;
use crate::error::Error;
use crate::indicators::facts::PREFIX;
use crate::indicators::{PeriodRule, UnitRule, ValueType};
use crate::standard::catalogue::issued;

/// One indicator.
#[derive(Debug, Clone)]
pub(super) struct Indicator {
    pub(super) id: IndicatorId,
    pub(super) code: String,
    pub(super) group: String,
    pub(super) name: String,
    pub(super) measure_unit: String,
    pub(super) value_type: ValueType,
    pub(super) decimals: u8,
    pub(super) display_exponent: u8,
    pub(super) rule: UnitRule,
    pub(super) period_rule: PeriodRule,
    /// Numerator and denominator of a ratio.
    pub(super) parts: Option<(IndicatorId, IndicatorId)>,
}

/// All indicators in catalogue order, with their groups.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    pub(super) groups: Vec<GroupRow>,
    pub(super) indicators: Vec<Indicator>,
    places: HashMap<IndicatorId, usize>,
    version: String,
}

impl Catalogue {
    /// Reads the rows.
    ///
    /// # Errors
    /// [`Error::Internal`] for a code the schema would refuse.
    pub(super) fn read(groups: Vec<GroupRow>, rows: Vec<IndicatorRow>) -> Result<Catalogue, Error> {
        let version = fingerprint(&rows);
        let indicators: Vec<Indicator> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
        let places = places(&indicators);
        Ok(Catalogue { groups, indicators, places, version })
    }

    /// The indicator of an id.
    pub(super) fn get(&self, id: IndicatorId) -> Option<&Indicator> {
        self.places.get(&id).map(|place| &self.indicators[*place])
    }

    /// The same catalogue with only what some forms ask, and the ratios of what they ask: of an indicator and its
    /// successor under one code, the one these reports answered.
    pub(super) fn asked(&self, ids: &HashSet<IndicatorId>) -> Catalogue {
        let mut asked = self.clone();
        asked.indicators.retain(|indicator| match indicator.parts {
            Some((above, below)) => ids.contains(&above) && ids.contains(&below),
            None => ids.contains(&indicator.id),
        });
        asked.places = places(&asked.indicators);
        asked
    }

    /// Tells catalogues apart: the number of indicators and a fingerprint of their codes, units of measure,
    /// types, scales, rules and, of ratios, both parts. Two provinces with the same version count the same things in the same way.
    pub(super) fn version(&self) -> &str {
        &self.version
    }
}

fn places(indicators: &[Indicator]) -> HashMap<IndicatorId, usize> {
    indicators.iter().enumerate().map(|(place, indicator)| (indicator.id, place)).collect()
}

fn fingerprint(rows: &[IndicatorRow]) -> String {
    let codes: HashMap<IndicatorId, &str> = rows.iter().map(|row| (row.id, row.code.as_str())).collect();
    let part = |id: Option<IndicatorId>| id.and_then(|id| codes.get(&id)).copied().unwrap_or_default();
    // What a province adds for itself makes no other catalogue.
    let issued = rows.iter().filter(|row| !row.code.starts_with(PREFIX));
    version_of(issued.map(|row| {
        // The rule between levels follows from the one among units; the schema holds them together.
        [
            row.code.as_str(),
            &row.measure_unit,
            &row.value_type,
            &row.scale.to_string(),
            &row.display_exponent.to_string(),
            &row.unit_rule,
            &row.period_rule,
            part(row.numerator_id),
            part(row.denominator_id),
        ]
        .join("\t")
    }))
}

/// The version of a catalogue of these lines, one for each indicator.
fn version_of(lines: impl Iterator<Item = String>) -> String {
    let (mut text, mut count) = (String::new(), 0);
    for line in lines {
        text.push_str(&line);
        text.push('\n');
        count += 1;
    }
    let hash = sha256_hex(text.as_bytes());
    format!("{count}-{}", hash.get(..8).unwrap_or_default())
}

/// The version of the catalogue this program brings along, as editions made with it say it.
///
/// # Errors
/// What could not be read of the file.
pub fn issued_version() -> Result<String, Error> {
    Ok(version_of(issued()?.into_iter().map(|one| {
        [
            one.code.as_str(),
            &one.measure,
            &one.value_type,
            &one.scale.to_string(),
            &one.display_exponent.to_string(),
            &one.unit_rule,
            &one.period_rule,
            one.numerator.as_deref().unwrap_or_default(),
            one.denominator.as_deref().unwrap_or_default(),
        ]
        .join("\t")
    })))
}

fn read(row: IndicatorRow) -> Result<Indicator, Error> {
    let unreadable = |what: String| Error::Internal(format!("indicator {}: {what}", row.code));
    let small = |number: i32| u8::try_from(number).map_err(|e| unreadable(e.to_string()));
    let value_type = ValueType::from_str(&row.value_type).map_err(|e| unreadable(e.to_string()))?;
    let rule = UnitRule::from_str(&row.unit_rule).map_err(|e| unreadable(e.to_string()))?;
    let period_rule = PeriodRule::from_str(&row.period_rule).map_err(|e| unreadable(e.to_string()))?;
    let (decimals, display_exponent) = (small(row.scale)?, small(row.display_exponent)?);
    Ok(Indicator {
        id: row.id,
        group: row.group_code,
        name: row.name,
        measure_unit: row.measure_unit,
        value_type,
        decimals,
        display_exponent,
        rule,
        period_rule,
        parts: row.numerator_id.zip(row.denominator_id),
        code: row.code,
    })
}
