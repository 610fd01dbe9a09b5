//! Whether a picture goes on as it begins: the parts its format lays one behind the other, walked from the first to the
//! last, and a size. What is drawn in them is not looked at. Pure; stands between the first bytes of a photo and its
//! keeping as evidence. What follows the last part is left alone: telephones put a moment of film there.

use super::FileKind;

/// Points of a side at most: four times those of a large panorama.
const LONGEST_SIDE: u32 = 65_535;

/// Whether the bytes are a whole picture of this kind; what is no picture is none.
pub fn is_whole(kind: FileKind, bytes: &[u8]) -> bool {
    match kind {
        FileKind::Png => png(bytes).is_some(),
        FileKind::Jpg => jpeg(bytes).is_some(),
        _ => false,
    }
}

fn has_size(sides: [u32; 2]) -> bool {
    sides.iter().all(|side| (1..=LONGEST_SIDE).contains(side))
}

/// A signature, then chunks of a length, a name, so many bytes and a sum: IHDR first, IDAT with something in it, IEND last.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let (mut begun, mut drawn) = (false, false);
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        rest = after.get(length.checked_add(4)?..)?;
        match name {
            b"IHDR" if !begun && length == 13 => {
                let (width, after) = data.split_first_chunk::<4>()?;
                let (height, _) = after.split_first_chunk::<4>()?;
                if !has_size([u32::from_be_bytes(*width), u32::from_be_bytes(*height)]) {
                    return None;
                }
                begun = true;
            }
            _ if !begun => return None,
            b"IDAT" => drawn |= !data.is_empty(),
            b"IEND" => return drawn.then_some(()),
            _ => {}
        }
    }
}

/// Markers of two bytes, most with a length and so many bytes behind: a frame with a size, a scan with something in it,
/// then the end.
fn jpeg(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    let (mut framed, mut drawn) = (false, false);
    loop {
        rest = rest.strip_prefix(b"\xFF")?;
        // Any number of them may stand before a marker.
        while let Some(more) = rest.strip_prefix(b"\xFF") {
            rest = more;
        }
        let (marker, after) = rest.split_first()?;
        rest = after;
        match *marker {
            0xD9 => return (framed && drawn).then_some(()),
            // These stand alone.
            0x01 | 0xD0..=0xD7 => continue,
            0x00 | 0xD8 => return None,
            _ => {}
        }
        let (length, _) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let segment = rest.get(2..length)?;
        rest = rest.get(length..)?;
        match *marker {
            // Tables and arithmetic coding share the numbers of the frames.
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => {
                let (_, sides) = segment.split_first()?;
                let (height, after) = sides.split_first_chunk::<2>()?;
                let (width, _) = after.split_first_chunk::<2>()?;
                if !has_size([*width, *height].map(|side| u32::from(u16::from_be_bytes(side)))) {
                    return None;
                }
                framed = true;
            }
            0xDA if !framed => return None,
            0xDA => {
                rest = behind_scan(rest)?;
                drawn = true;
            }
            _ => {}
        }
    }
}

/// What stands behind the bytes of a scan, which has some: the next marker that is neither a byte of its own nor a place to
/// begin again.
fn behind_scan(bytes: &[u8]) -> Option<&[u8]> {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    let at = bytes.windows(2).position(ends)?;
    if at == 0 { None } else { bytes.get(at..) }
}
