//! What the words right before a number make of it: "gần", "hơn", "ước đến 30/6 đạt", "kế hoạch", "gấp"; and "trên", which is
//! "more than" or the place where something stands.

use super::numbers::Number;
use crate::plan_reader::words::Words;
use crate::vietnamese::Qualifier;

/// Words between "ước" and "đạt" at most: "ước đến hết ngày 30 tháng 6 năm 2025 đạt".
const UNTIL_A_DAY: usize = 10;
/// Words between "kế hoạch" and its number at most: "kế hoạch được giao năm 2025 là".
const PLANNED: usize = 6;

/// What is counted on which something stands or is broadcast.
const PLACES: &[&str] = &[
    "fanpage",
    "trang",
    "chuyên trang",
    "chuyên mục",
    "cụm loa",
    "loa",
    "kênh",
    "cổng",
    "nền tảng",
    "tài khoản",
    "địa bàn",
    "website",
    "hệ thống",
    "màn hình",
    "bảng",
    "pa nô",
    "pano",
    "nhóm",
    "group",
    "báo",
    "tờ báo",
    "đài",
    "tuyến",
    "trục",
    "điểm",
    "huyện",
    "xã",
    "phường",
    "thôn",
];
/// Behind these "trên" is "more than": "lắp đặt trên 120 cụm loa", "tại trên 15 xã".
const HAVE: &[&str] = &[
    "có", "với", "gồm", "lập", "lắp", "đặt", "đạt", "dựng", "trì", "lý", "hành", "được", "là", "thêm", "mới",
    "đến", "tới", "tại", "ở", "cho", "của",
];

pub(super) struct Said {
    pub estimate: bool,
    pub qualifier: Qualifier,
    /// The first word that belongs to the figure.
    pub begins: usize,
    /// It counts places on which something stands.
    pub place: bool,
}

/// "Ước", "gần", "hơn", "khoảng", "trên", "ước đạt hơn", "ước đến 30/6 đạt" before a number.
pub(super) fn qualifiers(words: &Words<'_>, number: &Number) -> Said {
    let mut said = Said { estimate: false, qualifier: Qualifier::Exact, begins: number.from, place: false };
    let mut at = number.from;
    while let Some(before) = at.checked_sub(1) {
        match words.list[before].plain.as_str() {
            "gan" if words.list[before].lower != "gắn" => said.qualifier = Qualifier::Nearly,
            "tren" if is_place(words, before, number.to) => {
                said.place = true;
                break;
            }
            "hon" | "tren" => said.qualifier = Qualifier::Over,
            "khoang" | "uoc" | "chung" => said.estimate = true,
            "xi" | "xy" if before > 0 && words.list[before - 1].plain == "xap" => {
                said.estimate = true;
                (at, said.begins) = (before - 1, before - 1);
                continue;
            }
            // "Ước đạt 500": the word between says nothing.
            "dat" | "tinh" | "co" | "duoc" | "la" if before > 0 && words.list[before - 1].plain == "uoc" => {}
            "dat" | "duoc" | "la" | "co" => {
                if let Some(estimate) = until_a_day(words, before) {
                    (said.estimate, said.begins) = (true, estimate);
                }
                break;
            }
            _ => break,
        }
        (at, said.begins) = (before, before);
    }
    said
}

/// Whether "trên" is where something stands: what is counted is a place, and no word before says that there are so many.
fn is_place(words: &Words<'_>, on: usize, counted: usize) -> bool {
    let have = on
        .checked_sub(1)
        .and_then(|at| words.list.get(at))
        .is_none_or(|word| word.mark.is_some() || HAVE.contains(&word.lower.as_str()));
    !have && words.any(counted, PLACES).is_some()
}

/// The "ước" of "ước đến 30/6 đạt", "ước cả năm được", by the place of its verb.
fn until_a_day(words: &Words<'_>, verb: usize) -> Option<usize> {
    const TIME: &[&str] = &[
        "den", "het", "ngay", "thang", "nam", "ca", "quy", "ky", "cuoi", "dau", "thuc", "hien", "trong", "i",
        "ii", "iii", "iv",
    ];
    let of_time = |at: &usize| {
        let word = &words.list[*at];
        word.lower == "ước"
            || word.mark.is_none()
                && (TIME.contains(&word.plain.as_str())
                    || word.plain.starts_with(|c: char| c.is_ascii_digit()))
    };
    let between = (verb.saturating_sub(UNTIL_A_DAY)..verb).rev().take_while(of_time);
    between.into_iter().find(|at| words.list[*at].lower == "ước")
}

/// "Kế hoạch 1,5 triệu tin", "kế hoạch được giao năm 2025: 1,5 triệu tin": what was planned.
pub(super) fn is_planned(words: &Words<'_>, begins: usize) -> bool {
    let between = |at: usize| {
        let word = &words.list[at];
        word.mark == Some(':')
            || ["la", "giao", "de", "ra", "nam"].contains(&word.plain.as_str())
            || word.plain == "duoc" && words.phrase(at + 1, "giao").is_some()
            || word.plain.len() == 4 && word.plain.bytes().all(|b| b.is_ascii_digit())
    };
    let mut at = begins;
    for _ in 0..=PLANNED {
        let Some(before) = at.checked_sub(1) else { return false };
        if before > 0 && words.phrase(before - 1, "kế hoạch").is_some() {
            return true;
        }
        if !between(before) {
            return false;
        }
        at = before;
    }
    false
}

/// "Gấp 2 lần", "bằng 1,5 lần", "cao hơn 2 lần": by how much something grew.
pub(super) fn is_times(words: &Words<'_>, number: &Number, begins: usize) -> bool {
    let before = begins.checked_sub(1).and_then(|at| words.list.get(at)).map(|word| word.lower.as_str());
    let times = words.phrase(number.to, "lần").is_some();
    before == Some("gấp") || times && matches!(before, Some("bằng" | "cao" | "nhiều" | "lớn"))
}
