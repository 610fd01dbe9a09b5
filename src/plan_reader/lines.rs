//! The lines of a document as they came: cleaned, numbered from 1, with what the layout still tells (indent, columns,
//! where a page begins, how wide the text was set). Stands between pasted or converted text and every other rule.

use super::task_tables::names_columns;
use crate::vietnamese::clean_line;

/// Columns of a line are at least this many spaces apart.
const GAP: usize = 3;
/// A text set wider than this, in characters, was not wrapped: a line is a paragraph.
const WIDEST: usize = 135;

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// From 1.
    pub number: usize,
    /// Single spaces, marks of emphasis removed.
    pub text: String,
    /// The same text cut where the gaps are wide.
    pub columns: Vec<String>,
    /// Spaces before the text.
    pub indent: usize,
}

impl Line {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// How the lines were broken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    /// The width the text was wrapped at, in characters; none when a line is a paragraph.
    pub width: Option<usize>,
    /// Whether a blank line ends a paragraph: not where one follows every line.
    pub blanks_tell: bool,
}

/// The lines of a text, blank ones as well.
pub(super) fn lines_of(text: &str) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<Line> =
        text.split('\n').enumerate().map(|(index, line)| line_of(index + 1, line)).collect();
    tabbed(&text, &mut lines);
    lines
}

/// A table of tasks whose cells are parted by tabs, as pasted from a sheet: its rows get bars between their cells, from the row
/// of column names to the first line of other cells.
fn tabbed(text: &str, lines: &mut [Line]) {
    let mut cells_of_table = 0;
    for (raw, line) in text.split('\n').zip(lines) {
        let cells: Vec<&str> = raw.trim_end().split('\t').map(str::trim).collect();
        if cells.len() >= 3 && names_columns(&cells) {
            cells_of_table = cells.len();
        }
        // The last cells of a row may be empty and gone.
        if cells_of_table == 0 || !(3..=cells_of_table).contains(&cells.len()) {
            cells_of_table = 0;
            continue;
        }
        line.text = clean_line(&cells.join(" | "));
        line.columns = cells.iter().map(|cell| clean_line(cell)).filter(|cell| !cell.is_empty()).collect();
    }
}

/// How these lines were broken.
pub(super) fn flow_of(lines: &[Line]) -> Flow {
    let mut lengths: Vec<usize> = lines.iter().filter(|line| !line.is_blank()).map(Line::length).collect();
    lengths.sort_unstable();
    // The longest few may be headings of two columns, or tables.
    let longest = lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 50)).copied().unwrap_or(0);
    let near = lengths.iter().filter(|length| **length * 20 >= longest * 17).count();
    let wrapped = longest <= WIDEST && lengths.len() >= 6 && near * 4 >= lengths.len();
    // Lines that go on with a small letter, with a blank line before them and without.
    let (mut held, mut torn) = (0_usize, 0_usize);
    let mut blank = false;
    for line in lines {
        if line.is_blank() {
            blank = true;
            continue;
        }
        if line.text.chars().next().is_some_and(char::is_lowercase) {
            held += usize::from(!blank);
            torn += usize::from(blank);
        }
        blank = false;
    }
    Flow { width: wrapped.then_some(longest), blanks_tell: !wrapped || held >= torn }
}

fn line_of(number: usize, raw: &str) -> Line {
    let wide = raw.replace('\t', "    ").replace('\u{000C}', " ");
    let indent = wide.chars().take_while(|c| c.is_whitespace()).count();
    let text = without_emphasis(&clean_line(&wide));
    let mut columns = Vec::new();
    let mut current = String::new();
    let mut spaces = 0;
    for c in wide.chars() {
        // A table pasted from a page keeps its bars.
        if c == '|' {
            columns.push(std::mem::take(&mut current));
            spaces = 0;
            continue;
        }
        if c.is_whitespace() {
            spaces += 1;
            continue;
        }
        if spaces >= GAP && !current.trim().is_empty() {
            columns.push(std::mem::take(&mut current));
        } else if spaces > 0 {
            current.push(' ');
        }
        spaces = 0;
        current.push(c);
    }
    columns.push(current);
    let columns = columns.iter().map(|column| without_emphasis(&clean_line(column)));
    Line { number, text, columns: columns.filter(|column| !column.is_empty()).collect(), indent }
}

/// Text without the stars that pasted text puts around bold and italic words; "(*)" and a star as a bullet stay.
fn without_emphasis(text: &str) -> String {
    if !text.contains('*') {
        return text.to_owned();
    }
    let text = text.replace("**", "");
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let left = at.checked_sub(1).map_or(' ', |left| chars[left]);
        let right = chars.get(at + 1).copied().unwrap_or(' ');
        let bullet = at == 0 && right == ' ';
        if *c != '*' || bullet || (left == '(' && right == ')') {
            kept.push(*c);
        }
    }
    kept.trim().to_owned()
}
