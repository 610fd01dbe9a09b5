//! What a heading says its figures are counted in: "ĐVT: nghìn lượt", "(triệu đồng)". Pure; pointed out beside the column and applied
//! only where a person says so.

use crate::reports::AskedIndicator;
use crate::vietnamese::search_words;

/// A power of ten that a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// 3 for nghìn, 6 for triệu, 9 for tỷ; 0 for đồng.
    pub exponent: u32,
    /// Whether it is of đồng.
    pub money: bool,
}

impl Scale {
    /// "nghìn", "triệu đồng".
    pub fn words(self) -> String {
        let number = match self.exponent {
            3 => "nghìn",
            6 => "triệu",
            9 => "tỷ",
            _ => "",
        };
        let money = if self.money { "đồng" } else { "" };
        format!("{number} {money}").trim().to_owned()
    }

    /// Whether figures under it mean something else in the column of an indicator than they say.
    pub fn differs(self, asked: &AskedIndicator) -> bool {
        self.exponent != asked.exponent && (asked.exponent > 0 || self.exponent > 0)
    }

    /// A figure with the scale spelled out, for the reader of figures: "12,5 nghìn".
    pub fn spelled(self, typed: &str, asked: &AskedIndicator) -> String {
        match (asked.exponent, self.exponent) {
            (0, _) => format!("{typed} {}", Scale { money: false, ..self }.words()),
            _ => format!("{typed} {}", Scale { money: true, ..self }.words()),
        }
    }
}

/// The scale a heading says after "ĐVT", in its brackets or at its end; none where it says none.
pub fn said(heading: &str) -> Option<Scale> {
    measured(heading).into_iter().find_map(|part| of_words(&part))
}

/// The scale of a whole table: a line such as "Đơn vị tính: nghìn lượt" above its headings.
pub fn of_line(text: &str) -> Option<Scale> {
    after_unit(text).and_then(|part| of_words(&part))
}

fn of_words(part: &str) -> Option<Scale> {
    let words = search_words(part);
    let exponent = words.iter().find_map(|word| match word.as_str() {
        "nghin" | "ngan" | "1000" => Some(3),
        "trieu" | "tr" => Some(6),
        // "Tỷ lệ" is no scale.
        "ti" if !words.iter().any(|word| word == "le") => Some(9),
        _ => None,
    });
    let money = words.iter().any(|word| ["dong", "d", "vnd"].contains(&word.as_str()));
    match (exponent, money) {
        (Some(exponent), money) => Some(Scale { exponent, money }),
        (None, true) => Some(Scale { exponent: 0, money }),
        (None, false) => None,
    }
}

/// The parts of a heading that may name a unit of measure.
fn measured(heading: &str) -> Vec<String> {
    let mut parts: Vec<String> = after_unit(heading).into_iter().collect();
    let mut rest = heading;
    while let Some((_, after)) = rest.split_once('(') {
        let (inside, after) = after.split_once(')').unwrap_or((after, ""));
        parts.push(inside.to_owned());
        rest = after;
    }
    parts
}

fn after_unit(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let of = |mark: &str| lower.find(mark).map(|at| lower[at + mark.len()..].to_owned());
    of("đvt").or_else(|| of("đơn vị tính")).or_else(|| of("đơn vị:"))
}
