//! One table out of a page of ours: its rows as the reader sees them, numbers told from texts by the class of their cells.

use quick_xml::escape::{resolve_predefined_entity, unescape_with};

/// A cell as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// Digits with a point for decimals, a sign before them where it is negative, "%" behind them where it is a percentage.
    Number(String),
}

/// A table of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Heading of the page and what the table is called.
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
}

/// Parts of a cell that are no content: what only screen readers or phones are told, pictures, things to press.
const LEFT_OUT: [&str; 6] = ["svg", "script", "select", "button", "textarea", "datalist"];
const LEFT_OUT_CLASSES: [&str; 2] = ["vh", "phone"];
/// Elements that begin a line of their own.
const LINES: [&str; 5] = ["br", "li", "p", "div", "summary"];

/// The table of a page with an id; none when there is none.
pub fn table_of(html: &str, id: &str) -> Option<Table> {
    let mut tokens = Tokens { html };
    let (mut heading, mut label) = (String::new(), String::new());
    while let Some(token) = tokens.next() {
        match token {
            Token::Open("h1", _) if heading.is_empty() => heading = content(&mut tokens, "h1"),
            Token::Open(_, tag) if has_class(tag, "table") => {
                label = attribute(tag, "aria-label").unwrap_or_default();
            }
            Token::Open("table", tag) if attribute(tag, "id").as_deref() == Some(id) => {
                let both = [heading, label].into_iter().filter(|words| !words.is_empty());
                let name = both.collect::<Vec<_>>().join(", ");
                return Some(Table { name, rows: rows(&mut tokens) });
            }
            _ => {}
        }
    }
    None
}

/// The rows up to the end of the table. A cell of several columns or rows stands once, the others are empty.
fn rows(tokens: &mut Tokens<'_>) -> Vec<Vec<Cell>> {
    let nothing = || Cell::Text(String::new());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // By column, so many rows more are taken from above.
    let mut taken: Vec<usize> = Vec::new();
    // Columns without a heading hold what is done to a row, and nothing of it.
    let mut actions: Vec<usize> = Vec::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Close("table") => break,
            Token::Open("tr", _) => rows.push(Vec::new()),
            Token::Open(name @ ("td" | "th"), tag) => {
                let text = content(tokens, name);
                let first_row = rows.len() == 1;
                let Some(row) = rows.last_mut() else { continue };
                let count = |name: &str| attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                while taken.get(row.len()).is_some_and(|left| *left > 0) {
                    taken[row.len()] -= 1;
                    row.push(nothing());
                }
                let (across, down) = (count("colspan"), count("rowspan"));
                if first_row && name == "th" && text.is_empty() && across == 1 && !row.is_empty() {
                    actions.push(row.len());
                }
                // What stands under a figure ("8/10 đơn vị") is left to the page.
                let (first, rest) = text.split_once("; ").unwrap_or((&text, ""));
                let figure = has_class(tag, "num").then(|| number(first)).flatten();
                let figure = figure.filter(|_| rest.is_empty() || rest.ends_with("đơn vị"));
                let mut cell = figure.map_or(Cell::Text(text), Cell::Number);
                for _ in 0..across.max(1) {
                    if taken.len() <= row.len() {
                        taken.resize(row.len() + 1, 0);
                    }
                    taken[row.len()] = down.saturating_sub(1);
                    row.push(std::mem::replace(&mut cell, nothing()));
                }
            }
            _ => {}
        }
    }
    for row in &mut rows {
        let mut at = 0..;
        row.retain(|_| at.next().is_none_or(|at| !actions.contains(&at)));
    }
    rows.retain(|row| !row.is_empty());
    part_shares(&mut rows);
    rows
}

/// A rate with what it is a rate of beside it ("85% 6/7") is two things: the rate, which one can sort and count with, and the
/// share, in a column of its own.
fn part_shares(rows: &mut [Vec<Cell>]) {
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    for at in (0..widest).rev() {
        if !rows.iter().any(|row| row.get(at).is_some_and(|cell| rate_and_share(cell).is_some())) {
            continue;
        }
        for (line, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.len() > at) {
            let found = rate_and_share(&row[at]);
            let beside = match (&row[at], &found) {
                (_, Some((_, share))) => share.clone(),
                (Cell::Text(heading), None) if line == 0 => format!("{heading} (số lượng)"),
                _ => String::new(),
            };
            if let Some((rate, _)) = found {
                row[at] = Cell::Number(rate);
            }
            row.insert(at + 1, Cell::Text(beside));
        }
    }
}

fn rate_and_share(cell: &Cell) -> Option<(String, String)> {
    let Cell::Text(text) = cell else { return None };
    let (rate, share) = text.split_once(' ')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let rate = number(rate).filter(|rate| rate.ends_with('%'))?;
    share.split_once('/').filter(|(part, all)| digits(part) && digits(all))?;
    Some((rate, share.to_owned()))
}

/// The text up to the end of an element, lines joined by "; ".
fn content(tokens: &mut Tokens<'_>, end: &str) -> String {
    let mut text = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Close(name) if name == end => break,
            Token::Open(name, tag)
                if LEFT_OUT.contains(&name) || LEFT_OUT_CLASSES.iter().any(|class| has_class(tag, class)) =>
            {
                skip(tokens, name);
            }
            Token::Open(name, _) | Token::Close(name) if LINES.contains(&name) => text.push('\n'),
            // A badge is a word of its own.
            Token::Open(_, tag) if has_class(tag, "tag") => text.push('\n'),
            Token::Text(raw) => text.push_str(&raw.replace(['\n', '\r', '\t'], " ")),
            Token::Open(..) | Token::Close(_) => {}
        }
    }
    let text = plain(&text);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Passes over an element, those of the same name inside it too.
fn skip(tokens: &mut Tokens<'_>, name: &str) {
    let mut depth = 1_usize;
    while depth > 0 {
        match tokens.next() {
            Some(Token::Open(other, _)) if other == name => depth += 1,
            Some(Token::Close(other)) if other == name => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

/// A figure as pages write it ("−1.245,5"), as digits with a point, a percentage ("+12,5%") with its mark, which spreadsheets
/// read as one; none for anything else, such as "08" and "3/4".
pub fn number(text: &str) -> Option<String> {
    if let Some(share) = text.strip_suffix('%') {
        return number(share.trim_end())
            .filter(|share| !share.ends_with('%'))
            .map(|share| format!("{share}%"));
    }
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once(',').map_or((digits, None), |(w, d)| (w, Some(d)));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split('.');
    let first = groups.next().filter(|first| all(first))?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|g| g.len() == 3 && all(g)));
    let padded = first.starts_with('0') && (first.len() > 1 || !rest.is_empty());
    if !grouped || padded || decimals.is_some_and(|decimals| !all(decimals)) {
        return None;
    }
    let point = decimals.map_or_else(String::new, |decimals| format!(".{decimals}"));
    Some(format!("{sign}{first}{}{point}", rest.concat()))
}

enum Token<'a> {
    /// Name and what stands between it and `>`.
    Open(&'a str, &'a str),
    Close(&'a str),
    Text(&'a str),
}

struct Tokens<'a> {
    html: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let html = self.html;
        if html.is_empty() {
            return None;
        }
        let Some(tag) = html.strip_prefix('<') else {
            let (text, rest) = html.split_at(html.find('<').unwrap_or(html.len()));
            self.html = rest;
            return Some(Token::Text(text));
        };
        let mut quoted = false;
        let end = tag.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        });
        let end = end.map_or(tag.len(), |(at, _)| at);
        self.html = tag.get(end + 1..).unwrap_or_default();
        let tag = &tag[..end];
        let name = |tag: &'a str| &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        Some(match tag.strip_prefix('/') {
            Some(closing) => Token::Close(name(closing)),
            None => Token::Open(name(tag), &tag[name(tag).len()..]),
        })
    }
}

/// The value of an attribute written in quotes.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut parts = tag.split('"');
    while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
        let name = before.trim().strip_suffix('=')?;
        if name.split_whitespace().next_back() == Some(wanted) {
            return Some(plain(value));
        }
    }
    None
}

fn has_class(tag: &str, wanted: &str) -> bool {
    attribute(tag, "class").is_some_and(|classes| classes.split_whitespace().any(|class| class == wanted))
}

fn plain(raw: &str) -> String {
    let named = |name: &str| match name {
        "nbsp" => Some("\u{a0}"),
        other => resolve_predefined_entity(other),
    };
    unescape_with(raw, named).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}
