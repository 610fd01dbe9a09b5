//! Clauses of another plan that a text names: "mục III.2 Kế hoạch số 13/KH-UBND", "mục IV.1 Kế hoạch của UBND tỉnh". Pure. A clause
//! named without its plan may be one of the text's own and is none.

use crate::vietnamese::search_key;

/// A clause as it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cited {
    /// "III.2".
    pub clause: String,
    /// "13/KH-UBND", folded; "" where only the issuer is named.
    pub number: String,
}

/// Words between a clause and its plan, and between a plan and its number, at most.
const NEAR: usize = 4;

/// Every clause of another's plan that a text names.
pub(super) fn cited(text: &str) -> Vec<Cited> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let keys: Vec<String> = words.iter().map(|word| search_key(word)).collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        if !["muc", "khoan", "diem"].contains(&keys[at].as_str()) {
            continue;
        }
        let Some(clause) = words.get(at + 1).and_then(|word| path(word)) else { continue };
        let plan = (at + 2..words.len().min(at + 2 + NEAR)).find(|here| is_plan(&keys, *here));
        // Another clause begins before its plan is named.
        let Some(plan) = plan.filter(|plan| !keys[at + 2..*plan].iter().any(|key| key == "muc")) else {
            continue;
        };
        let after = plan + 2;
        let number = (after..words.len().min(after + NEAR)).find_map(|here| number(words[here]));
        let issuer = keys[after.min(keys.len())..words.len().min(after + NEAR)].join(" ");
        let issued = ["cua uy ban", "cua ubnd", "cua tinh", "uy ban nhan dan"]
            .iter()
            .any(|words| issuer.starts_with(words) || issuer.contains(words));
        if number.is_some() || issued {
            found.push(Cited { clause, number: number.unwrap_or_default() });
        }
    }
    found
}

/// "Kế hoạch" in two words.
fn is_plan(keys: &[String], at: usize) -> bool {
    keys[at] == "ke" && keys.get(at + 1).is_some_and(|next| next == "hoach")
}

/// "III.2", "IV.1.a", "2.1": marks of clauses between full stops.
fn path(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_mark = |part: &str| {
        let roman = part.chars().all(|c| "IVXLC".contains(c));
        let digits = part.chars().all(|c| c.is_ascii_digit());
        !part.is_empty() && (roman || digits || part.chars().count() == 1)
    };
    let strong = word.chars().next().is_some_and(|first| "IVXLC".contains(first) || first.is_ascii_digit());
    (strong && word.split('.').all(is_mark)).then(|| word.to_owned())
}

/// "13/KH-UBND" as [`folded`].
fn number(word: &str) -> Option<String> {
    let begins = word.starts_with(|c: char| c.is_ascii_digit());
    (begins && word.contains('/') && word.chars().any(char::is_alphabetic)).then(|| folded(word))
}

/// A number and symbol as two documents agree on it: without accents, blanks and a leading nought.
pub(super) fn folded(number: &str) -> String {
    search_key(number).replace(' ', "").trim_start_matches('0').to_owned()
}
