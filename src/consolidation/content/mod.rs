//! What an edition (bản tổng hợp) says, as one document without references: the part that is frozen at
//! approval and that the writers of workbook and report read. Names and words are copied in as they stood
//! on that day, so that the same edition gives the same files years later (product rule 4).

mod figures;
mod identity;
mod lists;
mod narrative;
mod own_copy;
mod paper;
mod sources;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use figures::{
    FigureStatus, IndicatorGroup, IndicatorLine, RatioParts, Reading, Said, Telling, UnitFigure, UnitLine,
};
pub use identity::{Identity, Signatory};
pub use lists::{ListChange, ListedUnit, StackedList};
pub use narrative::{
    BlockSource, NarrativeBlock, NarrativeChange, NarrativeParagraph, NarrativeSection, Passage, PassageKind,
    QuotedFigure, SectionChange,
};
pub use own_copy::{UnitEvidence, UnitTask};
pub use paper::{PaperHead, ReplacedEdition, ReplacedPaper};
pub use sources::{Below, Change, ChangeList, MissingUnit, OnBehalf, OutsideUnit, Sending, TotalChange};

/// Who is in an edition: units through all levels, and reports sent to the collector itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// Reporting units with a report in it, their own or through a lower collector.
    pub reported: u32,
    /// Reporting units that owe.
    pub of: u32,
    /// Reports sent to this collector, consolidated ones among them.
    pub direct: u32,
    pub direct_of: u32,
    /// Some come through a lower collector: the two pairs differ.
    pub levels: bool,
}

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
    /// Units missing from the editions of lower collectors, each with the body it reports through.
    #[serde(default)]
    pub missing_below: Vec<MissingUnit>,
    /// Units outside the denominator, in protocol order.
    pub outside: Vec<OutsideUnit>,
    /// How each unit sent its report, in protocol order.
    pub sendings: Vec<Sending>,
    /// Results of assigned tasks, in the order of units: for the collector's own copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<UnitTask>,
    /// Links and files the reports came with, in the order of units: for the collector's own copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<UnitEvidence>,
    /// What changed since the edition before; none for the first.
    pub changes: Option<ChangeList>,
    /// What is to be known of the column of the same period: that figures in it are of tables of before the system; "" else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub same_period_note: String,
    /// The head of its paper; none in editions made before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperHead>,
}

impl EditionContent {
    /// The bytes that are frozen and hashed: fields in the order of their declaration, nothing left out but
    /// what there is none of, so that the same content is the same text for ever.
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

    /// Whether a section stands over parts of its own, as "II" over "II.1": it is the head of a chapter.
    pub fn heads_parts(&self, section: &NarrativeSection) -> bool {
        let below = |other: &NarrativeSection| {
            other.code.strip_prefix(section.code.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        self.narrative.iter().any(below)
    }

    /// The indicator of a code.
    pub fn line(&self, code: &str) -> Option<(&IndicatorGroup, &IndicatorLine)> {
        self.lines().find(|(_, line)| line.code == code)
    }

    /// How many units have reported, through all levels and to this collector itself.
    pub fn reporting(&self) -> Reporting {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let below: Vec<&Below> = self.sendings.iter().filter_map(|sending| sending.below.as_ref()).collect();
        let direct_of = small(self.sendings.len().saturating_sub(self.outside.len()));
        let direct = direct_of.saturating_sub(small(self.missing.len()));
        let here = small(below.iter().filter(|below| below.edition.is_some()).count());
        Reporting {
            reported: direct.saturating_sub(here) + below.iter().map(|below| below.reported).sum::<u32>(),
            of: direct_of.saturating_sub(small(below.len()))
                + below.iter().map(|below| below.of).sum::<u32>(),
            direct,
            direct_of,
            levels: !below.is_empty(),
        }
    }

    /// Who signs paper and workbook, a line each: whoever approved it; of a draft the head of its body.
    pub fn signing(&self) -> Vec<String> {
        let head = self.paper.as_ref().map(|paper| &paper.capacity);
        let known = [Some(&self.identity.signatory.capacity), head];
        let lines = known.into_iter().flatten().find(|lines| !lines.is_empty());
        lines.cloned().unwrap_or_else(|| vec!["THỦ TRƯỞNG ĐƠN VỊ".to_owned()])
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

/// What a writer is lent.
impl<'a> From<&'a EditionContent> for Cow<'a, EditionContent> {
    fn from(content: &'a EditionContent) -> Self {
        Cow::Borrowed(content)
    }
}

/// What a writer is given, to be changed in its place: a province's content is too large to hold twice.
impl From<EditionContent> for Cow<'_, EditionContent> {
    fn from(content: EditionContent) -> Self {
        Cow::Owned(content)
    }
}
