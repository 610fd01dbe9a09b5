//! A pasted list: kinds told by name, columns by heads, faults by line; and a table that comes back the same from three
//! kinds of file.

use proptest::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::standard::catalogue::kinds;
use tonghop::units::listing::{Listing, joined, read, written};
use tonghop::units::resolve::{Above, Place, There, resolve, slug};
use tonghop::units::table_file;

fn listed(text: &str) -> Listing {
    read(text, &kinds().expect("kinds"))
}

#[test]
fn the_kind_is_told_by_the_name_where_the_line_says_none() {
    let known = [
        ("Sở Khoa học và Công nghệ", "department"),
        ("Thanh tra tỉnh Bắc Ninh", "department"),
        ("UBND xã Đại Sơn", "commune"),
        ("Ủy ban nhân dân phường Kinh Bắc", "commune"),
        ("Đặc khu Côn Đảo", "commune"),
        ("Công an xã Đại Sơn", "commune_police"),
        ("Báo Bắc Ninh", "press"),
        ("Cổng Thông tin điện tử tỉnh Bắc Ninh", "portal"),
        ("Chi nhánh Ngân hàng Chính sách xã hội tỉnh", "bank"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "front"),
        ("Hội Nông dân tỉnh", "mass_org"),
        ("Liên đoàn Lao động tỉnh", "mass_org"),
        ("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", "mass_org"),
        ("Phòng Công nghệ thông tin", "division"),
    ];
    for (name, kind) in known {
        let listing = listed(name);
        assert_eq!(listing.problems, vec![], "{name}");
        assert_eq!(listing.lines[0].kind_code, kind, "{name}");
    }
    let unknown = listed("Trường Chính trị tỉnh");
    assert!(unknown.lines.is_empty() && unknown.problems[0].message.contains("cột thứ hai"), "{unknown:?}");
}

#[test]
fn a_part_of_a_kinds_name_is_enough_where_no_other_kind_has_it() {
    for word in ["sở", "Ngành", "sở, ngành"] {
        let listing = listed(&format!("Ban Quản lý các khu công nghiệp | {word}"));
        assert_eq!(listing.problems, vec![], "{word}");
        assert_eq!(listing.lines[0].kind_code, "department", "{word}");
    }
    // Both a commune and its police have "phường" in their names.
    let two = listed("Kinh Bắc | phường");
    assert!(two.problems[0].message.contains("Không rõ loại “phường”"), "{two:?}");
}

#[test]
fn heads_say_the_order_of_the_columns() {
    let text = "STT | Mã | Tên đơn vị | Loại | Tên gọi khác\n1 | 07627 | UBND xã Đại Sơn | cấp xã | xã Đại Sơn, Đại Sơn\n\n2 | | Sở Y tế | |";
    let listing = listed(text);
    assert_eq!(listing.problems, vec![]);
    let [first, second] = listing.lines.as_slice() else { panic!("{listing:?}") };
    assert_eq!((first.number, first.official_code.as_str()), (2, "07627"));
    assert_eq!(first.aliases, ["xã Đại Sơn", "Đại Sơn"]);
    assert_eq!(
        (second.number, second.name.as_str(), second.kind_code.as_str()),
        (4, "Sở Y tế", "department")
    );
}

#[test]
fn faults_are_named_by_line() {
    let long = "Sở ".repeat(80);
    let listing = listed(&format!("Sở Y tế\nSở Nội vụ | chợ\n | sở, ngành\nSỞ Y TẾ\n{long}"));
    let numbers: Vec<usize> = listing.problems.iter().map(|problem| problem.number).collect();
    assert_eq!(numbers, [2, 3, 4, 5], "{:?}", listing.problems);
    assert_eq!(listing.lines.len(), 1);
}

/// Communes whose names differ by accents alone are different communes.
#[test]
fn accents_make_different_names() {
    assert_eq!(listed("Xã Tân Hà\nXã Tân Hạ").lines.len(), 2);
}

fn place() -> Place {
    let there = |id: i64, code: &str, name: &str, kind: &str| There {
        id: UnitId(id),
        code: format!("p.{code}"),
        name: name.into(),
        short_name: name.into(),
        kind_code: kind.into(),
        protocol_order: 20,
    };
    Place {
        code: "p".into(),
        province: UnitId(1),
        committee: Some(UnitId(2)),
        there: vec![there(2, "ubnd", "UBND tỉnh", "committee"), there(3, "so-y-te", "Sở Y tế", "department")],
        taken: vec!["p.so-cu".into()],
        ready: vec![],
    }
}

#[test]
fn units_find_their_place() {
    let text =
        "Sở Nội vụ\nHội Nông dân tỉnh\nPhòng Dược | | | | Sở Y tế\nPhòng Việc làm | | | | Sở Nội vụ\nSở Cũ";
    let units = resolve(&listed(text).lines, &place()).expect("a place for each");
    let above: Vec<Above> = units.iter().map(|unit| unit.above).collect();
    let existing = |id| Above::Existing(UnitId(id));
    assert_eq!(above, [existing(2), existing(1), existing(3), Above::Listed(0), existing(2)]);
    let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(
        codes,
        ["p.so-noi-vu", "p.hoi-nong-dan-tinh", "p.phong-duoc", "p.phong-viec-lam", "p.so-cu-2"]
    );
    let wrong =
        resolve(&listed("Sở Y tế\nPhòng X | | | | Sở Không Có").lines, &place()).expect_err("two faults");
    assert_eq!(wrong.iter().map(|problem| problem.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_list_is_not_doubled_when_it_is_ticked_again() {
    let lines = vec!["Sở Y tế | sở, ngành".to_owned(), "Sở Nội vụ".to_owned()];
    let once = joined("Sở Y tế | Sở YT", &lines);
    assert_eq!(once, "Sở Y tế | Sở YT\nSở Nội vụ", "a line that was mended stays as it was mended");
    assert_eq!(joined(&once, &lines), once);
}

/// The same table as .csv with three separators and as .xlsx.
#[test]
fn a_table_is_read_from_every_kind_of_file() {
    let rows = [
        ["Tên đơn vị", "Loại", "Tên viết tắt", "Mã"],
        ["UBND xã \"Đại\" Sơn", "cấp xã", "Xã Đại Sơn", "07627"],
    ];
    let wanted: Vec<String> = rows.iter().map(|row| written(row)).collect();
    for delimiter in [b',', b';', b'\t'] {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(vec![]);
        for row in rows {
            writer.write_record(row).expect("a row");
        }
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend(writer.into_inner().expect("the text"));
        assert_eq!(table_file::lines(&bytes).expect("a table"), wanted, "{}", char::from(delimiter));
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            sheet.write(at, column, cell).expect("a cell");
        }
    }
    assert_eq!(table_file::lines(&book.save_to_buffer().expect("a workbook")).expect("a table"), wanted);
    // Shifted, with a cell in the last corner: read cell by cell, not as a range of seventeen thousand million.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (3u32..).zip(rows) {
        for (column, cell) in (2u16..).zip(row) {
            sheet.write(at, column, cell).expect("a cell");
        }
    }
    sheet.write(1_048_575, 16_383, 1).expect("a far cell");
    assert_eq!(table_file::lines(&book.save_to_buffer().expect("a workbook")).expect("a table"), wanted);
    assert!(table_file::lines(b"PK\x03\x04 no workbook").is_err());
    assert!(table_file::lines(&[0xFF, 0xFE, 0x00]).is_err());
}

/// A text stored once in a workbook can be meant by every one of its cells.
#[test]
fn a_table_of_long_texts_is_refused_before_they_are_copied() {
    let refused = |rows: u32, letters: usize| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..rows {
            sheet.write(row, 0, "a".repeat(letters)).expect("a cell");
        }
        table_file::lines(&book.save_to_buffer().expect("a workbook")).expect_err("too much")
    };
    assert_eq!(refused(2_000, 30_000), "Dòng 1 của tệp có ô dài hơn 2.000 ký tự. Rút ngắn rồi tải lại.");
    assert!(refused(600, 1_999).starts_with("Bảng có hơn 1.000.000 chữ."));
    let csv = format!("Sở A\n{}", "b".repeat(2_001));
    assert!(table_file::lines(csv.as_bytes()).expect_err("too long").starts_with("Dòng 2 của tệp"));
}

proptest! {
    /// Whatever is pasted, each line is a unit, a fault or nothing, and no line is both.
    #[test]
    fn every_line_is_accounted_for(text in "(Sở|Xã|Hội|Trường|)[ a-zà-ỹ|;]{0,20}(\n(Sở|Xã|Hội|Trường|)[ a-zà-ỹ|;]{0,20}){0,8}") {
        let listing = listed(&text);
        let mut seen: Vec<usize> = listing.lines.iter().map(|line| line.number).collect();
        seen.extend(listing.problems.iter().map(|problem| problem.number));
        seen.sort_unstable();
        let mut once = seen.clone();
        once.dedup();
        prop_assert_eq!(&once, &seen);
        prop_assert!(seen.iter().all(|number| (1..=text.lines().count()).contains(number)));
    }

    /// A code is small letters, digits and hyphens, whatever the name.
    #[test]
    fn slugs_are_plain(name in "\\PC{0,40}") {
        let slug = slug(&name);
        prop_assert!(!slug.is_empty());
        prop_assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    }
}
