//! Every picture the guide names is there and in the program; every picture that is there is named.

use std::collections::BTreeSet;

use super::{guide, root, targets};

#[test]
fn pictures_are_there_and_named() {
    let mut named = BTreeSet::new();
    for (file, text) in guide() {
        for (_, words, target) in targets(&text).into_iter().filter(|(picture, _, _)| *picture) {
            assert!(words.split_whitespace().count() >= 3, "{file}: {target} is not described");
            let name = target.strip_prefix("hinh/").expect("a picture of the guide").to_owned();
            assert!(named.insert(name), "{file}: {target} is shown twice");
        }
    }
    let folder = std::fs::read_dir(root().join("docs/huong-dan/hinh")).expect("the pictures");
    let there: BTreeSet<String> =
        folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(named, there);
    for name in &there {
        let picture = tonghop::guide::picture(name).unwrap_or_else(|| panic!("{name} is not in the program"));
        let (width, height) = picture.size();
        assert!((300..=1366).contains(&width) && (100..=3000).contains(&height), "{name}: {width}×{height}");
        let bytes = std::fs::read(root().join("docs/huong-dan/hinh").join(name)).expect("the picture");
        assert!(bytes == picture.bytes && bytes.len() <= 120 * 1024, "{name}: {} bytes", bytes.len());
    }
    assert!(there.len() <= 37, "{} pictures: the program carries them all", there.len());
}
