//! Words that no line may part: names of places behind their kind, numbers beside what they count. Pure; stands between
//! a heading as it is composed and the paper, where "Bắc / Giang" over two lines is a fault.

const SPACE: char = '\u{a0}';

/// Kinds of places, by their last word in small letters.
const KINDS: [&str; 9] = ["tỉnh", "huyện", "xã", "phường", "phố", "quận", "trấn", "khu", "thôn"];

/// What stands before a number it belongs to: "năm 2025", "quý III", "số 45".
const NUMBERED: [&str; 9] = ["năm", "tháng", "ngày", "quý", "số", "mục", "khoản", "điều", "lục"];

/// The name of a place on one line ("thành phố Bắc Ninh" is not cut before its last word), and a number with its word
/// ("6 tháng", "năm 2025"): no-break spaces within them, everything else as it was.
pub fn held_together(text: &str) -> String {
    let mut joined = String::with_capacity(text.len() + 16);
    let mut inside = false;
    let mut before = "";
    for word in text.split(' ') {
        let large = word.chars().next().is_some_and(char::is_uppercase);
        let dash = inside && matches!(word, "-" | "–");
        let sticks = (inside && large) || dash || two_in_one(before, word) || counted(before, word);
        if !joined.is_empty() {
            joined.push(if sticks { SPACE } else { ' ' });
        }
        joined.push_str(word);
        // "Báo Bắc Giang" is a name, "Báo cáo" is none.
        let kind = word == "Báo" || KINDS.contains(&word.to_lowercase().as_str());
        inside = kind || dash || (inside && large && !word.ends_with([')', ',', ';', '.', ':']));
        // What stands before on this line.
        before = word.rsplit('\n').next().unwrap_or(word);
    }
    joined
}

/// The two words of "thành phố", "thị xã", "thị trấn", "đặc khu", "Bắc Giang" after a capitalised one of a name.
fn two_in_one(before: &str, word: &str) -> bool {
    let before = before.to_lowercase();
    [("thành", "phố"), ("thị", "xã"), ("thị", "trấn"), ("đặc", "khu")]
        .iter()
        .any(|(one, two)| before == *one && word.to_lowercase() == *two)
}

/// A number and the word it belongs to: before it "năm", behind it "tháng".
fn counted(before: &str, word: &str) -> bool {
    let digits = |word: &str| word.chars().next().is_some_and(|first| first.is_ascii_digit());
    let roman = |word: &str| {
        let word = word.trim_end_matches([',', ';', '.', ':', ')']);
        !word.is_empty() && word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'))
    };
    let named = NUMBERED.contains(&before.to_lowercase().as_str());
    (named && (digits(word) || roman(word))) || (digits(before) && word == "tháng")
}
