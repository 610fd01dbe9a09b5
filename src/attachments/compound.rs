//! The names of the streams of a compound file, the frame of .doc and .xls, from its directory. Stands between bytes
//! that may claim anything and `kind`: chains that lead in circles end at a bound.

use std::io::{Read, Seek, SeekFrom};

const HEADER: usize = 512;
const ENTRY: usize = 128;
/// Where the header lists the sectors of the allocation table, and how many it can list.
const TABLE_AT: usize = 76;
const TABLE_SECTORS: u32 = 109;
/// Sectors of the directory at most; an ordinary file has a handful.
const MOST_SECTORS: usize = 400;
/// Sector numbers from here on are marks: the end of a chain, a free sector.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// The names; none when it is no sound compound file.
pub(super) fn names(file: &mut (impl Read + Seek)) -> Option<Vec<String>> {
    let header = read(file, 0, HEADER)?;
    let size = match u16_at(&header, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let mut sector = u32_at(&header, 48)?;
    let mut names = Vec::new();
    for _ in 0..MOST_SECTORS {
        if sector >= FIRST_MARK {
            return Some(names);
        }
        let entries = read(file, place(sector, size), size)?;
        names.extend(entries.chunks_exact(ENTRY).filter_map(name));
        sector = next(file, &header, sector, size)?;
    }
    None
}

/// The sector after this one in its chain.
fn next(file: &mut (impl Read + Seek), header: &[u8], sector: u32, size: usize) -> Option<u32> {
    let in_a_sector = u32::try_from(size / 4).ok()?;
    let (table, at) = (sector / in_a_sector, sector % in_a_sector);
    if table >= TABLE_SECTORS {
        return None;
    }
    let table = u32_at(header, TABLE_AT + usize::try_from(table).ok()? * 4)?;
    if table >= FIRST_MARK {
        return None;
    }
    u32_at(&read(file, place(table, size) + u64::from(at) * 4, 4)?, 0)
}

/// Sectors are counted after the header, which fills the first.
fn place(sector: u32, size: usize) -> u64 {
    (u64::from(sector) + 1) * size as u64
}

/// The name of an entry of the directory; none of an unused one.
fn name(entry: &[u8]) -> Option<String> {
    let bytes = usize::from(u16_at(entry, 64)?);
    if *entry.get(66)? == 0 || !(2..=64).contains(&bytes) {
        return None;
    }
    let units = entry[..bytes - 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

fn read(file: &mut (impl Read + Seek), at: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
