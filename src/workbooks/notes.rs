//! The notes under the table of *Tổng hợp*: who is not in it and why, what stays with the collector, what the columns are.

use super::wording::Wording;
use crate::consolidation::EditionCopy;
use crate::consolidation::content::{EditionContent, IndicatorLine, MissingUnit};
use crate::consolidation::coverage::{Absence, MISSING_BELOW};

/// The notes, a paragraph each. `plain`: every difference is that of the two totals beside it.
pub(super) fn notes(
    content: &EditionContent,
    plain: bool,
    wording: &Wording,
    copy: EditionCopy,
) -> Vec<String> {
    let outside = &content.outside;
    let mut notes = Vec::new();
    // In the words of the paper, by its rule.
    for why in Absence::ALL {
        // A province has a code beside its name; why a unit is not here is what the note says.
        let named = |unit: &MissingUnit| match wording.annexed {
            true => unit.name.clone(),
            false => format!("{} ({})", unit.name, unit.progress),
        };
        let missing = content.missing.iter().filter(|unit| Absence::of(unit) == why);
        let names: Vec<String> = missing.map(named).collect();
        let words = match why {
            Absence::NotSent => wording.missing.to_owned(),
            _ => format!("Đơn vị {}", why.words()),
        };
        if !names.is_empty() {
            notes.push(format!("{words} ({}): {}.", names.len(), names.join("; ")));
        }
    }
    let below: Vec<&str> = content.missing_below.iter().map(|unit| unit.name.as_str()).collect();
    if !below.is_empty() {
        notes.push(format!("Đơn vị {MISSING_BELOW} ({}): {}.", below.len(), below.join("; ")));
    }
    if !outside.is_empty() {
        let names: Vec<_> =
            outside.iter().map(|u| format!("{} ({})", u.name, u.progress.to_lowercase())).collect();
        notes.push(format!(
            "Đơn vị không tính vào số đơn vị phải báo cáo ({}): {}.",
            outside.len(),
            names.join("; ")
        ));
    }
    if wording.annexed {
        notes.extend(kept_back(content, copy));
    }
    if !content.same_period_note.is_empty() {
        notes.push(content.same_period_note.clone());
    }
    if wording.annexed && content.lines().any(|(_, line)| line.total.approximate) {
        notes.push(
            "Số trong bảng là tổng của các số đơn vị báo cáo, để cộng lại được; tổng có số làm tròn thì báo cáo chỉ ghi đến ba chữ \
             số đầu, kèm “gần”, “hơn” hoặc “khoảng”."
                .to_owned(),
        );
    }
    let compared = if plain {
        "Cột (7), (8) so sánh các đơn vị có số liệu cả hai kỳ, cũng là các đơn vị của cột (5), (6)."
    } else {
        "Cột (7), (8) chỉ so sánh các đơn vị có số liệu cả hai kỳ; nơi đó không phải là mọi đơn vị thì cột (11) ghi hai \
         số được so sánh, và cột (7) không bằng (6) trừ (5)."
    };
    notes.push(format!(
        "Ô trống: chưa có số liệu. {compared} Cột (9): số liệu các kỳ từ đầu năm báo cáo, gộp theo cách của từng chỉ tiêu. \
         Cột (10): số đơn vị có số liệu trên số đơn vị phải báo cáo chỉ tiêu. Dấu “–”: không so sánh được, hoặc chưa đủ \
         các kỳ của năm để tính lũy kế. Tỷ lệ được tính lại từ tổng tử số và tổng mẫu số, không cộng, không lấy trung bình."
    ));
    notes
}

/// Of which groups a copy has totals only, so that nobody looks for their sheet; none where it has everything.
fn kept_back(content: &EditionContent, copy: EditionCopy) -> Option<String> {
    let classified = content.classified();
    let leaves = |line: &IndicatorLine| copy.shows_units(classified.contains(&line.code));
    let (mut groups, mut lines): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for group in &content.groups {
        let stay = group.indicators.iter().filter(|&line| !leaves(line));
        if group.indicators.iter().any(leaves) {
            // A ratio made of a classified group, beside others.
            lines.extend(stay.map(|line| line.code.as_str()));
        } else if !group.indicators.is_empty() {
            groups.push(&group.code);
        }
    }
    let named = |one: &str, several: &str, codes: &[&str]| match codes {
        [] => None,
        [code] => Some(format!("{one} {code}")),
        codes => Some(format!("{several} {}", codes.join(", "))),
    };
    let told = [named("nhóm", "các nhóm", &groups), named("chỉ tiêu", "các chỉ tiêu", &lines)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty())
        .then(|| format!("Số liệu {} theo từng đơn vị không kèm theo bản này.", told.join(" và ")))
}
