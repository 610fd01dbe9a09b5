//! Parts read one by one: the same as the whole package holds, each within the bound that is asked for.

use tonghop::ooxml::{Package, PackageError, Part, Parts};

#[test]
fn a_part_is_unpacked_within_its_bound_and_the_others_not_at_all() {
    let mut package = Package::default();
    package.parts.push(Part::new("word/document.xml", "application/x-main+xml", "<a/>".repeat(25)));
    package.parts.push(Part::new("word/media/film.bin", "application/x-film", vec![0_u8; 3 << 20]));
    package.relate("http://example.vn/document", "word/document.xml");
    let bytes = package.write().expect("bytes");
    let mut parts = Parts::open(&bytes).expect("parts");
    assert_eq!(parts.relationships().expect("relationships"), package.relationships);
    assert_eq!(parts.content_type("word/document.xml"), "application/x-main+xml");
    let document = package.part("word/document.xml").map(|part| part.bytes.clone());
    assert_eq!(parts.read("word/document.xml", 100).expect("a part"), document);
    assert!(matches!(parts.read("word/document.xml", 99), Err(PackageError::TooLarge)));
    assert!(matches!(parts.read("word/media/film.bin", 1 << 20), Err(PackageError::TooLarge)));
    assert_eq!(parts.read("word/styles.xml", 100).expect("none"), None);
}

#[test]
fn what_is_no_package_is_refused() {
    assert!(matches!(Parts::open(b"not a zip").err(), Some(PackageError::Archive(_))));
    let listed = b"PK\x01\x02".repeat(20_001);
    assert!(matches!(Parts::open(&listed).err(), Some(PackageError::TooLarge)), "refused by its list alone");
}
