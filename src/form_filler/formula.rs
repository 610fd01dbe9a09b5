//! References inside a formula, moved when rows are repeated. A formula is not understood beyond what tells a reference
//! from text, names, functions, tables and other workbooks.

use std::collections::HashMap;

use super::address::{LAST_COLUMN, LAST_ROW, column, letters, row};
use super::rows::Rows;

/// A formula after the rows of some sheets moved; sheets by name in small letters, those that did not move may be absent.
///
/// `own` is the sheet the formula stands on; `copy` the marked row it stands in and its number among the copies, from 0.
/// A reference to a moved row follows it and an area over a marked row grows. In a copy, what points to the marked row
/// points to the copy's own row, unless the row is fixed by `$`; an area fixed at both ends takes all copies in.
pub fn moved(formula: &str, own: &str, sheets: &HashMap<String, Rows>, copy: Option<(u32, u32)>) -> String {
    let own = own.to_lowercase();
    rewritten(formula, |sheet, reference| {
        let sheet = sheet.map_or_else(|| own.clone(), str::to_lowercase);
        let copy = copy.filter(|_| sheet == own);
        let Some(rows) = sheets.get(&sheet) else { return reference };
        let inside = |end: &End, row: u32| match copy {
            Some((marked, number)) if marked == row && !end.fixed_row => Some(rows.place(row) + number),
            _ => None,
        };
        let first = |end: End| end.on_row(|end, row| inside(end, row).unwrap_or_else(|| rows.place(row)));
        let last = |end: End| end.on_row(|end, row| inside(end, row).unwrap_or_else(|| rows.end(row)));
        match reference {
            Reference::One(end) => Reference::One(first(end)),
            Reference::Area(from, to) => Reference::Area(first(from), last(to)),
        }
    })
}

/// A shared formula as the cell `down` rows and `right` columns from its master has it.
pub fn translated(formula: &str, down: i64, right: i64) -> String {
    let shift = |number: u32, by: i64, most: u32| {
        let moved = (i64::from(number) - 1 + by).rem_euclid(i64::from(most)) + 1;
        u32::try_from(moved).unwrap_or(number)
    };
    let one = |end: End| End {
        column: end.column.map(|c| if end.fixed_column { c } else { shift(c, right, LAST_COLUMN) }),
        row: end.row.map(|r| if end.fixed_row { r } else { shift(r, down, LAST_ROW) }),
        ..end
    };
    rewritten(formula, |_, reference| match reference {
        Reference::One(end) => Reference::One(one(end)),
        Reference::Area(from, to) => Reference::Area(one(from), one(to)),
    })
}

/// One end of a reference: "$B5", "B", "5".
#[derive(Debug, Clone, Copy)]
struct End {
    fixed_column: bool,
    column: Option<u32>,
    fixed_row: bool,
    row: Option<u32>,
}

impl End {
    fn parse(word: &str) -> Option<End> {
        let (fixed, rest) = dollar(word);
        let split = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(split);
        if name.is_empty() {
            return Some(End { fixed_column: false, column: None, fixed_row: fixed, row: Some(row(rest)?) });
        }
        let column = Some(column(name)?);
        if rest.is_empty() {
            return Some(End { fixed_column: fixed, column, fixed_row: false, row: None });
        }
        let (fixed_row, digits) = dollar(rest);
        Some(End { fixed_column: fixed, column, fixed_row, row: Some(row(digits)?) })
    }

    fn on_row(self, place: impl Fn(&End, u32) -> u32) -> End {
        End { row: self.row.map(|row| place(&self, row).min(LAST_ROW)), ..self }
    }

    fn is_cell(&self) -> bool {
        self.column.is_some() && self.row.is_some()
    }

    fn write(&self, out: &mut String) {
        if let Some(column) = self.column {
            if self.fixed_column {
                out.push('$');
            }
            out.push_str(&letters(column));
        }
        if let Some(row) = self.row {
            if self.fixed_row {
                out.push('$');
            }
            out.push_str(&row.to_string());
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Reference {
    One(End),
    Area(End, End),
}

fn dollar(text: &str) -> (bool, &str) {
    text.strip_prefix('$').map_or((false, text), |rest| (true, rest))
}

/// Whether a character goes on a word: a name, a number, a function, a sheet, an end of a reference.
fn of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\' | '?')
}

fn word(text: &str) -> &str {
    &text[..text.find(|c| !of_word(c)).unwrap_or(text.len())]
}

/// Up to and with the sign that closes what `text` begins with: a string, a quoted sheet, brackets.
fn enclosed(text: &str) -> &str {
    let Some(open) = text.chars().next() else { return text };
    let (mut depth, mut skip) = (0_usize, false);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if skip {
            skip = false;
            continue;
        }
        match (open, c) {
            ('[', '[') => depth += 1,
            // An apostrophe inside brackets escapes what follows.
            ('[', '\'') => skip = true,
            ('[', ']') => {
                depth -= 1;
                if depth == 0 {
                    return &text[..end];
                }
            }
            ('"' | '\'', c) if c == open && at > 0 => {
                if !text[end..].starts_with(open) {
                    return &text[..end];
                }
                skip = true;
            }
            _ => {}
        }
    }
    text
}

/// The formula with each reference replaced. Other workbooks, areas over several sheets and tables stay as written.
fn rewritten(formula: &str, mut replace: impl FnMut(Option<&str>, Reference) -> Reference) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    // The sheet named before the next word, and whether that word is none of this workbook's cells.
    let (mut sheet, mut foreign): (Option<String>, bool) = (None, false);
    while let Some(c) = rest.chars().next() {
        let (taken, next_sheet, next_foreign);
        match c {
            '"' => (taken, next_sheet, next_foreign) = (enclosed(rest).len(), None, false),
            '[' => (taken, next_sheet, next_foreign) = (enclosed(rest).len(), None, true),
            '\'' => {
                let quoted = enclosed(rest);
                let marks = quoted.len() + usize::from(rest[quoted.len()..].starts_with('!'));
                let name = quoted.trim_matches('\'').replace("''", "'");
                let outside = name.contains([':', '[']);
                (taken, next_sheet, next_foreign) = (marks, Some(name).filter(|_| !outside), outside);
            }
            c if of_word(c) => {
                let this = word(rest);
                let after = &rest[this.len()..];
                if after.starts_with('!') {
                    let three = out.ends_with(':') || foreign;
                    let name = Some(this.to_owned()).filter(|_| !three);
                    (taken, next_sheet, next_foreign) = (this.len() + 1, name, three);
                } else {
                    let (reference, length) = reference(this, after);
                    if let Some(reference) = reference.filter(|_| !foreign) {
                        match replace(sheet.as_deref(), reference) {
                            Reference::One(end) => end.write(&mut out),
                            Reference::Area(from, to) => {
                                from.write(&mut out);
                                out.push(':');
                                to.write(&mut out);
                            }
                        }
                        rest = &rest[length..];
                        (sheet, foreign) = (None, false);
                        continue;
                    }
                    (taken, next_sheet, next_foreign) = (length, None, false);
                }
            }
            c => (taken, next_sheet, next_foreign) = (c.len_utf8(), None, false),
        }
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
        (sheet, foreign) = (next_sheet, next_foreign);
    }
    out
}

/// The reference a word begins, if it is one, and how many bytes it takes with what belongs to it.
fn reference(this: &str, after: &str) -> (Option<Reference>, usize) {
    if after.starts_with(['(', '[']) {
        return (None, this.len());
    }
    let Some(from) = End::parse(this) else { return (None, this.len()) };
    if let Some(more) = after.strip_prefix(':') {
        let that = word(more);
        let called = more[that.len()..].starts_with(['(', '!', '[']);
        let alike =
            |to: &End| from.column.is_some() == to.column.is_some() && from.row.is_some() == to.row.is_some();
        if let Some(to) = End::parse(that).filter(|to| !called && alike(to)) {
            return (Some(Reference::Area(from, to)), this.len() + 1 + that.len());
        }
    }
    (from.is_cell().then_some(Reference::One(from)), this.len())
}
