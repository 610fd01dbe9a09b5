//! From bytes to a workbook, or the reason why not. Nothing is parsed before the sizes were summed and tried.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use zip::ZipArchive;

use super::parts::{counts, holds_texts, weigh};
use super::scan::{Marks, Scan};
use super::{Book, Bounds, Refusal};

/// Opens a workbook.
///
/// # Errors
/// Why it was not opened.
pub fn open(bytes: &[u8], bounds: Bounds) -> Result<Book<'_>, Refusal> {
    open_marked(bytes, bounds).map(|(book, _)| book)
}

/// Opens a workbook and tells what its sheets hold, which costs no second unpacking.
///
/// # Errors
/// Why it was not opened.
pub fn open_marked(bytes: &[u8], bounds: Bounds) -> Result<(Book<'_>, Marks), Refusal> {
    if bytes.len() > bounds.file {
        return Err(Refusal::TooLarge(bytes.len()));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refusal::Compound);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Refusal::NotZip);
    }
    let marks = measure(bytes, bounds)?;
    let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    Ok((book, marks))
}

/// Sums what the parts claim to be, then unpacks them and keeps nothing but the marks of sheets: a part that is more than it
/// claims is found here.
fn measure(bytes: &[u8], bounds: Bounds) -> Result<Marks, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if zip.len() > bounds.parts {
        return Err(Refusal::TooManyParts(zip.len()));
    }
    let mut claimed = 0_u64;
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(|_| Refusal::Broken)?;
        weigh(&part.name().map_err(|_| Refusal::Broken)?, part.size(), bounds.unpacked)?;
        claimed = claimed.saturating_add(part.size());
    }
    if claimed > bounds.unpacked {
        return Err(Refusal::TooMuch(claimed));
    }
    let mut scan = Scan::default();
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| Refusal::Broken)?;
        let size = part.size();
        let name = part.name().map_err(|_| Refusal::Broken)?.to_string();
        // One byte more than claimed shows that it goes on.
        let whole = part.take(size + 1);
        let read = match name.contains("worksheets/") {
            true => scan.through(whole),
            false => std::io::copy(&mut { whole }, &mut std::io::sink()),
        };
        if read.map_err(|_| Refusal::Torn)? > size {
            return Err(Refusal::Lying);
        }
        if holds_texts(&name) {
            counts(size, zip.by_index(index).map_err(|_| Refusal::Broken)?)?;
        }
    }
    Ok(scan.found)
}
