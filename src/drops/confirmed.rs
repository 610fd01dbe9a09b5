//! Which files of a command are meant by what it confirms: a path as it was given, else a name that one file alone has. Pure. Who
//! looked at one file has not looked at another of the same name in another folder.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::archive::{Found, Unpacked};
use crate::error::Error;

/// The places in each drop of the files that are meant. `unread` are the paths of files that could not be read: they are named as
/// well, and nothing becomes of them.
///
/// # Errors
/// [`Error::Refused`] for a name that several files have, and for one that none has.
pub fn confirmed(
    drops: &[Unpacked],
    unread: &[String],
    given: &[String],
) -> Result<Vec<HashSet<usize>>, Error> {
    let paths = || all(drops).map(|file| file.path.as_str()).chain(unread.iter().map(String::as_str));
    let mut meant: HashSet<&str> = HashSet::new();
    for one in given {
        if let Some(path) = paths().find(|path| path == one) {
            meant.insert(path);
            continue;
        }
        let kept = all(drops).filter(|file| file.name == *one).map(|file| file.path.as_str());
        let called = paths().filter(|path| path.rsplit(['/', '\\']).next() == Some(one.as_str()));
        let found: BTreeSet<&str> = kept.chain(called).collect();
        match found.len() {
            1 => meant.extend(found),
            0 => {
                return Err(Error::Refused(format!(
                    "--confirm {one}: không có tệp nào tên như vậy trong các tệp đã nêu. Kiểm tra lại tên tệp."
                )));
            }
            several => {
                let found: Vec<&str> = found.into_iter().collect();
                return Err(Error::Refused(format!(
                    "--confirm {one}: có {several} tệp cùng tên. Ghi cả đường dẫn của tệp đã xem: {}.",
                    found.join(", ")
                )));
            }
        }
    }
    let places = |drop: &Unpacked| {
        let files = drop.files.iter().enumerate();
        files.filter(|(_, file)| meant.contains(file.path.as_str())).map(|(at, _)| at).collect()
    };
    Ok(drops.iter().map(places).collect())
}

/// The names that files of several paths have.
pub fn shared(drops: &[Unpacked]) -> HashSet<String> {
    let mut of: HashMap<&str, HashSet<&str>> = HashMap::new();
    for file in all(drops) {
        of.entry(&file.name).or_default().insert(&file.path);
    }
    of.into_iter().filter(|(_, paths)| paths.len() > 1).map(|(name, _)| name.to_owned()).collect()
}

fn all(drops: &[Unpacked]) -> impl Iterator<Item = &Found> {
    drops.iter().flat_map(|drop| &drop.files)
}
