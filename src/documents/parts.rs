//! The parts of a .docx beside its text: styles, settings, headers, title and author. No times are written, so that
//! the same document is the same file.

use super::{Document, MAIN, section, styles};
use crate::ooxml::{Package, Part, Xml};

/// Ids of the headers among the document's relationships, in the order they are made below.
pub(super) const HEADER_ID: &str = "rId3";
pub(super) const HEADER_FIRST_ID: &str = "rId4";

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

pub(super) fn package(document: &Document, text: Vec<u8>) -> Package {
    let word = |name: &str, kind: &str, bytes: Vec<u8>| {
        Part::new(&format!("word/{name}.xml"), &format!("{WORD}{kind}+xml"), bytes)
    };
    let mut main = word("document", "document.main", text);
    for (kind, target) in [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("header", "header1.xml"),
        ("header", "header2.xml"),
    ] {
        main.relate(&format!("{KINDS}{kind}"), target);
    }
    let core_type = "application/vnd.openxmlformats-package.core-properties+xml";
    let mut package = Package {
        parts: vec![
            main,
            word("styles", "styles", styles::part()),
            word("settings", "settings", settings()),
            word("header1", "header", section::header(false)),
            word("header2", "header", section::header(true)),
            Part::new("docProps/core.xml", core_type, core(document)),
        ],
        relationships: Vec::new(),
    };
    package.relate(&format!("{KINDS}officeDocument"), "word/document.xml");
    package.relate(CORE, "docProps/core.xml");
    package
}

fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.empty("w:defaultTabStop", &[("w:val", "720")]);
        xml.element("w:compat", &[], |xml| {
            // Word 2013 and later: else it opens the file in a mode that lays tables out differently.
            let mode = [
                ("w:name", "compatibilityMode"),
                ("w:uri", "http://schemas.microsoft.com/office/word"),
                ("w:val", "15"),
            ];
            xml.empty("w:compatSetting", &mode);
        });
        xml.empty("w:themeFontLang", &[("w:val", "vi-VN")]);
    });
    xml.into_bytes()
}

fn core(document: &Document) -> Vec<u8> {
    let mut xml = Xml::part();
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.element("cp:coreProperties", &names, |xml| {
        let title = format!("{}: {}", document.kind, document.subject.replace('\n', " "));
        xml.element("dc:title", &[], |xml| xml.text(&title));
        xml.element("dc:creator", &[], |xml| xml.text(&document.issuer_name));
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
    });
    xml.into_bytes()
}
