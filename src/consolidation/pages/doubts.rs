//! What of the consolidated text is to be looked at before it is approved: sections nobody edited, numbers that stand nowhere
//! else, figures that rarely are right. Told to whoever makes the edition and to whoever approves it, who agrees in so many words
//! to citations left open and sections nobody edited; nothing is held up.

use super::super::cautions::{Caution, cautions};
use super::super::composed::composed;
use super::super::content::EditionContent;
use super::super::guarded;
use super::super::outdated::outdated;
use super::super::unfounded::unfounded;
use super::super::unhedged::unhedged;
use crate::vietnamese::search_key;

/// What stands for a number or a day that is not on record.
const OPEN: char = '…';

/// Words in the headings of those sections that speak for the body itself and not of figures: evaluation, direction, proposals. The
/// tick names them.
const OWN_WORDS: [&str; 3] = ["danh gia", "phuong huong", "kien nghi"];

/// Of an edition that is still a draft.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// Sections in which units said something and nobody has written the text: code and heading.
    pub unwritten: Vec<(String, String)>,
    /// Sections that have a text, written or proposed.
    pub sections: usize,
    /// Sections whose text is the proposed one, word for word.
    pub as_proposed: Vec<(String, String)>,
    /// Numbers that stand neither in the figures nor in what a unit wrote: section and the numbers.
    pub unfounded: Vec<(String, String, String)>,
    /// Text that its totals or its units have left behind: section and what to look at.
    pub outdated: Vec<(String, String, String)>,
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
            let written = section.consolidated();
            let begun = !section.paragraphs.is_empty() || !proposed.text().is_empty();
            doubts.sections += usize::from(begun || written.is_some());
            match written {
                None if begun => doubts.unwritten.push(named()),
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
        doubts.outdated = told(outdated(content));
        doubts.unhedged = told(unhedged(content));
        doubts.cautions = cautions(content);
        let cited = content.paper.iter().flat_map(|head| std::iter::once(&head.opening).chain(&head.bases));
        doubts.open_citations = cited.filter(|words| words.contains(OPEN)).cloned().collect();
        // A plan is named without what it lacks, which nothing in the text shows.
        let unnumbered = content.paper.iter().flat_map(|head| &head.open_citations);
        doubts.open_citations.extend(unnumbered.cloned());
        doubts
    }

    /// What whoever approves agrees to in so many words: citations left open, sections nobody edited; none where there is neither.
    pub(super) fn consent(&self) -> Option<String> {
        let open = self.open_citations.len();
        let open = (open > 0).then(|| format!("{open} viện dẫn để trống số, ngày"));
        let left: Vec<String> = [open, self.unedited()].into_iter().flatten().collect();
        (!left.is_empty()).then(|| format!("còn {}", left.join(" và ")))
    }

    /// How many sections nobody edited, of how many where they are most of them; and by name those that are not to be left to a
    /// proposal: "12/12 phần chưa được biên tập, trong đó có V. Đề xuất, kiến nghị".
    fn unedited(&self) -> Option<String> {
        let count = self.unwritten.len();
        let told = match count {
            0 => return None,
            most if most * 2 > self.sections => format!("{most}/{}", self.sections),
            some => some.to_string(),
        };
        let own = |heading: &str| {
            let key = search_key(heading);
            OWN_WORDS.iter().any(|words| key.contains(words))
        };
        let named = self.unwritten.iter().filter(|(_, heading)| own(heading));
        let named: Vec<String> = named.map(|(code, heading)| format!("{code}. {heading}")).collect();
        let named = match named.is_empty() {
            true => String::new(),
            false => format!(", trong đó có {}", named.join("; ")),
        };
        Some(format!("{told} phần chưa được biên tập{named}"))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.unwritten.is_empty()
            && self.as_proposed.is_empty()
            && self.unfounded.is_empty()
            && self.outdated.is_empty()
            && self.unhedged.is_empty()
            && self.cautions.is_empty()
            && self.open_citations.is_empty()
    }
}

/// Whether two texts say the same words; how they are broken into lines is nobody's editing.
fn same(one: &str, other: &str) -> bool {
    !one.trim().is_empty() && one.split_whitespace().eq(other.split_whitespace())
}
