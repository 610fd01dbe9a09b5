//! Which section of the form a heading means: by its words, however it is numbered, with or without accents. Headings of one
//! family ("II") may all fit a wide one ("Kết quả"); then the paragraphs under it decide.

use std::collections::BTreeSet;

use super::asked::{Form, FormSection};
use crate::vietnamese::search_key;

/// Score from which a heading means a section.
const FITS: u32 = 55;
/// Points by which the best must lead.
const LEAD: u32 = 9;

/// Words of every heading, and of the period it was written in.
const EMPTY: &[&str] = &[
    "cong", "tac", "va", "cac", "cua", "ve", "cu", "the", "trong", "nam", "thang", "qui", "dau", "cuoi",
    "viec", "tinh", "hinh", "i", "ii", "iii", "iv", "v", "mot", "so", "doi", "voi", "phan", "noi", "dung",
    "thuc", "hien", "dat", "duoc", "bao", "cao",
];

/// What offices write, and the form's words for it.
const SAME: &[(&str, &str)] = &[
    ("kho khan", "ton tai han che"),
    ("vuong mac", "ton tai han che"),
    ("bat cap", "ton tai han che"),
    ("khuyet diem", "ton tai han che"),
    ("thuan loi", "uu diem"),
    ("mat duoc", "uu diem"),
    ("dieu hanh", "chi dao trien khai"),
    ("tham muu", "chi dao trien khai"),
    ("lanh dao", "chi dao trien khai"),
    ("quan triet", "chi dao trien khai"),
    ("thoi gian toi", "phuong huong nhiem vu ki toi"),
    ("trong tam", "phuong huong nhiem vu ki toi"),
    ("giai phap", "phuong huong nhiem vu ki toi"),
    ("phuong huong", "phuong huong nhiem vu ki toi"),
    ("de nghi", "de xuat kien nghi"),
    ("internet", "khong gian mang"),
    ("mang xa hoi", "khong gian mang"),
    ("truyen thanh", "thong tin co so"),
    ("guong", "mo hinh dien hinh"),
];

/// What a heading means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant<'f> {
    One(&'f FormSection),
    /// Several of one family.
    Several(Vec<&'f FormSection>),
    Nothing,
}

/// The part of a label before its first point: "II" of "II.1".
pub(super) fn family(label: &str) -> &str {
    label.split('.').next().unwrap_or(label)
}

/// The sections of a form that share a family with a label.
pub(super) fn of_family<'f>(form: &'f Form, label: &str) -> Vec<&'f FormSection> {
    form.sections.iter().filter(|section| family(&section.label) == family(label)).collect()
}

/// What a heading with its own label means among some sections.
pub(super) fn meant<'f>(heading: &str, label: &str, among: &[&'f FormSection]) -> Meant<'f> {
    let words = words_of(heading);
    let mut scored: Vec<(u32, &FormSection)> = among
        .iter()
        .map(|section| {
            let same = u32::from(!label.is_empty() && section.label == label) * 10;
            (score(&words, &words_of(&section.title)).map_or(0, |score| score + same), *section)
        })
        .filter(|(score, _)| *score >= FITS)
        .collect();
    // The form's order decides between equals.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let Some((best, first)) = scored.first().copied() else { return Meant::Nothing };
    let near: Vec<&FormSection> =
        scored.iter().take_while(|(score, _)| best - score < LEAD).map(|(_, section)| *section).collect();
    let one_family = near.iter().all(|section| family(&section.label) == family(&first.label));
    match near.len() {
        1 => Meant::One(first),
        _ if one_family => Meant::Several(near),
        _ => Meant::One(first),
    }
}

/// The words of a heading that say something, each with those the form has for it.
fn words_of(heading: &str) -> BTreeSet<String> {
    let mut key = search_key(heading);
    for (said, asked) in SAME {
        if format!(" {key} ").contains(&format!(" {said} ")) {
            key.push(' ');
            key.push_str(asked);
        }
    }
    let words = key.split(' ').filter(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()));
    let all: BTreeSet<String> = words.map(str::to_owned).collect();
    let said: BTreeSet<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    // "Nội dung thực hiện" has no other words: it is known by these.
    if said.is_empty() { all } else { said }
}

/// How much of the shorter the other holds, and how alike the two are; none where they share a single word of several.
fn score(said: &BTreeSet<String>, asked: &BTreeSet<String>) -> Option<u32> {
    let both = said.intersection(asked).count();
    let shorter = said.len().min(asked.len());
    if both == 0 || both == 1 && shorter > 1 {
        return None;
    }
    let percent = |part: usize, whole: usize| u32::try_from(part * 100 / whole.max(1)).unwrap_or(0);
    Some(percent(both, shorter) * 7 / 10 + percent(2 * both, said.len() + asked.len()) * 3 / 10)
}

/// Which of some sections a paragraph speaks of, by words that only one of them has; none where they say nothing.
pub(super) fn spoken_of<'f>(paragraph: &str, among: &[&'f FormSection]) -> Option<&'f FormSection> {
    let pairs = |text: &str| -> BTreeSet<String> {
        // A comma ends a pair.
        let parts = text.split([',', ';', '.', ':', '(', ')']);
        parts
            .flat_map(|part| {
                let key = search_key(part);
                let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
                words.windows(2).map(|pair| pair.join(" ")).collect::<Vec<_>>()
            })
            .collect()
    };
    let said = pairs(paragraph);
    let own: Vec<BTreeSet<String>> =
        among.iter().map(|section| pairs(&format!("{}. {}", section.title, section.hint))).collect();
    let mut best: Option<(usize, &FormSection)> = None;
    let mut tied = false;
    for (at, section) in among.iter().enumerate() {
        let only =
            |pair: &&String| own.iter().enumerate().all(|(other, of)| other == at || !of.contains(*pair));
        let count = own[at].iter().filter(only).filter(|pair| said.contains(*pair)).count();
        match best {
            Some((most, _)) if count < most => {}
            Some((most, _)) if count == most => tied = true,
            _ => (best, tied) = (Some((count, *section)), false),
        }
    }
    best.filter(|(count, _)| *count > 0 && !tied).map(|(_, section)| section)
}
