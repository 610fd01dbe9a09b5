//! The names a form may use: of the edition, of an indicator's totals, and in a repeated row of a unit and its figures.

use crate::consolidation::content::EditionContent;
use crate::form_filler::Known;

/// Names with one value in an edition.
pub(super) const EDITION: [&str; 12] = [
    "province.name",
    "province.code",
    "agency.name",
    "regime.name",
    "period.label",
    "period.from",
    "period.to",
    "edition.number",
    "edition.date",
    "document.number",
    "document.date",
    "units.reported",
];
/// How many units owe, beside those that reported.
pub(super) const OWED: &str = "units.owed";
/// What an indicator has for the whole province, after its code and a dot.
pub(super) const OF_INDICATOR: [&str; 8] =
    ["total", "same_period", "cumulative", "difference", "percent", "given", "asked", "note"];
/// Names of the unit of a repeated row.
pub(super) const UNIT: [&str; 5] = ["unit.order", "unit.name", "unit.code", "unit.kind", "unit.progress"];
/// What an indicator has in a unit's row.
pub(super) const OF_UNIT: [&str; 3] = ["value", "same_period_value", "remark"];

/// Every name that can be filled from an edition.
pub fn known(content: &EditionContent) -> Known {
    let mut known = Known::default();
    known.once.extend(EDITION.iter().chain([&OWED]).map(|name| (*name).to_owned()));
    known.of_unit.extend(UNIT.iter().map(|name| (*name).to_owned()));
    for (_, line) in content.lines() {
        known.once.extend(OF_INDICATOR.iter().map(|name| of(&line.code, name)));
        known.of_unit.extend(OF_UNIT.iter().map(|name| of(&line.code, name)));
    }
    known
}

/// The name of something of an indicator: "D02.total".
pub(super) fn of(code: &str, name: &str) -> String {
    format!("{code}.{name}")
}
