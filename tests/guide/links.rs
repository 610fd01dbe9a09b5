//! Every relative link of the documentation leads to a file, and to a heading of it where it names one.

use super::{files, guide, root, targets};

/// The ids of a text's headings, as repositories make them.
fn marks(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| tonghop::guide::mark(line.trim_start_matches('#').trim())).collect()
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut all = files("docs", "md");
    all.push(("README.md".into(), std::fs::read_to_string(root().join("README.md")).expect("the README")));
    let mut faults = Vec::new();
    for (file, text) in &all {
        let folder = root().join(file).parent().expect("a folder").to_owned();
        for (_, _, target) in targets(text).into_iter().filter(|(_, _, target)| !target.contains("://")) {
            let (path, mark) = target.split_once('#').unwrap_or((&target, ""));
            let there = if path.is_empty() { root().join(file) } else { folder.join(path) };
            if !there.exists() {
                faults.push(format!("{file}: {target} is not there"));
            } else if !mark.is_empty() {
                let aimed = std::fs::read_to_string(&there).expect("text");
                if !marks(&aimed).iter().any(|one| one == mark) {
                    faults.push(format!("{file}: {target} names no heading"));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// Inside the program only the guide is served: its files lead to nothing else.
#[test]
fn the_guide_stays_within_itself() {
    for (file, text) in guide() {
        for (picture, _, target) in targets(&text) {
            let page =
                target.split('#').next().is_some_and(|page| page.ends_with(".md") && !page.contains('/'));
            assert!(picture || page, "{file}: {target}");
        }
    }
}

#[test]
fn links_and_pictures_are_told_apart() {
    let found = targets("[a](b.md) ![một hình](hinh/x.png) [c\nd](e.md#f)");
    let told = |picture, words: &str, target: &str| (picture, words.to_owned(), target.to_owned());
    assert_eq!(
        found,
        [told(false, "a", "b.md"), told(true, "một hình", "hinh/x.png"), told(false, "c\nd", "e.md#f")]
    );
}
