//! Which annexes a consolidated report has and how they are numbered: those of its Word file, then the workbook that goes beside
//! it. One rule for the paper, for the text that points to them and for the workbook (NĐ 30/2020: two or more take Roman
//! numbers). Pure.

use super::composed::{Composed, composed};
use super::content::{EditionContent, NarrativeSection};
use super::guard::guarded;
use crate::vietnamese::{roman, search_key};

/// What is annexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annexes {
    /// The totals, and with them the workbook, which has those of every unit; a report without figures has neither.
    pub figures: bool,
    /// The units' own words of the sections that do not hold all of them.
    pub texts: bool,
}

impl Annexes {
    /// Of a content as whoever receives the report reads it ([`guarded`]), with the texts proposed for its sections.
    pub fn of(content: &EditionContent, proposed: &[Composed]) -> Annexes {
        let quoted = |(section, proposed): (&NarrativeSection, &Composed)| is_quoted(section, proposed);
        Annexes {
            figures: content.lines().next().is_some(),
            texts: content.narrative.iter().zip(proposed).any(quoted),
        }
    }

    /// The label of the workbook: behind the annexes of the Word file. None where the report has no figures.
    pub fn workbook(self) -> Option<String> {
        self.figures.then(|| label(2 + usize::from(self.texts)))
    }
}

fn label(number: usize) -> String {
    format!("Phụ lục {}", roman(number))
}

/// What the workbook of an edition is headed.
pub fn workbook_label(content: &EditionContent) -> String {
    // Figures of single units say nothing of what is annexed, and a province has hundreds of thousands.
    let told = guarded(EditionContent {
        identity: content.identity.clone(),
        groups: content.groups.clone(),
        units: vec![],
        narrative: content.narrative.clone(),
        lists: vec![],
        missing: vec![],
        missing_below: vec![],
        outside: vec![],
        sendings: vec![],
        tasks: vec![],
        evidence: vec![],
        changes: None,
        same_period_note: String::new(),
        paper: None,
    });
    let annexes = Annexes::of(&told, &composed(&told));
    annexes.workbook().unwrap_or_else(|| "Phụ lục".to_owned())
}

/// The annex of the units' own words, as the text points to it: the second one where there is one of figures.
pub(super) fn texts_label(content: &EditionContent) -> &'static str {
    if content.lines().next().is_some() { "Phụ lục II" } else { "Phụ lục" }
}

/// Whether the units' own words of a section stand in the annex: it does not hold all of them.
pub fn is_quoted(section: &NarrativeSection, proposed: &Composed) -> bool {
    !section.paragraphs.is_empty() && shortened(section, proposed)
}

/// Whether a section leaves out words of its units: of a text proposed it is known, a text that was written is looked
/// through line by line.
fn shortened(section: &NarrativeSection, proposed: &Composed) -> bool {
    let Some(written) = section.consolidated() else { return proposed.shortened };
    // Whole words between blanks: "2 mô hình" is not said by "12 mô hình".
    let words = |text: &str| {
        let bare: String =
            search_key(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        format!(" {} ", bare.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let written = words(&written);
    let mut said = section.paragraphs.iter().flat_map(|said| said.text.lines()).map(words);
    // A line without a word says nothing that could be left out.
    said.any(|line| !line.trim().is_empty() && !written.contains(&line))
}
