//! Numbers in a sentence: those that count something, told from those that name a day, a document, a clause or a year. What they
//! count and how sure they are is said elsewhere.

use super::number_words::number_of_words;
use super::prose::FigureDoubt;
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
    /// It counts something and names nothing.
    pub counts: bool,
    /// What a person has to look at.
    pub doubt: Option<FigureDoubt>,
}

/// The numbers of a sentence, but for the sign of a clause, read one by one: whoever needs no more of a long text stops asking.
pub(super) fn numbers(words: &Words<'_>) -> impl Iterator<Item = Number> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < words.len() {
            let Some(mut number) = number_at(words, at).or_else(|| symbol_at(words, at)) else {
                at += 1;
                continue;
            };
            at = number.to;
            number.counts = number.counts && counts(words, &number);
            // "Hai mươi năm" names nothing that is looked for; "1." before the words of a clause is its sign.
            let in_digits = words.list[number.from].plain.starts_with(|c: char| c.is_ascii_digit());
            let sign = number.from == 0 && words.is_mark(number.to, &['.', ')']);
            if !sign && (number.counts || in_digits) {
                return Some(number);
            }
        }
        None
    })
}

/// "20/01/2025", "13/KH-UBND", "2021-2025": digits that are no number.
fn symbol_at(words: &Words<'_>, at: usize) -> Option<Number> {
    let word = words.list.get(at)?;
    let symbol = word.mark.is_none() && word.plain.starts_with(|c: char| c.is_ascii_digit());
    symbol.then(|| Number {
        from: at,
        to: at + 1,
        typed: words.between(at, at + 1).to_owned(),
        percent: false,
        money: false,
        counts: false,
        doubt: None,
    })
}

/// A number that names something, with the words beside it that say what: "Điều 5", "ngày 20/01/2025", "6 tháng".
pub(super) fn name_of<'t>(words: &Words<'t>, number: &Number) -> &'t str {
    let leads = |at: usize| {
        let word = words.list.get(at).map_or("", |word| word.lower.as_str());
        word == "số" || NAMES.iter().any(|(name, _)| *name == word)
    };
    let from = match number.from {
        at if at >= 2 && words.any(at - 2, PHRASES) == Some(at) => at - 2,
        at if at >= 1 && leads(at - 1) => at - 1,
        at => at,
    };
    // "6 tháng"; the day behind "13/KH-UBND" is a name of its own.
    let plain = words.between(number.from, number.to).bytes().all(|b| b.is_ascii_digit());
    let to = if plain && is_time(words, number) { number.to + 1 } else { number.to };
    words.between(from, to)
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
    // "Tỷ lệ", "triệu tập", "tỷ số", "ngân sách": other words; "350 triệu so với cùng kỳ" is none.
    let other = matches!(word.lower.as_str(), "ngân" | "ti" | "ngăn")
        || words.list.get(at + 1).is_some_and(|next| matches!(next.lower.as_str(), "lệ" | "tập" | "số"));
    (is && !other).then(|| word.lower.clone())
}

fn number_at(words: &Words<'_>, at: usize) -> Option<Number> {
    let first = words.list.get(at)?;
    if first.mark.is_some() {
        return None;
    }
    let (mut typed, mut to, doubt) = match (glued(&first.lower), shortened(words, at)) {
        (Some((number, scale)), _) => (format!("{number} {scale}"), at + 1, None),
        (None, Some(typed)) => (typed, at + 1, Some(FigureDoubt::Shortened)),
        (None, None) => match (digits(&first.lower), range(words, at)) {
            (_, Some((lower, to))) => (lower, to, Some(FigureDoubt::Range)),
            (none, None) if none.is_empty() => return in_words(words, at),
            (number, None) => (number, at + 1, None),
        },
    };
    // "1 234 567": thousands set apart by spaces.
    if doubt.is_none() && typed.len() <= 3 && typed.bytes().all(|b| b.is_ascii_digit()) {
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
        typed.push(' ');
        typed.push_str(&scale);
        (scaled, to) = (true, to + 1);
        // "2 tỷ 350 triệu": another part follows.
        if let Some(next) = words.list.get(to)
            && !digits(&next.lower).is_empty()
            && multiplier(words, to + 1).is_some()
        {
            typed.push(' ');
            typed.push_str(&digits(&next.lower));
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
    Some(Number { from: at, to, typed, percent, money, counts: true, doubt })
}

/// "4,2tỷ".
fn glued(word: &str) -> Option<(String, String)> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, scale) = word.split_at(end);
    let known = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ"].contains(&scale);
    (known && !number.is_empty()).then(|| (number.to_owned(), scale.to_owned()))
}

/// "48k lượt xem", "2tr đồng" as "48 nghìn", "2 triệu"; none where nothing that is counted follows: "5K" is also what a rule is called.
fn shortened(words: &Words<'_>, at: usize) -> Option<String> {
    const COUNTED: &[&str] = &[
        "lượt",
        "view",
        "views",
        "người",
        "like",
        "likes",
        "follow",
        "follower",
        "thành viên",
        "tin",
        "bài",
        "đồng",
    ];
    let word = words.list.get(at)?.lower.as_str();
    let (number, scale) = [("k", "nghìn"), ("tr", "triệu")]
        .iter()
        .find_map(|(end, scale)| Some((word.strip_suffix(end)?, *scale)))?;
    let plain = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    let counted = words.any(at + 1, COUNTED).is_some();
    (plain && counted && number.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| format!("{number} {scale}"))
}

/// "Khoảng 30-40", "khoảng 30 - 40": the lower number, and the word after both.
fn range(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let about = words.list.get(at.checked_sub(1)?)?;
    if !["khoảng", "chừng", "ước", "tầm"].contains(&about.lower.as_str()) {
        return None;
    }
    let first = words.list.get(at)?.plain.as_str();
    let (lower, upper, to) = match first.split_once('-') {
        Some((lower, upper)) => (lower, upper, at + 1),
        None if words.is_mark(at + 1, &['-', '–']) => {
            (first, words.list.get(at + 2)?.plain.as_str(), at + 3)
        }
        None => return None,
    };
    let value =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    (value(lower)? < value(upper)?).then(|| (lower.to_owned(), to))
}

fn in_words(words: &Words<'_>, at: usize) -> Option<Number> {
    // The year or hundred that something is named after begins with a capital in the middle of a sentence.
    let text: Vec<&str> =
        words.list[at..words.len().min(at + 16)].iter().map(|word| word.lower.as_str()).collect();
    let (value, taken) = number_of_words(&text)?;
    let typed = value.to_string();
    Some(Number { from: at, to: at + taken, typed, percent: false, money: false, counts: true, doubt: None })
}

/// Words right before a number that make it a name, "Điều 5", with the words before them that make them others: "thí điểm 05".
const NAMES: &[(&str, &[&str])] = &[
    ("ngày", &["mỗi", "hằng", "hàng"]),
    ("tháng", &["mỗi", "hằng", "hàng"]),
    ("năm", &["mỗi", "hằng", "hàng"]),
    ("quý", &["mỗi", "hằng", "hàng"]),
    ("lúc", &[]),
    ("điều", &[]),
    ("khoản", &["tài"]),
    ("điểm", &["địa", "thời", "thí", "trọng", "cao", "quan", "ưu"]),
    ("mục", &["chuyên", "danh", "hạng"]),
    ("thứ", &[]),
    ("kỳ", &["cùng", "trong"]),
    ("khóa", &[]),
    ("khoá", &[]),
    ("chương", &[]),
    ("phần", &["thành", "cổ", "góp"]),
    ("mẫu", &["lấy"]),
    ("biểu", &["đại", "phát", "tiêu"]),
    ("lớp", &[]),
    ("hạng", &[]),
    ("tổ", &[]),
    ("nhóm", &[]),
    ("đường", &[]),
    ("trang", &["chuyên", "khẩu", "nghĩa"]),
    ("dòng", &[]),
];

/// Two words that do, of which the second alone says nothing: "giải quyết 15 vụ", "pháp luật 45 buổi", "cung cấp 30 tin".
const PHRASES: &[&str] = &[
    "nghị quyết",
    "nghị định",
    "quyết định",
    "quy định",
    "thông tư",
    "chỉ thị",
    "bộ luật",
    "công văn",
    "kế hoạch",
    "đề án",
    "dự án",
    "phụ lục",
    "đại hội",
    "thời đại",
    "quốc lộ",
    "tỉnh lộ",
    "hương lộ",
    "đại lộ",
    "trường cấp",
    "sinh cấp",
    "nhà cấp",
    "bão cấp",
    "gió cấp",
    "động cấp",
];

/// Whether the words before a number make it the name of a thing.
fn is_name(words: &Words<'_>, number: &Number) -> bool {
    // A share, a sum of money, a number of millions is no name.
    if number.percent || number.typed.contains(' ') {
        return false;
    }
    let before = |back: usize| number.from.checked_sub(back).and_then(|at| words.list.get(at));
    let other = |others: &[&str]| before(2).is_some_and(|word| others.contains(&word.lower.as_str()));
    let named = before(1).is_some_and(|word| {
        NAMES.iter().any(|(name, others)| *name == word.lower.as_str() && !other(others))
    });
    let phrased = number.from >= 2 && words.any(number.from - 2, PHRASES) == Some(number.from);
    // "Nghị quyết số 18", but "tổng số 18", "cơ sở 18".
    let signed = before(1).is_some_and(|word| word.lower == "số")
        && !before(2).is_some_and(|word| matches!(word.plain.as_str(), "tong" | "con" | "voi"));
    named || phrased || signed
}

/// Whether it counts something and names nothing.
fn counts(words: &Words<'_>, number: &Number) -> bool {
    let before = |back: usize| number.from.checked_sub(back).and_then(|at| words.list.get(at));
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
    !(is_time(words, number) || bracketed || year || joined || is_name(words, number))
}

/// Whether it counts months, days or hours.
fn is_time(words: &Words<'_>, number: &Number) -> bool {
    let next = |ahead: usize| words.list.get(number.to + ahead);
    next(0).is_some_and(|word| {
        matches!(word.lower.as_str(), "tháng" | "năm" | "ngày" | "giờ" | "phút" | "quý" | "tuần" | "h")
    }) && !next(1).is_some_and(|word| matches!(word.lower.as_str(), "hội" | "công"))
}
