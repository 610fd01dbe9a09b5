//! What can stand in "Thư điện tử". The mail library's own reading decides: what it refuses no server would be asked to take.

/// Whether letters can be sent to it: one address, its domain in ASCII with a dot in it.
pub fn is_address(text: &str) -> bool {
    let ascii = text.is_ascii() && !text.contains(['<', '>', ',', ';', '"', ' ']);
    let parsed = text.parse::<lettre::Address>();
    ascii && parsed.is_ok_and(|address| address.domain().contains('.') && !address.domain().starts_with('['))
}
