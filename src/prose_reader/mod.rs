//! The prose reader: a unit's report as text in, what it says out: its head, the period it names, its text by the sections of a
//! form, figures with their sentences, titles of articles, rows of lists, what it says of each task. Rules, as the plan reader's,
//! whose lines, heading and clauses it stands on; no database, network or clock. Weighed in docs/decisions/0046.

mod ahead;
mod asked;
mod cited;
mod evidence;
mod figures;
mod headings;
mod heads;
mod issued;
mod json;
mod money;
mod named;
mod number_words;
mod numbers;
mod origins;
mod outline;
mod period;
mod pieces;
mod prose;
mod qualifiers;
mod scores;
mod tables;
mod told;

pub use asked::{Form, FormColumn, FormFigure, FormList, FormSection, FormTask};
pub use cited::{Cited, cited, path_of};
pub use issued::issued;
pub use number_words::{number_of_words, words_of_number};
pub use prose::{
    Figure, FigureDoubt, FigureKind, Head, MOST_NUMBERS, Named, NamedPeriod, Piece, Prose, Table, Title, Told,
};

use crate::plan_reader::{self, Reading, Role};

/// Reads a report by the form it answers. Any text is read; what no section takes is a piece without one.
pub fn read(text: &str, form: &Form) -> Prose {
    let reading = plan_reader::read(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut roles = reading.roles.clone();
    let (pieces, closing) = pieces::of(&reading, form, &lines);
    for line in closing {
        if let Some(role) = roles.get_mut(line - 1) {
            *role = Role::Boilerplate;
        }
    }
    let tables = tables::of(&lines, form);
    let pieces = tables::set_apart(pieces, &tables);
    let titles = evidence::of(&pieces);
    let period = period::of(&reading, &lines);
    let (found, named) = figures::of(&pieces, &titles, &lines, period.as_ref());
    let (mut figures, spots): (Vec<Figure>, Vec<figures::Spot>) = found.into_iter().unzip();
    scores::propose(&mut figures, &spots, &pieces, form);
    let told = told::of(&pieces, form);
    Prose {
        head: head_of(&reading),
        bases: reading.bases.iter().map(|basis| basis.text.clone()).collect(),
        period,
        closing: period::of_closing(&lines),
        pieces: pieces.into_iter().map(|part| part.piece).collect(),
        figures,
        named,
        titles,
        told,
        tables,
        roles: roles.iter().map(|role| role.letter()).collect(),
    }
}

/// The text of a plan by the sections of a form, and nothing else of it. Plans are built alike: a heading whose words mean nothing to
/// the form may be the section of its number, if no other is.
pub fn pieces_of(reading: &Reading, text: &str, form: &Form) -> Vec<Piece> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut pieces: Vec<Piece> =
        pieces::of(reading, form, &lines).0.into_iter().map(|part| part.piece).collect();
    // "./." ends the document; a section goes on to the next.
    for piece in pieces.iter_mut().filter(|piece| piece.body.ends_with("/.")) {
        piece.body = format!("{}.", piece.body.trim_end_matches(['.', '/']));
    }
    for section in &form.sections {
        let meant = pieces.iter().any(|piece| piece.section.as_deref() == Some(section.code.as_str()));
        let numbered = |piece: &&mut Piece| {
            let label = piece.heading.split_once(". ").map(|(label, _)| label);
            piece.section.is_none() && label == Some(section.label.as_str())
        };
        if let Some(piece) = pieces.iter_mut().find(numbered).filter(|_| !meant) {
            piece.section = Some(section.code.clone());
            piece.sure = plan_reader::Sure::Guess;
        }
    }
    pieces
}

/// The head and the signature of a reading, each "" where the text does not say.
pub fn head_of(reading: &Reading) -> Head {
    let heading = &reading.heading;
    let text = |found: &Option<plan_reader::Found<String>>| {
        found.as_ref().map(|found| found.value.clone()).unwrap_or_default()
    };
    let whole = heading.date.as_ref().and_then(|date| {
        let date = date.value;
        chrono::NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)
    });
    let signed = reading.signatory.as_ref().map(|found| &found.value);
    let of = |part: fn(&plan_reader::Signatory) -> &Option<String>| {
        signed.and_then(|signed| part(signed).clone()).unwrap_or_default()
    };
    Head {
        kind: text(&heading.kind),
        number: text(&heading.number),
        symbol: text(&heading.symbol),
        date: whole,
        written_date: heading.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
        issuer: text(&heading.issuer),
        subject: text(&heading.subject),
        capacity: of(|signed| &signed.capacity),
        title: of(|signed| &signed.title),
        name: of(|signed| &signed.name),
    }
}
