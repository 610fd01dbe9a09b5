//! A block copied from a spreadsheet: cells apart by tabs, rows by line ends, quotes around a cell that holds either.
//! Stands between the box of a list table and its rows; headings, and numbers before the rows, are told and left out.

use super::{ListTable, Row};
use crate::vietnamese::{clean_line, search_key};

/// What a pasted block says to a list table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// Cells as pasted, each on one line; rows that hold nothing are left out.
    pub rows: Vec<Row>,
    /// The first line named the columns: cells went by their headings, whatever the order.
    pub headed: bool,
    /// Cells that hold something and have no column.
    pub unplaced: usize,
}

impl Pasted {
    /// Reads a block by the columns of a list.
    pub fn read(list: &ListTable, text: &str) -> Pasted {
        let tidy = |line: Vec<String>| line.iter().map(|cell| clean_line(cell)).collect::<Vec<_>>();
        let mut lines: Vec<Vec<String>> = cells(text).into_iter().map(tidy).collect();
        lines.retain(|line| line.iter().any(|cell| !cell.is_empty()));
        let headings = lines.first().and_then(|first| places_by_headings(list, first));
        let headed = headings.is_some();
        if headed {
            lines.remove(0);
        }
        let places = headings.unwrap_or_else(|| places_in_order(list, &lines));
        let mut pasted = Pasted { headed, ..Pasted::default() };
        for line in lines {
            let mut row = Row::new();
            for (at, cell) in line.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                match places.get(at) {
                    Some(Place::Column(column)) => {
                        row.insert(list.columns[*column].code.clone(), cell);
                    }
                    Some(Place::Number) => {}
                    Some(Place::Nowhere) | None => pasted.unplaced += 1,
                }
            }
            if !row.is_empty() {
                pasted.rows.push(row);
            }
        }
        pasted
    }
}

/// Where the cells of one place in the lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The n-th column of the list.
    Column(usize),
    /// Numbers before the rows ("TT"), which the table counts itself.
    Number,
    Nowhere,
}

/// The places of cells under a line of headings; none when fewer than two, or all of a narrower list, are recognised.
fn places_by_headings(list: &ListTable, first: &[String]) -> Option<Vec<Place>> {
    let mut places = Vec::new();
    let mut recognised = Vec::new();
    for heading in first {
        let key = search_key(heading);
        let column = list.columns.iter().position(|column| search_key(&column.title) == key);
        places.push(match column.filter(|column| !recognised.contains(column)) {
            Some(column) => {
                recognised.push(column);
                Place::Column(column)
            }
            None if matches!(key.as_str(), "tt" | "stt" | "so tt") => Place::Number,
            None => Place::Nowhere,
        });
    }
    (!recognised.is_empty() && recognised.len() >= list.columns.len().min(2)).then_some(places)
}

/// The places of cells in the order of the columns, after a column that only counts the rows.
fn places_in_order(list: &ListTable, lines: &[Vec<String>]) -> Vec<Place> {
    let columns = (0..list.columns.len()).map(Place::Column);
    let counts = |(line, number): (&Vec<String>, usize)| {
        let first = line.first().map_or("", |cell| cell.trim_end_matches('.'));
        line.len() > list.columns.len() && first == number.to_string()
    };
    if !lines.is_empty() && lines.iter().zip(1..).all(counts) {
        return std::iter::once(Place::Number).chain(columns).collect();
    }
    columns.collect()
}

/// The cells of a block, line by line. A quote opens a cell that runs over tabs and line ends up to the closing one; a
/// doubled quote inside is one; a quote that is never closed is a character like others.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = vec![vec![]];
    let mut rest = text.as_str();
    loop {
        let (cell, after) = one(rest);
        if let Some(line) = lines.last_mut() {
            line.push(cell);
        }
        match after.chars().next() {
            None => return lines,
            Some('\n') => lines.push(vec![]),
            Some(_) => {}
        }
        // Both separators are one byte.
        rest = &after[1..];
    }
}

/// The first cell of a text, and what follows it, beginning with the separator.
fn one(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut from = 0;
        while let Some(quote) = quoted[from..].find('"').map(|at| from + at) {
            match quoted[quote + 1..].chars().next() {
                Some('"') => from = quote + 2,
                None | Some('\t' | '\n') => {
                    return (quoted[..quote].replace("\"\"", "\""), &quoted[quote + 1..]);
                }
                Some(_) => break,
            }
        }
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}
