//! Fills the demo's texts: a wording of a section with the names, figures and documents of one report put in.

use std::collections::{BTreeMap, HashMap};

use super::files::{document, fault};
use crate::error::Error;

const FILES: [&str; 3] = [
    "reports/texts/authorities.toml",
    "reports/texts/organisations.toml",
    "reports/texts/bac-giang-sotttt-2024-h1.toml",
];

/// Wordings by set and section.
pub struct Texts(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Texts {
    pub fn load() -> Result<Texts, Error> {
        let mut sets = BTreeMap::new();
        for file in FILES {
            sets.append(&mut document(file)?);
        }
        Ok(Texts(sets))
    }

    /// One wording of a section, the `variant`-th in turn, filled in.
    ///
    /// # Errors
    /// When there is no such text, or it names something the report does not have.
    pub fn filled(
        &self,
        set: &str,
        section: &str,
        variant: usize,
        words: &HashMap<String, String>,
    ) -> Result<String, Error> {
        let wordings = self
            .0
            .get(set)
            .and_then(|s| s.get(section))
            .filter(|w| !w.is_empty())
            .ok_or_else(|| fault("reports/texts", format!("[{set}] has no {section}")))?;
        fill(&wordings[variant % wordings.len()], words).map_err(|name| {
            fault("reports/texts", format!("[{set}] {section}: the report has no {{{name}}}"))
        })
    }
}

/// Puts words in for `{name}`, and a capital where a sentence begins with one. The error is the missing name.
pub fn fill(text: &str, words: &HashMap<String, String>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("}")?;
        filled.push_str(before);
        let word = words.get(name).ok_or_else(|| name.to_owned())?;
        let begins = filled.is_empty() || filled.ends_with(". ");
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if begins => filled.extend(first.to_uppercase().chain(letters)),
            _ => filled.push_str(word),
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}
