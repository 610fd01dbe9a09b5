//! The plan of the house, checked: who may know whom, and what every file looks like. The table is in `rules`,
//! the reading of paths in `paths`; each checker is also shown to fail where it should.

mod edges;
mod files;
mod paths;
mod rules;
mod templates;

use std::path::{Path, PathBuf};

/// Every file under a folder of the repository with this extension: (path from the root, text), sorted.
fn read_all(folder: &str, extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} was read");
    found
}
