//! Who is in a consolidated report and who is not, for the beginning of its text: how many reports it is made from, and by name
//! who declared nil, is exempt, waits to be received, is mending, has sent nothing. Pure.

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

/// How the period was reported, for the beginning of the text: how many reports it is made from; who has declared that
/// there was nothing, who is exempt, who has sent nothing, each named.
pub fn coverage(content: &EditionContent) -> String {
    let count = content.reporting();
    let mut said = format!("Báo cáo được tổng hợp từ báo cáo của {}/{} đơn vị.", count.reported, count.of);
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
    let amending = Progress::Amend.words();
    // Who has sent and waits here, or is mending, owes nothing that is called missing.
    let missing = |belongs: &dyn Fn(&MissingUnit) -> bool| -> Vec<&str> {
        content.missing.iter().filter(|unit| belongs(unit)).map(|unit| unit.name.as_str()).collect()
    };
    let compared =
        content.lines().any(|(_, line)| line.compared().is_some_and(|both| both.difference.is_some()));
    if compared {
        said.push_str(
            " Tăng, giảm là so với cùng kỳ năm trước, chỉ tính trên các đơn vị có số liệu ở cả hai kỳ.",
        );
    }
    let parts = [
        ("báo cáo không phát sinh", nil),
        ("được miễn báo cáo", exempt),
        (
            "đã gửi, đang được kiểm tra",
            missing(&|unit| was_sent(&unit.progress) && unit.progress != amending),
        ),
        ("đã gửi, đang chỉnh lý theo đề nghị", missing(&|unit| unit.progress == amending)),
        ("chưa gửi báo cáo", missing(&|unit| !was_sent(&unit.progress) && !unit.requested)),
        ("được đề nghị, chưa gửi báo cáo", missing(&|unit| !was_sent(&unit.progress) && unit.requested)),
        (
            "chưa có trong bản tổng hợp cấp dưới",
            content.missing_below.iter().map(|unit| unit.name.as_str()).collect(),
        ),
    ]
    .into_iter()
    .filter(|(_, units)| !units.is_empty())
    .map(|(words, units)| {
        let whose = if units.len() == 1 { "Đơn vị" } else { "Các đơn vị" };
        format!(" {whose} {words}: {}.", names(&units))
    });
    said.extend(parts);
    said
}
