//! `tonghop import`: the same messages as the page, and its exit codes.

use tonghop::drops::FOREIGN;

use super::{COMPILER, books, fill};
use crate::cli::{said, tonghop};
use crate::support::app::{TempDir, TestApp};
use crate::unit_workbook::pages::with_figure;

#[test]
fn files_are_entered_from_a_shell_and_the_code_says_how_it_went() {
    let app = TestApp::demo();
    let mut all = books(&app, "bac-giang", &["2025-Y"]);
    all.truncate(4);
    let bare = with_figure(&all[3].bytes, "B04", "><v>7</v>");
    let blank = all[3].bytes.clone();
    fill(&mut all);
    let far = books(&app, "long-an", &["2025-Y"]);
    let folder = TempDir::new();
    let path = |name: &str, bytes: &[u8]| {
        let path = folder.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (good, second) = (path("tot.xlsx", &all[0].bytes), path("hai.xlsx", &all[1].bytes));
    let foreign = path("la.xlsx", &far[0].bytes);
    let url = app.database_url();
    let import = |more: &[&str]| {
        let mut args = vec!["import", "--database-url", &url, "--today", "10/6/2025", "--with-warnings"];
        args.extend_from_slice(&["--received-number", "77", "--as"]);
        args.extend_from_slice(more);
        let output = tonghop(&args, "");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), out, said(&output))
    };
    // A rehearsal leaves nothing.
    let (code, out, _) = import(&[COMPILER, "--dry-run", &good]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("đạt"), "{out}");
    // All in.
    let (code, out, err) = import(&[COMPILER, &good]);
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(out.contains("tot.xlsx") && out.contains("đã nhận"), "{out}");
    assert!(out.contains("Đã nhận và gửi thay đơn vị, số đến 77, ngày 10/6/2025."), "{out}");
    // One of two refused, in the words of the page.
    let (code, out, err) = import(&[COMPILER, &second, &foreign]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains(FOREIGN) && err.contains("1 / 2 tệp chưa nhận"), "{out}{err}");
    // The first once more: it was sent.
    let (code, out, _) = import(&[COMPILER, &good]);
    assert_eq!(code, Some(1));
    assert!(out.contains("Đơn vị đã gửi báo cáo này"), "{out}");
    // A file that is not there keeps no other out, and is said with them.
    let third = path("ba.xlsx", &all[2].bytes);
    let run = ["import", "--database-url", &url, "--today", "10/6/2025", "--received-number", "78"];
    let mut looked = run.to_vec();
    looked.extend_from_slice(&["--as", COMPILER, "--dry-run", "/khong-co/x.xlsx", &third]);
    let output = tonghop(&looked, "");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{out}");
    assert!(out.contains("ba.xlsx") && out.contains("có cảnh báo: xem rồi thêm --with-warnings"), "{out}");
    let err = said(&output);
    assert!(err.contains("1 / 2 tệp không nhận được; 1 / 2 tệp đạt, có cảnh báo"), "{err}");
    let (code, out, err) = import(&[COMPILER, "/khong-co/x.xlsx", &third]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains("/khong-co/x.xlsx: không nhận: không đọc được tệp"), "{out}");
    assert!(out.contains("ba.xlsx") && out.contains("số đến 77"), "{out}");
    assert!(err.contains("1 / 2 tệp chưa nhận"), "{err}");
    // What leaves out what a unit must answer is confirmed by name; what says nothing is not taken at all.
    let (bare, blank) = (path("thieu.xlsx", &bare), path("trong.xlsx", &blank));
    let (code, out, err) = import(&[COMPILER, &bare]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(
        out.contains("thiếu ") && out.contains("--confirm") && err.contains("1 / 1 tệp đạt"),
        "{out}{err}"
    );
    let (code, out, err) = import(&[COMPILER, "--dry-run", "--confirm", "trong.xlsx", &blank]);
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains("Tệp chưa điền") || out.contains("không khác biểu mẫu"), "{out}");
    let (code, out, err) = import(&[COMPILER, "--confirm", "thieu.xlsx", &bare]);
    assert_eq!(code, Some(0), "{out}{err}");
    // Whoever may not, and what is no usage.
    let (code, _, err) = import(&["canbo.khcn.bacgiang", &good]);
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(import(&["nobody", &good]).0, Some(1));
    assert_eq!(import(&[COMPILER]).0, Some(2));
    assert_eq!(import(&[COMPILER, "--received-on", "31/02/2025", &good]).0, Some(2));
}
