//! The text of a document by the sections of the form, for the review of every kind: which piece goes where, and what is done where
//! a section has a text already.

use askama::Template;

use crate::plan_adoption::marks::{place, sure_words};
use crate::plan_reader::Sure;
use crate::plans::shortened;
use crate::prose_reports::choices::{How, Kept};
use crate::reports::draft::Open;

/// Letters of a text shown without unfolding it.
pub(super) const SHOWN: usize = 220;

/// How sure an item is, and where it stands.
pub(super) struct Mark {
    pub guess: bool,
    pub words: &'static str,
    pub place: String,
    pub first: usize,
}

impl Mark {
    pub fn of(sure: Sure, lines: &[usize]) -> Mark {
        Mark {
            guess: sure == Sure::Guess,
            words: sure_words(sure),
            place: place(lines),
            first: lines.first().copied().unwrap_or_default(),
        }
    }
}

/// The beginning, and all of it where something was left out.
pub(super) fn cut(text: &str) -> (String, String) {
    let short = shortened(text, SHOWN);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = short != line || text.contains('\n');
    (short, if whole { text.to_owned() } else { String::new() })
}

/// A part of the text with the section it goes to.
struct PieceView {
    at: usize,
    heading: String,
    short: String,
    /// All of it, where it was shortened.
    whole: String,
    section: String,
    mark: Mark,
}

/// A section that has a text already.
struct StandingView {
    code: String,
    title: String,
    text: String,
    how: How,
}

#[derive(Template)]
#[template(path = "brought/text.html")]
pub(super) struct Text {
    pieces: Vec<PieceView>,
    sections: Vec<(String, String)>,
    standing: Vec<StandingView>,
}

impl Text {
    pub fn of(kept: &Kept, open: &Open) -> Text {
        let (prose, choices) = (&kept.prose, &kept.choices);
        let title = |section: &crate::reports::AskedSection| format!("{}. {}", section.label, section.title);
        let standing = open.outline.sections.iter().filter_map(|section| {
            let text = open.draft.content.section(&section.code).trim();
            (!text.is_empty()).then(|| StandingView {
                code: section.code.clone(),
                title: title(section),
                text: text.to_owned(),
                how: choices.how.get(&section.code).copied().unwrap_or_default(),
            })
        });
        let said = prose.pieces.iter().enumerate().filter(|(_, piece)| !piece.body.trim().is_empty());
        let pieces = said.map(|(at, piece)| {
            let (short, whole) = cut(&piece.body);
            PieceView {
                at,
                heading: piece.heading.clone(),
                short,
                whole,
                section: choices.pieces.get(&at).cloned().unwrap_or_default(),
                mark: Mark::of(piece.sure, &piece.lines),
            }
        });
        let sections = open.outline.sections.iter();
        Text {
            pieces: pieces.collect(),
            sections: sections.map(|section| (section.code.clone(), title(section))).collect(),
            standing: standing.collect(),
        }
    }

    pub fn count(&self) -> usize {
        self.pieces.len()
    }

    fn hows(&self) -> [(&'static str, &'static str); 3] {
        How::ALL.map(|how| (how.code(), how.words()))
    }
}
