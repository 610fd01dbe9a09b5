//! Figures of an edition that are to be looked at before it is approved: what fell by much in a unit that took in others,
//! which may have counted itself only; what is larger than the figure it comes out of. Pure; told, and nothing is held up.

use super::content::{EditionContent, IndicatorLine, UnitFigure, UnitLine};
use super::coverage::names;
use super::fraction::{Fraction, PartDecimals};
use crate::indicators::{UnitRule, ValueType, cross_checks, falls_far};
use crate::vietnamese::format_scaled;

/// One such figure: code of the indicator, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caution {
    pub code: String,
    pub words: String,
}

/// All of an edition, in the order of the catalogue.
pub fn cautions(content: &EditionContent) -> Vec<Caution> {
    let mut found = Vec::new();
    for (_, line) in content.lines() {
        let mut add = |words| found.push(Caution { code: line.code.clone(), words });
        for unit in content.units.iter().filter(|unit| !unit.took_in.is_empty()) {
            figure(unit, &line.code)
                .and_then(|figure| fallen(line, unit, figure))
                .into_iter()
                .for_each(&mut add);
        }
        for check in cross_checks().filter(|check| check.part == line.code) {
            let Some((_, whole)) = content.line(check.whole) else { continue };
            let both = line.total.value.zip(whole.total.value);
            both.and_then(|both| larger("Tổng số", (line, whole), both)).into_iter().for_each(&mut add);
            for unit in &content.units {
                let value = |code| figure(unit, code).and_then(|figure| figure.now.value);
                let both = value(check.part).zip(value(check.whole));
                both.and_then(|both| larger(&unit.name, (line, whole), both)).into_iter().for_each(&mut add);
            }
        }
    }
    found
}

fn figure<'a>(unit: &'a UnitLine, code: &str) -> Option<&'a UnitFigure> {
    unit.figures.iter().find(|figure| figure.indicator == code)
}

/// "UBND thành phố Bắc Giang: 2.353 người, cùng kỳ 4.724 người (giảm 50,19%)": a sentence for a figure of a unit that others
/// passed into and that fell by much.
fn fallen(line: &IndicatorLine, unit: &UnitLine, figure: &UnitFigure) -> Option<String> {
    if line.value_type == ValueType::Bool || line.rule == UnitRule::Ratio || !figure.counts {
        return None;
    }
    let (now, before) = figure.now.value.zip(figure.same_period.value)?;
    if !falls_far(now, before) {
        return None;
    }
    let rate = Fraction::new(before - now, before, PartDecimals::default())
        .and_then(Fraction::percent_hundredths)?;
    let took_in: Vec<&str> = unit.took_in.iter().map(String::as_str).collect();
    Some(format!(
        "{}: {}, cùng kỳ {} (giảm {}%). Số giảm có thể vì đơn vị đã sáp nhập {} mà chưa tính đủ, kiểm tra lại.",
        unit.name,
        measured(line, now),
        measured(line, before),
        format_scaled(rate, 2),
        names(&took_in),
    ))
}

/// A sentence where the first figure is larger than the one it comes out of.
fn larger(
    whose: &str,
    (part, whole): (&IndicatorLine, &IndicatorLine),
    (value, of): (i64, i64),
) -> Option<String> {
    let comparable = part.shift() == whole.shift() && part.measure_unit == whole.measure_unit;
    (comparable && value > of).then(|| {
        format!(
            "{whose}: {}, lớn hơn {} của {} {}. Kiểm tra lại.",
            measured(part, value),
            measured(whole, of),
            whole.code,
            whole.name
        )
    })
}

fn measured(line: &IndicatorLine, value: i64) -> String {
    format!("{} {}", line.words(value), line.measure_unit)
}
