//! Files made to break their reader: each is refused in words, quickly, without the memory it asks for.

use std::io::{Cursor, Write as _};

use tonghop::merging::Given;

use super::book::{data_part, faults, province, with_part};

fn refused(name: &str, bytes: Vec<u8>) -> String {
    let mut found = faults(&[Given { name: name.to_owned(), bytes }]);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    assert_eq!(refused("a.xlsx", b"xin chao".to_vec()), "a.xlsx: Không phải tệp .xlsx.");
    assert_eq!(refused("b.xlsx", vec![]), "b.xlsx: Không phải tệp .xlsx.");
    let old = [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 600]].concat();
    assert!(refused("c.xlsx", old).contains("đời cũ"));
    let mut half = province("24", 1).bytes;
    half.truncate(half.len() / 2);
    assert!(refused("d.xlsx", half).contains("hỏng"));
    assert!(refused("e.xlsx", b"PK\x03\x04".to_vec()).contains("hỏng"));
}

#[test]
fn another_workbook_is_told_what_is_missing() {
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write_string(0, 0, "x").unwrap();
    let found = refused("a.xlsx", other.save_to_buffer().unwrap());
    assert!(found.contains("Không có trang “Định danh”"), "{found}");
}

#[test]
fn a_cell_in_the_last_corner_of_the_sheet_costs_nothing() {
    // As a range this would be 17 thousand million cells.
    let whole = province("24", 1);
    let far = with_part(&whole, &data_part(&whole), |xml| {
        xml.replacen(
            "</sheetData>",
            "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
            1,
        )
    });
    let found = refused("24.xlsx", far.bytes);
    assert!(found.starts_with("24.xlsx: Dữ liệu!XFD1048576: Trang có nhiều dòng"), "{found}");
}

#[test]
fn a_part_that_claims_to_be_enormous_is_not_unpacked() {
    let found = refused("a.xlsx", claiming(u32::MAX - 1));
    assert!(found.contains("MB, lớn hơn mọi tệp tổng hợp"), "{found}");
}

#[test]
fn a_part_that_is_more_than_it_claims_is_found_before_it_is_read() {
    let found = refused("a.xlsx", claiming(10));
    assert!(found.contains("hỏng") || found.contains("không an toàn"), "{found}");
}

/// A workbook with one part of ten million zeros that claims this size in both of its headers.
fn claiming(size: u32) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("xl/sharedStrings.xml", deflated).unwrap();
    zip.write_all(&vec![b'0'; 10_000_000]).unwrap();
    let mut bytes = zip.finish().unwrap().into_inner();
    let real = 10_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 3).filter(|at| bytes[*at..*at + 4] == real).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

#[test]
fn a_thousand_parts_are_too_many() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..1_001 {
        zip.start_file(format!("xl/{part}.xml"), zip::write::SimpleFileOptions::default()).unwrap();
    }
    let found = refused("a.xlsx", zip.finish().unwrap().into_inner());
    assert!(found.contains("1001 phần"), "{found}");
}

#[test]
fn entities_are_not_expanded_and_endless_text_is_not_kept() {
    let whole = province("24", 1);
    let bomb = with_part(&whole, "xl/sharedStrings.xml", |xml| {
        let kinds =
            "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        xml.replacen("<sst ", &format!("{kinds}<sst "), 1).replacen("<t>gia_tri</t>", "<t>&b;</t>", 1)
    });
    // Whatever the reader makes of it, it is one fault in words.
    assert!(refused("24.xlsx", bomb.bytes).starts_with("24.xlsx: "));
    let long = with_part(&whole, "xl/sharedStrings.xml", |xml| {
        xml.replacen("<t>chua_bao_cao</t>", &format!("<t>{}</t>", "a".repeat(40_000)), 1)
    });
    assert!(refused("24.xlsx", long.bytes).contains("Ô có quá nhiều chữ."));
}
