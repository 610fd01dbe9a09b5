//! The part of a body that drafts its letters, as it stands at the end of a symbol: "PC10" of "2216/CAT-PC10". Pure: read
//! out of what the body has written itself.

/// Who drafted, by the first number in `text` whose symbol is that of `own` ("CAT"), a kind of paper before it or not
/// ("318/BC-CAT-PC10"); none where no number says.
pub fn drafter_in<'a>(text: &'a str, own: &str) -> Option<&'a str> {
    if own.is_empty() {
        return None;
    }
    let numbers = text.split_whitespace().filter_map(|word| word.split_once('/'));
    numbers.filter(|(number, _)| number.ends_with(|c: char| c.is_ascii_digit())).find_map(|(_, symbol)| {
        let symbol = symbol.trim_end_matches([',', ';', '.', ')']);
        let (before, after) = symbol.split_once(own)?;
        let whole = before.is_empty() || before.ends_with('-');
        after.strip_prefix('-').filter(|drafter| whole && !drafter.is_empty())
    })
}
