//! Each restated document as it is.

use super::expected::{DOCUMENTS, Leave, faults};

#[test]
fn every_document_is_read_as_a_person_reads_it() {
    let all: Vec<String> = DOCUMENTS
        .iter()
        .flat_map(|(name, text, expected)| faults(name, text, expected, Leave::default()))
        .collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// The comparison itself fails where it should.
#[test]
fn a_wrong_reading_is_noticed() {
    let (name, text, expected) = DOCUMENTS[0];
    for (from, to) in [
        ("Sở Tài chính", "Sở Xây dựng"),
        ("trước ngày 05/6", "chậm nhất ngày 05/6"),
        ("tối thiểu 01 phóng sự/quý", "một phóng sự"),
        ("5. Đề nghị", "5."),
    ] {
        assert!(!faults(name, &text.replace(from, to), expected, Leave::default()).is_empty(), "{from}");
    }
}
