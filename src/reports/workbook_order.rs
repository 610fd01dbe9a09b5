//! Findings about a workbook in the order of its sheets, rows and columns, as whoever mends them goes through it. Pure.

use std::collections::HashMap;

use super::Outline;
use crate::unit_workbook::{Finding, Place, Reading};

/// Puts findings in the order their cells stand in: those about the workbook as a whole first, those without a cell after the
/// cells of their sheet.
pub(super) fn in_sheet_order(findings: &mut [Finding], reading: &Reading, outline: &Outline) {
    let mut sheets: HashMap<&str, usize> = HashMap::new();
    for (field, place) in &reading.places {
        let rank = rank(field, outline);
        let known = sheets.entry(place.sheet.as_str()).or_insert(rank);
        *known = rank.min(*known);
    }
    let at = |finding: &Finding| match &finding.place {
        Some(place) => {
            let sheet = sheets.get(place.sheet.as_str()).copied();
            let (row, column) = cell(place);
            (sheet.unwrap_or_else(|| rank(&finding.field, outline)), row, column)
        }
        None if finding.field.is_empty() => (0, 0, 0),
        None => (rank(&finding.field, outline), u32::MAX, 0),
    };
    findings.sort_by_key(at);
}

/// Which sheet of a workbook a field is on, by what it is, from 1.
fn rank(field: &str, outline: &Outline) -> usize {
    let (kind, rest) = field.split_once('.').unwrap_or((field, ""));
    match kind {
        "figure" | "level" | "note" | "actual_to" => 1,
        "section" => 2,
        "task" => 3,
        "list" => {
            let of = |code: &str| rest.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
            let at = outline.lists.iter().position(|list| of(&list.code));
            4 + at.unwrap_or(outline.lists.len())
        }
        "evidence" => 5 + outline.lists.len(),
        _ => 6 + outline.lists.len(),
    }
}

/// Row and column of a cell: "F12" is 12 and 6.
fn cell(place: &Place) -> (u32, u32) {
    let letters = place.cell.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0_u32, |sum, letter| {
        sum.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let digits = place.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    (digits.parse().unwrap_or(u32::MAX), column)
}
