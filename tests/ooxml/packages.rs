//! Packages as files: same bytes on any day, everything deflated, parts and relationships back as they were.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use tonghop::ooxml::{Package, PackageError, Part, Relationship};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn sample() -> Package {
    let mut main = Part::new("word/document.xml", "application/x-main+xml", "<a/>".repeat(500));
    main.relate("http://example.vn/styles", "styles.xml");
    main.relationships.push(Relationship {
        id: "link".into(),
        kind: "http://example.vn/link".into(),
        target: "https://example.vn/?a=1&b=\"2\"".into(),
        external: true,
    });
    let mut package = Package {
        parts: vec![main, Part::new("word/styles.xml", "application/x-styles+xml", "<b/>")],
        relationships: Vec::new(),
    };
    package.relate("http://example.vn/document", "word/document.xml");
    package
}

#[test]
fn a_package_comes_back_as_it_was() {
    let package = sample();
    let read = Package::read(&package.write().expect("bytes")).expect("a package");
    assert_eq!(read, package);
    assert_eq!(read.part("word/styles.xml").expect("a part").bytes, b"<b/>");
    assert!(read.part("word/absent.xml").is_none());
}

#[test]
fn the_same_package_is_the_same_bytes_all_deflated_and_dated_alike() {
    let bytes = sample().write().expect("bytes");
    assert_eq!(bytes, sample().write().expect("bytes"));
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    let mut names = Vec::new();
    for index in 0..zip.len() {
        let file = zip.by_index(index).expect("a file");
        assert_eq!(file.compression(), CompressionMethod::Deflated);
        let date = file.last_modified().expect("a date");
        assert_eq!((date.year(), date.month(), date.day(), date.hour()), (1980, 1, 1, 0));
        names.push(file.name().expect("a name").into_owned());
    }
    // The content types come first: readers that stream look there.
    let expected = [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ];
    assert_eq!(names, expected);
    assert!(bytes.len() < 2_500, "2,000 bytes of the same element are deflated: {}", bytes.len());
}

#[test]
fn another_reader_finds_the_types_and_the_targets() {
    let bytes = sample().write().expect("bytes");
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
        text
    };
    let types = text("[Content_Types].xml");
    let types = roxmltree::Document::parse(&types).expect("XML");
    let main = types.descendants().find(|n| n.attribute("PartName") == Some("/word/document.xml"));
    assert_eq!(main.and_then(|n| n.attribute("ContentType")), Some("application/x-main+xml"));
    let links = text("word/_rels/document.xml.rels");
    let links = roxmltree::Document::parse(&links).expect("XML");
    let outside = links.descendants().find(|n| n.attribute("TargetMode") == Some("External")).expect("one");
    assert_eq!(outside.attribute("Target"), Some("https://example.vn/?a=1&b=\"2\""));
}

#[test]
fn what_is_no_package_is_refused_in_words() {
    assert!(matches!(Package::read(b"not a zip"), Err(PackageError::Archive(_))));
    let zipped = |files: &[(&str, &str)]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
            zip.write_all(text.as_bytes()).expect("text");
        }
        zip.finish().expect("a zip").into_inner()
    };
    let no_types = Package::read(&zipped(&[("word/document.xml", "<a/>")]));
    assert!(matches!(no_types, Err(PackageError::Malformed(part)) if part == "[Content_Types].xml"));
    let broken = Package::read(&zipped(&[("[Content_Types].xml", "<Types><a></Types>")]));
    assert!(matches!(broken, Err(PackageError::Malformed(_))));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("[Content_Types].xml", options).expect("a file");
    zip.write_all(b"<Types/>").expect("text");
    zip.start_file("bomb.bin", options).expect("a file");
    let zeros = vec![0_u8; 1024 * 1024];
    for _ in 0..201 {
        zip.write_all(&zeros).expect("zeros");
    }
    let bytes = zip.finish().expect("a zip").into_inner();
    assert!(matches!(Package::read(&bytes), Err(PackageError::TooLarge)));
}

proptest! {
    #[test]
    fn any_package_comes_back(
        parts in proptest::collection::btree_map("[a-z]{1,8}/[a-z]{1,8}\\.(xml|bin)", any::<Vec<u8>>(), 0..6),
        kind in "[ -~]{0,20}",
        target in "\\PC{0,20}",
        external in any::<bool>(),
    ) {
        let mut package = Package::default();
        for (name, bytes) in parts {
            let mut part = Part::new(&name, &kind, bytes);
            part.relationships.push(Relationship { id: "r".into(), kind: kind.clone(), target: target.clone(), external });
            package.parts.push(part);
        }
        let bytes = package.write().expect("bytes");
        prop_assert_eq!(Package::read(&bytes).expect("a package"), package);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in any::<Vec<u8>>()) {
        drop(Package::read(&bytes));
    }
}
