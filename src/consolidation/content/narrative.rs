//! The words of an edition: what each unit wrote under a heading, the consolidated text made from it block by block,
//! each with the places it was taken from, and what changed in both since the edition before.

use serde::{Deserialize, Serialize};

use super::figures::is_false;

/// One section of the narrative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeSection {
    /// Number in the outline, such as "II.1".
    pub code: String,
    /// Heading.
    pub heading: String,
    /// What each unit wrote, in protocol order.
    pub paragraphs: Vec<NarrativeParagraph>,
    /// The consolidated text, block by block; absent where nobody has written one, and the units' words stand for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<NarrativeBlock>,
}

impl NarrativeSection {
    /// The consolidated text, a line for each block; none where nobody has written one.
    pub fn consolidated(&self) -> Option<String> {
        let texts: Vec<&str> = self.blocks.iter().map(|block| block.text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// Whether neither a unit nor the compiler has said anything in it.
    pub fn is_silent(&self) -> bool {
        self.paragraphs.is_empty() && self.blocks.is_empty()
    }

    /// The words of the section whichever they are: the consolidated text, else the units' words after their names.
    pub fn words(&self) -> String {
        self.consolidated().unwrap_or_else(|| {
            let said = self.paragraphs.iter().map(|said| format!("{}: {}", said.unit, said.text));
            said.collect::<Vec<_>>().join("\n\n")
        })
    }
}

/// What one unit wrote under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeParagraph {
    /// Name of the unit.
    pub unit: String,
    /// Its text; line breaks are paragraphs.
    pub text: String,
    /// Identifier of the unit as in its line; "" in editions frozen before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// The consolidated report of a lower collector is meant.
    #[serde(default, skip_serializing_if = "is_false")]
    pub consolidated: bool,
}

/// A piece of the consolidated text: one or more sentences that were taken over, edited and ordered together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeBlock {
    /// As it is printed; line breaks are paragraphs.
    pub text: String,
    /// Where it was taken from, in the order it was joined; empty for the compiler's own sentence.
    pub sources: Vec<BlockSource>,
    /// The totals a proposed text was made from, as they were then; empty of every other block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<QuotedFigure>,
}

/// A total that a text quotes, as it was when the text was proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedFigure {
    /// Code of the indicator.
    pub indicator: String,
    /// As [`super::IndicatorLine::shown`] gives it, scaled.
    pub value: i64,
}

impl NarrativeBlock {
    /// Whether no unit wrote it.
    pub fn is_own(&self) -> bool {
        self.sources.is_empty()
    }

    /// The units it was taken from, each once.
    pub fn units(&self) -> Vec<&str> {
        let mut units: Vec<&str> = Vec::new();
        for source in &self.sources {
            if !units.contains(&source.unit.as_str()) {
                units.push(&source.unit);
            }
        }
        units
    }
}

/// One place in a unit's report that a block was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSource {
    /// Name of the unit.
    pub unit: String,
    /// Number of the revision of its report.
    pub revision: u32,
    /// SHA-256 of that revision.
    pub sha256: String,
    /// First character in the unit's text of this section, counted from 0.
    pub from: u32,
    /// The character after the last.
    pub to: u32,
    /// The words that stand there.
    pub text: String,
    /// Number of a newer revision in the same edition that says it otherwise and was not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<u32>,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// In both texts.
    Same,
    /// In the earlier one only.
    Removed,
    /// In the later one only.
    Added,
}

/// A stretch of two texts compared word by word. What is not added makes the earlier text, what is not removed the
/// later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub kind: PassageKind,
    pub text: String,
}

/// A unit whose text under one heading is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeChange {
    /// Name of the unit.
    pub unit: String,
    /// Number of the section in the outline, such as "II.1".
    pub section: String,
    /// Its words then and now; absent in editions made before they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
}

/// A section whose consolidated text is not what it was. Where one of the two editions has none, the units' words after
/// their names stand for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionChange {
    /// Number in the outline, such as "II.1".
    pub code: String,
    /// Heading.
    pub heading: String,
    /// The text then and now.
    pub passages: Vec<Passage>,
}
