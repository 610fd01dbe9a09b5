//! The editor of a draft: rows as typed, read back into a [`Content`]. Order is a number typed beside each row; what is
//! ticked to be removed is gone, rows without a title were never begun.

use super::content::{Asked, Content, Section};
use crate::db::ids::{IndicatorId, UnitId};
use crate::web::FormData;

/// Blank rows offered below the sections.
pub const BLANK: usize = 3;

/// The most rows read of one form.
const ROWS: usize = 400;

/// A place typed beside a row; what is no number comes last.
fn place(text: &str) -> i64 {
    text.trim().parse().unwrap_or(i64::MAX)
}

/// What the editor sent, over the codes the draft had before.
pub fn read(form: &FormData) -> Content {
    let mut content = Content {
        name: form.line("name"),
        kinds: form.all("kinds").to_vec(),
        units: form.all("units").iter().filter_map(|id| id.parse().ok()).collect(),
        sections: vec![],
        figures: vec![],
    };
    if let Ok(unit) = form.line("unit_add").parse::<UnitId>()
        && !content.units.contains(&unit)
    {
        content.units.push(unit);
    }
    content.sections = sections(form);
    content.figures = figures(form);
    content
}

fn sections(form: &FormData) -> Vec<Section> {
    let mut rows: Vec<(i64, Section)> = Vec::new();
    for i in 0..ROWS {
        let line = |part: &str| form.line(&format!("s{i}_{part}"));
        if !form.has(&format!("s{i}_title")) {
            break;
        }
        let (mut code, title, label) = (line("code"), line("title"), line("label"));
        // The code names fields of reports: what is no code of ours makes a new section.
        if code.len() > 24 || !code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) {
            code = String::new();
        }
        let begun = !code.is_empty() || !title.is_empty() || !label.is_empty();
        if begun && !form.has(&format!("s{i}_remove")) {
            let required = form.has(&format!("s{i}_required"));
            rows.push((place(&line("pos")), Section { code, label, title, hint: line("hint"), required }));
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    let mut content = Content::blank();
    // The codes kept come first, so that no new section takes one of them.
    let kept: Vec<String> = rows.iter().map(|(_, section)| section.code.clone()).collect();
    for (_, mut section) in rows {
        let doubled = content.sections.iter().any(|other| other.code == section.code);
        if section.code.is_empty() || doubled {
            section.code = content.free_code(&section.label, &kept);
        }
        content.sections.push(section);
    }
    content.sections
}

fn figures(form: &FormData) -> Vec<Asked> {
    let mut rows: Vec<(i64, Asked)> = Vec::new();
    for i in 0..ROWS {
        let line = |part: &str| form.line(&format!("f{i}_{part}"));
        let Ok(indicator) = line("id").parse::<IndicatorId>() else { break };
        if form.has(&format!("f{i}_remove")) || rows.iter().any(|(_, other)| other.indicator == indicator) {
            continue;
        }
        let (counts, required) = (line("counts") != "no", form.has(&format!("f{i}_required")));
        rows.push((place(&line("pos")), Asked { indicator, counts, required }));
    }
    rows.sort_by_key(|(place, _)| *place);
    let mut figures: Vec<Asked> = rows.into_iter().map(|(_, asked)| asked).collect();
    for added in form.all("add").iter().filter_map(|id| id.parse::<IndicatorId>().ok()) {
        if !figures.iter().any(|asked| asked.indicator == added) {
            figures.push(Asked { indicator: added, counts: true, required: false });
        }
    }
    figures
}
