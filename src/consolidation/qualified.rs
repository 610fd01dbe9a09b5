//! The word before a total: "ước", "gần", "hơn", "khoảng". A sum of figures said with a word is said with one itself; the
//! paper prints it beside the number, as units' own papers do. Pure.

use super::content::{EditionContent, IndicatorLine, UnitFigure};
use super::total::Total;
use crate::indicators::ValueType;
use crate::vietnamese::{Level, Qualifier};

impl EditionContent {
    /// A total with its word: "ước 1.245"; none where there is nothing to show.
    pub fn total_words(&self, line: &IndicatorLine) -> Option<String> {
        let number = line.reading_words(line.total.reading())?;
        Some(worded(self.total_word(line), &number))
    }

    /// A total as it is said in a sentence: what is a sum of rounded figures is no more exact than they are, "hơn 2.720.000"
    /// where the annex beside it adds up to 2.726.624; and whether it was rounded so.
    pub fn total_spoken(&self, line: &IndicatorLine) -> Option<(String, bool)> {
        let value = line.shown(line.total.reading())?;
        let word = self.total_word(line);
        let rounded = spoken(value, word);
        Some((worded(word, &line.words(rounded.unwrap_or(value))), rounded.is_some()))
    }

    /// "" before an exact one.
    fn total_word(&self, line: &IndicatorLine) -> &'static str {
        let figures = self.units.iter().flat_map(|unit| &unit.figures);
        word_of(line.value_type, &line.code, &line.total, figures)
    }

    /// The total of the same period last year as its own paper said it: with the same word, rounded the same way. Editions made
    /// before the word was kept have it from the total alone.
    pub fn same_period_words(&self, line: &IndicatorLine) -> Option<String> {
        let total = line.same_period?;
        let value = line.shown(total.reading())?;
        let word = match line.same_period_word.as_str() {
            _ if line.value_type == ValueType::Bool => "",
            "" => word(&total, &[]),
            word => word,
        };
        Some(worded(word, &line.words(spoken(value, word).unwrap_or(value))))
    }
}

/// The word before the total of an indicator, out of what each of the units said of it.
pub(super) fn word_of<'a>(
    value_type: ValueType,
    code: &str,
    total: &Total,
    figures: impl Iterator<Item = &'a UnitFigure>,
) -> &'static str {
    let of_total = |figure: &&UnitFigure| figure.indicator == code && figure.counts && !figure.now.is_empty();
    let figures: Vec<&UnitFigure> = figures.filter(of_total).collect();
    match figures.as_slice() {
        _ if value_type == ValueType::Bool => "",
        [one] if one.total.is_none() => {
            Level { estimate: one.estimate, qualifier: one.qualifier }.before_figure()
        }
        many => word(total, many),
    }
}

/// Digits of a rounded number that are said.
const SAID: u32 = 3;

/// A number to [`SAID`] digits, down after "hơn", up after "gần", to the nearer one after "khoảng"; none of any other, nor
/// of one that has no more digits.
pub fn spoken(value: i64, word: &str) -> Option<i64> {
    let digits = value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    let step = 10_i64.checked_pow(digits.checked_sub(SAID).filter(|more| *more > 0)?)?;
    let down = value.div_euclid(step) * step;
    let rest = value - down;
    match word {
        "hơn" => Some(down),
        "gần" if rest > 0 => down.checked_add(step),
        "gần" => Some(down),
        "khoảng" if rest >= step - rest => down.checked_add(step),
        "khoảng" => Some(down),
        _ => None,
    }
}

fn worded(word: &str, number: &str) -> String {
    if word.is_empty() { number.to_owned() } else { format!("{word} {number}") }
}

/// The word of a sum: an estimate in it makes it one; rounded all one way it is that way; else it is about so much.
fn word(total: &Total, figures: &[&UnitFigure]) -> &'static str {
    if total.estimated {
        return "ước";
    }
    if !total.approximate {
        return "";
    }
    let rounded: Vec<&&UnitFigure> = figures.iter().filter(|figure| figure.is_approximate()).collect();
    let all = |qualifier| !rounded.is_empty() && rounded.iter().all(|figure| figure.qualifier == qualifier);
    // What comes through a lower collector is rounded in a way nobody knows here.
    let known = figures.iter().all(|figure| figure.total.as_ref().is_none_or(|below| !below.approximate));
    match () {
        () if known && all(Qualifier::Nearly) => "gần",
        () if known && all(Qualifier::Over) => "hơn",
        () => "khoảng",
    }
}
