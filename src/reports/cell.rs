//! One figure between the cell it is typed into and the integer it is stored as: units of measure, yes and
//! no, money in triệu đồng. What cannot be read is kept as typed with a message, never thrown away.

use std::sync::LazyLock;

use super::outline::AskedIndicator;
use super::{Content, Entry, Outline, Reading};
use crate::consolidation::{Fraction, PartDecimals};
use crate::db::ids::IndicatorId;
use crate::vietnamese::{
    Level, NumberError, Qualifier, clean_line, format_percent, format_shortest, parse_scaled, search_key,
};

/// Words after which a money figure is in đồng as written, not in the unit of the column.
const MONEY_WORDS: [&str; 9] = ["nghin", "ngan", "trieu", "ti", "ty", "dong", "d", "vnd", "nghinti"];

/// The key of the words for a line that is not the unit's.
static NOT_APPLICABLE: LazyLock<String> = LazyLock::new(|| search_key("không áp dụng"));

/// Reads one cell. `chosen` is the level picked beside it; "gần" or "hơn" typed in the cell itself wins over the
/// chosen one, and "ước" is kept whichever of the two says it.
/// Money is typed in the unit of the column (triệu đồng) unless the cell names its own ("2 tỷ 350 triệu").
pub fn read(typed: &str, chosen: Level, note: &str, asked: &AskedIndicator) -> Entry {
    let typed = clean_line(typed);
    let entry = |reading, level: Level, ambiguous| Entry {
        typed: typed.clone(),
        reading,
        estimate: level.estimate,
        qualifier: level.qualifier,
        note: clean_line(note),
        ambiguous,
    };
    // Most cells are figures, which have no letters.
    if typed.chars().any(char::is_alphabetic) && search_key(&typed) == *NOT_APPLICABLE {
        return entry(Reading::NotApplicable, Level::default(), false);
    }
    if asked.is_bool() {
        let reading = match search_key(&typed).as_str() {
            "" => Reading::Blank,
            "co" | "1" => Reading::Value(1),
            "khong" | "khong co" | "0" => Reading::Value(0),
            _ => Reading::Unreadable("Chỉ trả lời có hoặc không.".to_owned()),
        };
        return entry(reading, Level::default(), false);
    }
    let exponent = if names_its_money(&typed) { 0 } else { asked.exponent };
    match parse_scaled(&typed, asked.scale + exponent) {
        // Of words alone all are quoted: "mười hai", not its first.
        Err(NumberError::Word(_)) if !typed.chars().any(|c| c.is_ascii_digit()) => {
            let refusal = NumberError::Word(typed.clone());
            entry(Reading::Unreadable(refusal.to_string()), chosen, false)
        }
        Err(refusal) => entry(Reading::Unreadable(refusal.to_string()), chosen, false),
        Ok(None) => entry(Reading::Blank, Level::default(), false),
        Ok(Some(parsed)) => {
            let level = Level {
                estimate: parsed.estimate || chosen.estimate,
                qualifier: match parsed.qualifier {
                    Qualifier::Exact => chosen.qualifier,
                    said => said,
                },
            };
            // A dot before three digits is a thousands separator to everybody who types money.
            let ambiguous = parsed.ambiguous && !(asked.exponent > 0 && typed.contains('.'));
            entry(Reading::Value(parsed.value), level, ambiguous)
        }
    }
}

fn names_its_money(typed: &str) -> bool {
    typed
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .any(|word| MONEY_WORDS.contains(&search_key(word).as_str()))
}

/// A stored figure as people read it, in the unit of measure of its column: "1.234", "112,5", "có".
pub fn shown(value: i64, asked: &AskedIndicator) -> String {
    if asked.is_bool() {
        return if value == 0 { "không" } else { "có" }.to_owned();
    }
    format_shortest(value, asked.scale + asked.exponent, asked.scale)
}

/// A figure or, for a ratio, the quotient of its parts, as people read it.
pub fn value_at(
    asked: &AskedIndicator,
    outline: &Outline,
    value: &dyn Fn(IndicatorId) -> Option<i64>,
) -> Option<String> {
    match asked.parts {
        None => value(asked.id).map(|figure| shown(figure, asked)),
        Some(_) => percent_at(asked, outline, value).map(|hundredths| format_percent(hundredths, 2)),
    }
}

/// A ratio in hundredths of a percent; none without both parts or over zero.
pub fn percent_at(
    asked: &AskedIndicator,
    outline: &Outline,
    value: &dyn Fn(IndicatorId) -> Option<i64>,
) -> Option<i64> {
    let (part, whole) = asked.parts?;
    let scale = |id| outline.indicator(id).map_or(0, |asked| asked.scale);
    hundredths((value(part), value(whole)), (scale(part), scale(whole)))
}

/// A ratio of two figures in percent with two decimals, "85,71%"; none without both or over zero.
/// `scales` are the decimals of the two parts.
pub fn percent_of(parts: (Option<i64>, Option<i64>), scales: (u32, u32)) -> Option<String> {
    hundredths(parts, scales).map(|hundredths| format_percent(hundredths, 2))
}

fn hundredths(parts: (Option<i64>, Option<i64>), scales: (u32, u32)) -> Option<i64> {
    let decimals = |scale: u32| u8::try_from(scale).unwrap_or(crate::indicators::MAX_DECIMALS);
    let scales = PartDecimals { numerator: decimals(scales.0), denominator: decimals(scales.1) };
    Fraction::new(parts.0?, parts.1?, scales)?.percent_hundredths()
}

/// What a content says of one line, with the word beside the figure: "gần 1.200"; none for a blank.
pub fn words(asked: &AskedIndicator, outline: &Outline, content: &Content) -> Option<String> {
    if asked.is_ratio() {
        return value_at(asked, outline, &|id| content.value(id));
    }
    let entry = content.entries.get(&asked.id)?;
    Some(match &entry.reading {
        Reading::Blank => return None,
        Reading::Value(value) => {
            format!("{} {}", entry.level().before_figure(), shown(*value, asked)).trim_start().to_owned()
        }
        Reading::NotApplicable => "không áp dụng".to_owned(),
        Reading::Unreadable(_) => format!("“{}”", entry.typed),
    })
}
