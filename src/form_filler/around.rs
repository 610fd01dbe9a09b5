//! What stands around the cells of a sheet and names rows: merged areas, conditions, checks, panes, prints, drawings,
//! charts, comments, tables. All of it follows when rows are repeated.

use std::collections::HashMap;

use crate::ooxml::PackageError;

use super::address::{Area, Cell};
use super::formula::moved;
use super::markup::{Kind, Markup, Splice, attribute, escaped, with_attribute};
use super::package::Changes;
use super::read::Form;
use super::rows::Rows;
use super::sheet::Sheet;

/// Attributes that hold one area, several, or a cell.
const AREAS: [&str; 4] = ["ref", "sqref", "activeCell", "topLeftCell"];
/// Elements whose text is a formula.
const FORMULAS: [&str; 4] = ["f", "formula", "formula1", "formula2"];

/// What stands before the rows.
pub(super) fn before_data(sheet: &Sheet, moving: &HashMap<String, Rows>, splice: &mut Splice<'_>) {
    bits(&sheet.markup, 0..sheet.data, &sheet.name, moving, splice);
}

/// What stands after the rows.
pub(super) fn after_data(sheet: &Sheet, moving: &HashMap<String, Rows>, splice: &mut Splice<'_>) {
    let from = sheet.markup.close(sheet.data) + 1;
    bits(&sheet.markup, from..sheet.markup.bits.len(), &sheet.name, moving, splice);
}

fn bits(
    markup: &Markup,
    range: std::ops::Range<usize>,
    sheet: &str,
    moving: &HashMap<String, Rows>,
    splice: &mut Splice<'_>,
) {
    let Some(rows) = moving.get(&sheet.to_lowercase()) else { return };
    for bit in range {
        if !matches!(markup.bits[bit].kind, Kind::Start | Kind::Empty) {
            continue;
        }
        let (span, tag) = (markup.bits[bit].span.clone(), markup.raw(bit));
        match markup.name(bit) {
            "mergeCell" | "hyperlink" => {
                let whole = span.start..markup.bits[markup.close(bit)].span.end;
                splice.put(whole.clone(), &for_each_copy(&markup.text[whole], tag, rows));
            }
            "mergeCells" => {
                let close = markup.close(bit);
                let count: u32 = (bit + 1..close)
                    .map(|at| {
                        if at < close && markup.opens(at, "mergeCell") {
                            1 + attribute(markup.raw(at), "ref")
                                .and_then(|at| Area::parse(&at))
                                .map_or(0, |a| extra(a, rows))
                        } else {
                            0
                        }
                    })
                    .sum();
                if attribute(tag, "count").is_some() {
                    splice.put(span, &with_attribute(tag, "count", &count.to_string()));
                }
            }
            "brk" => {
                let parent = attribute(tag, "id").and_then(|id| id.parse().ok());
                // Breaks between columns have rows for their ends; those between rows name the row above.
                if let Some(row) = parent.filter(|_| in_row_breaks(markup, bit)) {
                    splice.put(span, &with_attribute(tag, "id", &rows.end(row).to_string()));
                }
            }
            name if FORMULAS.contains(&name) => {
                let old = markup.inside(bit);
                let new = moved(&old, sheet, moving, None);
                if new != old {
                    let close = markup.close(bit);
                    splice.put(span.end..markup.bits[close].span.start, &escaped(&new));
                }
            }
            "sqref" => {
                let close = markup.close(bit);
                splice.put(span.end..markup.bits[close].span.start, &areas(&markup.inside(bit), rows, true));
            }
            "row" => zero_based(markup, bit, rows, splice),
            element => {
                let mut new = tag.to_owned();
                for name in AREAS {
                    if let Some(old) = attribute(tag, name) {
                        // A condition or a check on one cell of a marked row is on all its copies; what is chosen stays one.
                        let grows = name == "sqref" && element != "selection";
                        new = with_attribute(&new, name, &areas(&old, rows, grows));
                    }
                }
                if new != tag {
                    splice.put(span, &new);
                }
            }
        }
    }
}

/// Whether a break stands among those between rows.
fn in_row_breaks(markup: &Markup, bit: usize) -> bool {
    (0..bit)
        .rev()
        .find(|at| ["rowBreaks", "colBreaks"].contains(&markup.name(*at)))
        .is_some_and(|at| markup.name(at) == "rowBreaks")
}

/// A list of areas, each moved; a cell by itself grows with its row only where it stands for an area.
fn areas(text: &str, rows: &Rows, grows: bool) -> String {
    let moved = |one: &str| {
        Area::parse(one).map_or_else(
            || one.to_owned(),
            |area| {
                if !grows && area.first == area.last && !text.contains([':', ' ']) {
                    rows.cell(area.first).to_string()
                } else {
                    rows.area(area).to_string()
                }
            },
        )
    };
    text.split_whitespace().map(moved).collect::<Vec<String>>().join(" ")
}

/// Copies of an area that lies in one marked row.
fn extra(area: Area, rows: &Rows) -> u32 {
    if area.first.row == area.last.row { rows.copies(area.first.row) } else { 0 }
}

/// An element that belongs to an area: once for each copy of its row, else moved.
fn for_each_copy(whole: &str, tag: &str, rows: &Rows) -> String {
    let Some(area) = attribute(tag, "ref").and_then(|area| Area::parse(&area)) else {
        return whole.to_owned();
    };
    let rest = &whole[tag.len()..];
    if area.first.row != area.last.row {
        return format!("{}{rest}", with_attribute(tag, "ref", &rows.area(area).to_string()));
    }
    let place = rows.place(area.first.row);
    (place..=place + extra(area, rows))
        .map(|row| {
            let area = Area { first: Cell { row, ..area.first }, last: Cell { row, ..area.last } };
            format!("{}{rest}", with_attribute(tag, "ref", &area.to_string()))
        })
        .collect()
}

/// The row of an anchor, counted from 0.
fn zero_based(markup: &Markup, bit: usize, rows: &Rows, splice: &mut Splice<'_>) {
    if let Ok(row) = markup.inside(bit).trim().parse::<u32>() {
        let close = markup.close(bit);
        let new = rows.place(row.saturating_add(1)) - 1;
        splice.put(markup.bits[bit].span.end..markup.bits[close].span.start, &new.to_string());
    }
}

/// The parts that belong to sheets whose rows move, and the charts of all.
pub(super) fn parts(
    form: &Form,
    moving: &HashMap<String, Rows>,
    changes: &mut Changes,
) -> Result<(), PackageError> {
    for sheet in &form.sheets {
        let Some(rows) = moving.get(&sheet.name.to_lowercase()).filter(|rows| !rows.still()) else {
            continue;
        };
        for one in form.archive.relationships(&sheet.part)?.into_iter().filter(|one| !one.external) {
            let Some(bytes) = form.archive.part(&one.target) else { continue };
            let kind = one.kind.rsplit('/').next().unwrap_or_default();
            if kind == "vmlDrawing" {
                // The old drawing of comments is not always well formed; then it stays, and the comments are still read.
                if let Ok(markup) = Markup::read(&one.target, bytes) {
                    changes.insert(one.target.clone(), Some(old_drawing(&markup, rows).into_bytes()));
                }
            } else if ["drawing", "comments", "threadedComment", "table", "pivotTable"].contains(&kind) {
                let markup = Markup::read(&one.target, bytes)?;
                let mut splice = Splice::new(&markup.text);
                bits(&markup, 0..markup.bits.len(), &sheet.name, moving, &mut splice);
                changes.insert(one.target.clone(), Some(splice.finish().into_bytes()));
            }
        }
    }
    let charts: Vec<&str> = form.archive.names().filter(|name| is_chart(name)).collect();
    for name in charts {
        let markup = Markup::read(name, form.archive.part(name).unwrap_or_default())?;
        let mut splice = Splice::new(&markup.text);
        for bit in (0..markup.bits.len()).filter(|bit| markup.opens(*bit, "f")) {
            let close = markup.close(bit);
            let new = series(&markup.inside(bit), moving);
            splice.put(markup.bits[bit].span.end..markup.bits[close].span.start, &escaped(&new));
        }
        changes.insert(name.to_owned(), Some(splice.finish().into_bytes()));
    }
    Ok(())
}

/// The cells of a chart's series. Some programs write an area of one cell as the cell: it grows all the same.
fn series(said: &str, moving: &HashMap<String, Rows>) -> String {
    let Some((sheet, cell)) = said.rsplit_once('!').filter(|(_, cell)| !cell.contains(':')) else {
        return moved(said, "", moving, None);
    };
    let grown = moved(&format!("{sheet}!{cell}:{cell}"), "", moving, None);
    let one = grown.rsplit_once('!').and_then(|(_, area)| area.split_once(':')).is_some_and(|(a, b)| a == b);
    if one { moved(said, "", moving, None) } else { grown }
}

fn is_chart(name: &str) -> bool {
    name.starts_with("xl/charts/chart") && name.ends_with(".xml")
}

/// Rows of comments' boxes: `<x:Row>` and the third and seventh number of `<x:Anchor>`, all counted from 0.
fn old_drawing(markup: &Markup, rows: &Rows) -> String {
    let mut splice = Splice::new(&markup.text);
    let place = |row: u32| rows.place(row.saturating_add(1)) - 1;
    for bit in 0..markup.bits.len() {
        if markup.opens(bit, "Row") {
            if let Ok(row) = markup.inside(bit).trim().parse::<u32>() {
                let inside = markup.bits[bit].span.end..markup.bits[markup.close(bit)].span.start;
                splice.put(inside, &place(row).to_string());
            }
        } else if markup.opens(bit, "Anchor") {
            let mut numbers: Vec<String> =
                markup.inside(bit).split(',').map(|n| n.trim().to_owned()).collect();
            for at in [2, 6] {
                let row = numbers.get(at).and_then(|number| number.parse::<u32>().ok());
                if let Some((number, row)) = numbers.get_mut(at).zip(row) {
                    *number = place(row).to_string();
                }
            }
            let inside = markup.bits[bit].span.end..markup.bits[markup.close(bit)].span.start;
            splice.put(inside, &numbers.join(", "));
        }
    }
    splice.finish()
}
