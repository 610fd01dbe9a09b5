//! The texts of a workbook: sections in blocks of cells, results of tasks by their numbers. Stands between found tables and
//! the fields of the draft's page.

use std::collections::BTreeSet;

use super::layout::{CODE, CONTINUED, RESULT, STATUS, TASK_CODE, TEXT};
use super::locate::{Found, line};
use super::taking::Taking;
use super::{FONT, Place};
use crate::reports::{Outline, TaskStatus};
use crate::vietnamese::search_key;

/// A section being read: lines as typed and turned into Unicode.
#[derive(Default)]
struct Block {
    code: String,
    plain: Vec<String>,
    turned: Vec<String>,
    legacy: bool,
    /// The row last taken.
    last: u32,
}

/// Takes every block that begins with a section's code: each cell below it is a paragraph, up to the next code.
pub(super) fn sections(found: &Found<'_>, outline: &Outline, taking: &mut Taking) {
    let mut blocks: Vec<Block> = Vec::new();
    let (Some(codes), Some(texts)) = (found.column(CODE), found.column(TEXT)) else { return };
    for (row, cells) in found.rows() {
        let code = found.line(*row, CODE);
        let asked = outline
            .sections
            .iter()
            .find(|section| !code.is_empty() && search_key(&section.code) == search_key(&code));
        if let Some(asked) = asked {
            if blocks.iter().any(|block| block.code == asked.code) {
                taking.remark(
                    true,
                    None,
                    format!("Trang “{}” có hai phần mang mã {code}. Để lại một phần.", found.grid.sheet),
                );
            }
            taking.place(&format!("section.{}", asked.code), found, row + 1, TEXT);
            blocks.push(Block { code: asked.code.clone(), last: *row, ..Block::default() });
            continue;
        }
        let Some(block) = blocks.last_mut() else { continue };
        let (mut plain, mut turned) = (String::new(), String::new());
        // What stands in place of a code, or beyond the column, was typed by somebody: it is part of the text.
        for (at, cell) in cells.iter().filter(|(at, _)| *at == codes || *at >= texts) {
            if *at == codes && line(cell) == CONTINUED {
                continue;
            }
            let (read, converted) = taking.both(cell);
            let field = format!("section.{}", block.code);
            let place = Place::at(&found.grid.sheet, *row, *at);
            if converted.is_some() && !block.legacy {
                block.legacy = true;
                taking.places.insert(format!("{field}{FONT}"), place.clone());
            }
            let goes_on = code == CONTINUED;
            // In the midst of a line a cell may begin with anything.
            for (blocks, words) in read.said().filter(|(blocks, _)| *blocks || !goes_on || cell.computed) {
                let line = block.line_of(*row, goes_on);
                taking.find_in(blocks, &field, (line, place.clone()), words);
            }
            let converted = converted.unwrap_or_else(|| read.text.clone());
            for (text, more) in [(&mut plain, &read.text), (&mut turned, &converted)] {
                if !text.is_empty() && !more.is_empty() {
                    text.push(' ');
                }
                text.push_str(more);
            }
        }
        block.add(*row, plain, turned, code == CONTINUED);
    }
    let found_codes: BTreeSet<&str> = blocks.iter().map(|block| block.code.as_str()).collect();
    for section in outline.sections.iter().filter(|section| !found_codes.contains(section.code.as_str())) {
        let words = format!(
            "Trang “{}” không có phần {}: giữ nguyên nội dung đang có trong báo cáo.",
            found.grid.sheet, section.label
        );
        taking.remark(false, None, words);
    }
    for block in blocks {
        let field = format!("section.{}", block.code);
        let whole = |lines: Vec<String>| lines.join("\n").trim_matches('\n').trim_end().to_owned();
        if block.legacy {
            taking.converted.insert(field.clone(), whole(block.turned));
        }
        taking.fields.insert(field, whole(block.plain));
    }
}

impl Block {
    /// The line of the text that a row would be.
    fn line_of(&self, row: u32, goes_on: bool) -> usize {
        let blank = (self.last + 1..row).count();
        match (self.plain.len(), goes_on) {
            (0, _) => 0,
            (lines, true) => lines - 1,
            (lines, false) => lines + blank,
        }
    }

    fn add(&mut self, row: u32, plain: String, turned: String, goes_on: bool) {
        if goes_on && let (Some(last), Some(also)) = (self.plain.last_mut(), self.turned.last_mut()) {
            last.push_str(&plain);
            also.push_str(&turned);
        } else {
            // Blank rows between paragraphs are blank lines of the text.
            let first = self.plain.is_empty();
            for _ in (self.last + 1..row).filter(|_| !first) {
                self.plain.push(String::new());
                self.turned.push(String::new());
            }
            self.plain.push(plain);
            self.turned.push(turned);
        }
        self.last = row;
    }
}

/// Takes the status and result of every task the unit holds.
pub(super) fn tasks(found: &Found<'_>, outline: &Outline, taking: &mut Taking) {
    let mut seen = BTreeSet::new();
    for (row, _) in found.rows() {
        let code = found.line(*row, CODE);
        let asked = outline.tasks.iter().find(|task| code == format!("{TASK_CODE}{}", task.id));
        let Some(asked) = asked.filter(|asked| seen.insert(asked.id)) else { continue };
        let status = format!("task.{}.status", asked.id);
        taking.place(&status, found, *row, STATUS);
        let said = found.line(*row, STATUS);
        let key = search_key(&said);
        let read = TaskStatus::ALL.into_iter().find(|status| search_key(status.words()) == key);
        match read.or(key.is_empty().then_some(TaskStatus::Unsaid)) {
            Some(read) => drop(taking.fields.insert(status, read.code().to_owned())),
            None => {
                let known: Vec<&str> = TaskStatus::ALL.iter().map(|status| status.words()).collect();
                let words = format!(
                    "“{said}” không có trong danh sách Tình hình. Chọn một trong: {}.",
                    known.join("; ")
                );
                taking.refuse(&status, said, words);
            }
        }
        let body = format!("task.{}.body", asked.id);
        taking.place(&body, found, *row, RESULT);
        taking.words(&body, found.cell(*row, RESULT));
    }
    let left = outline.tasks.iter().filter(|task| !seen.contains(&task.id)).count();
    if left > 0 {
        let words = format!(
            "Trang “{}” thiếu {left} nhiệm vụ: giữ nguyên nội dung đang có trong báo cáo.",
            found.grid.sheet
        );
        taking.remark(false, None, words);
    }
}
