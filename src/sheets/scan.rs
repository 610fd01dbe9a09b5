//! Whether the sheets of a workbook hold formulas or merged cells at all, and how many rows and cells: a look at the bytes of each
//! sheet as it is unpacked, so that the slower readings of either are made only where there is something to find, and a sheet of
//! a million cells is given up where its bound is met.

use std::io::Read;

use super::{Bounds, Refusal};

/// What the sheets of a workbook hold somewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub formulas: bool,
    pub merged: bool,
}

/// Names of the elements that are looked for.
const NAMES: [&[u8]; 4] = [b"f", b"mergeCell", b"row", b"c"];
const FORMULA: usize = 0;
const MERGED: usize = 1;
const ROW: usize = 2;
const CELL: usize = 3;
const BUFFER: usize = 64 * 1024;

/// A look through sheets, one after another.
pub(super) struct Scan {
    /// How often each of [`NAMES`] was met, in all sheets.
    met: [u64; 4],
    bounds: Bounds,
    buffer: Vec<u8>,
}

impl Scan {
    pub(super) fn within(bounds: Bounds) -> Scan {
        Scan { met: [0; 4], bounds, buffer: Vec::new() }
    }

    /// What was found so far.
    pub(super) fn found(&self) -> Marks {
        Marks { formulas: self.met[FORMULA] > 0, merged: self.met[MERGED] > 0 }
    }

    /// Looks over a sheet that is unpacked.
    ///
    /// # Errors
    /// [`Refusal::TooManyCells`] beyond the bound of rows or of cells.
    pub(super) fn over(&mut self, sheet: &[u8]) -> Result<(), Refusal> {
        let mut at = Element::Outside;
        sheet.chunks(BUFFER).try_for_each(|part| self.look(part, &mut at))
    }

    /// Reads a sheet to its end and tells how long it was, in bytes.
    ///
    /// # Errors
    /// [`Refusal::Torn`] where it cannot be unpacked; as [`Scan::over`], without reading on.
    pub(super) fn through(&mut self, mut sheet: impl Read) -> Result<u64, Refusal> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.resize(BUFFER, 0);
        let (mut at, mut all) = (Element::Outside, 0_u64);
        let end = loop {
            match sheet.read(&mut buffer) {
                Ok(0) => break Ok(all),
                Ok(read) => {
                    all += read as u64;
                    if let Err(refusal) = self.look(&buffer[..read], &mut at) {
                        break Err(refusal);
                    }
                }
                Err(_) => break Err(Refusal::Torn),
            }
        };
        self.buffer = buffer;
        end
    }

    fn look(&mut self, bytes: &[u8], at: &mut Element) -> Result<(), Refusal> {
        look(bytes, at, &mut self.met);
        match self.met[ROW] > self.bounds.rows || self.met[CELL] > self.bounds.cells {
            true => Err(Refusal::TooManyCells),
            false => Ok(()),
        }
    }
}

/// Where in the markup the last byte stood: of the name of an element only what could still be one of ours matters.
#[derive(Clone, Copy)]
enum Element {
    Outside,
    /// So many bytes of its name were read, and all of them fit these of ours.
    Name {
        length: usize,
        fits: [bool; 4],
    },
}

/// At the first byte of a name.
const BEGINS: Element = Element::Name { length: 0, fits: [true; 4] };

fn look(mut bytes: &[u8], at: &mut Element, met: &mut [u64; 4]) {
    loop {
        if matches!(at, Element::Outside) {
            // Most of a sheet stands between the names of its elements, and most of those end another.
            let Some(begins) = memchr::memchr(b'<', bytes) else { return };
            bytes = &bytes[begins + 1..];
            match bytes.first() {
                Some(b'/') => continue,
                _ => *at = BEGINS,
            }
            if let Some((name, rest)) = whole(bytes) {
                if let Some(which) = NAMES.iter().position(|ours| *ours == name) {
                    met[which] += 1;
                }
                bytes = rest;
                *at = Element::Outside;
                continue;
            }
        }
        let Some((byte, rest)) = bytes.split_first() else { return };
        bytes = rest;
        *at = match (*at, byte) {
            // A prefix ("x:f") begins the name anew.
            (_, b'<' | b':') => BEGINS,
            (Element::Name { length, fits }, byte) if ends(*byte) => {
                for ((met, name), fits) in met.iter_mut().zip(NAMES).zip(fits) {
                    *met += u64::from(fits && length == name.len());
                }
                Element::Outside
            }
            (Element::Name { length, mut fits }, byte) => {
                for (fits, name) in fits.iter_mut().zip(NAMES) {
                    *fits &= name.get(length) == Some(byte);
                }
                Element::Name { length: length + 1, fits }
            }
            (Element::Outside, _) => Element::Outside,
        };
    }
}

/// The name at the beginning and what follows it; none where it has a prefix, or goes on beyond these bytes.
fn whole(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| ends(*byte) || matches!(byte, b'<' | b':'))?;
    ends(bytes[end]).then(|| bytes.split_at(end))
}

/// Whether a name is over here.
fn ends(byte: u8) -> bool {
    matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t')
}
