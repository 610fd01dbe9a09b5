//! Marks in the text of a cell: `{{D02.total}}`. A name is letters, digits, dots, dashes and underlines; spaces around
//! it do not count. `{{units}}` marks its row to be repeated.

use crate::vietnamese;

/// The mark that repeats its row, one copy for each unit.
pub const REPEAT: &str = "units";
/// A piece of a cell's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// What stands between `{{` and `}}`, without spaces around it.
    Name(String),
    /// `{{` that is never closed, or holds what cannot be a name; with the braces, as written.
    Broken(String),
}

/// Takes a text apart. The pieces put together again are the text, but for spaces inside the braces.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        if open > 0 {
            pieces.push(Piece::Text(rest[..open].to_owned()));
        }
        let inside = &rest[open + 2..];
        let Some(close) = inside.find("}}") else {
            pieces.push(Piece::Broken(rest[open..].to_owned()));
            return pieces;
        };
        let name = vietnamese::clean(inside[..close].trim());
        let named =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        pieces.push(if named {
            Piece::Name(name)
        } else {
            Piece::Broken(rest[open..open + close + 4].to_owned())
        });
        rest = &inside[close + 2..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}
