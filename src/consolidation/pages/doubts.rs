//! What of the consolidated text is to be looked at before it is approved: sections nobody edited, numbers that stand nowhere
//! else, figures that rarely are right. Told to whoever makes the edition and to whoever approves it; nothing is held up.

use super::super::cautions::{Caution, cautions};
use super::super::composed::composed;
use super::super::content::EditionContent;
use super::super::guarded;
use super::super::unfounded::unfounded;
use super::super::unhedged::unhedged;

/// What stands for a number or a day that is not on record.
const OPEN: char = '…';

/// Of an edition that is still a draft.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// Sections in which units said something and nobody has written the text: code and heading.
    pub unwritten: Vec<(String, String)>,
    /// Sections whose text is the proposed one, word for word.
    pub as_proposed: Vec<(String, String)>,
    /// Numbers that stand neither in the figures nor in what a unit wrote: section and the numbers.
    pub unfounded: Vec<(String, String, String)>,
    /// Numbers that have lost the word the annex has before them: section and the numbers.
    pub unhedged: Vec<(String, String, String)>,
    /// Figures that rarely are right.
    pub cautions: Vec<Caution>,
    /// Sentences and bases that cite a document whose number or day was not on record when the edition was made.
    pub open_citations: Vec<String>,
}

impl Doubts {
    pub(super) fn of(content: &EditionContent) -> Doubts {
        let mut doubts = Doubts::default();
        let proposed = composed(&guarded(content));
        for (section, proposed) in content.narrative.iter().zip(&proposed) {
            let named = || (section.code.clone(), section.heading.clone());
            match section.consolidated() {
                None if !section.paragraphs.is_empty() || !proposed.text().is_empty() => {
                    doubts.unwritten.push(named())
                }
                Some(written) if same(&written, &proposed.text()) => doubts.as_proposed.push(named()),
                _ => {}
            }
        }
        let told = |found: Vec<(&str, &str, Vec<String>)>| -> Vec<(String, String, String)> {
            let one = |(code, heading, numbers): (&str, &str, Vec<String>)| {
                (code.to_owned(), heading.to_owned(), numbers.join("; "))
            };
            found.into_iter().map(one).collect()
        };
        doubts.unfounded = told(unfounded(content));
        doubts.unhedged = told(unhedged(content));
        doubts.cautions = cautions(content);
        let cited = content.paper.iter().flat_map(|head| std::iter::once(&head.opening).chain(&head.bases));
        doubts.open_citations = cited.filter(|words| words.contains(OPEN)).cloned().collect();
        doubts
    }

    pub(super) fn is_empty(&self) -> bool {
        self.unwritten.is_empty()
            && self.as_proposed.is_empty()
            && self.unfounded.is_empty()
            && self.unhedged.is_empty()
            && self.cautions.is_empty()
            && self.open_citations.is_empty()
    }
}

/// Whether two texts say the same words; how they are broken into lines is nobody's editing.
fn same(one: &str, other: &str) -> bool {
    !one.trim().is_empty() && one.split_whitespace().eq(other.split_whitespace())
}
