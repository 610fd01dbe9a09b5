//! Documents as other documents cite them: kind, number, day, issuer. "Nghị định số 49/2020/NĐ-CP ngày 17/4/2020 của
//! Chính phủ", "Chỉ thị 33/CT-TTg", "Luật Thi hành án hình sự".

use super::dates::date_at;
use super::reading::PartDate;
use super::unit::{stops, unit_at};
use super::words::Words;

/// A cited document.
pub(super) struct Citation {
    pub kind: &'static str,
    pub number: Option<String>,
    pub date: Option<PartDate>,
    pub issuer: Option<String>,
    /// The word it begins with.
    pub from: usize,
}

/// Kinds, folded and as named, the longer first; whether it is cited by its name alone.
const KINDS: &[(&str, &str, bool)] = &[
    ("ke hoach lien tich", "Kế hoạch liên tịch", false),
    ("ke hoach phoi hop", "Kế hoạch phối hợp", false),
    ("quy che phoi hop", "Quy chế phối hợp", true),
    ("thong bao ket luan", "Thông báo kết luận", false),
    ("chuong trinh hanh dong", "Chương trình hành động", false),
    ("huong dan lien tich", "Hướng dẫn liên tịch", false),
    ("thong tri", "Thông tri", false),
    ("phuong an", "Phương án", false),
    ("bien ban", "Biên bản", false),
    ("thong tu lien tich", "Thông tư liên tịch", false),
    ("nghi quyet lien tich", "Nghị quyết liên tịch", false),
    ("chuong trinh phoi hop", "Chương trình phối hợp", true),
    ("bo luat", "Bộ luật", true),
    ("luật", "Luật", true),
    ("hien phap", "Hiến pháp", true),
    ("phap lenh", "Pháp lệnh", true),
    ("nghi dinh", "Nghị định", false),
    ("nghi quyet", "Nghị quyết", false),
    ("quyet dinh", "Quyết định", false),
    ("chi thi", "Chỉ thị", false),
    ("thong tu", "Thông tư", false),
    ("ke hoach", "Kế hoạch", false),
    ("de an", "Đề án", true),
    ("cong van", "Công văn", false),
    ("cong dien", "Công điện", false),
    ("to trinh", "Tờ trình", false),
    ("huong dan", "Hướng dẫn", false),
    ("thong bao", "Thông báo", false),
    ("chuong trinh", "Chương trình", false),
    ("ket luan", "Kết luận", false),
    ("quy che", "Quy chế", false),
    ("quy dinh", "Quy định", false),
    ("bao cao", "Báo cáo", false),
    ("van ban", "Văn bản", false),
];

/// Bodies that give laws and are not named like offices.
const LAWGIVERS: &[&str] = &[
    "thu tuong chinh phu",
    "bo truong , chu nhiem van phong chinh phu",
    "chinh phu",
    "quoc hoi",
    "uy ban thuong vu quoc hoi",
    "chu tich nuoc",
    "bo chinh tri",
    "ban bi thu trung uong dang",
    "ban bi thu",
    "ban chap hanh trung uong dang",
    "ban chap hanh trung uong",
    "trung uong dang",
    "ban thuong vu tinh uy",
    "ban thuong vu thanh uy",
    "btv tinh uy",
    "btv thanh uy",
    "chu tich uy ban nhan dan tinh",
    "chu tich ubnd tinh",
    "thuong truc tinh uy",
];

/// The citations of a part of a sentence that are not inside another's subject: the first, and each that follows a
/// comma or "và".
pub(super) fn citations(words: &Words<'_>, end: usize) -> Vec<Citation> {
    let mut found: Vec<Citation> = Vec::new();
    let mut quoted = false;
    for at in 0..end.min(words.len()) {
        if words.is_mark(at, &['"']) {
            quoted = !quoted;
        }
        if quoted {
            continue;
        }
        let beginning = found.is_empty()
            || words.is_mark(at.wrapping_sub(1), &[','])
            || at > 0 && words.phrase(at - 1, "và").is_some();
        if beginning && let Some(citation) = citation_at(words, at, end) {
            let alone = found.is_empty() || citation.number.is_some();
            if alone {
                found.push(citation);
            }
        }
    }
    found
}

fn citation_at(words: &Words<'_>, at: usize, end: usize) -> Option<Citation> {
    let (kind, by_name, after) =
        KINDS.iter().find_map(|(key, kind, by_name)| Some((*kind, *by_name, words.phrase(at, key)?)))?;
    if !words.is_capital(at) {
        // OCR and small letters: only with a number right behind.
        let (_, _) = number_at(words, after)?;
    }
    let numbered = number_near(words, after, end).or_else(|| law_number(words, kind, after, end));
    let (number, mut next) = match numbered {
        Some((number, next)) => (Some(number), next),
        None if let Some((found, next)) = law_day(words, kind, after, end) => {
            return Some(Citation {
                kind,
                issuer: issuer(words, at, next, true),
                number: None,
                date: Some(found),
                from: at,
            });
        }
        None => {
            let named = by_name && (words.is_capital(after) || words.is_mark(after, &['"']));
            if !named {
                return None;
            }
            (None, after)
        }
    };
    let mut date = None;
    for skip in 0..2 {
        let here = next + skip;
        if words.phrase(here, "ngay").is_some()
            && let Some((found, end)) = date_at(words, here)
        {
            (date, next) = (Some(found), end);
            break;
        }
    }
    Some(Citation { kind, issuer: issuer(words, at, next, number.is_none()), number, date, from: at })
}

/// The number right behind a kind, or behind its name: "Luật Thi hành án hình sự số 41/2019/QH14".
fn number_near(words: &Words<'_>, after: usize, end: usize) -> Option<(String, usize)> {
    if let Some(found) = number_at(words, after) {
        return Some(found);
    }
    for at in after..end.min(after + 14) {
        if words.is_mark(at, &[',', ';', ':', '"', '(']) {
            return None;
        }
        if words.phrase(at, "số").is_some() {
            return number_at(words, at);
        }
    }
    None
}

/// The number behind a law's name with a comma in it: "Luật Phòng, chống ma túy số 73/2021/QH14". It is a number that only laws
/// have, and no other document is named before it.
fn law_number(words: &Words<'_>, kind: &str, after: usize, end: usize) -> Option<(String, usize)> {
    const LAWS: [(&str, &str); 3] = [("Luật", "QH"), ("Bộ luật", "QH"), ("Pháp lệnh", "UBTVQH")];
    let (_, sign) = LAWS.into_iter().find(|(known, _)| *known == kind)?;
    for at in after..end.min(after + 24) {
        let other = words.is_capital(at) && KINDS.iter().any(|(key, _, _)| words.phrase(at, key).is_some());
        if other || words.is_mark(at, &[';', ':', '"', '(']) {
            return None;
        }
        if words.phrase(at, "số").is_some() {
            return number_at(words, at).filter(|(number, _)| number.contains(sign));
        }
    }
    None
}

/// The day of a law that is cited by its name and its day alone: "Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025".
fn law_day(words: &Words<'_>, kind: &str, after: usize, end: usize) -> Option<(PartDate, usize)> {
    if !matches!(kind, "Luật" | "Bộ luật" | "Pháp lệnh") || !words.is_capital(after) {
        return None;
    }
    for at in after..end.min(after + 24) {
        let other = words.is_capital(at) && KINDS.iter().any(|(key, _, _)| words.phrase(at, key).is_some());
        if other || words.is_mark(at, &[';', ':', '"', '(']) || words.phrase(at, "số").is_some() {
            return None;
        }
        if words.phrase(at, "ngay").is_some() {
            return date_at(words, at);
        }
    }
    None
}

fn number_at(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let said = words.phrase(at, "số");
    let at = said.map_or(at, |after| if words.is_mark(after, &[':']) { after + 1 } else { after });
    let first = words.list.get(at)?;
    if first.mark == Some('/') && said.is_some() {
        // "Kế hoạch số /KH-UBND": not yet numbered.
        let word = words.list.get(at + 1)?;
        return Some((format!("/{}", &words.text[word.from..word.to]), at + 2));
    }
    if !first.plain.starts_with(|c: char| c.is_ascii_digit()) || first.mark.is_some() {
        return None;
    }
    let symbol = first.plain.contains(['/', '-']);
    let day = first.plain.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    if !symbol && said.is_none() || symbol && day && said.is_none() {
        return None;
    }
    let (mut text, mut end) = (words.text[first.from..first.to].to_owned(), at + 1);
    // "1509/CAT- CSTHAHS&HTTP", "22/2023/QĐ -TTg", "15 /KH-UBND".
    while words.is_mark(end, &['-', '/', '&']) && words.is_capital(end + 1) {
        let (mark, next) = (&words.list[end], &words.list[end + 1]);
        let glued = mark.from == words.list[end - 1].to || next.from == mark.to;
        if !glued {
            break;
        }
        text.push_str(&words.text[mark.from..mark.to]);
        text.push_str(&words.text[next.from..next.to]);
        end += 2;
    }
    Some((text, end))
}

/// "của Chính phủ", or "của Công an tỉnh tại" before a submission.
fn issuer(words: &Words<'_>, from: usize, next: usize, unnumbered: bool) -> Option<String> {
    let at = if words.is_mark(next, &[',']) { next + 1 } else { next };
    if !unnumbered && let Some(start) = words.phrase(at, "của") {
        return named(words, start);
    }
    // "theo đề nghị của Công an tỉnh tại Tờ trình số …".
    let before = from.checked_sub(1).filter(|at| words.phrase(*at, "tại").is_some())?;
    (0..before).rev().take(14).find_map(|at| {
        let start = words.phrase(at, "của")?;
        let (name, end) = unit_at(words, start)?;
        (end == before).then(|| words.between(name, end).to_owned())
    })
}

fn named(words: &Words<'_>, at: usize) -> Option<String> {
    if let Some(end) = words.any(at, LAWGIVERS) {
        // "Ban Thường vụ Tỉnh ủy Bắc Giang".
        let place = (end..words.len()).take_while(|at| words.is_capital(*at) && !stops(words, *at)).count();
        let whole = if words.any(at, &["chinh phu", "thu tuong chinh phu", "quoc hoi"]).is_some() {
            0
        } else {
            place
        };
        return Some(words.between(at, end + whole).to_owned());
    }
    if words.phrase(at, "bo truong").is_some() {
        let end = unit_at(words, at + 2).map_or(at + 2, |(_, end)| end);
        return Some(words.between(at, end).to_owned());
    }
    if let Some((_, end)) = unit_at(words, at) {
        return Some(words.between(at, end).to_owned());
    }
    let end = (at..words.len())
        .take_while(|at| words.list[*at].mark.is_none() && !stops(words, *at))
        .count()
        .min(8)
        + at;
    Some(words.between(at, end).to_owned()).filter(|text| !text.is_empty())
}
