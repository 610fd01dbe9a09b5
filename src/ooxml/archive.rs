//! A file that is to stay as it is but for a few parts: the parts that were not touched are copied as they are stored,
//! byte for byte, with the frame they came in. What [`Package`](super::Package) would write anew is not written at all.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::package::relationships_of;
use super::read::{relationships, unpack};
use super::{PackageError, Relationship};

/// A file as it came, and its parts unpacked.
#[derive(Debug, Clone)]
pub struct Archive {
    bytes: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
}

impl Archive {
    /// Opens a file.
    ///
    /// # Errors
    /// As [`Package::read`](super::Package::read).
    pub fn read(bytes: Vec<u8>) -> Result<Archive, PackageError> {
        let parts = unpack(&bytes)?;
        Ok(Archive { bytes, parts })
    }

    /// The part of this name, from the root and without a slash in front.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(found, _)| found == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// Names of all parts, as stored.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// What leads away from a part; "" is the package itself. Targets are names from the root, except those outside.
    ///
    /// # Errors
    /// [`PackageError::Malformed`] when they cannot be read.
    pub fn relationships(&self, part: &str) -> Result<Vec<Relationship>, PackageError> {
        let frame = relationships_of(part);
        let Some(bytes) = self.part(&frame) else { return Ok(Vec::new()) };
        let mut all = relationships(&frame, bytes)?;
        for one in all.iter_mut().filter(|one| !one.external) {
            one.target = from_root(part, &one.target);
        }
        Ok(all)
    }

    /// The file with some parts changed, or left out (`None`). The others are the bytes they were, compressed as they
    /// were; changed ones are deflated and dated 01/01/1980, so that the same change gives the same file.
    ///
    /// # Errors
    /// [`PackageError::Archive`] when it cannot be put together.
    pub fn with(&self, changed: &BTreeMap<String, Option<Vec<u8>>>) -> Result<Vec<u8>, PackageError> {
        let mut source = ZipArchive::new(Cursor::new(self.bytes.as_slice()))?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for index in 0..source.len() {
            let file = source.by_index_raw(index)?;
            let name = file.name()?.trim_start_matches('/').to_owned();
            match changed.get(&name) {
                None => zip.raw_copy_file(file)?,
                Some(None) => {}
                Some(Some(bytes)) => {
                    zip.start_file(name, options)?;
                    zip.write_all(bytes)?;
                }
            }
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// A target as a name from the root: "../drawings/drawing1.xml" of "xl/worksheets/sheet1.xml" is
/// "xl/drawings/drawing1.xml".
fn from_root(part: &str, target: &str) -> String {
    if let Some(name) = target.strip_prefix('/') {
        return name.to_owned();
    }
    let mut way: Vec<&str> = part.split('/').collect();
    way.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                way.pop();
            }
            step => way.push(step),
        }
    }
    way.join("/")
}
