//! The names of the parts of a zip archive, from its central directory; nothing is unpacked. Stands between bytes that
//! may claim anything and `kind`: however large the claim, little is read and less is kept.

use std::io::{BufReader, Read, Seek, SeekFrom};

/// Parts at most; a document with a thousand pictures has fewer.
const MOST_PARTS: u16 = 4_000;
/// Bytes of a name at most.
const LONGEST_NAME: u16 = 1_024;
/// The record at the end, without its comment, and the longest comment.
const END: usize = 22;
const LONGEST_COMMENT: u64 = 65_535;

/// The names; none when it is no sound archive, or one larger than documents are.
pub(super) fn names(file: &mut (impl Read + Seek)) -> Option<Vec<String>> {
    let size = file.seek(SeekFrom::End(0)).ok()?;
    let tail_at = size.saturating_sub(LONGEST_COMMENT + END as u64);
    file.seek(SeekFrom::Start(tail_at)).ok()?;
    let mut tail = Vec::new();
    file.by_ref().take(LONGEST_COMMENT + END as u64).read_to_end(&mut tail).ok()?;
    let end = (0..tail.len().checked_sub(END)? + 1).rev().find(|at| {
        tail[*at..].starts_with(b"PK\x05\x06")
            && u16_at(&tail, at + 20).is_some_and(|comment| at + END + usize::from(comment) == tail.len())
    })?;
    let (count, start) = (u16_at(&tail, end + 10)?, u32_at(&tail, end + 16)?);
    if count > MOST_PARTS {
        return None;
    }
    file.seek(SeekFrom::Start(u64::from(start))).ok()?;
    let mut directory = BufReader::new(file);
    let mut names = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let mut head = [0; 46];
        directory.read_exact(&mut head).ok()?;
        let (name, extra, comment) = (u16_at(&head, 28)?, u16_at(&head, 30)?, u16_at(&head, 32)?);
        if !head.starts_with(b"PK\x01\x02") || name > LONGEST_NAME {
            return None;
        }
        let mut bytes = vec![0; usize::from(name)];
        directory.read_exact(&mut bytes).ok()?;
        names.push(String::from_utf8_lossy(&bytes).into_owned());
        directory.seek_relative(i64::from(extra) + i64::from(comment)).ok()?;
    }
    Some(names)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
