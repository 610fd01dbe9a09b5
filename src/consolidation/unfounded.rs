//! Numbers of the consolidated text that stand neither in the edition's figures nor in what a unit wrote: a slip of typing,
//! or something only the compiler knows. Pure; whoever approves is told, nothing is held up. Dates, numbers of documents and
//! of articles, spans ("6 tháng") are no figures and are passed over. "214 triệu đồng", "0,214 tỷ đồng" and "214.000.000
//! đồng" are one number: both sides are compared in what the unit of measure counts.

use std::collections::HashMap;

use super::composed::points_to_annex;
use super::content::{EditionContent, IndicatorLine};
use super::total::Total;
use crate::vietnamese::search_key;

/// A number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As it is written: "2,35 tỷ".
    pub words: String,
    /// In thousandths.
    value: i128,
    /// How much more or less it may mean, in thousandths: what the digits that were not written could have been.
    slack: i128,
    /// A word shortly before it says that it is not exact.
    pub(super) hedged: bool,
    /// What is counted: the words after it, folded for comparing.
    pub(super) counted: String,
}

const THOUSANDTHS: i128 = 1_000;
/// Digits of a rounded number that mean something, as [`super::qualified::spoken`] rounds: zeros after them may stand for
/// others.
const ROUNDED_TO: u32 = 3;

impl Number {
    /// Whether a value in thousandths can be what was written.
    pub(super) fn means(&self, value: i128) -> bool {
        (self.value - value).abs() < self.slack.max(1)
    }

    /// Whether it is the same as another one, as far as both were written.
    pub(super) fn equals(&self, other: &Number) -> bool {
        self.means(other.value)
    }
}

/// For each section with such numbers: its code, its heading, the numbers as they are written, each once.
pub fn unfounded(content: &EditionContent) -> Vec<(&str, &str, Vec<String>)> {
    let figures: Vec<i128> = figures(content);
    let said: Vec<Number> = said(content);
    let of_section = content.narrative.iter().map(|section| {
        let mut found: Vec<String> = Vec::new();
        let lines = section.blocks.iter().flat_map(|block| block.text.lines());
        for number in lines.filter(|line| !points_to_annex(line)).flat_map(numbers) {
            let founded = figures.iter().any(|value| number.means(*value))
                || said.iter().any(|said| number.equals(said));
            if !founded && !found.contains(&number.words) {
                found.push(number.words);
            }
        }
        (section.code.as_str(), section.heading.as_str(), found)
    });
    of_section.filter(|(_, _, found)| !found.is_empty()).collect()
}

/// The numbers of the units' own texts, and of the words that blocks were taken from.
pub(super) fn said(content: &EditionContent) -> Vec<Number> {
    let texts = content.narrative.iter().flat_map(|section| {
        let units = section.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
        let sources = section.blocks.iter().flat_map(|block| &block.sources);
        units.chain(sources.map(|source| source.text.as_str()))
    });
    texts.flat_map(numbers).collect()
}

/// Every number the edition's own figures can be quoted by, in thousandths: totals, what they are compared with and differ
/// by, figures of units, and how many units there are of each kind.
fn figures(content: &EditionContent) -> Vec<i128> {
    let mut all = Vec::new();
    let count = content.reporting();
    let mut counts = vec![content.units.len(), content.missing.len(), content.outside.len()];
    for (_, line) in content.lines() {
        let mut total = |total: &Total| {
            all.extend(line.shown(total.reading()).into_iter().flat_map(|value| thousandths(line, value)));
            counts.extend([total.n, total.of].map(|count| usize::try_from(count).unwrap_or_default()));
        };
        total(&line.total);
        line.same_period.iter().for_each(&mut total);
        line.cumulative.iter().for_each(&mut total);
        if let Some(both) = &line.comparison {
            total(&both.now);
            total(&both.before);
            all.extend(both.difference.into_iter().flat_map(|value| {
                let value = i64::try_from(value.unsigned_abs()).unwrap_or(i64::MAX);
                thousandths(line, value)
            }));
            all.extend(both.change.map(|rate| i128::from(rate.unsigned_abs()) * THOUSANDTHS / 100));
        }
    }
    counts.extend([count.reported, count.of].map(|count| usize::try_from(count).unwrap_or_default()));
    all.extend(counts.into_iter().map(|count| i128::try_from(count).unwrap_or_default() * THOUSANDTHS));
    let lines: HashMap<&str, &IndicatorLine> =
        content.lines().map(|(_, line)| (line.code.as_str(), line)).collect();
    let of_units = content.units.iter().flat_map(|unit| &unit.figures).filter(|figure| figure.counts);
    for figure in of_units {
        let Some(line) = lines.get(figure.indicator.as_str()) else { continue };
        for reading in [figure.now, figure.same_period] {
            all.extend(line.shown(reading).into_iter().flat_map(|value| thousandths(line, value)));
        }
    }
    all
}

/// A number of [`IndicatorLine::shown`] in thousandths, as a text may give it: of its unit of measure, "214" under a heading
/// of triệu đồng; and of what that unit counts, "214 triệu đồng".
pub(super) fn thousandths(line: &IndicatorLine, value: i64) -> [i128; 2] {
    let power = 10_i128.checked_pow(u32::from(line.shift())).unwrap_or(i128::MAX);
    let value = i128::from(value) * THOUSANDTHS;
    [value / power, value * unit_power(&line.measure_unit) / power]
}

/// How many of what is counted one unit of measure is: a million for "triệu đồng", 1 for "buổi".
fn unit_power(measure: &str) -> i128 {
    let first = measure.split_whitespace().next().unwrap_or_default().to_lowercase();
    POWERS.iter().find(|(name, _)| *name == first).map_or(1, |(_, power)| *power)
}

/// Words before a number that make it a day, an article, an ordinal; and words after it that make it a span.
const BEFORE: [&str; 10] = ["năm", "tháng", "ngày", "quý", "điều", "khoản", "điểm", "lần", "mục", "đoạn"];
const AFTER: [&str; 6] = ["tháng", "năm", "ngày", "giờ", "quý", "tuần"];
/// What makes a number one that is not exact, up to [`HEDGE`] words before it.
const HEDGES: [&str; 7] = ["ước", "khoảng", "gần", "hơn", "trên", "chừng", "xỉ"];
const HEDGE: usize = 3;
/// Words after a number that are looked at for what is counted.
const COUNTED: usize = 4;
const POWERS: [(&str, i128); 5] =
    [("nghìn", 1_000), ("ngàn", 1_000), ("triệu", 1_000_000), ("tỷ", 1_000_000_000), ("tỉ", 1_000_000_000)];

/// The numbers of a text that can be figures, in order.
pub fn numbers(text: &str) -> Vec<Number> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        let digits = bare.trim_end_matches('%');
        let Some((value, slack)) = read(digits) else { continue };
        let key = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at)).copied().unwrap_or_default();
            word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
        };
        let (before, after) = (key(at.checked_sub(1)), key(Some(at + 1)));
        // A mark between two words parts them: "năm 2025, 12 buổi".
        let joined = at.checked_sub(1).is_some_and(|at| words[at].ends_with(char::is_alphanumeric));
        let runs_on = word.ends_with(char::is_alphanumeric);
        if joined && BEFORE.contains(&before.as_str()) || runs_on && AFTER.contains(&after.as_str()) {
            continue;
        }
        let power = POWERS.iter().find(|(name, _)| runs_on && *name == after).map(|(_, power)| *power);
        let first = words[..at].iter().rposition(|word| !word.ends_with(char::is_alphanumeric));
        let shortly = first.map_or(0, |mark| mark + 1).max(at.saturating_sub(HEDGE));
        let hedged = words[shortly..at].iter().any(|word| {
            HEDGES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        });
        let next = if runs_on { at + 1 + usize::from(power.is_some()) } else { words.len() };
        let behind = words.get(next..).unwrap_or_default();
        let counted = search_key(&behind[..behind.len().min(COUNTED)].join(" "));
        let words = match power {
            Some(_) => format!("{bare} {}", words[at + 1].trim_matches(|c: char| !c.is_alphanumeric())),
            None => bare.to_owned(),
        };
        let power = power.unwrap_or(1);
        found.push(Number { words, value: value * power, slack: slack * power, hedged, counted });
    }
    found
}

/// "1.234,5" in thousandths, and how much was not written; none of what is no number, or a day, or longer than a figure can be.
fn read(digits: &str) -> Option<(i128, i128)> {
    if digits.len() > 24 || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = digits.split_once(',').unwrap_or((digits, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let grouped = groups.clone().count() > 0;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(first)
        || grouped && first.len() > 3
        || groups.clone().any(|group| group.len() != 3 || !is_digits(group))
    {
        return None;
    }
    if !fraction.is_empty() && !is_digits(fraction) || fraction.len() > 3 {
        return None;
    }
    let whole: i128 = (first.to_owned() + &groups.collect::<String>()).parse().ok()?;
    let decimals = u32::try_from(fraction.len()).ok()?;
    let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let part = part * 10_i128.pow(3 - decimals);
    let zeros = (0..18).take_while(|zeros| whole != 0 && whole % 10_i128.pow(zeros + 1) == 0).count();
    let zeros = u32::try_from(zeros).unwrap_or_default();
    let slack = match decimals {
        0 => {
            let digits = whole.checked_ilog10().map_or(1, |log| log + 1);
            THOUSANDTHS * 10_i128.pow(digits.saturating_sub(ROUNDED_TO).min(zeros))
        }
        decimals => 10_i128.pow(3 - decimals),
    };
    Some((whole * THOUSANDTHS + part, slack))
}
