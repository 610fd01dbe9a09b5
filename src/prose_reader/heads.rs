//! The row of names above a table, held against the list tables of the form: by the words of its cells, in whatever order they
//! stand. Stands between a line of the text and the rows below it.

use std::collections::HashSet;

use super::asked::{Form, FormList};
use crate::plan_reader::Sure;
use crate::vietnamese::{clean_line, search_key};

/// Letters of a column's name, at most.
const NAME: usize = 80;
/// Words that a name may have more than the form's.
const MORE: usize = 4;

/// What offices call a column, and the forms' words for it, folded.
const SAME: &[(&str, &str)] = &[
    ("ten van ban", "trich yeu"),
    ("noi dung van ban", "trich yeu"),
    ("so van ban", "so ki hieu"),
    ("dia diem", "dia ban"),
    ("duong dan", "dia chi"),
    ("link", "dia chi"),
];

/// The list tables of a form with the words of their columns.
pub(super) struct Lists<'f> {
    all: Vec<(&'f FormList, Vec<Name>)>,
    words: HashSet<String>,
}

/// What a column is called, folded.
struct Name {
    key: String,
    words: HashSet<String>,
}

/// The row of names of a table that a list asks for.
pub(super) struct Heads<'f> {
    pub list: &'f FormList,
    /// The column of each cell.
    pub places: Vec<Option<usize>>,
    /// The cells.
    pub names: Vec<String>,
    pub sure: Sure,
    /// Bars stand around the rows, too.
    pub framed: bool,
}

/// The cells of a row.
pub(super) fn cells(line: &str, framed: bool) -> Vec<String> {
    if line.matches('|').count() < 2 {
        return line.split('\t').map(clean_line).collect();
    }
    let line = line.trim();
    let inside = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    inside.filter(|_| framed).unwrap_or(line).split('|').map(clean_line).collect()
}

/// Numbers before the rows, which a list counts itself.
pub(super) fn is_counter(key: &str) -> bool {
    matches!(key, "tt" | "stt" | "so tt" | "so thu tu")
}

impl Name {
    fn of(text: &str) -> Name {
        let key = search_key(text);
        let same = SAME.iter().find(|(said, _)| *said == key).map(|(_, asked)| (*asked).to_owned());
        let key = same.unwrap_or(key);
        let words = key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Name { key, words }
    }

    /// 3 for the same name, 2 for one that says more than the column's, 1 for one that says less.
    fn alike(&self, column: &Name) -> u32 {
        let (said, asked) = (&self.words, &column.words);
        if said.is_empty() || asked.is_empty() {
            0
        } else if self.key == column.key {
            3
        } else if asked.is_subset(said) && said.len() <= asked.len() + MORE {
            2
        } else {
            u32::from(said.is_subset(asked))
        }
    }

    fn is_number(&self) -> bool {
        !self.words.is_empty() && self.words.iter().all(|word| word.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl<'f> Lists<'f> {
    pub fn of(form: &'f Form) -> Lists<'f> {
        let named = |list: &'f FormList| {
            let names = list.columns.iter().map(|column| Name::of(&column.title)).collect();
            (list, names)
        };
        let all: Vec<(&FormList, Vec<Name>)> = form.lists.iter().map(named).collect();
        let words =
            all.iter().flat_map(|(_, names)| names).flat_map(|name| name.words.iter().cloned()).collect();
        Lists { all, words }
    }

    /// A line as the row of names of a table that one of the lists asks for.
    pub fn heads(&self, line: &str) -> Option<Heads<'f>> {
        let trimmed = line.trim();
        let framed = trimmed.starts_with('|') && trimmed.ends_with('|');
        let names = cells(line, framed);
        let said: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
        // Most rows name nothing: they are not held against every column.
        let hopeful = said.iter().any(|name| name.words.iter().any(|word| self.words.contains(word)));
        let long = names.iter().any(|name| name.chars().count() > NAME);
        if !hopeful || long || said.iter().any(Name::is_number) {
            return None;
        }
        let asked = said.iter().filter(|name| !name.words.is_empty() && !is_counter(&name.key)).count();
        let mut found: Vec<(u32, &'f FormList, Vec<Option<usize>>)> = Vec::new();
        for (list, columns) in &self.all {
            let (points, places) = placed(&said, columns);
            let named = places.iter().flatten().count();
            if named > 0 && named >= columns.len().min(2) && named * 2 >= asked {
                found.push((points, *list, places));
            }
        }
        // The form's order decides between equals.
        found.sort_by_key(|(points, ..)| std::cmp::Reverse(*points));
        let next = found.get(1).map_or(0, |(points, ..)| *points);
        let (points, list, places) = found.into_iter().next()?;
        let mut columns = list.columns.iter().enumerate();
        let whole = columns.all(|(at, column)| !column.required || places.contains(&Some(at)));
        let all = u32::try_from(asked * 3).unwrap_or(u32::MAX);
        let sure = match whole && points > next {
            true if points == all => Sure::Certain,
            true => Sure::Likely,
            false => Sure::Guess,
        };
        Some(Heads { list, places, names, sure, framed })
    }
}

/// The column that each cell names, the surest first, and how well they do.
fn placed(said: &[Name], columns: &[Name]) -> (u32, Vec<Option<usize>>) {
    let mut places: Vec<Option<usize>> = vec![None; said.len()];
    let mut points = 0;
    for level in [3, 2, 1] {
        for (at, name) in said.iter().enumerate().filter(|(_, name)| !is_counter(&name.key)) {
            if places[at].is_some() {
                continue;
            }
            let free = |column: &usize| !places.contains(&Some(*column));
            let column =
                (0..columns.len()).filter(free).find(|column| name.alike(&columns[*column]) == level);
            if let Some(column) = column {
                places[at] = Some(column);
                points += level;
            }
        }
    }
    (points, places)
}
