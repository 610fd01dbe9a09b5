//! A name of a body as one key, however it is abbreviated: "UBND H. Lục Nam", "ubnd huyện lục nam". What search keys write out
//! is written out by them; here are the abbreviations that mean something only at their place in such a name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::vietnamese::{clean_line, search_key};

/// Words of folded text, and what they stand for, wherever they stand.
const ANYWHERE: &[(&str, &str)] = &[
    ("ca", "công an"),
    ("cat", "công an tỉnh"),
    ("catp", "công an thành phố"),
    ("cah", "công an huyện"),
    ("catx", "công an thị xã"),
    ("caq", "công an quận"),
    ("cax", "công an xã"),
    ("cap", "công an phường"),
    ("tx", "thị xã"),
    ("vn", "việt nam"),
    ("csxh", "chính sách xã hội"),
    ("nhcs", "ngân hàng chính sách"),
    ("bhxh", "bảo hiểm xã hội"),
    ("tand", "tòa án nhân dân"),
    ("vksnd", "viện kiểm sát nhân dân"),
    ("lhpn", "liên hiệp phụ nữ"),
    ("hlhpn", "hội liên hiệp phụ nữ"),
    ("hpn", "hội liên hiệp phụ nữ"),
    ("ccb", "cựu chiến binh"),
    ("hccb", "hội cựu chiến binh"),
    ("hnd", "hội nông dân"),
    ("ldld", "liên đoàn lao động"),
    ("dtn", "đoàn thanh niên"),
    ("tncs", "thanh niên cộng sản"),
    ("hcm", "hồ chí minh"),
    ("bchqs", "bộ chỉ huy quân sự"),
    ("nnptnt", "nông nghiệp phát triển nông thôn"),
    ("ptnt", "phát triển nông thôn"),
    ("nnmt", "nông nghiệp môi trường"),
    ("tnmt", "tài nguyên môi trường"),
    ("khdt", "kế hoạch đầu tư"),
    ("gtvt", "giao thông vận tải"),
    ("dttg", "dân tộc tôn giáo"),
];

/// The same of two words that stand together ("KH&ĐT").
const PAIRS: &[(&str, &str, &str)] = &[
    ("kh", "dt", "kế hoạch đầu tư"),
    ("tn", "mt", "tài nguyên môi trường"),
    ("nn", "mt", "nông nghiệp môi trường"),
    ("nn", "ptnt", "nông nghiệp phát triển nông thôn"),
    ("vh", "tt", "văn hóa thể thao"),
    ("dt", "tg", "dân tộc tôn giáo"),
];

/// Levels by one letter, before a name.
const LETTERS: &[(&str, &str)] =
    &[("h", "huyện"), ("x", "xã"), ("p", "phường"), ("q", "quận"), ("t", "tỉnh"), ("s", "sở")];

/// What two letters mean after "Sở".
const OF_DEPARTMENTS: &[(&str, &str)] = &[
    ("nv", "nội vụ"),
    ("tc", "tài chính"),
    ("yt", "y tế"),
    ("ct", "công thương"),
    ("xd", "xây dựng"),
    ("ngv", "ngoại vụ"),
];

/// Levels of local government, the longer first.
const LEVELS: [&str; 8] = ["thanh pho", "thi xa", "thi tran", "dac khu", "huyen", "quan", "phuong", "xa"];

static WORDS: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| ANYWHERE.iter().map(|(short, full)| (*short, search_key(full))).collect());

fn of(table: &[(&str, &str)], word: &str) -> Option<String> {
    table.iter().find(|(short, _)| *short == word).map(|(_, full)| search_key(full))
}

/// The key of a name: words without accents, abbreviations written out, numbering in front and "và" left out.
pub fn spelled(written: &str) -> String {
    let line = clean_line(written);
    let key = search_key(unnumbered(&line));
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty() && *word != "va").collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at).copied() {
        let next = words.get(at + 1).copied();
        at += 1;
        let pair = next.and_then(|next| PAIRS.iter().find(|(one, two, _)| *one == word && *two == next));
        if let Some((.., full)) = pair {
            out.push(search_key(full));
            at += 1;
            continue;
        }
        let after_department = out.last().is_some_and(|last| last == "so");
        let full = match (word, next) {
            // A search writes "TP" out as a city; after "Sở" it is Tư pháp.
            ("thanh", Some("pho")) if after_department && words.len() == at + 1 => {
                at += 1;
                Some("tu phap".to_owned())
            }
            ("tt", Some("van" | "giao" | "i" | "kiem" | "phuc" | "huan")) => Some("trung tam".to_owned()),
            ("tt", Some(_)) => Some("thi tran".to_owned()),
            (_, Some(_)) if word.len() == 1 && stands_before_a_name(&out) => of(LETTERS, word),
            _ if after_department => of(OF_DEPARTMENTS, word).or_else(|| WORDS.get(word).cloned()),
            _ => WORDS.get(word).cloned(),
        };
        out.push(full.unwrap_or_else(|| word.to_owned()));
    }
    out.join(" ")
}

/// Whether a letter here can be a level: at the beginning, or after a body that has one.
fn stands_before_a_name(before: &[String]) -> bool {
    let Some(last) = before.last() else { return true };
    ["dan", "an", "doan", "hoi", "quoc", "dao", "thao", "nu", "tin", "binh"]
        .iter()
        .any(|end| last.split(' ').next_back() == Some(end))
}

/// Without what counts the lines of a list: "1.", "2)", "II.", "-". "X." is a commune.
fn unnumbered(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '–', '+', '*', '•', ' ']);
    let Some(end) = line.find(['.', ')', '/', ' ']) else { return line };
    let (count, rest) = line.split_at(end);
    let digits = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    let roman = count.len() > 1 && count.bytes().all(|b| b"IVX".contains(&b)) || count == "I" || count == "V";
    let letter = count.chars().count() == 1 && rest.starts_with(')');
    let marked = rest.starts_with(['.', ')', '/']);
    if marked && (digits || roman || letter) { unnumbered(rest[1..].trim_start()) } else { line }
}

/// A name without what stands in brackets.
pub(super) fn without_notes(written: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in written.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

/// The name in "Phòng Thông tin- Báo chí- Xuất bản thuộc Sở"; none where there is no such end, or where the name is so short that every
/// department has one called so.
pub(super) fn of_its_department(written: &str) -> Option<String> {
    let line = clean_line(written);
    let (name, whose) = line.rsplit_once(" thuộc ")?;
    (search_key(whose) == "so" && name.split_whitespace().count() >= 4).then(|| name.to_owned())
}

/// What is left of a spelled name without "Ủy ban nhân dân" in front, "Việt Nam", and the province at its end. Never blank.
pub(super) fn core(spelled: &str, province: &str) -> String {
    let mut rest = spelled.strip_prefix("uy ban nhan dan ").unwrap_or(spelled).to_owned();
    rest = rest.replace("to quoc viet nam", "to quoc");
    if let Some(before) = ends_in(&rest, province).filter(|_| !province.is_empty()) {
        // "thành phố Bắc Giang" is a city of the province.
        let local = LEVELS.iter().any(|level| before == *level || before.ends_with(&format!(" {level}")));
        if !local {
            rest = before.to_owned();
        }
    }
    if let Some(before) = ends_in(&rest, "tinh") {
        rest = before.to_owned();
    }
    if rest.is_empty() { spelled.to_owned() } else { rest }
}

/// What stands before the words a text ends in; none where it does not, or where it is nothing else.
fn ends_in<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.strip_suffix(words)?.strip_suffix(' ').filter(|before| !before.is_empty())
}

/// Level and name of a place; none of a body that is no place.
pub(super) fn bare(core: &str) -> Option<(&'static str, &str)> {
    LEVELS.iter().find_map(|level| {
        let name = core.strip_prefix(level)?.strip_prefix(' ')?;
        Some((*level, name))
    })
}
