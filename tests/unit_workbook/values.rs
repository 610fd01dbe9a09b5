//! What each kind of cell becomes: the table of docs/unit-workbook.md asked of the program row by row, and what must hold of
//! any number.

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::reports::{Reading, TypedDay, read, shown};
use tonghop::unit_workbook::takes;
use tonghop::unit_workbook::values::{Raw, Takes, digits, typed};
use tonghop::vietnamese::Level;

use super::sample::column;

const DOCS: &str = include_str!("../../docs/unit-workbook.md");

/// The cells of the rows of the table.
fn table() -> Vec<[String; 6]> {
    let rows = DOCS.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let cells = |line: &str| {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_owned()).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("a row of six cells, not {cells:?}"))
    };
    rows.take_while(|line| line.starts_with('|')).map(cells).collect()
}

fn raw(kind: &str, holds: &str) -> Raw {
    match kind {
        "number" => Raw::Number(holds.parse().unwrap()),
        "percent" => Raw::Percent(holds.parse().unwrap()),
        "text" => Raw::Text(holds.to_owned()),
        "day" => Raw::Day(holds.parse::<NaiveDate>().unwrap()),
        "bool" => Raw::Bool(holds == "true"),
        "fault" => Raw::Fault(holds.to_owned()),
        "uncomputed" => Raw::Uncomputed(format!("={holds}")),
        other => panic!("no kind of cell {other}"),
    }
}

/// What the program makes of a cell: the figure as read, the word beside it, whether it is pointed out.
fn becomes(raw: &Raw, name: &str) -> (String, String, bool) {
    let refused = || ("(refused)".to_owned(), String::new(), false);
    let takes = match name {
        "day" => Takes::Day,
        "words" => Takes::Words,
        name => takes(&column(name)),
    };
    let cell = typed(raw, takes);
    if cell.fault.is_some() {
        return refused();
    }
    let doubt = cell.doubt.is_some();
    match takes {
        Takes::Words => (cell.text, String::new(), doubt),
        Takes::Day => match TypedDay::read(&cell.text) {
            day if day.problem().is_some() => refused(),
            day => (day.words(), String::new(), doubt),
        },
        _ => {
            let asked = column(name);
            let entry = read(&cell.text, Level::default(), "", &asked);
            let said = entry.level().before_figure().to_owned();
            match entry.reading {
                Reading::Unreadable(_) => refused(),
                Reading::Blank => ("(blank)".to_owned(), said, doubt),
                Reading::NotApplicable => ("(n/a)".to_owned(), said, doubt),
                Reading::Value(value) => (shown(value, &asked), said, doubt || entry.ambiguous),
            }
        }
    }
}

#[test]
fn the_table_of_the_docs_is_what_the_program_does() {
    let table = table();
    assert!(table.len() > 60, "{} rows", table.len());
    for [kind, holds, column, expected, said, pointed] in table {
        let found = becomes(&raw(&kind, &holds), &column);
        assert_eq!(found, (expected, said, pointed == "yes"), "{kind} {holds:?} in a column of {column}");
    }
}

#[test]
fn spellings_of_the_same_text_are_one() {
    let asked = column("whole");
    for text in ["ga\u{302}\u{300}n 100", "gần\u{A0}100", "gần\u{200B} 100", "GẦN 100"] {
        let cell = typed(&Raw::Text(text.to_owned()), takes(&asked));
        let entry = read(&cell.text, Level::default(), "", &asked);
        assert_eq!(entry.reading, Reading::Value(100), "{text:?}");
        assert_eq!(entry.level().label(), "gần", "{text:?}");
    }
}

proptest! {
    /// Whole numbers a spreadsheet holds exactly come back as themselves.
    #[test]
    fn a_whole_number_is_itself(number in 0_i64..=999_999_999_999_999) {
        let asked = column("whole");
        let cell = typed(&Raw::Number(number as f64), takes(&asked));
        prop_assert_eq!(read(&cell.text, Level::default(), "", &asked).reading, Reading::Value(number));
    }

    /// A decimal of the scale comes back exactly, however its double looks: the oracle is integer arithmetic.
    #[test]
    fn a_decimal_is_exact(tenths in 0_i64..=9_999_999_999) {
        let asked = column("decimal");
        let number: f64 = format!("{}.{}", tenths / 10, tenths % 10).parse().unwrap();
        let cell = typed(&Raw::Number(number), takes(&asked));
        prop_assert_eq!(read(&cell.text, Level::default(), "", &asked).reading, Reading::Value(tenths));
    }

    /// Money in triệu đồng, to the đồng.
    #[test]
    fn money_is_exact(dong in 0_i64..=999_999_999_999_999) {
        let asked = column("money");
        let number: f64 = format!("{}.{:06}", dong / 1_000_000, dong % 1_000_000).parse().unwrap();
        let cell = typed(&Raw::Number(number), takes(&asked));
        prop_assert_eq!(read(&cell.text, Level::default(), "", &asked).reading, Reading::Value(dong));
    }

    /// Nothing panics, and a number is digits with one comma at most, or nothing.
    #[test]
    fn any_number_is_digits(number in any::<f64>()) {
        if let Some(text) = digits(number) {
            let bare = text.strip_prefix('-').unwrap_or(&text);
            prop_assert!(bare.bytes().all(|b| b.is_ascii_digit() || b == b','), "{}", text);
            prop_assert!(bare.matches(',').count() <= 1 && !bare.starts_with(','));
            let back: f64 = text.replace(',', ".").parse().unwrap();
            prop_assert!((back - number).abs() <= number.abs() * 1e-14 + 1e-30, "{} is {}", number, text);
        }
    }

    /// Any text in any column is something, without a panic, and never a figure out of a blank.
    #[test]
    fn any_text_is_taken_or_refused(text in ".{0,40}") {
        for name in ["whole", "decimal", "money", "percent", "yes-no"] {
            let asked = column(name);
            let cell = typed(&Raw::Text(text.clone()), takes(&asked));
            let entry = read(&cell.text, Level::default(), "", &asked);
            if text.trim().is_empty() {
                prop_assert_eq!(entry.reading, Reading::Blank);
            }
        }
    }
}
