//! A document itself as a row of the form's list of documents issued: its kind, number, day and subject under whatever names the form
//! has for them.

use std::collections::BTreeMap;

use super::asked::Form;
use super::heads::Lists;
use super::prose::{Head, Table};
use crate::plan_reader::Sure;
use crate::vietnamese::short_date;

/// The names of the columns that say what a document is, as in the head of a table.
const NAMES: &str = "Loại văn bản | Số, ký hiệu | Ngày | Trích yếu";
/// Places among them.
const KIND: usize = 0;
const NUMBER: usize = 1;
const SUBJECT: usize = 3;

/// The row, as a table of one; none where the form has no such list, or asks more than the head says.
pub fn issued(head: &Head, form: &Form) -> Option<Table> {
    let heads = Lists::of(form).heads(NAMES)?;
    let placed = |at: usize| heads.places.get(at).copied().flatten();
    placed(NUMBER)?;
    if head.number.is_empty() {
        return None;
    }
    let number = head.full_number();
    let date = head.date.map(short_date).unwrap_or_default();
    let whole = format!("{} {}", head.kind, began_small(&head.subject)).trim().to_owned();
    // Where a column of its own has the kind, the subject is without it.
    let (kind, subject) = match (placed(KIND), placed(SUBJECT)) {
        (Some(_), Some(_)) => (head.kind.clone(), head.subject.clone()),
        _ => (whole.clone(), whole),
    };
    let mut row = BTreeMap::new();
    for (at, cell) in [kind, number, date, subject].into_iter().enumerate() {
        if let Some(column) = placed(at).filter(|_| !cell.is_empty()) {
            row.insert(heads.list.columns[column].code.clone(), cell);
        }
    }
    let lacks = heads.list.columns.iter().any(|column| column.required && !row.contains_key(&column.code));
    (!lacks && heads.sure > Sure::Guess).then(|| Table {
        list: heads.list.code.clone(),
        rows: vec![row],
        unread: 0,
        left: Vec::new(),
        lines: Vec::new(),
        sure: Sure::Certain,
    })
}

/// "tuyên truyền …" of "Tuyên truyền …", and "UBND …" as it is.
fn began_small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}
