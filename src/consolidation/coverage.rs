//! Who is in a consolidated report and who is not, for its paper and its workbook in the same words: how many reports it is made
//! from, and by name who declared nil, is exempt, waits to be received, is mending, has sent nothing. Pure.

use super::content::{EditionContent, MissingUnit};
use super::filings::was_sent;
use crate::periods::Progress;

/// Kinds of bodies whose names are said once for several of them.
const SHARED: [&str; 8] = [
    "UBND huyện ",
    "UBND thị xã ",
    "UBND thành phố ",
    "UBND xã ",
    "UBND phường ",
    "UBND thị trấn ",
    "UBND quận ",
    "Công an xã ",
];

/// Names as one says them together: "Sở Tư pháp; UBND các huyện Hiệp Hòa, Lục Nam".
pub fn names(units: &[&str]) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for unit in units {
        let kind = SHARED.iter().find(|kind| unit.starts_with(**kind));
        let Some(kind) = kind else {
            said.push((*unit).to_owned());
            continue;
        };
        if done.contains(kind) {
            continue;
        }
        done.push(kind);
        let places: Vec<&str> = units.iter().filter_map(|other| other.strip_prefix(*kind)).collect();
        said.push(match places.as_slice() {
            [_] => (*unit).to_owned(),
            places => {
                let (body, place) = kind.trim_end().split_once(' ').unwrap_or((kind, ""));
                let (body, place) =
                    if *kind == "Công an xã " { ("Công an", "xã") } else { (body, place) };
                format!("{body} các {place} {}", places.join(", "))
            }
        });
    }
    said.join("; ")
}

/// Why a report is not in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Sent, and not received yet.
    Waiting,
    /// Sent, and to be mended: it owes nothing that is called missing.
    Amending,
    /// Assigned, and not sent.
    NotSent,
    /// Asked (đề nghị), and not sent.
    NotSentOnRequest,
}

impl Absence {
    /// In the order they are told.
    pub const ALL: [Absence; 4] =
        [Absence::Waiting, Absence::Amending, Absence::NotSent, Absence::NotSentOnRequest];

    /// That of one unit.
    pub fn of(unit: &MissingUnit) -> Absence {
        match (was_sent(&unit.progress), unit.requested) {
            (true, _) if unit.progress == Progress::Amend.words() => Absence::Amending,
            (true, _) => Absence::Waiting,
            (false, false) => Absence::NotSent,
            (false, true) => Absence::NotSentOnRequest,
        }
    }

    /// What is said of the units: "chưa gửi báo cáo".
    pub fn words(self) -> &'static str {
        match self {
            Absence::Waiting => "đã gửi, đang được kiểm tra",
            Absence::Amending => "đã gửi, đang chỉnh lý theo đề nghị",
            Absence::NotSent => "chưa gửi báo cáo",
            Absence::NotSentOnRequest => "được đề nghị phối hợp, chưa gửi báo cáo",
        }
    }
}

/// The names of the units that are not in an edition for one reason, in protocol order.
pub fn absent(content: &EditionContent, why: Absence) -> Vec<&str> {
    let units = content.missing.iter().filter(|unit| Absence::of(unit) == why);
    units.map(|unit| unit.name.as_str()).collect()
}

/// What is said of units that a lower collector lacks.
pub const MISSING_BELOW: &str = "chưa có trong bản tổng hợp cấp dưới";

/// How the period was reported: how many reports it is made from, then [`standings`].
pub fn coverage(content: &EditionContent) -> String {
    let count = content.reporting();
    let made_from = format!("Báo cáo được tổng hợp từ báo cáo của {}/{} đơn vị.", count.reported, count.of);
    format!("{made_from} {}", standings(content)).trim_end().to_owned()
}

/// Who has declared that there was nothing, who is exempt, who has sent nothing, each named; "" where all have reported.
pub fn standings(content: &EditionContent) -> String {
    let nil: Vec<&str> = content
        .units
        .iter()
        .filter(|unit| unit.progress == Progress::Nil.words())
        .map(|unit| unit.name.as_str())
        .collect();
    let exempt: Vec<&str> = content
        .outside
        .iter()
        .filter(|unit| unit.progress == Progress::Exempt.words())
        .map(|unit| unit.name.as_str())
        .collect();
    let below = content.missing_below.iter().map(|unit| unit.name.as_str()).collect();
    let mut parts = vec![("báo cáo không phát sinh", nil), ("được miễn báo cáo", exempt)];
    parts.extend(Absence::ALL.map(|why| (why.words(), absent(content, why))));
    parts.push((MISSING_BELOW, below));
    let told = parts.into_iter().filter(|(_, units)| !units.is_empty()).map(|(words, units)| {
        let whose = if units.len() == 1 { "Đơn vị" } else { "Các đơn vị" };
        format!("{whose} {words}: {}.", names(&units))
    });
    told.collect::<Vec<_>>().join(" ")
}
