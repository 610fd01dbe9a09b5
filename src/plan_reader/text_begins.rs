//! Where the text begins under a heading: by the words that texts begin with, and by the length of a paragraph that was wrapped.

use super::lines::Line;
use super::markers::marker_of;
use super::words::Words;

/// Lines of a paragraph that are looked at.
const REACH: usize = 10;
/// Characters that no subject of the form takes behind its first line, and that a paragraph has.
const LONG: usize = 110;

/// Whether the line begins the text under a heading.
pub(super) fn begins_text(text: &str) -> bool {
    const BEGINS: &[&str] = &[
        "can cu",
        "thuc hien",
        "nham",
        "để",
        "theo",
        "tren co so",
        "xét",
        "trien khai",
        "tiep theo",
        "trong thoi gian",
        "thoi gian qua",
        "hien nay",
        "vua qua",
        "ngày",
        "ngay sau khi",
        "qua theo doi",
        "tiep tuc thuc hien",
        "phuc vu",
        "chap hanh",
        "thong nhat",
    ];
    let words = Words::of(text);
    if !words.is_capital(0) {
        return false;
    }
    if words.any(0, BEGINS).is_some() {
        return words.len() > 3;
    }
    // "Sở Tư pháp báo cáo …", "UBND tỉnh yêu cầu …".
    super::unit::unit_at(&words, 0).is_some_and(|(_, end)| {
        super::unit::verb_at(&words, end) || words.any(end, &["nhan duoc", "giao"]).is_some()
    }) || words.any(0, &["sau khi xem xet", "tiep nhan"]).is_some()
}

/// Whether a line with a capital, under a line of the subject, begins a paragraph that was wrapped: its lines end as a sentence does
/// and are longer together than any subject goes on.
pub(super) fn begins_paragraph(text: &str, later: &[Line]) -> bool {
    let mut length = text.chars().count();
    let mut last = text;
    for line in later.iter().take(REACH) {
        if last.ends_with(['.', ';', ':']) {
            break;
        }
        let apart = line.is_blank()
            || marker_of(&line.text, true).is_some()
            || super::blocks::is_title(&line.text)
            || line.text.starts_with('(')
            || begins_text(&line.text)
            || tells(&line.text);
        if apart {
            return false;
        }
        length += 1 + line.text.chars().count();
        last = &line.text;
    }
    last.ends_with(['.', ';', ':']) && (length > LONG || tells(text))
}

/// "Trong năm 2025, …", "Những năm qua, …": how texts that tell how things stand begin.
fn tells(text: &str) -> bool {
    const TELLS: &[&str] = &[
        "trong nam",
        "trong nhung nam",
        "nhung nam",
        "nam",
        "trong quy",
        "trong thang",
        "tu dau nam",
        "tinh den",
        "sau khi",
        "mac du",
        "voi muc tieu",
    ];
    let words = Words::of(text);
    words.is_capital(0) && words.any(0, TELLS).is_some()
}
