//! PDF files with a text layer, made here piece by piece: lines, columns, the font's own table to Unicode.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use tonghop::papers::{Refusal, text_of};

/// A page of texts at places, in a font whose codes are numbered in the order their letters appear.
pub fn paper(pages: &[Vec<(i64, i64, &str)>]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let mut letters: Vec<char> = pages.iter().flatten().flat_map(|(_, _, text)| text.chars()).collect();
    letters.sort_unstable();
    letters.dedup();
    let table: String = letters
        .iter()
        .enumerate()
        .map(|(code, c)| format!("<{:04X}> <{:04X}>\n", code + 1, u32::from(*c)))
        .collect();
    let table = format!("begincmap\n{} beginbfchar\n{table}endbfchar\nendcmap", letters.len());
    let table = document.add_object(Stream::new(Dictionary::new(), table.into_bytes()));
    let below =
        document.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 500 });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![below.into()], "ToUnicode" => table,
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let parent = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let mut operations = Vec::new();
        for (x, y, text) in page {
            let codes: Vec<u8> = text
                .chars()
                .flat_map(|c| {
                    let code = letters.binary_search(&c).expect("a letter of the page") + 1;
                    u16::try_from(code).expect("few letters").to_be_bytes()
                })
                .collect();
            operations.push(Operation::new("BT", vec![]));
            operations.push(Operation::new("Tf", vec!["F1".into(), 14.into()]));
            operations.push(Operation::new("Td", vec![(*x).into(), (*y).into()]));
            operations
                .push(Operation::new("Tj", vec![Object::String(codes, lopdf::StringFormat::Hexadecimal)]));
            operations.push(Operation::new("ET", vec![]));
        }
        let content = Content { operations }.encode().expect("content");
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        kids.push(document.add_object(dictionary! { "Type" => "Page", "Parent" => parent, "Contents" => content, "Resources" => resources }).into());
    }
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(
        parent,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file");
    bytes
}

#[test]
fn lines_columns_paragraphs_and_pages() {
    let first = vec![
        (80, 760, "SỞ NỘI VỤ"),
        (300, 760, "Độc lập - Tự do - Hạnh phúc"),
        (80, 700, "1. Công an tỉnh phối hợp với các"),
        (80, 684, "sở, ngành đưa tin."),
        (80, 668, "2. Sở Nội vụ giới thiệu việc"),
        // The same line in two pieces, a word apart.
        (80, 652, "làm cho"),
        (133, 652, "người cần."),
        (280, 30, "1"),
    ];
    let text = text_of(&paper(&[first, vec![(80, 760, "3. Trang sau còn nữa, thêm chữ cho đủ một trang.")]]))
        .expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].split("    ").next(), Some("SỞ NỘI VỤ"));
    assert!(lines[0].ends_with("Độc lập - Tự do - Hạnh phúc"));
    assert_eq!(lines[1], "", "room between the heading and the text");
    assert_eq!(
        &lines[2..6],
        [
            "1. Công an tỉnh phối hợp với các",
            "sở, ngành đưa tin.",
            "2. Sở Nội vụ giới thiệu việc",
            "làm cho người cần."
        ]
    );
    assert!(text.contains('\u{000C}'), "a page begins");
}

#[test]
fn pages_without_letters_are_pictures() {
    assert!(matches!(text_of(&paper(&[vec![], vec![]])), Err(Refusal::Scanned)));
    // A stamp of a digital signature is text on a picture.
    assert!(matches!(
        text_of(&paper(&[vec![(300, 760, "Ký bởi: Sở Nội vụ")], vec![]])),
        Err(Refusal::Scanned)
    ));
}

#[test]
fn broken_files_are_refused() {
    let whole = paper(&[vec![(80, 700, "Công an tỉnh đưa tin về người trở về với cộng đồng trong năm.")]]);
    for end in (10..whole.len()).step_by(97) {
        // Some cuts can be repaired: what matters is an answer.
        drop(text_of(&whole[..end]));
    }
    assert!(matches!(text_of(b"%PDF-1.7\nnothing more"), Err(Refusal::BrokenPdf)));
}
