//! The names a form may use, and what they are called: of the edition, of an indicator's totals, and in a repeated row of a
//! unit and its figures. Before there is an edition they are told from the catalogue.

use crate::consolidation::content::EditionContent;
use crate::form_filler::Known;

/// A name, or what follows an indicator's code and a dot, and its words.
pub type Named = (&'static str, &'static str);

/// Names with one value in an edition.
pub const EDITION: [Named; 13] = [
    ("province.name", "tên tỉnh, thành phố"),
    ("province.code", "mã tỉnh, thành phố"),
    ("agency.name", "cơ quan tổng hợp"),
    ("regime.name", "tên chế độ báo cáo"),
    ("period.label", "tên kỳ báo cáo"),
    ("period.from", "số liệu từ ngày"),
    ("period.to", "số liệu đến ngày"),
    ("edition.number", "bản tổng hợp lần thứ"),
    ("edition.date", "ngày lập bản tổng hợp"),
    ("document.number", "số của văn bản"),
    ("document.date", "ngày của văn bản"),
    ("units.reported", "số đơn vị đã có báo cáo"),
    ("units.owed", "số đơn vị phải báo cáo"),
];
/// What an indicator has for the whole province.
pub const OF_INDICATOR: [Named; 8] = [
    ("total", "số của kỳ này"),
    ("same_period", "số cùng kỳ năm trước"),
    ("cumulative", "lũy kế từ đầu năm"),
    ("difference", "tăng, giảm so với cùng kỳ"),
    ("percent", "tỷ lệ tăng, giảm so với cùng kỳ"),
    ("given", "số đơn vị có số liệu"),
    ("asked", "số đơn vị được hỏi"),
    ("note", "ghi chú"),
];
/// Names of the unit of a repeated row.
pub const UNIT: [Named; 5] = [
    ("unit.order", "số thứ tự đơn vị"),
    ("unit.name", "tên đơn vị"),
    ("unit.code", "mã đơn vị"),
    ("unit.kind", "loại đơn vị"),
    ("unit.progress", "tiến độ của đơn vị"),
];
/// What an indicator has in a unit's row.
pub const OF_UNIT: [Named; 3] = [
    ("value", "số của đơn vị"),
    ("same_period_value", "số cùng kỳ của đơn vị"),
    ("remark", "ghi chú của đơn vị"),
];
/// What marks a row to be repeated.
pub const ROW: Named = ("units", "lặp dòng này cho từng đơn vị");

/// Every name that can be filled from an edition.
pub fn known(content: &EditionContent) -> Known {
    known_of(content.lines().map(|(_, line)| line.code.as_str()))
}

/// Every name there is where these indicators are asked.
pub fn known_of<'a>(codes: impl Iterator<Item = &'a str>) -> Known {
    let mut known = Known::default();
    known.once.extend(EDITION.iter().map(|(name, _)| (*name).to_owned()));
    known.of_unit.extend(UNIT.iter().map(|(name, _)| (*name).to_owned()));
    for code in codes {
        known.once.extend(OF_INDICATOR.iter().map(|(name, _)| of(code, name)));
        known.of_unit.extend(OF_UNIT.iter().map(|(name, _)| of(code, name)));
    }
    known
}

/// The name of something of an indicator: "D02.total".
pub fn of(code: &str, name: &str) -> String {
    format!("{code}.{name}")
}

/// What a name is called: "D02, số của kỳ này".
pub fn words(name: &str) -> String {
    let plain = EDITION.iter().chain(&UNIT).chain([&ROW]).find(|(known, _)| *known == name);
    if let Some((_, words)) = plain {
        return (*words).to_owned();
    }
    let of_code = name.rsplit_once('.').and_then(|(code, rest)| {
        let found = OF_INDICATOR.iter().chain(&OF_UNIT).find(|(known, _)| *known == rest)?;
        Some(format!("{code}, {}", found.1))
    });
    of_code.unwrap_or_else(|| name.to_owned())
}
