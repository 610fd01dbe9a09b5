//! A block from a spreadsheet into rows: quoted cells, headings, numbers before the rows, rows there already.

use proptest::prelude::*;
use tonghop::lists::{Pasted, Row, cells};

use super::{channels, row};

#[test]
fn a_block_goes_into_the_columns_in_order() {
    let block = "Trang tỉnh\tFacebook\thttps://a.vn\t1.200\t05/6/2025\r\n\r\nKênh huyện\tzalo\r\n";
    let pasted = Pasted::read(&channels(), block);
    assert_eq!(
        pasted.rows,
        [
            row(&[
                ("name", "Trang tỉnh"),
                ("platform", "Facebook"),
                ("address", "https://a.vn"),
                ("followers", "1.200"),
                ("since", "05/6/2025"),
            ]),
            row(&[("name", "Kênh huyện"), ("platform", "zalo")]),
        ]
    );
    assert_eq!((pasted.headed, pasted.unplaced), (false, 0));
}

#[test]
fn quoted_cells_hold_tabs_line_ends_and_quotes() {
    let block = "\"Trang\nhai dòng\"\t\"có \"\"nháy\"\"\"\t\"\"\n\"chưa đóng\tb\n\"dở\"x\tc";
    assert_eq!(
        cells(block),
        [vec!["Trang\nhai dòng", "có \"nháy\"", ""], vec!["\"chưa đóng", "b"], vec!["\"dở\"x", "c"]]
    );
    let pasted = Pasted::read(&channels(), "\"Trang\nhai  dòng\"\tFacebook");
    assert_eq!(pasted.rows, [row(&[("name", "Trang hai dòng"), ("platform", "Facebook")])]);
}

#[test]
fn headings_sort_the_columns_and_numbers_are_left_out() {
    let block = "STT\tđịa chỉ\tTÊN KÊNH\tGhi chú\n1\thttps://a.vn\tTrang A\tmới\n2\thttps://b.vn\tTrang B\t";
    let pasted = Pasted::read(&channels(), block);
    assert_eq!(
        pasted.rows,
        [
            row(&[("address", "https://a.vn"), ("name", "Trang A")]),
            row(&[("address", "https://b.vn"), ("name", "Trang B")]),
        ]
    );
    assert_eq!((pasted.headed, pasted.unplaced), (true, 1));
    let counted = "1.\tA\tZalo\thttps://a.vn\t5\t1/1/2025\n2.\tB\tZalo\thttps://b.vn\t6\t1/1/2025";
    let names: Vec<String> =
        Pasted::read(&channels(), counted).rows.iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, ["A", "B"]);
    // One heading alone proves nothing: a channel may be called "Nền tảng".
    assert!(!Pasted::read(&channels(), "Nền tảng\tZalo").headed);
}

#[test]
fn what_has_no_column_is_counted() {
    let pasted = Pasted::read(&channels(), "A\tZalo\thttps://a.vn\t5\t1/1/2025\tthừa\tthừa nữa");
    assert_eq!((pasted.rows.len(), pasted.unplaced), (1, 2));
    assert_eq!(Pasted::read(&channels(), " \t \n\n"), Pasted::default());
}

/// As a spreadsheet copies: quotes around what needs them.
fn copied(grid: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let needs = text.contains(['\t', '\n', '"']);
        if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let line = |line: &Vec<String>| line.iter().map(cell).collect::<Vec<_>>().join("\t");
    grid.iter().map(line).collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn what_a_spreadsheet_copies_comes_back(
        grid in prop::collection::vec(prop::collection::vec("[a-zđ\"\t\n ]{0,6}", 1..5), 1..6)
    ) {
        prop_assert_eq!(cells(&copied(&grid)), grid.clone());
        prop_assert_eq!(cells(&copied(&grid).replace('\n', "\r\n")).concat().len(), grid.concat().len());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,40}|[\"\t\na]{0,30}") {
        let pasted = Pasted::read(&channels(), &text);
        prop_assert!(pasted.rows.iter().all(|row| !row.is_empty()));
    }

    /// Columns in any order under their headings are the columns in order without headings.
    #[test]
    fn headings_undo_any_order(
        order in Just((0usize..5).collect::<Vec<_>>()).prop_shuffle(),
        lines in prop::collection::vec(prop::collection::vec("[a-z]{1,5}", 5), 1..6),
    ) {
        let list = channels();
        let plain = copied(&lines);
        let headings = list.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
        let sorted = |line: &Vec<String>| order.iter().map(|at| line[*at].clone()).collect::<Vec<_>>();
        let shuffled: Vec<Vec<String>> = std::iter::once(&headings).chain(&lines).map(sorted).collect();
        prop_assert_eq!(Pasted::read(&list, &copied(&shuffled)).rows, Pasted::read(&list, &plain).rows);
    }

    #[test]
    fn pasting_twice_adds_nothing(names in prop::collection::vec("[a-c]", 0..8)) {
        let list = channels();
        let rows: Vec<Row> = names.iter().map(|name| row(&[("name", name)])).collect();
        let first = list.new_among(&[], rows.clone());
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        prop_assert_eq!(first.len(), distinct.len());
        prop_assert!(list.new_among(&first, rows).is_empty());
    }
}

#[test]
fn the_same_row_written_otherwise_is_the_same_row() {
    let list = channels();
    let old = [row(&[("name", "A"), ("platform", "Facebook"), ("since", "2025-06-05")])];
    let new = vec![row(&[("name", "A"), ("platform", "FACEBOOK"), ("since", "5/6/2025")])];
    assert!(list.new_among(&old, new).is_empty());
}
