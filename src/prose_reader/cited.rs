//! Clauses that a text cites, with the plan each is of: "mục III.2 Kế hoạch số 13/KH-UBND", "điểm a khoản 2 mục III". A word that
//! only looks like one ("mục tiêu", "địa điểm") has no number or letter behind it.

use crate::vietnamese::search_key;

/// Clauses of a paragraph that are looked at, at most.
const MOST: usize = 20;
/// Words between a clause and the document it is of, at most.
const BETWEEN: usize = 3;
/// Words behind "Kế hoạch" in which its number and its issuer are looked for.
const BEHIND: usize = 4;
/// And in which one without a symbol is its number: "Kế hoạch số 13".
const NEAR: usize = 2;
/// Bytes of the name of a clause, at most.
const NAME: usize = 14;

/// A cited clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// "iii.2.a": the widest first.
    pub path: String,
    /// The number of the plan it is of, as it is said: "13/KH-UBND", "13".
    number: Option<String>,
    /// It is named by its number or by who issued it. A clause named without its plan may be one of the text's own.
    pub of_another: bool,
}

impl Cited {
    /// Whether it is of the plan of this name, "KH 13/2025" or "13/KH-UBND"; none where the text or the name has no number.
    pub fn agrees(&self, plan: &str) -> Option<bool> {
        let cited = self.number.as_deref()?;
        if has_symbol(cited) && has_symbol(plan) {
            return Some(folded(cited) == folded(plan));
        }
        let first = numbers_of(cited).next()?;
        let mut numbers = numbers_of(plan).peekable();
        numbers.peek()?;
        Some(numbers.any(|number| number == first))
    }

    /// Whether a clause of this path ([`path_of`]) is the cited one, or stands below it.
    pub fn covers(&self, path: &str) -> bool {
        path.strip_prefix(self.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The path of a plan's clause as it is cited: "iii.2" of "III.2", "3.1" of "Điều 3.1".
pub fn path_of(clause: &str) -> String {
    let part = |part: &str| {
        let key = search_key(part);
        key.rsplit(' ').next().unwrap_or_default().to_owned()
    };
    clause.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// The clauses a text cites; one that is said to be of a law or a report is left out.
pub fn cited(text: &str) -> Vec<Cited> {
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
        // A mark ends what belongs together: "(mục III.2), …"; but not a comma right before the plan.
        let end = words[at - 1].trim_start_matches(|c: char| !c.is_alphanumeric());
        let goes_on = end.ends_with(char::is_alphanumeric)
            || end.strip_suffix(',').is_some_and(|end| end.ends_with(char::is_alphanumeric))
                && words.get(at..at + 2).is_some_and(|next| search_key(&next.join(" ")) == "ke hoach");
        if let Some((number, of_another)) = plan_of(if goes_on { &words[at..] } else { &[] }) {
            found.push(Cited { path, number, of_another });
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

/// The number of the plan that a clause is of and whether it is another's, from the words behind it; none where the clause is of
/// something else.
fn plan_of(after: &[&str]) -> Option<(Option<String>, bool)> {
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
    const ISSUERS: [&str; 4] = ["cua uy ban", "cua ubnd", "cua tinh", "uy ban nhan dan"];
    let folded: Vec<String> = after.iter().take(BETWEEN + 2 + BEHIND).map(|word| search_key(word)).collect();
    for at in 0..folded.len().min(BETWEEN) {
        let one = folded[at].as_str();
        let two = format!("{one} {}", folded.get(at + 1).map_or("", String::as_str));
        if OTHERS.iter().any(|other| *other == one || *other == two) {
            return None;
        }
        // "Kế hoạch số 13/KH-UBND", "KH 13", "Kế hoạch của UBND tỉnh".
        let behind = at + if two == "ke hoach" { 2 } else { 1 };
        if two == "ke hoach" || one == "kh" {
            let to = folded.len().min(behind + BEHIND);
            let numbered = |here: &usize| {
                let near = *here < behind + NEAR || has_symbol(after[*here]);
                near && is_number(after[*here], &folded[*here - 1])
            };
            let number = (behind..to).find(numbered).map(|here| after[here].to_owned());
            let said = folded[behind.min(to)..to].join(" ");
            let issued = ISSUERS.iter().any(|issuer| said.contains(issuer));
            let of_another = issued || number.as_deref().is_some_and(has_symbol);
            return Some((number, of_another));
        }
    }
    Some((None, false))
}

/// Whether a word is the number of a document, after another word: "năm 2025" is none.
fn is_number(word: &str, before: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && !matches!(before, "nam" | "thang" | "qui" | "ngay")
}

/// "13/KH-UBND", and no "13/2025".
fn has_symbol(number: &str) -> bool {
    let begins = number.starts_with(|c: char| c.is_ascii_digit());
    begins && number.contains('/') && number.chars().any(char::is_alphabetic)
}

/// A number and symbol as two documents agree on it: without accents, blanks and a leading nought.
fn folded(number: &str) -> String {
    search_key(number).replace(' ', "").trim_start_matches('0').to_owned()
}

/// The numbers of a text without zeros before them: "13" and "2025" of "KH 13/2025".
fn numbers_of(text: &str) -> impl Iterator<Item = &str> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.trim_start_matches('0'))
}
