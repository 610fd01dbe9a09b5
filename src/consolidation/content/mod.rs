//! What an edition (bản tổng hợp) says, as one document without references: the part that is frozen at
//! approval and that the writers of workbook and report read. Names and words are copied in as they stood
//! on that day, so that the same edition gives the same files years later (product rule 4).

mod figures;
mod identity;
mod lists;
mod sources;

use serde::{Deserialize, Serialize};

pub use figures::{
    FigureStatus, IndicatorGroup, IndicatorLine, RatioParts, Reading, Said, UnitFigure, UnitLine,
};
pub use identity::{Identity, Signatory};
pub use lists::{ListChange, ListedUnit, StackedList};
pub use sources::{
    Below, Change, ChangeList, MissingUnit, NarrativeChange, NarrativeParagraph, NarrativeSection, OnBehalf,
    OutsideUnit, Sending,
};

/// Everything one edition says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionContent {
    /// Which edition this is, and whose.
    pub identity: Identity,
    /// Indicators with their totals, by group, in catalogue order.
    pub groups: Vec<IndicatorGroup>,
    /// Units in protocol order with their figures.
    pub units: Vec<UnitLine>,
    /// The narrative, section by section.
    pub narrative: Vec<NarrativeSection>,
    /// The list tables of all units, stacked; absent where nobody has a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<StackedList>,
    /// Units whose report is not in the edition, in protocol order.
    pub missing: Vec<MissingUnit>,
    /// Units outside the denominator, in protocol order.
    pub outside: Vec<OutsideUnit>,
    /// How each unit sent its report, in protocol order.
    pub sendings: Vec<Sending>,
    /// What changed since the edition before; none for the first.
    pub changes: Option<ChangeList>,
}

impl EditionContent {
    /// The bytes that are frozen and hashed: fields in the order of their declaration, nothing left out but
    /// lists where there are none, so that the same content is the same text for ever.
    ///
    /// # Errors
    /// None that this content can cause; the serializer's own.
    pub fn canonical(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// Reads [`EditionContent::canonical`].
    ///
    /// # Errors
    /// When the text is not a frozen edition.
    pub fn from_canonical(text: &str) -> serde_json::Result<EditionContent> {
        serde_json::from_str(text)
    }

    /// Every indicator with its group, in catalogue order.
    pub fn lines(&self) -> impl Iterator<Item = (&IndicatorGroup, &IndicatorLine)> {
        self.groups.iter().flat_map(|group| group.indicators.iter().map(move |line| (group, line)))
    }

    /// The indicator of a code.
    pub fn line(&self, code: &str) -> Option<(&IndicatorGroup, &IndicatorLine)> {
        self.lines().find(|(_, line)| line.code == code)
    }

    /// Counting figures that are estimates (*ước*), ratios left out: their parts are counted already.
    pub fn estimated_figures(&self) -> usize {
        self.units
            .iter()
            .flat_map(|unit| &unit.figures)
            .filter(|figure| figure.counts && figure.now.value.is_some() && figure.is_estimate())
            .count()
    }
}
