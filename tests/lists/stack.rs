//! Rows of many units under one heading per list, against a count by hand.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use tonghop::consolidation::{UnitRows, stack_lists};
use tonghop::lists::{ColumnKind, ListTable, Row};

use super::{column, row};

fn list(code: &str, columns: &[(&str, ColumnKind)]) -> ListTable {
    let columns = columns.iter().map(|(code, kind)| column(code, &code.to_uppercase(), *kind)).collect();
    ListTable { code: code.into(), title: format!("Danh {code}"), columns }
}

#[test]
fn lists_and_columns_stand_in_one_order_and_units_in_theirs() {
    use ColumnKind::{Date, Number, Text};
    let first = [list("documents", &[("number", Text), ("date", Date)]), list("channels", &[("name", Text)])];
    let second = [
        list("documents", &[("number", Text), ("date", Date), ("copies", Number)]),
        list("models", &[("name", Text)]),
        list("channels", &[("name", Text)]),
    ];
    let rows = |pairs: &[(&str, Vec<Row>)]| -> HashMap<String, Vec<Row>> {
        pairs.iter().map(|(code, rows)| ((*code).to_owned(), rows.clone())).collect()
    };
    let a = rows(&[("documents", vec![row(&[("number", "1")])]), ("channels", vec![row(&[("name", "x")])])]);
    let b =
        rows(&[("documents", vec![row(&[("number", "2")]), row(&[("copies", "3")])]), ("models", vec![])]);
    let stacked = stack_lists(&[
        UnitRows { unit: "Sở A".into(), lists: &first, rows: Some(&a), ..UnitRows::default() },
        UnitRows { unit: "Sở B".into(), lists: &second, rows: Some(&b), ..UnitRows::default() },
        UnitRows { unit: "Sở C".into(), lists: &second, rows: None, ..UnitRows::default() },
    ]);
    let codes: Vec<&str> = stacked.iter().map(|list| list.code.as_str()).collect();
    assert_eq!(codes, ["documents", "channels"], "a list without rows is left out");
    let columns: Vec<&str> = stacked[0].columns.iter().map(|column| column.code.as_str()).collect();
    assert_eq!(columns, ["number", "date", "copies"]);
    let units: Vec<&str> = stacked[0].rows().map(|(unit, _)| unit).collect();
    assert_eq!(units, ["Sở A", "Sở B", "Sở B"]);
}

#[test]
fn a_column_of_two_types_is_text() {
    let (first, second) =
        ([list("l", &[("c", ColumnKind::Date)])], [list("l", &[("c", ColumnKind::Number)])]);
    let rows: HashMap<String, Vec<Row>> = [("l".to_owned(), vec![row(&[("c", "2025-06-05")])])].into();
    let unit = |lists| UnitRows { unit: "U".into(), lists, rows: Some(&rows), ..UnitRows::default() };
    let stacked = stack_lists(&[unit(&first), unit(&second)]);
    assert_eq!(stacked[0].columns[0].kind, ColumnKind::Text);
    assert_eq!(stacked[0].len(), 2);
}

proptest! {
    /// Every row of every unit is there once, in the order of units; every column of every form is there once.
    #[test]
    fn nothing_is_lost_and_nothing_is_there_twice(
        units in prop::collection::vec(
            (prop::collection::btree_set(0usize..4, 0..4), prop::collection::vec((0usize..4, "[a-z]{1,3}"), 0..6)),
            0..5,
        )
    ) {
        let codes = ["a", "b", "c", "d"];
        let forms: Vec<Vec<ListTable>> = units
            .iter()
            .map(|(asked, _)| asked.iter().map(|at| list(codes[*at], &[("x", ColumnKind::Text)])).collect())
            .collect();
        let mut naive: Vec<(String, String, String)> = Vec::new();
        let mut rows: Vec<HashMap<String, Vec<Row>>> = Vec::new();
        for (number, (asked, cells)) in units.iter().enumerate() {
            let mut of: HashMap<String, Vec<Row>> = HashMap::new();
            for (at, text) in cells.iter().filter(|(at, _)| asked.contains(at)) {
                of.entry(codes[*at].to_owned()).or_default().push(row(&[("x", text)]));
                naive.push((codes[*at].to_owned(), format!("U{number}"), text.clone()));
            }
            rows.push(of);
        }
        let given: Vec<UnitRows<'_>> = forms
            .iter()
            .zip(&rows)
            .enumerate()
            .map(|(number, (lists, rows))| UnitRows { unit: format!("U{number}"), lists, rows: Some(rows), ..UnitRows::default() })
            .collect();
        let stacked = stack_lists(&given);
        for list in &stacked {
            let found: Vec<(String, String)> =
                list.rows().map(|(unit, row)| (unit.to_owned(), row["x"].clone())).collect();
            let wanted: Vec<(String, String)> = naive
                .iter()
                .filter(|(code, ..)| *code == list.code)
                .map(|(_, unit, text)| (unit.clone(), text.clone()))
                .collect();
            prop_assert_eq!(found, wanted);
        }
        let there: BTreeSet<String> = stacked.iter().map(|list| list.code.clone()).collect();
        let asked: BTreeSet<String> = naive.into_iter().map(|(code, ..)| code).collect();
        prop_assert_eq!(there.len(), stacked.len());
        prop_assert_eq!(there, asked);
    }
}
