//! The cycles a sentence names: "06 tháng, 01 năm", "hằng quý", "định kỳ, đột xuất theo yêu cầu".

use super::due::DueAt;
use super::reading::DutyKind;
use super::words::Words;

/// A cycle and the word that names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    /// None: nine months, which no regime holds.
    pub kind: Option<DutyKind>,
    pub at: usize,
    /// "Hằng năm", which says of a half-year report too how often its day comes back.
    pub weak: bool,
}

/// The cycles, in order, each once. Words of a day ("tháng cuối quý") name none; "hằng năm" names one only where
/// no other is named, because it mostly says how often a day comes back.
pub(super) fn periods(words: &Words<'_>, due: &[DueAt]) -> Vec<Period> {
    let mut found: Vec<Period> = Vec::new();
    let mut yearly = None;
    let mut at = 0;
    while at < words.len() {
        if let Some(inside) = due.iter().find(|due| (due.from..due.to).contains(&at)) {
            if words.any(at, &["hang nam", "hằng năm", "mỗi năm"]).is_some() {
                yearly = yearly.or(Some(at));
            }
            at = (at + 1).min(inside.to);
            continue;
        }
        let (kind, end) = match named(words, at) {
            Some(found) => found,
            None => {
                if words.any(at, &["hang nam", "hằng năm", "mỗi năm"]).is_some() {
                    // "06 tháng, hằng năm": one more cycle, not how often a day comes back.
                    let listed =
                        at > 0 && (words.is_mark(at - 1, &[',']) || words.phrase(at - 1, "và").is_some());
                    let dated = due.iter().any(|due| due.from == at + 2 || due.from == at + 3);
                    if (listed && due.is_empty() || dated) && !found.is_empty() {
                        found.push(Period { kind: Some(DutyKind::Year), at, weak: false });
                    }
                    yearly = yearly.or(Some(at));
                }
                at += 1;
                continue;
            }
        };
        if let Some(kind) = kind
            && !found.iter().any(|period| period.kind == kind)
        {
            found.push(Period { kind, at, weak: false });
        }
        at = end.max(at + 1);
    }
    if !found.iter().any(|period| period.kind != Some(DutyKind::AdHoc))
        && let Some(at) = yearly
    {
        found.push(Period { kind: Some(DutyKind::Year), at, weak: true });
    }
    found
}

/// The cycles outside the due words, in order, as often as they are named: "quý I …, 6 tháng …, quý III …".
pub(super) fn mentions(words: &Words<'_>, due: &[DueAt]) -> Vec<Period> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let inside = due.iter().any(|due| (due.from..due.to).contains(&at));
        let (kind, end) = named(words, at).filter(|_| !inside).unwrap_or((None, at + 1));
        found.extend(kind.map(|kind| Period { kind, at, weak: false }));
        at = end.max(at + 1);
    }
    found
}

/// Whether the sentence speaks of something that comes back.
pub(super) fn recurrent(words: &Words<'_>) -> bool {
    words.has_any(&["dinh ky", "hang nam", "hằng năm", "mỗi năm"])
}

/// A cycle, of which the inner none is nine months; none for words that look like one.
type Named = Option<Option<DutyKind>>;

/// A cycle named from this word on; nothing for words that look like one and are none.
fn named(words: &Words<'_>, at: usize) -> Option<(Named, usize)> {
    if let Some(end) = words.any(at, &["dot xuat", "chuyen de"]) {
        return Some((Some(Some(DutyKind::AdHoc)), end));
    }
    let months = words.number(at).or_else(|| (words.any(at, &["sáu"]).is_some()).then_some(6));
    if let (Some(number), Some(end)) = (months, words.phrase(at + 1, "thang")) {
        let span = at > 0 && words.any(at - 1, &["trong", "vòng", "sau", "hạn", "ngày", "tháng"]).is_some();
        let end = words.any(end, &["dau nam", "cuoi nam", "đầu năm", "cuối năm"]).unwrap_or(end);
        let kind = match number {
            6 if !span => Some(Some(DutyKind::HalfYear)),
            9 if !span => Some(None),
            3 if !span => Some(Some(DutyKind::Quarter)),
            1 if !span && words.list[at].mark.is_none() => Some(Some(DutyKind::Month)),
            _ => None,
        };
        // "ngày 15 tháng 6 năm 2025" and "tháng 01 năm 2025" are days.
        let year = words.phrase(end, "nam").filter(|year| words.number(*year).is_some());
        return Some((kind, year.map_or(end, |year| year + 1)));
    }
    let one = words.number(at) == Some(1) || words.any(at, &["một"]).is_some();
    // "Một năm hai lần" says how often, "một năm (trước ngày 05/12)" is a cycle.
    if one && words.any(at + 1, &["năm", "nam"]).is_some() && words.number(at + 2).is_none() {
        return Some((Some(Some(DutyKind::Year)), at + 2));
    }
    if let Some(end) = words.any(at, &["hang quy", "hằng quý", "mỗi quý", "quý"]) {
        let person = words.any(end, &["co quan", "don vi", "vi", "ông", "bà", "đồng chí"]).is_some();
        return Some(((!person).then_some(Some(DutyKind::Quarter)), end));
    }
    if let Some(end) = words.any(at, &["hang thang", "hằng tháng", "mỗi tháng", "bao cao tháng"]) {
        return Some((Some(Some(DutyKind::Month)), end));
    }
    if words.phrase(at, "tháng").is_some()
        && words.any(at + 1, &[", quý", ", 6", ", 06", ", năm", "và quý"]).is_some()
    {
        return Some((Some(Some(DutyKind::Month)), at + 1));
    }
    year(words, at)
}

/// "báo cáo năm", "tổng kết năm", "6 tháng, năm", "cả năm", "báo cáo năm 2025".
fn year(words: &Words<'_>, at: usize) -> Option<(Named, usize)> {
    let end = words.any(at, &["năm"])?;
    // "…; năm gửi chậm nhất ngày 14/12": a part of a sentence that begins with it.
    let Some(before) = at.checked_sub(1) else {
        let begins =
            words.any(end, &["gửi", "gui", "nộp", "bao cao", "trước", "cham nhat", ":", "("]).is_some();
        return begins.then_some((Some(Some(DutyKind::Year)), end));
    };
    let closes = words.any(before, &["cả", "tổng kết"]).is_some()
        || words.is_mark(before, &[',', '(', '/'])
        || words.any(before, &["và", "hoặc", "cuối"]).is_some();
    let of = at >= 2 && words.any(at - 2, &["bao cao", "ket qua", "tong ket"]).is_some_and(|end| end == at);
    let numbered = words.number(end).is_some_and(|year| year > 1900);
    if numbered {
        return Some((of.then_some(Some(DutyKind::Year)), end + 1));
    }
    let first_half = words.any(before, &["đầu"]).is_some();
    ((closes || of) && !first_half).then_some((Some(Some(DutyKind::Year)), end))
}
