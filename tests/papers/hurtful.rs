//! Small files that ask for more than any machine holds: refused while they are read, or cut to what a paper has. Each stands
//! beside a smaller one of its kind that is read.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use tonghop::papers::{Refusal, text_of};

use super::word::package;

/// A file of pages with these contents, which all name the same things.
fn file(contents: &[Vec<u8>], named: impl FnOnce(&mut Document) -> Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let resources = named(&mut document);
    let resources = document.add_object(resources);
    let parent = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for content in contents {
        let content = document.add_object(Stream::new(Dictionary::new(), content.clone()));
        let page = dictionary! { "Type" => "Page", "Parent" => parent, "Contents" => content, "Resources" => resources };
        kids.push(document.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).expect("few pages");
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(parent, Object::Dictionary(pages));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file");
    bytes
}

/// A font with this table to Unicode, as what a page names.
fn font(document: &mut Document, table: String) -> Dictionary {
    let table = document.add_object(Stream::new(Dictionary::new(), table.into_bytes()));
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "ToUnicode" => table,
    });
    dictionary! { "Font" => dictionary! { "A" => font } }
}

/// A table in which "A" stands for these letters.
fn letters(hex: &str) -> String {
    format!("1 beginbfchar\n<41> <{hex}>\nendbfchar")
}

fn shown(codes: usize) -> Vec<u8> {
    format!("BT /A 9 Tf ({}) Tj ET", "A".repeat(codes)).into_bytes()
}

/// A form with this content.
fn form(document: &mut Document, content: Vec<u8>, resources: Dictionary) -> ObjectId {
    let head = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources };
    document.add_object(Stream::new(head, content))
}

fn drawing(form: ObjectId) -> Dictionary {
    dictionary! { "XObject" => dictionary! { "F" => form } }
}

fn draw(times: usize) -> Vec<u8> {
    b"/F Do ".repeat(times)
}

fn too_large(read: Result<String, Refusal>) -> bool {
    matches!(read, Err(Refusal::TooLarge))
}

#[test]
fn a_code_stands_for_a_few_letters_at_most() {
    let bomb = file(&[shown(200)], |document| font(document, letters(&"0041".repeat(60_000))));
    assert_eq!(text_of(&bomb).expect("text").trim(), "A".repeat(200 * 8));
}

#[test]
fn the_letters_of_a_document_are_counted_as_they_are_made() {
    let of = |codes| file(&[shown(codes)], |document| font(document, letters(&"1EBF".repeat(8))));
    assert!(text_of(&of(40_000)).is_ok());
    assert!(too_large(text_of(&of(400_000))));
    // And the spaces between them.
    let spaced = |pieces: usize| {
        let content = format!("BT /A 9 Tf {}ET", "900 0 Td (A) Tj ".repeat(pieces));
        file(&[content.into_bytes()], |document| font(document, letters("0061")))
    };
    assert!(text_of(&spaced(4_000)).is_ok());
    assert!(too_large(text_of(&spaced(45_000))));
}

#[test]
fn the_codes_of_fonts_are_counted() {
    let of = |ranges: usize| {
        let table = format!("beginbfrange\n{}endbfrange", "<0000> <FFFF> <0020>\n".repeat(ranges));
        file(&[shown(500)], |document| font(document, table))
    };
    assert!(text_of(&of(2)).is_ok());
    assert!(too_large(text_of(&of(40))));
}

#[test]
fn forms_inside_forms_are_counted_over_all_pages() {
    let nested = file(&[draw(100)], |document| {
        let inner = form(document, b"q Q".to_vec(), Dictionary::new());
        let middle = form(document, draw(100), drawing(inner));
        drawing(form(document, draw(100), drawing(middle)))
    });
    assert!(too_large(text_of(&nested)), "a million drawings");
    let pages = |count: usize| {
        file(&vec![draw(100); count], |document| {
            let font = font(document, letters("0061"));
            drawing(form(document, shown(8), font))
        })
    };
    assert!(text_of(&pages(90)).is_ok());
    assert!(too_large(text_of(&pages(110))));
}

#[test]
fn pieces_and_operators_are_counted() {
    let pieces = file(&[draw(1_000)], |document| {
        let font = font(document, letters("0061"));
        let content = format!("BT /A 9 Tf {}ET", "(A) Tj ".repeat(250));
        drawing(form(document, content.into_bytes(), font))
    });
    assert!(too_large(text_of(&pieces)));
    let operands = |count: usize| {
        let content = [b"1 ".repeat(count), b"w ".to_vec(), shown(500)].concat();
        file(&[content], |document| font(document, letters("0061")))
    };
    assert!(text_of(&operands(10_000)).is_ok());
    assert!(too_large(text_of(&operands(1_100_000))));
}

/// So many paragraphs of a list whose number is written as `mark` says, below a first level that counts from 2888.
fn numbered(mark: &str, paragraphs: usize) -> Vec<u8> {
    let level = |at: u32, start: u32, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level(0, 2888, "upperRoman", "%1"),
        level(1, 1, "decimal", mark),
    );
    let paragraph = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    package(&paragraph.repeat(paragraphs), &numbering, "")
}

#[test]
fn the_number_before_a_paragraph_is_short_and_counted() {
    let text = text_of(&numbered(&"%1%2".repeat(2_000), 200)).expect("text");
    let longest = text.lines().map(str::len).max().expect("lines");
    assert!((200..400).contains(&longest), "{longest}");
    let roman = "%1".repeat(30);
    assert!(text_of(&numbered(&roman, 1_000)).expect("text").starts_with("MMDCCCLXXXVIIIMMDCCC"));
    assert!(too_large(text_of(&numbered(&roman, 25_000))));
}

#[test]
fn paragraphs_and_cells_are_counted_and_a_part_is_not_held_beyond_its_bound() {
    assert!(matches!(text_of(&package(&"<w:p/>".repeat(199_000), "", "")), Err(Refusal::Empty)));
    assert!(too_large(text_of(&package(&"<w:p/>".repeat(201_000), "", ""))));
    let cells = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(201_000));
    assert!(too_large(text_of(&package(&cells, "", ""))));
    assert!(matches!(text_of(&package(&" ".repeat(1 << 20), "", "")), Err(Refusal::Empty)));
    assert!(too_large(text_of(&package(&" ".repeat(33 << 20), "", ""))));
}
