//! Archives made to break what opens them, and the rubbish systems put into honest ones.

use tonghop::drops::archive::{is_archive, unpack};
use tonghop::drops::{LARGEST_DROP, receive};

use super::zipped;

const TEXT: &[u8] = b"xin chao";

#[test]
fn names_are_cut_to_their_last_part_and_rubbish_is_passed_over() {
    let bytes = zipped(&[
        ("../../etc/Báo cáo.xlsx", TEXT),
        ("C:\\Users\\a\\b.xlsx", TEXT),
        ("__MACOSX/._Báo cáo.xlsx", TEXT),
        ("x/.DS_Store", TEXT),
        ("Thumbs.db", TEXT),
        ("~$Báo cáo.xlsx", TEXT),
        ("tên:lạ*.xlsx", TEXT),
    ]);
    let found = unpack("a.zip", &bytes, LARGEST_DROP).unwrap();
    let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["Báo cáo.xlsx", "b.xlsx", "tên-lạ-.xlsx"]);
    assert!(found.files.iter().all(|file| file.bytes.as_deref() == Ok(TEXT)));
    assert_eq!(found.skipped.len(), 4);
}

#[test]
fn an_archive_in_an_archive_is_refused_by_itself() {
    let inner = zipped(&[("a.xlsx", TEXT)]);
    let bytes = zipped(&[("trong.zip", &inner), ("b.xlsx", TEXT), ("c.rar", TEXT)]);
    let found = unpack("a.zip", &bytes, LARGEST_DROP).unwrap();
    let taken: Vec<bool> = found.files.iter().map(|file| file.bytes.is_ok()).collect();
    assert_eq!(taken, [false, true, false]);
    assert!(found.files[0].bytes.as_ref().unwrap_err().contains("Tệp nén nằm trong tệp nén"));
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let zeros = vec![0_u8; 9 << 20];
    let files: Vec<(String, &[u8])> = (0..8).map(|n| (format!("{n}.xlsx"), zeros.as_slice())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let bytes = zipped(&files);
    assert!(bytes.len() < 1 << 20, "it is small as it comes");
    assert!(unpack("a.zip", &bytes, LARGEST_DROP).unwrap_err().contains("giải nén ra 72 MB"));
}

#[test]
fn an_entry_that_is_more_than_it_claims_is_refused() {
    let mut bytes = zipped(&[("a.xlsx", &vec![b'x'; 5000]), ("b.xlsx", TEXT)]);
    let real = 5000_u32.to_le_bytes();
    let lie = 10_u32.to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == real {
            bytes[at..at + 4].copy_from_slice(&lie);
        }
    }
    let found = unpack("a.zip", &bytes, LARGEST_DROP).unwrap();
    assert!(found.files[0].bytes.is_err() && found.files[1].bytes.is_ok());
}

#[test]
fn too_many_entries_and_torn_archives_are_refused_whole() {
    let names: Vec<String> = (0..1_001).map(|n| format!("{n}.xlsx")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), TEXT)).collect();
    assert!(unpack("a.zip", &zipped(&files), LARGEST_DROP).unwrap_err().contains("hơn 1000 mục"));
    assert!(
        unpack("a.zip", &zipped(&files[..101]), LARGEST_DROP).unwrap_err().contains("nhiều nhất 100 tệp")
    );
    let torn = &zipped(&files[..5])[..60];
    assert!(unpack("a.zip", torn, LARGEST_DROP).unwrap_err().contains("hỏng"));
}

#[test]
fn a_locked_entry_is_refused_by_itself() {
    let mut bytes = zipped(&[("a.xlsx", TEXT), ("b.xlsx", TEXT)]);
    // Bit 0 of the flags, in both headers of the first entry.
    bytes[6] |= 1;
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let found = unpack("a.zip", &bytes, LARGEST_DROP).unwrap();
    assert!(found.files[0].bytes.as_ref().unwrap_err().contains("mật khẩu"));
    assert!(found.files[1].bytes.is_ok());
}

#[test]
fn a_workbook_is_no_archive_whatever_it_is_called() {
    let book = crate::unit_workbook::sample::filled();
    assert!(!is_archive("a.zip", &book) && !is_archive("a.xlsx", &book));
    assert!(is_archive("a.ZIP", &zipped(&[("a.xlsx", &book)])));
    let opened =
        receive::open(vec![("Sở A.zip".into(), book.clone()), ("b.xlsx".into(), TEXT.into())]).unwrap();
    assert_eq!(opened.files.len(), 2);
    assert!(receive::open(vec![]).is_err());
}

/// Each of them fits, both together do not.
#[test]
fn several_archives_share_the_room_of_one_drop() {
    let zeros = vec![0; 9 * 1024 * 1024];
    let four: Vec<(&str, &[u8])> =
        ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"].into_iter().map(|name| (name, zeros.as_slice())).collect();
    let bytes = zipped(&four);
    assert!(receive::open(vec![("1.zip".into(), bytes.clone())]).is_ok());
    let both = receive::open(vec![("1.zip".into(), bytes.clone()), ("2.zip".into(), bytes)]);
    assert!(both.is_err_and(|error| error.to_string().contains("mỗi lần nhận được 64 MB")));
}
