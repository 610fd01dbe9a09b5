//! The lines of figures of a workbook, by their codes. Stands between a found table and the fields of the draft's page:
//! rows may be inserted, reordered or hidden, and a total row has no code.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use super::Place;
use super::layout::{CODE, DAY_LINE, INPUT, LEVEL, NOTE};
use super::locate::Found;
use super::taking::Taking;
use super::values::Takes;
use crate::indicators::ValueType;
use crate::reports::{AskedIndicator, Outline};
use crate::vietnamese::{Level, search_key};

/// The field of the day until which figures are actual.
const DAY_FIELD: &str = "actual_to";

/// What the input of an indicator takes.
pub fn takes(asked: &AskedIndicator) -> Takes {
    match asked.value_type {
        ValueType::Bool => Takes::YesNo,
        _ if asked.measure_unit.trim() == "%" => Takes::Percent,
        ValueType::Int => Takes::Whole,
        _ if asked.scale + asked.exponent == 0 => Takes::Whole,
        _ => Takes::Decimal,
    }
}

/// Takes every line that has a code of the form.
pub(super) fn take(found: &Found<'_>, outline: &Outline, taking: &mut Taking) {
    let as_is: HashMap<&str, &AskedIndicator> =
        outline.indicators.iter().map(|asked| (asked.code.as_str(), asked)).collect();
    // Made for the first code that is typed otherwise, which most workbooks never have.
    let by_key: LazyCell<BTreeMap<String, &AskedIndicator>, _> =
        LazyCell::new(|| outline.indicators.iter().map(|asked| (search_key(&asked.code), asked)).collect());
    let day_line = search_key(DAY_LINE);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (row, _) in found.rows() {
        let code = found.line(*row, CODE);
        // As this house writes it, mostly; what was typed anew is found by its key.
        let known = as_is.get(code.as_str()).copied();
        let key = if known.is_some() { String::new() } else { search_key(&code) };
        if known.is_none() && key == day_line {
            taking.place(DAY_FIELD, found, *row, INPUT);
            taking.value(DAY_FIELD, found.cell(*row, INPUT), Takes::Day);
            continue;
        }
        match known.or_else(|| by_key.get(&key).copied()) {
            Some(asked) if asked.is_ratio() => {}
            Some(asked) => match seen.get(&asked.code) {
                Some(first) => twice(found, asked, (*first, *row), taking),
                None => {
                    seen.insert(asked.code.clone(), *row);
                    line(found, asked, *row, taking);
                }
            },
            None => unknown(found, *row, &code, taking),
        }
    }
    let left: Vec<&str> = outline
        .typed()
        .filter(|asked| !seen.contains_key(&asked.code))
        .map(|asked| asked.code.as_str())
        .collect();
    if !left.is_empty() {
        let words = format!(
            "Trang “{}” không có dòng của chỉ tiêu {}: giữ nguyên số liệu đang có trong báo cáo.",
            found.grid.sheet,
            left.join(", ")
        );
        taking.remark(false, None, words);
    }
}

fn line(found: &Found<'_>, asked: &AskedIndicator, row: u32, taking: &mut Taking) {
    let field = format!("figure.{}", asked.code);
    taking.place(&field, found, row, INPUT);
    let at = found.column(INPUT);
    if at.is_some_and(|column| found.grid.hangs_below(row, column)) {
        let words = format!("Ô nhập của {} đã gộp với dòng trên. Bỏ gộp ô rồi nhập từng dòng.", asked.code);
        taking.find(true, &field, words);
    }
    taking.value(&field, found.cell(row, INPUT), takes(asked));
    let level = format!("level.{}", asked.code);
    taking.place(&level, found, row, LEVEL);
    let said = found.line(row, LEVEL);
    match level_of(&said) {
        Some(read) => drop(taking.fields.insert(level, read.code().to_owned())),
        None => {
            let labels: Vec<&str> = Level::ALL.iter().map(|level| level.label()).collect();
            let words = format!("Không có mức độ “{said}”. Chọn một trong: {}.", labels.join("; "));
            taking.refuse(&level, said, words);
        }
    }
    let note = format!("note.{}", asked.code);
    taking.place(&note, found, row, NOTE);
    taking.words(&note, found.cell(row, NOTE));
}

/// The level a cell names, whatever its accents and capitals; a blank is none beside what the figure's cell says.
fn level_of(said: &str) -> Option<Level> {
    let named = |words: &str| Level::ALL.into_iter().find(|level| level.label() == words);
    // As the workbook offers them to choose.
    if let Some(level) = named(said) {
        return Some(level);
    }
    let key = search_key(said);
    if key.is_empty() {
        return Some(Level::default());
    }
    match key.as_str() {
        "khoang" => named("ước"),
        "tren" => named("hơn"),
        _ => Level::ALL.into_iter().find(|level| search_key(level.label()) == key),
    }
}

/// The same line stands there twice: the same answer is one, two answers are a question.
fn twice(found: &Found<'_>, asked: &AskedIndicator, (first, second): (u32, u32), taking: &mut Taking) {
    let says = |row| [INPUT, LEVEL, NOTE].map(|column| found.line(row, column));
    if says(first) == says(second) {
        return;
    }
    let field = format!("figure.{}", asked.code);
    let words = format!(
        "Chỉ tiêu {} có hai dòng khác nhau, dòng {} và dòng {}. Để lại một dòng.",
        asked.code,
        first + 1,
        second + 1
    );
    taking.find(true, &field, words);
}

/// A line without a code of the form. Total rows and what stands beside the table say nothing here; a value with a code
/// that is not asked is pointed out.
fn unknown(found: &Found<'_>, row: u32, code: &str, taking: &mut Taking) {
    let is_total = |key: &str| matches!(key, "tong" | "cong" | "tong cong" | "tong so");
    let has_value = found.cell(row, INPUT).is_some();
    let is_number_of_column = code.starts_with('(') && code.ends_with(')');
    if !has_value || is_number_of_column || is_total(&search_key(code)) {
        return;
    }
    let place = found.column(INPUT).map(|column| Place::at(&found.grid.sheet, row, column));
    if code.is_empty() {
        let cells = found.grid.rows.iter().find(|(at, _)| *at == row).map(|(_, cells)| cells);
        let total =
            cells.into_iter().flatten().any(|(_, cell)| is_total(&search_key(&super::locate::line(cell))));
        if !total {
            taking.remark(false, place, "Dòng này không có mã chỉ tiêu nên không lấy số ở đây.");
        }
        return;
    }
    let words = format!("Mã “{code}” không có trong biểu mẫu của đơn vị: không lấy số ở dòng này.");
    taking.remark(false, place, words);
}
