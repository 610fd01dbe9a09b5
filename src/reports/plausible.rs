//! Figures of a report that are possible and rarely right: more spent than was allotted, a large fall in a body that others
//! passed into. Pure; the check before sending points them out, and a remark or a tick explains them.

use super::{AskedIndicator, Content, Entry, Outline, Past, shown};
use crate::indicators::{cross_checks, falls_far};

/// One such figure: its code, what a confirmation is kept under, and a sentence.
pub struct Implausible {
    pub code: String,
    pub key: String,
    pub message: String,
    /// The unit has written a remark beside it.
    pub noted: bool,
}

/// All of a report, in the order of the declared pairs, then of the outline.
pub fn implausible(content: &Content, outline: &Outline, past: &Past) -> Vec<Implausible> {
    let noted = |asked: &AskedIndicator| {
        content.entries.get(&asked.id).is_some_and(|entry: &Entry| !entry.note.is_empty())
    };
    let by_code = |code: &str| outline.typed().find(|asked| asked.code == code);
    let pairs = cross_checks().filter_map(|check| by_code(check.part).zip(by_code(check.whole)));
    let larger = pairs.filter_map(|(part, whole)| {
        let (value, of) = (content.value(part.id)?, content.value(whole.id)?);
        let comparable = part.scale == whole.scale && part.measure_unit == whole.measure_unit;
        (comparable && value > of).then(|| Implausible {
            code: part.code.clone(),
            key: format!("larger:{}:{value}:{of}", part.code),
            message: format!(
                "{} {unit}, lớn hơn {} {unit} của {} {}. Kiểm tra hai số, hoặc ghi lý do vào ô Ghi chú.",
                shown(value, part),
                shown(of, whole),
                whole.code,
                whole.name,
                unit = part.measure_unit,
            ),
            noted: noted(part),
        })
    });
    let merged = past.same.as_ref().filter(|same| same.units.len() > 1);
    let fallen = outline.typed().filter_map(|asked| {
        let (now, before) = (content.value(asked.id)?, merged?.figures.get(&asked.id).copied()?);
        (!asked.is_bool() && falls_far(now, before)).then(|| Implausible {
            code: asked.code.clone(),
            key: format!("merged:{}:{now}:{before}", asked.code),
            message: format!(
                "{}, trong khi cùng kỳ năm trước các đơn vị nay đã sáp nhập có tất cả {}. Kiểm tra đã tính đủ chưa.",
                shown(now, asked),
                shown(before, asked),
            ),
            noted: noted(asked),
        })
    });
    larger.chain(fallen).collect()
}
