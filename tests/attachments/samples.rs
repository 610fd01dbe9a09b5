//! Small files of every kind, made by hand or by the programs' own writers.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use tonghop::ooxml::{Package, Part};
use zip::write::SimpleFileOptions;

/// A PDF of about `size` bytes; `mark` makes it different from others.
pub fn pdf(mark: &str, size: usize) -> Vec<u8> {
    let mut bytes = format!("%PDF-1.4\n% {mark}\n").into_bytes();
    let filler: Vec<u8> = (0u32..).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).take(size).collect();
    bytes.extend_from_slice(&filler);
    bytes.truncate(size.saturating_sub(6).max(16));
    bytes.extend_from_slice(b"\n%%EOF");
    bytes
}

/// A chunk of a PNG; its sum is not reckoned.
pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("short");
    [&length.to_be_bytes()[..], name, data, &[0; 4]].concat()
}

/// A PNG of one point.
pub fn png() -> Vec<u8> {
    let head = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let chunks = [chunk(b"IHDR", &head), chunk(b"IDAT", &[0x78, 0x9C, 0]), chunk(b"IEND", &[])].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks].concat()
}

/// A JPEG of one point.
pub fn jpg() -> Vec<u8> {
    [
        &b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"[..],
        b"\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0",
        // The byte FF of the scan is written with a zero behind.
        b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x2A\xFF\0\x2A\xFF\xD9",
    ]
    .concat()
}

/// A package whose main part is where Word keeps it.
pub fn docx() -> Vec<u8> {
    let mut package = Package::default();
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    package.parts.push(Part::new("word/document.xml", kind, b"<w:document/>".to_vec()));
    package.write().expect("a package")
}

pub fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Đơn vị").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// A zip with these parts.
pub fn zip(names: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(b"x").expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A compound file with these streams, as [MS-CFB] lays it out: header, one sector of the allocation table, then the
/// directory, four entries a sector, its sectors in reverse order so that only the table leads through them.
pub fn compound(streams: &[&str]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut entries: Vec<Vec<u8>> = vec![entry("Root Entry", 5)];
    entries.extend(streams.iter().map(|name| entry(name, 2)));
    while !entries.len().is_multiple_of(4) {
        entries.push(vec![0; 128]);
    }
    let sectors: Vec<Vec<u8>> = entries.chunks(4).map(<[Vec<u8>]>::concat).collect();
    let count = u32::try_from(sectors.len()).expect("few");
    let mut header = vec![0u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[30..32].copy_from_slice(&9u16.to_le_bytes());
    // The first sector of the directory is the last of the file.
    header[48..52].copy_from_slice(&count.to_le_bytes());
    header[76..80].copy_from_slice(&0u32.to_le_bytes());
    header[80..512].fill(0xFF);
    let mut table = vec![0xFFu8; 512];
    table[..4].copy_from_slice(&0xFFFF_FFFDu32.to_le_bytes());
    for sector in 1..=count {
        let next = if sector == 1 { END } else { sector - 1 };
        let at = usize::try_from(sector).expect("few") * 4;
        table[at..at + 4].copy_from_slice(&next.to_le_bytes());
    }
    let mut bytes = [header, table].concat();
    for sector in sectors.into_iter().rev() {
        bytes.extend(sector);
    }
    bytes
}

fn entry(name: &str, kind: u8) -> Vec<u8> {
    let mut entry = vec![0u8; 128];
    for (at, unit) in name.encode_utf16().enumerate() {
        entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
    }
    let length = u16::try_from(name.encode_utf16().count() * 2 + 2).expect("short");
    entry[64..66].copy_from_slice(&length.to_le_bytes());
    entry[66] = kind;
    entry
}
