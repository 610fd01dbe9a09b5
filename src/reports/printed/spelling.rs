//! How a signed paper spells what lists and notes abbreviate: short names written out, numbers of documents after "số". Pure.

use crate::documents::Chapter;

const SHORT: &str = "THNCĐ";
const LONG: &str = "tái hòa nhập cộng đồng";

/// Kinds of documents whose number is said with "số".
const NUMBERED: [&str; 8] =
    ["Kế hoạch", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Công văn", "Hướng dẫn", "Chương trình"];

/// Short names of the program's own lists have no place in a signed paper.
pub(super) fn spelt_out(text: &str) -> String {
    text.replace(SHORT, LONG)
}

/// "Kế hoạch số 563/KH-BCA-C11" for "Kế hoạch 563/KH-BCA-C11", as NĐ 30/2020 names a document.
pub(super) fn with_number_word(text: &str) -> String {
    let mut said = text.to_owned();
    for kind in NUMBERED {
        let mut from = 0;
        while let Some(at) = said[from..].find(kind).map(|at| from + at + kind.len()) {
            from = at;
            let Some(rest) = said[at..].strip_prefix(' ') else { continue };
            let number = rest.split([' ', ',', ';', ')']).next().unwrap_or_default();
            let counted = number.split_once('/').filter(|(number, symbol)| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !symbol.is_empty()
            });
            if let Some((counted, _)) = counted {
                // Numbers under ten take a zero.
                let word = if counted.len() == 1 { " số 0" } else { " số " };
                said.replace_range(at..=at, word);
            }
        }
    }
    said
}

/// What a unit abbreviates is written out where it first stands, with the abbreviation behind it.
pub(super) fn explained(mut chapters: Vec<Chapter>) -> Vec<Chapter> {
    let texts = chapters.iter_mut().flat_map(|chapter| {
        let parts = chapter.parts.iter_mut().flat_map(|part| {
            let lines = part.lines.iter_mut().flat_map(|line| [&mut line.lead, &mut line.text]);
            std::iter::once(&mut part.text).chain(lines)
        });
        std::iter::once(&mut chapter.text).chain(parts)
    });
    for text in texts {
        let Some(at) = text.find(SHORT) else { continue };
        // It may say so itself: "tái hòa nhập cộng đồng (THNCĐ)".
        if !text[..at].ends_with('(') {
            text.replace_range(at..at + SHORT.len(), &format!("{LONG} ({SHORT})"));
        }
        break;
    }
    chapters
}
