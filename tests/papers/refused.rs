//! What is not read, and plain text in its encodings.

use tonghop::papers::{Refusal, text_of};

#[test]
fn text_in_unicode_is_read() {
    let text = "Kế hoạch số 5";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    assert_eq!(text_of(text.as_bytes()).expect("text"), text);
    assert_eq!(text_of(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).expect("text"), text);
    assert_eq!(text_of(&[b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat()).expect("text"), text);
    assert_eq!(text_of(&[b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat()).expect("text"), text);
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let old: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    type Case<'w> = (Vec<u8>, fn(&Refusal) -> bool, &'w str);
    let open = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/vnd.oasis.opendocument.text"].concat();
    let table: [Case<'_>; 9] = [
        (open, |r| matches!(r, Refusal::OpenDocument), ".docx"),
        ([old, &name].concat(), |r| matches!(r, Refusal::Encrypted), "mật khẩu"),
        (b"\x89PNG\r\n\x1A\n....".to_vec(), |r| matches!(r, Refusal::Scanned), "ảnh quét"),
        (b"\xFF\xD8\xFF\xE0....".to_vec(), |r| matches!(r, Refusal::Scanned), "ảnh quét"),
        (vec![0xFF, 0x00, 0x80, 0x81], |r| matches!(r, Refusal::NotText), "Không đọc được chữ"),
        (b"a\0b".to_vec(), |r| matches!(r, Refusal::NotText), "Không đọc được chữ"),
        (b" \n ".to_vec(), |r| matches!(r, Refusal::Empty), "không có chữ"),
        (b"PK\x03\x04broken".to_vec(), |r| matches!(r, Refusal::BrokenWord(_)), "hoặc đã hỏng."),
        (super::pdf::paper(&[]), |r| matches!(r, Refusal::NoPages), "không có trang nào"),
    ];
    for (bytes, is, says) in table {
        let refusal = text_of(&bytes).expect_err(says);
        assert!(is(&refusal), "{refusal:?}");
        assert!(refusal.to_string().contains(says), "{refusal}");
        // What a library says in English is for the log.
        assert!(!refusal.to_string().to_lowercase().contains("invalid"), "{refusal}");
    }
}
