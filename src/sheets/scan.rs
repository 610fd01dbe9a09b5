//! Whether the sheets of a workbook hold formulas or merged cells at all: a look at the bytes of each sheet, so that the
//! slower readings of either are made only where there is something to find.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What the sheets of a workbook hold somewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub formulas: bool,
    pub merged: bool,
}

const FORMULA: &[u8] = b"f";
const MERGED: &[u8] = b"mergeCell";
const BUFFER: usize = 64 * 1024;

/// Looks through every sheet. What cannot be unpacked counts as holding both: the reader will say what is wrong.
pub fn marks(bytes: &[u8]) -> Marks {
    let both = Marks { formulas: true, merged: true };
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return both };
    let (mut found, mut buffer) = (Marks::default(), vec![0; BUFFER]);
    for index in 0..zip.len() {
        let Ok(mut part) = zip.by_index(index) else { return both };
        if !part.name().is_ok_and(|name| name.contains("worksheets/")) {
            continue;
        }
        let mut name = Element::Outside;
        loop {
            match part.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => look(&buffer[..read], &mut name, &mut found),
                Err(_) => return both,
            }
        }
    }
    found
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

fn look(bytes: &[u8], at: &mut Element, found: &mut Marks) {
    for byte in bytes {
        *at = match (*at, byte) {
            (_, b'<') => Element::Name { length: 0, formula: true, merged: true },
            // A prefix ("x:f") begins the name anew.
            (Element::Name { .. }, b':') => Element::Name { length: 0, formula: true, merged: true },
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
