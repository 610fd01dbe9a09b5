//! The Ministry's page: files and editions of this installation together, the workbook as a download, what does not fit
//! on the page, a row in the log.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::audit_log;

use super::book::{content, file};
use crate::support::app::TestApp;
use crate::workbooks::Read;

fn edition(page: &str) -> String {
    let row =
        page.split("<tr>").find(|row| row.contains("Bắc Giang") && row.contains("6 tháng đầu năm 2024"));
    let row = row.expect("an approved edition of the first half of 2024");
    row.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its id").to_owned()
}

#[test]
fn an_edition_of_this_installation_becomes_a_national_table() {
    let app = TestApp::demo();
    let ministry = app.client("c11.bocongan");
    assert!(ministry.get("/editions").ok().contains("href=\"/merging\""));
    let page = ministry.get("/merging").ok();
    let id = edition(&page);
    let answer = ministry.post("/merging", &[("edition", id.as_str())]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let name = answer.header("content-disposition");
    assert!(name.contains("toan-quoc-6-thang-dau-nam-2024.xlsx"), "the period as people call it: {name}");
    let mut read = Read::open(answer.bytes);
    assert_eq!(read.sheets()[0], "Tổng hợp toàn quốc");
    assert!(read.row_of("Tệp đã dùng", 2, "24") > 0);
    let logged: i64 = app
        .db
        .read(|conn| {
            let rows = audit_log::table.filter(audit_log::action.eq("merging.make"));
            rows.count().get_result(conn).map_err(DbError::from)
        })
        .unwrap();
    assert_eq!(logged, 1);
}

#[test]
fn files_and_editions_that_do_not_fit_are_listed_and_stay_chosen() {
    let app = TestApp::demo();
    let ministry = app.client("c11.bocongan");
    let id = edition(&ministry.get("/merging").ok());
    let given = file("tinh-01.xlsx", &content("01", 1));
    let answer = ministry.post_file(
        "/merging",
        &[("csrf", ministry.csrf.as_str()), ("edition", id.as_str())],
        ("files", &given.name, &given.bytes),
    );
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("Không gộp được") && page.contains("Định danh!B"), "{page}");
    assert!(page.contains(&format!("value=\"{id}\"")) && page.contains(" checked"));
    let answer = ministry.post("/merging", &[("edition", "999999")]);
    assert_eq!(answer.status, 404);
}
