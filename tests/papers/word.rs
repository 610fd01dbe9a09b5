//! Word documents: numbers that Word counts by itself, tables, what was deleted, and packages made to hurt.

use tonghop::ooxml::{Package, Part};
use tonghop::papers::{Refusal, text_of};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub fn package(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    let part = |name: &str, root: &str, inside: &str| {
        let xml = format!("<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{W}\">{inside}</w:{root}>");
        Part::new(
            name,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            xml,
        )
    };
    let mut package = Package {
        parts: vec![
            part("word/document.xml", "document", &format!("<w:body>{body}</w:body>")),
            part("word/numbering.xml", "numbering", numbering),
            part("word/styles.xml", "styles", styles),
        ],
        relationships: Vec::new(),
    };
    package.relate(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "word/document.xml",
    );
    package.write().expect("a package")
}

/// A paragraph of a list.
fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

pub fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn level(at: u32, format: &str, text: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn numbering() -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "decimal", "%2.%3."),
        level(3, "lowerLetter", "%4)"),
        level(0, "bullet", "\u{F0B7}"),
        level(1, "bullet", "+"),
    )
}

#[test]
fn word_counts_and_so_do_we() {
    let body = [
        item(1, 0, "MỤC ĐÍCH"),
        item(1, 1, "Một"),
        item(1, 1, "Hai"),
        item(1, 2, "Hai một"),
        item(1, 3, "Chữ a"),
        item(1, 3, "Chữ b"),
        item(1, 0, "PHÂN CÔNG"),
        item(1, 1, "Công an tỉnh"),
        item(2, 0, "Gạch"),
        item(2, 1, "Cộng"),
        item(1, 1, "Sở Nội vụ"),
        item(3, 1, "Lại từ đầu"),
        item(3, 1, "Tiếp theo"),
        item(9, 0, "Danh sách không có"),
        item(0, 0, "Không đánh số"),
    ];
    let text = text_of(&package(&body.concat(), &numbering(), "")).expect("text");
    let expected = "I. MỤC ĐÍCH\n1. Một\n2. Hai\n2.1. Hai một\na) Chữ a\nb) Chữ b\nII. PHÂN CÔNG\n1. Công an tỉnh\n- Gạch\n+ Cộng\n2. Sở Nội vụ\n1. Lại từ đầu\n2. Tiếp theo\nDanh sách không có\nKhông đánh số";
    assert_eq!(text, expected);
}

#[test]
fn a_style_brings_its_list() {
    let styles = "<w:style w:styleId=\"Muc\"><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:styleId=\"MucCon\"><w:basedOn w:val=\"Muc\"/></w:style>";
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = styled("Muc", "Sở Y tế") + &styled("MucCon", "Sở Nội vụ") + &styled("Khac", "Thường");
    assert_eq!(
        text_of(&package(&body, &numbering(), styles)).expect("text"),
        "1. Sở Y tế\n2. Sở Nội vụ\nThường"
    );
}

#[test]
fn tables_breaks_and_deleted_text() {
    let cell = |inside: &str| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let layout = format!(
        "<w:tbl>{}</w:tbl>",
        row(&[
            cell(&(plain("UBND TỈNH X") + &plain("SỞ Y TẾ"))),
            cell(&plain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        ])
    );
    let things = format!(
        "<w:tbl>{}</w:tbl>",
        row(&[cell(&plain("1")), cell(&plain("Đưa tin")), cell(&plain("Sở Y tế"))])
    );
    let body = layout
        + &things
        + "<w:p><w:r><w:t>A</w:t><w:br/><w:t>B &amp; C</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:del><w:r><w:t>bỏ</w:t></w:r></w:del></w:p>";
    let text = text_of(&package(&body, "", "")).expect("text");
    assert_eq!(
        text,
        "UBND TỈNH X\nSỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n1 | Đưa tin | Sở Y tế\nA\nB & C"
    );
}

#[test]
fn packages_made_to_hurt_are_refused() {
    let deep = "<w:sdt>".repeat(5_000) + &"</w:sdt>".repeat(5_000);
    assert!(matches!(text_of(&package(&deep, "", "")), Err(Refusal::TooLarge)));
    let long = plain(&"a".repeat(20 * 1024 * 1024)) + &plain("b");
    assert!(matches!(text_of(&package(&long, "", "")), Err(Refusal::TooLarge)));
    let unclosed = "<w:p><w:r></w:p>";
    assert!(matches!(text_of(&package(unclosed, "", "")), Err(Refusal::BrokenWord(_))));
    // Numbers that Word itself would not count to.
    let numbering = numbering().replace("<w:start w:val=\"1\"/>", "<w:start w:val=\"4294967295\"/>");
    let counted = item(1, 0, "A") + &item(1, 0, "B") + &item(1, 7, "C") + &item(1, 99, "D");
    assert!(text_of(&package(&counted, &numbering, "")).is_ok());
}
