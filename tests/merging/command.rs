//! `tonghop merge`: files in, one file out, and by its exit code how it went.

use super::book::province;
use crate::cli::{said, tonghop};
use crate::support::app::TempDir;

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> String {
    let path = folder.0.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn merges_into_one_file_and_names_who_is_missing() {
    let folder = TempDir::new();
    let files: Vec<String> = ["01", "24"]
        .iter()
        .map(|code| write(&folder, &format!("{code}.xlsx"), &province(code, 1).bytes))
        .collect();
    let out = folder.0.join("toan-quoc.xlsx").display().to_string();
    let output = tonghop(&["merge", &files[0], &files[1], "--out", &out], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(
        words.contains("Đã gộp 2 tệp") && words.contains("Còn thiếu 32/34: Tỉnh Cao Bằng (04)"),
        "{words}"
    );
    // The sample's half-year ended before there were 34: the list is of another time, and the command says so.
    assert!(
        words.contains("khi còn 63 tỉnh, thành phố; danh sách đối chiếu dưới đây là của 34 tỉnh"),
        "{words}"
    );
    assert!(std::fs::read(&out).unwrap().starts_with(b"PK\x03\x04"));
}

#[test]
fn what_does_not_fit_is_listed_and_nothing_is_written() {
    let folder = TempDir::new();
    let one = write(&folder, "01.xlsx", &province("01", 1).bytes);
    let again = write(&folder, "01-b.xlsx", &province("01", 1).bytes);
    let none = folder.0.join("none.xlsx").display().to_string();
    let out = folder.0.join("out.xlsx");
    let to = out.display().to_string();
    let output = tonghop(&["merge", &one, &again, "--out", &to], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("01-b.xlsx: Định danh!B3: "), "{}", said(&output));
    assert!(!out.exists());
    let output = tonghop(&["merge", &one, &none, "--out", &to], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("không đọc được") && said(&output).contains("none.xlsx: không có tệp này"),
        "{}",
        said(&output)
    );
    assert_eq!(tonghop(&["merge", "--out", &to], "").status.code(), Some(2), "no file at all is wrong usage");
}
