//! The text of a paper as somebody received it: pasted, .txt, .docx, .pdf with a text layer, .doc and .rtf where
//! LibreOffice is installed. What a file is is told by its content, not by its name. Stands between an uploaded file
//! and the plan reader, and knows neither. Weighed in docs/decisions/0026.

mod docx;
mod docx_numbers;
mod docx_tables;
mod office;
mod office_process;
mod pdf;
mod pdf_budget;
mod pdf_font;
mod pdf_lines;
mod refusal;

pub use office::is_installed as office_is_installed;
pub use office::{Office, clear_leftovers};
pub use refusal::Refusal;

/// Bytes of a file at most: a scanned plan of a hundred pages is smaller.
pub const MOST_BYTES: usize = 60 * 1024 * 1024;

/// Bytes of text a document gives at most, whatever it is unpacked from.
const MOST_TEXT: usize = 8 * 1024 * 1024;

/// The text of a file, a line for each line of a PDF and each paragraph of a Word document.
///
/// # Errors
/// [`Refusal`], which says in Vietnamese what to do instead.
pub fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let text = match kind(bytes) {
        Kind::Pdf => pdf::text(bytes)?,
        Kind::Zip => docx::text(bytes)?,
        Kind::OldWord => office::text(bytes, "doc")?,
        Kind::Rtf => office::text(bytes, "rtf")?,
        Kind::Open => return Err(Refusal::OpenDocument),
        Kind::Encrypted => return Err(Refusal::Encrypted),
        Kind::Picture => return Err(Refusal::Scanned),
        Kind::Text if bytes.len() > MOST_TEXT => return Err(Refusal::TooLarge),
        Kind::Text => plain(bytes)?,
    };
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}

/// The ending of what a file is, told by its first bytes: "pdf", "docx", "doc", "rtf", else "txt".
pub fn ending(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1024)];
    match bytes {
        _ if head.windows(5).any(|window| window == b"%PDF-") => "pdf",
        [b'P', b'K', ..] => "docx",
        [0xD0, 0xCF, ..] => "doc",
        [b'{', b'\\', b'r', b't', b'f', ..] => "rtf",
        _ => "txt",
    }
}

/// The media type of an ending.
pub fn media_type(ending: &str) -> &'static str {
    match ending {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "doc" => "application/msword",
        "rtf" => "application/rtf",
        _ => "text/plain; charset=utf-8",
    }
}

enum Kind {
    Pdf,
    Zip,
    Open,
    OldWord,
    Rtf,
    Encrypted,
    Picture,
    Text,
}

fn kind(bytes: &[u8]) -> Kind {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Kind::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        // OpenDocument names its type first, and does not pack it.
        let open = b"mimetypeapplication/vnd.oasis.opendocument";
        return if bytes.get(30..).is_some_and(|rest| rest.starts_with(open)) {
            Kind::Open
        } else {
            Kind::Zip
        };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        // A protected .docx is an old container with this stream in it.
        return if holds_name(bytes, "EncryptedPackage") { Kind::Encrypted } else { Kind::OldWord };
    }
    if bytes.starts_with(b"{\\rtf") {
        return Kind::Rtf;
    }
    let pictures: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    if pictures.iter().any(|picture| bytes.starts_with(picture)) {
        return Kind::Picture;
    }
    Kind::Text
}

/// Whether an old container has a stream of this name: names are kept in UTF-16.
fn holds_name(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// UTF-8 with its mark or without, UTF-16 with its mark.
fn plain(bytes: &[u8]) -> Result<String, Refusal> {
    let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Refusal::NotText)
    };
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotText)?;
    if text.contains('\0') { Err(Refusal::NotText) } else { Ok(text.to_owned()) }
}
