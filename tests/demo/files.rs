//! The list of embedded files is the folder, no more and no less.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tonghop::demo::files::FILES;

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        if entry.path().is_dir() {
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

#[test]
fn every_file_of_the_demo_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let on_disk: BTreeSet<String> = found
        .iter()
        .map(|path| path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/"))
        .filter(|path| path != "README.md")
        .collect();
    let built_in: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(on_disk, built_in);
}
