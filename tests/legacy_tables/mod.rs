//! Tables of past periods: whose names they use, what their headings mean, what their cells become, and what is left when they are
//! taken back. The table of tests is `table.tsv`; what must come of it was written by hand in `expected.txt`.

mod books;
mod command;
mod headings;
mod marks;
mod names;
mod rules;
mod shapes;
mod standing;
mod whose;
mod wizard;

use std::collections::BTreeSet;
use std::process::Command;

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{indicators, obligations, periods, regimes, reports, revision_figures, units};

use crate::reports::values_of;
use crate::support::app::{TempDir, TestApp};
use crate::support::client::Client;

pub const COMPILER: &str = "tonghop.catinh.bacgiang";

/// The table of tests as a workbook: "" as it stands, "turned" on its side, "next" the second one of the same period, in which
/// one figure differs, some are the same and some are new.
pub fn made(kind: &str) -> Vec<u8> {
    let text = if kind == "next" { include_str!("next.tsv") } else { include_str!("table.tsv") };
    let mut book = rust_xlsxwriter::Workbook::new();
    let cover = book.add_worksheet();
    cover.set_name("Bìa").expect("a name").write(1, 1, "Số liệu năm 2023").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.set_name("6T 2023").expect("a name");
    for (row, line) in (0_u32..).zip(text.lines()) {
        for (column, cell) in (0_u16..).zip(line.split('\t')) {
            let (row, column) = match kind {
                "turned" => (u32::from(column), u16::try_from(row).expect("a narrow table")),
                _ => (row, column),
            };
            write(sheet, row, column, cell);
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A cell as make.py reads it.
fn write(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, column: u16, cell: &str) {
    let cell = cell.replace("\\u00a0", "\u{a0}").replace("\\u00d0", "\u{d0}");
    let number = cell.parse::<f64>().ok();
    let text = match (cell.strip_prefix("nfd:"), cell.strip_prefix('\'')) {
        (Some(text), _) => unicode_normalization::UnicodeNormalization::nfd(text).collect(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => cell,
    };
    match number {
        Some(number) => drop(sheet.write_number(row, column, number).expect("a cell")),
        None if text.is_empty() => {}
        None => drop(sheet.write_string(row, column, text).expect("a cell")),
    }
}

/// The same written by openpyxl.
pub fn made_by_openpyxl() -> Vec<u8> {
    let folder = TempDir::new();
    let path = folder.0.join("bang.xlsx");
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/legacy_tables/make.py");
    let mut python = Command::new("python3");
    let output = python.arg(program).arg(&path).env("PYTHONIOENCODING", "utf-8").output();
    let output = output.unwrap_or_else(|e| panic!("this test needs python3 with openpyxl: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).expect("the table")
}

/// The lines of `expected.txt`.
pub fn expected() -> BTreeSet<(String, String, i64)> {
    include_str!("expected.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let parts: Vec<&str> = line.split_whitespace().collect();
            (parts[0].to_owned(), parts[1].to_owned(), parts[2].parse().expect("a figure"))
        })
        .collect()
}

/// Received figures of a period: unit, code, value.
pub fn received(app: &TestApp, regime: &str, period: &str) -> BTreeSet<(String, String, i64)> {
    app.db
        .read(|conn| {
            revision_figures::table
                .inner_join(
                    reports::table
                        .on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
                )
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .inner_join(indicators::table.on(indicators::id.eq(revision_figures::indicator_id)))
                .filter(regimes::code.eq(regime))
                .filter(periods::code.eq(period))
                .select((units::code, indicators::code, revision_figures::value))
                .load::<(String, String, Option<i64>)>(conn)
                .map_err(DbError::Query)
        })
        .expect("figures")
        .into_iter()
        .filter_map(|(unit, code, value)| Some((unit, code, value?)))
        .collect()
}

pub fn regime(app: &TestApp, code: &str) -> i64 {
    app.db
        .read(|conn| {
            regimes::table
                .filter(regimes::code.eq(code))
                .select(regimes::id)
                .first(conn)
                .map_err(DbError::Query)
        })
        .expect("the regime")
}

/// Brings a table to the demo's regime; the address of its columns.
pub fn bring(app: &TestApp, client: &Client, period: &str, (name, bytes): (&str, &[u8])) -> String {
    let at = format!("/regimes/{}/legacy-tables", regime(app, "bac-giang"));
    let csrf = client.csrf.as_str();
    let fields = [("csrf", csrf), ("period", period), ("source", "Phụ lục kèm Báo cáo số 563/BC-CAT")];
    client.post_file(&at, &fields, ("file", name, bytes)).redirected()
}

/// A table of two units of a province that nobody has confirmed, its columns settled; its id.
pub fn left_open(app: &TestApp, compiler: &str, (code, period): (&str, &str)) -> i64 {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip([["Đơn vị", "D02"], ["UBND huyện Lục Nam", "25"], ["Sở Nội vụ", "3"]])
    {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write(row, column, text).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let client = app.client(compiler);
    let at = format!("/regimes/{}/legacy-tables", regime(app, code));
    let fields = [("csrf", client.csrf.as_str()), ("period", period), ("source", "")];
    let columns = client.post_file(&at, &fields, ("file", "bang.xlsx", &bytes)).redirected();
    let table = accept_columns(&client, &columns, &[]);
    table.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a table's address")
}

/// The columns as they are proposed, with more fields, posted.
pub fn accept_columns(client: &Client, columns: &str, more: &[(&str, &str)]) -> String {
    let page = client.get(columns).ok();
    let mut fields: Vec<(String, String)> = ["version", "head", "units"]
        .iter()
        .map(|name| ((*name).to_owned(), values_of(&page, name).into_iter().next().unwrap_or_default()))
        .collect();
    for (name, value) in chosen(&page) {
        fields.push((name, value));
    }
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.push(("go".into(), "next".into()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(columns, &fields).redirected()
}

/// Name and chosen value of every list of choices on a page.
pub fn chosen(page: &str) -> Vec<(String, String)> {
    page.split("<select ")
        .skip(1)
        .filter_map(|part| {
            let (head, rest) = part.split_once('>')?;
            let options = rest.split("</select>").next()?;
            let name = head.split("name=\"").nth(1)?.split('"').next()?;
            let picked = options.split("<option value=\"").skip(1).find(|option| {
                option
                    .split_once('"')
                    .is_some_and(|(_, after)| after.split('>').next().is_some_and(|a| a.contains("selected")))
            });
            let value = picked.and_then(|option| option.split('"').next()).unwrap_or_default();
            Some((unescape(name), unescape(value)))
        })
        .collect()
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
}

/// The id of a unit by its code.
pub fn unit(app: &TestApp, code: &str) -> String {
    let id: i64 = app
        .db
        .read(|conn| {
            units::table.filter(units::code.eq(code)).select(units::id).first(conn).map_err(DbError::Query)
        })
        .expect("the unit");
    id.to_string()
}

/// Answers the two names of the table of tests nobody can know, and goes on.
pub fn answer_names(app: &TestApp, client: &Client, table: &str) {
    let page = client.get(&format!("{table}/names")).ok();
    let asked: Vec<String> =
        chosen(&page).into_iter().map(|(name, _)| name).filter(|name| name.starts_with("name.")).collect();
    assert_eq!(asked, ["name.thanh pho bg", "name.thi xa chu"], "{page}");
    assert!(page.contains("UBND thị xã Chũ tồn tại từ 01/01/2025"), "{page}");
    let version = values_of(&page, "version").remove(0);
    let city = unit(app, "bg.tpbacgiang");
    let fields =
        [("version", version.as_str()), ("name.thanh pho bg", city.as_str()), ("name.thi xa chu", "out")];
    client.post(&format!("{table}/names"), &fields).redirected();
}

/// Confirms the preview with both boxes ticked.
pub fn confirm(client: &Client, table: &str) -> crate::support::client::Answer {
    let page = client.get(table).ok();
    let value = |name: &str| values_of(&page, name).into_iter().next().unwrap_or_default();
    let (version, shown) = (value("version"), value("shown"));
    let fields = [("version", version.as_str()), ("shown", shown.as_str()), ("skip", "1"), ("aware", "1")];
    client.post(&format!("{table}/application"), &fields)
}
