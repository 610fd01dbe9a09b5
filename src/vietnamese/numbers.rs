//! Numbers as people read them: dots between thousands, a comma before the decimals.
//! Figures are 64-bit integers scaled by the indicator's decimals; no float comes near them.

/// "1.234.567", "-1.000".
pub fn group_thousands(value: i64) -> String {
    format_scaled(value, 0)
}

/// A figure with all its decimals: `format_scaled(12345, 1)` is "1.234,5", `(5, 2)` is "0,05".
/// `scale` is the number of decimals, 0..=18.
pub fn format_scaled(value: i64, scale: u32) -> String {
    let decimals = usize::try_from(scale).unwrap_or(usize::MAX);
    let significant = value.unsigned_abs().to_string();
    // One digit at least stands before the comma.
    let zeros = decimals.saturating_add(1).saturating_sub(significant.len());
    let digits = "0".repeat(zeros) + &significant;
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 2);
    if value < 0 {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

/// A figure without the zeros it can do without: of its decimals `kept` stand always. A sum of 4.500.000 đồng in triệu đồng
/// with no decimals kept, `format_shortest(4_500_000, 6, 0)`, is "4,5".
pub fn format_shortest(value: i64, decimals: u32, kept: u32) -> String {
    let mut text = format_scaled(value, decimals);
    let Some(comma) = text.find(',') else { return text };
    let shortest = if kept == 0 { comma } else { comma + 1 + kept as usize };
    let trimmed = text.trim_end_matches('0').len().max(shortest);
    text.truncate(trimmed);
    if text.ends_with(',') {
        text.pop();
    }
    text
}

/// A percentage without a space: `format_percent(125, 1)` is "12,5%".
pub fn format_percent(value: i64, scale: u32) -> String {
    format!("{}%", format_scaled(value, scale))
}

/// A label in Roman numerals, 1..=3999: "IV".
pub fn roman(mut number: usize) -> String {
    const VALUES: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, letters) in VALUES {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}
