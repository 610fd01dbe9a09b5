//! `tonghop import-table`: the same rules and messages as the wizard, and its exit codes.

use super::*;
use crate::cli::{said, tonghop};

#[test]
fn a_table_is_imported_from_a_shell_and_the_code_says_how_it_went() {
    let app = TestApp::demo();
    let folder = TempDir::new();
    let path = folder.0.join("bang.xlsx");
    std::fs::write(&path, made("")).unwrap();
    let (path, url) = (path.to_string_lossy().into_owned(), app.database_url());
    let run = |user: &str, more: &[&str]| {
        let mut args = vec!["import-table", "--database-url", &url, "--today", "10/6/2025", "--as", user];
        args.extend_from_slice(&["--regime", "bac-giang", "--period", "2023-H1"]);
        args.extend_from_slice(more);
        args.push(&path);
        let output = tonghop(&args, "");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), out, said(&output))
    };
    // Names that nobody can know stop it, in the words of the page.
    let (code, out, err) = run(COMPILER, &[]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains("tên “Thành phố BG” chưa rõ là đơn vị nào."), "{out}");
    assert!(err.contains("Còn 2 tên đơn vị chưa rõ."), "{err}");
    let names = ["--unit", "Thành phố BG=bg.tpbacgiang", "--unit", "Thị xã Chũ=-", "--scale", "E"];
    let (code, out, err) = run(COMPILER, &names);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(
        out.contains("Trang “6T 2023”, ô C20: Hiệp Hòa, D01:") && err.contains("Còn 1 ô không đọc được."),
        "{out}{err}"
    );
    let all: Vec<&str> = names.iter().copied().chain(["--skip-unreadable", "--with-warnings"]).collect();
    // A rehearsal leaves nothing.
    let rehearsed: Vec<&str> = all.iter().copied().chain(["--dry-run"]).collect();
    let (code, out, err) = run(COMPILER, &rehearsed);
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(
        out.contains("Chạy thử: chưa ghi gì.") && received(&app, "bac-giang", "2023-H1").is_empty(),
        "{out}"
    );
    // A column bound by hand to another indicator, and one that is not taken.
    let bound: Vec<&str> = rehearsed.iter().copied().chain(["--bind", "C=D02", "--bind", "F="]).collect();
    let (code, out, _) = run(COMPILER, &bound);
    assert_eq!(code, Some(0), "{out}");
    let (code, out, err) = run(COMPILER, &all);
    assert_eq!(code, Some(0), "{out}{err}");
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
    // Once more: there is nothing new.
    let (code, out, err) = run(COMPILER, &all);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(err.contains("Bảng không có số nào để nhập"), "{err}");
    assert_eq!(run("canbo.khcn.bacgiang", &all).0, Some(1));
    assert_eq!(run("tonghop.catinh.longan", &all).0, Some(1));
    assert_eq!(run(COMPILER, &["--bind", "C"]).0, Some(2));
}
