//! What stands inside a task: with whom it is done, and how much of it.

use super::reading::PlannedTask;
use super::unit_list::list_at;
use super::words::Words;
use crate::vietnamese::capital;

/// A task of this text.
pub(super) fn task(text: &str, lines: Vec<usize>) -> PlannedTask {
    let text = text.trim();
    let text = text.strip_suffix("./.").map_or(text, str::trim_end);
    let words = Words::of(text);
    PlannedTask {
        text: capital(text),
        cooperating: cooperating(&words),
        target: target(&words),
        complete_by: super::deadlines::deadline(&words),
        lines,
    }
}

/// "Phối hợp với Công an tỉnh, Sở Tư pháp và các cơ quan có liên quan …".
pub(super) fn cooperating(words: &Words<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(found) = words.find(at, "phoi hop") {
        let mut next = found + 2;
        if let Some(end) = words.any(
            next,
            &["chat che", "thuong xuyen", "dong bo", "thong nhat , chat che", "hieu qua", "thống nhất"],
        ) {
            next = end;
        }
        if words.is_mark(next, &[':']) {
            next += 1;
        }
        next = words.any(next, &["cùng với", "với", "cùng", "của", "giữa"]).unwrap_or(next);
        if let Some(list) = list_at(words, next) {
            for unit in list.units {
                if !all.contains(&unit) {
                    all.push(unit);
                }
            }
            next = next.max(list.end);
        }
        at = next.max(found + 2);
    }
    all
}

/// "đến 100%", "ít nhất 01 phóng sự/tháng", "tối thiểu 02 buổi mỗi quý".
pub(super) fn target(words: &Words<'_>) -> Option<String> {
    const FLOORS: &[&str] = &["it nhat", "tối thiểu", "toi thieu", "khong duoi", "khong it hon"];
    const SHARES: &[&str] = &[
        "dat tren",
        "dat ty le",
        "dat ty le tren",
        "đạt",
        "đến",
        "trên",
        "từ",
        "hơn",
        "dưới",
        "bảo đảm",
        "dam bao",
        "phan dau",
    ];
    let figure = |at: usize| {
        words
            .list
            .get(at)
            .is_some_and(|word| word.mark.is_none() && word.plain.starts_with(|c: char| c.is_ascii_digit()))
    };
    for at in 0..words.len() {
        let floor = words.any(at, FLOORS);
        if let Some(number) =
            floor.map(|end| words.any(end, &["từ", "đạt"]).unwrap_or(end)).filter(|number| figure(*number))
        {
            let from = period_before(words, at).unwrap_or(at);
            return Some(words.between(from, amount_end(words, number)).to_owned());
        }
        let percent = figure(at) && words.is_mark(at + 1, &['%']);
        if percent {
            let from =
                (at.saturating_sub(4)..at).find(|from| words.any(*from, SHARES).is_some_and(|end| end == at));
            let from =
                from.or_else(|| (at.saturating_sub(2)..at).find(|from| words.any(*from, FLOORS) == Some(at)));
            return Some(words.between(from.unwrap_or(at), and_more(words, at + 2)).to_owned());
        }
        let each = figure(at) && (at..(at + 8).min(words.len())).any(|here| rate(words, here, at));
        if each {
            return Some(
                words.between(period_before(words, at).unwrap_or(at), amount_end(words, at)).to_owned(),
            );
        }
    }
    None
}

/// "80% trở lên": a bound behind the number.
fn and_more(words: &Words<'_>, at: usize) -> usize {
    words.any(at, &["trở lên", "tro len", "trở xuống", "tro xuong"]).unwrap_or(at)
}

/// "mỗi tháng ít nhất …", "hằng quý tối thiểu …".
fn period_before(words: &Words<'_>, at: usize) -> Option<usize> {
    let from = at.checked_sub(2)?;
    let period = words.any(from, &["mỗi", "hằng", "hàng"]).is_some()
        && words.any(from + 1, &["tháng", "quý", "tuần", "năm", "ngày", "xã", "huyện"]).is_some();
    period.then_some(from)
}

/// "01 phóng sự/tháng": a unit of measure by a period, glued with a slash.
fn rate(words: &Words<'_>, here: usize, number: usize) -> bool {
    const PERIODS: [&str; 6] = ["/thang", "/quy", "/tuan", "/nam", "/ngay", "/xa"];
    let between = (number + 1..=here).all(|at| words.list[at].mark.is_none() || words.is_mark(at, &[',']));
    here > number && between && PERIODS.iter().any(|period| words.list[here].plain.ends_with(period))
}

/// The end of a quantity: its noun, and the period it is counted by.
fn amount_end(words: &Words<'_>, number: usize) -> usize {
    let mut end = number + 1;
    if words.is_mark(end, &['%']) {
        return and_more(words, end + 1);
    }
    if let Some(rated) = (number + 1..(number + 8).min(words.len())).find(|here| rate(words, *here, number)) {
        return rated + 1;
    }
    while end < words.len() && end < number + 7 {
        if let Some(each) = words.any(
            end,
            &[
                "mỗi tháng",
                "mỗi quý",
                "mỗi năm",
                "mỗi tuần",
                "hằng tháng",
                "hằng năm",
                "một tháng",
                "trong năm",
                "hàng tháng",
                "hàng năm",
            ],
        ) {
            return each;
        }
        // "tin, bài".
        let pair =
            words.is_mark(end, &[',']) && words.any(end + 1, &["bài", "ảnh", "clip", "phóng sự"]).is_some();
        if words.list[end].mark.is_some() && !pair || super::unit::stops(words, end) {
            break;
        }
        end += 1;
    }
    end
}
