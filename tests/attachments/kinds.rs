//! The kind of a file told by its content: right for every kind, refused with a reason for the rest, never a panic.

use std::io::Cursor;

use proptest::prelude::*;
use tonghop::attachments::kind::{FileKind, NotTaken, may_begin, recognise};

use super::samples::{compound, docx, jpg, pdf, png, xlsx, zip};

fn told(bytes: &[u8]) -> Result<FileKind, NotTaken> {
    recognise(&mut Cursor::new(bytes))
}

#[test]
fn every_kind_is_told_by_its_content() {
    let mut many: Vec<String> = (0..40).map(|n| format!("Stream {n}")).collect();
    many.push("WordDocument".into());
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (bytes, kind) in [
        (pdf("a", 400), FileKind::Pdf),
        (png(), FileKind::Png),
        (jpg(), FileKind::Jpg),
        (docx(), FileKind::Docx),
        (xlsx(), FileKind::Xlsx),
        (compound(&["1Table", "WordDocument"]), FileKind::Doc),
        (compound(&many), FileKind::Doc),
        (compound(&["Workbook"]), FileKind::Xls),
        (compound(&["Book"]), FileKind::Xls),
    ] {
        assert_eq!(told(&bytes), Ok(kind));
        assert!(may_begin(&bytes));
        assert_eq!(FileKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn what_is_not_taken_says_why() {
    let mut cut = docx();
    cut.truncate(cut.len() - 30);
    for (bytes, why) in [
        (b"MZ\x90\0 a program".to_vec(), NotTaken::Unknown),
        (b"<html><script>alert(1)</script>".to_vec(), NotTaken::Unknown),
        (b" %PDF-1.4".to_vec(), NotTaken::Unknown),
        (Vec::new(), NotTaken::Unknown),
        (zip(&["a.txt"]), NotTaken::Archive),
        (zip(&["mimetype", "content.xml"]), NotTaken::Archive),
        (zip(&["[Content_Types].xml", "ppt/presentation.xml"]), NotTaken::Archive),
        (zip(&["[Content_Types].xml", "word/document.xml", "xl/workbook.xml"]), NotTaken::Archive),
        (zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), NotTaken::Macros),
        (compound(&["WordDocument", "Macros"]), NotTaken::Macros),
        (compound(&["Workbook", "_VBA_PROJECT_CUR"]), NotTaken::Macros),
        (compound(&["EncryptionInfo", "EncryptedPackage"]), NotTaken::Locked),
        (compound(&["PowerPoint Document"]), NotTaken::Unknown),
        (cut, NotTaken::Broken),
    ] {
        assert_eq!(told(&bytes), Err(why));
        assert!(why.words().ends_with('.'));
    }
}

/// A directory whose chain leads back to itself ends.
#[test]
fn a_chain_in_a_circle_ends() {
    let mut bytes = compound(&["WordDocument", "a", "b", "c"]);
    // The last sector of the chain points to the first.
    bytes[512 + 4..512 + 8].copy_from_slice(&2u32.to_le_bytes());
    assert_eq!(told(&bytes), Err(NotTaken::Broken));
}

proptest! {
    /// Whatever follows a signature, and wherever a sound file is cut or changed: an answer, and never an office file
    /// that has lost its list of parts.
    #[test]
    fn nothing_breaks_it(tail in proptest::collection::vec(any::<u8>(), 0..600), at in 0usize..2000, to in any::<u8>()) {
        for signature in [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"%PDF-", b""] {
            let _ = told(&[signature, &tail].concat());
        }
        for sound in [docx(), compound(&["WordDocument"])] {
            let mut changed = sound.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte = to;
            }
            let _ = told(&changed);
        }
        let sound = docx();
        prop_assert_eq!(told(&sound[..at.min(sound.len() - 1)]).is_ok(), false);
    }
}
