//! Numbers of an edition as people read them, on pages and in workbooks alike: in the indicator's unit of
//! measure, with as many decimals as the number needs, percentages with two.

use super::content::{IndicatorLine, Reading, Said};
use super::fraction::Fraction;
use super::total::Total;
use crate::indicators::{UnitRule, ValueType};
use crate::vietnamese::{Level, format_scaled};

impl Total {
    /// The total without how it came about.
    pub fn reading(&self) -> Reading {
        Reading { value: self.value, numerator: self.numerator, denominator: self.denominator }
    }
}

impl IndicatorLine {
    /// The one number shown for a reading: its value, or the percentage of its parts in hundredths.
    pub fn shown(&self, reading: Reading) -> Option<i64> {
        if self.rule != UnitRule::Ratio {
            return reading.value;
        }
        Fraction::new(reading.numerator?, reading.denominator?, self.part_decimals())?.percent_hundredths()
    }

    /// Power of ten between the number shown and the integer behind it.
    pub fn shift(&self) -> u8 {
        if self.rule == UnitRule::Ratio { 2 } else { self.decimals + self.display_exponent }
    }

    /// A number of [`IndicatorLine::shown`] in Vietnamese writing: "1.234,5".
    pub fn words(&self, value: i64) -> String {
        if self.rule == UnitRule::Ratio { format_scaled(value, 2) } else { scaled_words(value, self.shift()) }
    }

    /// What one unit said, in Vietnamese writing: a yes or no is a word, where the total is a count.
    pub fn unit_words(&self, reading: Reading) -> Option<String> {
        match (self.value_type, reading.value) {
            (ValueType::Bool, Some(0)) => Some("Không".to_owned()),
            (ValueType::Bool, Some(_)) => Some("Có".to_owned()),
            _ => self.reading_words(reading),
        }
    }

    /// All that one unit said: "ước gần 500 (ghi chú: đang rà soát)", "chưa có số liệu", "không áp dụng".
    pub fn said_words(&self, said: &Said) -> String {
        let mut words = match self.unit_words(said.reading) {
            Some(number) => {
                // Nothing is never an estimate.
                let level = match self.shown(said.reading) {
                    Some(0) => Level::default(),
                    _ => Level { estimate: said.estimate, qualifier: said.qualifier },
                };
                format!("{} {number}", level.before_figure()).trim_start().to_owned()
            }
            None if said.not_applicable => "không áp dụng".to_owned(),
            None => "chưa có số liệu".to_owned(),
        };
        if said.aside {
            words.push_str(" (tham khảo, không cộng)");
        }
        if !said.note.is_empty() {
            words.push_str(&format!(" (ghi chú: {})", said.note));
        }
        words
    }

    /// A reading in Vietnamese writing; none where there is nothing to show.
    pub fn reading_words(&self, reading: Reading) -> Option<String> {
        self.shown(reading).map(|value| self.words(value))
    }
}

impl IndicatorLine {
    /// What a total is counted in: how many said yes are units.
    pub fn total_unit(&self) -> &str {
        if self.value_type == ValueType::Bool { "đơn vị" } else { &self.measure_unit }
    }

    /// The name of an indicator where its total stands for many units: "tổng số cán bộ của các đơn vị".
    pub fn total_name(&self) -> String {
        self.name.replace(" của đơn vị", " của các đơn vị")
    }

    /// Whether what is compared is nearly the whole: the units with figures in both periods carry at least nine tenths of
    /// this total and of last year's. A sentence says a rise or a fall of no less: it would be read as the province's.
    pub fn compares_nearly_all(&self) -> bool {
        let Some((both, same)) = self.compared().zip(self.same_period.as_ref()) else { return false };
        let size = |total: &Total| match self.rule {
            UnitRule::Ratio => total.denominator,
            // The largest figure says nothing of how many stand behind it.
            UnitRule::Max => Some(i64::from(total.n)),
            UnitRule::Sum | UnitRule::Owner | UnitRule::CountTrue => total.value,
        };
        let nearly = |part: &Total, whole: &Total| {
            let sizes = size(part).zip(size(whole));
            sizes.is_some_and(|(part, whole)| {
                i128::from(part.unsigned_abs()) * 10 >= i128::from(whole.unsigned_abs()) * 9
            })
        };
        nearly(&both.now, &self.total) && nearly(&both.before, same)
    }

    /// What the difference and its percentage stand for where they are over fewer units than the two totals beside
    /// them: "so sánh trên 8 đơn vị: kỳ này 17, cùng kỳ 18". None where both totals are over the units compared.
    pub fn compared_words(&self) -> Option<String> {
        let (comparison, before) = (self.compared()?, self.same_period.as_ref()?);
        if self.compares_whole() {
            return None;
        }
        let side = |total: &Total| self.reading_words(total.reading());
        match (comparison.now.n, side(&comparison.now), side(&comparison.before)) {
            (0, ..) => {
                let both = self.total.n > 0 && before.n > 0;
                both.then(|| "không có đơn vị có số liệu cả hai kỳ".to_owned())
            }
            (n, Some(now), Some(then)) => {
                Some(format!("so sánh trên {n} đơn vị: kỳ này {now}, cùng kỳ {then}"))
            }
            (n, ..) => Some(format!("so sánh trên {n} đơn vị")),
        }
    }
}

/// Digits needed after the decimal comma to show a value scaled by `shift` in full.
pub fn places(value: i64, shift: u8) -> u8 {
    let (mut places, mut rest) = (shift, value);
    while places > 0 && rest % 10 == 0 {
        rest /= 10;
        places -= 1;
    }
    places
}

/// A value scaled by `shift` in Vietnamese writing, without zeros at the end of its decimals.
pub fn scaled_words(value: i64, shift: u8) -> String {
    let places = places(value, shift);
    let dropped = 10_i64.checked_pow(u32::from(shift - places)).unwrap_or(i64::MAX);
    format_scaled(value / dropped, u32::from(places))
}
