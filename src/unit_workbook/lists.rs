//! The rows of a workbook's list tables and of its evidence. Stands between found tables and the fields of the draft's
//! page: rows have no codes, so a table is taken whole, in its order; blank rows and total rows are no rows.

use super::Place;
use super::cells::Row;
use super::layout::Table;
use super::locate::{Found, line};
use super::taking::Taking;
use super::values::Takes;
use crate::lists::{Column, ColumnKind, ListTable, MOST_KEPT, MOST_ROWS};
use crate::vietnamese::{format_scaled, parse_scaled, search_key};

/// A column of a table of rows.
struct Asked {
    code: String,
    takes: Takes,
    /// Those a number may have.
    decimals: u32,
    /// A row that is one holds this.
    required: bool,
}

/// Takes the rows of a list of the form.
pub(super) fn take(found: &Found<'_>, list: &ListTable, taking: &mut Taking) {
    let asked = |column: &Column| Asked {
        code: column.code.clone(),
        takes: takes(column.kind, column.decimals),
        decimals: column.decimals,
        required: column.required,
    };
    let columns: Vec<Asked> = list.columns.iter().map(asked).collect();
    rows(found, &format!("list.{}", list.code), &columns, taking);
}

/// Takes the links.
pub(super) fn evidence(found: &Found<'_>, table: &Table, taking: &mut Taking) {
    let takes = |code: &str| match code {
        "date" => Takes::Day,
        "reach" => Takes::Whole,
        _ => Takes::Words,
    };
    let asked = |(code, _): &(String, String)| Asked {
        code: code.clone(),
        takes: takes(code),
        decimals: 0,
        required: code == "url",
    };
    let columns: Vec<Asked> = table.columns.iter().map(asked).collect();
    rows(found, "evidence", &columns, taking);
}

fn takes(kind: ColumnKind, decimals: u32) -> Takes {
    match kind {
        ColumnKind::Date => Takes::Day,
        ColumnKind::Number if decimals == 0 => Takes::Whole,
        ColumnKind::Number => Takes::Decimal,
        ColumnKind::Text | ColumnKind::Link | ColumnKind::Choice => Takes::Words,
    }
}

/// What is asked about a number that could be read the other way ("1,245").
pub(super) fn doubt(typed: &str, decimals: u32) -> Option<String> {
    // Digits alone are read one way.
    if typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = parse_scaled(typed, decimals).ok().flatten().filter(|read| read.ambiguous)?;
    Some(format!("“{typed}” được đọc là {}. Đúng không?", format_scaled(read.value, decimals)))
}

fn rows(found: &Found<'_>, name: &str, columns: &[Asked], taking: &mut Taking) {
    // Says that the table was there, with however many rows.
    taking.fields.insert(format!("{name}.0.remove"), String::new());
    let mut number = 0;
    for (row, cells) in found.rows() {
        let filled = columns.iter().any(|asked| found.cell(*row, &asked.code).is_some());
        if !filled || is_total(cells) {
            continue;
        }
        if let Some(words) = sum_below(found, *row, columns) {
            let place = Some(Place::at(&found.grid.sheet, *row, 0));
            taking.remark(
                false,
                place,
                format!("Dòng “{words}” là dòng tổng, không tính là một dòng của bảng."),
            );
            continue;
        }
        for Asked { code, takes, decimals, .. } in columns {
            let field = format!("{name}.{number}.{code}");
            taking.place(&field, found, *row, code);
            let cell = found.cell(*row, code);
            match takes {
                _ if cell.is_none() => {}
                Takes::Words => taking.words(&field, cell),
                takes => taking.value(&field, cell, *takes),
            }
            if let (Takes::Whole | Takes::Decimal, Some(typed)) = (takes, taking.fields.get(&field))
                && let Some(words) = doubt(typed, *decimals)
            {
                taking.find(false, &field, words);
            }
        }
        number += 1;
        if number == MOST_KEPT {
            let place = Some(Place::at(&found.grid.sheet, *row, 0));
            let words = format!(
                "Bảng có từ {MOST_KEPT} dòng trở lên, gửi được nhiều nhất {MOST_ROWS}. Gộp bớt các dòng."
            );
            taking.remark(true, place, words);
            break;
        }
    }
}

/// How the words of a sum below a table begin, with their accents: "Cổng" and "Công an" are no sums.
const SUMS: [&str; 4] = ["tổng cộng", "tổng số", "tổng:", "cộng:"];

/// The first words of a row people put below a table to add it up; none of an entry. Column A is numbered and locked, so the first
/// input is looked at; what is an entry has what every entry must have, beside the words themselves.
fn sum_below(found: &Found<'_>, row: u32, columns: &[Asked]) -> Option<String> {
    let (at, first) = columns.iter().enumerate().find(|(_, asked)| found.cell(row, &asked.code).is_some())?;
    let words = found.line(row, &first.code);
    let said = words.to_lowercase();
    let alone = matches!(said.as_str(), "tổng" | "cộng");
    if !alone && !SUMS.iter().any(|begin| said.starts_with(begin)) {
        return None;
    }
    let mut others = columns.iter().enumerate().filter(|(other, asked)| *other != at && asked.required);
    others.all(|(_, asked)| found.cell(row, &asked.code).is_none()).then_some(words)
}

/// Whether a row begins with the word for a total. Most begin with their number, of which no key has to be made.
fn is_total(cells: &Row) -> bool {
    let key = |words: String| match words.bytes().all(|byte| byte.is_ascii_digit()) {
        true => words,
        false => search_key(&words),
    };
    let first = cells.iter().map(|(_, cell)| key(line(cell))).find(|key| !key.is_empty());
    matches!(first.as_deref(), Some("tong" | "cong" | "tong cong" | "tong so"))
}
