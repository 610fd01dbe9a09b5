//! A ratio in a unit's own annex has the word of its parts.

use tonghop::db::ids::IndicatorId;
use tonghop::documents::{Document, Row};
use tonghop::indicators::ValueType;
use tonghop::reports::form::parse;
use tonghop::reports::printed::{Around, Frame, printed};
use tonghop::reports::{Content, Outline};

use super::cells::asked;
use super::forms::{self, fields};

fn paper(typed: &[(&str, &str)]) -> Document {
    let mut outline = Outline { tasks: vec![], lists: vec![], ..forms::outline() };
    let mut ratio = asked(4, "D05", ValueType::Ratio, 2, 0);
    ratio.parts = Some((IndicatorId(1), IndicatorId(3)));
    outline.indicators.push(ratio);
    let content = parse(&fields(typed), &outline, Content::default());
    let frame = Frame { kind: "BC".to_owned(), year: 2025, ..Frame::default() };
    let day = "2025-06-20".parse().expect("a day");
    printed(&outline, &content, &Around { frame: &frame, day, draft: false })
}

/// The figure of a line of the annex, its blanks plain; without a year to compare with it is the fourth cell.
fn figure(document: &Document, name: &str) -> String {
    let rows = document.annexes.iter().flat_map(|annex| &annex.tables).flat_map(|table| &table.rows);
    let mut cells = rows.filter_map(|row| match row {
        Row::Cells(cells) => Some(cells),
        Row::Group { .. } => None,
    });
    let line = cells.find(|cells| cells[1] == name).expect("the line");
    line[3].replace('\u{a0}', " ")
}

#[test]
fn out_of_an_estimate_comes_an_estimate() {
    let counts = [("figure.B04", "5"), ("figure.D03", "500")];
    for (levels, word) in [
        (&[][..], ""),
        (&[("level.B04", "estimate")][..], "ước "),
        (&[("level.D03", "estimate")][..], "ước "),
        (&[("level.D03", "nearly")][..], ""),
    ] {
        let typed: Vec<(&str, &str)> = counts.into_iter().chain(levels.iter().copied()).collect();
        let said = figure(&paper(&typed), "Chỉ tiêu D05");
        assert_eq!(said.strip_suffix('%').unwrap_or(&said), format!("{word}1,00"), "{levels:?}");
    }
    // Of nothing there is no estimate.
    let none = [("figure.B04", "0"), ("level.B04", "estimate"), ("figure.D03", "500")];
    assert!(!figure(&paper(&none), "Chỉ tiêu D05").contains("ước"));
}
