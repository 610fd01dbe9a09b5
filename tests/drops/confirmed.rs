//! What `--confirm` means: a path as it was given, else a name that one file alone has.

use std::collections::HashSet;

use tonghop::drops::archive::Unpacked;
use tonghop::drops::confirmed::{confirmed, shared};
use tonghop::drops::receive::open;
use tonghop::error::Error;

use super::{COMPILER, books, zipped};
use crate::cli::{said, tonghop};
use crate::support::app::{TempDir, TestApp};
use crate::unit_workbook::pages::with_figure;

const TEXT: &[u8] = b"xin chao";

/// Two drops of one command: three files of one name, one of them in an archive, and two of other names.
fn drops() -> Vec<Unpacked> {
    let archive = zipped(&[("xa/bao-cao.xlsx", TEXT), ("rieng.xlsx", TEXT)]);
    let file = |path: &str| (path.to_owned(), TEXT.to_vec());
    vec![
        open(vec![file("a/bao-cao.xlsx"), ("thu.zip".to_owned(), archive)]).expect("a drop"),
        open(vec![file("b/bao-cao.xlsx"), file("khac.xlsx")]).expect("a drop"),
    ]
}

fn meant(given: &[&str], unread: &[&str]) -> Result<Vec<Vec<usize>>, String> {
    let owned = |all: &[&str]| -> Vec<String> { all.iter().map(|one| (*one).to_owned()).collect() };
    let sorted = |places: HashSet<usize>| {
        let mut places: Vec<usize> = places.into_iter().collect();
        places.sort_unstable();
        places
    };
    match confirmed(&drops(), &owned(unread), &owned(given)) {
        Ok(found) => Ok(found.into_iter().map(sorted).collect()),
        Err(Error::Refused(words)) => Err(words),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_path_is_one_file_and_a_name_only_where_no_other_has_it() {
    let table: [(&[&str], [&[usize]; 2]); 7] = [
        (&[], [&[], &[]]),
        (&["a/bao-cao.xlsx"], [&[0], &[]]),
        (&["b/bao-cao.xlsx"], [&[], &[0]]),
        (&["thu.zip/xa/bao-cao.xlsx"], [&[1], &[]]),
        (&["rieng.xlsx"], [&[2], &[]]),
        (&["khac.xlsx", "khac.xlsx"], [&[], &[1]]),
        (&["a/bao-cao.xlsx", "b/bao-cao.xlsx"], [&[0], &[0]]),
    ];
    for (given, expected) in table {
        assert_eq!(meant(given, &[]).expect("found"), expected.map(<[usize]>::to_vec), "{given:?}");
    }
    let words = meant(&["khac.xlsx", "bao-cao.xlsx"], &[]).expect_err("three have it");
    assert!(words.contains("--confirm bao-cao.xlsx: có 3 tệp cùng tên"), "{words}");
    for path in ["a/bao-cao.xlsx", "b/bao-cao.xlsx", "thu.zip/xa/bao-cao.xlsx"] {
        assert!(words.contains(path), "{path}: {words}");
    }
    let words = meant(&["nham.xlsx"], &[]).expect_err("none has it");
    assert!(words.contains("--confirm nham.xlsx: không có tệp nào tên như vậy"), "{words}");
    assert_eq!(shared(&drops()), HashSet::from(["bao-cao.xlsx".to_owned()]));
}

#[test]
fn a_file_that_could_not_be_read_has_a_name_too() {
    assert_eq!(meant(&["mat.xlsx"], &["c/mat.xlsx"]), Ok(vec![vec![], vec![]]));
    assert_eq!(meant(&["c/mat.xlsx"], &["c/mat.xlsx"]), Ok(vec![vec![], vec![]]));
    assert!(meant(&["rieng.xlsx"], &["c/rieng.xlsx"]).is_err(), "which of the two was looked at?");
}

#[test]
fn two_files_of_one_name_are_confirmed_each_by_its_path() {
    let app = TestApp::demo();
    let all = books(&app, "bac-giang", &["2025-Y"]);
    let folder = TempDir::new();
    let path = |at: usize, name: &str| {
        let path = folder.0.join(name).join("thieu.xlsx");
        std::fs::create_dir(folder.0.join(name)).expect("a folder");
        std::fs::write(&path, with_figure(&all[at].bytes, "B04", "><v>7</v>")).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let (one, other) = (path(0, "a"), path(3, "b"));
    let url = app.database_url();
    let import = |confirm: &str| {
        let mut args = vec!["import", "--database-url", &url, "--today", "10/6/2025", "--with-warnings"];
        args.extend_from_slice(&["--received-number", "77", "--as", COMPILER, "--confirm", confirm]);
        args.extend_from_slice(&[one.as_str(), other.as_str()]);
        let output = tonghop(&args, "");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
    };
    let states = || [0, 3].map(|at: usize| crate::reports::state_of(&app, all[at].report));
    let before = states();
    // The name alone says nothing of either, and nothing is entered.
    let (code, out, err) = import("thieu.xlsx");
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(err.contains("có 2 tệp cùng tên") && err.contains(&one) && err.contains(&other), "{err}");
    assert_eq!((states(), out.contains("/drops/")), (before.clone(), false), "{out}");
    // By its path the one that was looked at, and the other waits.
    let (code, out, err) = import(&other);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(err.contains("1 / 2 tệp đạt"), "{err}");
    let line = |path: &str| out.lines().find(|line| line.starts_with(path)).unwrap_or_default().to_owned();
    assert!(line(&other).contains("đã nhận") && line(&one).contains("--confirm"), "{out}");
    assert_eq!(states(), [before[0].clone(), "sent".to_owned()]);
}
