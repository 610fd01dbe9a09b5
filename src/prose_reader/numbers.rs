//! Numbers in a sentence that count something, told from those that name a day, a document, a clause or a year. What they count
//! and how sure they are is said elsewhere.

use super::number_words::number_of_words;
use crate::plan_reader::words::Words;

/// A number, by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub from: usize,
    /// The word after it, and after what says it again in brackets.
    pub to: usize,
    /// As a cell takes it: "2 tỷ 350 triệu đồng".
    pub typed: String,
    pub percent: bool,
    pub money: bool,
}

/// The numbers of a sentence that count.
pub(super) fn numbers(words: &Words<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match number_at(words, at) {
            Some(number) => {
                at = number.to;
                if counts(words, &number) {
                    found.push(number);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Digits with their points, slips of a scanner read; "" for what is no number.
fn digits(text: &str) -> String {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return String::new();
    }
    let read = |c: char| match c {
        '0'..='9' | '.' | ',' => Some(c),
        'o' => Some('0'),
        'l' => Some('1'),
        _ => None,
    };
    text.chars().map(read).collect::<Option<String>>().unwrap_or_default()
}

fn multiplier(words: &Words<'_>, at: usize) -> Option<String> {
    let word = words.list.get(at)?;
    let is = matches!(word.plain.as_str(), "nghin" | "ngan" | "trieu" | "ty" | "ti");
    // "Tỷ lệ", "triệu tập", "ngân sách": other words.
    let other = matches!(word.lower.as_str(), "ngân" | "ti" | "ngăn")
        || words.list.get(at + 1).is_some_and(|next| matches!(next.plain.as_str(), "le" | "tap" | "so"));
    (is && !other).then(|| word.lower.clone())
}

fn number_at(words: &Words<'_>, at: usize) -> Option<Number> {
    let first = words.list.get(at)?;
    if first.mark.is_some() {
        return None;
    }
    let (mut typed, mut to) = match glued(&first.lower) {
        Some((number, scale)) => (format!("{number} {scale}"), at + 1),
        None => match digits(&first.lower) {
            none if none.is_empty() => return in_words(words, at),
            number => (number, at + 1),
        },
    };
    // "1 234 567": thousands set apart by spaces.
    if typed.len() <= 3 && typed.bytes().all(|b| b.is_ascii_digit()) {
        while let Some(next) = words.list.get(to)
            && next.lower.len() == 3
            && next.lower.bytes().all(|b| b.is_ascii_digit())
        {
            typed.push_str(&next.lower);
            to += 1;
        }
    }
    let mut scaled = typed.contains(' ');
    while let Some(scale) = multiplier(words, to) {
        typed = format!("{typed} {scale}");
        (scaled, to) = (true, to + 1);
        // "2 tỷ 350 triệu": another part follows.
        if let Some(next) = words.list.get(to)
            && !digits(&next.lower).is_empty()
            && multiplier(words, to + 1).is_some()
        {
            typed = format!("{typed} {}", digits(&next.lower));
            to += 1;
        }
    }
    let money = words.list.get(to).is_some_and(|word| word.lower == "đồng" || scaled && word.plain == "dong")
        && !words.list.get(to + 1).is_some_and(|word| matches!(word.plain.as_str(), "chi" | "bao" | "doi"));
    if money {
        typed.push_str(" đồng");
        to += 1;
    }
    let percent = words.is_mark(to, &['%']);
    if percent {
        to += 1;
    }
    // "05 (năm) buổi" says the number again.
    if words.is_mark(to, &['(']) {
        let close = words.closing(to);
        let inside: Vec<&str> = words
            .list
            .get(to + 1..close)
            .unwrap_or_default()
            .iter()
            .map(|word| word.lower.as_str())
            .collect();
        let again = number_of_words(&inside).is_some()
            || inside.len() == 1 && number_of_words(&[inside[0], "trăm"]).is_some();
        if again && words.is_mark(close, &[')']) {
            to = close + 1;
        }
    }
    Some(Number { from: at, to, typed, percent, money })
}

/// "4,2tỷ".
fn glued(word: &str) -> Option<(String, String)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, scale) = word.split_at(end);
    let known = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ"].contains(&scale);
    (known && !number.is_empty()).then(|| (number.to_owned(), scale.to_owned()))
}

fn in_words(words: &Words<'_>, at: usize) -> Option<Number> {
    // The year or hundred that something is named after begins with a capital in the middle of a sentence.
    let text: Vec<&str> =
        words.list[at..words.len().min(at + 16)].iter().map(|word| word.lower.as_str()).collect();
    let (value, taken) = number_of_words(&text)?;
    Some(Number { from: at, to: at + taken, typed: value.to_string(), percent: false, money: false })
}

/// Whether it counts something and names nothing.
fn counts(words: &Words<'_>, number: &Number) -> bool {
    const NAMES: &[&str] = &[
        "ngày",
        "tháng",
        "năm",
        "quý",
        "điều",
        "khoản",
        "điểm",
        "mục",
        "thứ",
        "kỳ",
        "khóa",
        "khoá",
        "chương",
        "phần",
        "lục",
        "mẫu",
        "biểu",
        "lộ",
        "chị",
        "định",
        "lớp",
        "hạng",
        "cấp",
        "quyết",
        "thị",
        "án",
        "hoạch",
        "luật",
        "tư",
        "văn",
        "lúc",
        "tổ",
        "nhóm",
        "đại",
        "hội",
        "đường",
        "trang",
        "dòng",
    ];
    let before = |back: usize| number.from.checked_sub(back).and_then(|at| words.list.get(at));
    let next = |ahead: usize| words.list.get(number.to + ahead);
    let named = before(1).is_some_and(|word| NAMES.contains(&word.lower.as_str()));
    // "Nghị quyết số 18", but "tổng số 18".
    let signed = before(1).is_some_and(|word| word.plain == "so")
        && !before(2).is_some_and(|word| matches!(word.plain.as_str(), "tong" | "con" | "voi"));
    let time = next(0).is_some_and(|word| {
        matches!(word.lower.as_str(), "tháng" | "năm" | "ngày" | "giờ" | "phút" | "quý" | "tuần" | "h")
    }) && !next(1).is_some_and(|word| matches!(word.lower.as_str(), "hội" | "công"));
    let bracketed = words.is_mark(number.from.wrapping_sub(1), &['(']) && words.is_mark(number.to, &[')']);
    let plain = number.typed.bytes().all(|b| b.is_ascii_digit());
    let year = plain && number.typed.len() == 4 && {
        let value: u32 = number.typed.parse().unwrap_or_default();
        (1945..2100).contains(&value)
            && !before(1)
                .is_some_and(|word| matches!(word.plain.as_str(), "gan" | "hon" | "tren" | "khoang" | "duoc"))
    };
    // "2021 - 2025", "COVID - 19".
    let joined = words.is_mark(number.from.wrapping_sub(1), &['-', '/', '&']);
    // "1." before the words of a clause.
    let sign = number.from == 0 && words.is_mark(number.to, &['.', ')']);
    !(sign || named && !number.percent || signed || time || bracketed || year || joined)
}
