//! What is typed on the review of a document, into decisions.

use super::choices::{Choices, Chosen, How, TitleChoice};
use crate::prose_reader::Prose;
use crate::vietnamese::limits::{LINE, LINK};
use crate::web::FormData;

/// The decisions about a reading; a form cut short on the way takes nothing.
pub fn choices(form: &FormData, prose: &Prose) -> Choices {
    let chosen = |kind: &str, at: usize| Chosen {
        taken: form.has(&format!("{kind}.{at}")),
        code: form.line(&format!("{kind}.{at}.code")),
    };
    let title = |at: usize| {
        let line = |part: &str| form.line(&format!("title.{at}.{part}"));
        let (text, url) = (line("text"), line("url"));
        let sound = LINE.holds(&text) && LINK.holds(&url);
        TitleChoice { taken: sound && form.has(&format!("title.{at}")), text, url }
    };
    let figures = prose.figures.iter().enumerate().filter(|(_, figure)| figure.kind.is_value());
    Choices {
        own: form.has("own"),
        paper: form.has("paper"),
        pieces: (0..prose.pieces.len()).map(|at| (at, form.line(&format!("piece.{at}")))).collect(),
        how: form
            .with_prefix("how.")
            .filter_map(|(code, how)| Some((code.to_owned(), How::from_code(how)?)))
            .collect(),
        figures: figures.map(|(at, _)| (at, chosen("figure", at))).collect(),
        titles: (0..prose.titles.len()).map(|at| (at, title(at))).collect(),
        tasks: (0..prose.told.len()).map(|at| (at, chosen("task", at))).collect(),
        tables: (0..prose.tables.len()).map(|at| (at, form.has(&format!("table.{at}")))).collect(),
    }
}
