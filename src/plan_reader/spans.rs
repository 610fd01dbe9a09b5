//! Days that say what is counted and not by when it is sent: "số liệu tính từ ngày 15/12 năm trước đến ngày 14/12 của năm báo cáo",
//! as nghị định 09/2019/NĐ-CP (điều 12) words it. Stands before the due words.

use super::dates::{date_at, day_month_at};
use super::words::Words;

/// Words between the two days of a span at most.
const REACH: usize = 16;

/// The end of the days that are counted, where words of counting begin here.
pub(super) fn counted(words: &Words<'_>, at: usize) -> Option<usize> {
    const COUNTS: &[&str] = &[
        "chot so lieu",
        "so lieu tinh",
        "so lieu duoc tinh",
        "so lieu bao cao tinh",
        "so lieu bao cao duoc tinh",
        "tinh so lieu",
        "lay so lieu",
        "so lieu lay",
        "so lieu chot",
        "so lieu duoc chot",
        "moc so lieu",
    ];
    if let Some(from) = words.any(at, COUNTS) {
        let ends = |at: usize| words.is_mark(at, &[',', ';', ')', '.']);
        let first = (from..words.len().min(from + REACH)).find(|at| day_at(words, *at).is_some())?;
        return Some((first..words.len()).find(|at| ends(*at)).unwrap_or(words.len()));
    }
    let from =
        words.any(at, &["từ ngay", "tu ngay"]).map(|end| end - 1).or_else(|| words.any(at, &["từ"]))?;
    let first = day_at(words, from)?;
    let until = (first..words.len().min(first + REACH)).find(|at| words.any(*at, &["đến"]).is_some())?;
    let between = (first..until).all(|at| !words.is_mark(at, &[';', '.']));
    let next = words.any(until, &["đến het", "đến"]).filter(|_| between)?;
    let end = day_at(words, next)?;
    let of = words.any(end, &["của", "tháng cuối", "thuoc"]).unwrap_or(end);
    Some(
        words
            .any(
                of,
                &[
                    "năm bao cao",
                    "năm nay",
                    "cung năm",
                    "tháng bao cao",
                    "quý bao cao",
                    "ky bao cao",
                    "thang cuoi quý thuoc ky bao cao",
                    "thang cuoi quý",
                    "tháng thuoc ky bao cao",
                    "năm thuoc ky bao cao",
                ],
            )
            .unwrap_or(end),
    )
}

/// The end of a day, with its month or without.
fn day_at(words: &Words<'_>, at: usize) -> Option<usize> {
    let here = words.phrase(at, "ngay").unwrap_or(at);
    if let Some((_, end)) = date_at(words, here) {
        return Some(end);
    }
    if let Some((_, _, end)) = day_month_at(words, here) {
        return Some(end);
    }
    let number = words.number(here).filter(|day| (1..=31).contains(day) && here > at);
    number.map(|_| match words.phrase(here + 1, "thang") {
        Some(month) if words.number(month).is_some() => month + 1,
        _ => here + 1,
    })
}
