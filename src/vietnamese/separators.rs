//! One written number, digits with dots and commas, into an exact mantissa and its decimals.
//! It stands between the words around a figure, read by `figures`, and its value.

use super::NumberError;

/// `digits` × 10^-`decimals`, exact; trailing zeros of the decimals are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mantissa {
    pub digits: i128,
    pub decimals: u32,
    /// The one separator could have been read the other way.
    pub ambiguous: bool,
}

/// Reads digits with separators. `whole`: the number itself must be an integer (no decimals in the
/// indicator, no "triệu" behind it), so that one comma before three digits is a thousands separator.
pub(super) fn read(text: &str, whole: bool) -> Result<Mantissa, NumberError> {
    let wrong = || NumberError::Separators(text.to_owned());
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (integer, fraction, ambiguous) = match marks[..] {
        [] => (text, "", false),
        [mark] => {
            let (head, tail) = text.split_once(mark).ok_or_else(wrong)?;
            // "0,125" can only be a decimal, and so can "12345,678".
            let groups = tail.len() == 3 && (1..=3).contains(&head.len()) && !head.starts_with('0');
            match (groups, mark, whole) {
                (true, '.', _) => (text, "", !whole),
                (true, _, true) => (text, "", true),
                _ => (head, tail, false),
            }
        }
        // The same mark again and again separates thousands.
        [first, .., last] if first == last => (text, "", false),
        // Thousands by one mark, then one decimal mark of the other kind: "1.234,5" or "1,234.5".
        [.., last] => {
            let (head, tail) = text.rsplit_once(last).ok_or_else(wrong)?;
            (head, tail, false)
        }
    };
    let decimal_mark = !fraction.is_empty() || integer.len() < text.len();
    if (decimal_mark && fraction.is_empty()) || !groups_of_three(integer) {
        return Err(wrong());
    }
    let fraction = fraction.trim_end_matches('0');
    let mut digits: i128 = 0;
    for digit in integer.chars().chain(fraction.chars()).filter_map(|c| c.to_digit(10)) {
        digits = digits
            .checked_mul(10)
            .and_then(|digits| digits.checked_add(i128::from(digit)))
            .ok_or(NumberError::TooLarge)?;
    }
    let decimals = u32::try_from(fraction.len()).map_err(|_| NumberError::TooLarge)?;
    Ok(Mantissa { digits, decimals, ambiguous })
}

/// Digits alone, or one to three digits followed by groups of exactly three behind one kind of mark.
fn groups_of_three(integer: &str) -> bool {
    let mut marks = integer.chars().filter(|c| !c.is_ascii_digit());
    let Some(mark) = marks.next() else { return !integer.is_empty() };
    if marks.any(|other| other != mark) {
        return false;
    }
    let mut groups = integer.split(mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}
