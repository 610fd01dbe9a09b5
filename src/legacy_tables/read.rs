//! A table read by what its wizard was told: whose each line is, what each cell becomes by the table of values of the unit's workbook,
//! and whether totals are what they say. Pure; nothing here knows what the units hold already.

use std::collections::BTreeMap;

use super::table::{Table, words};
use super::total_lines::{self, Other};
use super::{Settings, scale};
use crate::db::ids::UnitId;
use crate::indicators::UnitRule;
use crate::reports::{AskedIndicator, Entry, Reading as Figure, read as figure, shown};
use crate::unit_workbook::values::{Raw, typed};
use crate::unit_workbook::{Cell, Finding, Place, takes};
use crate::units::names::{Found, Names, spelled};
use crate::vietnamese::{Level, capital, clean_line};

/// Whose a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Unit(UnitId),
    /// To be asked; bodies whose name is like it.
    Unknown(Vec<UnitId>),
    /// Somebody said that it is nobody's here.
    LeftOut,
    Total,
    Subtotal,
}

/// A cell of a column that is bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCell {
    /// Code of its indicator.
    pub code: String,
    pub place: Place,
    /// As it stands in the file.
    pub written: String,
    pub entry: Entry,
    pub doubt: Option<String>,
    pub fault: Option<String>,
}

/// A line that has a name and figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    pub name: String,
    /// Stands for the name in [`Settings::answers`].
    pub key: String,
    pub place: Place,
    pub who: Who,
    pub cells: Vec<ReadCell>,
}

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    pub lines: Vec<ReadLine>,
    /// About the table as a whole and what it leaves out; about cells see the cells.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// The names to be asked about, each once, with what they are like.
    pub fn unknown(&self) -> Vec<&ReadLine> {
        let mut keys = std::collections::BTreeSet::new();
        let asked = |line: &&ReadLine| matches!(line.who, Who::Unknown(_)) && keys.insert(line.key.clone());
        self.lines.iter().filter(asked).collect()
    }
}

/// A column that is bound: where it stands, its indicator, and the scale it is multiplied by.
type BoundColumn<'a> = (u32, &'a AskedIndicator, Option<scale::Scale>);

/// Reads a table; `asked` are the indicators that columns can be bound to.
pub fn read(table: Table<'_>, settings: &Settings, asked: &[AskedIndicator], names: &Names) -> Reading {
    let mut reading = Reading::default();
    // What a heading says is looked for once for a column, not for each of its cells.
    let bound: Vec<BoundColumn<'_>> = settings
        .columns
        .iter()
        .filter_map(|(column, bound)| {
            let one = asked.iter().find(|one| one.code == bound.code)?;
            let scale = bound.scaled.then(|| column_scale(table, settings.head, *column)).flatten();
            Some((*column, one, scale))
        })
        .collect();
    let head = table.text(settings.head, settings.units);
    let mut first: BTreeMap<UnitId, Place> = BTreeMap::new();
    for at in settings.head + 1..table.size().0 {
        let name = table.text(at, settings.units);
        let place = table.place(at, settings.units);
        let kind = total_lines::of_name(&name);
        // The headings again on the next page of a printed table.
        if kind == Some(Other::Numbering) || (!name.is_empty() && name == head) {
            continue;
        }
        let cells: Vec<ReadCell> = bound
            .iter()
            .filter_map(|(column, one, scale)| {
                let cell = table.cell(at, *column)?;
                Some(read_cell(cell, one, table.place(at, *column), *scale))
            })
            .collect();
        let has_figure = cells.iter().any(|cell| cell.entry.reading.is_answer());
        if name.is_empty() {
            for cell in cells.iter().filter(|cell| cell.entry.reading.is_answer()) {
                let line = settings.line_word();
                let words = format!("Ô có số {} ở {line} không ghi tên đơn vị: không lấy.", cell.written);
                reading.findings.push(Finding {
                    blocks: false,
                    field: String::new(),
                    place: Some(cell.place.clone()),
                    words,
                });
            }
            continue;
        }
        let key = spelled(&name);
        let who = match (kind, settings.answers.get(&key)) {
            (_, Some(Some(unit))) => Who::Unit(*unit),
            (_, Some(None)) => Who::LeftOut,
            (Some(Other::Total), None) => Who::Total,
            (Some(_), None) => Who::Subtotal,
            (None, None) => match names.find(&name) {
                Found::One(unit) => Who::Unit(unit),
                Found::Like(units) => Who::Unknown(units),
                Found::Nobody => Who::Unknown(vec![]),
            },
        };
        // A heading over a group of units, a body without figures, a signature below the table.
        let is_body = matches!(who, Who::Unit(_));
        let unreadable = || cells.iter().any(|cell| cell.fault.is_some());
        if !(has_figure || is_body && unreadable()) {
            continue;
        }
        if let Who::Unit(unit) = who
            && let Some(other) = first.insert(unit, place.clone())
        {
            let line = settings.line_word();
            let words = format!(
                "“{name}” trùng đơn vị với {line} ở ô {}. Gộp hai {line} trong tệp, hoặc bỏ một {line}.",
                other.cell
            );
            reading.findings.push(Finding {
                blocks: true,
                field: key.clone(),
                place: Some(place.clone()),
                words,
            });
        }
        reading.lines.push(ReadLine { name, key, place, who, cells });
    }
    totals(&mut reading, &bound, settings.line_word());
    reading
}

/// What a column is counted in, by its own heading, those above it or the line above the table; none where nothing says it.
pub fn column_scale(table: Table<'_>, head: u32, column: u32) -> Option<scale::Scale> {
    scale::said(&table.heading(head, column))
        .or_else(|| table.above(head, column).iter().rev().find_map(|text| scale::said(text)))
        .or_else(|| whole_scale(table, head))
}

/// "ĐVT: nghìn lượt" above the headings.
fn whole_scale(table: Table<'_>, head: u32) -> Option<scale::Scale> {
    let columns = table.size().1;
    let cells = (head.saturating_sub(6)..head).flat_map(|at| (0..columns).map(move |column| (at, column)));
    cells.map(|(at, column)| table.text(at, column)).find_map(|text| scale::of_line(&text))
}

fn read_cell(cell: &Cell, asked: &AskedIndicator, place: Place, scale: Option<scale::Scale>) -> ReadCell {
    let written = words(cell);
    let raw = match &cell.raw {
        Raw::Text(_) => Raw::Text(written.clone()),
        other => other.clone(),
    };
    let read = typed(&raw, takes(asked));
    let mut text = read.text;
    let mut fault = read.fault;
    let number = figure(&text, Level::default(), "", asked);
    // "12,5" under "nghìn lượt" is whole once the scale is in it.
    if let (Some(scale), true) = (scale, text.chars().any(|c| c.is_ascii_digit())) {
        let plain = number_text(&raw).unwrap_or_else(|| clean_line(&text));
        text = scale.spelled(&plain, asked);
        if matches!(raw, Raw::Number(_)) {
            fault = None;
        }
    }
    let entry = match (&fault, scale) {
        (Some(words), _) => {
            Entry { reading: Figure::Unreadable(words.clone()), typed: written.clone(), ..Entry::default() }
        }
        (None, None) => number,
        (None, Some(_)) => figure(&text, Level::default(), "", asked),
    };
    if let Figure::Unreadable(words) = &entry.reading {
        fault = Some(words.clone());
    }
    let mut doubt = read.doubt;
    if entry.ambiguous
        && let Some(value) = entry.reading.value()
    {
        doubt = Some(format!("Ô ghi “{written}”, được đọc là {}.", shown(value, asked)));
    }
    if cell.legacy.is_some() && doubt.is_none() {
        doubt = Some(format!("Ô gõ bằng phông chữ cũ, được đọc là “{written}”."));
    }
    ReadCell { code: asked.code.clone(), place, written, entry, doubt, fault }
}

/// The digits of a number cell.
fn number_text(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Number(number) => crate::unit_workbook::values::digits(*number),
        _ => None,
    }
}

/// Holds each total against the lines it may be over: all of them, or those since the total before. One that is neither is told
/// the sum it is most likely of: more lines or another total below it make it one of those above.
fn totals(reading: &mut Reading, bound: &[BoundColumn<'_>], word: &str) {
    let mut findings = Vec::new();
    for (_, asked, _) in bound {
        if asked.is_bool() || !matches!(asked.unit_rule, UnitRule::Sum | UnitRule::Owner) {
            continue;
        }
        let of = |line: &ReadLine| line.cells.iter().find(|cell| cell.code == asked.code).cloned();
        let value =
            |line: &ReadLine| of(line).and_then(|cell| cell.entry.reading.value()).map_or(0, i128::from);
        let is_body = |line: &&ReadLine| !matches!(line.who, Who::Total | Who::Subtotal);
        let whole: i128 = reading.lines.iter().filter(is_body).map(value).sum();
        let last = reading.lines.iter().rposition(|line| line.who != Who::Subtotal);
        let (mut since, mut above) = (0_i128, 0_usize);
        for (at, line) in reading.lines.iter().enumerate() {
            match line.who {
                Who::Total | Who::Subtotal => {
                    let said = of(line).and_then(|cell| Some((cell.entry.reading.value()?, cell.place)));
                    if let (Some((said, place)), Who::Total) = (said, &line.who) {
                        let said = i128::from(said);
                        let part = above > 0 && last != Some(at);
                        if said != whole && said != since {
                            findings.push(Finding {
                                blocks: false,
                                field: String::new(),
                                place: Some(place),
                                words: differs(
                                    (line, word),
                                    asked,
                                    said,
                                    if part { (since, true) } else { (whole, false) },
                                ),
                            });
                        }
                    }
                    (since, above) = (0, 0);
                }
                _ => {
                    since += value(line);
                    above += 1;
                }
            }
        }
    }
    reading.findings.extend(findings);
}

fn differs(
    (line, word): (&ReadLine, &str),
    asked: &AskedIndicator,
    said: i128,
    (sum, part): (i128, bool),
) -> String {
    let words =
        |value: i128| i64::try_from(value).map_or_else(|_| value.to_string(), |value| shown(value, asked));
    format!(
        "{} “{}” ghi {} là {}, cộng các {word} đơn vị{} được {} (lệch {}). {} này không lấy vào hệ thống; kiểm tra lại các {word} đơn vị.",
        capital(word),
        line.name,
        asked.code,
        words(said),
        match (part, word) {
            (false, _) => "",
            (true, "cột") => " bên trái",
            (true, _) => " phía trên",
        },
        words(sum),
        words((said - sum).abs()),
        capital(word),
    )
}
