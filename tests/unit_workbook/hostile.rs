//! Files made to break the reader, and files that are something else: each is refused in its own words, quickly, and
//! without the memory it asks for.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use tonghop::unit_workbook::{LARGEST, Refusal, read};

use super::sample::{filled, outline, with_part};
use crate::attachments::samples;

fn refused(bytes: &[u8]) -> Refusal {
    match read(bytes, &outline()) {
        Err(why) => why,
        Ok(_) => panic!("it was read"),
    }
}

#[test]
fn what_is_no_workbook_of_ours_is_told_apart() {
    assert_eq!(refused(b""), Refusal::Empty);
    assert_eq!(refused(b"xin chao"), Refusal::NotWorkbook);
    assert_eq!(refused(&samples::pdf("x", 900)), Refusal::NotWorkbook);
    assert_eq!(refused(&samples::docx()), Refusal::NotWorkbook);
    assert_eq!(refused(&samples::compound(&["Workbook"])), Refusal::OldExcel);
    assert_eq!(refused(&samples::compound(&["EncryptionInfo", "EncryptedPackage"])), Refusal::Locked);
    assert_eq!(refused(&samples::zip(&["a.txt", "b.txt"])), Refusal::OtherProgram);
    assert_eq!(refused(&samples::zip(&["mimetype", "content.xml"])), Refusal::OtherProgram);
    assert_eq!(refused(&samples::xlsx()), Refusal::NoIdentity);
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert_eq!(refused(&empty.save_to_buffer().unwrap()), Refusal::NothingInIt);
    let macros = with_part(&filled(), "xl/vbaProject.bin", |_| "x".to_owned());
    assert_eq!(refused(&macros), Refusal::Macros);
    let mut half = filled();
    half.truncate(half.len() / 2);
    assert_eq!(refused(&half), Refusal::Broken);
    assert_eq!(refused(&vec![0; LARGEST + 1]), Refusal::TooLarge);
}

#[test]
fn every_refusal_says_something_of_its_own() {
    let all = [
        Refusal::Empty,
        Refusal::TooLarge,
        Refusal::Locked,
        Refusal::Macros,
        Refusal::OldExcel,
        Refusal::OtherProgram,
        Refusal::NotWorkbook,
        Refusal::Broken,
        Refusal::TooMuch(900),
        Refusal::TooManySheets,
        Refusal::TooManyRows("A".into()),
        Refusal::TooManyColumns("A".into()),
        Refusal::TooManyCells,
        Refusal::NoIdentity,
        Refusal::NothingInIt,
        Refusal::OtherUnit("Sở A".into()),
        Refusal::OtherPeriod("năm 2025".into()),
        Refusal::OtherForm(1, 2),
        Refusal::BeforeSending(0, 1),
        Refusal::OtherDraft,
    ];
    let words: std::collections::BTreeSet<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), all.len());
    assert!(words.iter().all(|words| words.ends_with('.')), "{words:?}");
}

/// The sheet of figures with rows put in before its end.
fn with_rows(rows: &str) -> Vec<u8> {
    with_part(&filled(), "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen("</sheetData>", &format!("{rows}</sheetData>"), 1)
    })
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let far = with_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    assert_eq!(refused(&far), Refusal::TooManyRows("Số liệu".into()));
    let wide = with_rows("<row r=\"900\"><c r=\"XFD900\"><v>1</v></c></row>");
    assert_eq!(refused(&wide), Refusal::TooManyColumns("Số liệu".into()));
}

#[test]
fn formats_down_to_the_last_row_are_passed_over() {
    let styled = with_rows("<row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>");
    assert!(read(&styled, &outline()).is_ok());
}

#[test]
fn a_million_rows_are_too_many() {
    let mut rows = String::new();
    for row in 200..1_000_200 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
    }
    assert_eq!(refused(&with_rows(&rows)), Refusal::TooManyCells);
}

/// The same parts, not packed, the end of the sheet that holds `mark` changed after its sum was taken.
fn torn_at_the_end(bytes: &[u8], mark: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        made.start_file(part.name().unwrap().to_string(), plain).unwrap();
        std::io::copy(&mut part, &mut made).unwrap();
    }
    let mut bytes = made.finish().unwrap().into_inner();
    let at = |bytes: &[u8], sought: &str, from: usize| {
        let found = bytes[from..].windows(sought.len()).position(|part| part == sought.as_bytes());
        from + found.expect("it is there")
    };
    let end = at(&bytes, "</worksheet>", at(&bytes, mark, 0));
    bytes[end + 3] = b'X';
    bytes
}

/// What stands beyond the bound is not unpacked: that it is torn there is not found any more.
#[test]
fn a_sheet_is_given_up_at_its_bound_of_rows_or_cells() {
    let all = |one: &str, count: usize| torn_at_the_end(&with_rows(&one.repeat(count)), one);
    assert_eq!(refused(&all("<row/>", 900)), Refusal::Broken);
    assert_eq!(refused(&all("<row ht=\"20\" r=\"900\"/>", 250_000)), Refusal::TooManyCells);
    assert_eq!(refused(&all("<c/>", 1_300_000)), Refusal::TooManyCells);
}

#[test]
fn one_long_text_meant_by_every_cell_is_not_copied_for_each() {
    let mut rows = String::new();
    for row in 200..10_200 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"));
    }
    let bytes = with_rows(&rows);
    let long = with_part(&bytes, "xl/sharedStrings.xml", |xml| {
        let at = xml.find("<si>").unwrap();
        let end = xml.find("</si>").unwrap();
        format!("{}<si><t>{}</t>{}", &xml[..at], "a".repeat(32_000), &xml[end..])
    });
    assert_eq!(refused(&long), Refusal::TooManyCells);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"] {
        zip.start_file(name, deflated).unwrap();
        zip.write_all(&vec![b' '; 30_000_000]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 200_000);
    assert!(matches!(refused(&bytes), Refusal::TooMuch(_)));
    // The same bytes with a smaller claim.
    let (real, claim) = (30_000_000_u32.to_le_bytes(), 10_u32.to_le_bytes());
    let mut lying = bytes.clone();
    for at in 0..lying.len() - 3 {
        if lying[at..at + 4] == real {
            lying[at..at + 4].copy_from_slice(&claim);
        }
    }
    assert_eq!(refused(&lying), Refusal::Broken);
}

/// The reader makes room for as many texts as the table says it has.
#[test]
fn a_table_of_texts_that_says_more_than_it_holds_is_refused() {
    for count in ["1000000000000", "9223372036854775807", "18446744073709551615", "99999999999999999999999"] {
        for name in ["sst", "x:sst"] {
            let lying = with_part(&filled(), "xl/sharedStrings.xml", |_| {
                format!("<!-- uniqueCount --><{name} uniqueCount=\"{count}\"></{name}>")
            });
            assert_eq!(refused(&lying), Refusal::Broken, "{count} of {name}");
        }
    }
}

/// The reader takes a hundred bytes for the ten of a style.
#[test]
fn styles_by_the_million_are_not_read() {
    let heavy = with_part(&filled(), "xl/styles.xml", |xml| {
        xml.replacen("</cellXfs>", &format!("{}</cellXfs>", "<xf></xf>".repeat(4_000_000)), 1)
    });
    assert!(heavy.len() < LARGEST);
    assert!(matches!(refused(&heavy), Refusal::TooMuch(_)));
}

#[test]
fn many_sheets_and_many_merged_cells_are_too_many() {
    let mut book = Workbook::new();
    for _ in 0..61 {
        book.add_worksheet().write_string(0, 0, "x").unwrap();
    }
    assert_eq!(refused(&book.save_to_buffer().unwrap()), Refusal::TooManySheets);
    let merged: String = (300..6_000).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let many = with_part(&filled(), "xl/worksheets/sheet2.xml", |xml| {
        let to = format!("<mergeCells>{merged}</mergeCells><dataValidations");
        xml.replacen("<dataValidations", &to, 1)
    });
    assert_eq!(refused(&many), Refusal::TooManyCells);
}

#[test]
fn a_formula_nobody_computed_is_no_blank() {
    let bytes =
        with_part(&filled(), "xl/worksheets/sheet2.xml", |xml| xml.replacen("<v>1245</v>", "<f>1+1</f>", 1));
    let reading = read(&bytes, &outline()).unwrap();
    let found = reading.findings.iter().find(|f| f.field == "figure.B04").expect("it is said");
    assert!(found.blocks && found.words.contains("chưa được tính"), "{found:?}");
    let computed = with_part(&filled(), "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen("<v>1245</v>", "<f>1+1</f><v>2</v>", 1)
    });
    let reading = read(&computed, &outline()).unwrap();
    assert_eq!(reading.fields["figure.B04"], "2");
}

#[test]
fn an_error_value_and_a_date_are_said_at_their_cells() {
    let fault = with_part(&filled(), "xl/worksheets/sheet2.xml", |xml| {
        let at = xml.find("<v>1245</v>").unwrap();
        let from = xml[..at].rfind("<c ").unwrap();
        let cell = &xml[from..at];
        let place = cell.split('"').nth(1).unwrap();
        format!("{}<c r=\"{place}\" t=\"e\"><v>#REF!</v>{}", &xml[..from], &xml[at + "<v>1245</v>".len()..])
    });
    let reading = read(&fault, &outline()).unwrap();
    let found = reading.findings.iter().find(|f| f.field == "figure.B04").expect("it is said");
    assert!(found.blocks && found.words.contains("#REF!"), "{found:?}");
    assert_eq!(found.place.as_ref().map(|place| place.sheet.as_str()), Some("Số liệu"));
}
