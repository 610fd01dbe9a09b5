//! A file of which a few parts are wanted: each is unpacked when it is asked for and to a size the asker names, so that
//! what nobody reads costs nothing and a part that claims to be gigabytes is refused before it is held.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::package::relationships_of;
use super::read::{CONTENT_TYPES, Types, archive, malformed, relationships};
use super::{PackageError, Relationship};

/// Bytes of a part of the frame at most: content types of two thousand parts are a tenth of it.
const MOST_FRAME: u64 = 4 * 1024 * 1024;

/// A file whose parts are read one by one.
pub struct Parts<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part stands, by its name from the root without a slash in front.
    places: HashMap<String, usize>,
    types: Types,
}

impl<'b> Parts<'b> {
    /// Opens a file: its list of parts and their content types.
    ///
    /// # Errors
    /// [`PackageError::Archive`] when it is no zip, [`PackageError::Malformed`] without content types,
    /// [`PackageError::TooLarge`] beyond 2,000 parts.
    pub fn open(bytes: &'b [u8]) -> Result<Parts<'b>, PackageError> {
        let mut zip = archive(bytes)?;
        let mut places = HashMap::new();
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index)?;
            if !file.is_dir() {
                places.insert(file.name()?.trim_start_matches('/').to_owned(), index);
            }
        }
        let mut parts = Parts { zip, places, types: Types::default() };
        let types = parts.read(CONTENT_TYPES, MOST_FRAME)?.ok_or_else(|| malformed(CONTENT_TYPES))?;
        parts.types = Types::read(&types)?;
        Ok(parts)
    }

    /// What leads away from the package itself.
    ///
    /// # Errors
    /// As [`Parts::read`]; [`PackageError::Malformed`] when they cannot be read.
    pub fn relationships(&mut self) -> Result<Vec<Relationship>, PackageError> {
        let frame = relationships_of("");
        let Some(bytes) = self.read(&frame, MOST_FRAME)? else { return Ok(Vec::new()) };
        relationships(&frame, &bytes)
    }

    /// The content type of a part; "" when the package does not say.
    pub fn content_type(&self, name: &str) -> &str {
        self.types.of(name)
    }

    /// A part, unpacked; none when there is no such part.
    ///
    /// # Errors
    /// [`PackageError::TooLarge`] for more than `most` bytes, [`PackageError::Io`] when it cannot be unpacked.
    pub fn read(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(place) = self.places.get(name) else { return Ok(None) };
        let file = self.zip.by_index(*place)?;
        if file.size() > most {
            return Err(PackageError::TooLarge);
        }
        // What a file says of its size is believed no further; the buffer never has to grow beyond it by doubling.
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(PackageError::TooLarge) } else { Ok(Some(bytes)) }
    }
}
