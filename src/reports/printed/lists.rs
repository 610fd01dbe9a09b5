//! The annex of lists: documents issued, models, channels, and the posts that show what was done.

use super::super::{ColumnKind, Content, Evidence, ListTable, Outline, Row as Cells};
use crate::documents::{Align, Annex, Column, Row, Table};
use crate::vietnamese::roman;

/// The annex; none when no list has a row.
pub(super) fn annex(outline: &Outline, content: &Content) -> Option<Annex> {
    let filled = |list: &ListTable| {
        let rows = content.lists.get(&list.code).filter(|rows| !rows.is_empty())?;
        Some(table(list, rows))
    };
    let mut tables: Vec<Table> = outline.lists.iter().filter_map(filled).collect();
    if !content.evidence.is_empty() {
        tables.push(evidence(&content.evidence));
    }
    if tables.len() > 1 {
        for (table, number) in tables.iter_mut().zip(1..) {
            table.title = format!("{}. {}", roman(number), table.title);
        }
    }
    (!tables.is_empty()).then(|| Annex {
        title: "Danh mục kèm theo báo cáo".to_owned(),
        tables,
        ..Annex::default()
    })
}

fn table(list: &ListTable, rows: &[Cells]) -> Table {
    let cells = |row: &Cells| -> Vec<String> {
        let cell = |column: &super::super::Column| {
            row.get(&column.code).map_or(String::new(), |cell| column.shown(cell))
        };
        list.columns.iter().map(cell).collect()
    };
    let columns = list.columns.iter().map(|column| (column.title.as_str(), column.kind)).collect::<Vec<_>>();
    numbered(&list.title, &columns, rows.iter().map(cells))
}

fn evidence(links: &[Evidence]) -> Table {
    let columns = [
        ("Tin, bài, tư liệu", ColumnKind::Text),
        ("Nền tảng", ColumnKind::Choice),
        ("Ngày đăng", ColumnKind::Date),
        ("Lượt tiếp cận", ColumnKind::Number),
        ("Địa chỉ", ColumnKind::Link),
    ];
    let cells = |link: &Evidence| {
        let words = [link.published.words(), link.reach.words(), link.url.clone()];
        [link.title.clone(), link.platform.clone()].into_iter().chain(words).collect()
    };
    numbered("Tin, bài, tư liệu minh chứng", &columns, links.iter().map(cells))
}

/// A table whose rows are counted.
fn numbered(title: &str, columns: &[(&str, ColumnKind)], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let column = |(heading, kind): &(&str, ColumnKind)| {
        let (share, align) = match kind {
            ColumnKind::Text | ColumnKind::Link => (30, Align::Left),
            ColumnKind::Date => (15, Align::Centre),
            ColumnKind::Number => (13, Align::Right),
            ColumnKind::Choice => (16, Align::Left),
        };
        // Without the hint to who types it.
        let heading = heading.split_once(" (không ghi").map_or(*heading, |(heading, _)| heading);
        Column { heading: heading.to_owned(), share, align, ..Column::default() }
    };
    let columns: Vec<Column> = columns.iter().map(column).collect();
    // A fourteenth of the width, however many columns there are: "TT" stays on one line.
    let share = columns.iter().map(|column| column.share).sum::<u32>().div_ceil(13);
    let first = Column { heading: "TT".to_owned(), share, align: Align::Centre, ..Column::default() };
    Table {
        title: title.to_owned(),
        columns: std::iter::once(first).chain(columns).collect(),
        rows: rows
            .zip(1..)
            .map(|(cells, number)| Row::Cells(std::iter::once(number.to_string()).chain(cells).collect()))
            .collect(),
    }
}
