//! A file back into its package. What comes from outside is bounded before it is unpacked: a few kilobytes can claim
//! to be gigabytes.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::package::relationships_of;
use super::{Package, PackageError, Part, Relationship};

/// Parts at most; a workbook of a whole province has a few dozen.
const MOST_PARTS: usize = 2_000;
/// Bytes of all parts together, unpacked.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

pub(super) const CONTENT_TYPES: &str = "[Content_Types].xml";

impl Package {
    /// Reads a file. Parts keep the order they are stored in; folders are not parts.
    ///
    /// # Errors
    /// [`PackageError::Archive`] when it is no zip, [`PackageError::Malformed`] when its frame is not XML,
    /// [`PackageError::TooLarge`] beyond 2,000 parts or 200 MB unpacked.
    pub fn read(bytes: &[u8]) -> Result<Package, PackageError> {
        let mut files = unpack(bytes)?;
        let types = Types::read(&take(&mut files, CONTENT_TYPES).ok_or_else(|| malformed(CONTENT_TYPES))?)?;
        let mut package = Package::default();
        let frame = relationships_of("");
        if let Some(bytes) = take(&mut files, &frame) {
            package.relationships = relationships(&frame, &bytes)?;
        }
        let (frames, parts): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_frame(name));
        let frames: HashMap<String, Vec<u8>> = frames.into_iter().collect();
        for (name, bytes) in parts {
            let frame = relationships_of(&name);
            let mut part = Part::new(&name, types.of(&name), bytes);
            if let Some(bytes) = frames.get(&frame) {
                part.relationships = relationships(&frame, bytes)?;
            }
            package.parts.push(part);
        }
        Ok(package)
    }
}

/// Whether the file holds the relationships of a part.
fn is_frame(name: &str) -> bool {
    name.ends_with(".rels") && (name.starts_with("_rels/") || name.contains("/_rels/"))
}

/// The archive, with its list of parts only. One that lists too many is refused before the list is read; what is
/// stored in it unpacked may hold archives of its own, with lists of theirs.
pub(super) fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, PackageError> {
    let listed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(10 * MOST_PARTS + 1).count();
    if listed > 10 * MOST_PARTS {
        return Err(PackageError::TooLarge);
    }
    let zip = ZipArchive::new(Cursor::new(bytes))?;
    if zip.len() > MOST_PARTS { Err(PackageError::TooLarge) } else { Ok(zip) }
}

pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    let mut zip = archive(bytes)?;
    let (mut files, mut left) = (Vec::with_capacity(zip.len()), MOST_BYTES);
    for index in 0..zip.len() {
        let file = zip.by_index(index)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name()?.trim_start_matches('/').to_owned();
        let mut bytes = Vec::new();
        // One byte more than is left shows that it goes on.
        let read = file.take(left + 1).read_to_end(&mut bytes)?;
        left = left.checked_sub(read as u64).ok_or(PackageError::TooLarge)?;
        files.push((name, bytes));
    }
    Ok(files)
}

fn take(files: &mut Vec<(String, Vec<u8>)>, name: &str) -> Option<Vec<u8>> {
    let at = files.iter().position(|(found, _)| found == name)?;
    Some(files.remove(at).1)
}

/// Content types by part and by the end of the name.
#[derive(Default)]
pub(super) struct Types {
    parts: HashMap<String, String>,
    extensions: HashMap<String, String>,
}

impl Types {
    pub fn read(bytes: &[u8]) -> Result<Types, PackageError> {
        let mut types = Types::default();
        each(CONTENT_TYPES, bytes, |element, get| {
            let kind = get("ContentType").unwrap_or_default();
            match (element, get("PartName"), get("Extension")) {
                ("Override", Some(name), _) => {
                    types.parts.insert(name.trim_start_matches('/').to_owned(), kind);
                }
                ("Default", _, Some(end)) => {
                    types.extensions.insert(end.to_lowercase(), kind);
                }
                _ => {}
            }
        })?;
        Ok(types)
    }

    /// The type of a part; "" when the package does not say.
    pub fn of(&self, name: &str) -> &str {
        let end = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
        self.parts.get(name).or_else(|| self.extensions.get(&end)).map_or("", String::as_str)
    }
}

pub(super) fn relationships(frame: &str, bytes: &[u8]) -> Result<Vec<Relationship>, PackageError> {
    let mut all = Vec::new();
    each(frame, bytes, |element, get| {
        if element == "Relationship" {
            all.push(Relationship {
                id: get("Id").unwrap_or_default(),
                kind: get("Type").unwrap_or_default(),
                target: get("Target").unwrap_or_default(),
                external: get("TargetMode").as_deref() == Some("External"),
            });
        }
    })?;
    Ok(all)
}

/// Calls `found` with each element's local name and a way to ask for its attributes.
fn each(
    name: &str,
    bytes: &[u8],
    mut found: impl FnMut(&str, &dyn Fn(&str) -> Option<String>),
) -> Result<(), PackageError> {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().map_err(|_| malformed(name))? {
            Event::Start(element) | Event::Empty(element) => {
                found(element.local_name().as_ref(), &|wanted| attribute(&element, wanted));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == wanted)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

pub(super) fn malformed(part: &str) -> PackageError {
    PackageError::Malformed(part.to_owned())
}
