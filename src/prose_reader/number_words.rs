//! Numbers written in words: "hai mươi lăm", "một trăm linh năm". A single word is no number here: "năm" is also a year, "ba" a
//! father, "một" an article.

/// The number some words say from the first on, and how many of them it takes; none for a single word.
pub fn number_of_words(words: &[&str]) -> Option<(i64, usize)> {
    let mut taken = 0;
    let mut total: i64 = 0;
    let mut above: Option<u32> = None;
    while let Some((part, length)) = below_thousand(&words[taken..]) {
        let after = taken + length;
        let exponent = match words.get(after) {
            Some(&("tỷ" | "tỉ")) => 9,
            Some(&"triệu") => 6,
            Some(&("nghìn" | "ngàn")) => 3,
            _ => 0,
        };
        if above.is_some_and(|above| exponent >= above) {
            break;
        }
        total += part * 10_i64.pow(exponent);
        taken = after + usize::from(exponent > 0);
        above = Some(exponent);
        if exponent == 0 {
            break;
        }
    }
    // "Mười" is the one word that is a number and nothing else.
    (taken > 1 || taken == 1 && words.first() == Some(&"mười")).then_some((total, taken))
}

fn digit(word: &str) -> Option<i64> {
    Some(match word {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Up to 999, and how many words it takes.
fn below_thousand(words: &[&str]) -> Option<(i64, usize)> {
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    let (mut total, mut taken) = (0, 0);
    if let (Some(hundreds), "trăm") = (digit(at(0)), at(1)) {
        (total, taken) = (hundreds * 100, 2);
        if let ("linh" | "lẻ", Some(ones)) = (at(2), digit(at(3))) {
            return Some((total + ones, 4));
        }
    }
    // After "mười" and "mươi" five is "lăm": "hai mươi năm" is twenty years.
    let ones_at = |index: usize| digit(at(index)).filter(|ones| *ones > 0 && at(index) != "năm");
    if at(taken) == "mười" {
        let ones = ones_at(taken + 1);
        return Some((total + 10 + ones.unwrap_or(0), taken + 1 + usize::from(ones.is_some())));
    }
    if let (Some(tens @ 2..), "mươi") = (digit(at(taken)), at(taken + 1)) {
        let ones = ones_at(taken + 2);
        return Some((total + tens * 10 + ones.unwrap_or(0), taken + 2 + usize::from(ones.is_some())));
    }
    if taken > 0 {
        return Some((total, taken));
    }
    digit(at(0)).filter(|ones| *ones > 0).map(|ones| (ones, 1))
}

/// A number in words, as documents write it; for 1..=999,999,999,999.
pub fn words_of_number(number: i64) -> String {
    const NAMES: [(i64, &str); 4] = [(1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"), (1, "")];
    let mut words: Vec<String> = Vec::new();
    let mut rest = number;
    for (unit, name) in NAMES {
        let part = rest / unit;
        rest %= unit;
        if part > 0 {
            words.push(group(part, !words.is_empty()));
            words.push(name.to_owned());
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// Up to 999; `inside` names the hundreds that are none.
fn group(number: i64, inside: bool) -> String {
    const ONES: [&str; 10] = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let name =
        |digit: i64| usize::try_from(digit).ok().and_then(|at| ONES.get(at)).copied().unwrap_or_default();
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut words: Vec<&str> = Vec::new();
    if hundreds > 0 || inside {
        words.push(if hundreds == 0 { "không" } else { name(hundreds) });
        words.push("trăm");
    }
    match (tens, ones) {
        (0, 0) => {}
        (0, ones) => {
            if !words.is_empty() {
                words.push("linh");
            }
            words.push(name(ones));
        }
        (1, ones) => {
            words.push("mười");
            words.push(if ones == 5 { "lăm" } else { name(ones) });
        }
        (tens, ones) => {
            words.extend([name(tens), "mươi"]);
            words.push(match ones {
                1 => "mốt",
                5 => "lăm",
                ones => name(ones),
            });
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
