//! `tonghop read-plan`: the object it prints, what it says to people, and what it refuses.

use super::{said, tonghop};
use crate::support::app::TempDir;

#[test]
fn a_document_becomes_one_object() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/documents/letter.txt");
    let output = tonghop(&["read-plan", path, "--json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let keys: Vec<&str> = object.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected =
        ["assignments", "bases", "clauses", "coverage", "doc", "duties", "recipients", "signatory"];
    assert_eq!(keys, expected);
    assert_eq!(object["doc"]["symbol"], "UBND-NCTCD");
    assert_eq!(object["coverage"]["lines"], object["coverage"]["read"]);
}

#[test]
fn a_paste_comes_through_standard_input_and_people_read_words() {
    let text = "KẾ HOẠCH\nThử\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Giao Sở Tư pháp báo cáo UBND tỉnh trước ngày 05/6/2025.\n";
    let output = tonghop(&["read-plan", "-"], text);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(words.contains("Giao Sở Tư pháp (I.1) [dòng 6, chắc chắn]"), "{words}");
    assert!(words.contains("0 dòng chưa đọc được"), "{words}");
}

#[test]
fn what_cannot_be_read_is_refused_in_plain_words() {
    let folder = TempDir::new();
    let path = folder.0.join("quet.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1A\n").expect("a file");
    let output = tonghop(&["read-plan", &path.display().to_string()], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("ảnh quét"), "{}", said(&output));
    let output = tonghop(&["read-plan", "/khong/co/tep.txt"], "");
    assert_eq!(output.status.code(), Some(1));
}
