//! The pieces of a heading block, one line at a time: number and symbol, place and day, the kind of document, the
//! names of bodies over several lines.

use super::dates::long_date;
use super::reading::{Found, PartDate, Sure};
use super::title_case::named_case;
use super::words::{Words, digits, plain};

/// Kinds as titles name them, folded, and their names.
const KINDS: &[(&str, &str)] = &[
    ("ke hoach lien tich", "Kế hoạch liên tịch"),
    ("ke hoach phoi hop", "Kế hoạch phối hợp"),
    ("chuong trinh phoi hop", "Chương trình phối hợp"),
    ("chuong trinh hanh dong", "Chương trình hành động"),
    ("nghi quyet lien tich", "Nghị quyết liên tịch"),
    ("ke hoach", "Kế hoạch"),
    ("bao cao", "Báo cáo"),
    ("quyet dinh", "Quyết định"),
    ("chi thi", "Chỉ thị"),
    ("to trinh", "Tờ trình"),
    ("huong dan", "Hướng dẫn"),
    ("thong bao", "Thông báo"),
    ("thong tri", "Thông tri"),
    ("chuong trinh", "Chương trình"),
    ("nghi quyet", "Nghị quyết"),
    ("ket luan", "Kết luận"),
    ("de an", "Đề án"),
    ("phuong an", "Phương án"),
    ("cong dien", "Công điện"),
    ("cong van", "Công văn"),
    ("quy che", "Quy chế"),
    ("quy dinh", "Quy định"),
    ("bien ban", "Biên bản"),
    ("giay moi", "Giấy mời"),
];

/// Kinds as symbols shorten them (phụ lục III of NĐ 30/2020, and the Party's).
const SYMBOLS: &[(&str, &str)] = &[
    ("KH", "Kế hoạch"),
    ("BC", "Báo cáo"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("TTR", "Tờ trình"),
    ("HD", "Hướng dẫn"),
    ("TB", "Thông báo"),
    ("CTR", "Chương trình"),
    ("NQ", "Nghị quyết"),
    ("KL", "Kết luận"),
    ("ĐA", "Đề án"),
    ("PA", "Phương án"),
    ("CĐ", "Công điện"),
    ("CV", "Công văn"),
    ("QC", "Quy chế"),
    ("BB", "Biên bản"),
    ("GM", "Giấy mời"),
];

/// The kind a title line names, and what stands after it in the line.
pub(super) fn kind_line(text: &str) -> Option<(&'static str, &str)> {
    let words = Words::of(text);
    let (name, end) = KINDS.iter().find_map(|(key, name)| Some((*name, words.phrase(0, key)?)))?;
    let rest = words.rest(end).trim_start_matches([':', ' ']);
    let title = super::blocks::is_title(words.between(0, end));
    // In small letters only when nothing else stands in the line: "Kế hoạch này …" is a sentence.
    (title && words.list.first().is_some_and(|word| word.from == 0) || rest.is_empty())
        .then_some((name, rest))
}

/// The kind a symbol names: "KH-UBND", "CT/TU"; a symbol that begins with a body is a letter's.
pub(super) fn kind_of_symbol(symbol: &str) -> Option<&'static str> {
    let first = symbol.split(['-', '/']).next()?.to_uppercase();
    let kind = SYMBOLS
        .iter()
        .find(|(short, _)| *short == first || first == plain(short).to_uppercase() && short.len() > 2);
    kind.map(|(_, name)| *name).or(Some("Công văn"))
}

/// Number and symbol of a line.
pub(super) struct Numbered<'t> {
    pub number: Option<String>,
    pub symbol: Option<String>,
    /// What follows in the line.
    pub rest: &'t str,
}

/// "Số: 13/KH-UBND", "Số:      /KH-STTTT", "Số 04-CT/TU".
pub(super) fn numbered(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim_start_matches(['*', ' ']);
    let after = ["Số", "SỐ", "Sô", "So", "Sớ", "số"].iter().find_map(|word| text.strip_prefix(word))?;
    if !after.starts_with([':', ' ', '.', '…', '/']) && !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = after.trim_start_matches([':', ' ', '.', '…', '_']);
    let cut = after.find(['/', '-', ' ', '.', '…', '_']).unwrap_or(after.len());
    let token = &after[..cut];
    let letters = token.trim_end_matches(|c: char| c.is_ascii_lowercase() && c != 'l' && c != 'o');
    let number = (!token.is_empty() && token.len() <= 6 && token.bytes().any(|b| b.is_ascii_digit()))
        .then(|| digits(letters).map(|digits| digits + &token[letters.len()..]))
        .flatten();
    if number.is_none() && !token.is_empty() {
        return None;
    }
    let tail = after[cut..].trim_start_matches([' ', '.', '…', '_']);
    let Some(tail) = tail.strip_prefix(['/', '-']) else {
        return number.is_some().then_some(Numbered { number, symbol: None, rest: tail });
    };
    let tail = tail.trim_start();
    // The symbol goes on over "KH - UBND" and "CAT- CSTHAHS&HTTP".
    let mut end = 0;
    let mut open = true;
    for word in tail.split_inclusive(' ') {
        let bare = word.trim();
        let first = bare.chars().next();
        let hyphen = first.is_some_and(|c| matches!(c, '-' | '–' | '&' | '/'));
        if !open && !hyphen {
            break;
        }
        if open && !hyphen && end > 0 && !bare.chars().all(|c| !c.is_lowercase() || c == 'r') {
            break;
        }
        end += word.len();
        open = bare.ends_with(['-', '–', '&', '/']);
    }
    let symbol: String =
        tail[..end].chars().filter(|c| !c.is_whitespace()).map(|c| if c == '–' { '-' } else { c }).collect();
    let symbol = symbol.trim_end_matches(['-', ',', '.', ';']).to_owned();
    let sound = symbol.chars().any(char::is_uppercase) && symbol.chars().count() <= 40;
    sound.then(|| Numbered { number, symbol: Some(symbol), rest: tail[end..].trim() })
}

/// Place and day of a line.
pub(super) struct Dated<'t> {
    pub place: &'t str,
    pub date: PartDate,
    /// Everything before the day: the place, or number and place together.
    pub before: &'t str,
}

/// "Bắc Giang, ngày   tháng 01 năm 2025".
pub(super) fn place_and_date(text: &str) -> Option<Dated<'_>> {
    let words = Words::of(text);
    let (at, date, end) = long_date(&words)?;
    // A day inside a sentence goes on with words; "Căn cứ Luật … ngày …;" is a document that is cited.
    if words.len() > end + 1 || words.any(0, &["can cu", "thuc hien", "xét"]).is_some() {
        return None;
    }
    let before = &text[..words.list[at].from];
    Some(Dated { place: before.trim().trim_end_matches(',').trim(), date, before })
}

/// Whether a line of capitals names a body: the beginning of a heading block.
pub(super) fn is_body(text: &str) -> bool {
    begins_body(&plain(text))
}

fn begins_body(folded: &str) -> bool {
    const BODIES: &[&str] = &[
        "ubnd",
        "uy ban",
        "hdnd",
        "hoi dong",
        "so ",
        "bo ",
        "cong an",
        "ban ",
        "tinh uy",
        "thanh uy",
        "huyen uy",
        "dang bo",
        "dang uy",
        "hoi ",
        "dai ",
        "bao ",
        "cuc ",
        "chi cuc",
        "tong cuc",
        "phong ",
        "trung tam",
        "truong ",
        "vien ",
        "toa an",
        "bao hiem",
        "ngan hang",
        "lien doan",
        "lien minh",
        "tinh doan",
        "thanh doan",
        "doan ",
        "mttq",
        "mat tran",
        "ubmttq",
        "van phong",
        "thanh tra",
        "kho bac",
        "chi nhanh",
        "thu tuong",
        "chinh phu",
        "quoc hoi",
        "vien kiem sat",
        "to cong tac",
        "bch",
        "nhcsxh",
        "tap doan",
        "cong ty",
    ];
    BODIES.iter().any(|body| folded.starts_with(body))
}

/// Superior and issuer from the lines of names: the last body issues, the one above it is its superior.
pub(super) fn issuers(lines: &[(String, usize)]) -> (Option<Found<String>>, Option<Found<String>>) {
    let mut bodies: Vec<(String, Vec<usize>)> = Vec::new();
    for (text, line) in lines {
        let folded = plain(text);
        let open = bodies.last().is_some_and(|(last, _)| {
            last.ends_with(['-', ','])
                || plain(last).ends_with(" va")
                || plain(last).ends_with(" viet nam") && folded.starts_with("tinh")
        });
        if begins_body(&folded) && !open {
            bodies.push((text.clone(), vec![*line]));
        } else if let Some((last, numbers)) = bodies.last_mut() {
            last.push(' ');
            last.push_str(text);
            numbers.push(*line);
        }
    }
    let named = |(text, lines): (String, Vec<usize>)| Found {
        value: named_case(text.trim()),
        lines,
        sure: Sure::Certain,
    };
    let issuer = bodies.pop().map(named);
    (bodies.pop().map(named), issuer)
}
