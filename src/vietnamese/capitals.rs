//! The first letter of words that begin a sentence, or stand inside one.

/// The first letter large: "tỉnh Bắc Giang" at the beginning of a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first letter small, unless the word is an abbreviation: "tỉnh Bắc Giang" inside a sentence; "THNCĐ" stays.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}
