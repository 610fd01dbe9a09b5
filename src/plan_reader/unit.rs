//! One body's name in running text: where it begins and where the sentence goes on. A name begins with a known head
//! and ends before a verb, a comma that begins another name, or the end.

use super::exceptions::excepts;
use super::unit_group::{class, classes, group, quantifier, several, tail};
use super::unit_words::{
    BRANCHES, COMMITTEES, FIELDS, GROUP_TAILS, HEADS, LEVELS, LINKS, MISREAD_SO, NAMED_LIKE_VERBS, NOT_HEADS,
    OFFICES, OFFICES_OF, SHORT_HEADS, VERBS, WHOLE, ZONES,
};
use super::words::Words;

/// Small words in a row that an unknown name may hold.
const MOST_SMALL: usize = 3;

/// The end of the name that begins at a word; None when no body is named there.
/// The first number is where the name itself begins: offices before it ("Giám đốc Sở …") are left out.
pub(super) fn unit_at(words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
    let at = past_office(words, at);
    // "các cơ quan Báo Bắc Giang, Đài …": the kind before the name is no body of its own.
    if let Some(next) = quantifier(words, at).and_then(|next| class(words, next))
        && words.is_capital(next)
        && let Some(end) = head(words, next).and_then(|_| named(words, next))
    {
        return Some((next, end));
    }
    let end = group(words, at).or_else(|| named(words, at))?;
    Some((at, end))
}

/// Whether a verb or a word that leads to one stands here, in small letters.
pub(super) fn stops(words: &Words<'_>, at: usize) -> bool {
    let Some(word) = words.list.get(at) else { return true };
    if word.capital {
        return false;
    }
    // "việc làm" is a noun.
    if word.is("làm") && at > 0 && words.phrase(at - 1, "viec").is_some() {
        return false;
    }
    if words.known(at, &GROUP_TAILS).is_some() {
        return false;
    }
    words.known(at, &VERBS).is_some() || links(words, at)
}

/// Whether a word that leads on stands here: "giao", and neither "giao thông" nor "Phật giáo".
pub(super) fn links(words: &Words<'_>, at: usize) -> bool {
    let other = words.list.get(at).is_some_and(|word| {
        word.is("giao") && (word.lower != "giao" || words.any(at + 1, &["thong", "duc", "dich"]).is_some())
    });
    !other && words.known(at, &LINKS).is_some()
}

/// Whether a verb stands here, whatever its first letter.
pub(super) fn verb_at(words: &Words<'_>, at: usize) -> bool {
    words.known(at, &VERBS).is_some()
}

pub(super) fn past_office(words: &Words<'_>, at: usize) -> usize {
    let mut here = at;
    while let Some(end) = words.known(here, &OFFICES) {
        if end >= words.len() {
            return at;
        }
        here = end;
    }
    here = past_board(words, here);
    // "Trưởng ban Dân tộc", "Chánh Văn phòng": the office is half of the name.
    if words.known(here, &OFFICES_OF).is_some() && begins(words, here + 1) {
        here += 1;
    }
    here
}

/// "Ban Thường trực Ủy ban MTTQ …", "Ban Thường vụ Tỉnh đoàn": the standing board stands for its body.
fn past_board(words: &Words<'_>, at: usize) -> usize {
    const FRONTS: &[&str] = &[
        "uy ban mat tran",
        "uy ban mttq",
        "uy ban mttqvn",
        "ubmttq",
        "ubmttqvn",
        "mat tran to quoc",
        "mttq",
        "mttqvn",
    ];
    const UNIONS: &[&str] = &[
        "tinh doan",
        "thanh doan",
        "huyen doan",
        "doan thanh nien",
        "doan tncs",
        "hoi",
        "lien doan lao dong",
    ];
    let front =
        words.any(at, &["ban thuong truc", "thuong truc"]).filter(|end| words.any(*end, FRONTS).is_some());
    let union = words
        .any(at, &["ban thuong vu", "ban chap hanh"])
        .filter(|end| words.is_capital(*end) && words.any(*end, UNIONS).is_some());
    front.or(union).unwrap_or(at)
}

/// Whether some body's name begins here.
pub(super) fn begins(words: &Words<'_>, at: usize) -> bool {
    let here = past_office(words, at);
    quantifier(words, here).is_some_and(|next| class(words, next).is_some() || head(words, next).is_some())
        || head(words, here).is_some()
        || classes(words, here).is_some_and(|(_, count)| count > 1)
}

/// The end of a known head.
pub(super) fn head(words: &Words<'_>, at: usize) -> Option<usize> {
    if words.known(at, &NOT_HEADS).is_some() {
        return None;
    }
    let known = words.known(at, &HEADS).filter(|_| {
        let small_too = words.any(
            at,
            &[
                "cong an",
                "uy ban nhan dan",
                "chinh quyen",
                "cap uy",
                "dang uy",
                "luc luong cong an",
                "doan the chinh tri",
                "to chuc chinh tri",
                "mat tran to quoc",
            ],
        );
        words.is_capital(at) || small_too.is_some()
    });
    let short = words.known(at, &SHORT_HEADS).filter(|end| {
        words.is_capital(at) && words.is_capital(*end)
            || words.known(*end, &FIELDS).is_some() && words.is_capital(at)
            || words.any(at, &["sở"]).is_some() && words.is_capital(*end)
    });
    // "VKSND tỉnh", "LĐLĐ tỉnh": letters only, with a level.
    let letters = words.list.get(at).filter(|word| {
        word.mark.is_none()
            && (3..=9).contains(&(word.to - word.from))
            && words.text[word.from..word.to].chars().all(|c| c.is_uppercase() || c == '&')
            && words.known(at + 1, &LEVELS).is_some()
    });
    known.max(short).or(letters.map(|_| at + 1)).or_else(|| misread(words, at))
}

/// "Só Tài chính", "SỜ NỘI VỤ": the head of a department with a slip in its accent.
pub(super) fn misread(words: &Words<'_>, at: usize) -> Option<usize> {
    let slip = words.is_capital(at) && words.any(at, MISREAD_SO).is_some();
    (slip && words.is_capital(at + 1) && words.known(at + 1, &FIELDS).is_some()).then_some(at + 1)
}

/// A body's own name.
pub(super) fn named(words: &Words<'_>, at: usize) -> Option<usize> {
    let from = head(words, at)?;
    let mut end = from;
    let mut known = false;
    // "Cổng Thông tin điện tử xây dựng …": a field of two words in small letters is the verb.
    if let Some(after) = words.known(end, &FIELDS).filter(|after| words.is_capital(end) || after - end > 2) {
        (end, known) = (after, true);
    }
    let mut small = 0;
    while end < words.len() && !excepts(words, end) {
        // "Ban Tổ chức Tỉnh ủy": a level that is no level.
        if let Some(after) = words.any(end, COMMITTEES).filter(|_| words.is_capital(end) && end > at) {
            (end, known, small) = (place(words, after), true, 0);
            continue;
        }
        if let Some(after) = branch(words, end).filter(|_| end > at) {
            (end, known, small) = (after, true, 0);
            continue;
        }
        if let Some((after, _)) = several(words, end) {
            return Some(tail(words, after));
        }
        if let Some(after) = words.known(end, &LEVELS) {
            let verb = words.known(end, &VERBS).is_some_and(|verb| verb > after);
            if !verb {
                (end, known) = (place(words, after), true);
                continue;
            }
        }
        if words.is_mark(end, &['(']) {
            let close = words.closing(end);
            let inside = words.phrase(end + 1, "qua").is_some() || excepts(words, end + 1);
            if close - end > 6 || inside {
                break;
            }
            end = close + 1;
            continue;
        }
        let joins_field = |next: usize| {
            words.is_capital(next)
                && !begins(words, next)
                && !verb_at(words, next)
                && words.list[next].mark.is_none()
        };
        if words.is_mark(end, &['-']) {
            let level_body = words.is_capital(end + 1) && known && begins(words, end + 1);
            if joins_field(end + 1) || level_body {
                end += 1;
                continue;
            }
            break;
        }
        if words.is_mark(end, &['.']) && words.phrase(end - 1, "tp").is_some() && words.is_capital(end + 1) {
            end += 1;
            continue;
        }
        if words.is_mark(end, &[',']) {
            if joins_field(end + 1) && !known && end + 1 < words.len() {
                end += 1;
                continue;
            }
            break;
        }
        let Some(word) = words.list.get(end).filter(|word| word.mark.is_none()) else { break };
        if word.is("va") {
            // "Khu kinh tế … và các Khu công nghiệp …".
            if let Some(zones) = words.any(end + 1, ZONES) {
                (end, known) = (place(words, zones), true);
                continue;
            }
            if joins_field(end + 1) && !known {
                end += 1;
                continue;
            }
            break;
        }
        if words.any(end, &["của", "thuộc", "trên địa bàn"]).is_some() {
            let next = words.any(end, &["của", "thuộc", "trên địa bàn"]).unwrap_or(end);
            if let Some((_, after)) = unit_at(words, next) {
                return Some(after);
            }
            if words.known(next, &LEVELS).is_some() || words.is_capital(next) {
                (end, small) = (next, 0);
                continue;
            }
            break;
        }
        if word.capital {
            // A verb with a capital begins the text under a heading that lost its line.
            if verb_at(words, end) && end > from && words.known(end, &NAMED_LIKE_VERBS).is_none() {
                break;
            }
            if end > from && begins(words, end) && known && head(words, end).is_none() {
                break;
            }
            if let Some(after) = words.known(end, &FIELDS) {
                (end, known, small) = (after, true, 0);
                continue;
            }
            (end, small) = (end + 1, 0);
            continue;
        }
        if stops(words, end) || known || small == MOST_SMALL {
            break;
        }
        (end, small) = (end + 1, small + 1);
    }
    (end > from || words.known(at, &WHOLE).is_some()).then_some(end)
}

/// "Chi nhánh tỉnh …", "khu vực XIII" behind the name of a body of the whole country.
fn branch(words: &Words<'_>, at: usize) -> Option<usize> {
    let after = words.any(at, BRANCHES);
    let region = words.any(after.unwrap_or(at), &["khu vuc"]).filter(|next| {
        let word = words.list.get(*next);
        word.is_some_and(|word| {
            let written = &words.text[word.from..word.to];
            word.capital && word.mark.is_none() || written.len() <= 2 && words.number(*next).is_some()
        })
    });
    if let Some(next) = region {
        return Some(next + 1);
    }
    let after = after?;
    match words.known(after, &LEVELS) {
        Some(level) => Some(place(words, level)),
        None => Some(place(words, after)).filter(|end| *end > after),
    }
}

/// Whether a verb with its object stands here: "Lập danh sách", not the end of "huyện Tân Lập, thị xã …" or "huyện Tân Lập tổ chức …".
fn is_deed(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1;
    let object = words.list.get(next).is_some_and(|word| !word.capital && word.mark.is_none());
    let linked = words.known(next, &LINKS).is_some() || words.phrase(next, "và").is_some();
    verb_at(words, at) && object && !linked && !verb_at(words, next)
}

/// The place after a level: "tỉnh Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh".
pub(super) fn place(words: &Words<'_>, from: usize) -> usize {
    let mut end = from;
    if words.is_mark(end, &['.']) && words.is_capital(end + 1) {
        end += 1;
    }
    let first = end;
    while words.list.get(end).is_some_and(|word| word.capital && word.mark.is_none()) {
        if is_deed(words, end) || begins(words, end) && words.known(end, &FIELDS).is_none() {
            break;
        }
        end += 1;
        if words.is_mark(end, &['-']) && words.is_capital(end + 1) && end > first && !begins(words, end + 1) {
            end += 1;
        }
    }
    end
}
