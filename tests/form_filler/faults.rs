//! What is wrong with a form is named by cell when it is uploaded.

use std::collections::HashSet;

use rust_xlsxwriter::{Format, Formula, Workbook};
use tonghop::form_filler::{Binding, Cell, Fault, Form, FormError, Known, Piece, pieces};

fn known() -> Known {
    let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<HashSet<String>>();
    Known { once: of(&["D02.total", "period.label"]), of_unit: of(&["unit.name", "D02.value"]) }
}

fn at(cell: &str) -> Cell {
    Cell::parse(cell).unwrap()
}

#[test]
fn every_fault_names_its_cell() {
    let mut book = Workbook::new();
    let (bold, plain) = (Format::new().set_bold(), Format::new());
    let sheet = book.add_worksheet().set_name("Biểu").unwrap();
    sheet.write(0, 0, "{{period.label}} và {{D99.total}}").unwrap();
    sheet.write(1, 1, "{{D02.total").unwrap();
    sheet.write(2, 2, "{{hai chữ}}").unwrap();
    sheet.write(3, 3, "{{D02.value}}").unwrap();
    sheet.write_rich_string(4, 4, &[(&plain, "Tổng {{D02"), (&bold, ".total}} vụ")]).unwrap();
    sheet.write_formula(5, 5, Formula::new("=\"{{D02.total}}\"").set_result("x")).unwrap();
    sheet.write_formula(6, 0, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.merge_range(8, 0, 9, 3, "trộn", &plain).unwrap();
    sheet.write(10, 0, "{{units}}").unwrap();
    sheet.write(10, 1, "{{unit.name}}").unwrap();
    sheet.set_header("&C{{period.label}}");
    let form = Form::read(book.save_to_buffer().unwrap()).unwrap();
    let bind = |sheet: &str, cell: &str, name: &str| Binding {
        sheet: sheet.to_owned(),
        cell: at(cell),
        name: name.to_owned(),
    };
    let bindings = [
        bind("Biểu", "A7", "D02.total"),
        bind("Biểu", "B10", "D02.total"),
        bind("Biểu", "A9", "D02.total"),
        bind("Biểu", "H1", "D02.totals"),
        bind("Khác", "A1", "D02.total"),
    ];
    let sheet = || "Biểu".to_owned();
    let expected = vec![
        Fault::Unknown { sheet: sheet(), cell: at("A1"), name: "D99.total".into() },
        Fault::Broken { sheet: sheet(), cell: at("B2"), text: "{{D02.total".into() },
        Fault::Broken { sheet: sheet(), cell: at("C3"), text: "{{hai chữ}}".into() },
        Fault::NoRow { sheet: sheet(), cell: at("D4"), name: "D02.value".into() },
        Fault::Split { sheet: sheet(), cell: at("E5") },
        Fault::Formula { sheet: sheet(), cell: at("F6") },
        Fault::Formula { sheet: sheet(), cell: at("A7") },
        Fault::Covered {
            sheet: sheet(),
            cell: at("B10"),
            area: tonghop::form_filler::Area::parse("A9:D10").unwrap(),
        },
        Fault::Unknown { sheet: sheet(), cell: at("H1"), name: "D02.totals".into() },
        Fault::NoSheet { sheet: "Khác".into() },
        Fault::Elsewhere { part: "đầu trang, chân trang của “Biểu”".into() },
    ];
    assert_eq!(form.faults(&bindings, &known()), expected);
    for fault in &expected {
        let said = fault.to_string();
        assert!(said.contains("ô ") || said.contains("trang"), "{said}");
    }
}

#[test]
fn what_is_no_form_says_what_it_is() {
    let said = |bytes: &[u8]| Form::read(bytes.to_vec()).unwrap_err();
    assert!(matches!(said(b"TT;Don vi"), FormError::NoWorkbook));
    assert!(matches!(said(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), FormError::OldOrLocked));
    assert!(matches!(said(&vec![b'P'; 11 * 1024 * 1024]), FormError::TooLong));
    assert!(matches!(said(b"PK\x03\x04 torn"), FormError::Package(_)));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["xl/workbook.xml", "xl/vbaProject.bin"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    }
    assert!(matches!(said(&zip.finish().unwrap().into_inner()), FormError::Macros));
}

#[test]
fn marks_are_taken_apart() {
    let name = |name: &str| Piece::Name(name.to_owned());
    let text = |text: &str| Piece::Text(text.to_owned());
    assert_eq!(pieces("{{units}}{{ unit.order }}."), [name("units"), name("unit.order"), text(".")]);
    assert_eq!(pieces("{một} {{ĐP.Đ01.total}}"), [text("{một} "), name("ĐP.Đ01.total")]);
    // Typed in decomposed letters, it is the same name.
    assert_eq!(pieces("{{đơn-vị}}"), pieces("{{đơn-vi\u{323}}}"));
    assert_eq!(pieces("{{}}"), [Piece::Broken("{{}}".into())]);
    assert_eq!(pieces("a {{b"), [text("a "), Piece::Broken("{{b".into())]);
}
