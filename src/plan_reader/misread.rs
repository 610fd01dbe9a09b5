//! Slips of a scanner in the word that says what kind of body a name is: "Só Tài chính", "Uy ban nhân dân", "Cóng an".
//! Only that word is set right; the rest of the name stays as it was read.

use super::unit_words::MISREAD_SO;
use super::words::Words;

/// How heads are written, by their folded words.
const HEADS: &[(&str, &str)] = &[
    ("cong an", "Công an"),
    ("uy ban nhan dan", "Ủy ban nhân dân"),
    ("uy ban", "Ủy ban"),
    ("hoi lien hiep", "Hội Liên hiệp"),
    ("hoi nong dan", "Hội Nông dân"),
    ("hoi cuu chien binh", "Hội Cựu chiến binh"),
    ("ngan hang", "Ngân hàng"),
    ("kho bac", "Kho bạc"),
    ("van phong", "Văn phòng"),
    ("bao hiem", "Bảo hiểm"),
    ("lien doan", "Liên đoàn"),
    ("tinh doan", "Tỉnh đoàn"),
];

/// The name with its head as it is written.
pub(super) fn mended(name: &str) -> String {
    let words = Words::of(name);
    let Some(first) = words.list.first() else { return name.to_owned() };
    let slip = |at: usize| words.any(at, MISREAD_SO).is_some();
    if first.capital && slip(0) && words.is_capital(1) {
        return format!("Sở{}", &name[first.to..]);
    }
    // "các só, ban, ngành".
    if words.any(0, &["các"]).is_some() && slip(1) && words.list[1].lower != "số" {
        let word = &words.list[1];
        return format!("{}sở{}", &name[..word.from], &name[word.to..]);
    }
    if let Some((end, written)) =
        HEADS.iter().find_map(|(folded, written)| Some((words.phrase(0, folded)?, *written)))
    {
        let found = words.between(0, end);
        let lower = found.to_lowercase().replace("uỷ", "ủy");
        // "công an các đơn vị" and "UỶ BAN" are written on purpose.
        if first.capital && found.chars().any(char::is_lowercase) && lower != written.to_lowercase() {
            return format!("{written}{}", &name[found.len()..]);
        }
    }
    name.to_owned()
}

/// Whether a name holds a word that the text does not: its head was set right.
pub(super) fn is_mended(text: &str, units: &[String]) -> bool {
    let written = |text: &str| text.to_lowercase().replace("uỷ", "ủy");
    let lower = written(text);
    units.iter().flat_map(|unit| unit.split(' ')).any(|word| !lower.contains(&written(word)))
}
