//! Old Word files: read through LibreOffice, and refused in plain words without it.

use tonghop::papers::{office_is_installed, text_of};

#[test]
fn rich_text_is_read_by_libreoffice() {
    assert!(office_is_installed(), "LibreOffice is needed for this test");
    let text = text_of(b"{\\rtf1\\ansi Ke hoach so 5\\par 1. Cong an tinh}").expect("text");
    assert_eq!(text.trim(), "Ke hoach so 5\n1. Cong an tinh");
}
