//! From bytes to a workbook, or the reason why not. Nothing is parsed before the sizes were summed and tried.

use std::borrow::Cow;
use std::io::{Cursor, ErrorKind, Read, Write};

use calamine::{Reader, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::parts::{counts, holds_texts, is_read, is_sheet, weigh};
use super::scan::{Marks, Scan};
use super::{Book, Bounds, Refusal};

/// Bytes of all parts together, unpacked, up to which they are kept in memory: a unit's workbook has some hundred thousand.
const KEPT: u64 = 4 * 1024 * 1024;
/// Room for what an archive says of one part, twice.
const FRAME: usize = 256;

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

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
    let (source, marks) = measured(bytes, bounds)?;
    let book = Xlsx::new(Cursor::new(source)).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    Ok((book, marks))
}

/// Sums what the parts claim to be, then unpacks them: a part that is more than it claims is found here. A small workbook is
/// unpacked into memory, and what stands there is what is read; of a large one only the marks of its sheets are kept, and the
/// reader unpacks it once more, part by part. Sheets are given up where they go beyond their bound of rows or cells.
fn measured(bytes: &[u8], bounds: Bounds) -> Result<(Cow<'_, [u8]>, Marks), Refusal> {
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
    if claimed <= KEPT {
        return kept(&mut zip, claimed, bounds);
    }
    let mut scan = Scan::within(bounds);
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| Refusal::Broken)?;
        let size = part.size();
        let name = part.name().map_err(|_| Refusal::Broken)?.to_string();
        // One byte more than claimed shows that it goes on.
        let whole = part.take(size + 1);
        let read = match is_sheet(&name) {
            true => scan.through(whole)?,
            false => std::io::copy(&mut { whole }, &mut std::io::sink()).map_err(|_| Refusal::Torn)?,
        };
        if read > size {
            return Err(Refusal::Lying);
        }
        if holds_texts(&name) {
            counts(size, zip.by_index(index).map_err(|_| Refusal::Broken)?)?;
        }
    }
    Ok((Cow::Borrowed(bytes), scan.found()))
}

/// A part of `size` bytes, by its own account, as it is unpacked: into room that is there, for feeling the way to the end takes as
/// long as a tenth of the unpacking.
fn unpack(part: impl Read, size: u64, into: &mut Vec<u8>) -> Result<(), Refusal> {
    // One byte more than claimed shows that it goes on.
    let mut whole = part.take(size + 1);
    into.resize(usize::try_from(size + 1).map_err(|_| Refusal::TooMuch(size))?, 0);
    let mut read = 0;
    loop {
        match whole.read(&mut into[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(Refusal::Torn),
        }
    }
    into.truncate(read);
    if read as u64 > size { Err(Refusal::Lying) } else { Ok(()) }
}

/// The same archive with the parts that are read as they are unpacked, each once.
fn kept(zip: &mut Zip<'_>, claimed: u64, bounds: Bounds) -> Result<(Cow<'static, [u8]>, Marks), Refusal> {
    let room = usize::try_from(claimed).unwrap_or_default() + zip.len() * FRAME;
    let mut kept = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let (mut scan, mut unpacked) = (Scan::within(bounds), Vec::new());
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| Refusal::Broken)?;
        let size = part.size();
        let name = part.name().map_err(|_| Refusal::Broken)?.to_string();
        unpack(part, size, &mut unpacked)?;
        if is_sheet(&name) {
            scan.over(&unpacked)?;
        }
        if holds_texts(&name) {
            counts(size, unpacked.as_slice())?;
        }
        if is_read(&name) {
            kept.start_file(name, plain).map_err(|_| Refusal::Broken)?;
            kept.write_all(&unpacked).map_err(|_| Refusal::Broken)?;
        }
    }
    let kept = kept.finish().map_err(|_| Refusal::Broken)?.into_inner();
    Ok((Cow::Owned(kept), scan.found()))
}
