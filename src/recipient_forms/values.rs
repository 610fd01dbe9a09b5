//! An edition's values by name, as numbers where a cell can hold one and in Vietnamese writing for sentences.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::names::of;
use crate::calendar::to_local;
use crate::consolidation::content::{
    EditionContent, FigureStatus, IndicatorLine, Reading, UnitFigure, UnitLine,
};
use crate::consolidation::{EditionCopy, guarded, places};
use crate::form_filler::{Filling, Value};
use crate::indicators::ValueType;
use crate::vietnamese::{document_number, format_scaled, short_date};

/// The values of an edition for a copy of its workbook.
pub fn filling(content: &EditionContent, copy: EditionCopy) -> Filling {
    let guarded = (copy == EditionCopy::Ministry).then(|| guarded(content));
    let content = guarded.as_ref().unwrap_or(content);
    let mut once = edition(content);
    for (_, line) in content.lines() {
        once.extend(indicator(line));
    }
    let lines: HashMap<&str, &IndicatorLine> =
        content.lines().map(|(_, line)| (line.code.as_str(), line)).collect();
    let units = content.units.iter().enumerate().map(|(at, row)| unit(at + 1, row, &lines)).collect();
    Filling { once, units }
}

fn edition(content: &EditionContent) -> HashMap<String, Value> {
    let identity = &content.identity;
    let reporting = content.reporting();
    let number = identity.doc_number.as_deref().map(document_number).unwrap_or_default();
    let written = identity.doc_date.map(date).unwrap_or_default();
    [
        ("province.name", words(&identity.province)),
        ("province.code", words(&identity.province_code)),
        ("agency.name", words(&identity.agency)),
        ("regime.name", words(&identity.regime_name)),
        ("period.label", words(&identity.period_label)),
        ("period.from", date(identity.window_from)),
        ("period.to", date(identity.window_to)),
        ("edition.number", count(identity.edition_number)),
        ("edition.date", date(to_local(identity.created_at).date())),
        ("document.number", words(&number)),
        ("document.date", written),
        ("units.reported", count(reporting.reported)),
        ("units.owed", count(reporting.of)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

fn indicator(line: &IndicatorLine) -> Vec<(String, Value)> {
    let whole = |total: Option<&crate::consolidation::Total>| {
        total
            .and_then(|total| line.shown(total.reading()))
            .map(|shown| figure(line, shown))
            .unwrap_or_default()
    };
    let comparison = line.compared();
    let difference = comparison.and_then(|both| both.difference);
    let change = comparison.and_then(|both| both.change);
    [
        ("total", whole(Some(&line.total))),
        ("same_period", whole(line.same_period.as_ref())),
        ("cumulative", whole(line.cumulative.as_ref())),
        ("difference", difference.map(|value| figure(line, value)).unwrap_or_default()),
        ("percent", change.map(percent).unwrap_or_default()),
        ("given", count(line.total.n)),
        ("asked", count(line.total.of)),
        ("note", words(&line.note)),
    ]
    .into_iter()
    .map(|(name, value)| (of(&line.code, name), value))
    .collect()
}

fn unit(order: usize, unit: &UnitLine, lines: &HashMap<&str, &IndicatorLine>) -> HashMap<String, Value> {
    let mut values = HashMap::from([
        ("unit.order".to_owned(), Value { number: Some(order.to_string()), text: order.to_string() }),
        ("unit.name".to_owned(), words(&unit.name)),
        ("unit.code".to_owned(), words(&unit.code)),
        ("unit.kind".to_owned(), words(&unit.kind_name)),
        ("unit.progress".to_owned(), words(&unit.progress)),
    ]);
    for said in &unit.figures {
        let Some(line) = lines.get(said.indicator.as_str()) else { continue };
        values.insert(of(&line.code, "value"), said_of(line, said, said.now));
        values.insert(of(&line.code, "same_period_value"), said_of(line, said, said.same_period));
        values.insert(of(&line.code, "remark"), words(&remark(line, said)));
    }
    values
}

/// A unit's figure. One that is never in a total must not stand in a column that is added up: it goes out as words.
fn said_of(line: &IndicatorLine, said: &UnitFigure, reading: Reading) -> Value {
    let Some(shown) = line.shown(reading).filter(|_| said.state != FigureStatus::NotAsked) else {
        return Value::default();
    };
    if !said.counts {
        return words(&format!("{} *", line.words(shown)));
    }
    if line.value_type == ValueType::Bool && said.total.is_none() {
        return Value { text: line.unit_words(reading).unwrap_or_default(), ..figure(line, shown) };
    }
    figure(line, shown)
}

/// What must stand beside the number: the words of precision and the unit's own remark.
fn remark(line: &IndicatorLine, said: &UnitFigure) -> String {
    let level = crate::vietnamese::Level { estimate: said.estimate, qualifier: said.qualifier };
    let before = level.before_figure();
    let number = line.reading_words(said.now).filter(|_| !before.is_empty());
    let precision = number.map(|number| format!("{before} {number}"));
    let own = Some(said.note.clone()).filter(|note| !note.is_empty());
    precision.into_iter().chain(own).collect::<Vec<String>>().join("; ")
}

fn figure(line: &IndicatorLine, shown: i64) -> Value {
    let shift = line.shift();
    Value { number: Some(decimal(shown, shift)), text: line.words(shown) }
}

/// A change in hundredths of a percent: the cell holds the quotient, as a format of percent wants it.
fn percent(change: i64) -> Value {
    Value { number: Some(decimal(change, 4)), text: format!("{} %", format_scaled(change, 2)) }
}

/// A scaled number with a point and no more decimals than it needs.
fn decimal(value: i64, shift: u8) -> String {
    let places = usize::from(places(value, shift));
    let dropped = 10_i64.checked_pow(u32::from(shift) - places as u32).unwrap_or(i64::MAX);
    let digits = format!("{:0>width$}", (value / dropped).unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    let sign = if value < 0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

fn count(number: u32) -> Value {
    Value { number: Some(number.to_string()), text: number.to_string() }
}

/// Days go out as people write them; a form that wants to count with days says so in its own formula.
fn date(day: NaiveDate) -> Value {
    words(&short_date(day))
}

fn words(text: &str) -> Value {
    Value { number: None, text: text.to_owned() }
}
