//! Whom a duty is sent to, and through whom.

use super::unit_list::list_at;
use super::unit_words::OFFICES;
use super::words::Words;

/// Words of a name in brackets at most.
const LONGEST: usize = 16;

/// "về UBND tỉnh", "gửi Công an tỉnh", "báo cáo UBND tỉnh".
pub(super) fn to(words: &Words<'_>, outside: &dyn Fn(usize) -> bool) -> Option<String> {
    const TOWARDS: &[&str] =
        &["gửi về", "gui ve", "gửi đến", "gửi cho", "về", "gửi", "gui", "cho", "trình", "bao cao"];
    for at in 0..words.len() {
        let Some(start) = words.any(at, TOWARDS).filter(|_| outside(at)) else { continue };
        if words.phrase(at, "cho").is_some() && at > 0 && words.any(at - 1, &["gửi", "bao cao"]).is_none() {
            continue;
        }
        // "báo cáo Giám đốc Sở": the head of the writer's own body.
        if list_at(words, start).is_none()
            && let Some(end) = words.known(start, &OFFICES)
        {
            let end = if words.any(end, &["sở", "ban", "bộ"]).is_some() { end + 1 } else { end };
            return Some(words.between(start, end).to_owned());
        }
        // "Gửi C11 theo dõi": a division by its letters and number.
        if is_division(words, start) {
            return Some(words.between(start, start + 1).to_owned());
        }
        // "Báo cáo Sở": the writer's own body.
        if words.any(start, &["sở", "ban", "cục", "bộ", "phòng"]).is_some()
            && words.is_capital(start)
            && !words.is_capital(start + 1)
            && list_at(words, start).is_none()
        {
            return Some(words.between(start, start + 1).to_owned());
        }
        if let Some(list) = list_at(words, start) {
            let end = list.end;
            let text = words.between(start, end);
            let text = text.split(" (qua").next().unwrap_or(text);
            return Some(text.trim().to_owned());
        }
    }
    None
}

/// "C11", "PC10", "PV01": capitals and a number, as the police name their divisions.
fn is_division(words: &Words<'_>, at: usize) -> bool {
    words.list.get(at).is_some_and(|word| {
        let written = &words.text[word.from..word.to];
        let letters = written.chars().take_while(char::is_ascii_uppercase).count();
        let digits = &written[letters..];
        (1..=3).contains(&letters)
            && (1..=2).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// "(qua Công an tỉnh)", "thông qua Sở Nội vụ", "(qua PC10)".
pub(super) fn via(words: &Words<'_>) -> Option<String> {
    (0..words.len()).find_map(|at| {
        let start = words.any(at, &["qua", "thong qua"])?;
        let open = at.checked_sub(1).filter(|open| words.is_mark(*open, &['(']));
        if let Some(list) = list_at(words, start) {
            let end =
                open.and_then(|open| whole_name(words, list.end, words.closing(open))).unwrap_or(list.end);
            return Some(words.between(start, end).to_owned());
        }
        // A division by its letters, in brackets.
        let close = words.closing(open?);
        (words.is_capital(start) && close - start <= 6).then(|| words.between(start, close).to_owned())
    })
}

/// Where a name in brackets ends that nobody knows whole: "(qua Phòng Cảnh sát QLHC về TTXH)". None where what follows is no name.
fn whole_name(words: &Words<'_>, end: usize, close: usize) -> Option<usize> {
    let stops = |at: usize| {
        words.is_mark(at, &[',', ';', ':'])
            || words
                .any(at, &["để", "trước", "chậm nhất", "tong hop", "theo", "vào", "bằng", "định kỳ", "cùng"])
                .is_some()
    };
    let to = (end..close).find(|at| stops(*at)).unwrap_or(close);
    (to > end && to - end <= LONGEST).then_some(to)
}
