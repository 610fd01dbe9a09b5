//! Annexes: heading, tables whose head repeats, groups, blanks.

use roxmltree::{Document, Node};
use tonghop::documents::{Document as Rows, Row, Table, write};

use super::read::{self, W, child, text_of, value};
use super::sample;

/// The rows of the table that holds this text: whether a head, and the texts of the cells.
fn rows_with(rows: &Rows, text: &str) -> Vec<(bool, Vec<String>)> {
    let parts = read::parts(&write(rows).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let table = document
        .descendants()
        .filter(|n| n.has_tag_name((W, "tbl")))
        .find(|table| text_of(*table).contains(text))
        .expect("the table");
    let row = |row: Node<'_, '_>| {
        let head = row.descendants().any(|n| n.has_tag_name((W, "tblHeader")));
        let cells = row.children().filter(|n| n.has_tag_name((W, "tc"))).map(|cell| text_of(cell)).collect();
        (head, cells)
    };
    table.children().filter(|n| n.has_tag_name((W, "tr"))).map(row).collect()
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_head_of_the_figures_has_three_rows_that_repeat() {
    let rows = rows_with(&sample::report(), "Chỉ tiêu");
    let heads: Vec<Vec<String>> =
        rows.iter().filter(|(head, _)| *head).map(|(_, cells)| cells.clone()).collect();
    assert_eq!(
        heads,
        [
            texts(&[
                "TT",
                "Chỉ tiêu",
                "Đơn vị tính",
                "Cùng kỳ năm trước",
                "Kỳ này",
                "So với cùng kỳ",
                "Ghi chú"
            ]),
            texts(&["", "", "", "", "", "Tăng (+), giảm (-)", "Tỷ lệ (%)", ""]),
            texts(&["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(5)-(4)", "(7)=(6)/(4)", "(8)"]),
        ]
    );
    assert!(rows.iter().take(3).all(|(head, _)| *head) && rows.iter().skip(3).all(|(head, _)| !head));
}

#[test]
fn groups_span_the_table_and_blanks_stay_blank() {
    let rows = rows_with(&sample::report(), "Chỉ tiêu");
    assert_eq!(rows[3].1, texts(&["I", "Chỉ đạo, kinh phí"]));
    assert_eq!(rows[4].1[3..], texts(&["81", "", "", "", ""]));
    let bytes = write(&sample::report()).expect("a document");
    assert!(
        read::paragraph(&bytes, "Chỉ đạo, kinh phí").keep_next,
        "a group is never the last line of a page"
    );
    assert!(read::paragraph(&bytes, "Chỉ đạo, kinh phí").bold);
}

#[test]
fn every_table_is_as_wide_as_the_text_and_its_cells_add_up() {
    let parts = read::parts(&write(&sample::report()).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let number = |n: Node<'_, '_>, name: &str| -> u32 {
        n.attribute((W, name)).expect("a width").parse().expect("a number")
    };
    for table in document.descendants().filter(|n| n.has_tag_name((W, "tbl"))) {
        let grid: u32 =
            table.descendants().filter(|n| n.has_tag_name((W, "gridCol"))).map(|n| number(n, "w")).sum();
        assert_eq!(grid, 9354, "165 mm");
        let columns = table.descendants().filter(|n| n.has_tag_name((W, "gridCol"))).count();
        for row in table.children().filter(|n| n.has_tag_name((W, "tr"))) {
            let cells: Vec<_> = row.children().filter(|n| n.has_tag_name((W, "tc"))).collect();
            let of = |cell: &Node<'_, '_>, name: &str, attribute: &str| -> Option<u32> {
                let properties = cell.children().find(|n| n.has_tag_name((W, "tcPr")))?;
                let found = properties.children().find(|n| n.has_tag_name((W, name)))?;
                found.attribute((W, attribute))?.parse().ok()
            };
            let width: u32 = cells.iter().map(|cell| of(cell, "tcW", "w").expect("a width")).sum();
            let spans: u32 = cells.iter().map(|cell| of(cell, "gridSpan", "val").unwrap_or(1)).sum();
            assert_eq!((width, spans), (9354, columns as u32));
        }
    }
}

#[test]
fn one_annex_has_no_number_and_several_have_roman_ones() {
    let mut rows = sample::report();
    let bytes = write(&rows).expect("a document");
    assert_eq!(read::paragraph(&bytes, "Phụ lục").style, "PhuLuc");
    rows.annexes.push(rows.annexes[0].clone());
    let bytes = write(&rows).expect("a document");
    let labels: Vec<String> =
        read::paragraphs(&bytes).into_iter().filter(|p| p.style == "PhuLuc").map(|p| p.text).collect();
    assert_eq!(labels, ["Phụ lục I", "Phụ lục II"]);
    let parts = read::parts(&bytes);
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let sections: Vec<_> = document.descendants().filter(|n| n.has_tag_name((W, "sectPr"))).collect();
    let starts: Vec<_> =
        sections.iter().map(|section| child(*section, "pgNumType").and_then(|n| value(n, "start"))).collect();
    assert_eq!(starts, [None, Some("1"), Some("1")], "the text, then each annex by itself");
}

/// One annex in the file and one beside it are two.
#[test]
fn an_annex_beside_the_file_is_counted() {
    let rows = sample::report();
    let bytes = tonghop::documents::write_beside_file(&rows).expect("a document");
    assert_eq!(read::paragraph(&bytes, "Phụ lục I").style, "PhuLuc");
}

#[test]
fn a_word_among_numbers_stands_in_the_middle() {
    let mut rows = sample::report();
    let cells = texts(&["1", "Đã ban hành", "có/không", "không", "có", "+7", "0,5", "Ghi"]);
    rows.annexes[0].tables[0].rows = vec![Row::Cells(cells)];
    let bytes = write(&rows).expect("a document");
    let style = |text: &str| read::paragraph(&bytes, text).style;
    assert_eq!(["không", "có"].map(style), ["BangGiua", "BangGiua"]);
    assert_eq!(["+7", "0,5"].map(style), ["BangPhai", "BangPhai"]);
}

#[test]
fn without_an_annex_there_is_one_section() {
    let rows = Rows { annexes: Vec::new(), ..sample::report() };
    let parts = read::parts(&write(&rows).expect("a document"));
    assert_eq!(parts["word/document.xml"].matches("<w:sectPr>").count(), 1);
}

#[test]
fn a_list_without_numbered_columns_has_one_head_row() {
    let mut rows = sample::report();
    let columns = vec![
        sample::column("TT", 6, tonghop::documents::Align::Centre, ""),
        sample::column("Tên mô hình", 30, tonghop::documents::Align::Left, ""),
    ];
    rows.annexes[0].tables =
        vec![Table {
            title: "Mô hình".into(), columns, rows: vec![Row::Cells(texts(&["1", "Tổ sửa xe"]))]
        }];
    let found = rows_with(&rows, "Tên mô hình");
    assert_eq!(found, [(true, texts(&["TT", "Tên mô hình"])), (false, texts(&["1", "Tổ sửa xe"]))]);
}

/// Letters of 12 pt in Times New Roman, measured in a browser, in twips: what cannot be broken in a cell.
const UNBROKEN: [(&str, usize, u32); 3] =
    [("VIII", 0, 454), ("ước\u{a0}1.238.224", 4, 1322), ("+1.238.224", 5, 1095)];

#[test]
fn no_figure_and_no_roman_numeral_is_broken_by_its_column() {
    let mut rows = sample::report();
    let table = &mut rows.annexes[0].tables[0];
    table.rows.push(Row::Group { label: "VIII".into(), title: "Trợ giúp pháp lý".into() });
    table.rows.push(Row::Cells(texts(&[
        "1",
        "Lượt xem",
        "lượt",
        "12",
        "ước\u{a0}1.238.224",
        "+1.238.224",
        "",
        "",
    ])));
    let parts = read::parts(&write(&rows).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let table = document
        .descendants()
        .filter(|n| n.has_tag_name((W, "tbl")))
        .find(|table| text_of(*table).contains("VIII"))
        .expect("the table");
    let widths: Vec<u32> = table
        .descendants()
        .filter(|n| n.has_tag_name((W, "gridCol")))
        .map(|n| n.attribute((W, "w")).expect("a width").parse().expect("a number"))
        .collect();
    for (words, column, letters) in UNBROKEN {
        // 57 twips of air on either side.
        assert!(widths[column] >= letters + 114, "{words}: {} twips", widths[column]);
    }
    assert_eq!(widths.iter().sum::<u32>(), 9354);
}

/// How many rows at the end of the table of figures hold on to what stands under it.
fn holding(rows: &Rows) -> usize {
    let parts = read::parts(&write(rows).expect("a document"));
    let document = Document::parse(&parts["word/document.xml"]).expect("XML");
    let mut tables = document.descendants().filter(|n| n.has_tag_name((W, "tbl")));
    let table = tables.rfind(|table| text_of(*table).contains("Chỉ tiêu")).expect("the table");
    let lines: Vec<Node<'_, '_>> = table.children().filter(|n| n.has_tag_name((W, "tr"))).collect();
    let holds = |row: &&Node<'_, '_>| {
        let mut paragraphs = row.descendants().filter(|n| n.has_tag_name((W, "p")));
        paragraphs.all(|p| p.descendants().any(|n| n.has_tag_name((W, "keepNext"))))
    };
    lines.iter().rev().take_while(holds).count()
}

#[test]
fn notes_under_a_table_never_stand_on_a_page_alone() {
    let mut rows = sample::report();
    assert_eq!(holding(&rows), 2, "two rows go with the notes");
    let place = |rows: &Rows| {
        let parts = read::parts(&write(rows).expect("a document"));
        let xml = &parts["word/document.xml"];
        let note = xml.find("Ô để trống: chưa có số liệu.").expect("the note");
        (note < xml.find("Đơn vị tính").expect("the table"), holding(rows))
    };
    assert_eq!(place(&rows), (false, 2));
    // Across the page they stand before it.
    rows.annexes[0].across = true;
    assert_eq!(place(&rows), (true, 0));
    rows.annexes[0].across = false;
    rows.annexes[0].notes.clear();
    assert_eq!(holding(&rows), 0);
}
