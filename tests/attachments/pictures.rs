//! A photo is a picture from its first part to its last: what only begins as one is no evidence.

use proptest::prelude::*;
use tonghop::attachments::FileKind;
use tonghop::attachments::picture::is_whole;

use super::samples::{chunk, jpg, pdf, png};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn png_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE, &chunks.concat()].concat()
}

fn head(width: u32, height: u32) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat())
}

#[test]
fn whole_pictures_are_pictures() {
    assert!(is_whole(FileKind::Png, &png()));
    assert!(is_whole(FileKind::Jpg, &jpg()));
    // A moment of film behind the picture, as telephones put it.
    assert!(is_whole(FileKind::Jpg, &[jpg(), b"\0\0\0\x18ftypmp42".to_vec()].concat()));
    // Scans one behind the other, places to begin again, a small picture inside a part, filling before a marker.
    let many = [
        &b"\xFF\xD8\xFF\xE1\0\x08\xFF\xD8\xFF\xD9\0\0"[..],
        b"\xFF\xC2\0\x0B\x08\x01\0\x02\0\x01\x01\x11\0",
        b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x01\xFF\xD0\x02",
        b"\xFF\xC4\0\x04\0\0\xFF\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x03\xFF\xFF\xD9",
    ];
    assert!(is_whole(FileKind::Jpg, &many.concat()));
}

#[test]
fn what_only_begins_as_one_is_none() {
    let drawn = chunk(b"IDAT", b"x");
    let last = chunk(b"IEND", b"");
    for (bytes, why) in [
        (SIGNATURE.to_vec(), "a signature"),
        ([SIGNATURE, b"<html><script>alert(1)</script>"].concat(), "a page"),
        (png_of(&[head(1, 1), last.clone()]), "nothing drawn"),
        (png_of(&[head(1, 1), drawn.clone()]), "no end"),
        (png_of(&[drawn.clone(), head(1, 1), last.clone()]), "begins with something else"),
        (png_of(&[head(0, 1), drawn.clone(), last.clone()]), "no width"),
        (png_of(&[head(1, 4_000_000_000), drawn, last]), "a height no picture has"),
        (jpg(), "the other kind"),
    ] {
        assert!(!is_whole(FileKind::Png, &bytes), "{why}");
    }
    let sound = jpg();
    let without = |part: std::ops::Range<usize>| [&sound[..part.start], &sound[part.end..]].concat();
    for (bytes, why) in [
        (b"\xFF\xD8\xFF".to_vec(), "a signature"),
        (b"\xFF\xD8\xFF\xE0<html><script>alert(1)</script>".to_vec(), "a page"),
        (without(20..33), "no frame"),
        (without(33..43), "no scan"),
        (without(43..47), "an empty scan"),
        (without(47..49), "no end"),
        (png(), "the other kind"),
    ] {
        assert!(!is_whole(FileKind::Jpg, &bytes), "{why}");
    }
    assert!(!is_whole(FileKind::Pdf, &pdf("a", 400)));
}

proptest! {
    /// Cut anywhere a picture is none, and nothing breaks the walk.
    #[test]
    fn a_cut_picture_is_none(at in 0_usize..200, to: u8, tail in prop::collection::vec(any::<u8>(), 0..300)) {
        for (kind, sound) in [(FileKind::Png, png()), (FileKind::Jpg, jpg())] {
            prop_assert!(!is_whole(kind, &sound[..at.min(sound.len() - 1)]));
            let mut changed = [&sound[..sound.len().min(at)], &tail].concat();
            if let Some(byte) = changed.get_mut(at / 2) {
                *byte = to;
            }
            let _ = is_whole(kind, &changed);
        }
    }
}
