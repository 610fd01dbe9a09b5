//! Files of real pages opened by LibreOffice: each cell is what the page shows, figures as figures.

use std::path::Path;
use std::process::Command;

use diesel::prelude::*;
use serde_json::Value;
use tonghop::db::DbError;
use tonghop::db::schema::{periods, plans, regimes, units};

use crate::support::app::{TempDir, TestApp};
use crate::support::client::Client;

/// Compares one table of a page with its file as LibreOffice opens it; answers how many figures and how many kept codes, days and shares
/// there were.
fn compare(client: &Client, page: &str, table: &str, separator: &str, folder: &Path) -> (usize, usize) {
    let html = client.get(page).ok();
    let link = format!("csv={separator}&#38;table={table}\"");
    assert!(html.contains(&link), "{page} has no link {link}");
    let mark = if page.contains('?') { '&' } else { '?' };
    let file = client.get(&format!("{page}{mark}csv={separator}&table={table}"));
    assert_eq!(file.status, 200, "{page}");
    assert_eq!(file.content_type, "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").starts_with("attachment; "), "{page}");
    assert!(file.bytes.starts_with(b"\xEF\xBB\xBF"), "{page}");
    std::fs::write(folder.join("page.html"), &html).unwrap();
    std::fs::write(folder.join("table.csv"), &file.bytes).unwrap();
    // Separator, quotes, UTF-8, first line; Vietnamese or English as a person of that separator has it.
    let (code, language) = if separator == "semicolon" { (59, 1066) } else { (44, 1033) };
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let output = Command::new("soffice")
        .args(["--headless", &profile, &format!("--infilter=CSV:{code},34,76,1,,{language},false")])
        .args(["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .args([folder, &folder.join("table.csv")])
        .output()
        .unwrap_or_else(|e| panic!("this test needs soffice: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/csv_tables/look.py"))
        .args([folder.join("page.html").as_os_str(), table.as_ref(), folder.join("table.xlsx").as_os_str()])
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3 with openpyxl: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let both: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (seen, opened) = (both[0].as_array().unwrap(), both[1].as_array().unwrap());
    assert_eq!(seen.len(), opened.len(), "{page} {table}");
    assert!(seen.len() > 1, "{page} {table}");
    let (mut figures, mut kept) = (0, 0);
    for (row, cells) in seen.iter().zip(opened) {
        for (at, cell) in row.as_array().unwrap().iter().enumerate() {
            let (text, is_figure) = (cell[0].as_str().unwrap(), cell[1].as_bool().unwrap());
            let there = &cells[at];
            let read = |text: &str| text.replace(',', ".").replace('\u{2212}', "-").parse::<f64>().ok();
            let rate = text.strip_suffix('%').and_then(|rate| read(&rate.trim().replace('.', "")));
            if let Some(wanted) = rate {
                // Excel makes a number of it; LibreOffice only where it is told to look for more than plain numbers.
                let found = there.as_f64().map(|number| number * 100.0);
                let found = found.or_else(|| read(there.as_str()?.strip_suffix('%')?));
                let same = found.is_some_and(|found| (found - wanted).abs() < 1e-9);
                assert!(same, "{page} {table}: {text} became {there}");
                kept += 1;
                continue;
            }
            if let Some(number) = there.as_f64() {
                // "17; 8/10 đơn vị": what stands under a figure on the page is left there.
                let first = match text.split_once("; ") {
                    Some((first, rest)) if rest.ends_with("đơn vị") => first,
                    _ => text,
                };
                let wanted: f64 =
                    first.replace('.', "").replace(',', ".").replace('\u{2212}', "-").parse().unwrap();
                // A code of digits that is the same number loses nothing by being one.
                let digits =
                    text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
                assert!(
                    (is_figure || digits) && (number - wanted).abs() < 1e-9,
                    "{page} {table}: {text} became {number}"
                );
                figures += usize::from(is_figure);
                kept += usize::from(!is_figure);
                continue;
            }
            // Empty cells at the end of every row are no cells of the workbook.
            let there = if there.is_null() { Some("") } else { there.as_str() };
            let there = there.unwrap_or_else(|| panic!("{page} {table}: {text} became {}", cells[at]));
            let meant = as_on_page(there, text);
            assert_eq!(meant, text, "{page} {table}");
            kept += usize::from(
                text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic),
            );
        }
    }
    (figures, kept)
}

/// What stands in the workbook as the page writes it: days as every program reads them, hours, months and shares in words,
/// a mark before what would compute.
fn as_on_page(there: &str, text: &str) -> String {
    let marked = there.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    if there == text || marked.is_some() {
        return marked.unwrap_or(there).to_owned();
    }
    let (day, hour) = there.split_once(' ').unwrap_or((there, ""));
    let numbers: Vec<&str> = day.split('-').collect();
    if let [year, month, of_month] = numbers[..]
        && year.len() == 4
    {
        let bare = |number: &str| number.trim_start_matches('0').to_owned();
        let short = if month < "03" { month.to_owned() } else { bare(month) };
        let hour =
            hour.get(..5).filter(|_| text.contains(':')).map_or_else(String::new, |hour| format!(" {hour}"));
        let spellings = [
            format!("{of_month}/{short}/{year}{hour}"),
            format!("{}/{}/{year}{hour}", bare(of_month), bare(month)),
        ];
        return spellings.into_iter().find(|day| day == text).unwrap_or_else(|| there.to_owned());
    }
    if let Some((hour, day)) = there.split_once(" ngày ") {
        return format!("{day} {}", hour.replacen(" giờ ", ":", 1));
    }
    let bare = there.strip_prefix("ngày ").or_else(|| there.strip_prefix("tháng ")).unwrap_or(there);
    bare.replace(" trên ", "/").replacen(" giờ ", ":", 1)
}

fn id(app: &TestApp, of: impl FnOnce(&mut tonghop::db::Conn) -> QueryResult<i64>) -> i64 {
    app.db.read(|conn| of(conn).map_err(DbError::from)).unwrap()
}

#[test]
fn libreoffice_shows_what_the_pages_show() {
    let (app, folder) = (TestApp::demo(), TempDir::new());
    let regime =
        id(&app, |conn| regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn));
    let period = id(&app, |conn| {
        let of = periods::table.inner_join(regimes::table).filter(regimes::code.eq("bac-giang"));
        of.filter(periods::code.eq("2024-Y")).select(periods::id).first(conn)
    });
    let plan = id(&app, |conn| {
        let of = plans::table.inner_join(units::table.on(units::id.eq(plans::province_id)));
        of.filter(units::code.eq("bg")).order(plans::id.desc()).select(plans::id).first(conn)
    });
    let unit = id(&app, |conn| units::table.filter(units::code.eq("bg.khcn")).select(units::id).first(conn));
    let compiler = app.client("tonghop.catinh.bacgiang");
    let editions = compiler.get("/editions").ok();
    let edition = editions.split("href=\"/editions/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (leader, officer) = (app.client("lanhdao.ubnd.bacgiang"), app.client("canbo.khcn.bacgiang"));
    let pages: [(&Client, String, &str); 12] = [
        (&compiler, format!("/regimes/{regime}/matrix"), "matrix"),
        (&compiler, format!("/periods/{period}"), "units"),
        (&compiler, format!("/periods/{period}/indicators"), "indicators"),
        (&compiler, format!("/periods/{period}/indicators/D02"), "contributions"),
        (&compiler, format!("/editions/{edition}"), "totals"),
        (&compiler, format!("/editions/{edition}?group=B"), "by-unit"),
        (&compiler, "/units".to_owned(), "units"),
        (&compiler, "/indicators".to_owned(), "indicators"),
        (&compiler, format!("/plans/{plan}/units"), "by-unit"),
        (&officer, "/tasks".to_owned(), "tasks"),
        (&leader, "/overview".to_owned(), "filings"),
        (&leader, "/overview/units".to_owned(), "league"),
    ];
    let (mut figures, mut kept) = (0, 0);
    for (at, (client, page, table)) in pages.iter().enumerate() {
        let separator = if at % 2 == 0 { "semicolon" } else { "comma" };
        let counted = compare(client, page, table, separator, &folder.0);
        figures += counted.0;
        kept += counted.1;
    }
    assert!(figures > 100 && kept > 30, "{figures} figures, {kept} codes, days and shares");
    compare(&compiler, &format!("/units/{unit}"), "names", "comma", &folder.0);
}

/// The tables that people look at while they work: each with its file.
#[test]
fn every_list_has_its_file() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let regime =
        id(&app, |conn| regimes::table.filter(regimes::code.eq("bac-giang")).select(regimes::id).first(conn));
    let report = id(&app, |conn| {
        use tonghop::db::schema::{obligations, reports};
        let of = reports::table.inner_join(obligations::table.inner_join(periods::table));
        let of = of.filter(reports::state.eq("received")).filter(periods::code.eq("2024-Y"));
        of.filter(periods::regime_id.eq(tonghop::db::ids::RegimeId(regime))).select(reports::id).first(conn)
    });
    let form = id(&app, |conn| {
        use tonghop::db::schema::{form_indicators, forms};
        let of = form_indicators::table.inner_join(forms::table);
        of.filter(forms::regime_id.eq(tonghop::db::ids::RegimeId(regime))).select(forms::id).first(conn)
    });
    let indicator = id(&app, |conn| {
        use tonghop::db::schema::form_indicators::dsl::{form_id, form_indicators, indicator_id};
        let of = form_indicators.filter(form_id.eq(tonghop::db::ids::FormId(form)));
        of.select(indicator_id).first(conn)
    });
    let pages = [
        (format!("/forms/{form}"), "figures"),
        (format!("/indicators/{indicator}"), "asked-in"),
        ("/plans".to_owned(), "plans"),
        ("/regimes".to_owned(), "regimes"),
        (format!("/regimes/{regime}"), "cycles"),
        (format!("/regimes/{regime}"), "periods"),
        (format!("/regimes/{regime}"), "bodies"),
        ("/editions".to_owned(), "editions"),
        ("/forms".to_owned(), "forms"),
        (format!("/reports/{report}"), "sent-figures"),
        (format!("/reports/{report}"), "sent-tasks"),
    ];
    for (page, table) in pages {
        let html = compiler.get(&page).ok();
        assert!(html.contains(&format!("csv=semicolon&#38;table={table}\"")), "{page} {table}");
        assert_eq!(html.matches(&format!("id=\"{table}\"")).count(), 1, "{page} {table}");
        let file = compiler.get(&format!("{page}?csv=semicolon&table={table}"));
        assert_eq!(file.status, 200, "{page} {table}");
        assert!(file.text().lines().count() > 1, "{page} {table}");
    }
}

#[test]
fn a_file_is_the_readers_own_page() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    assert_eq!(compiler.get("/units?csv=semicolon&table=none").status, 404);
    assert_eq!(compiler.get("/units?csv=tab&table=units").status, 404);
    assert_eq!(app.anonymous().get("/units?csv=comma&table=units").status, 303);
    assert_eq!(app.client("c11.bocongan").get("/units?csv=comma&table=units").status, 403);
    let whole = compiler.get("/indicators?csv=comma&table=indicators");
    assert!(whole.text().contains("B08"));
    let found = compiler.get("/indicators?q=D02&csv=comma&table=indicators");
    assert!(found.bytes.len() < whole.bytes.len() && found.text().contains("D02"));
    assert!(!found.text().contains("B08"), "what is searched for, as on the page");
    // Single units of a classified group are the collector's, in a file as on a page.
    let edition = id(&app, |conn| {
        use tonghop::db::schema::editions;
        let sent = editions::table.filter(editions::status.eq("sent"));
        sent.select(editions::id).first::<tonghop::db::ids::EditionId>(conn).map(|id| id.0)
    });
    let by_unit = format!("/editions/{edition}?group=E&csv=comma&table=by-unit");
    assert!(compiler.get(&by_unit).text().contains("E01"));
    assert_eq!(app.client("c11.bocongan").get(&by_unit).status, 404);
}
