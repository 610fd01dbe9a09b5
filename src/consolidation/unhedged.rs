//! Numbers of the consolidated text that have lost their word: "28 cuộc" where the annex says "ước 28". Pure; whoever
//! approves is told, nothing is held up. Only what is surely a total is told: the same number of the same unit of measure,
//! that nothing exact bears out beside it.

use super::content::{EditionContent, IndicatorLine};
use super::total::Total;
use super::unfounded::{Number, numbers, said, thousandths};
use crate::vietnamese::search_key;

/// For each section with such numbers: its code, its heading, a remark for each.
pub fn unhedged(content: &EditionContent) -> Vec<(&str, &str, Vec<String>)> {
    let exact = Exact::of(content);
    let of_section = content.narrative.iter().map(|section| {
        let mut found: Vec<String> = Vec::new();
        let bare = section.blocks.iter().flat_map(|block| numbers(&block.text));
        for number in bare.filter(|number| !number.hedged && !exact.bears_out(number)) {
            let remark = content.lines().find_map(|(_, line)| lost(content, line, &number));
            if let Some(remark) = remark
                && !found.contains(&remark)
            {
                found.push(remark);
            }
        }
        (section.code.as_str(), section.heading.as_str(), found)
    });
    of_section.filter(|(_, _, found)| !found.is_empty()).collect()
}

/// What the annex says of a total that a number without a word is.
fn lost(content: &EditionContent, line: &IndicatorLine, number: &Number) -> Option<String> {
    let is_total =
        counts(number, line) && is(number, line, &line.total) && !content.total_word(line).is_empty();
    let (said, _) = content.total_spoken(line).filter(|_| is_total)?;
    let unit = if line.total_unit() == "%" { "%".to_owned() } else { format!(" {}", line.total_unit()) };
    Some(format!("“{}”, phụ lục ghi “{said}{unit}”", number.words))
}

fn is(number: &Number, line: &IndicatorLine, total: &Total) -> bool {
    let value = line.shown(total.reading());
    value.is_some_and(|value| thousandths(line, value).into_iter().any(|value| number.means(value)))
}

/// Whether a number is followed by what the totals of a line are counted in.
fn counts(number: &Number, line: &IndicatorLine) -> bool {
    let unit = line.total_unit();
    if unit == "%" {
        return number.words.ends_with('%');
    }
    let unit = search_key(unit);
    let begins = |unit: &str| {
        number.counted.strip_prefix(unit).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    // "214 triệu đồng": the power is read with the number.
    begins(&unit)
        || unit.split_once(' ').is_some_and(|(_, counted)| number.words.contains(' ') && begins(counted))
}

/// What is exact and can be what a number says.
struct Exact<'a> {
    /// Totals without a word, those of last year and of what is compared.
    totals: Vec<(&'a IndicatorLine, Total)>,
    /// Exact figures of units, and what totals differ by from last year's.
    figures: Vec<(&'a IndicatorLine, i64)>,
    /// Numbers units wrote without a word.
    said: Vec<Number>,
}

impl<'a> Exact<'a> {
    fn of(content: &'a EditionContent) -> Exact<'a> {
        let mut totals = Vec::new();
        let mut figures = Vec::new();
        for (_, line) in content.lines() {
            if content.total_word(line).is_empty() {
                totals.push((line, line.total));
            }
            totals.extend(line.same_period.map(|total| (line, total)));
            let both = line.comparison.iter().flat_map(|both| [both.now, both.before]);
            totals.extend(
                both.filter(|total| !total.estimated && !total.approximate).map(|total| (line, total)),
            );
            let of_line = content.units.iter().flat_map(|unit| &unit.figures).filter(|figure| {
                figure.indicator == line.code && !figure.is_estimate() && !figure.is_approximate()
            });
            figures.extend(of_line.filter_map(|figure| Some((line, line.shown(figure.now)?))));
            let difference = line.comparison.and_then(|both| both.difference);
            let difference = difference.and_then(|by| i64::try_from(by.unsigned_abs()).ok());
            figures.extend(difference.map(|by| (line, by)));
        }
        let said = said(content).into_iter().filter(|number| !number.hedged).collect();
        Exact { totals, figures, said }
    }

    fn bears_out(&self, number: &Number) -> bool {
        let total = |(line, total): &(&IndicatorLine, Total)| counts(number, line) && is(number, line, total);
        let figure = |(line, value): &(&IndicatorLine, i64)| {
            counts(number, line) && thousandths(line, *value).into_iter().any(|value| number.means(value))
        };
        let first = |number: &Number| number.counted.split(' ').next().map(str::to_owned);
        self.said.iter().any(|said| number.equals(said) && first(number) == first(said))
            || self.totals.iter().any(total)
            || self.figures.iter().any(figure)
    }
}
