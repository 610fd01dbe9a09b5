//! A .zip of workbooks, unpacked within the bounds that guard the workbooks themselves. Pure; stands between an archive that may
//! claim anything and a list of files: nothing of it ever becomes a path.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{LARGEST_DROP, MOST_FILES};
use crate::attachments::kind::{NotTaken, recognise};
use crate::attachments::name::kept;
use crate::unit_workbook::LARGEST;

/// Entries at most, folders and hidden files among them.
const MOST_ENTRIES: usize = 1_000;
/// Endings of archives, which are not looked into twice.
const ARCHIVES: [&str; 6] = [".zip", ".rar", ".7z", ".gz", ".tar", ".xz"];

/// A file that came, by itself or in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Without folders.
    pub name: String,
    /// As it was given; of a file in an archive, behind the path of that.
    pub path: String,
    /// Its bytes, or why it is not taken.
    pub bytes: Result<Vec<u8>, String>,
}

/// What an archive held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unpacked {
    pub files: Vec<Found>,
    /// Hidden files of Windows, macOS and Office that were passed over.
    pub skipped: Vec<String>,
}

/// Whether a file is an archive of files, not a workbook that is one inside.
pub fn is_archive(name: &str, bytes: &[u8]) -> bool {
    let called_so = name.to_lowercase().ends_with(".zip");
    called_so
        && !matches!(recognise(&mut Cursor::new(bytes)), Ok(_) | Err(NotTaken::Macros | NotTaken::Locked))
}

/// Unpacks an archive into at most `room` bytes, what other files of the drop have left of [`LARGEST_DROP`].
///
/// # Errors
/// Why none of it is taken, in words.
pub fn unpack(archive: &str, bytes: &[u8], room: usize) -> Result<Unpacked, String> {
    let broken =
        || format!("Tệp nén “{archive}” hỏng hoặc tải chưa hết, không mở được. Nén lại dạng .zip rồi gửi.");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if zip.len() > MOST_ENTRIES {
        return Err(format!(
            "Tệp nén “{archive}” có hơn {MOST_ENTRIES} mục. Chỉ nén các tệp Excel cần nhận."
        ));
    }
    let mut claimed = 0_u64;
    for index in 0..zip.len() {
        claimed = claimed.saturating_add(zip.by_index_raw(index).map_err(|_| broken())?.size());
    }
    if claimed > room as u64 {
        return Err(format!(
            "Tệp nén “{archive}” giải nén ra {} MB; mỗi lần nhận được {} MB. Chia thành nhiều lần.",
            claimed >> 20,
            LARGEST_DROP >> 20
        ));
    }
    let mut unpacked = Unpacked::default();
    for index in 0..zip.len() {
        let (path, is_folder, locked) = {
            let entry = zip.by_index_raw(index).map_err(|_| broken())?;
            let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
            (path, entry.is_dir(), entry.encrypted())
        };
        if is_folder || path.ends_with(['/', '\\']) {
            continue;
        }
        let name = kept(&path);
        if is_hidden(&path) {
            unpacked.skipped.push(name);
            continue;
        }
        if unpacked.files.len() >= MOST_FILES {
            return Err(too_many());
        }
        let taken = match locked {
            true => Err("Tệp nằm trong tệp nén có mật khẩu. Nén lại không đặt mật khẩu.".to_owned()),
            false => entry(&mut zip, index, &name),
        };
        let path = format!("{archive}/{}", path.replace('\\', "/"));
        unpacked.files.push(Found { name, path, bytes: taken });
    }
    Ok(unpacked)
}

/// More files than one drop takes.
pub(super) fn too_many() -> String {
    format!("Mỗi lần nhận nhiều nhất {MOST_FILES} tệp. Chia thành nhiều lần.")
}

/// What systems and Office leave beside the files of people.
fn is_hidden(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let lower = name.to_lowercase();
    path.split(['/', '\\']).any(|part| part == "__MACOSX")
        || name.starts_with('.')
        || name.starts_with("~$")
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

fn entry(zip: &mut ZipArchive<Cursor<&[u8]>>, index: usize, name: &str) -> Result<Vec<u8>, String> {
    let nested = || "Tệp nén nằm trong tệp nén không được mở. Giải nén rồi gửi các tệp Excel.".to_owned();
    let broken = || "Tệp hỏng trong tệp nén, không giải nén được. Nén lại rồi gửi.".to_owned();
    if ARCHIVES.iter().any(|ending| name.to_lowercase().ends_with(ending)) {
        return Err(nested());
    }
    let part = zip.by_index(index).map_err(|_| broken())?;
    let size = part.size();
    if size > LARGEST as u64 {
        return Err(format!("Tệp lớn hơn {} MB.", LARGEST >> 20));
    }
    let mut bytes = Vec::new();
    // One byte more than claimed shows that it goes on.
    part.take(size + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
    if bytes.len() as u64 > size {
        return Err(broken());
    }
    Ok(bytes)
}
