//! The word before a total: "ước", "gần", "hơn", "khoảng". A sum of figures said with a word is said with one itself; the
//! paper prints it beside the number, as units' own papers do, and no more digits of it than what is in it bears. A table
//! that adds up keeps the sum and says in its remarks what the paper says. Zero is nobody's estimate. Pure.

use super::content::{EditionContent, IndicatorLine, UnitFigure};
use super::total::Total;
use crate::indicators::ValueType;
use crate::vietnamese::{Level, Qualifier, format_scaled};

impl EditionContent {
    /// A total as it is said in a sentence: what is a sum of rounded figures is no more exact than they are, "hơn 2.720.000"
    /// where the annex beside it adds up to 2.726.624; and whether it was rounded so.
    pub fn total_spoken(&self, line: &IndicatorLine) -> Option<(String, bool)> {
        said(line, self.total_word(line))
    }

    /// What a table that keeps the sum says of how exact it is: "có số ước", "có số làm tròn, báo cáo ghi hơn 2.720.000"; none
    /// of an exact one. `in_paper`: there is a paper beside the table, and it says the sum in its own way.
    pub fn precision_remark(&self, line: &IndicatorLine, in_paper: bool) -> Option<String> {
        let word = Some(self.total_word(line)).filter(|word| !word.is_empty())?;
        let (said, _) = said(line, word)?;
        let why = match (line.total.estimated, line.total.approximate) {
            (true, true) => "có số ước, số làm tròn",
            (true, false) => "có số ước",
            (false, _) => "có số làm tròn",
        };
        let said = Some(said).filter(|_| in_paper && line.total.approximate);
        Some(said.map_or_else(|| why.to_owned(), |said| format!("{why}, báo cáo ghi {said}")))
    }

    /// "" before an exact one, and before zero.
    pub(super) fn total_word(&self, line: &IndicatorLine) -> &'static str {
        if line.shown(line.total.reading()) == Some(0) {
            return "";
        }
        let figures = self.units.iter().flat_map(|unit| &unit.figures);
        word_of(line.value_type, &line.code, &line.total, figures)
    }

    /// The total of the same period last year as its own paper said it: with the same word, rounded the same way. Editions made
    /// before the word was kept have it from the total alone.
    pub fn same_period_words(&self, line: &IndicatorLine) -> Option<String> {
        let total = line.same_period?;
        let value = line.shown(total.reading())?;
        let word = match line.same_period_word.as_str() {
            _ if line.value_type == ValueType::Bool || value == 0 => "",
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
    match (total.estimated, total.approximate) {
        (false, false) => return "",
        // Who said which need not be looked for: a province has hundreds of thousands of figures.
        (true, approximate) if total.n > 1 && value_type != ValueType::Bool => {
            return if approximate { "khoảng" } else { "ước" };
        }
        _ => {}
    }
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

/// The size of a percentage given in hundredths, no more exact than the figure it is of: "89,69", of a rounded one "89,7".
pub fn percent(hundredths: i64, rounded: bool) -> String {
    let tenths = hundredths.saturating_abs().saturating_add(5) / 10;
    match (rounded && tenths > 0, hundredths < 0) {
        (true, false) => format_scaled(tenths, 1),
        (true, true) => format_scaled(-tenths, 1),
        (false, _) => format_scaled(hundredths, 2),
    }
}

/// The number of a total with a word before it, and whether it was rounded.
fn said(line: &IndicatorLine, word: &str) -> Option<(String, bool)> {
    let value = line.shown(line.total.reading())?;
    let rounded = spoken(value, word);
    Some((worded(word, &line.words(rounded.unwrap_or(value))), rounded.is_some()))
}

fn worded(word: &str, number: &str) -> String {
    if word.is_empty() { number.to_owned() } else { format!("{word} {number}") }
}

/// The word of a sum: estimates in it make it one; rounded all one way it is that way; else, and where there are estimates
/// and rounded figures, it is about so much. An estimate given to its last digit leaves the sum its digits; a rounded
/// figure does not, whoever estimates beside it.
fn word(total: &Total, figures: &[&UnitFigure]) -> &'static str {
    match (total.estimated, total.approximate) {
        (false, false) => return "",
        (true, false) => return "ước",
        (true, true) => return "khoảng",
        (false, true) => {}
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
