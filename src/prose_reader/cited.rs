//! Clauses that a text cites: "mục III.2 Kế hoạch số 13/KH-UBND", "điểm a khoản 2 mục III". A word that only looks like one
//! ("mục tiêu", "địa điểm") has no number or letter behind it.

use crate::vietnamese::search_key;

/// Clauses of a paragraph that are looked at, at most.
const MOST: usize = 20;
/// Words between a clause and the document it is of, at most.
const BETWEEN: usize = 3;
/// Bytes of the name of a clause, at most.
const NAME: usize = 14;

/// A cited clause.
pub(super) struct Cited {
    /// "iii.2.a": the widest first.
    pub path: String,
    /// The number of the plan it is of.
    plan: Option<String>,
}

impl Cited {
    /// Whether it is of the plan of this name; none where the text or the name has no number.
    pub fn agrees(&self, plan: &str) -> Option<bool> {
        let cited = self.plan.as_deref()?;
        let mut numbers = numbers_of(plan).peekable();
        numbers.peek()?;
        Some(numbers.any(|number| number == cited))
    }
}

/// The path of a plan's clause as it is cited: "iii.2" of "III.2", "3.1" of "Điều 3.1".
pub(super) fn path_of(clause: &str) -> String {
    let part = |part: &str| {
        let key = search_key(part);
        key.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    clause.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// The clauses a text cites; one that is said to be of a law or a report is left out.
pub(super) fn cited(text: &str) -> Vec<Cited> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < words.len() && found.len() < MOST {
        let mut parts: Vec<(usize, String)> = Vec::new();
        // "điểm a khoản 2 mục III" is one clause, said from within.
        while let (Some(name), Some(sign)) = (words.get(at), words.get(at + 1))
            && let (Some(wide), Some(label)) = (width(name), label_of(sign))
            && parts.last().is_none_or(|(known, _)| *known != wide)
        {
            parts.push((wide, label));
            at += 2;
        }
        if parts.is_empty() {
            at += 1;
            continue;
        }
        parts.sort_by_key(|(wide, _)| *wide);
        let path = parts.into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(".");
        // A mark ends what belongs together: "(mục III.2), …".
        let goes_on = words[at - 1].ends_with(char::is_alphanumeric);
        if let Some(plan) = plan_of(if goes_on { &words[at..] } else { &[] }) {
            found.push(Cited { path, plan });
        }
    }
    found
}

/// How wide a clause of a name is, the widest first.
fn width(word: &str) -> Option<usize> {
    const NAMES: [&str; 6] = ["phan", "chuong", "muc", "dieu", "khoan", "diem"];
    let first = word.chars().find(|c| c.is_alphanumeric());
    let may = matches!(first, Some('p' | 'P' | 'c' | 'C' | 'm' | 'M' | 'đ' | 'Đ' | 'd' | 'D' | 'k' | 'K'));
    if word.len() > NAME || !may {
        return None;
    }
    let key = search_key(word);
    NAMES.iter().position(|name| *name == key)
}

/// "III.2", "a", "2" without the marks around it; none for other words.
fn label_of(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let sound = |part: &str| {
        let roman = part.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        let digits = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        let letter = part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
        !part.is_empty() && (roman || digits || letter)
    };
    bare.split('.').all(sound).then_some(bare)
}

/// The number of the plan that a clause is of, from the words behind it; none where it is of something else.
fn plan_of(after: &[&str]) -> Option<Option<String>> {
    const OTHERS: [&str; 10] = [
        "luat",
        "nghi dinh",
        "nghi quiet",
        "thong tu",
        "chi thi",
        "quiet dinh",
        "bao cao",
        "phu luc",
        "huong dan",
        "qui che",
    ];
    let folded: Vec<String> = after.iter().take(BETWEEN + 1).map(|word| search_key(word)).collect();
    for at in 0..folded.len().min(BETWEEN) {
        let one = folded[at].as_str();
        let two = format!("{one} {}", folded.get(at + 1).map_or("", String::as_str));
        if OTHERS.iter().any(|other| *other == one || *other == two) {
            return None;
        }
        if two == "ke hoach" || one == "kh" {
            // "Kế hoạch số 13/KH-UBND", "KH 13".
            let mut behind = after.iter().skip(at + 1).take(3).copied();
            let number = behind.find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            return Some(number.and_then(|word| numbers_of(word).next()).map(str::to_owned));
        }
    }
    Some(None)
}

/// The numbers of a text without zeros before them: "13" and "2025" of "KH 13/2025".
fn numbers_of(text: &str) -> impl Iterator<Item = &str> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.trim_start_matches('0'))
}
