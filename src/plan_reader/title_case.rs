//! Names set in capitals, as the heading block and some clause titles set them, in the letters they are written with
//! elsewhere: "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" is Sở Lao động - Thương binh và Xã hội.

use super::blocks::is_title;
use super::unit_words::LEVELS;
use super::words::{Words, plain};

/// Proper names inside names of bodies, whole.
const PROPER: &[(&str, &str)] = &[
    ("uy ban nhan dan", "Ủy ban nhân dân"),
    ("hoi dong nhan dan", "Hội đồng nhân dân"),
    ("tinh uy", "Tỉnh ủy"),
    ("thanh uy", "Thành ủy"),
    ("huyen uy", "Huyện ủy"),
    ("ho tro tu phap", "hỗ trợ tư pháp"),
    ("viet nam", "Việt Nam"),
    ("ho chi minh", "Hồ Chí Minh"),
    ("mat tran to quoc", "Mặt trận Tổ quốc"),
    ("chinh sach xa hoi", "Chính sách xã hội"),
    ("bo doi bien phong", "Bộ đội Biên phòng"),
    ("chi huy quan su", "Chỉ huy Quân sự"),
    ("lien hiep phu nu", "Liên hiệp Phụ nữ"),
];

/// Letters that stay capitals.
const LETTERS: &[&str] = &[
    "UBND", "HĐND", "MTTQ", "UBMTTQ", "UBMTTQVN", "MTTQVN", "TP", "TX", "TNCS", "NHCSXH", "BCĐ", "BCH",
    "VKSND", "TAND", "LĐLĐ", "THNCĐ", "ANTT", "CNTT", "TTĐT", "PTTH", "XHCN", "LLVT", "ĐBQH", "BTV", "KH",
    "CT",
];

/// The words after which a name takes a capital: the heads of one or two words.
const HEADS: &[&str] = &[
    "so",
    "bo",
    "cuc",
    "vu",
    "phong",
    "dai",
    "bao",
    "hoi",
    "ban",
    "vien",
    "chi cuc",
    "trung tam",
    "truong",
    "thanh tra",
    "quy",
    "ngan hang",
    "van phong",
    "doan",
    "lien doan",
    "lien minh",
];

/// The text in ordinary letters where it is set in capitals; any other text as it is.
pub(super) fn named_case(text: &str) -> String {
    // "Sở VHTTDL": a name in ordinary letters that ends with a short form.
    let ordinary = text.split(' ').next().is_some_and(|first| {
        let mut letters = first.chars();
        letters.next().is_some_and(char::is_uppercase)
            && first.chars().count() > 1
            && letters.all(char::is_lowercase)
    });
    if is_title(text) && !ordinary { lowered(text) } else { text.to_owned() }
}

/// "VHTTDL", "GDĐT", "NNMT": three letters at least and no vowel among them.
fn is_short_form(written: &str) -> bool {
    written.chars().count() > 2
        && written.chars().all(char::is_alphabetic)
        && !plain(written).contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn lowered(text: &str) -> String {
    let words = Words::of(text);
    let mut done = String::with_capacity(text.len());
    let mut last = 0;
    let mut at = 0;
    // Whether the next word takes a capital, and whether a place follows.
    let (mut capital, mut place) = (true, false);
    while let Some(word) = words.list.get(at) {
        done.push_str(&text[last..word.from]);
        let written = &text[word.from..word.to];
        if let Some((phrase, proper)) = PROPER.iter().find(|(phrase, _)| words.phrase(at, phrase).is_some()) {
            done.push_str(proper);
            at = words.phrase(at, phrase).unwrap_or(at + 1);
            last = words.list[at - 1].to;
            (capital, place) = (false, phrase.ends_with(" uy"));
            continue;
        }
        last = word.to;
        if let Some(mark) = word.mark {
            done.push_str(written);
            capital = capital || matches!(mark, ';' | ':' | '.') || matches!(mark, ',' | '-') && !place;
            at += 1;
            continue;
        }
        // "ĐẢNG BỘ TỈNH" is no ministry.
        let was_capital = capital;
        let next_head = words.any(at, HEADS);
        if LETTERS.contains(&written)
            || written.contains('&')
            || is_short_form(written)
            || word.plain.chars().any(|c| c.is_ascii_digit())
        {
            done.push_str(written);
            (capital, place) = (false, matches!(written, "TP" | "TX"));
        } else if words.known(at, &LEVELS).is_some() && at > 0 && !capital {
            let end = words.known(at, &LEVELS).unwrap_or(at + 1);
            let level = words.between(at, end).to_lowercase();
            done.push_str(&level);
            at = end;
            last = words.list[at - 1].to;
            (capital, place) = (false, true);
            continue;
        } else if word.is("va") || matches!(plain(written).as_str(), "cac" | "cua" | "thuoc" | "voi") {
            done.push_str(&written.to_lowercase());
            capital = word.is("va");
            place = false;
        } else if place || capital {
            done.push_str(&crate::vietnamese::capital(&written.to_lowercase()));
            capital = false;
        } else {
            done.push_str(&written.to_lowercase());
        }
        if let Some(end) = next_head.filter(|_| was_capital || word.is("so")) {
            // The head's own second word stays small.
            for inner in at + 1..end {
                done.push_str(&text[last..words.list[inner].from]);
                done.push_str(&words.list[inner].lower);
                last = words.list[inner].to;
            }
            at = end;
            capital = true;
            continue;
        }
        at += 1;
    }
    done.push_str(&text[last..]);
    done.replace("Công An", "Công an")
}
