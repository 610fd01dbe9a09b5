//! Whether the sheets of a workbook hold formulas or merged cells at all: a look at the bytes of each sheet as it is
//! unpacked, so that the slower readings of either are made only where there is something to find.

use std::io::Read;

/// What the sheets of a workbook hold somewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub formulas: bool,
    pub merged: bool,
}

const FORMULA: &[u8] = b"f";
const MERGED: &[u8] = b"mergeCell";
const BUFFER: usize = 64 * 1024;

/// A look through sheets, one after another.
#[derive(Default)]
pub(super) struct Scan {
    pub found: Marks,
    buffer: Vec<u8>,
}

impl Scan {
    /// Looks over a sheet that is unpacked.
    pub(super) fn over(&mut self, sheet: &[u8]) {
        look(sheet, &mut Element::Outside, &mut self.found);
    }

    /// Reads a sheet to its end and tells how long it was, in bytes.
    ///
    /// # Errors
    /// The reader's own.
    pub(super) fn through(&mut self, mut sheet: impl Read) -> std::io::Result<u64> {
        self.buffer.resize(BUFFER, 0);
        let (mut at, mut all) = (Element::Outside, 0_u64);
        loop {
            let read = sheet.read(&mut self.buffer)?;
            if read == 0 {
                return Ok(all);
            }
            all += read as u64;
            look(&self.buffer[..read], &mut at, &mut self.found);
        }
    }
}

/// Where in the markup the last byte stood: of the name of an element only what could still be one of ours matters.
#[derive(Clone, Copy)]
enum Element {
    Outside,
    /// So many bytes of its name were read, and all of them fit one of ours.
    Name {
        length: usize,
        formula: bool,
        merged: bool,
    },
}

/// At the first byte of a name.
const BEGINS: Element = Element::Name { length: 0, formula: true, merged: true };

fn look(mut bytes: &[u8], at: &mut Element, found: &mut Marks) {
    loop {
        if matches!(at, Element::Outside) {
            // Most of a sheet stands between the names of its elements.
            let Some(begins) = memchr::memchr(b'<', bytes) else { return };
            bytes = &bytes[begins + 1..];
            *at = BEGINS;
        }
        let Some((byte, rest)) = bytes.split_first() else { return };
        bytes = rest;
        *at = match (*at, byte) {
            // A prefix ("x:f") begins the name anew.
            (_, b'<' | b':') => BEGINS,
            (Element::Name { length, formula, merged }, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t') => {
                found.formulas |= formula && length == FORMULA.len();
                found.merged |= merged && length == MERGED.len();
                Element::Outside
            }
            (Element::Name { length, formula, merged }, byte) => {
                let fits = |name: &[u8], so_far: bool| so_far && name.get(length) == Some(byte);
                Element::Name {
                    length: length + 1,
                    formula: fits(FORMULA, formula),
                    merged: fits(MERGED, merged),
                }
            }
            (Element::Outside, _) => Element::Outside,
        };
    }
}
