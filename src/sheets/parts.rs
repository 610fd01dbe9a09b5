//! What single parts of a workbook may weigh, before a reader makes structures of them. Stands between the archive and the
//! reader, which makes room for as many texts as a file says it has, and takes ten times the bytes of an empty style.

use std::io::{BufRead, BufReader, Read};

use quick_xml::events::Event;

use super::Refusal;

/// Bytes of styles, relations, the list of sheets and the like, unpacked; those of a province have some thousands.
const SMALL: u64 = 2 * 1024 * 1024;
/// Bytes of the shortest text of the table: `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// What a part is, by the end of its name, whatever its folder and its capitals.
enum Kind {
    Sheet,
    Texts,
    Other,
}

fn kind(name: &str) -> Kind {
    let name = name.to_lowercase();
    match name.rsplit('/').next() {
        Some("sharedstrings.xml") => Kind::Texts,
        _ if name.ends_with(".xml") && name.contains("worksheets/") => Kind::Sheet,
        _ => Kind::Other,
    }
}

/// Holds a part of `size` bytes, unpacked, against what a part of its name may be; `whole` is the bound of all parts.
///
/// # Errors
/// [`Refusal::TooMuch`] for a part that is beyond that.
pub(super) fn weigh(name: &str, size: u64, whole: u64) -> Result<(), Refusal> {
    let markup = [".xml", ".rels"].iter().any(|end| name.to_lowercase().ends_with(end));
    let most = match kind(name) {
        Kind::Sheet => whole,
        Kind::Texts => whole / 2,
        // Pictures are not read.
        Kind::Other if !markup => whole,
        Kind::Other => SMALL,
    };
    if size > most { Err(Refusal::TooMuch(size)) } else { Ok(()) }
}

/// Whether a part is the table of texts.
pub(super) fn holds_texts(name: &str) -> bool {
    matches!(kind(name), Kind::Texts)
}

/// Whether a part is a sheet, or stands beside the sheets.
pub(super) fn is_sheet(name: &str) -> bool {
    name.contains("worksheets/")
}

/// Whether a part is one that a reader of cells looks into: no picture, and not the colours that styles name.
pub(super) fn is_read(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xml", ".rels"].iter().any(|end| name.ends_with(end)) && !name.ends_with("theme/theme1.xml")
}

/// Whether the table of texts says it has more of them than its `size` bytes can hold.
///
/// # Errors
/// [`Refusal::Lying`] where it does.
pub(super) fn counts(size: u64, part: impl Read) -> Result<(), Refusal> {
    let said = said(BufReader::new(part)).unwrap_or_default();
    if said > size / SHORTEST_TEXT { Err(Refusal::Lying) } else { Ok(()) }
}

/// What stands as `uniqueCount` on the table; none where it is not said, or not in digits.
fn said(part: impl BufRead) -> Option<u64> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match reader.read_event_into(&mut bytes).ok()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "sst" => {
                let counts =
                    element.attributes().flatten().filter(|a| a.key.local_name().as_ref() == "uniqueCount");
                // Beyond what fits the number it is more than anything can hold.
                return counts.map(|count| digits(&count.value)).max();
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn digits(typed: &str) -> u64 {
    let typed = typed.trim().trim_start_matches('+');
    match typed.bytes().all(|byte| byte.is_ascii_digit()) {
        true => typed.parse().unwrap_or(u64::MAX),
        false => 0,
    }
}
