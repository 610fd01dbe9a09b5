//! References in formulas against a table made by hand, and against an oracle that never parses a formula.

use std::collections::HashMap;

use proptest::prelude::*;
use tonghop::form_filler::{Rows, moved, translated};

fn on(sheet: &str, repeated: &[(u32, usize)]) -> HashMap<String, Rows> {
    HashMap::from([(sheet.to_lowercase(), Rows::new(repeated.iter().copied()))])
}

/// Row 5 of "Biểu 1" stands four times: what stood in row 7 stands in row 10.
#[test]
fn references_follow_their_rows() {
    let rows = on("Biểu 1", &[(5, 4)]);
    let table = [
        ("SUM(C5:C5)", "SUM(C5:C8)"),
        ("SUM(C5:C7)", "SUM(C5:C10)"),
        ("SUM(C1:C4)", "SUM(C1:C4)"),
        ("C7/C$7+$C$7", "C10/C$10+$C$10"),
        ("C4-C6", "C4-C9"),
        ("SUM(5:5)+SUM($6:$9)+SUM(A:C)", "SUM(5:8)+SUM($9:$12)+SUM(A:C)"),
        (
            "IF(A7=\"C7 \"\"C7\"\"\",'Biểu 1'!C7,'biểu 1'!$C$7)",
            "IF(A10=\"C7 \"\"C7\"\"\",'Biểu 1'!C10,'biểu 1'!$C$10)",
        ),
        ("Khác!C7+[1]Khác!C7+'[1]Biểu 1'!C7", "Khác!C7+[1]Khác!C7+'[1]Biểu 1'!C7"),
        ("SUM('Biểu 1:Khác'!C7)", "SUM('Biểu 1:Khác'!C7)"),
        ("Bảng[C7]+C7", "Bảng[C7]+C10"),
        ("LOG10(C7)+ABC7X+C7_+TRUE", "LOG10(C10)+ABC7X+C7_+TRUE"),
        ("#REF!+1.5E7+C7%", "#REF!+1.5E7+C10%"),
        ("C7:INDEX(C:C,7)", "C10:INDEX(C:C,7)"),
    ];
    for (before, after) in table {
        assert_eq!(moved(before, "Biểu 1", &rows, None), after, "{before}");
    }
}

#[test]
fn a_copy_speaks_of_its_own_row() {
    let rows = on("S", &[(5, 4)]);
    let table = [
        ("C5+D5", "C7+D7"),
        ("C5/C$7", "C7/C$10"),
        ("C5/C7", "C7/C10"),
        ("SUM(C5:F5)", "SUM(C7:F7)"),
        ("SUM(C$5:C5)", "SUM(C$5:C7)"),
        ("C5/SUM(C$5:C$5)", "C7/SUM(C$5:C$8)"),
        ("SUM(C5:C6)", "SUM(C7:C9)"),
        ("C4+Khác!C5", "C4+Khác!C5"),
    ];
    for (before, after) in table {
        assert_eq!(moved(before, "S", &rows, Some((5, 2))), after, "{before}");
    }
}

#[test]
fn shared_formulas_are_spelled_out() {
    assert_eq!(translated("B2*$B2+B$2+$B$2+SUM(A:A)+SUM(2:$3)", 3, 1), "C5*$B5+C$2+$B$2+SUM(B:B)+SUM(5:$3)");
    assert_eq!(translated("IF(A1=\"B2\",B2,Khác!B2)", 1, 0), "IF(A2=\"B2\",B3,Khác!B3)");
}

/// A piece of a formula, kept as what it is.
#[derive(Debug, Clone)]
enum Word {
    Cell { column: u8, fixed: bool, row: u32 },
    Area { column: u8, from: u32, to: u32 },
    Foreign(u32),
    Text(u32),
}

fn written(word: &Word, place: impl Fn(u32) -> u32, end: impl Fn(u32) -> u32) -> String {
    match word {
        Word::Cell { column, fixed, row } => {
            format!("{}{}{}", char::from(b'A' + column), if *fixed { "$" } else { "" }, place(*row))
        }
        Word::Area { column, from, to } => {
            let column = char::from(b'A' + column);
            format!("SUM({column}{}:{column}{})", place(*from), end(*to))
        }
        Word::Foreign(row) => format!("'Trang khác'!B{row}"),
        Word::Text(row) => format!("\"A{row}\""),
    }
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    let word = prop_oneof![
        (0..26_u8, any::<bool>(), 1..40_u32).prop_map(|(column, fixed, row)| Word::Cell {
            column,
            fixed,
            row
        }),
        (0..26_u8, 1..40_u32, 0..9_u32).prop_map(|(column, from, more)| Word::Area {
            column,
            from,
            to: from + more
        }),
        (1..40_u32).prop_map(Word::Foreign),
        (1..40_u32).prop_map(Word::Text),
    ];
    prop::collection::vec(word, 1..6)
}

proptest! {
    /// The oracle lays the rows out one by one and looks where each came to stand.
    #[test]
    fn moving_is_looking_where_rows_stand(words in words(), repeated in prop::collection::btree_map(1..40_u32, 0..6_usize, 0..4)) {
        let mut laid: Vec<u32> = Vec::new();
        for row in 1..=60 {
            laid.extend(vec![row; repeated.get(&row).map_or(1, |times| (*times).max(1))]);
        }
        let first = |row: u32| laid.iter().position(|found| *found == row).unwrap() as u32 + 1;
        let last = |row: u32| laid.iter().rposition(|found| *found == row).unwrap() as u32 + 1;
        let join = |parts: Vec<String>| parts.join("+");
        let before = join(words.iter().map(|word| written(word, |row| row, |row| row)).collect());
        let after = join(words.iter().map(|word| written(word, first, last)).collect());
        let rows = HashMap::from([("s".to_owned(), Rows::new(repeated))]);
        prop_assert_eq!(moved(&before, "S", &rows, None), after);
    }
}
