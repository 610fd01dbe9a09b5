//! The same table written by other programs says the same.

use std::process::Command;

use super::*;

fn says_the_same(bytes: &[u8]) {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let columns = bring(&app, &client, "2023-H1", ("khác.xlsx", bytes));
    let table = accept_columns(&client, &columns, &[("scaled.4", "1")]);
    answer_names(&app, &client, &table);
    confirm(&client, &table).redirected();
    assert_eq!(received(&app, "bac-giang", "2023-H1"), expected());
}

#[test]
fn a_table_written_by_openpyxl_says_the_same() {
    says_the_same(&made_by_openpyxl());
}

#[test]
fn a_table_saved_by_libreoffice_says_the_same() {
    let folder = TempDir::new();
    let (input, output) = (folder.0.join("bang.xlsx"), folder.0.join("out"));
    std::fs::write(&input, made("")).unwrap();
    let ran = Command::new("soffice")
        .env("HOME", &folder.0)
        .env("TMPDIR", &folder.0)
        .arg(format!("-env:UserInstallation=file://{}", folder.0.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&output)
        .arg(&input)
        .output()
        .unwrap_or_else(|e| {
            panic!("LibreOffice (soffice) is needed for this test; tests/run installs it: {e}")
        });
    let bytes = std::fs::read(output.join("bang.xlsx")).unwrap_or_else(|e| {
        panic!("LibreOffice made no file ({e}): {}", String::from_utf8_lossy(&ran.stderr))
    });
    says_the_same(&bytes);
}
